//! What happens to boards.

use anyhow::{Context, Result};

use super::World;
use super::model::{Access, Board, Filter};

impl World {
    /// Gives a board another name.
    ///
    /// # Errors
    /// Where it does not exist.
    pub fn rename_board(&self, board: i64, name: &str) -> Result<()> {
        self.change_board(board, |board| name.clone_into(&mut board.name))
    }

    /// Lets a board show other cards.
    ///
    /// # Errors
    /// Where it, or a card that the filter names, does not exist.
    pub fn change_filter(&self, board: i64, filter: &Filter) -> Result<()> {
        let filter = self.state().board_filter(filter)?;
        self.change_board(board, |board| board.filter = filter)
    }

    /// Keeps everybody out of a board: it is listed, and nothing of it may be read.
    ///
    /// # Errors
    /// Where it does not exist.
    pub fn forbid_board(&self, board: i64) -> Result<()> {
        self.change_board(board, |board| board.access = Access::Forbidden)
    }

    /// Opens a board again.
    ///
    /// # Errors
    /// Where it does not exist.
    pub fn open_board(&self, board: i64) -> Result<()> {
        self.change_board(board, |board| board.access = Access::Open)
    }

    /// Removes a board. Its sprints stay, on their other boards or on none.
    ///
    /// # Errors
    /// Where it does not exist.
    pub fn remove_board(&self, board: i64) -> Result<()> {
        let removed = self.state().boards.remove(&board);
        removed.map(drop).with_context(|| format!("there is no board {board}"))
    }

    fn change_board(&self, board: i64, change: impl FnOnce(&mut Board)) -> Result<()> {
        let mut state = self.state();
        let found = state.boards.get_mut(&board).with_context(|| format!("there is no board {board}"))?;
        change(found);
        Ok(())
    }
}
