//! Why something could not be brought up to date.

use chrono::{DateTime, Utc};
use pdt_remote::http::{Kind, RemoteError};
use pdt_store::StoreError;

use crate::secrets::{SecretError, SecretErrorKind};

/// Why something could not be brought up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// A sentence for a person.
    pub(crate) message: String,
    /// The service wants no request of this account before.
    pub(crate) limited_until: Option<DateTime<Utc>>,
    /// The service does not accept the account's token.
    pub(crate) token_refused: bool,
    /// The service said definitely that this one thing cannot be read.
    pub(crate) refused: bool,
    /// There is no network.
    pub(crate) offline: bool,
    /// The keychain gives no token, and may give one later.
    pub(crate) keychain: bool,
    /// Nothing but a person's doing will help.
    pub(crate) needs_person: bool,
}

impl Fault {
    /// A fault that tells nothing about the thing itself, token or limit.
    pub(crate) fn saying(message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            message,
            limited_until: None,
            token_refused: false,
            refused: false,
            offline: false,
            keychain: false,
            needs_person: false,
        }
    }

    /// The keychain gives no token.
    pub(crate) fn of_keychain(error: &SecretError) -> Self {
        // One that is not there does not come by itself.
        let is_missing = error.kind() == SecretErrorKind::Missing;
        Self { keychain: !is_missing, needs_person: is_missing, ..Self::saying(error.to_string()) }
    }

    /// What a service's answer means for what was asked for.
    pub(crate) fn from_remote(error: &RemoteError) -> Self {
        let kind = &error.kind;
        let limited_until = if let Kind::Limited { until } = kind { Some(*until) } else { None };
        let token_refused = *kind == Kind::TokenRefused;
        // A token is the account's: another one may read the same thing.
        let refused = kind.is_refusal() && !token_refused;
        let offline = *kind == Kind::Offline;
        let needs_person = kind.is_refusal() || *kind == Kind::Certificate;
        Self {
            limited_until,
            token_refused,
            refused,
            offline,
            needs_person,
            ..Self::saying(error.to_string())
        }
    }

    /// Whether another try might bring what this one did not, without anybody's doing.
    pub(crate) fn may_pass(&self) -> bool {
        !self.token_refused && !self.refused && !self.needs_person && self.limited_until.is_none()
    }

    /// Whether it meets everything that the account would be asked for.
    pub(crate) fn is_of_the_account(&self) -> bool {
        self.token_refused || self.limited_until.is_some() || self.offline
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::saying(error.to_string())
    }
}
