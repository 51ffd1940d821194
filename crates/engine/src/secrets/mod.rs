//! The tokens of accounts: from the environment where one is given there, else from the system's keychain.
//!
//! A keychain may be locked, absent or slow, and may ask the person. So every call runs on a thread of its own
//! and is waited for no longer than [`PATIENCE`]; the store is built for each call, so that a keychain that comes
//! up or is unlocked later serves the next call. No call but [`Secrets::unlock`] raises a window of its own
//! accord: a loop in the background must not.

mod error;
mod keychain;
mod memory;
#[cfg(any(target_os = "macos", windows))]
mod open_gate;
#[cfg(not(any(target_os = "macos", windows)))]
mod secret_service;

use std::fmt;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use pdt_domain::ids::Name;
use pdt_domain::secret::Token;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::timeout;

pub use error::{SecretError, SecretErrorKind};
pub use keychain::{EntryName, Failure, Keychain, SERVICE, SystemKeychain};
pub use memory::MemoryKeychain;

use crate::environment::Environment;
use error::Act;
#[cfg(any(target_os = "macos", windows))]
use open_gate::Gate;
#[cfg(not(any(target_os = "macos", windows)))]
use secret_service::Gate;

/// How long a call to the keychain is waited for. A person hears within three seconds what is wrong, the start and
/// the end of a command included.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// How many calls may be under way at once. A call that is no longer waited for counts until its thread ends, so
/// that a keychain that never answers holds this many threads and no more.
const MOST_CALLS: usize = 8;

/// Reads, stores and deletes the tokens of accounts. Clones are cheap and share everything.
#[derive(Clone)]
pub struct Secrets {
    environment: Arc<Environment>,
    keychain: Arc<dyn Keychain>,
    calls: Arc<Semaphore>,
    prompts: Arc<Semaphore>,
}

/// Where the token of an account comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// This variable, in the process's environment or in the `.env` file.
    Environment(String),
    /// The system's keychain.
    Keychain,
}

impl Secrets {
    /// The keychain of the system, below the variables of `environment`.
    #[must_use]
    pub fn from_system(environment: Environment) -> Self {
        Self::with(environment, Arc::new(SystemKeychain))
    }

    /// Any keychain below any variables.
    #[must_use]
    pub fn with(environment: Environment, keychain: Arc<dyn Keychain>) -> Self {
        Self {
            environment: Arc::new(environment),
            keychain,
            calls: Arc::new(Semaphore::new(MOST_CALLS)),
            prompts: Arc::new(Semaphore::new(1)),
        }
    }

    /// The token of an account. The environment goes first: who sets a variable means it, and a server need not
    /// wait for a keychain that cannot answer.
    ///
    /// # Errors
    /// [`SecretError`] where the keychain cannot give one, within about [`PATIENCE`].
    pub async fn token(&self, profile: &Name, account: &Name) -> Result<Token, SecretError> {
        let act = Act::Read(account.clone());
        if let Some(token) = self.token_of_environment(account) {
            return token.map_err(|failure| SecretError::new(failure, act));
        }
        let entry = EntryName::new(profile, account);
        self.ask(act, move |keychain, _| keychain.read(&entry)).await
    }

    /// Where [`Secrets::token`] looks for the token of an account.
    #[must_use]
    pub fn token_source(&self, account: &Name) -> TokenSource {
        if self.environment_has(account) {
            TokenSource::Environment(variable_of(account))
        } else {
            TokenSource::Keychain
        }
    }

    /// Whether a variable gives the token of an account, so that the keychain is not needed for it.
    #[must_use]
    pub fn environment_has(&self, account: &Name) -> bool {
        self.environment.get(&variable_of(account)).is_some()
    }

    /// Stores a token in the keychain, in the place of the one that may be there.
    ///
    /// # Errors
    /// [`SecretError`] where the keychain does not take it, within about [`PATIENCE`]. After a late answer nothing
    /// is written any more.
    pub async fn store(&self, profile: &Name, account: &Name, token: &Token) -> Result<(), SecretError> {
        let (entry, kept) = (EntryName::new(profile, account), token.clone());
        self.ask(Act::Store(account.clone()), move |keychain, wanted| keychain.write(&entry, &kept, wanted))
            .await
            .map_err(|error| error.without(token))
    }

