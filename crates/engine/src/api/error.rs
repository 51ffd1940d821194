//! The one place that turns an error into what a person sees.

use std::fmt;

use pdt_domain::address::AddressError;
use pdt_domain::ids::{Name, NotAName};
use pdt_domain::secret::NotAToken;
use pdt_remote::http::RemoteError;
use pdt_store::StoreError;
use serde::Serialize;
use ts_rs::TS;

use crate::folders::FolderError;
use crate::guard::GuardError;
use crate::jobs::run::JobError;
use crate::secrets::SecretError;

/// What a shell does differently for an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
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
    /// The desktop lacks something: a display, a browser.
    Desktop,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "ApiErrorDto")]
pub struct ApiError {
    /// What a shell does differently.
    #[ts(inline)]
    pub code: Code,
    /// What failed.
    pub message: String,
    /// What to do, where the message does not say it.
    pub hint: Option<String>,
}

impl ApiError {
    /// An error without a hint.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None }
    }

    /// Something that the desktop lacks.
    #[must_use]
    pub fn desktop(message: impl Into<String>) -> Self {
        Self::new(Code::Desktop, message)
    }

    /// The same error with a hint.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// `there` are the names of those there are.
    pub(super) fn unknown_profile(name: &Name, there: &[Name]) -> Self {
        let there = match listed(there) {
            Some(names) => format!("There is {names}. "),
            None => String::new(),
        };
        Self::new(Code::Unknown, format!("There is no profile {:?}.", name.as_str()))
            .with_hint(format!("{there}Connecting an account in a new profile makes it."))
    }

    /// `there` are the names of those there are.
    pub(super) fn unknown_account<'a>(name: &str, there: impl IntoIterator<Item = &'a Name>) -> Self {
        let there: Vec<Name> = there.into_iter().cloned().collect();
        Self::new(Code::Unknown, format!("There is no account {name:?} in this profile.")).with_hint(
            match listed(&there) {
                Some(names) => format!("There is {names}."),
                None => "It has no account yet.".to_owned(),
            },
        )
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
            | Code::Conflict
            | Code::Desktop => ExitClass::Failed,
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

impl From<NotAToken> for ApiError {
    fn from(error: NotAToken) -> Self {
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
        let code = if error.kind.is_refusal() { Code::Refused } else { Code::Service };
        Self::new(code, error.to_string())
    }
}

/// `work`, `home and work`, `a, b and c`; none for nothing.
pub(super) fn listed<T: fmt::Display>(things: &[T]) -> Option<String> {
    let (last, others) = things.split_last()?;
    let others: Vec<String> = others.iter().map(ToString::to_string).collect();
    Some(if others.is_empty() { last.to_string() } else { format!("{} and {last}", others.join(", ")) })
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
