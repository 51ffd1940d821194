//! What commits can be filtered by: who wrote them, and the branches.

use std::collections::HashSet;

use pdt_domain::ids::ProfileId;
use rusqlite::{Params, Row};

use super::CommitFilter;
use crate::error::StoreError;
use crate::tx::ReadTx;

/// So many rows are looked at for those of a profile among those of others.
const LOOKED_AT: usize = 50_000;

/// Who wrote a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The name; empty where the commit has none.
    pub name: String,
    /// The e-mail address; empty where the commit has none.
    pub email: String,
}

impl ReadTx<'_> {
    /// Who wrote the latest commits that a filter's repositories have, the latest first; `most` at most. One entry a
    /// commit.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn latest_authors(
        &self,
        profile: ProfileId,
        filter: &CommitFilter,
        most: usize,
    ) -> Result<Vec<Author>, StoreError> {
        let repositories: HashSet<i64> = self.listed_repositories(profile, filter)?.into_keys().collect();
        match only(&repositories) {
            Some(id) => self.gather(AUTHORS_OF_ONE, [id], &repositories, most, Author::from_row),
            None => self.gather(AUTHORS, [], &repositories, most, Author::from_row),
        }
    }

    /// The names of the branches that a filter's repositories have now, sorted, each once; `most` at most.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn branch_names(
        &self,
        profile: ProfileId,
        filter: &CommitFilter,
        most: usize,
    ) -> Result<Vec<String>, StoreError> {
        let repositories: HashSet<i64> = self.listed_repositories(profile, filter)?.into_keys().collect();
        let name = |row: &Row<'_>| row.get("name");
        // The same name comes once a repository.
        let rows = most.saturating_mul(repositories.len());
        let mut names = match only(&repositories) {
            Some(id) => self.gather(BRANCHES_OF_ONE, [id], &repositories, rows, name)?,
            None => self.gather(BRANCHES, [], &repositories, rows, name)?,
        };
        names.dedup();
        names.truncate(most);
        Ok(names)
    }

    /// The first rows of a statement that are of these repositories.
    fn gather<T>(
        &self,
        sql: &str,
        values: impl Params,
        repositories: &HashSet<i64>,
        most: usize,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        let (mut found, mut looked_at) = (Vec::new(), 0);
        while found.len() < most && looked_at < LOOKED_AT {
            let Some(row) = rows.next()? else { break };
            looked_at += 1;
            if repositories.contains(&row.get("repository_id")?) {
                found.push(read(row)?);
            }
        }
        Ok(found)
    }
}

fn only(repositories: &HashSet<i64>) -> Option<i64> {
    repositories.iter().copied().next().filter(|_| repositories.len() == 1)
}

const AUTHORS: &str = "SELECT repository_id, author, author_email FROM commits INDEXED BY commits_walked
     ORDER BY date DESC, id DESC";

const AUTHORS_OF_ONE: &str =
    "SELECT repository_id, author, author_email FROM commits INDEXED BY commits_by_repository_and_date
     WHERE repository_id = ?1 ORDER BY date DESC, id DESC";

const BRANCHES: &str = "SELECT repository_id, name FROM branches INDEXED BY branches_alive
     WHERE deleted_at IS NULL ORDER BY name";

const BRANCHES_OF_ONE: &str =
    "SELECT repository_id, name FROM branches WHERE repository_id = ?1 AND deleted_at IS NULL ORDER BY name";

impl Author {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { name: row.get("author")?, email: row.get("author_email")? })
    }
}
