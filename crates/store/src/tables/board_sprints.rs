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

impl ReadTx<'_> {
    /// Which boards of an account show which sprints, without boards that the service no longer lists.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn sprint_boards(&self, account: AccountId) -> Result<Vec<(SprintId, BoardId)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT bs.sprint_id, bs.board_id
             FROM boards AS b JOIN board_sprints AS bs ON bs.board_id = b.id
             WHERE b.account_id = ?1 AND b.removed_at IS NULL ORDER BY bs.sprint_id, bs.board_id",
        )?;
        let pairs = statement
            .query_map([account.0], |row| Ok((SprintId(row.get(0)?), BoardId(row.get(1)?))))?
            .collect::<Result<_, _>>()?;
        Ok(pairs)
    }
}

impl WriteTx<'_> {
    /// Records a complete list of a board's sprints, and that the board is well. The board no longer shows those
    /// that could be in such a list and are not; they stay known. Answers the rows in the list's order.
    ///
    /// # Errors
    /// [`OwnerRemoved`](crate::StoreErrorKind::OwnerRemoved) where the board is gone.
    pub fn store_board_sprints(
        &self,
        board: BoardId,
        listed: &[Sprint],
        which: ListedSprints,
        now: DateTime<Utc>,
    ) -> Result<Vec<SprintId>, StoreError> {
        let account = self.account_of_board(board)?;
        let mut rows = Vec::with_capacity(listed.len());
        let mut show = self.conn.prepare_cached(
            "INSERT INTO board_sprints (board_id, sprint_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?;
        for sprint in listed {
            let row = self.store_sprint(account, sprint, now)?;
            show.execute((board.0, row.0))?;
            rows.push(row);
        }
        self.hide_others(board, &rows, which)?;
        self.mark_board_read(board, which, now)?;
        Ok(rows)
    }

    fn hide_others(
        &self,
        board: BoardId,
        shown: &[SprintId],
        which: ListedSprints,
    ) -> Result<(), StoreError> {
        let rows: Vec<i64> = shown.iter().map(|sprint| sprint.0).collect();
        self.conn
            .prepare_cached(
                "DELETE FROM board_sprints
                 WHERE board_id = ?1 AND sprint_id NOT IN (SELECT value FROM json_each(?2))
                     AND (?3 OR (SELECT s.state <> 'closed' FROM sprints AS s WHERE s.id = sprint_id))",
            )?
            .execute((board.0, serde_json::Value::from(rows).to_string(), which == ListedSprints::All))?;
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
