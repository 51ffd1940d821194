//! Strays: cards that are no longer where they were, and of which nobody has found out yet where they are. Marked in
//! `jira_cards`, in the transaction that takes them out, so that no interruption loses one.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::{AccountId, CardId};
use pdt_domain::jira::Card;

use crate::columns::{json_array, time_text};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

impl ReadTx<'_> {
    /// The strays of an account, by Jira's ids.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn strays(&self, account: AccountId) -> Result<BTreeSet<String>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT jira_id FROM jira_cards WHERE account_id = ?1 AND is_stray = 1")?;
        let strays = statement.query_map([account.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(strays)
    }

    /// Which of these cards are known, by Jira's ids.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn known_cards(
        &self,
        account: AccountId,
        jira_ids: &[String],
    ) -> Result<BTreeSet<String>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT c.jira_id FROM json_each(?2) AS wanted
             CROSS JOIN jira_cards AS c ON c.account_id = ?1 AND c.jira_id = wanted.value",
        )?;
        let known = statement
            .query_map((account.0, json_array(jira_ids)), |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(known)
    }
}

impl WriteTx<'_> {
    /// Marks cards as strays, by Jira's ids; those that are not known or were removed are passed over.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn mark_strays(&self, account: AccountId, jira_ids: &[String]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE jira_cards SET is_stray = 1
                 WHERE account_id = ?1 AND removed IS NULL AND is_stray = 0
                     AND jira_id IN (SELECT value FROM json_each(?2))",
            )?
            .execute((account.0, json_array(jira_ids)))?;
        Ok(())
    }

    /// Records that it is known where these cards are.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn clear_strays(&self, cards: &[CardId]) -> Result<(), StoreError> {
        let mut clear =
            self.conn.prepare_cached("UPDATE jira_cards SET is_stray = 0 WHERE id = ?1 AND is_stray = 1")?;
        for card in cards {
            clear.execute([card.0])?;
        }
        Ok(())
    }

    /// Whether a card is on a board without sprints or in a backlog now.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn is_on_a_board(&self, account: AccountId, jira_id: &str) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM jira_cards AS c JOIN board_cards AS m ON m.card_id = c.id
             WHERE c.account_id = ?1 AND c.jira_id = ?2 AND m.left_at IS NULL)",
        )?;
        Ok(statement.query_row((account.0, jira_id), |row| row.get(0))?)
    }
}

/// A parent and a part that came in the same run have seen each other.
const TOGETHER: TimeDelta = TimeDelta::minutes(1);

/// Parents and parts whose own last change does not tell what has become of them: they are asked for as strays are.
impl WriteTx<'_> {
    /// A part goes with its parent from sprint to sprint, of which its own last change tells nothing.
    pub(super) fn doubt_parts(&self, account: AccountId, key: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE jira_cards SET is_stray = 1
                 WHERE account_id = ?1 AND parent_key = ?2 AND removed IS NULL AND is_stray = 0",
            )?
            .execute((account.0, key))?;
        Ok(())
    }

    /// A parent that was read before this part was there does not name it.
    pub(super) fn doubt_parent(
        &self,
        account: AccountId,
        card: &Card,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let Some(parent) = &card.parent else { return Ok(()) };
        self.conn
            .prepare_cached(
                "UPDATE jira_cards SET is_stray = 1
                 WHERE account_id = ?1 AND card_key = ?2 AND removed IS NULL AND is_stray = 0
                     AND first_seen_at < ?4 AND NOT EXISTS (SELECT 1 FROM jira_cards AS known
                         WHERE known.account_id = ?1 AND known.jira_id = ?3 AND known.first_seen_at < ?4
                             AND known.parent_key IS ?2)
                     AND NOT EXISTS (SELECT 1 FROM json_each(details_json, '$.subtasks') AS one
                         WHERE one.value ->> 'key' = ?5)",
            )?
            .execute((account.0, &parent.key, &card.id, time_text(now - TOGETHER), &card.key))?;
        Ok(())
    }

    /// A parent that lost this part to another one still names it. For before the part is stored anew.
    pub(super) fn doubt_former_parent(&self, account: AccountId, card: &Card) -> Result<(), StoreError> {
        let parent = card.parent.as_ref().map(|parent| parent.key.as_str());
        self.conn
            .prepare_cached(
                "UPDATE jira_cards SET is_stray = 1
                 WHERE account_id = ?1 AND removed IS NULL AND is_stray = 0 AND card_key IS NOT ?3
                     AND card_key = (SELECT parent_key FROM jira_cards WHERE account_id = ?1 AND jira_id = ?2)",
            )?
            .execute((account.0, &card.id, parent))?;
        Ok(())
    }

    /// A parent that lost this part for good still names it.
    pub(super) fn doubt_parent_of_removed(&self, card: CardId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE jira_cards SET is_stray = 1
                 WHERE removed IS NULL AND is_stray = 0
                     AND (account_id, card_key) IN (SELECT account_id, parent_key FROM jira_cards WHERE id = ?1)",
            )?
            .execute([card.0])?;
        Ok(())
    }
}
