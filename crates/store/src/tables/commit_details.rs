//! One commit with everything that is known of it.

use pdt_domain::card_key::Provenance;
use pdt_domain::ids::{AccountId, CommitId, ProfileId, RepositoryId};
use rusqlite::{OptionalExtension, Row};

use super::CommitFilter;
use super::commit_links;
use super::commit_list::{BranchNames, ListedCommit, branch_name, select};
use crate::columns::Columns;
use crate::error::StoreError;
use crate::tx::ReadTx;

/// A commit and where it is from.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownCommit {
    /// As it is listed.
    pub listed: ListedCommit,
    /// Its repository.
    pub repository: RepositoryId,
    /// The account that reads it.
    pub account: AccountId,
}

/// A link of a commit, one that a person took away too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    /// The card's key.
    pub key: String,
    /// Where the link is from.
    pub provenance: Provenance,
    /// Whether a person took it away.
    pub removed: bool,
}

impl ReadTx<'_> {
    /// A commit of a profile by its row.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn known_commit(&self, profile: ProfileId, id: CommitId) -> Result<Option<KnownCommit>, StoreError> {
        let places = self.listed_repositories(profile, &CommitFilter::default())?;
        let branches = self.branches_of_commit(id)?;
        let mut statement = self.conn.prepare_cached(&format!(
            "{}, (SELECT r.account_id FROM repositories AS r WHERE r.id = c.repository_id) AS account_id
             FROM commits AS c WHERE c.id = ?1",
            select()
        ))?;
        let known = |row: &Row<'_>| {
            Ok(KnownCommit {
                listed: ListedCommit::from_row(row, &places, &branches)?,
                repository: RepositoryId(row.get("repository_id")?),
                account: AccountId(row.get("account_id")?),
            })
        };
        Ok(statement.query_row([id.0], known).optional()?)
    }

    fn branches_of_commit(&self, id: CommitId) -> Result<BranchNames, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT b.id, b.name, b.deleted_at IS NULL AS alive
             FROM commit_branches AS cb CROSS JOIN branches AS b ON b.id = cb.branch_id
             WHERE cb.commit_id = ?1",
        )?;
        let names = statement.query_map([id.0], branch_name)?.collect::<Result<_, _>>()?;
        Ok(names)
    }

    /// The links of a commit in order, and those that PDT found and a person took away. What a person made and took
    /// away again is nothing to give back.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn links_of(&self, id: CommitId) -> Result<Vec<LinkRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT card_key, provenance, removed FROM commit_links
             WHERE commit_id = ?1 AND (removed = 0 OR provenance <> 'manual') ORDER BY {}",
            commit_links::ORDER
        ))?;
        let link = |row: &Row<'_>| {
            let (key, provenance) = (row.get("card_key")?, row.word("provenance")?);
            Ok(LinkRow { key, provenance, removed: row.get("removed")? })
        };
        let rows = statement.query_map([id.0], link)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// The cards whose link to a commit a person took away, whoever had made it.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn refused_keys(&self, id: CommitId) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT card_key FROM commit_links WHERE commit_id = ?1 AND removed = 1")?;
        let keys = statement.query_map([id.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(keys)
    }
}
