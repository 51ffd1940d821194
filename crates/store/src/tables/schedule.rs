//! Table `schedule`: when each background loop is due.

use chrono::{DateTime, Utc};
use pdt_domain::run::Loop;
use rusqlite::OptionalExtension;

use crate::columns::{Columns, time_text};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// A row of `schedule`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueRow {
    /// When the loop runs next.
    pub due_at: DateTime<Utc>,
    /// Whether it waits for a network that is not metered.
    pub is_metered: bool,
    /// How often it was due while a run was still going.
    pub skipped: u32,
}

impl ReadTx<'_> {
    /// When a loop is due; `None` where it never was in the background.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn due(&self, sync_loop: Loop) -> Result<Option<DueRow>, StoreError> {
        let mut statement =
            self.conn.prepare_cached("SELECT due_at, is_metered, skipped FROM schedule WHERE loop = ?1")?;
        let row = statement.query_row([sync_loop.as_str()], |row| {
            Ok(DueRow {
                due_at: row.time("due_at")?,
                is_metered: row.get("is_metered")?,
                skipped: row.get("skipped")?,
            })
        });
        Ok(row.optional()?)
    }
}

impl WriteTx<'_> {
    /// Records when a loop is due.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn set_due(&self, sync_loop: Loop, row: &DueRow) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO schedule (loop, due_at, is_metered, skipped) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (loop) DO UPDATE SET
                     due_at = excluded.due_at, is_metered = excluded.is_metered, skipped = excluded.skipped",
            )?
            .execute((sync_loop.as_str(), time_text(row.due_at), row.is_metered, row.skipped))?;
        Ok(())
    }
}
