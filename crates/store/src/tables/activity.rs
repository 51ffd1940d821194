//! Figures of what was done lately: commits by day and repository, and how far the sprints are that go on.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use pdt_domain::ids::{CommitId, Name, ProfileId, RepositoryId};
use pdt_domain::jira::StatusCategory;
use rusqlite::Row;

use crate::columns::{Columns, time_text};
use crate::error::StoreError;
use crate::tx::ReadTx;

/// A commit as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedCommit {
    /// Its repository.
    pub repository: RepositoryId,
    /// The span that its author's date lies in, by its place among those that were given.
    pub span: usize,
    /// Whether it belongs to a card.
    pub has_link: bool,
}

/// A sprint that goes on, and how far it is.
#[derive(Debug, Clone, PartialEq)]
pub struct SprintProgress {
    /// Jira's number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The name of its account.
    pub account: Name,
    /// When it ends.
    pub end_date: Option<DateTime<Utc>>,
    /// How many cards it has.
    pub cards: u32,
    /// How many of these are done.
    pub done: u32,
    /// The story points of its cards; `None` where no card has any.
    pub points: Option<f64>,
    /// The story points of those done; likewise.
    pub points_done: Option<f64>,
}

/// How many cards of the sprints that go on have a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusCount {
    /// The status.
    pub status: String,
    /// What it means.
    pub category: Option<StatusCategory>,
    /// How many cards.
    pub cards: u32,
}

const COUNTED: &str = "
    SELECT date, repository_id, has_link FROM commits INDEXED BY commits_walked
    WHERE date >= ?1 AND date < ?2 ORDER BY date";

const LATEST: &str = "
    SELECT date, id FROM commits WHERE repository_id = ?1 ORDER BY date DESC, id DESC LIMIT ?2";

/// Cards that are gone are not in a sprint any more, whatever it last said.
const PROGRESS: &str = "
    SELECT s.jira_sprint_id, s.name, a.name AS account, s.end_date, count(c.id) AS cards,
        count(c.id) FILTER (WHERE c.status_category = 'done') AS done, sum(c.story_points) AS points,
        sum(iif(c.story_points IS NULL, NULL, iif(c.status_category = 'done', c.story_points, 0.0))) AS points_done
    FROM accounts AS a
    CROSS JOIN sprints AS s INDEXED BY sprints_active ON s.account_id = a.id AND s.state = 'active'
    LEFT JOIN sprint_cards AS m ON m.sprint_id = s.id AND m.left_at IS NULL
    LEFT JOIN jira_cards AS c ON c.id = m.card_id AND c.removed IS NULL
    WHERE a.profile_id = ?1 AND s.removed_at IS NULL
    GROUP BY s.id
    ORDER BY s.end_date NULLS LAST, s.name, a.name";

const STATUSES: &str = "
    SELECT c.status, c.status_category, count(*) AS cards
    FROM jira_cards AS c
    WHERE c.removed IS NULL AND c.id IN (
        SELECT m.card_id
        FROM accounts AS a
        CROSS JOIN sprints AS s INDEXED BY sprints_active ON s.account_id = a.id AND s.state = 'active'
        CROSS JOIN sprint_cards AS m ON m.sprint_id = s.id AND m.left_at IS NULL
        WHERE a.profile_id = ?1 AND s.removed_at IS NULL)
    GROUP BY c.status, c.status_category
    ORDER BY CASE c.status_category WHEN 'todo' THEN 1 WHEN 'in_progress' THEN 2 WHEN 'done' THEN 3 ELSE 0 END,
        cards DESC, c.status";

impl ReadTx<'_> {
    /// Tells of each commit of some repositories whose author's date lies in one of the spans between these moments, which
    /// stand in their order.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn count_commits(
        &self,
        repositories: &BTreeSet<RepositoryId>,
        moments: &[DateTime<Utc>],
        mut tell: impl FnMut(CountedCommit),
    ) -> Result<(), StoreError> {
        let moments: Vec<String> = moments.iter().copied().map(time_text).collect();
        let (Some(first), Some(last)) = (moments.first(), moments.last()) else { return Ok(()) };
        let mut statement = self.conn.prepare_cached(COUNTED)?;
        let mut rows = statement.query((first, last))?;
        let mut ends = moments.iter().skip(1).enumerate().peekable();
        while let Some(row) = rows.next()? {
            let date = row.get_ref("date")?.as_str().map_err(rusqlite::Error::from)?;
            while ends.next_if(|(_, end)| end.as_str() <= date).is_some() {}
            let Some((span, _)) = ends.peek() else { break };
            let repository = RepositoryId(row.get("repository_id")?);
            if repositories.contains(&repository) {
                tell(CountedCommit { repository, span: *span, has_link: row.get("has_link")? });
            }
        }
        Ok(())
    }

    /// The latest commits of some repositories, the newest first.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn latest_commits(
        &self,
        repositories: &BTreeSet<RepositoryId>,
        most: u32,
    ) -> Result<Vec<CommitId>, StoreError> {
        let mut statement = self.conn.prepare_cached(LATEST)?;
        let mut found: Vec<(String, i64)> = Vec::new();
        for repository in repositories {
            let rows =
                statement.query_map((repository.0, most), |row| Ok((row.get("date")?, row.get("id")?)))?;
            found.extend(rows.collect::<Result<Vec<_>, _>>()?);
        }
        found.sort_unstable_by(|one, other| other.cmp(one));
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Ok(found.into_iter().take(most).map(|(_, id)| CommitId(id)).collect())
    }

    /// The sprints of a profile that go on, the one that ends first at the beginning.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn sprint_progress(&self, profile: ProfileId) -> Result<Vec<SprintProgress>, StoreError> {
        let mut statement = self.conn.prepare_cached(PROGRESS)?;
        let progress = |row: &Row<'_>| {
            Ok(SprintProgress {
                id: row.get("jira_sprint_id")?,
                name: row.get("name")?,
                account: row.checked("account")?,
                end_date: row.optional_time("end_date")?,
                cards: row.get("cards")?,
                done: row.get("done")?,
                points: row.get("points")?,
                points_done: row.get("points_done")?,
            })
        };
        Ok(statement.query_map([profile.0], progress)?.collect::<Result<_, _>>()?)
    }

    /// The cards of the sprints that go on, each once, by status: to do, in progress, done.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn active_statuses(&self, profile: ProfileId) -> Result<Vec<StatusCount>, StoreError> {
        let mut statement = self.conn.prepare_cached(STATUSES)?;
        let count = |row: &Row<'_>| {
            Ok(StatusCount {
                status: row.get("status")?,
                category: row.optional_word("status_category")?,
                cards: row.get("cards")?,
            })
        };
        Ok(statement.query_map([profile.0], count)?.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests;
