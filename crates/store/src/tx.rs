//! The two kinds of transaction that callers work in.

use std::ops::Deref;

use rusqlite::Connection;

use crate::error::{StoreError, StoreErrorKind};

/// One snapshot of the database, to ask from.
///
/// What can be asked are its methods, one file a table in [`tables`](crate::tables). However long it lasts, it
/// sees the database as it was at its first question.
#[derive(Debug)]
pub struct ReadTx<'c> {
    pub(crate) conn: &'c Connection,
}

impl<'c> ReadTx<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Self {
        Self { conn }
    }

    /// Checks the file's structure.
    ///
    /// # Errors
    /// [`StoreErrorKind::Damaged`] where it is not sound; what keeps the database from being read.
    pub fn check_integrity(&self) -> Result<(), StoreError> {
        let found: String = self.conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if found == "ok" {
            return Ok(());
        }
        // The report's first line says only which database it is about.
        let detail = found.lines().last().unwrap_or_default();
        Err(StoreError::new(StoreErrorKind::Damaged).with_detail(detail))
    }
}

/// One transaction that may write: all of it is kept, or none.
///
/// It also answers everything that a [`ReadTx`] does, its own changes included.
#[derive(Debug)]
pub struct WriteTx<'c>(ReadTx<'c>);

impl<'c> WriteTx<'c> {
    pub(crate) fn new(conn: &'c Connection) -> Self {
        Self(ReadTx::new(conn))
    }
}

impl<'c> Deref for WriteTx<'c> {
    type Target = ReadTx<'c>;

    fn deref(&self) -> &ReadTx<'c> {
        &self.0
    }
}
