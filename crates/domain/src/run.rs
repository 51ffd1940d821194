//! Words of a run: which loop, why it started, how it ended.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The word is not one of those that PDT stores.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown word {0:?}")]
pub struct UnknownWord(String);

impl UnknownWord {
    pub(crate) fn new(word: &str) -> Self {
        Self(word.to_owned())
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {$(
            $(#[$variant_doc])*
            #[serde(rename = $word)]
            $variant,
        )+}

        impl $name {
            /// The word stored in the database and shown in JSON.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    other => Err(UnknownWord::new(other)),
                }
            }
        }
    };
}

words! {
    /// One of the two loops.
    Loop {
        /// Commits of GitHub and GitLab repositories.
        Commits = "commits",
        /// Boards, sprints and cards of Jira.
        Jira = "jira",
    }
}

words! {
    /// Why a run started.
    Trigger {
        /// PDT started.
        Start = "start",
        /// Its interval was over.
        Schedule = "schedule",
        /// A person asked for it.
        Manual = "manual",
        /// The machine woke up or the network came back.
        Wake = "wake",
    }
}

words! {
    /// How a run ended.
    Outcome {
        /// Everything that was asked for is here.
        Ok = "ok",
        /// Some of it is here; the receipt says what is not.
        Partial = "partial",
        /// Nothing could be brought up to date.
        Failed = "failed",
        /// There was nothing to do, or no way to do it.
        Skipped = "skipped",
    }
}
