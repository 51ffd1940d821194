//! What a commit of a walk must pass, the cheapest first.

use std::collections::{HashMap, HashSet};

use pdt_domain::search::{Texts, is_same};
use rusqlite::Row;

use super::CommitFilter;
use crate::columns::text_of;
use crate::error::StoreError;
use crate::tx::ReadTx;

/// So many commits are sorted faster than they are looked for among all.
const FEW: i64 = 5_000;

/// Which columns a walk reads. An index that has all of them spares reading the commits.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Needs {
    author: bool,
    link: bool,
}

/// What every commit must pass.
#[derive(Debug)]
pub(super) struct Checks<'t> {
    filter: &'t CommitFilter,
    repositories: HashSet<i64>,
    members: Vec<Members>,
    texts: Texts,
}

/// What a commit must be a member of.
#[derive(Debug)]
pub(super) enum Members {
    /// A card, by all of its keys as a JSON list.
    OfCard(String),
    /// A branch of its repository.
    OfBranches(HashMap<i64, i64>),
}

impl Needs {
    /// The columns, for `SELECT`.
    pub(super) fn columns(self) -> &'static str {
        match (self.author, self.link) {
            (false, false) => "c.date, c.id, c.repository_id",
            (true, false) => "c.date, c.id, c.repository_id, c.author, c.author_email",
            (false, true) => "c.date, c.id, c.repository_id, c.has_link",
            (true, true) => "c.date, c.id, c.repository_id, c.author, c.author_email, c.has_link",
        }
    }
}

impl<'t> Checks<'t> {
    pub(super) fn new(filter: &'t CommitFilter, repositories: &[i64], members: Vec<Members>) -> Self {
        let repositories = repositories.iter().copied().collect();
        Self { filter, repositories, members, texts: Texts::default() }
    }

    pub(super) fn needs(&self) -> Needs {
        Needs { author: self.filter.author.is_some(), link: self.filter.unlinked }
    }

    /// Whether no commit can pass.
    pub(super) fn nothing_passes(&self) -> bool {
        self.repositories.is_empty()
    }

    /// Whether a commit passes; `text` grows by what was looked through for it.
    pub(super) fn pass(
        &mut self,
        tx: &ReadTx<'_>,
        row: &Row<'_>,
        text: &mut usize,
    ) -> Result<bool, StoreError> {
        let (id, repository) = (row.get("id")?, row.get("repository_id")?);
        if !self.repositories.contains(&repository) || !self.row_passes(row)? {
            return Ok(false);
        }
        for members in &self.members {
            if !members.has(tx, id, repository)? {
                return Ok(false);
            }
        }
        Ok(self.filter.words.is_empty() || self.has_words(tx, id, text)?)
    }

    fn row_passes(&self, row: &Row<'_>) -> Result<bool, StoreError> {
        if self.filter.unlinked && row.get("has_link")? {
            return Ok(false);
        }
        let Some(wanted) = &self.filter.author else { return Ok(true) };
        Ok(is_same(text_of(row, "author_email")?, wanted) || is_same(text_of(row, "author")?, wanted))
    }

    fn has_words(&mut self, tx: &ReadTx<'_>, id: i64, text: &mut usize) -> Result<bool, StoreError> {
        let mut statement = tx.conn.prepare_cached(TOLD)?;
        let mut rows = statement.query([id])?;
        let Some(row) = rows.next()? else { return Ok(false) };
        self.texts.clear();
        for column in ["message", "author", "author_email", "branch", "keys"] {
            let told = text_of(row, column)?;
            *text += told.len();
            self.texts.add(told);
        }
        Ok(self.filter.words.all_in_commit(&self.texts, text_of(row, "sha")?))
    }
}

/// All that words are looked for in.
const TOLD: &str = "SELECT c.message, c.author, c.author_email, c.branch, c.sha,
         (SELECT group_concat(card_key, char(10)) FROM commit_links
          WHERE commit_id = c.id AND removed = 0) AS keys
     FROM commits AS c WHERE c.id = ?1";

impl Members {
    /// The members, if they are few.
    pub(super) fn if_few(&self, tx: &ReadTx<'_>) -> Result<Option<Vec<i64>>, StoreError> {
        let (sql, list) = match self {
            Self::OfCard(keys) => (OF_CARD, keys.clone()),
            Self::OfBranches(branches) => {
                let ids: Vec<i64> = branches.values().copied().collect();
                (OF_BRANCHES, serde_json::Value::from(ids).to_string())
            }
        };
        let mut statement = tx.conn.prepare_cached(sql)?;
        let ids: Vec<i64> =
            statement.query_map((list, FEW + 1), |row| row.get(0))?.collect::<Result<_, _>>()?;
        let is_few = i64::try_from(ids.len()).is_ok_and(|count| count <= FEW);
        Ok(is_few.then_some(ids))
    }

    fn has(&self, tx: &ReadTx<'_>, id: i64, repository: i64) -> Result<bool, StoreError> {
        match self {
            Self::OfCard(keys) => {
                let mut statement = tx.conn.prepare_cached(
                    "SELECT 1 FROM commit_links
                     WHERE commit_id = ?1 AND card_key IN (SELECT value FROM json_each(?2)) AND removed = 0",
                )?;
                Ok(statement.exists((id, keys))?)
            }
            Self::OfBranches(branches) => {
                let Some(branch) = branches.get(&repository) else { return Ok(false) };
                let mut statement = tx.conn.prepare_cached(
                    "SELECT 1 FROM commit_branches WHERE branch_id = ?1 AND commit_id = ?2 AND reaches = 1",
                )?;
                Ok(statement.exists((branch, id))?)
            }
        }
    }
}

/// The commits of the cards with these keys, so many at most.
const OF_CARD: &str = "SELECT commit_id FROM commit_links
     WHERE card_key IN (SELECT value FROM json_each(?1)) AND removed = 0 LIMIT ?2";

/// The commits that these branches reach, so many at most.
const OF_BRANCHES: &str = "SELECT commit_id FROM commit_branches
     WHERE branch_id IN (SELECT value FROM json_each(?1)) AND reaches = 1 LIMIT ?2";
