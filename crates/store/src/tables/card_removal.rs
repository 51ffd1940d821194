//! How a card goes out of an account's sight, which is marked in `jira_cards` and forgets nothing.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use pdt_domain::ids::{AccountId, CardId};
use rusqlite::OptionalExtension;

use crate::columns::time_text;
use crate::error::StoreError;
use crate::tx::WriteTx;

/// How a card went out of an account's sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemovedHow {
    /// It is gone.
    Deleted,
    /// It went to a project that the account does not read.
    Moved,
}

impl RemovedHow {
    /// The word stored in the database and shown in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deleted => "deleted",
            Self::Moved => "moved",
        }
    }
}

impl fmt::Display for RemovedHow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The word is no way in which a card goes.
#[derive(Debug, thiserror::Error)]
#[error("unknown removal {0:?}")]
pub struct UnknownRemoval(String);

impl FromStr for RemovedHow {
    type Err = UnknownRemoval;

    fn from_str(text: &str) -> Result<Self, UnknownRemoval> {
        [Self::Deleted, Self::Moved]
            .into_iter()
            .find(|how| how.as_str() == text)
            .ok_or_else(|| UnknownRemoval(text.to_owned()))
    }
}

impl WriteTx<'_> {
    /// Records that a card went out of the account's sight. Its row, its keys and its links stay, and it is no
    /// longer in any sprint that is not closed, nor on a board.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn mark_card_removed(
        &self,
        account: AccountId,
        jira_id: &str,
        how: RemovedHow,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare_cached(
            "UPDATE jira_cards SET removed = ?3, removed_at = ?4, is_stray = 0
             WHERE account_id = ?1 AND jira_id = ?2 AND removed IS NOT ?3 RETURNING id",
        )?;
        let values = (account.0, jira_id, how.as_str(), time_text(now));
        let marked = statement.query_row(values, |row| row.get(0).map(CardId)).optional()?;
        if let Some(card) = marked {
            self.leave_open_sprints(card, &[], now)?;
            self.leave_boards(card, now)?;
            self.doubt_parent_of_removed(card)?;
            self.refresh_sprint_of_card(card)?;
        }
        Ok(())
    }
}
