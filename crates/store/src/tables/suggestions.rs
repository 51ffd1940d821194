//! What is looked through for cards that a commit may belong to.

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::{AccountId, ProfileId, RepositoryId};
use pdt_domain::jira::StatusCategory;
use rusqlite::{Row, named_params};

use crate::columns::{Columns, exact_time_text, time_text};
use crate::error::StoreError;
use crate::tx::ReadTx;

/// How far a neighbour may be away.
const NEAR: TimeDelta = TimeDelta::days(3);

/// How many documents are read: the cards that are the person's now come first.
const CARDS: usize = 200;

/// A commit with a card, near to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearCommit {
    /// The first of its cards.
    pub key: String,
    /// The author's name.
    pub author: String,
    /// The author's e-mail address.
    pub author_email: String,
    /// The author's date.
    pub date: DateTime<Utc>,
}

/// A card that may have been in progress at some moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BegunCard {
    /// Its account.
    pub account: AccountId,
    /// Its key.
    pub key: String,
    /// The name of its status.
    pub status: String,
    /// What that means.
    pub status_category: Option<StatusCategory>,
    /// The display name of whom it is assigned to.
    pub assignee: Option<String>,
    /// That person's id.
    pub assignee_id: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// All that is kept of it: a JSON document.
    pub details_json: String,
}

impl ReadTx<'_> {
    /// The commits with a card of a repository that were written within three days of a moment on a branch; of many
    /// only those that are nearest.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn near_commits(
        &self,
        repository: RepositoryId,
        branch: Option<&str>,
        moment: DateTime<Utc>,
    ) -> Result<Vec<NearCommit>, StoreError> {
        let mut statement = self.conn.prepare_cached(NEAR_COMMITS)?;
        let values = named_params! {
            ":repository": repository.0,
            ":branch": branch,
            ":moment": time_text(moment),
            ":from": time_text(moment - NEAR),
            ":until": time_text(moment + NEAR),
        };
        let near = |row: &Row<'_>| {
            Ok(NearCommit {
                key: row.get("jira_card_key")?,
                author: row.get("author")?,
                author_email: row.get("author_email")?,
                date: row.time("date")?,
            })
        };
        let rows = statement.query_map(values, near)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// Cards of a profile that may have been in progress at a moment: those that are assigned to one of these names
    /// now, then those of the sprints of that time; 200 at most.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn cards_begun_before(
        &self,
        profile: ProfileId,
        names: &[String],
        moment: DateTime<Utc>,
    ) -> Result<Vec<BegunCard>, StoreError> {
        let mut ids: Vec<i64> = Vec::new();
        for name in names {
            ids.extend(self.ids_of_a_person(profile, moment, name)?);
        }
        ids.extend(self.ids_of_sprints(profile, moment)?);
        let mut seen = std::collections::HashSet::new();
        ids.retain(|id| seen.insert(*id));
        ids.truncate(CARDS);
        let mut statement = self.conn.prepare_cached(BEGUN)?;
        let ids = serde_json::Value::from(ids).to_string();
        let rows = statement.query_map([ids], BegunCard::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    fn ids_of_a_person(
        &self,
        profile: ProfileId,
        moment: DateTime<Utc>,
        name: &str,
    ) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.conn.prepare_cached(OF_A_PERSON)?;
        let values = (profile.0, exact_time_text(moment), name);
        let ids = statement.query_map(values, |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(ids)
    }

    fn ids_of_sprints(&self, profile: ProfileId, moment: DateTime<Utc>) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.conn.prepare_cached(OF_SPRINTS)?;
        let values = (profile.0, time_text(moment));
        let ids = statement.query_map(values, |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(ids)
    }
}

/// The nearest commits before and after a moment, out of the index by date, and of these those with a card.
const NEAR_COMMITS: &str = "SELECT c.jira_card_key, c.author, c.author_email, c.date
     FROM (SELECT * FROM (SELECT id FROM commits WHERE repository_id = :repository
                              AND date <= :moment AND date >= :from ORDER BY date DESC LIMIT 500)
           UNION ALL
           SELECT * FROM (SELECT id FROM commits WHERE repository_id = :repository
                              AND date > :moment AND date <= :until ORDER BY date LIMIT 500)) AS near
     CROSS JOIN commits AS c ON c.id = near.id
     WHERE c.has_link = 1 AND c.jira_card_key IS NOT NULL AND c.branch IS :branch";

/// Cards that are assigned to name 3 now. One that has not changed since moment 2 was then what it is now. Those that
/// changed soonest after it come first.
pub(super) const OF_A_PERSON: &str =
    "SELECT * FROM (SELECT c.id FROM jira_cards AS c INDEXED BY jira_cards_by_assignee
                    WHERE c.assignee = ?3 COLLATE NOCASE AND c.updated_at < ?2
                        AND c.status_category = 'in_progress'
                        AND +c.account_id IN (SELECT id FROM accounts WHERE profile_id = ?1)
                    ORDER BY c.updated_at DESC LIMIT 50)
     UNION ALL
     SELECT * FROM (SELECT c.id FROM jira_cards AS c INDEXED BY jira_cards_by_assignee
                    WHERE c.assignee = ?3 COLLATE NOCASE AND c.updated_at >= ?2
                        AND +c.account_id IN (SELECT id FROM accounts WHERE profile_id = ?1)
                    ORDER BY c.updated_at LIMIT 100)";

/// The cards of the sprints that went on at moment 2, as far as they were in them then.
pub(super) const OF_SPRINTS: &str = "SELECT m.card_id
     FROM sprints AS s
     JOIN sprint_cards AS m ON m.sprint_id = s.id
     WHERE s.account_id IN (SELECT id FROM accounts WHERE profile_id = ?1)
         AND s.start_date <= ?2 AND (s.state = 'active' OR coalesce(s.complete_date, s.end_date) >= ?2)
         AND (m.left_at IS NULL OR m.left_at >= ?2)
     LIMIT 200";

const BEGUN: &str = "SELECT c.account_id, c.card_key, c.status, c.status_category, c.assignee, c.assignee_id,
         c.created_at, c.details_json
     FROM json_each(?1) AS wanted
     CROSS JOIN jira_cards AS c ON c.id = wanted.value
     WHERE c.removed IS NULL ORDER BY wanted.key";

impl BegunCard {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            account: AccountId(row.get("account_id")?),
            key: row.get("card_key")?,
            status: row.get("status")?,
            status_category: row.optional_word("status_category")?,
            assignee: row.get("assignee")?,
            assignee_id: row.get("assignee_id")?,
            created_at: row.time("created_at")?,
            details_json: row.get("details_json")?,
        })
    }
}

#[cfg(test)]
mod tests;
