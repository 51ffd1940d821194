//! The one place that turns an error into what a person sees.

use std::fmt;

use pdt_domain::address::AddressError;
use pdt_domain::ids::{Name, NotAName};
use pdt_remote::http::{Kind, RemoteError};
use pdt_store::StoreError;

use crate::folders::FolderError;
use crate::guard::GuardError;
use crate::jobs::commits::JobError;
use crate::secrets::SecretError;

/// What a shell does differently for an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The way it was asked is wrong: a malformed URL, an impossible name.
    Usage,
    /// A name that nothing has.
    Unknown,
    /// The keychain cannot serve.
    Keychain,
    /// The service refuses the token or the access.
    Refused,
    /// The service could not be reached or gave no usable answer.
    Service,
    /// The database or its folder.
    Storage,
    /// It is there already, or two things would fit.
    Conflict,
}

/// Which exit status an error has on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitClass {
    /// 1: it failed, was refused or is unknown.
    Failed,
    /// 2: it was asked in a wrong way.
    Usage,
}

/// An error that is ready to be shown: what failed, for which thing, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// What a shell does differently.
    pub code: Code,
    /// What failed.
    pub message: String,
    /// What to do, where the message does not say it.
    pub hint: Option<String>,
}

impl ApiError {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None }
    }

    pub(super) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub(super) fn unknown_profile(name: &Name) -> Self {
        Self::new(Code::Unknown, format!("There is no profile {:?}.", name.as_str())).with_hint(
            "\"pdt profile list\" shows those there are; adding an account to a new profile makes it.",
        )
    }

    pub(super) fn unknown_account(name: &str) -> Self {
        Self::new(Code::Unknown, format!("There is no account {name:?} in this profile."))
            .with_hint("\"pdt account list\" shows those there are.")
    }

    /// The exit status that belongs to it.
    #[must_use]
    pub fn exit_class(&self) -> ExitClass {
        match self.code {
            Code::Usage => ExitClass::Usage,
            Code::Unknown
            | Code::Keychain
            | Code::Refused
            | Code::Service
            | Code::Storage
            | Code::Conflict => ExitClass::Failed,
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "\n{hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ApiError {}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::new(Code::Storage, error.to_string())
    }
}

impl From<FolderError> for ApiError {
    fn from(error: FolderError) -> Self {
        Self::new(Code::Storage, error.to_string())
    }
}

impl From<GuardError> for ApiError {
    fn from(error: GuardError) -> Self {
        Self::new(Code::Storage, error.to_string())
    }
}

impl From<JobError> for ApiError {
    fn from(error: JobError) -> Self {
        Self::new(Code::Storage, error.to_string())
    }
}

impl From<SecretError> for ApiError {
    fn from(error: SecretError) -> Self {
        Self::new(Code::Keychain, error.message()).with_hint(error.hint())
    }
}

impl From<AddressError> for ApiError {
    fn from(error: AddressError) -> Self {
        Self::new(Code::Usage, sentence(&error.to_string()))
    }
}

impl From<NotAName> for ApiError {
    fn from(error: NotAName) -> Self {
        Self::new(Code::Usage, sentence(&error.to_string()))
    }
}

impl From<RemoteError> for ApiError {
    fn from(error: RemoteError) -> Self {
        let code = match error.kind {
            Kind::TokenRefused
            | Kind::MissingScope { .. }
            | Kind::SingleSignOn { .. }
            | Kind::Forbidden
            | Kind::NotFound
            | Kind::Gone
            | Kind::Blocked => Code::Refused,
            Kind::Passing
            | Kind::Offline
            | Kind::Limited { .. }
            | Kind::EmptyRepository
            | Kind::Unprocessable
            | Kind::Unreadable
            | Kind::TooLarge
            | Kind::ForeignOrigin { .. }
            | Kind::PageLoop
            | Kind::Certificate
            | Kind::Cancelled => Code::Service,
        };
        Self::new(code, error.to_string())
    }
}

/// A message as a sentence: a capital at its beginning, a full stop at its end.
fn sentence(text: &str) -> String {
    let dot = if text.ends_with('.') { "" } else { "." };
    if text.starts_with("http") {
        return format!("{text}{dot}");
    }
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}{dot}", characters.as_str())
}
