//! Table `repositories`: what an account tracks.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{AccountId, ProfileId, RepositoryId};
use pdt_domain::provider::Provider;
use rusqlite::{OptionalExtension, Row, named_params};

use crate::columns::{Columns, time_text};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// A row of `repositories`.
#[derive(Debug, Clone, PartialEq)]
pub struct Repository {
    /// Its row.
    pub id: RepositoryId,
    /// The account that reads it.
    pub account_id: AccountId,
    /// The service's own id of it, which a move or a new name does not change.
    pub remote_id: String,
    /// The owner; a GitLab project's whole namespace.
    pub owner: String,
    /// The name.
    pub name: String,
    /// The kind of service.
    pub provider: Provider,
    /// Its web address.
    pub url: String,
    /// The default branch, where it has one.
    pub default_branch: Option<String>,
    /// False once the service said that it is gone or that the account may not read it.
    pub is_valid: bool,
    /// Why it is not valid.
    pub invalid_reason: Option<String>,
    /// The committer date from which on commits are kept, set by the first run.
    pub window_start: Option<DateTime<Utc>>,
    /// When it was last brought up to date; a failure leaves it.
    pub last_synced_at: Option<DateTime<Utc>>,
    /// What went wrong in the last run, `None` after a clean one.
    pub last_error: Option<String>,
    /// When it was added.
    pub created_at: DateTime<Utc>,
}

/// A repository to track.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRepository {
    /// The account that reads it.
    pub account_id: AccountId,
    /// The service's own id of it.
    pub remote_id: String,
    /// The owner; a GitLab project's whole namespace.
    pub owner: String,
    /// The name.
    pub name: String,
    /// The kind of service.
    pub provider: Provider,
    /// Its web address.
    pub url: String,
    /// The default branch, where it has one.
    pub default_branch: Option<String>,
    /// The present time.
    pub now: DateTime<Utc>,
}

/// The columns of [`Repository`], for `SELECT` from `repositories AS r`.
const COLUMNS: &str = "r.id, r.account_id, r.remote_id, r.owner, r.name, r.provider, r.url, r.default_branch,
     r.is_valid, r.invalid_reason, r.window_start, r.last_synced_at, r.last_error, r.created_at";

impl Repository {
    /// `owner/name`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: RepositoryId(row.get("id")?),
            account_id: AccountId(row.get("account_id")?),
            remote_id: row.get("remote_id")?,
            owner: row.get("owner")?,
            name: row.get("name")?,
            provider: row.word("provider")?,
            url: row.get("url")?,
            default_branch: row.get("default_branch")?,
            is_valid: row.get("is_valid")?,
            invalid_reason: row.get("invalid_reason")?,
            window_start: row.optional_time("window_start")?,
            last_synced_at: row.optional_time("last_synced_at")?,
            last_error: row.get("last_error")?,
            created_at: row.time("created_at")?,
        })
    }
}

impl ReadTx<'_> {
    /// All repositories of a profile's accounts, by owner and name.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn repositories(&self, profile: ProfileId) -> Result<Vec<Repository>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM repositories AS r JOIN accounts AS a ON a.id = r.account_id
             WHERE a.profile_id = ?1 ORDER BY r.owner, r.name, r.id"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([profile.0], Repository::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// The repositories that an account reads, by owner and name.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn repositories_of_account(&self, account: AccountId) -> Result<Vec<Repository>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM repositories AS r WHERE r.account_id = ?1 ORDER BY r.owner, r.name, r.id"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([account.0], Repository::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

impl WriteTx<'_> {
    /// Tracks a repository; `None` where the account already tracks it (by its remote id), and nothing changes.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn insert_repository(&self, new: &NewRepository) -> Result<Option<RepositoryId>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "INSERT INTO repositories (account_id, remote_id, owner, name, provider, url, default_branch,
                 created_at)
             VALUES (:account_id, :remote_id, :owner, :name, :provider, :url, :default_branch, :now)
             ON CONFLICT (account_id, remote_id) DO NOTHING
             RETURNING id",
        )?;
        let values = named_params! {
            ":account_id": new.account_id.0,
            ":remote_id": new.remote_id,
            ":owner": new.owner,
            ":name": new.name,
            ":provider": new.provider.as_str(),
            ":url": new.url,
            ":default_branch": new.default_branch,
            ":now": time_text(new.now),
        };
        Ok(statement.query_row(values, |row| row.get(0).map(RepositoryId)).optional()?)
    }

    /// Follows a repository that was renamed or moved.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn rename_repository(
        &self,
        repository: RepositoryId,
        owner: &str,
        name: &str,
        url: &str,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE repositories SET owner = ?2, name = ?3, url = ?4 WHERE id = ?1")?
            .execute((repository.0, owner, name, url))?;
        Ok(())
    }

    /// Records which branch is the default one; `None`: it has none.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn set_default_branch(
        &self,
        repository: RepositoryId,
        branch: Option<&str>,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE repositories SET default_branch = ?2 WHERE id = ?1")?
            .execute((repository.0, branch))?;
        Ok(())
    }

    /// Records from which committer date on commits are kept.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn set_window_start(&self, repository: RepositoryId, start: DateTime<Utc>) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE repositories SET window_start = ?2 WHERE id = ?1")?
            .execute((repository.0, time_text(start)))?;
        Ok(())
    }

    /// Records a success: valid, without an error, synced now.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn mark_repository_synced(
        &self,
        repository: RepositoryId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE repositories
                 SET is_valid = 1, invalid_reason = NULL, last_error = NULL, last_synced_at = ?2
                 WHERE id = ?1",
            )?
            .execute((repository.0, time_text(now)))?;
        Ok(())
    }

    /// Records that the service said no: not found, or no access. The last success stays.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn mark_repository_invalid(
        &self,
        repository: RepositoryId,
        reason: &str,
        error: &str,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE repositories SET is_valid = 0, invalid_reason = ?2, last_error = ?3 WHERE id = ?1",
            )?
            .execute((repository.0, reason, error))?;
        Ok(())
    }

    /// Records a fault that says nothing about the repository itself. Validity and the last success stay.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn note_repository_error(&self, repository: RepositoryId, error: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE repositories SET last_error = ?2 WHERE id = ?1")?
            .execute((repository.0, error))?;
        Ok(())
    }

    /// Stops tracking a repository and removes its commits and everything else of it.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn remove_repository(&self, repository: RepositoryId) -> Result<(), StoreError> {
        // Commits first: a branch that goes away is looked for in every commit's `first_branch_id`, and an
        // index for this rare case would cost every new commit.
        self.conn.prepare_cached("DELETE FROM commits WHERE repository_id = ?1")?.execute([repository.0])?;
        self.conn.prepare_cached("DELETE FROM repositories WHERE id = ?1")?.execute([repository.0])?;
        Ok(())
    }
}
