//! Identities: a SHA, a name and a row id are types, so that one is never taken for another.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The name of a commit object: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
///
/// Cheap to clone; ordered and hashed as text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sha(Arc<str>);

/// The text is not the name of a commit object.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a commit id: expected 40 or 64 hexadecimal digits")]
pub struct NotASha(String);

impl Sha {
    /// Reads 40 or 64 hexadecimal digits in any letter case.
    ///
    /// # Errors
    /// [`NotASha`] for anything else; a long text is cut in the message.
    pub fn parse(text: &str) -> Result<Self, NotASha> {
        let right_length = matches!(text.len(), 40 | 64);
        if right_length && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            Ok(Self(text.to_ascii_lowercase().into()))
        } else {
            Err(NotASha(text.chars().take(80).collect()))
        }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first ten digits, for people.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }
}

impl fmt::Display for Sha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Sha {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sha({})", self.short())
    }
}

impl TryFrom<String> for Sha {
    type Error = NotASha;

    fn try_from(text: String) -> Result<Self, NotASha> {
        Self::parse(&text)
    }
}

impl From<Sha> for String {
    fn from(sha: Sha) -> Self {
        sha.0.as_ref().to_owned()
    }
}

macro_rules! row_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

row_id! {
    /// The row of a profile.
    ProfileId,
    /// The row of an account.
    AccountId,
    /// The row of a tracked repository.
    RepositoryId,
    /// The row of a branch of a tracked repository.
    BranchId,
    /// The row of a commit of a tracked repository.
    CommitId,
    /// The row of a run.
    RunId,
    /// The row of a Jira board.
    BoardId,
    /// The row of a sprint.
    SprintId,
    /// The row of a Jira card.
    CardId,
}

/// A profile's or an account's name: 1 to 64 characters, no control characters, no white space at its ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

/// The text cannot be a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} cannot be a name: 1 to 64 characters without line ends or tabs, not beginning or ending with a space"
)]
pub struct NotAName(String);

impl Name {
    /// Reads a name.
    ///
    /// # Errors
    /// [`NotAName`] where the text is empty, too long, padded or holds control characters.
    pub fn parse(text: &str) -> Result<Self, NotAName> {
        let long_enough = (1..=64).contains(&text.chars().count());
        if long_enough && text.trim() == text && !text.chars().any(char::is_control) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAName(text.chars().take(80).collect()))
        }
    }

    /// The profile of who never named one.
    #[must_use]
    pub fn default_profile() -> Self {
        Self("default".to_owned())
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Name {
    type Error = NotAName;

    fn try_from(text: String) -> Result<Self, NotAName> {
        Self::parse(&text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sha_is_40_or_64_hexadecimal_digits_in_lower_case() {
        let upper = "ABCDEF0123456789ABCDEF0123456789ABCDEF01";
        assert_eq!(Sha::parse(upper).unwrap().as_str(), upper.to_lowercase(), "letter case is folded");
        assert!(Sha::parse(&"a".repeat(64)).is_ok(), "SHA-256 repositories exist");
        for wrong in ["", "abc", "g".repeat(40).as_str(), "ä".repeat(20).as_str()] {
            assert!(Sha::parse(wrong).is_err(), "{wrong:?} is no commit id");
        }
    }

    #[test]
    fn a_name_is_short_single_lined_and_not_padded() {
        assert!(Name::parse("Kundin Müller 🦀").is_ok(), "any script is welcome");
        for wrong in ["", " a", "a ", "a\nb", "a\tb", "x".repeat(65).as_str()] {
            assert!(Name::parse(wrong).is_err(), "{wrong:?} is no name");
        }
    }
}
