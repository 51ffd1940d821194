//! Table `sprints`: the sprints of a Jira account, those that are over included.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{AccountId, SprintId};
use pdt_domain::jira::{Sprint, SprintRef, SprintState};
use rusqlite::{OptionalExtension, Row, named_params};

use crate::columns::{Columns, exact_time_text, optional_time_text, time_text};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// A row of `sprints`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SprintRow {
    /// Its row.
    pub id: SprintId,
    /// The account that sees it.
    pub account_id: AccountId,
    /// Jira's number, unique on its site.
    pub jira_sprint_id: i64,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub state: SprintState,
    /// When it began or shall begin.
    pub start_date: Option<DateTime<Utc>>,
    /// When it ends or shall end.
    pub end_date: Option<DateTime<Utc>>,
    /// When it was closed.
    pub complete_date: Option<DateTime<Utc>>,
    /// What it is for.
    pub goal: Option<String>,
    /// When the last complete reading of its cards began, with milliseconds; `None` for one whose cards were
    /// never read, such as one that is known only because a card names it.
    pub cards_read_at: Option<DateTime<Utc>>,
    /// Whether it is closed and its cards were read once more after that.
    pub is_final: bool,
    /// What went wrong with it last, `None` after a clean reading.
    pub last_error: Option<String>,
    /// When PDT saw that the service no longer has it.
    pub removed_at: Option<DateTime<Utc>>,
}

/// What a reading of a sprint's cards was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// One of many, while the sprint is going on.
    Ongoing,
    /// The one after the sprint was closed.
    Final,
}

impl SprintRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: SprintId(row.get("id")?),
            account_id: AccountId(row.get("account_id")?),
            jira_sprint_id: row.get("jira_sprint_id")?,
            name: row.get("name")?,
            state: row.word("state")?,
            start_date: row.optional_time("start_date")?,
            end_date: row.optional_time("end_date")?,
            complete_date: row.optional_time("complete_date")?,
            goal: row.get("goal")?,
            cards_read_at: row.optional_time("cards_read_at")?,
            is_final: row.get("is_final")?,
            last_error: row.get("last_error")?,
            removed_at: row.optional_time("removed_at")?,
        })
    }
}

/// A sprint's row as it was, as far as it decides where cards belong.
struct Known {
    id: SprintId,
    name: String,
    state: SprintState,
    is_removed: bool,
}

impl ReadTx<'_> {
    /// The sprints of an account by Jira's number, without those that the service no longer has.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn sprints(&self, account: AccountId) -> Result<Vec<SprintRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, account_id, jira_sprint_id, name, state, start_date, end_date, complete_date, goal,
                 cards_read_at, is_final, last_error, removed_at
             FROM sprints WHERE account_id = ?1 AND removed_at IS NULL ORDER BY jira_sprint_id",
        )?;
        let rows = statement.query_map([account.0], SprintRow::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    fn known_sprint(&self, account: AccountId, number: i64) -> Result<Option<Known>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, name, state, removed_at IS NOT NULL AS is_removed FROM sprints
             WHERE account_id = ?1 AND jira_sprint_id = ?2",
        )?;
        let known = |row: &Row<'_>| {
            Ok(Known {
                id: SprintId(row.get("id")?),
                name: row.get("name")?,
                state: row.word("state")?,
                is_removed: row.get("is_removed")?,
            })
        };
        Ok(statement.query_row((account.0, number), known).optional()?)
    }
}

