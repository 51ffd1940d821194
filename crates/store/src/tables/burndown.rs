//! What a sprint's burndown is made of: the sprint, and its cards with their histories.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{AccountId, Name, ProfileId, SprintId};
use pdt_domain::jira::{SprintState, StatusCategory};
use rusqlite::Row;

use crate::columns::Columns;
use crate::error::StoreError;
use crate::tx::ReadTx;

/// A sprint that was looked for by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSprint {
    /// Its row.
    pub id: SprintId,
    /// Its account.
    pub account_id: AccountId,
    /// That account's name.
    pub account: Name,
    /// Where it stands.
    pub state: SprintState,
    /// When it began or shall begin.
    pub start_date: Option<DateTime<Utc>>,
    /// When it ends or shall end.
    pub end_date: Option<DateTime<Utc>>,
    /// When it was closed.
    pub complete_date: Option<DateTime<Utc>>,
}

/// A card that is or was in a sprint.
#[derive(Debug, Clone, PartialEq)]
pub struct SprintCard {
    /// Its present key.
    pub key: String,
    /// Its summary.
    pub summary: String,
    /// The name of its status.
    pub status: String,
    /// What that status means.
    pub status_category: Option<StatusCategory>,
    /// Its estimate.
    pub story_points: Option<f64>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was seen to be gone from the sprint, or altogether; `None` for one that is in it, or was to its end.
    pub left_at: Option<DateTime<Utc>>,
    /// Whether its whole history is here.
    pub is_complete: bool,
    /// All that is kept of it: a JSON document.
    pub details_json: String,
}

impl FoundSprint {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: SprintId(row.get("id")?),
            account_id: AccountId(row.get("account_id")?),
            account: row.checked("account")?,
            state: row.word("state")?,
            start_date: row.optional_time("start_date")?,
            end_date: row.optional_time("end_date")?,
            complete_date: row.optional_time("complete_date")?,
        })
    }
}

impl SprintCard {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get("card_key")?,
            summary: row.get("summary")?,
            status: row.get("status")?,
            status_category: row.optional_word("status_category")?,
            story_points: row.get("story_points")?,
            created_at: row.time("created_at")?,
            left_at: row.optional_time("left_at")?,
            is_complete: row.get("is_complete")?,
            details_json: row.get("details_json")?,
        })
    }
}

const SPRINTS: &str = "
    SELECT s.id, s.account_id, a.name AS account, s.state, s.start_date, s.end_date, s.complete_date
    FROM accounts AS a CROSS JOIN sprints AS s ON s.account_id = a.id
    WHERE a.profile_id = ?1 AND s.jira_sprint_id = ?2 AND s.removed_at IS NULL
    ORDER BY a.name";

const CARDS: &str = "
    SELECT c.card_key, c.summary, c.status, c.status_category, c.story_points, c.created_at,
        coalesce(m.left_at, c.removed_at) AS left_at, c.is_complete, c.details_json
    FROM sprint_cards AS m CROSS JOIN jira_cards AS c ON c.id = m.card_id
    WHERE m.sprint_id = ?1
    ORDER BY c.card_key";

impl ReadTx<'_> {
    /// The sprints of a profile with this number of Jira's, by the name of their account.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn sprints_numbered(&self, profile: ProfileId, sprint: i64) -> Result<Vec<FoundSprint>, StoreError> {
        let mut statement = self.conn.prepare_cached(SPRINTS)?;
        let found = statement.query_map((profile.0, sprint), FoundSprint::from_row)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The cards that are or were in a sprint, by key.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn sprint_cards(&self, sprint: SprintId) -> Result<Vec<SprintCard>, StoreError> {
        let mut statement = self.conn.prepare_cached(CARDS)?;
        let cards = statement.query_map([sprint.0], SprintCard::from_row)?;
        Ok(cards.collect::<Result<_, _>>()?)
    }
}
