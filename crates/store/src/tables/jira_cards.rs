//! Table `jira_cards`: the cards, each one row whatever key it has, with its details as one JSON document.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::{AccountId, CardId};
use pdt_domain::jira::{Card, StatusCategory};
use rusqlite::{OptionalExtension, Row, named_params};

use crate::columns::{Columns, exact_time_text, json_array, time_text};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// For how long after a card was stored an older account of it is one that was overtaken on its way. Later it is
/// what the service says now, whose clock was wrong before or whose data was put back.
const OVERTAKEN: TimeDelta = TimeDelta::hours(1);

/// A card to store.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCard {
    /// The card.
    pub card: Card,
    /// All that is kept of it, as the JSON document that people get.
    pub details_json: String,
    /// Whether the document has the whole changelog.
    pub is_complete: bool,
}

/// What became of a stored card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardChange {
    /// It was not known.
    New,
    /// It is not as it was.
    Changed,
    /// It is as it was.
    Unchanged,
}

/// What is kept of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDetails {
    /// The JSON document.
    pub details_json: String,
    /// Whether the document has the whole changelog.
    pub is_complete: bool,
    /// When the card last changed, with milliseconds.
    pub updated_at: DateTime<Utc>,
}

/// A card's row as it was, as far as it decides what becomes of an answer.
struct Known {
    id: CardId,
    updated_at: DateTime<Utc>,
    is_removed: bool,
    last_synced_at: DateTime<Utc>,
}

impl Known {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: CardId(row.get("id")?),
            updated_at: row.time("updated_at")?,
            is_removed: row.get("is_removed")?,
            last_synced_at: row.time("last_synced_at")?,
        })
    }

    /// Whether this answer was overtaken by the one that is stored.
    fn has_overtaken(&self, card: &Card, now: DateTime<Utc>) -> bool {
        !self.is_removed && self.updated_at > card.updated && now - self.last_synced_at < OVERTAKEN
    }
}

/// Inserts a card, or gives its row what is different; a card that was gone is back.
const UPSERT: &str = "
    INSERT INTO jira_cards (account_id, jira_id, card_key, project_key, summary, status, status_category,
        assignee, assignee_id, issue_type, priority, story_points, parent_key, is_complete, created_at, updated_at,
        first_seen_at, last_synced_at, details_json)
    VALUES (:account_id, :jira_id, :card_key, :project_key, :summary, :status, :status_category,
        :assignee, :assignee_id, :issue_type, :priority, :story_points, :parent_key, :is_complete, :created_at,
        :updated_at, :now, :now, :details_json)
    ON CONFLICT (account_id, jira_id) DO UPDATE SET
        card_key = excluded.card_key, project_key = excluded.project_key, summary = excluded.summary,
        status = excluded.status, status_category = excluded.status_category, assignee = excluded.assignee,
        assignee_id = excluded.assignee_id, issue_type = excluded.issue_type, priority = excluded.priority,
        story_points = excluded.story_points, parent_key = excluded.parent_key,
        is_complete = excluded.is_complete,
        created_at = excluded.created_at, updated_at = excluded.updated_at, removed = NULL, removed_at = NULL,
        last_synced_at = excluded.last_synced_at, details_json = excluded.details_json
    WHERE (card_key, summary, status, status_category, assignee, assignee_id, issue_type, priority,
            story_points, is_complete, created_at, updated_at, removed, details_json)
        IS NOT (excluded.card_key, excluded.summary, excluded.status, excluded.status_category,
            excluded.assignee, excluded.assignee_id, excluded.issue_type, excluded.priority,
            excluded.story_points, excluded.is_complete, excluded.created_at, excluded.updated_at, NULL,
            excluded.details_json)";

