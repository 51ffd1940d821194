//! Table `settings`: what was chosen in Settings.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;

use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// The salt of token fingerprints: chosen by chance when the database is made, and never a person's choice.
pub const PRINT_SALT: &str = "print_salt";

impl ReadTx<'_> {
    /// Every setting.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn all_settings(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let mut statement = self.conn.prepare_cached("SELECT key, value FROM settings")?;
        let rows =
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// The value chosen for `key`.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.conn.prepare_cached("SELECT value FROM settings WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }
}

impl WriteTx<'_> {
    /// Chooses `value` for `key`.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO settings (key, value) VALUES (?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?
            .execute((key, value))?;
        Ok(())
    }

    /// Forgets what was chosen for `key`.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn forget_setting(&self, key: &str) -> Result<(), StoreError> {
        self.conn.prepare_cached("DELETE FROM settings WHERE key = ?1")?.execute([key])?;
        Ok(())
    }
}
