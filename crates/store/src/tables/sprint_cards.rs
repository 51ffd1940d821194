//! Table `sprint_cards`: which cards are or were in which sprints, and with it `jira_cards.sprint_id`.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{AccountId, CardId, SprintId};
use pdt_domain::jira::Card;
use rusqlite::Row;

use crate::columns::time_text;
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// A card that is in a sprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// The card's row.
    pub card: CardId,
    /// Jira's id of the card.
    pub jira_id: String,
    /// The card's key.
    pub key: String,
    /// The sprint.
    pub sprint: SprintId,
}

/// The sprint that a card of `jira_cards` stands in: one that is going on or planned, else the one that was
/// closed last. Where no date tells which, it is the one with the highest number.
const STANDS_IN: &str = "SELECT s.id FROM sprint_cards AS m JOIN sprints AS s ON s.id = m.sprint_id
     WHERE m.card_id = jira_cards.id AND m.left_at IS NULL AND s.removed_at IS NULL
     ORDER BY s.state = 'closed', s.state = 'future', coalesce(s.complete_date, s.end_date) DESC,
         s.jira_sprint_id DESC
     LIMIT 1";

impl ReadTx<'_> {
    /// The cards that are in these sprints, by sprint and key, without those that are gone. Of a closed sprint:
    /// those that were in it to its end.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn members_of(&self, sprints: &[SprintId]) -> Result<Vec<MemberRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT m.sprint_id, c.id, c.jira_id, c.card_key
             FROM json_each(?1) AS wanted
             CROSS JOIN sprint_cards AS m ON m.sprint_id = wanted.value AND m.left_at IS NULL
             CROSS JOIN jira_cards AS c ON c.id = m.card_id AND c.removed IS NULL
             ORDER BY m.sprint_id, c.card_key",
        )?;
        let member = |row: &Row<'_>| {
            Ok(MemberRow {
                card: CardId(row.get("id")?),
                jira_id: row.get("jira_id")?,
                key: row.get("card_key")?,
                sprint: SprintId(row.get("sprint_id")?),
            })
        };
        let members = statement.query_map([rows_text(sprints)], member)?.collect::<Result<_, _>>()?;
        Ok(members)
    }
}

fn rows_text(sprints: &[SprintId]) -> String {
    let rows: Vec<i64> = sprints.iter().map(|sprint| sprint.0).collect();
    serde_json::Value::from(rows).to_string()
}

impl WriteTx<'_> {
    /// Brings a card's sprints in line with those that it names. Answers how many rows changed.
    pub(super) fn follow_sprints(
        &self,
        account: AccountId,
        card: CardId,
        told: &Card,
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let current =
            told.sprint.as_ref().map(|it| self.sprint_named_by_card(account, it, now)).transpose()?;
        let mut named: Vec<SprintId> = current.into_iter().collect();
        for closed in &told.closed_sprints {
            named.push(self.sprint_named_by_card(account, closed, now)?);
        }
        let mut changed = 0;
        for sprint in &named {
            changed += self.enter_sprint(card, *sprint)?;
        }
        changed += self.leave_open_sprints(card, &named, now)?;
        changed += match current {
            // The card knows better than our rows, in which the sprint before may still be going on.
            Some(sprint) => self.put_in_sprint(card, sprint)?,
            None => self.refresh_sprint_of_card(card)?,
        };
        Ok(changed)
    }

    fn enter_sprint(&self, card: CardId, sprint: SprintId) -> Result<usize, StoreError> {
        let entered = self
            .conn
            .prepare_cached(
                "INSERT INTO sprint_cards (sprint_id, card_id) VALUES (?1, ?2)
                 ON CONFLICT (sprint_id, card_id) DO UPDATE SET left_at = NULL WHERE left_at IS NOT NULL",
            )?
            .execute((sprint.0, card.0))?;
        Ok(entered)
    }

    /// Takes a card out of the sprints that are not closed, except some. Answers how many it left.
    pub(super) fn leave_open_sprints(
        &self,
        card: CardId,
        except: &[SprintId],
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let left = self
            .conn
            .prepare_cached(
                "UPDATE sprint_cards SET left_at = ?3
                 WHERE card_id = ?1 AND left_at IS NULL
                     AND sprint_id NOT IN (SELECT value FROM json_each(?2))
                     AND (SELECT s.state <> 'closed' FROM sprints AS s WHERE s.id = sprint_id)",
            )?
            .execute((card.0, rows_text(except), time_text(now)))?;
        Ok(left)
    }

    /// Records that a card is no longer in a sprint.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn leave_sprint(&self, card: CardId, sprint: SprintId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let left = self
            .conn
            .prepare_cached(
                "UPDATE sprint_cards SET left_at = ?3 WHERE sprint_id = ?1 AND card_id = ?2 AND left_at IS NULL",
            )?
            .execute((sprint.0, card.0, time_text(now)))?;
        if left > 0 {
            self.refresh_sprint_of_card(card)?;
        }
        Ok(())
    }

    fn put_in_sprint(&self, card: CardId, sprint: SprintId) -> Result<usize, StoreError> {
        let put = self
            .conn
            .prepare_cached("UPDATE jira_cards SET sprint_id = ?2 WHERE id = ?1 AND sprint_id IS NOT ?2")?
            .execute((card.0, sprint.0))?;
        Ok(put)
    }

    /// Brings a card's `sprint_id` in line with the sprints it is in. Answers how many rows changed.
    pub(super) fn refresh_sprint_of_card(&self, card: CardId) -> Result<usize, StoreError> {
        let sql = format!(
            "UPDATE jira_cards SET sprint_id = ({STANDS_IN}) WHERE id = ?1 AND sprint_id IS NOT ({STANDS_IN})"
        );
        Ok(self.conn.prepare_cached(&sql)?.execute([card.0])?)
    }

    /// The same for all cards that are in a sprint.
    pub(super) fn refresh_cards_of_sprint(&self, sprint: SprintId) -> Result<(), StoreError> {
        let sql = format!(
            "UPDATE jira_cards SET sprint_id = ({STANDS_IN})
             WHERE id IN (SELECT card_id FROM sprint_cards WHERE sprint_id = ?1 AND left_at IS NULL)
                 AND sprint_id IS NOT ({STANDS_IN})"
        );
        self.conn.prepare_cached(&sql)?.execute([sprint.0])?;
        Ok(())
    }
}
