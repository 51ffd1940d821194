//! Tokens that a fake knows. Only their digests are kept.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// A token to be known to a fake.
#[derive(Clone)]
pub struct NewToken {
    digest: [u8; 32],
    grant: Grant,
}

impl NewToken {
    /// The token of `login`, with the scopes that a read needs (`repo`, or `read_api`), without an end.
    #[must_use]
    pub fn new(token: &str, login: &str) -> Self {
        let grant = Grant {
            login: login.to_owned(),
            email: format!("{login}@example.com"),
            scopes: vec!["repo".to_owned(), "read_api".to_owned()],
            kind: TokenKind::Classic,
            expires_at: None,
            state: TokenState::Valid,
            print: hex(&digest(token))[..16].to_owned(),
        };
        Self { digest: digest(token), grant }
    }

    /// Of who signs in with this address, where a service wants one, instead of `LOGIN@example.com`.
    #[must_use]
    pub fn email(mut self, email: &str) -> Self {
        email.clone_into(&mut self.grant.email);
        self
    }

    /// With these scopes instead.
    #[must_use]
    pub fn scopes(mut self, scopes: &[&str]) -> Self {
        self.grant.scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        self
    }

    /// A fine-grained token of GitHub: it has permissions instead of scopes, so no header tells any.
    #[must_use]
    pub fn fine_grained(mut self) -> Self {
        self.grant.kind = TokenKind::FineGrained;
        self
    }

    /// Ends then, and is refused afterwards.
    #[must_use]
    pub fn expires_at(mut self, time: DateTime<Utc>) -> Self {
        self.grant.expires_at = Some(time);
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Classic,
    FineGrained,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenState {
    Valid,
    Revoked,
    Expired,
}

/// What a token is good for.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) login: String,
    pub(crate) email: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) kind: TokenKind,
    pub(crate) expires_at: Option<DateTime<Utc>>,
    pub(crate) state: TokenState,
    /// Tells tokens apart without telling them.
    pub(crate) print: String,
}

impl Grant {
    pub(crate) fn has_one_of(&self, scopes: &[&str]) -> bool {
        self.scopes.iter().any(|scope| scopes.contains(&scope.as_str()))
    }
}

/// A number for a login, the same in every run.
pub(crate) fn user_id(login: &str) -> u32 {
    let digest = digest(login);
    u32::from_be_bytes([0, digest[0], digest[1], digest[2]]) + 1
}

/// The tokens by digest, and the limits by login.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    known: Mutex<Vec<([u8; 32], Grant)>>,
    limits: Mutex<BTreeMap<String, Allowance>>,
}

/// How many requests a login still has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowance {
    pub(crate) limit: u64,
    pub(crate) remaining: u64,
    pub(crate) reset: DateTime<Utc>,
}

impl Tokens {
    pub(crate) fn add(&self, token: NewToken) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|(digest, _)| *digest != token.digest);
        known.push((token.digest, token.grant));
    }

    pub(crate) fn revoke(&self, token: &str) {
        let digest = digest(token);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter_mut().filter(|(known, _)| same(known, &digest)).for_each(|(_, grant)| {
            grant.state = TokenState::Revoked;
        });
    }

    /// The grant of a token that was ever known here, whatever its state is now.
    pub(crate) fn find(&self, token: &str) -> Option<Grant> {
        let digest = digest(token);
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        // Looks at all of them, so that the time tells nothing.
        let mut found = None;
        for (known, grant) in known.iter() {
            if same(known, &digest) {
                found = Some(grant.clone());
            }
        }
        found.map(|grant| match (grant.state, grant.expires_at) {
            (TokenState::Valid, Some(end)) if end <= Utc::now() => {
                Grant { state: TokenState::Expired, ..grant }
            }
            _ => grant,
        })
    }

    pub(crate) fn set_allowance(&self, login: &str, allowance: Allowance) {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner).insert(login.to_owned(), allowance);
    }

    pub(crate) fn allowance(&self, login: &str, limit: u64) -> Allowance {
        let mut limits = self.limits.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = Allowance { limit, remaining: limit, reset: Utc::now() + chrono::Duration::hours(1) };
        let allowance = limits.entry(login.to_owned()).or_insert(fresh);
        if allowance.reset <= Utc::now() {
            *allowance = fresh;
        }
        *allowance
    }

    /// Takes one request from what is left.
    pub(crate) fn spend(&self, login: &str) {
        let mut limits = self.limits.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(allowance) = limits.get_mut(login) {
            allowance.remaining = allowance.remaining.saturating_sub(1);
        }
    }
}

fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Takes the same time wherever the two differ.
fn same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.iter().zip(other).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
