//! The history of the runs as a list. Receipts are large, so that it is read from an index, and each row without its
//! receipt.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{ProfileId, RunId};
use pdt_domain::run::{Loop, Outcome, Trigger};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params_from_iter};

use crate::columns::Columns;
use crate::error::StoreError;
use crate::tx::ReadTx;

/// Which runs to list. The default is all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunFilter {
    /// Only those of this loop.
    pub sync_loop: Option<Loop>,
    /// What they must have brought.
    pub kept: KeptRuns,
    /// Only those before this one.
    pub before: Option<RunId>,
}

/// Which runs are worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeptRuns {
    /// All of them.
    #[default]
    All,
    /// Those that brought something new or changed, those that brought not everything, and those that go on.
    Eventful,
    /// Those that brought not everything.
    Troubled,
}

/// A run as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedRun {
    /// Its row.
    pub id: RunId,
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
    /// How many commits or cards came that were not known.
    pub new_items: u64,
    /// How many known ones had changed.
    pub changed_items: u64,
}

impl ListedRun {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: RunId(row.get("id")?),
            sync_loop: row.word("loop")?,
            trigger: row.word("trigger")?,
            started_at: row.time("started_at")?,
            finished_at: row.optional_time("finished_at")?,
            outcome: row.optional_word("outcome")?,
            reason: row.get("reason")?,
            error: row.get("error")?,
            requests: row.get::<_, i64>("requests")?.unsigned_abs(),
            new_items: row.get::<_, i64>("new_items")?.unsigned_abs(),
            changed_items: row.get::<_, i64>("changed_items")?.unsigned_abs(),
        })
    }
}

/// The columns of [`ListedRun`], for `SELECT`: what stands behind the receipt comes from the index.
const COLUMNS: &str =
    "r.id, r.loop, r.trigger, r.started_at, r.finished_at, r.outcome, r.reason, r.error, r.requests,
     wanted.new_items, wanted.changed_items";

impl ReadTx<'_> {
    /// Runs of a profile, the latest first.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn run_list(
        &self,
        profile: ProfileId,
        filter: &RunFilter,
        limit: u32,
    ) -> Result<Vec<ListedRun>, StoreError> {
        let (sql, values) = list_query(profile, filter, limit);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows =
            statement.query_map(params_from_iter(values), ListedRun::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// One run of a profile, with its receipt.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn run_by_id(
        &self,
        profile: ProfileId,
        run: RunId,
    ) -> Result<Option<(ListedRun, Option<String>)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, loop, trigger, started_at, finished_at, outcome, reason, error, requests, new_items,
                 changed_items, receipt
             FROM runs WHERE id = ?1 AND profile_id = ?2",
        )?;
        let found = statement
            .query_row((run.0, profile.0), |row| Ok((ListedRun::from_row(row)?, row.get("receipt")?)));
        Ok(found.optional()?)
    }
}

/// The statement that reads the list, and its values.
fn list_query(profile: ProfileId, filter: &RunFilter, limit: u32) -> (String, Vec<Value>) {
    let mut wanted =
        "SELECT id, new_items, changed_items FROM runs INDEXED BY runs_listed WHERE profile_id = ?"
            .to_owned();
    let mut values: Vec<Value> = vec![profile.0.into()];
    if let Some(before) = filter.before {
        wanted.push_str(" AND id < ?");
        values.push(before.0.into());
    }
    if let Some(sync_loop) = filter.sync_loop {
        wanted.push_str(" AND loop = ?");
        values.push(sync_loop.as_str().to_owned().into());
    }
    wanted.push_str(match filter.kept {
        KeptRuns::All => "",
        KeptRuns::Eventful => " AND (outcome IS NOT 'ok' OR new_items > 0 OR changed_items > 0)",
        KeptRuns::Troubled => " AND outcome <> 'ok'",
    });
    wanted.push_str(" ORDER BY id DESC LIMIT ?");
    values.push(limit.into());
    let sql = format!(
        "SELECT {COLUMNS} FROM ({wanted}) AS wanted CROSS JOIN runs AS r ON r.id = wanted.id
         ORDER BY wanted.id DESC"
    );
    (sql, values)
}

#[cfg(test)]
mod tests;