    /// Deletes the token of an account from the keychain. Where there is none, that is fine.
    ///
    /// # Errors
    /// [`SecretError`] where the keychain does not do it, within about [`PATIENCE`].
    pub async fn delete(&self, profile: &Name, account: &Name) -> Result<(), SecretError> {
        let entry = EntryName::new(profile, account);
        self.ask(Act::Delete(account.clone()), move |keychain, wanted| keychain.delete(&entry, wanted)).await
    }

    /// Whether the keychain could take a token now, without storing one.
    ///
    /// # Errors
    /// [`SecretError`] with what stands in the way, within about [`PATIENCE`].
    pub async fn probe(&self) -> Result<(), SecretError> {
        self.ask(Act::Probe, |keychain, _| keychain.probe()).await
    }

    /// Asks the person, in the system's own window, to unlock the keychain (or to make one where there is none),
    /// and waits as long as `patience` for the answer. For an action of the person, never for a loop.
    ///
    /// The window stays when the patience is over and this process goes on: answered later, it serves the next
    /// call. It goes away with this process. A second call meanwhile raises no second window.
    ///
    /// # Errors
    /// [`SecretError`]: refused where the person says no, late where nobody says anything.
    pub async fn unlock(&self, patience: Duration) -> Result<(), SecretError> {
        let call = self.call_with(&self.prompts, |keychain, _| keychain.unlock());
        let result = timeout(patience, call).await.unwrap_or_else(|_| Err(Failure::late()));
        result.map_err(|failure| SecretError::new(failure, Act::Unlock))
    }

    fn token_of_environment(&self, account: &Name) -> Option<Result<Token, Failure>> {
        let variable = variable_of(account);
        let (value, _) = self.environment.get(&variable)?;
        let text = value.to_str().map(|text| Token::new(text.trim().to_owned()));
        Some(text.ok_or_else(|| Failure::broken(format!("{variable} holds something that is no text"))))
    }

    async fn ask<T, F>(&self, act: Act, work: F) -> Result<T, SecretError>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Keychain, Wanted<'_>) -> Result<T, Failure> + Send + 'static,
    {
        let call = self.call_with(&self.calls, work);
        let result = timeout(PATIENCE, call).await.unwrap_or_else(|_| Err(Failure::late()));
        result.map_err(|failure| SecretError::new(failure, act))
    }

    /// Runs `work` on a thread of its own as soon as one of `seats` is free. The thread keeps its seat until it
    /// ends, whether or not somebody still waits.
    async fn call_with<T, F>(&self, seats: &Arc<Semaphore>, work: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnOnce(&dyn Keychain, Wanted<'_>) -> Result<T, Failure> + Send + 'static,
    {
        let seat =
            Arc::clone(seats).acquire_owned().await.map_err(|closed| Failure::broken(closed.to_string()))?;
        let (keychain, (answer, answered)) = (Arc::clone(&self.keychain), oneshot::channel());
        thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(move || answer_on_thread(&*keychain, work, answer, seat))
            .map_err(|cause| Failure::broken(cause.to_string()))?;
        answered.await.unwrap_or_else(|_| Err(Failure::broken("its call ended without an answer".to_owned())))
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}

/// Tells whether somebody still waits for the call.
pub type Wanted<'a> = &'a dyn Fn() -> bool;

fn answer_on_thread<T>(
    keychain: &dyn Keychain,
    work: impl FnOnce(&dyn Keychain, Wanted<'_>) -> Result<T, Failure>,
    answer: oneshot::Sender<Result<T, Failure>>,
    seat: OwnedSemaphorePermit,
) {
    let result = work(keychain, &|| !answer.is_closed());
    // Nobody may wait any more; that is no fault.
    let _ = answer.send(result);
    drop(seat);
}

/// The variable that may give the token of an account: its name in capitals, other characters as `_`.
#[must_use]
pub fn variable_of(account: &Name) -> String {
    format!("PDT_TOKEN_{}", in_capitals(account.as_str()))
}

/// Capitals and digits as they are, small letters as capitals, every other character as `_`.
pub(crate) fn in_capitals(text: &str) -> String {
    let allowed = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    text.chars().map(allowed).collect()
}
