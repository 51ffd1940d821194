//! Table `notices`: for which causes something fails now, and which of them the person was told of.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{Name, ProfileId};
use rusqlite::{Row, named_params};

use crate::columns::{Columns, optional_time_text};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// A row of `notices`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// What fails and why, as a word that stays the same as long as it does.
    pub cause: String,
    /// The account that it is about, where it is about one.
    pub account: Option<Name>,
    /// What was wrong, in a few words.
    pub title: String,
    /// In how many runs of the commits loop it was met, one after the other.
    pub commits: u32,
    /// In how many runs of the Jira loop.
    pub jira: u32,
    /// When the person was told; `None`: not yet.
    pub told_at: Option<DateTime<Utc>>,
}

impl NoticeRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            cause: row.get("cause")?,
            account: row.optional_checked("account")?,
            title: row.get("title")?,
            commits: row.get("commits")?,
            jira: row.get("jira")?,
            told_at: row.optional_time("told_at")?,
        })
    }
}

impl ReadTx<'_> {
    /// What fails in a profile, by cause.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn notices(&self, profile: ProfileId) -> Result<Vec<NoticeRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT cause, account, title, commits, jira, told_at FROM notices WHERE profile_id = ?1 ORDER BY cause",
        )?;
        let rows = statement.query_map([profile.0], NoticeRow::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

impl WriteTx<'_> {
    /// Records a cause, in the place of what was recorded for it.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn put_notice(&self, profile: ProfileId, row: &NoticeRow) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO notices (profile_id, cause, account, title, commits, jira, told_at)
                 VALUES (:profile, :cause, :account, :title, :commits, :jira, :told_at)
                 ON CONFLICT (profile_id, cause) DO UPDATE SET
                     account = excluded.account, title = excluded.title, commits = excluded.commits,
                     jira = excluded.jira, told_at = excluded.told_at",
            )?
            .execute(named_params! {
                ":profile": profile.0,
                ":cause": row.cause,
                ":account": row.account.as_ref().map(Name::as_str),
                ":title": row.title,
                ":commits": row.commits,
                ":jira": row.jira,
                ":told_at": optional_time_text(row.told_at),
            })?;
        Ok(())
    }

    /// Forgets a cause, because it is gone.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn forget_notice(&self, profile: ProfileId, cause: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM notices WHERE profile_id = ?1 AND cause = ?2")?
            .execute((profile.0, cause))?;
        Ok(())
    }
}
