//! Table `boards`: the boards that a Jira account sees.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{AccountId, BoardId};
use pdt_domain::jira::{Board, BoardKind};
use rusqlite::{OptionalExtension, Row, named_params};

use super::board_cards::CardPlace;
use crate::columns::{Columns, exact_time_text, time_text};
use crate::error::{StoreError, StoreErrorKind};
use crate::tx::{ReadTx, WriteTx};

/// A row of `boards`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardRow {
    /// Its row.
    pub id: BoardId,
    /// The account that sees it.
    pub account_id: AccountId,
    /// Jira's number, unique on its site.
    pub jira_board_id: i64,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: BoardKind,
    /// The key of the project it belongs to, where the service tells it.
    pub project_key: Option<String>,
    /// Whether it holds sprints; `None` before the service was asked.
    pub holds_sprints: Option<bool>,
    /// False once the service said that the account may not read it.
    pub is_valid: bool,
    /// Why it is not valid.
    pub invalid_reason: Option<String>,
    /// What went wrong with it last, `None` after a clean reading.
    pub last_error: Option<String>,
    /// When its sprints of all states were last read to the end.
    pub sprints_read_at: Option<DateTime<Utc>>,
    /// When the last complete reading of its cards began, with milliseconds.
    pub cards_read_at: Option<DateTime<Utc>>,
    /// When the last complete reading of its backlog began, with milliseconds.
    pub backlog_read_at: Option<DateTime<Utc>>,
    /// When PDT saw that the service no longer lists it.
    pub removed_at: Option<DateTime<Utc>>,
    /// When it was last brought up to date; a failure leaves it.
    pub last_synced_at: Option<DateTime<Utc>>,
}

impl BoardRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: BoardId(row.get("id")?),
            account_id: AccountId(row.get("account_id")?),
            jira_board_id: row.get("jira_board_id")?,
            name: row.get("name")?,
            kind: row.word("kind")?,
            project_key: row.get("project_key")?,
            holds_sprints: row.get("holds_sprints")?,
            is_valid: row.get("is_valid")?,
            invalid_reason: row.get("invalid_reason")?,
            last_error: row.get("last_error")?,
            sprints_read_at: row.optional_time("sprints_read_at")?,
            cards_read_at: row.optional_time("cards_read_at")?,
            backlog_read_at: row.optional_time("backlog_read_at")?,
            removed_at: row.optional_time("removed_at")?,
            last_synced_at: row.optional_time("last_synced_at")?,
        })
    }
}

impl ReadTx<'_> {
    /// The boards that an account sees, by name. Those that the service no longer lists are not among them.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn boards(&self, account: AccountId) -> Result<Vec<BoardRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, account_id, jira_board_id, name, kind, project_key, holds_sprints, is_valid,
                 invalid_reason, last_error, sprints_read_at, cards_read_at, backlog_read_at, removed_at,
                 last_synced_at
             FROM boards WHERE account_id = ?1 AND removed_at IS NULL ORDER BY name, jira_board_id",
        )?;
        let rows = statement.query_map([account.0], BoardRow::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// The account of a board.
    pub(super) fn account_of_board(&self, board: BoardId) -> Result<AccountId, StoreError> {
        let mut statement = self.conn.prepare_cached("SELECT account_id FROM boards WHERE id = ?1")?;
        let account = statement.query_row([board.0], |row| row.get(0).map(AccountId)).optional()?;
        account.ok_or_else(|| StoreError::new(StoreErrorKind::OwnerRemoved))
    }
}

impl WriteTx<'_> {
    /// Records all boards that the service lists. One that is no longer among them is marked, and comes back
    /// when it is listed again.
    ///
    /// # Errors
    /// [`OwnerRemoved`](StoreErrorKind::OwnerRemoved) where the account is gone.
    pub fn store_boards(
        &self,
        account: AccountId,
        listed: &[Board],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for board in listed {
            self.upsert_board(account, board)?;
        }
        let numbers: Vec<i64> = listed.iter().map(|board| board.id).collect();
        self.conn
            .prepare_cached(
                "UPDATE boards SET removed_at = ?3
                 WHERE account_id = ?1 AND removed_at IS NULL
                     AND jira_board_id NOT IN (SELECT value FROM json_each(?2))",
            )?
            .execute((account.0, serde_json::Value::from(numbers).to_string(), time_text(now)))?;
        Ok(())
    }

    /// A board of another kind than before has to be asked anew whether it holds sprints.
    fn upsert_board(&self, account: AccountId, board: &Board) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO boards (account_id, jira_board_id, name, kind, project_key)
                 VALUES (:account_id, :jira_board_id, :name, :kind, :project_key)
                 ON CONFLICT (account_id, jira_board_id) DO UPDATE SET
                     name = excluded.name, kind = excluded.kind, project_key = excluded.project_key,
                     holds_sprints = iif(kind = excluded.kind, holds_sprints, NULL), removed_at = NULL
                 WHERE (name, kind, project_key, removed_at)
                     IS NOT (excluded.name, excluded.kind, excluded.project_key, NULL)",
            )?
            .execute(named_params! {
                ":account_id": account.0,
                ":jira_board_id": board.id,
                ":name": board.name,
                ":kind": board.kind.as_str(),
                ":project_key": board.project_key,
            })?;
        Ok(())
    }

    /// Records that the service says that a board holds no sprints. That is no error.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn note_board_without_sprints(&self, board: BoardId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE boards
                 SET holds_sprints = 0, is_valid = 1, invalid_reason = NULL, last_error = NULL,
                     last_synced_at = ?2
                 WHERE id = ?1",
            )?
            .execute((board.0, time_text(now)))?;
        Ok(())
    }

    /// Records a fault that says nothing about the board itself. Validity and the last success stay.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn note_board_error(&self, board: BoardId, error: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE boards SET last_error = ?2 WHERE id = ?1")?
            .execute((board.0, error))?;
        Ok(())
    }

    /// Records that the service said no: not found, or no access. The last success stays.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn mark_board_invalid(&self, board: BoardId, reason: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE boards SET is_valid = 0, invalid_reason = ?2, last_error = ?2 WHERE id = ?1",
            )?
            .execute((board.0, reason))?;
        Ok(())
    }

    /// Records that the cards of a place of a board were read to the end. `begun` is when that reading began,
    /// and later ones ask for what changed since. A board with sprints stands as its sprints stand: its earlier
    /// error stays.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn note_board_cards_read(
        &self,
        board: BoardId,
        place: CardPlace,
        begun: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = match place {
            CardPlace::Board => "UPDATE boards SET cards_read_at = ?2 WHERE id = ?1",
            CardPlace::Backlog => "UPDATE boards SET backlog_read_at = ?2 WHERE id = ?1",
        };
        self.conn.prepare_cached(sql)?.execute((board.0, exact_time_text(begun)))?;
        self.conn
            .prepare_cached(
                "UPDATE boards
                 SET is_valid = 1, invalid_reason = NULL, last_error = NULL, last_synced_at = ?2
                 WHERE id = ?1 AND holds_sprints IS NOT 1",
            )?
            .execute((board.0, time_text(begun)))?;
        Ok(())
    }
}
