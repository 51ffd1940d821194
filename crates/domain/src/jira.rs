//! Boards, sprints and cards, as any Jira tells of them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::words::as_words;

/// Whose Jira it is: the two differ in routes, in paging and in how one signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deployment {
    /// Atlassian's own.
    Cloud,
    /// A company's own, also called Server.
    DataCenter,
}

/// What kind of board, which decides whether it can hold sprints.
/// <https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoardKind {
    /// Holds sprints.
    Scrum,
    /// Holds none.
    Kanban,
    /// A team-managed project's board: holds sprints if its team switched them on.
    Simple,
}

impl BoardKind {
    /// Whether boards of this kind may hold sprints; of a simple one only the service knows.
    #[must_use]
    pub fn may_hold_sprints(self) -> bool {
        self != Self::Kanban
    }
}

/// Where a sprint stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SprintState {
    /// Planned.
    Future,
    /// Going on.
    Active,
    /// Over.
    Closed,
}

/// What a card's status means, whatever it is called on its site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusCategory {
    /// Not begun: Jira's `new`, and its `undefined`.
    ToDo,
    /// Begun: `indeterminate`.
    InProgress,
    /// Done: `done`.
    Done,
}

as_words! {
    Deployment { Cloud = "cloud", DataCenter = "data_center" }
    BoardKind { Scrum = "scrum", Kanban = "kanban", Simple = "simple" }
    SprintState { Future = "future", Active = "active", Closed = "closed" }
    StatusCategory { ToDo = "todo", InProgress = "in_progress", Done = "done" }
}

/// A board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Jira's number, unique on its site.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: BoardKind,
    /// The key of the project it belongs to, where it belongs to one and the service tells it.
    pub project_key: Option<String>,
}

/// A sprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sprint {
    /// Jira's number, unique on its site.
    pub id: i64,
    /// Its name, which may hold commas.
    pub name: String,
    /// Where it stands.
    pub state: SprintState,
    /// When it began or shall begin; planned ones may have no date.
    pub start: Option<DateTime<Utc>>,
    /// When it ends or shall end.
    pub end: Option<DateTime<Utc>>,
    /// When it was closed.
    pub completed: Option<DateTime<Utc>>,
    /// What it is for.
    pub goal: Option<String>,
    /// The board on which it was made; it may be shown on others.
    pub origin_board: Option<i64>,
}

/// A sprint as a card names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SprintRef {
    /// Jira's number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub state: SprintState,
}

/// A parent or a subtask, as a card names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relative {
    /// Its key.
    pub key: String,
    /// Its summary; empty where the service leaves it out.
    pub summary: String,
    /// Its status, where the service tells it.
    pub status: Option<String>,
    /// Its issue type, where the service tells it.
    pub issue_type: Option<String>,
}

/// A card (an issue, in Jira's words) without its changelog.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Jira's number as text: stays when the card is moved and gets another key.
    pub id: String,
    /// Its present key, upper-case.
    pub key: String,
    /// Its summary.
    pub summary: String,
    /// Its description in Jira's wiki markup; none where it has none.
    pub description: Option<String>,
    /// The name of its status, in the site's language.
    pub status: String,
    /// What that status means.
    pub status_category: Option<StatusCategory>,
    /// The display name of whom it is assigned to.
    pub assignee: Option<String>,
    /// That person's id on the site: account id (Cloud) or user key (Data Center).
    pub assignee_id: Option<String>,
    /// Its issue type.
    pub issue_type: String,
    /// Its priority.
    pub priority: Option<String>,
    /// Its labels, in the service's order.
    pub labels: Vec<String>,
    /// Its estimate.
    pub story_points: Option<f64>,
    /// The card it is a part of.
    pub parent: Option<Relative>,
    /// Its parts.
    pub subtasks: Vec<Relative>,
    /// The sprint that it is in now: an active or a planned one.
    pub sprint: Option<SprintRef>,
    /// The sprints that it was in and that are closed.
    pub closed_sprints: Vec<SprintRef>,
    /// How many comments it has, where the service tells it.
    pub comments: Option<u64>,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it last changed, with milliseconds.
    pub updated: DateTime<Utc>,
}

