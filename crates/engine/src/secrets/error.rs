//! What stands between PDT and a token, in sentences.

use std::fmt;

use pdt_domain::ids::Name;
use pdt_domain::secret::Token;

use super::keychain::Failure;
use super::variable_of;

/// What kind of thing is wrong, for those who act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretErrorKind {
    /// The keychain is there and locked; when it is unlocked, the next call works.
    Locked,
    /// There is no keychain in this session, or none that could hold a token.
    Absent,
    /// The keychain did not answer in time.
    Late,
    /// The person or the system said no.
    Refused,
    /// The keychain works and holds no token for this account.
    Missing,
    /// Anything else.
    Broken,
}

/// A token could not be read, stored or deleted. `Display` says what failed and what to do; the two halves are
/// [`SecretError::message`] and [`SecretError::hint`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretError {
    failure: Failure,
    act: Act,
}

/// What was asked of the keychain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    Read(Name),
    Store(Name),
    Delete(Name),
    Probe,
    Unlock,
}

impl SecretError {
    pub(super) fn new(failure: Failure, act: Act) -> Self {
        Self { failure, act }
    }

    /// The same, sure not to repeat `token`: what a platform's library says is not in our hands.
    pub(super) fn without(mut self, token: &Token) -> Self {
        if !token.expose().is_empty() {
            self.failure.detail = self.failure.detail.replace(token.expose(), "<redacted>");
        }
        self
    }

    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> SecretErrorKind {
        self.failure.kind
    }

    /// What failed, for which account.
    #[must_use]
    pub fn message(&self) -> String {
        let consequence = self.act.consequence();
        match self.kind() {
            SecretErrorKind::Locked => format!("The keychain is locked{consequence}."),
            SecretErrorKind::Late => format!("The keychain did not answer in time{consequence}."),
            SecretErrorKind::Refused => format!("The keychain refused access{consequence}."),
            SecretErrorKind::Missing => format!("The keychain holds no token{}.", self.act.whose()),
            SecretErrorKind::Absent => format!("{}{consequence}.", self.failure.detail),
            SecretErrorKind::Broken => format!("The keychain failed ({}){consequence}.", self.failure.detail),
        }
    }

    /// What the person can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        let step = match self.kind() {
            SecretErrorKind::Locked => "Unlock it in the system's password manager and try again",
            SecretErrorKind::Absent => {
                "Start the desktop's keychain (GNOME Keyring, KWallet, KeePassXC) and try again"
            }
            SecretErrorKind::Late => "Answer its window if it shows one, or restart it, and try again",
            SecretErrorKind::Refused => "Try again and allow PDT to use it",
            SecretErrorKind::Missing => "Add the account again with its token",
            SecretErrorKind::Broken => "Check it in the system's password manager and try again",
        };
        format!("{step}{}.", self.act.other_way())
    }
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.message(), self.hint())
    }
}

impl std::error::Error for SecretError {}

impl Act {
    fn consequence(&self) -> String {
        match self {
            Self::Read(account) => format!(": the token of account {account} cannot be read"),
            Self::Store(account) => format!(": the token of account {account} cannot be stored"),
            Self::Delete(account) => format!(": the token of account {account} cannot be deleted"),
            Self::Probe | Self::Unlock => String::new(),
        }
    }

    fn whose(&self) -> String {
        match self {
            Self::Read(account) | Self::Store(account) | Self::Delete(account) => {
                format!(" for account {account}")
            }
            Self::Probe | Self::Unlock => String::new(),
        }
    }

    /// The environment serves where no keychain can; there is nothing to delete from it.
    fn other_way(&self) -> String {
        match self {
            Self::Read(account) | Self::Store(account) => {
                format!(", or give the token in the variable {}", variable_of(account))
            }
            Self::Probe => ", or give each account's token in a variable PDT_TOKEN_<NAME>".to_owned(),
            Self::Delete(_) | Self::Unlock => String::new(),
        }
    }
}
