//! Which commits a list or a walk lets through.

use chrono::{DateTime, Utc};
use pdt_domain::search::{Texts, Words, is_same};

use super::ListedCommit;

/// Which commits are wanted. The default is all of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CommitFilter {
    /// Only those of the repositories of this `owner/name`, in any letter case.
    pub repository: Option<String>,
    /// Only those whose author's date is this or later.
    pub since: Option<DateTime<Utc>>,
    /// Only those whose author's date is earlier than this.
    pub until_exclusive: Option<DateTime<Utc>>,
    /// Only those that belong to this card, in any letter case, under whatever key it had when they were linked.
    pub card: Option<String>,
    /// Only those that belong to no card.
    pub unlinked: bool,
    /// Only those that have each of the words in message, author, e-mail address, branch, card keys or id.
    pub words: Words,
    /// Only those that a branch of this name reaches now.
    pub branch: Option<String>,
    /// Only those of this e-mail address or author's name, in any letter case.
    pub author: Option<String>,
    /// Only the newest so many.
    pub limit: Option<u32>,
}

impl CommitFilter {
    /// Whether rows must be looked at to know whether they are wanted: SQL does not tell.
    pub(super) fn looks_at_rows(&self) -> bool {
        !self.words.is_empty() || self.branch.is_some() || self.author.is_some()
    }

    /// Whether a row is wanted that has come through what SQL can tell.
    pub(super) fn lets_through(&self, row: &ListedCommit, texts: &mut Texts) -> bool {
        let on_branch = |name: &String| row.branches.contains(name);
        let is_by = |name: &String| is_same(name, &row.author) || is_same(name, &row.author_email);
        self.branch.as_ref().is_none_or(on_branch)
            && self.author.as_ref().is_none_or(is_by)
            && (self.words.is_empty() || self.words.all_in_commit(row.told(texts), row.sha.as_str()))
    }
}

impl ListedCommit {
    /// All that words are looked for in.
    fn told<'t>(&self, texts: &'t mut Texts) -> &'t Texts {
        texts.clear();
        for text in [&self.message, &self.author, &self.author_email] {
            texts.add(text);
        }
        for text in self.branch.iter().chain(&self.jira_card_keys) {
            texts.add(text);
        }
        texts
    }
}