impl Card {
    /// The key of the project it is in: what stands before the last hyphen of its key.
    #[must_use]
    pub fn project(&self) -> &str {
        project_of(&self.key)
    }
}

/// The project's part of a card's key.
#[must_use]
pub fn project_of(key: &str) -> &str {
    key.rsplit_once('-').map_or("", |(project, _)| project)
}

/// One entry of a card's changelog: what one person changed at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Jira's number as text, unique on its site.
    pub id: String,
    /// The display name of who did it; none for what nobody did.
    pub author: Option<String>,
    /// When.
    pub created: DateTime<Utc>,
    /// What, field by field, in the service's order.
    pub items: Vec<ChangeItem>,
}

/// One field of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeItem {
    /// The field's name.
    pub field: String,
    /// The field's id, where the service tells it.
    pub field_id: Option<String>,
    /// The value before, as the service keeps it (an id, often).
    pub from: Option<String>,
    /// The value before, for people.
    pub from_string: Option<String>,
    /// The value after, as the service keeps it.
    pub to: Option<String>,
    /// The value after, for people.
    pub to_string: Option<String>,
}

/// A card with as much of its changelog as one answer held.
#[derive(Debug, Clone, PartialEq)]
pub struct FetchedCard {
    /// The card.
    pub card: Card,
    /// Entries of its changelog, oldest first.
    pub changes: Vec<Change>,
    /// How many entries there are on the server; none where the answer did not tell.
    pub total_changes: Option<usize>,
}

impl FetchedCard {
    /// Whether these are all entries of its changelog.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.total_changes.is_some_and(|total| self.changes.len() >= total)
    }
}

/// Puts entries of a changelog together that came in several answers: each once, oldest first. Entries of the
/// same moment stand by their number. Of two accounts of the same entry the finer time stays: some answers tell
/// only the second.
#[must_use]
pub fn joined_changes(parts: impl IntoIterator<Item = Change>) -> Vec<Change> {
    let mut by_id: HashMap<String, Change> = HashMap::new();
    for change in parts {
        let is_finer = by_id.get(&change.id).is_none_or(|known| known.created < change.created);
        if is_finer {
            by_id.insert(change.id.clone(), change);
        }
    }
    let mut all: Vec<Change> = by_id.into_values().collect();
    let number = |change: &Change| change.id.parse::<u64>().unwrap_or(u64::MAX);
    all.sort_by(|one, other| {
        (one.created, number(one), &one.id).cmp(&(other.created, number(other), &other.id))
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(id: &str, second: i64) -> Change {
        let created = DateTime::from_timestamp(second, 0).unwrap();
        Change { id: id.to_owned(), author: None, created, items: Vec::new() }
    }

    #[test]
    fn a_changelog_in_parts_is_put_together_oldest_first_and_each_once() {
        let parts = [change("12", 5), change("9", 5), change("3", 1), change("12", 5)];
        let ids: Vec<String> = joined_changes(parts).into_iter().map(|change| change.id).collect();
        assert_eq!(ids, ["3", "9", "12"], "the numbers order what came at the same moment");
        let finer = Change { created: DateTime::from_timestamp_millis(5_250).unwrap(), ..change("9", 5) };
        let joined = joined_changes([finer.clone(), change("9", 5)]);
        assert_eq!(joined, [finer], "the same entry with its time to the second");
    }

    #[test]
    fn a_project_is_what_stands_before_the_last_hyphen() {
        assert_eq!(project_of("ABC-12"), "ABC");
        assert_eq!(project_of("A_B-12"), "A_B");
        assert_eq!(project_of("nonsense"), "");
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        assert_eq!("data_center".parse(), Ok(Deployment::DataCenter));
        assert_eq!(SprintState::Active.to_string(), "active");
        assert!("paused".parse::<SprintState>().is_err(), "an unknown word is an error");
    }
}
