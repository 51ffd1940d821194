//! Commits as the rows of a list show them, found by their ids.

use chrono::{DateTime, Utc};
use pdt_domain::commit;
use pdt_domain::ids::{CommitId, ProfileId, Sha};
use pdt_domain::provider::Provider;
use rusqlite::Row;

use super::commit_links;
use crate::columns::{Columns, text_of};
use crate::error::StoreError;
use crate::tx::ReadTx;

/// No line of a list shows more characters.
const SUBJECT: usize = 300;

/// A commit as the row of a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitRow {
    /// Its row in the database.
    pub id: CommitId,
    /// Its id.
    pub sha: Sha,
    /// Its repository as `owner/name`.
    pub repo: String,
    /// The kind of service it is from.
    pub provider: Provider,
    /// The first line of its message that says something, 300 characters at most.
    pub subject: String,
    /// The author's name.
    pub author: String,
    /// The author's date.
    pub date: DateTime<Utc>,
    /// The default branch where it reaches the commit, else the one it was first seen on.
    pub branch: Option<String>,
    /// All cards that it belongs to, in order.
    pub jira_card_keys: Vec<String>,
}

impl ReadTx<'_> {
    /// Those of these commits that are a profile's, in this order. Those that are gone are left out.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn commit_rows(&self, profile: ProfileId, ids: &[CommitId]) -> Result<Vec<CommitRow>, StoreError> {
        let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
        let mut statement = self.conn.prepare_cached(&query())?;
        let values = (serde_json::Value::from(ids).to_string(), profile.0);
        let rows = statement.query_map(values, CommitRow::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

/// A message may be long, and its subject stands at its beginning. CROSS keeps SQLite at the order of the ids.
fn query() -> String {
    format!(
        "SELECT c.id, c.sha, r.owner || '/' || r.name AS repo, r.provider, substr(c.message, 1, 2000) AS beginning,
             c.author, c.date, c.branch,
             (SELECT json_group_array(card_key ORDER BY {})
              FROM commit_links WHERE commit_id = c.id AND removed = 0) AS keys
         FROM json_each(?1) AS wanted
         CROSS JOIN commits AS c ON c.id = wanted.value
         CROSS JOIN repositories AS r ON r.id = c.repository_id
         CROSS JOIN accounts AS a ON a.id = r.account_id AND a.profile_id = ?2
         ORDER BY wanted.key",
        commit_links::ORDER
    )
}

impl CommitRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: CommitId(row.get("id")?),
            sha: row.checked("sha")?,
            repo: row.get("repo")?,
            provider: row.word("provider")?,
            subject: commit::subject(text_of(row, "beginning")?, SUBJECT),
            author: row.get("author")?,
            date: row.time("date")?,
            branch: row.get("branch")?,
            jira_card_keys: row.json("keys")?,
        })
    }
}
