//! Table `jira_sites`: what PDT found out about the Jira that an account is at, and how far it has read it.

use chrono::{DateTime, Utc};
use pdt_domain::ids::AccountId;
use pdt_domain::jira::Deployment;
use rusqlite::{OptionalExtension, Row, named_params};

use crate::columns::{Columns, json_array, time_text};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// A row of `jira_sites`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JiraSite {
    /// The account.
    pub account_id: AccountId,
    /// Whose Jira it is.
    pub deployment: Deployment,
    /// Where its API is asked, where that is not the site's own address.
    pub api_root: Option<String>,
    /// What is collected beside the sprints.
    pub collects: Collects,
    /// The ids of the fields that hold story points; `None` before they were looked for.
    pub story_point_fields: Option<Vec<String>>,
    /// When the first run began that read it to its end.
    pub first_read_at: Option<DateTime<Utc>>,
    /// When the last run began that read everything, also what seldom changes.
    pub thorough_at: Option<DateTime<Utc>>,
}

/// What an account collects beside the cards of active sprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Collects {
    /// The cards on boards without sprints.
    pub kanban: bool,
    /// The cards in backlogs and in planned sprints.
    pub backlog: bool,
}

/// Where an account's Jira is, and what to collect there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JiraSiteAt {
    /// The account.
    pub account: AccountId,
    /// Whose Jira it is.
    pub deployment: Deployment,
    /// Where its API is asked, where that is not the site's own address.
    pub api_root: Option<String>,
    /// What to collect beside the sprints.
    pub collects: Collects,
}

/// How much of a site a run has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thoroughness {
    /// Everything, also what seldom changes.
    Thorough,
    /// What changes from run to run.
    Brief,
}

impl JiraSite {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            account_id: AccountId(row.get("account_id")?),
            deployment: row.word("deployment")?,
            api_root: row.get("api_root")?,
            collects: Collects { kanban: row.get("collects_kanban")?, backlog: row.get("collects_backlog")? },
            story_point_fields: row.optional_json("story_point_fields")?,
            first_read_at: row.optional_time("first_read_at")?,
            thorough_at: row.optional_time("thorough_at")?,
        })
    }
}

impl ReadTx<'_> {
    /// What is known of an account's Jira; `None` before it was asked.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn jira_site(&self, account: AccountId) -> Result<Option<JiraSite>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT account_id, deployment, api_root, collects_kanban, collects_backlog, story_point_fields,
                 first_read_at, thorough_at
             FROM jira_sites WHERE account_id = ?1",
        )?;
        Ok(statement.query_row([account.0], JiraSite::from_row).optional()?)
    }
}

impl WriteTx<'_> {
    /// Records where an account's Jira is and what to collect there. Where something else is to be collected
    /// than before, its [places are forgotten](Self::forget_places).
    ///
    /// # Errors
    /// [`OwnerRemoved`](crate::StoreErrorKind::OwnerRemoved) where the account is gone.
    pub fn set_jira_site(&self, site: &JiraSiteAt) -> Result<(), StoreError> {
        let known = self.jira_site(site.account)?;
        self.upsert_site(site)?;
        if known.is_some_and(|known| known.collects != site.collects) {
            self.forget_places(site.account)?;
        }
        Ok(())
    }

    fn upsert_site(&self, site: &JiraSiteAt) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO jira_sites (account_id, deployment, api_root, collects_kanban, collects_backlog)
                 VALUES (:account_id, :deployment, :api_root, :kanban, :backlog)
                 ON CONFLICT (account_id) DO UPDATE SET
                     deployment = excluded.deployment, api_root = excluded.api_root,
                     collects_kanban = excluded.collects_kanban, collects_backlog = excluded.collects_backlog",
            )?
            .execute(named_params! {
                ":account_id": site.account.0,
                ":deployment": site.deployment.as_str(),
                ":api_root": site.api_root,
                ":kanban": site.collects.kanban,
                ":backlog": site.collects.backlog,
            })?;
        Ok(())
    }

    /// Records which fields of an account's Jira hold story points. Where cards were read with others, they are to be
    /// read anew: their estimates have not changed, and would never come.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn set_story_point_fields(&self, account: AccountId, fields: &[String]) -> Result<(), StoreError> {
        let other = self
            .conn
            .prepare_cached(
                "UPDATE jira_sites SET story_point_fields = ?2
                 WHERE account_id = ?1 AND story_point_fields IS NOT ?2 RETURNING first_read_at IS NOT NULL",
            )?
            .query_row((account.0, json_array(fields)), |row| row.get(0))
            .optional()?;
        if other == Some(true) {
            self.forget_places(account)?;
        }
        Ok(())
    }

    /// Records that a run has read an account's Jira to its end. `begun` is when the run began.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn note_site_read(
        &self,
        account: AccountId,
        begun: DateTime<Utc>,
        thoroughness: Thoroughness,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE jira_sites
                 SET first_read_at = coalesce(first_read_at, ?2), thorough_at = iif(?3, ?2, thorough_at)
                 WHERE account_id = ?1",
            )?
            .execute((account.0, time_text(begun), thoroughness == Thoroughness::Thorough))?;
        Ok(())
    }

    /// Lets the next run read everything anew, because something else is to be collected than before: what the
    /// earlier runs left out has not changed since and would never come. Closed sprints keep what they have.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn forget_places(&self, account: AccountId) -> Result<(), StoreError> {
        let forgetting = [
            "UPDATE jira_sites SET thorough_at = NULL WHERE account_id = ?1",
            "UPDATE boards SET cards_read_at = NULL, backlog_read_at = NULL, is_valid = 1, invalid_reason = NULL,
                 last_error = NULL WHERE account_id = ?1",
            "UPDATE sprints SET cards_read_at = NULL WHERE account_id = ?1 AND state <> 'closed'",
        ];
        for sql in forgetting {
            self.conn.prepare_cached(sql)?.execute([account.0])?;
        }
        Ok(())
    }
}
