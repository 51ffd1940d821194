//! Table `board_cards`: which cards are or were on which board, in sight or in its backlog.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{BoardId, CardId};
use rusqlite::Row;

use crate::columns::{json_array, time_text};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// Where on a board a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardPlace {
    /// In one of its columns.
    Board,
    /// In its backlog.
    Backlog,
}

impl CardPlace {
    /// The word stored in the database.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Backlog => "backlog",
        }
    }
}

/// A card that is on a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardMember {
    /// The card's row.
    pub card: CardId,
    /// Jira's id of the card.
    pub jira_id: String,
    /// The card's key.
    pub key: String,
}

impl ReadTx<'_> {
    /// The cards in a place of a board by key, without those that are gone.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn board_members(&self, board: BoardId, place: CardPlace) -> Result<Vec<BoardMember>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT c.id, c.jira_id, c.card_key
             FROM board_cards AS m JOIN jira_cards AS c ON c.id = m.card_id
             WHERE m.board_id = ?1 AND m.place = ?2 AND m.left_at IS NULL AND c.removed IS NULL
             ORDER BY c.card_key",
        )?;
        let member = |row: &Row<'_>| {
            Ok(BoardMember {
                card: CardId(row.get("id")?),
                jira_id: row.get("jira_id")?,
                key: row.get("card_key")?,
            })
        };
        let members = statement.query_map((board.0, place.as_str()), member)?.collect::<Result<_, _>>()?;
        Ok(members)
    }
}

impl WriteTx<'_> {
    /// Records which cards are in a place of a board now, by Jira's ids; all others have left it. Cards that are
    /// not stored are passed over.
    ///
    /// # Errors
    /// [`OwnerRemoved`](crate::StoreErrorKind::OwnerRemoved) where the board is gone.
    pub fn set_board_cards(
        &self,
        board: BoardId,
        place: CardPlace,
        present: &[String],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let account = self.account_of_board(board)?;
        let present = json_array(present);
        self.conn
            .prepare_cached(
                "UPDATE board_cards SET left_at = ?5
                 WHERE board_id = ?1 AND place = ?2 AND left_at IS NULL AND card_id NOT IN (
                     SELECT c.id FROM json_each(?4) AS listed
                     CROSS JOIN jira_cards AS c ON c.account_id = ?3 AND c.jira_id = listed.value)",
            )?
            .execute((board.0, place.as_str(), account.0, &present, time_text(now)))?;
        self.conn
            .prepare_cached(
                "INSERT INTO board_cards (board_id, place, card_id)
                 SELECT ?1, ?2, c.id FROM json_each(?4) AS listed
                 CROSS JOIN jira_cards AS c ON c.account_id = ?3 AND c.jira_id = listed.value
                 WHERE true
                 ON CONFLICT (board_id, place, card_id) DO UPDATE SET left_at = NULL WHERE left_at IS NOT NULL",
            )?
            .execute((board.0, place.as_str(), account.0, &present))?;
        Ok(())
    }

    /// Takes a card off all boards.
    pub(super) fn leave_boards(&self, card: CardId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE board_cards SET left_at = ?2 WHERE card_id = ?1 AND left_at IS NULL")?
            .execute((card.0, time_text(now)))?;
        Ok(())
    }
}
