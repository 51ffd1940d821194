//! What a run tells while it is going on. For showing only: nothing depends on it, and none of it is stored.

use pdt_domain::ids::RepositoryId;

/// One step of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// A run has begun with so many repositories.
    Begun {
        /// How many will be looked at.
        repositories: usize,
    },
    /// A repository is being looked at.
    Repository {
        /// Which.
        id: RepositoryId,
        /// `owner/name`.
        name: String,
    },
    /// Something of it came.
    Reading {
        /// Which repository.
        id: RepositoryId,
        /// `owner/name`.
        name: String,
        /// The branch being read, or `None` while all are read at once.
        branch: Option<String>,
        /// How many of its changed branches are done.
        done: usize,
        /// How many of its branches have changed.
        of: usize,
        /// Commits received for this repository so far.
        commits: usize,
    },
    /// A repository is done.
    Finished {
        /// Which.
        id: RepositoryId,
        /// `owner/name`.
        name: String,
        /// How many commits are new.
        new_commits: usize,
        /// What went wrong, if anything did.
        error: Option<String>,
    },
}

/// Where progress goes. Called from several tasks, and must not block.
pub type ProgressSink = std::sync::Arc<dyn Fn(Progress) + Send + Sync>;
