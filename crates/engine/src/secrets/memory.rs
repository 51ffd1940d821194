//! A keychain in memory, for tests of what stands above one.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use pdt_domain::secret::Token;

use super::Wanted;
use super::keychain::{EntryName, Failure, Keychain};

/// Holds tokens in memory, and fails when told to. Never used in earnest: a token is kept in the system's
/// keychain or nowhere.
#[derive(Debug, Default)]
pub struct MemoryKeychain {
    tokens: Mutex<HashMap<EntryName, Token>>,
    failing: Mutex<Option<Failure>>,
}

impl MemoryKeychain {
    /// From now on every call fails in this way.
    pub fn fail_with(&self, failure: Failure) {
        *lock(&self.failing) = Some(failure);
    }

    /// From now on calls work again.
    pub fn recover(&self) {
        *lock(&self.failing) = None;
    }

    fn working(&self) -> Result<MutexGuard<'_, HashMap<EntryName, Token>>, Failure> {
        match lock(&self.failing).clone() {
            Some(failure) => Err(failure),
            None => Ok(lock(&self.tokens)),
        }
    }
}

impl Keychain for MemoryKeychain {
    fn read(&self, entry: &EntryName) -> Result<Token, Failure> {
        self.working()?.get(entry).cloned().ok_or_else(Failure::missing)
    }

    fn write(&self, entry: &EntryName, token: &Token, _wanted: Wanted<'_>) -> Result<(), Failure> {
        self.working()?.insert(entry.clone(), token.clone());
        Ok(())
    }

    fn delete(&self, entry: &EntryName, _wanted: Wanted<'_>) -> Result<(), Failure> {
        self.working()?.remove(entry);
        Ok(())
    }

    fn probe(&self) -> Result<(), Failure> {
        self.working().map(drop)
    }

    fn unlock(&self) -> Result<(), Failure> {
        self.working().map(drop)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
