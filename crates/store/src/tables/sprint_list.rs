//! The list of sprints with their boards and how far they are, and how much an account has.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{AccountId, Name, ProfileId};
use pdt_domain::jira::SprintState;
use rusqlite::Row;

use crate::columns::Columns;
use crate::error::StoreError;
use crate::tx::ReadTx;

/// A sprint with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSprint {
    /// Jira's number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub state: SprintState,
    /// When it began or shall begin.
    pub start_date: Option<DateTime<Utc>>,
    /// When it ends or shall end.
    pub end_date: Option<DateTime<Utc>>,
    /// When it was closed.
    pub complete_date: Option<DateTime<Utc>>,
    /// What it is for.
    pub goal: Option<String>,
    /// The name of its account.
    pub account: Name,
    /// The base URL of that account's site.
    pub account_url: String,
    /// The names of the boards that show it, sorted.
    pub boards: Vec<String>,
    /// How many cards are in it, or were to its end.
    pub cards: u32,
    /// How many of them are done.
    pub done: u32,
}

/// How much of a Jira an account has here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JiraCounts {
    /// The boards that the service lists.
    pub boards: u32,
    /// The sprints that the service has.
    pub sprints: u32,
    /// The cards in active sprints, each once.
    pub cards_active: u32,
}

impl ListedSprint {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (cards, undone): (u32, u32) = (row.get("cards")?, row.get("undone")?);
        Ok(Self {
            id: row.get("jira_sprint_id")?,
            name: row.get("name")?,
            state: row.word("state")?,
            start_date: row.optional_time("start_date")?,
            end_date: row.optional_time("end_date")?,
            complete_date: row.optional_time("complete_date")?,
            goal: row.get("goal")?,
            account: row.checked("account")?,
            account_url: row.get("account_url")?,
            boards: row.json("boards")?,
            cards,
            done: cards.saturating_sub(undone),
        })
    }
}

/// The active ones first, then the planned ones, both as they begin; then the closed ones, the last one first.
/// A date that is missing stands behind all others. Cards that are not done are few among those that are.
pub(super) const LIST: &str = "
    WITH undone AS MATERIALIZED (
        SELECT m.sprint_id, count(*) AS cards
        FROM jira_cards AS c INDEXED BY jira_cards_undone
        CROSS JOIN sprint_cards AS m ON m.card_id = c.id AND m.left_at IS NULL
        WHERE c.status_category IS NOT 'done'
        GROUP BY m.sprint_id)
    SELECT s.jira_sprint_id, s.name, s.state, s.start_date, s.end_date, s.complete_date, s.goal,
        a.name AS account, a.url AS account_url,
        (SELECT json_group_array(b.name ORDER BY b.name)
         FROM board_sprints AS bs JOIN boards AS b ON b.id = bs.board_id
         WHERE bs.sprint_id = s.id AND b.removed_at IS NULL) AS boards,
        (SELECT count(*) FROM sprint_cards AS m
         WHERE m.sprint_id = s.id AND m.left_at IS NULL) AS cards,
        coalesce(undone.cards, 0) AS undone
    FROM accounts AS a JOIN sprints AS s ON s.account_id = a.id LEFT JOIN undone ON undone.sprint_id = s.id
    WHERE a.profile_id = ?1 AND s.removed_at IS NULL
    ORDER BY s.state = 'closed', s.state = 'future',
        iif(s.state = 'closed', NULL, s.start_date) NULLS LAST,
        iif(s.state = 'closed', coalesce(s.complete_date, s.end_date), NULL) DESC,
        iif(s.state = 'closed', -s.jira_sprint_id, s.jira_sprint_id), a.name";

impl ReadTx<'_> {
    /// A profile's sprints: active, planned, closed, without those that the service no longer has.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn sprint_list(&self, profile: ProfileId) -> Result<Vec<ListedSprint>, StoreError> {
        let mut statement = self.conn.prepare_cached(LIST)?;
        let rows = statement.query_map([profile.0], ListedSprint::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// How much of an account's Jira is here.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn jira_counts(&self, account: AccountId) -> Result<JiraCounts, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT (SELECT count(*) FROM boards WHERE account_id = ?1 AND removed_at IS NULL) AS boards,
                 (SELECT count(*) FROM sprints WHERE account_id = ?1 AND removed_at IS NULL) AS sprints,
                 (SELECT count(DISTINCT m.card_id)
                  FROM sprints AS s JOIN sprint_cards AS m ON m.sprint_id = s.id AND m.left_at IS NULL
                  WHERE s.account_id = ?1 AND s.state = 'active' AND s.removed_at IS NULL) AS cards_active",
        )?;
        let counts = |row: &Row<'_>| {
            Ok(JiraCounts {
                boards: row.get("boards")?,
                sprints: row.get("sprints")?,
                cards_active: row.get("cards_active")?,
            })
        };
        Ok(statement.query_row([account.0], counts)?)
    }
}