impl ReadTx<'_> {
    /// Some cards of an account whose changelog is not whole yet, after the one with this row: row, Jira's id and the
    /// details so far.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn incomplete_cards(
        &self,
        account: AccountId,
        after: CardId,
        limit: u32,
    ) -> Result<Vec<(CardId, String, String)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, jira_id, details_json FROM jira_cards
             WHERE account_id = ?1 AND is_complete = 0 AND removed IS NULL AND id > ?2 ORDER BY id LIMIT ?3",
        )?;
        let cards = statement
            .query_map((account.0, after.0, limit), |row| {
                Ok((CardId(row.get(0)?), row.get(1)?, row.get(2)?))
            })?
            .collect::<Result<_, _>>()?;
        Ok(cards)
    }

    /// What is kept of these cards, by Jira's id. Cards that are not known are not in it.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn card_details(
        &self,
        account: AccountId,
        jira_ids: &[String],
    ) -> Result<BTreeMap<String, StoredDetails>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT c.jira_id, c.details_json, c.is_complete, c.updated_at
             FROM json_each(?2) AS wanted
             CROSS JOIN jira_cards AS c ON c.account_id = ?1 AND c.jira_id = wanted.value",
        )?;
        let entry = |row: &Row<'_>| {
            let details = StoredDetails {
                details_json: row.get("details_json")?,
                is_complete: row.get("is_complete")?,
                updated_at: row.time("updated_at")?,
            };
            Ok((row.get("jira_id")?, details))
        };
        let found =
            statement.query_map((account.0, json_array(jira_ids)), entry)?.collect::<Result<_, _>>()?;
        Ok(found)
    }

    fn known_card(&self, account: AccountId, jira_id: &str) -> Result<Option<Known>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, updated_at, removed IS NOT NULL AS is_removed, last_synced_at FROM jira_cards
             WHERE account_id = ?1 AND jira_id = ?2",
        )?;
        Ok(statement.query_row((account.0, jira_id), Known::from_row).optional()?)
    }
}

impl WriteTx<'_> {
    /// Stores cards as the service tells of them now, with their keys and the sprints that they name. A card that
    /// was gone is back. An answer that is older than what was stored a moment ago changes nothing. Answers the
    /// row of each card and what became of it, in the same order.
    ///
    /// # Errors
    /// [`OwnerRemoved`](crate::StoreErrorKind::OwnerRemoved) where the account is gone.
    pub fn store_cards(
        &self,
        account: AccountId,
        cards: &[NewCard],
        now: DateTime<Utc>,
    ) -> Result<Vec<(CardId, CardChange)>, StoreError> {
        cards.iter().map(|card| self.store_card(account, card, now)).collect()
    }

    fn store_card(
        &self,
        account: AccountId,
        new: &NewCard,
        now: DateTime<Utc>,
    ) -> Result<(CardId, CardChange), StoreError> {
        let known = self.known_card(account, &new.card.id)?;
        if let Some(known) = known.as_ref().filter(|known| known.has_overtaken(&new.card, now)) {
            return Ok((known.id, CardChange::Unchanged));
        }
        self.doubt_former_parent(account, &new.card)?;
        let written = self.upsert_card(account, new, now)?;
        let id = known.as_ref().map_or_else(|| CardId(self.conn.last_insert_rowid()), |known| known.id);
        self.remember_key(id, &new.card.key)?;
        let moved = self.follow_sprints(account, id, &new.card, now)?;
        self.doubt_parent(account, &new.card, now)?;
        if known.is_some() && moved > 0 {
            self.doubt_parts(account, &new.card.key)?;
        }
        if known.is_none() || written > 0 {
            self.retell_card(account, id, &new.card)?;
        }
        if known.is_none() {
            return Ok((id, CardChange::New));
        }
        if written + moved > 0 {
            return Ok((id, CardChange::Changed));
        }
        self.touch_card(id, now)?;
        Ok((id, CardChange::Unchanged))
    }

    /// Answers 0 where nothing of it is different, and then nothing is written.
    fn upsert_card(
        &self,
        account: AccountId,
        new: &NewCard,
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let card = &new.card;
        let written = self.conn.prepare_cached(UPSERT)?.execute(named_params! {
            ":account_id": account.0,
            ":jira_id": card.id,
            ":card_key": card.key,
            ":project_key": card.project(),
            ":summary": card.summary,
            ":status": card.status,
            ":status_category": card.status_category.map(StatusCategory::as_str),
            ":assignee": card.assignee,
            ":assignee_id": card.assignee_id,
            ":issue_type": card.issue_type,
            ":priority": card.priority,
            ":story_points": card.story_points,
            ":parent_key": card.parent.as_ref().map(|parent| parent.key.as_str()),
            ":is_complete": new.is_complete,
            ":created_at": exact_time_text(card.created),
            ":updated_at": exact_time_text(card.updated),
            ":now": time_text(now),
            ":details_json": new.details_json,
        })?;
        Ok(written)
    }

    fn touch_card(&self, card: CardId, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE jira_cards SET last_synced_at = ?2 WHERE id = ?1")?
            .execute((card.0, time_text(now)))?;
        Ok(())
    }

    /// Gives a card the details that hold its whole changelog.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn complete_card(
        &self,
        account: AccountId,
        jira_id: &str,
        details_json: &str,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE jira_cards SET details_json = ?3, is_complete = 1 WHERE account_id = ?1 AND jira_id = ?2",
            )?
            .execute((account.0, jira_id, details_json))?;
        Ok(())
    }
}
