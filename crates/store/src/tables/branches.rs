//! Tables `branches` and `branch_events`: where each branch stands, and what happened to it.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use pdt_domain::ids::{BranchId, RepositoryId, Sha};
use rusqlite::{OptionalExtension, Row, named_params};

use crate::columns::{Columns, optional_time_text, time_text};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// A row of `branches`.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// Its row.
    pub id: BranchId,
    /// Of which repository.
    pub repository_id: RepositoryId,
    /// Its name without `refs/heads/`.
    pub name: String,
    /// The commit it points at, as last seen.
    pub tip_sha: Sha,
    /// The tip down from which everything within the window is stored; `None` before the first walk ended.
    pub walked_sha: Option<Sha>,
    /// The committer date from which on its commits are kept, where it is not the repository's.
    pub since: Option<DateTime<Utc>>,
    /// When PDT saw it first.
    pub first_seen_at: DateTime<Utc>,
    /// When PDT saw that it is gone.
    pub deleted_at: Option<DateTime<Utc>>,
    /// What went wrong with it last, `None` after a clean walk.
    pub last_error: Option<String>,
}

/// Something that happened to a branch: a row of `branch_events`.
#[derive(Debug, Clone, PartialEq)]
pub struct BranchEvent {
    /// To which branch.
    pub branch_id: BranchId,
    /// What.
    pub kind: BranchEventKind,
    /// Where it pointed before.
    pub before: Option<Sha>,
    /// Where it pointed after.
    pub after: Option<Sha>,
    /// When PDT saw it.
    pub seen_at: DateTime<Utc>,
}

/// What happened to a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BranchEventKind {
    /// PDT saw it for the first time.
    Created,
    /// It grew.
    Moved,
    /// It was force-pushed: its old tip is not behind its new one.
    Rewritten,
    /// It is gone.
    Deleted,
    /// It was gone, and is back.
    Restored,
}

impl BranchEventKind {
    /// The word stored in the database and shown in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Moved => "moved",
            Self::Rewritten => "rewritten",
            Self::Deleted => "deleted",
            Self::Restored => "restored",
        }
    }
}

impl fmt::Display for BranchEventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The word is nothing that happens to a branch.
#[derive(Debug, thiserror::Error)]
#[error("unknown branch event {0:?}")]
pub struct UnknownBranchEvent(String);

impl FromStr for BranchEventKind {
    type Err = UnknownBranchEvent;

    fn from_str(text: &str) -> Result<Self, UnknownBranchEvent> {
        [Self::Created, Self::Moved, Self::Rewritten, Self::Deleted, Self::Restored]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| UnknownBranchEvent(text.to_owned()))
    }
}

/// How a walked branch relates to where it was walked from before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Movement {
    /// It was walked for the first time.
    Created,
    /// It points where it did.
    Unchanged,
    /// It grew.
    Moved,
    /// It was force-pushed.
    Rewritten,
}

impl Movement {
    fn event(self) -> Option<BranchEventKind> {
        match self {
            // `record_tip` has told of the creation when the branch was seen.
            Self::Created | Self::Unchanged => None,
            Self::Moved => Some(BranchEventKind::Moved),
            Self::Rewritten => Some(BranchEventKind::Rewritten),
        }
    }
}

/// A branch as the service lists it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RecordTip<'a> {
    /// Its name without `refs/heads/`.
    pub name: &'a str,
    /// The commit it points at.
    pub sha: &'a Sha,
    /// From which committer date on its commits are kept; counts only when the branch is new.
    pub since: Option<DateTime<Utc>>,
    /// The present time.
    pub seen_at: DateTime<Utc>,
}

impl Branch {
    /// Whether something of it is still to be read.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.deleted_at.is_none() && self.walked_sha.as_ref() != Some(&self.tip_sha)
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: BranchId(row.get("id")?),
            repository_id: RepositoryId(row.get("repository_id")?),
            name: row.get("name")?,
            tip_sha: row.checked("tip_sha")?,
            walked_sha: row.optional_checked("walked_sha")?,
            since: row.optional_time("since")?,
            first_seen_at: row.time("first_seen_at")?,
            deleted_at: row.optional_time("deleted_at")?,
            last_error: row.get("last_error")?,
        })
    }
}

impl BranchEvent {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            branch_id: BranchId(row.get("branch_id")?),
            kind: row.word("kind")?,
            before: row.optional_checked("before_sha")?,
            after: row.optional_checked("after_sha")?,
            seen_at: row.time("seen_at")?,
        })
    }
}

/// The columns of [`Branch`], for `SELECT`.
const COLUMNS: &str =
    "id, repository_id, name, tip_sha, walked_sha, since, first_seen_at, deleted_at, last_error";

