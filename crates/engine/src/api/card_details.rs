//! A card's details: the document that is shown, and stored in `jira_cards.details_json`.

use chrono::{DateTime, SecondsFormat, Utc};
use pdt_domain::jira::{Card, Change, ChangeItem, Relative, SprintRef};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// All that is known of a card, with its whole changelog. Keys may be added, never renamed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CardDetailsDto {
    /// Its key.
    pub key: String,
    /// Its summary.
    pub summary: String,
    /// Its description, in Jira's wiki markup.
    pub description: Option<String>,
    /// The name of its status, in the site's language.
    pub status: String,
    /// What that status means: `todo`, `in_progress` or `done`.
    #[ts(type = "\"todo\" | \"in_progress\" | \"done\" | null")]
    pub status_category: Option<String>,
    /// The display name of whom it is assigned to.
    pub assignee: Option<String>,
    /// Its issue type.
    pub issue_type: String,
    /// Its priority.
    pub priority: Option<String>,
    /// Its labels.
    pub labels: Vec<String>,
    /// Its estimate.
    pub story_points: Option<f64>,
    /// The card it is a part of.
    pub parent: Option<RelativeDto>,
    /// Its parts.
    pub subtasks: Vec<RelativeDto>,
    /// The sprints that it is or was in, the oldest first.
    pub sprints: Vec<SprintRefDto>,
    /// How many comments it has, where the service tells it.
    #[ts(type = "number | null")]
    pub comments: Option<u64>,
    /// When it was made.
    #[serde(serialize_with = "exact", deserialize_with = "instant")]
    #[ts(type = "string")]
    pub created: DateTime<Utc>,
    /// When it last changed.
    #[serde(serialize_with = "exact", deserialize_with = "instant")]
    #[ts(type = "string")]
    pub updated: DateTime<Utc>,
    /// What was changed, oldest first.
    pub changelog: Vec<ChangeDto>,
}

/// A parent or a subtask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RelativeDto {
    /// Its key.
    pub key: String,
    /// Its summary.
    pub summary: String,
    /// Its status.
    pub status: Option<String>,
    /// Its issue type.
    #[serde(rename = "type")]
    pub issue_type: Option<String>,
}

/// A sprint of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SprintRefDto {
    /// Jira's number.
    #[ts(type = "number")]
    pub id: i64,
    /// Its name.
    pub name: String,
    /// `active`, `future` or `closed`.
    #[ts(type = "\"active\" | \"future\" | \"closed\"")]
    pub state: String,
}

/// One entry of a changelog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeDto {
    /// Jira's number.
    pub id: String,
    /// The display name of who did it.
    pub author: Option<String>,
    /// When.
    #[serde(serialize_with = "exact", deserialize_with = "instant")]
    #[ts(type = "string")]
    pub created: DateTime<Utc>,
    /// What, field by field.
    pub items: Vec<ChangeItemDto>,
}

/// One field of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeItemDto {
    /// The field's name.
    pub field: String,
    /// The field's id, where the service tells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field_id: Option<String>,
    /// The value before, as the service keeps it.
    pub from: Option<String>,
    /// The value before, for people.
    pub from_string: Option<String>,
    /// The value after, as the service keeps it.
    pub to: Option<String>,
    /// The value after, for people.
    pub to_string: Option<String>,
}

impl CardDetailsDto {
    /// The document of a card with these entries of its changelog.
    pub(crate) fn new(card: &Card, changes: Vec<Change>) -> Self {
        let mut sprints: Vec<&SprintRef> = card.closed_sprints.iter().chain(&card.sprint).collect();
        sprints.sort_by_key(|sprint| sprint.id);
        sprints.dedup_by_key(|sprint| sprint.id);
        Self {
            key: card.key.clone(),
            summary: card.summary.clone(),
            description: card.description.clone(),
            status: card.status.clone(),
            status_category: card.status_category.map(|category| category.as_str().to_owned()),
            assignee: card.assignee.clone(),
            issue_type: card.issue_type.clone(),
            priority: card.priority.clone(),
            labels: card.labels.clone(),
            story_points: card.story_points,
            parent: card.parent.as_ref().map(RelativeDto::from),
            subtasks: card.subtasks.iter().map(RelativeDto::from).collect(),
            sprints: sprints.into_iter().map(SprintRefDto::from).collect(),
            comments: card.comments,
            created: card.created,
            updated: card.updated,
            changelog: changes.into_iter().map(ChangeDto::from).collect(),
        }
    }

    /// Reads a stored document; `None` where it is none, which then counts as not being there.
    pub(crate) fn read(stored: &str) -> Option<Self> {
        serde_json::from_str(stored).ok()
    }

    /// The document as it is stored.
    pub(crate) fn to_json(&self) -> String {
        serde_json::json!(self).to_string()
    }
}

impl From<&Relative> for RelativeDto {
    fn from(relative: &Relative) -> Self {
        let Relative { key, summary, status, issue_type } = relative.clone();
        Self { key, summary, status, issue_type }
    }
}

impl From<&SprintRef> for SprintRefDto {
    fn from(sprint: &SprintRef) -> Self {
        Self { id: sprint.id, name: sprint.name.clone(), state: sprint.state.as_str().to_owned() }
    }
}

impl From<Change> for ChangeDto {
    fn from(change: Change) -> Self {
        let Change { id, author, created, items } = change;
        Self { id, author, created, items: items.into_iter().map(ChangeItemDto::from).collect() }
    }
}

impl From<ChangeDto> for Change {
    fn from(change: ChangeDto) -> Self {
        let ChangeDto { id, author, created, items } = change;
        Self { id, author, created, items: items.into_iter().map(ChangeItem::from).collect() }
    }
}

impl From<ChangeItem> for ChangeItemDto {
    fn from(item: ChangeItem) -> Self {
        let ChangeItem { field, field_id, from, from_string, to, to_string } = item;
        Self { field, field_id, from, from_string, to, to_string }
    }
}

impl From<ChangeItemDto> for ChangeItem {
    fn from(item: ChangeItemDto) -> Self {
        let ChangeItemDto { field, field_id, from, from_string, to, to_string } = item;
        Self { field, field_id, from, from_string, to, to_string }
    }
}

/// As the service tells it, with milliseconds where there are some: `2026-02-18T16:15:00.250Z`.
fn exact<S: Serializer>(instant: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&instant.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let read = DateTime::parse_from_rfc3339(&text);
    read.map(|instant| instant.to_utc()).map_err(serde::de::Error::custom)
}
