//! How much would be deleted with a repository or an account.

use pdt_domain::ids::{AccountId, RepositoryId};
use rusqlite::Row;

use crate::error::StoreError;
use crate::tx::ReadTx;

/// How much would be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RemovalCounts {
    /// Repositories.
    pub repositories: u32,
    /// Commits.
    pub commits: u32,
    /// Links that a person made or took away.
    pub manual_links: u32,
    /// Cards.
    pub cards: u32,
}

/// Links of a person's are few among many, and are told by an index of their own.
const MANUAL_LINKS: &str = "
    SELECT count(*) FROM commit_links AS l CROSS JOIN commits AS c ON c.id = l.commit_id
    WHERE (l.provenance = 'manual' OR l.removed = 1)";

impl ReadTx<'_> {
    /// What would be deleted with a repository.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn counts_of_repository(&self, repository: RepositoryId) -> Result<RemovalCounts, StoreError> {
        let sql = format!(
            "SELECT 1, (SELECT commit_count FROM repositories WHERE id = ?1),
                 ({MANUAL_LINKS} AND c.repository_id = ?1), 0"
        );
        self.removal_counts(&sql, repository.0)
    }

    /// What would be deleted with an account.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn counts_of_account(&self, account: AccountId) -> Result<RemovalCounts, StoreError> {
        let sql = format!(
            "SELECT (SELECT count(*) FROM repositories WHERE account_id = ?1),
                 (SELECT coalesce(sum(commit_count), 0) FROM repositories WHERE account_id = ?1),
                 ({MANUAL_LINKS} AND c.repository_id IN (SELECT id FROM repositories WHERE account_id = ?1)),
                 (SELECT count(*) FROM jira_cards WHERE account_id = ?1)"
        );
        self.removal_counts(&sql, account.0)
    }

    fn removal_counts(&self, sql: &str, of: i64) -> Result<RemovalCounts, StoreError> {
        let counts = |row: &Row<'_>| {
            let (repositories, commits) = (row.get(0)?, row.get(1)?);
            Ok(RemovalCounts { repositories, commits, manual_links: row.get(2)?, cards: row.get(3)? })
        };
        Ok(self.conn.prepare_cached(sql)?.query_row([of], counts)?)
    }
}
