//! Words of a run: which loop, why it started, how it ended.

use serde::{Deserialize, Serialize};

use crate::words::as_words;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {$(
            $(#[$variant_doc])*
            #[serde(rename = $word)]
            $variant,
        )+}

        as_words! { $name { $($variant = $word),+ } }
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