impl ReadTx<'_> {
    /// All branches of a repository by name, those that are gone included.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn branches(&self, repository: RepositoryId) -> Result<Vec<Branch>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM branches WHERE repository_id = ?1 ORDER BY name");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([repository.0], Branch::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// What happened to a repository's branches, oldest first.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn branch_events(&self, repository: RepositoryId) -> Result<Vec<BranchEvent>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT branch_id, kind, before_sha, after_sha, seen_at FROM branch_events
             WHERE repository_id = ?1 ORDER BY id",
        )?;
        let rows = statement.query_map([repository.0], BranchEvent::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    fn branch_by_name(&self, repository: RepositoryId, name: &str) -> Result<Option<Branch>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM branches WHERE repository_id = ?1 AND name = ?2");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row((repository.0, name), Branch::from_row).optional()?)
    }

    fn branch_by_id(&self, branch: BranchId) -> Result<Option<Branch>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM branches WHERE id = ?1");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row([branch.0], Branch::from_row).optional()?)
    }
}

impl WriteTx<'_> {
    /// Records where a listed branch points. A new one is created; one that was gone is restored; one that
    /// points where it did is left alone.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn record_tip(&self, repository: RepositoryId, tip: &RecordTip<'_>) -> Result<BranchId, StoreError> {
        let Some(known) = self.branch_by_name(repository, tip.name)? else {
            return self.insert_branch(repository, tip);
        };
        if known.deleted_at.is_some() {
            let event = (BranchEventKind::Restored, Some(&known.tip_sha), Some(tip.sha));
            self.insert_event(repository, known.id, event, tip.seen_at)?;
        }
        if known.deleted_at.is_some() || known.tip_sha != *tip.sha {
            self.conn
                .prepare_cached("UPDATE branches SET tip_sha = ?2, deleted_at = NULL WHERE id = ?1")?
                .execute((known.id.0, tip.sha.as_str()))?;
        }
        Ok(known.id)
    }

    fn insert_branch(&self, repository: RepositoryId, tip: &RecordTip<'_>) -> Result<BranchId, StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO branches (repository_id, name, tip_sha, since, first_seen_at)
                 VALUES (:repository_id, :name, :tip_sha, :since, :seen_at)",
            )?
            .execute(named_params! {
                ":repository_id": repository.0,
                ":name": tip.name,
                ":tip_sha": tip.sha.as_str(),
                ":since": optional_time_text(tip.since),
                ":seen_at": time_text(tip.seen_at),
            })?;
        let branch = BranchId(self.conn.last_insert_rowid());
        self.insert_event(repository, branch, (BranchEventKind::Created, None, Some(tip.sha)), tip.seen_at)?;
        Ok(branch)
    }

    /// Records that the service no longer lists a branch. Its commits stay, and it is now a former branch of
    /// theirs.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn mark_branch_deleted(&self, branch: BranchId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let Some(known) = self.branch_by_id(branch)?.filter(|known| known.deleted_at.is_none()) else {
            return Ok(());
        };
        self.conn
            .prepare_cached("UPDATE branches SET deleted_at = ?2 WHERE id = ?1")?
            .execute((branch.0, time_text(now)))?;
        self.insert_event(
            known.repository_id,
            branch,
            (BranchEventKind::Deleted, Some(&known.tip_sha), None),
            now,
        )
    }

    /// Records that everything down from `walked` is stored, and how the branch came there. Settling it at the
    /// same place again changes nothing.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn settle_branch(
        &self,
        branch: BranchId,
        walked: &Sha,
        movement: Movement,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let Some(known) = self.branch_by_id(branch)? else {
            return Ok(());
        };
        let moved = known.walked_sha.as_ref() != Some(walked);
        if moved && let Some(kind) = movement.event() {
            self.insert_event(
                known.repository_id,
                branch,
                (kind, known.walked_sha.as_ref(), Some(walked)),
                now,
            )?;
        }
        if moved || known.last_error.is_some() {
            self.conn
                .prepare_cached("UPDATE branches SET walked_sha = ?2, last_error = NULL WHERE id = ?1")?
                .execute((branch.0, walked.as_str()))?;
        }
        Ok(())
    }

    /// Records what went wrong with a branch. Its place stays.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn note_branch_error(&self, branch: BranchId, error: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE branches SET last_error = ?2 WHERE id = ?1")?
            .execute((branch.0, error))?;
        Ok(())
    }

    fn insert_event(
        &self,
        repository: RepositoryId,
        branch: BranchId,
        (kind, before, after): (BranchEventKind, Option<&Sha>, Option<&Sha>),
        seen_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO branch_events (repository_id, branch_id, kind, before_sha, after_sha, seen_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((
                repository.0,
                branch.0,
                kind.as_str(),
                before.map(Sha::as_str),
                after.map(Sha::as_str),
                time_text(seen_at),
            ))?;
        Ok(())
    }
}