impl WriteTx<'_> {
    /// Records a sprint as the service tells of it now; one that was gone is back. One that is opened again has
    /// its last reading still before it.
    ///
    /// # Errors
    /// [`OwnerRemoved`](crate::StoreErrorKind::OwnerRemoved) where the account is gone.
    pub fn store_sprint(
        &self,
        account: AccountId,
        sprint: &Sprint,
        now: DateTime<Utc>,
    ) -> Result<SprintId, StoreError> {
        let known = self.known_sprint(account, sprint.id)?;
        let row = self.upsert_sprint(account, sprint, now)?;
        let Some(known) = known else { return Ok(row) };
        if known.state != sprint.state || known.is_removed {
            self.refresh_cards_of_sprint(row)?;
        }
        if (known.state, &known.name) != (sprint.state, &sprint.name) {
            self.retell_sprint(row, sprint)?;
        }
        Ok(row)
    }

    /// Name and state of a sprint stand in the details of its cards too, of which none need have changed.
    fn retell_sprint(&self, row: SprintId, sprint: &Sprint) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE jira_cards SET details_json = json_set(details_json, '$.sprints', (
                     SELECT json_group_array(
                         iif(one.value ->> 'id' = ?2,
                             json_object('id', ?2, 'name', ?3, 'state', ?4), json(one.value))
                         ORDER BY one.key)
                     FROM json_each(details_json, '$.sprints') AS one))
                 WHERE json_type(details_json, '$.sprints') = 'array'
                     AND id IN (SELECT card_id FROM sprint_cards WHERE sprint_id = ?1)",
            )?
            .execute((row.0, sprint.id, &sprint.name, sprint.state.as_str()))?;
        Ok(())
    }

    fn upsert_sprint(
        &self,
        account: AccountId,
        sprint: &Sprint,
        now: DateTime<Utc>,
    ) -> Result<SprintId, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "INSERT INTO sprints (account_id, jira_sprint_id, name, state, start_date, end_date, complete_date,
                 goal, origin_board_id, last_synced_at)
             VALUES (:account_id, :jira_sprint_id, :name, :state, :start, :end, :completed, :goal, :origin, :now)
             ON CONFLICT (account_id, jira_sprint_id) DO UPDATE SET
                 name = excluded.name, state = excluded.state, start_date = excluded.start_date,
                 end_date = excluded.end_date, complete_date = excluded.complete_date, goal = excluded.goal,
                 origin_board_id = excluded.origin_board_id, is_final = is_final AND excluded.state = 'closed',
                 last_error = NULL, removed_at = NULL, last_synced_at = excluded.last_synced_at
             RETURNING id",
        )?;
        let values = named_params! {
            ":account_id": account.0,
            ":jira_sprint_id": sprint.id,
            ":name": sprint.name,
            ":state": sprint.state.as_str(),
            ":start": optional_time_text(sprint.start),
            ":end": optional_time_text(sprint.end),
            ":completed": optional_time_text(sprint.completed),
            ":goal": sprint.goal,
            ":origin": sprint.origin_board,
            ":now": time_text(now),
        };
        Ok(statement.query_row(values, |row| row.get(0).map(SprintId))?)
    }

    /// The row of a sprint that a card names, made of what the card says where no board has shown it. What a
    /// board told is not changed: it told more.
    pub(super) fn sprint_named_by_card(
        &self,
        account: AccountId,
        sprint: &SprintRef,
        now: DateTime<Utc>,
    ) -> Result<SprintId, StoreError> {
        if let Some(known) = self.known_sprint(account, sprint.id)? {
            return Ok(known.id);
        }
        self.conn
            .prepare_cached(
                "INSERT INTO sprints (account_id, jira_sprint_id, name, state, last_synced_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((account.0, sprint.id, &sprint.name, sprint.state.as_str(), time_text(now)))?;
        Ok(SprintId(self.conn.last_insert_rowid()))
    }

    /// Records that the service no longer has a sprint. Who was in it stays known, but no card stands in it.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn mark_sprint_removed(&self, sprint: SprintId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let marked = self
            .conn
            .prepare_cached("UPDATE sprints SET removed_at = ?2 WHERE id = ?1 AND removed_at IS NULL")?
            .execute((sprint.0, time_text(now)))?;
        if marked > 0 {
            self.refresh_cards_of_sprint(sprint)?;
        }
        Ok(())
    }

    /// Records that a sprint's cards were read to the end. `begun` is when that reading began, and later ones
    /// ask for what changed since. The last reading is one only while the sprint is closed.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn note_sprint_cards_read(
        &self,
        sprint: SprintId,
        begun: DateTime<Utc>,
        reading: Reading,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE sprints
                 SET cards_read_at = ?2, is_final = (?3 AND state = 'closed'), last_error = NULL
                 WHERE id = ?1",
            )?
            .execute((sprint.0, exact_time_text(begun), reading == Reading::Final))?;
        Ok(())
    }

    /// Records what went wrong with a sprint. Its place stays.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn note_sprint_error(&self, sprint: SprintId, error: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE sprints SET last_error = ?2 WHERE id = ?1")?
            .execute((sprint.0, error))?;
        Ok(())
    }
}
