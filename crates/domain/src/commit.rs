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

/// The first line of a message that says something, `longest` characters of it at most.
#[must_use]
pub fn subject(message: &str, longest: usize) -> String {
    let line = message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().take(longest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_is_the_first_line_that_says_something() {
        assert_eq!(subject("\n  \n  Do it \r\n\nbecause", 300), "Do it");
        assert_eq!(subject("\u{e4}\u{1f980}x", 2), "\u{e4}\u{1f980}", "characters are counted, not bytes");
        assert_eq!(subject(" \n ", 300), "", "nothing says nothing");
    }
}
