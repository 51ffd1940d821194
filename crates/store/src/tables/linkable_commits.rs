//! What the links of commits are made from, for making them anew when other projects are known.

use pdt_domain::card_key::Provenance;
use pdt_domain::ids::{CommitId, ProfileId};
use rusqlite::Row;

use super::commit_links;
use crate::columns::Columns;
use crate::error::StoreError;
use crate::tx::ReadTx;

/// A commit with what its links are made from, and the links it has.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkableCommit {
    /// Its row.
    pub id: CommitId,
    /// The whole message.
    pub message: String,
    /// The branch that it was first seen on, where that name has been searched for card keys and is not the default
    /// branch's.
    pub branch_if_named: Option<String>,
    /// Whether the default branch reaches it.
    pub reached_by_default: bool,
    /// Its links in order, without those that a person took away.
    pub links: Vec<(String, Provenance)>,
}

impl LinkableCommit {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: CommitId(row.get("id")?),
            message: row.get("message")?,
            branch_if_named: row.get("branch_if_named")?,
            reached_by_default: row.get("reached_by_default")?,
            links: row.json("links")?,
        })
    }
}

impl ReadTx<'_> {
    /// A profile's commits in the order of their rows, from behind `after` on, `limit` at most. None are left where
    /// fewer come.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn linkable_commits(
        &self,
        profile: ProfileId,
        after: CommitId,
        limit: u32,
    ) -> Result<Vec<LinkableCommit>, StoreError> {
        // CROSS keeps SQLite at walking the commits in order, which a limit can end.
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT c.id, c.message,
                 (SELECT b.name FROM branches AS b
                  WHERE b.id = c.first_branch_id AND c.is_named = 1
                      AND b.name IS NOT r.default_branch) AS branch_if_named,
                 EXISTS (SELECT 1 FROM branches AS d
                         JOIN commit_branches AS cb ON cb.branch_id = d.id AND cb.commit_id = c.id
                         WHERE d.repository_id = r.id AND d.name = r.default_branch AND d.deleted_at IS NULL
                             AND cb.reaches = 1) AS reached_by_default,
                 (SELECT json_group_array(json_array(card_key, provenance) ORDER BY {})
                  FROM commit_links WHERE commit_id = c.id AND removed = 0) AS links
             FROM commits AS c
             CROSS JOIN repositories AS r ON r.id = c.repository_id
             CROSS JOIN accounts AS a ON a.id = r.account_id AND a.profile_id = ?1
             WHERE c.id > ?2 ORDER BY c.id LIMIT ?3",
            commit_links::ORDER
        ))?;
        let rows = statement
            .query_map((profile.0, after.0, limit), LinkableCommit::from_row)?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }
}
