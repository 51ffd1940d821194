//! Table `profiles`: one person in one role, the owner of accounts.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{Name, ProfileId};
use rusqlite::{OptionalExtension, Row};

use crate::columns::{Columns, time_text};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// A row of `profiles`.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Its row.
    pub id: ProfileId,
    /// Its name, unique.
    pub name: Name,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl Profile {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: ProfileId(row.get("id")?),
            name: row.checked("name")?,
            created_at: row.time("created_at")?,
        })
    }
}

impl ReadTx<'_> {
    /// All profiles, by name.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn profiles(&self) -> Result<Vec<Profile>, StoreError> {
        let mut statement =
            self.conn.prepare_cached("SELECT id, name, created_at FROM profiles ORDER BY name")?;
        let rows = statement.query_map([], Profile::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// The profile of this name.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn profile_by_name(&self, name: &Name) -> Result<Option<Profile>, StoreError> {
        let mut statement =
            self.conn.prepare_cached("SELECT id, name, created_at FROM profiles WHERE name = ?1")?;
        Ok(statement.query_row([name.as_str()], Profile::from_row).optional()?)
    }

    /// The fingerprint of the known projects that the links of a profile's commits were made with; `None` where
    /// they were made without any.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn linked_projects(&self, profile: ProfileId) -> Result<Option<String>, StoreError> {
        let mut statement = self.conn.prepare_cached("SELECT linked_projects FROM profiles WHERE id = ?1")?;
        Ok(statement.query_row([profile.0], |row| row.get(0)).optional()?.flatten())
    }
}

impl WriteTx<'_> {
    /// The profile of this name, made where it is missing.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn ensure_profile(&self, name: &Name, now: DateTime<Utc>) -> Result<ProfileId, StoreError> {
        self.conn
            .prepare_cached("INSERT INTO profiles (name, created_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute((name.as_str(), time_text(now)))?;
        let mut statement = self.conn.prepare_cached("SELECT id FROM profiles WHERE name = ?1")?;
        Ok(statement.query_row([name.as_str()], |row| row.get(0).map(ProfileId))?)
    }

    /// Records which known projects the links of a profile's commits were made with, by their fingerprint;
    /// `None`: without any.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn set_linked_projects(&self, profile: ProfileId, print: Option<&str>) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE profiles SET linked_projects = ?2 WHERE id = ?1")?
            .execute((profile.0, print))?;
        Ok(())
    }
}
