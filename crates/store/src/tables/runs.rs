//! Table `runs`: the history of both loops, which survives a restart.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{ProfileId, RunId};
use pdt_domain::run::{Loop, Outcome, Trigger};
use rusqlite::{OptionalExtension, Row, named_params};

use crate::columns::{Columns, time_text};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// A row of `runs`.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its row.
    pub id: RunId,
    /// For which profile it ran.
    pub profile_id: ProfileId,
    /// Which loop.
    pub sync_loop: Loop,
    /// Why it started.
    pub trigger: Trigger,
    /// When it started.
    pub started_at: DateTime<Utc>,
    /// When it ended; `None` while it goes on.
    pub finished_at: Option<DateTime<Utc>>,
    /// How it ended; `None` while it goes on.
    pub outcome: Option<Outcome>,
    /// Why it was skipped or only partial, in a sentence.
    pub reason: Option<String>,
    /// What went wrong, in a sentence; `None` after a clean run.
    pub error: Option<String>,
    /// How many HTTP requests it sent.
    pub requests: u64,
    /// What it fetched, stored and skipped: a JSON document.
    pub receipt_json: Option<String>,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct FinishedRun {
    /// When.
    pub finished_at: DateTime<Utc>,
    /// How.
    pub outcome: Outcome,
    /// Why it was skipped or only partial, in a sentence.
    pub reason: Option<String>,
    /// What went wrong, in a sentence; `None` after a clean run.
    pub error: Option<String>,
    /// How many HTTP requests it sent.
    pub requests: u64,
    /// What it fetched, stored and skipped: a JSON document.
    pub receipt_json: Option<String>,
}

/// What is said of a run whose program ended before it did.
const ABANDONED: &str = "PDT stopped while this run was going.";

impl Run {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: RunId(row.get("id")?),
            profile_id: ProfileId(row.get("profile_id")?),
            sync_loop: row.word("loop")?,
            trigger: row.word("trigger")?,
            started_at: row.time("started_at")?,
            finished_at: row.optional_time("finished_at")?,
            outcome: row.optional_word("outcome")?,
            reason: row.get("reason")?,
            error: row.get("error")?,
            requests: u64::from(row.get::<_, u32>("requests")?),
            receipt_json: row.get("receipt")?,
        })
    }
}

impl ReadTx<'_> {
    /// Whether a run has begun and not ended. It may have died: the guard tells.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn has_open_run(&self, profile: ProfileId, sync_loop: Loop) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM runs WHERE profile_id = ?1 AND loop = ?2 AND outcome IS NULL)",
        )?;
        Ok(statement.query_row((profile.0, sync_loop.as_str()), |row| row.get(0))?)
    }

    /// The last run that ended, whatever its outcome.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn last_run(&self, profile: ProfileId, sync_loop: Loop) -> Result<Option<Run>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, profile_id, loop, trigger, started_at, finished_at, outcome, reason, error, requests,
                 receipt
             FROM runs WHERE profile_id = ?1 AND loop = ?2 AND finished_at IS NOT NULL
             ORDER BY id DESC LIMIT 1",
        )?;
        Ok(statement.query_row((profile.0, sync_loop.as_str()), Run::from_row).optional()?)
    }

    /// When the last run that brought everything ended.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn last_success(
        &self,
        profile: ProfileId,
        sync_loop: Loop,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT finished_at FROM runs WHERE profile_id = ?1 AND loop = ?2 AND outcome = ?3
             ORDER BY id DESC LIMIT 1",
        )?;
        let values = (profile.0, sync_loop.as_str(), Outcome::Ok.as_str());
        Ok(statement.query_row(values, |row| row.time("finished_at")).optional()?)
    }
}

impl WriteTx<'_> {
    /// Records that a run starts.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn start_run(
        &self,
        profile: ProfileId,
        sync_loop: Loop,
        trigger: Trigger,
        now: DateTime<Utc>,
    ) -> Result<RunId, StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO runs (profile_id, loop, trigger, started_at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((profile.0, sync_loop.as_str(), trigger.as_str(), time_text(now)))?;
        Ok(RunId(self.conn.last_insert_rowid()))
    }

    /// Records how a run ended, and what it brought by its receipt. What was recorded first stays: a run ends once.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn finish_run(&self, run: RunId, finished: &FinishedRun) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE runs SET finished_at = :finished_at, outcome = :outcome, reason = :reason,
                     error = :error, requests = :requests, receipt = :receipt,
                     new_items = coalesce((SELECT sum(coalesce(value ->> '$.new_commits', value ->> '$.new_cards', 0))
                         FROM json_each(:receipt, iif(loop = 'commits', '$.repositories', '$.accounts'))
                         WHERE json_each.type = 'object'), 0),
                     changed_items = coalesce((SELECT sum(coalesce(value ->> '$.changed_cards', 0))
                         FROM json_each(:receipt, iif(loop = 'commits', '$.repositories', '$.accounts'))
                         WHERE json_each.type = 'object'), 0)
                 WHERE id = :id AND finished_at IS NULL",
            )?
            .execute(named_params! {
                ":id": run.0,
                ":finished_at": time_text(finished.finished_at),
                ":outcome": finished.outcome.as_str(),
                ":reason": finished.reason,
                ":error": finished.error,
                ":requests": i64::try_from(finished.requests).unwrap_or(i64::MAX),
                ":receipt": finished.receipt_json,
            })?;
        Ok(())
    }

    /// Ends, as failed, the runs of a loop that never ended because their program did. For who holds the
    /// loop's guard, so that no such run can be going. Answers how many there were.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn close_abandoned_runs(&self, sync_loop: Loop, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let closed = self
            .conn
            .prepare_cached(
                "UPDATE runs SET finished_at = ?2, outcome = ?3, error = ?4
                 WHERE loop = ?1 AND finished_at IS NULL",
            )?
            .execute((sync_loop.as_str(), time_text(now), Outcome::Failed.as_str(), ABANDONED))?;
        Ok(closed)
    }

    /// Deletes runs that began before `oldest`, and those beyond the newest `most`. The last run of each loop of
    /// each profile stays, and so does the last one that brought everything: what they say is still true. Answers
    /// how many were deleted.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn prune_runs(&self, oldest: DateTime<Utc>, most: u32) -> Result<usize, StoreError> {
        let deleted = self
            .conn
            .prepare_cached(
                "DELETE FROM runs
                 WHERE (started_at < ?1 OR id <= (SELECT id FROM runs ORDER BY id DESC LIMIT 1 OFFSET ?2))
                     AND finished_at IS NOT NULL
                     AND id NOT IN (SELECT max(id) FROM runs WHERE finished_at IS NOT NULL GROUP BY profile_id, loop)
                     AND id NOT IN (SELECT max(id) FROM runs WHERE outcome = 'ok' GROUP BY profile_id, loop)",
            )?
            .execute((time_text(oldest), most))?;
        Ok(deleted)
    }
}
