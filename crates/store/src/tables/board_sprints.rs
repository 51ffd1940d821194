//! Table `board_sprints`: which boards show which sprints.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{AccountId, BoardId, SprintId};
use pdt_domain::jira::Sprint;

use crate::columns::time_text;
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// Which of a board's sprints a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedSprints {
    /// All of them.
    All,
    /// The active and the planned ones.
    Open,
}

/// What a list of a board's sprints has shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedBoard {
    /// The sprints in it, in its order.
    pub shown: Vec<SprintId>,
    /// Open sprints that the board showed before and that are not in it: closed meanwhile, gone, or elsewhere. They
    /// count as shown until somebody has found out.
    pub missing: Vec<SprintId>,
}

impl ReadTx<'_> {
    /// Which boards of an account show which sprints, without boards that the service no longer lists, and without those
    /// that have stopped to hold sprints.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn sprint_boards(&self, account: AccountId) -> Result<Vec<(SprintId, BoardId)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT bs.sprint_id, bs.board_id
             FROM boards AS b JOIN board_sprints AS bs ON bs.board_id = b.id
             WHERE b.account_id = ?1 AND b.removed_at IS NULL AND b.holds_sprints IS NOT 0
                 AND b.kind <> 'kanban' ORDER BY bs.sprint_id, bs.board_id",
        )?;
        let pairs = statement
            .query_map([account.0], |row| Ok((SprintId(row.get(0)?), BoardId(row.get(1)?))))?
            .collect::<Result<_, _>>()?;
        Ok(pairs)
    }
}

impl WriteTx<'_> {
    /// Records a complete list of a board's sprints, and that the board is well. Closed sprints that could be in
    /// such a list and are not are no longer shown on the board; they stay known.
    ///
    /// # Errors
    /// [`OwnerRemoved`](crate::StoreErrorKind::OwnerRemoved) where the board is gone.
    pub fn store_board_sprints(
        &self,
        board: BoardId,
        listed: &[Sprint],
        which: ListedSprints,
        now: DateTime<Utc>,
    ) -> Result<ListedBoard, StoreError> {
        let account = self.account_of_board(board)?;
        let mut shown = Vec::with_capacity(listed.len());
        let mut show = self.conn.prepare_cached(
            "INSERT INTO board_sprints (board_id, sprint_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?;
        for sprint in listed {
            let row = self.store_sprint(account, sprint, now)?;
            show.execute((board.0, row.0))?;
            shown.push(row);
        }
        let missing = self.open_others(board, &shown)?;
        if which == ListedSprints::All {
            self.hide_closed_others(board, &shown)?;
        }
        self.mark_board_read(board, which, now)?;
        Ok(ListedBoard { shown, missing })
    }

    /// Records that a board no longer shows a sprint.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn hide_sprint(&self, board: BoardId, sprint: SprintId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM board_sprints WHERE board_id = ?1 AND sprint_id = ?2")?
            .execute((board.0, sprint.0))?;
        Ok(())
    }

    fn open_others(&self, board: BoardId, shown: &[SprintId]) -> Result<Vec<SprintId>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT bs.sprint_id FROM board_sprints AS bs JOIN sprints AS s ON s.id = bs.sprint_id
             WHERE bs.board_id = ?1 AND s.state <> 'closed' AND s.removed_at IS NULL
                 AND bs.sprint_id NOT IN (SELECT value FROM json_each(?2))
             ORDER BY bs.sprint_id",
        )?;
        let rows = statement.query_map((board.0, numbers(shown)), |row| row.get(0).map(SprintId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn hide_closed_others(&self, board: BoardId, shown: &[SprintId]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "DELETE FROM board_sprints
                 WHERE board_id = ?1 AND sprint_id NOT IN (SELECT value FROM json_each(?2))
                     AND (SELECT s.state = 'closed' FROM sprints AS s WHERE s.id = sprint_id)",
            )?
            .execute((board.0, numbers(shown)))?;
        Ok(())
    }

    fn mark_board_read(
        &self,
        board: BoardId,
        which: ListedSprints,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE boards
                 SET holds_sprints = 1, is_valid = 1, invalid_reason = NULL, last_error = NULL,
                     last_synced_at = ?2, sprints_read_at = iif(?3, ?2, sprints_read_at)
                 WHERE id = ?1",
            )?
            .execute((board.0, time_text(now), which == ListedSprints::All))?;
        Ok(())
    }
}

/// Rows as a JSON array, for `json_each`.
fn numbers(rows: &[SprintId]) -> String {
    serde_json::Value::from(rows.iter().map(|row| row.0).collect::<Vec<_>>()).to_string()
}
