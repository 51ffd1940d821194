//! A commit that does not exist yet.

use std::fmt::Write as _;

use chrono::{DateTime, FixedOffset, Utc};

/// Somebody who writes or commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name; may be empty.
    pub name: String,
    /// The e-mail address; may be empty.
    pub email: String,
}

impl Person {
    /// A person of this name and address.
    #[must_use]
    pub fn new(name: &str, email: &str) -> Self {
        Self { name: name.to_owned(), email: email.to_owned() }
    }
}

/// What [`GitRepo::commit`](super::GitRepo::commit) and [`GitRepo::merge`](super::GitRepo::merge) shall write.
///
/// Without further orders it is written and committed now, in UTC, by Ada Example.
#[derive(Debug, Clone)]
pub struct NewCommit {
    message: String,
    author: Person,
    authored: DateTime<FixedOffset>,
    committer: Person,
    committed: DateTime<FixedOffset>,
}

impl NewCommit {
    /// A commit with this message, stored byte by byte: end it with a line end as git does, or do not.
    #[must_use]
    pub fn new(message: &str) -> Self {
        let ada = Person::new("Ada Example", "ada@example.com");
        let now = Utc::now().fixed_offset();
        Self {
            message: message.to_owned(),
            author: ada.clone(),
            authored: now,
            committer: ada,
            committed: now,
        }
    }

    /// Written and committed at this time (seconds count; the offset is kept).
    #[must_use]
    pub fn at<Zone: chrono::TimeZone>(mut self, time: DateTime<Zone>) -> Self {
        self.authored = time.fixed_offset();
        self.committed = time.fixed_offset();
        self
    }

    /// Written at another time than it was committed, as after a rebase. Comes after [`at`](Self::at).
    #[must_use]
    pub fn authored_at<Zone: chrono::TimeZone>(mut self, time: DateTime<Zone>) -> Self {
        self.authored = time.fixed_offset();
        self
    }

    /// Written and committed by this person.
    #[must_use]
    pub fn by(mut self, person: &Person) -> Self {
        self.author = person.clone();
        self.committer = person.clone();
        self
    }

    /// Committed by somebody else than its author. Comes after [`by`](Self::by).
    #[must_use]
    pub fn committed_by(mut self, person: &Person) -> Self {
        self.committer = person.clone();
        self
    }

    /// The head of a `commit` command of `git fast-import`, up to and with the message.
    pub(super) fn order(&self, refname: &str, mark: usize) -> String {
        let mut order = format!("commit {refname}\nmark :{mark}\n");
        for (role, who, when) in
            [("author", &self.author, self.authored), ("committer", &self.committer, self.committed)]
        {
            let name = if who.name.is_empty() { String::new() } else { format!("{} ", who.name) };
            let zone = when.format("%z");
            let _ = writeln!(order, "{role} {name}<{}> {} {zone}", who.email, when.timestamp());
        }
        let _ = writeln!(order, "data {}\n{}", self.message.len(), self.message);
        order
    }
}
