//! What commits can be filtered by: who wrote them, and the branches.

use std::collections::BTreeSet;

use pdt_domain::ids::ProfileId;
use rusqlite::Row;

use super::CommitFilter;
use crate::error::StoreError;
use crate::tx::ReadTx;

/// So many commits of each repository are looked at, however many repositories there are.
const FEW: usize = 20;

/// Who wrote a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The name; empty where the commit has none.
    pub name: String,
    /// The e-mail address; empty where the commit has none.
    pub email: String,
}

impl ReadTx<'_> {
    /// Who wrote the latest commits that a filter's repositories have, the latest first; `most` at most. Each
    /// repository is asked for as many, or for a few where there are many repositories. One entry a commit.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn latest_authors(
        &self,
        profile: ProfileId,
        filter: &CommitFilter,
        most: usize,
    ) -> Result<Vec<Author>, StoreError> {
        let repositories = self.listed_repositories(profile, filter)?;
        let each = (most / repositories.len().max(1)).max(FEW).min(most);
        let mut statement = self.conn.prepare_cached(AUTHORS)?;
        let mut found: Vec<(String, i64, Author)> = Vec::new();
        for id in repositories.into_keys() {
            let rows = statement.query_map((id, i64::try_from(each).unwrap_or(i64::MAX)), dated)?;
            found.extend(rows.collect::<Result<Vec<_>, _>>()?);
        }
        found.sort_unstable_by(|(date, id, _), (other, other_id, _)| (other, other_id).cmp(&(date, id)));
        Ok(found.into_iter().take(most).map(|(_, _, author)| author).collect())
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
        let mut statement = self.conn.prepare_cached(BRANCHES)?;
        let mut names = BTreeSet::new();
        for id in self.listed_repositories(profile, filter)?.into_keys() {
            let mut rows = statement.query([id])?;
            while let Some(row) = rows.next()? {
                let name: String = row.get("name")?;
                // The others of this repository come behind it.
                if names.len() >= most && names.last().is_none_or(|last| *last <= name) {
                    break;
                }
                names.insert(name);
                if names.len() > most {
                    names.pop_last();
                }
            }
        }
        Ok(names.into_iter().collect())
    }
}

const AUTHORS: &str =
    "SELECT date, id, author, author_email FROM commits INDEXED BY commits_of_repository_walked
     WHERE repository_id = ?1 ORDER BY date DESC, id DESC LIMIT ?2";

const BRANCHES: &str =
    "SELECT name FROM branches WHERE repository_id = ?1 AND deleted_at IS NULL ORDER BY name";

fn dated(row: &Row<'_>) -> rusqlite::Result<(String, i64, Author)> {
    let author = Author { name: row.get("author")?, email: row.get("author_email")? };
    Ok((row.get("date")?, row.get("id")?, author))
}
