//! A commit and a branch's tip, as any service tells of them.

use chrono::{DateTime, Utc};

use crate::ids::Sha;

/// A commit with what PDT keeps of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub sha: Sha,
    /// Its parents in git's order; none for a root.
    pub parents: Vec<Sha>,
    /// The whole message as the service sends it, without line ends at its end.
    pub message: String,
    /// The author's name; empty where the commit has none.
    pub author: String,
    /// The author's e-mail address; empty where the commit has none.
    pub author_email: String,
    /// When it was written: the author's date.
    pub authored_at: DateTime<Utc>,
    /// When it was committed: moves with a rebase, and is what the services' `since` means.
    pub committed_at: DateTime<Utc>,
}

/// Where a branch stands on the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tip {
    /// The branch's name without `refs/heads/`.
    pub branch: String,
    /// The commit it points at.
    pub sha: Sha,
    /// That commit's committer date, where the listing tells it.
    pub committed_at: Option<DateTime<Utc>>,
}
