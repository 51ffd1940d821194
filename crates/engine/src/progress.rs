//! What a run tells while it is going on. For showing only: nothing depends on it, and none of it is stored.

use pdt_domain::ids::{Name, RepositoryId};

/// One step of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Of the commits loop.
    Commits(CommitStep),
    /// Of the Jira loop.
    Jira(JiraStep),
}

impl From<CommitStep> for Progress {
    fn from(step: CommitStep) -> Self {
        Self::Commits(step)
    }
}

impl From<JiraStep> for Progress {
    fn from(step: JiraStep) -> Self {
        Self::Jira(step)
    }
}

/// One step of the commits loop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommitStep {
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

/// One step of the Jira loop. Boards and sprints are told apart by account and name: for showing, that will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JiraStep {
    /// A run has begun with so many accounts.
    Begun {
        /// How many sites will be read.
        accounts: usize,
    },
    /// So many more boards of an account are going to be asked for their sprints.
    Boards {
        /// Which account.
        account: Name,
        /// How many.
        boards: usize,
    },
    /// A board is being asked for its sprints.
    Board {
        /// Which account.
        account: Name,
        /// The board's name.
        name: String,
    },
    /// A board is done.
    BoardDone {
        /// Which account.
        account: Name,
        /// The board's name.
        name: String,
        /// What went wrong, if anything did.
        error: Option<String>,
    },
    /// The cards of so many more sprints (or of boards without sprints) are going to be read.
    Sprints {
        /// Which account.
        account: Name,
        /// How many.
        sprints: usize,
    },
    /// The cards of a sprint are being read.
    Sprint {
        /// Which account.
        account: Name,
        /// The sprint's name.
        name: String,
        /// How many of its cards were received so far.
        cards: usize,
    },
    /// A sprint is done.
    SprintDone {
        /// Which account.
        account: Name,
        /// The sprint's name.
        name: String,
        /// How many cards are new.
        new_cards: usize,
        /// How many known cards have changed.
        changed_cards: usize,
        /// What went wrong, if anything did.
        error: Option<String>,
    },
    /// An account is done.
    Finished {
        /// Which account.
        account: Name,
        /// What kept the whole of it from being read, if anything did.
        error: Option<String>,
    },
}

/// Where progress goes. Called from several tasks, and must not block.
pub type ProgressSink = std::sync::Arc<dyn Fn(Progress) + Send + Sync>;
