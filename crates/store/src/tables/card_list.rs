//! The list of cards, and the way to one of them by any key that it ever had.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{AccountId, CardId, Name, ProfileId};
use pdt_domain::jira::StatusCategory;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::card_removal::RemovedHow;
use crate::columns::Columns;
use crate::error::StoreError;
use crate::tx::ReadTx;

/// Which cards to list. The default is all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CardFilter {
    /// Only those in the sprint with this number of Jira's; of a closed one those that were in it to its end.
    pub sprint: Option<i64>,
    /// Only those of this account.
    pub account: Option<AccountId>,
}

/// A card as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedCard {
    /// Its present key.
    pub key: String,
    /// Its summary.
    pub summary: String,
    /// The name of its status, in the site's language.
    pub status: String,
    /// What that status means.
    pub status_category: Option<StatusCategory>,
    /// The display name of whom it is assigned to.
    pub assignee: Option<String>,
    /// Its issue type.
    pub issue_type: String,
    /// Its priority.
    pub priority: Option<String>,
    /// Its estimate.
    pub story_points: Option<f64>,
    /// Jira's number of the sprint it is in, else of the closed one that it was in last.
    pub sprint: Option<i64>,
    /// That sprint's name.
    pub sprint_name: Option<String>,
    /// The name of its account.
    pub account: Name,
    /// The base URL of that account's site.
    pub account_url: String,
    /// How it went out of the account's sight; `None` while it is there.
    pub removed: Option<RemovedHow>,
    /// When it last changed, with milliseconds.
    pub updated_at: DateTime<Utc>,
}

/// A card that was looked for by its key.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundCard {
    /// Its row.
    pub id: CardId,
    /// What lists show of it.
    pub listed: ListedCard,
    /// All that is kept of it: a JSON document.
    pub details_json: String,
    /// Whether its history is there from the first entry to the last.
    pub is_complete: bool,
    /// Its keys, the present one first.
    pub keys: Vec<String>,
}

/// The columns of [`ListedCard`], for `SELECT` from [`SOURCE`].
const COLUMNS: &str = "c.card_key, c.summary, c.status, c.status_category, c.assignee, c.issue_type, c.priority,
     c.story_points, s.jira_sprint_id, s.name AS sprint_name, a.name AS account, a.url AS account_url, c.removed,
     c.updated_at";

/// Cards with their accounts and their sprints.
const SOURCE: &str = "jira_cards AS c
     JOIN accounts AS a ON a.id = c.account_id
     LEFT JOIN sprints AS s ON s.id = c.sprint_id";

impl ListedCard {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            key: row.get("card_key")?,
            summary: row.get("summary")?,
            status: row.get("status")?,
            status_category: row.optional_word("status_category")?,
            assignee: row.get("assignee")?,
            issue_type: row.get("issue_type")?,
            priority: row.get("priority")?,
            story_points: row.get("story_points")?,
            sprint: row.get("jira_sprint_id")?,
            sprint_name: row.get("sprint_name")?,
            account: row.checked("account")?,
            account_url: row.get("account_url")?,
            removed: row.optional_word("removed")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl FoundCard {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: CardId(row.get("id")?),
            listed: ListedCard::from_row(row)?,
            details_json: row.get("details_json")?,
            is_complete: row.get("is_complete")?,
            keys: row.json("keys")?,
        })
    }
}

impl ReadTx<'_> {
    /// A profile's cards by project and number, those that are gone included.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn card_list(&self, profile: ProfileId, filter: &CardFilter) -> Result<Vec<ListedCard>, StoreError> {
        let (sql, values) = list_query(profile, filter);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows =
            statement.query_map(params_from_iter(values), ListedCard::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// The cards of a profile that have or once had this key, in any letter case: at most one for each account, by
    /// the account's name. Who has the key now goes before who had it, and who is there before who is gone.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn find_cards(&self, profile: ProfileId, key: &str) -> Result<Vec<FoundCard>, StoreError> {
        let mut statement = self.conn.prepare_cached(&find_query())?;
        let values = (profile.0, key.to_ascii_uppercase());
        let mut found: Vec<FoundCard> =
            statement.query_map(values, FoundCard::from_row)?.collect::<Result<_, _>>()?;
        found.dedup_by(|next, before| next.listed.account == before.listed.account);
        Ok(found)
    }
}

/// The statement that reads the list, and its values. Who is in a sprint is found from there: `+` keeps SQLite from
/// reading through all cards of the profile or the account instead.
fn list_query(profile: ProfileId, filter: &CardFilter) -> (String, Vec<Value>) {
    let plus = if filter.sprint.is_some() { "+" } else { "" };
    let mut sql = format!("SELECT {COLUMNS} FROM {SOURCE} WHERE {plus}a.profile_id = ?1");
    let mut values: Vec<Value> = vec![profile.0.into()];
    if let Some(account) = filter.account {
        sql.push_str(&format!(" AND {plus}a.id = ?"));
        values.push(account.0.into());
    }
    if let Some(sprint) = filter.sprint {
        sql.push_str(
            " AND c.id IN (
                 SELECT m.card_id
                 FROM sprints AS wanted JOIN sprint_cards AS m ON m.sprint_id = wanted.id AND m.left_at IS NULL
                 WHERE wanted.jira_sprint_id = ?
                     AND wanted.account_id IN (SELECT id FROM accounts WHERE profile_id = ?1))",
        );
        values.push(sprint.into());
    }
    sql.push_str(
        " ORDER BY c.project_key, CAST(substr(c.card_key, length(c.project_key) + 2) AS INTEGER), a.name, c.id",
    );
    (sql, values)
}

/// The statement that finds cards of profile 1 by key 2. `+` keeps SQLite from reading through the profile's cards.
fn find_query() -> String {
    format!(
        "SELECT c.id, c.details_json, c.is_complete, {COLUMNS},
             (SELECT json_group_array(k.card_key ORDER BY k.card_key <> c.card_key, k.card_key)
              FROM card_keys AS k WHERE k.card_id = c.id) AS keys
         FROM {SOURCE}
         WHERE +a.profile_id = ?1 AND c.id IN (SELECT card_id FROM card_keys WHERE card_key = ?2)
         ORDER BY a.name, c.card_key = ?2 DESC, c.removed IS NULL DESC, c.updated_at DESC, c.id DESC"
    )
}

#[cfg(test)]
pub(super) mod tests;
