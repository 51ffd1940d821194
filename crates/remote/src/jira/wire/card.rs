//! Cards.

use std::fmt;

use chrono::{DateTime, Utc};
use pdt_domain::jira::{Card, Change, FetchedCard, joined_changes};
use serde::Deserialize;

use super::super::listing::Item;
use super::super::members::Member;
use super::Odd;
use super::change::History;
use super::fields::Fields;
use super::value::{Moment, Text};

/// A card with as much of it as was asked for.
#[derive(Deserialize)]
pub(in crate::jira) struct Issue {
    id: Option<Text>,
    key: Option<String>,
    fields: Option<Fields>,
    changelog: Option<Changelog>,
}

#[derive(Deserialize)]
struct Changelog {
    total: Option<i64>,
    histories: Option<Vec<History>>,
}

/// A page of a search that hands out a token for the next.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::jira) struct Found {
    pub(in crate::jira) issues: Vec<Issue>,
    next_page_token: Option<String>,
    is_last: Option<bool>,
}

impl Found {
    /// The token of the next page; a page that says it is the last has none.
    pub(in crate::jira) fn next_token(&self) -> Option<String> {
        self.next_page_token.clone().filter(|_| self.is_last != Some(true))
    }
}

impl Item for Issue {
    fn number(&self) -> Option<String> {
        self.id.as_ref().map(|id| id.0.clone())
    }
}

impl Issue {
    /// Number and key.
    pub(in crate::jira) fn member(&self) -> Result<Member, Odd> {
        let id = self.number().filter(|id| !id.is_empty()).ok_or_else(|| self.without("a number"))?;
        let key = self.key.as_deref().map(upper_case).filter(|key| !key.is_empty());
        Ok(Member { id, key: key.ok_or_else(|| self.without("a key"))? })
    }

    /// The card. Its estimate is in the first of these fields that holds one.
    pub(in crate::jira) fn card(mut self, story_points: &[String]) -> Result<FetchedCard, Odd> {
        let Member { id, key } = self.member()?;
        let fields = self.fields.take().ok_or_else(|| self.without("its fields"))?;
        let created = self.time(fields.created.as_ref(), "the time when it was made")?;
        let updated = self.time(fields.updated.as_ref(), "the time of its last change")?;
        let (changes, total_changes) = self.changes()?;
        let (sprint, closed_sprints) = fields.sprints()?;
        let (parent, subtasks) = fields.relatives();
        let card = Card {
            id,
            key,
            summary: fields.summary.clone().unwrap_or_default(),
            description: fields.description(),
            status: fields.status().unwrap_or_default(),
            status_category: fields.status_category(),
            assignee: fields.assignee.clone().and_then(super::Person::title),
            assignee_id: fields.assignee.as_ref().and_then(super::Person::id),
            issue_type: fields.issue_type().unwrap_or_default(),
            priority: fields.priority(),
            labels: fields.labels.clone().unwrap_or_default(),
            story_points: fields.story_points(story_points),
            parent,
            subtasks,
            sprint,
            closed_sprints,
            comments: fields.comments(),
            created,
            updated,
        };
        Ok(FetchedCard { card, changes, total_changes })
    }

    /// All of its changelog, or what is missing of it.
    pub(in crate::jira) fn whole_changelog(mut self) -> Result<Vec<Change>, Odd> {
        if self.changelog.is_none() {
            return Err(self.without("its changelog"));
        }
        let (changes, total) = self.changes()?;
        let missing = total.map_or(0, |total| total.saturating_sub(changes.len()));
        if missing > 0 { Err(self.without(&format!("{missing} of its changes"))) } else { Ok(changes) }
    }

    /// The entries of its changelog, oldest first, and how many there are on the server.
    fn changes(&mut self) -> Result<(Vec<Change>, Option<usize>), Odd> {
        let Some(changelog) = self.changelog.take() else { return Ok((Vec::new(), None)) };
        let entries = changelog.histories.unwrap_or_default().into_iter();
        let changes: Vec<Change> = entries.map(History::change).collect::<Result<_, _>>()?;
        let total = changelog.total.and_then(|total| usize::try_from(total).ok());
        Ok((joined_changes(changes), total))
    }

    fn time(&self, moment: Option<&Moment>, lack: &str) -> Result<DateTime<Utc>, Odd> {
        moment.and_then(Moment::time).ok_or_else(|| self.without(lack))
    }

    fn without(&self, lack: &str) -> Odd {
        Odd::without(self, lack)
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.key, &self.id) {
            (Some(key), _) => write!(f, "card {key}"),
            (None, Some(id)) => write!(f, "card number {}", id.0),
            (None, None) => f.write_str("a card"),
        }
    }
}

/// A key as PDT writes it.
pub(super) fn upper_case(key: &str) -> String {
    key.trim().to_uppercase()
}
