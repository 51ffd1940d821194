//! What a Jira consists of.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

/// What kind of board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoardType {
    /// Holds sprints.
    Scrum,
    /// Holds none.
    Kanban,
    /// A team-managed project's board whose team switched sprints on.
    SimpleWithSprints,
    /// A team-managed project's board without sprints.
    Simple,
}

impl BoardType {
    pub(in crate::jira) fn holds_sprints(self) -> bool {
        matches!(self, Self::Scrum | Self::SimpleWithSprints)
    }

    /// The word that Jira has for it.
    pub(in crate::jira) fn word(self) -> &'static str {
        match self {
            Self::Scrum => "scrum",
            Self::Kanban => "kanban",
            Self::SimpleWithSprints | Self::Simple => "simple",
        }
    }
}

/// Which cards a board shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// All cards of these projects.
    Projects(Vec<String>),
    /// These cards, by key.
    Cards(Vec<String>),
}

/// Where a sprint stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SprintPhase {
    /// Over. First, since that is the order in which Jira lists them.
    Closed,
    /// Going on.
    Active,
    /// Planned.
    Future,
}

impl SprintPhase {
    /// The word that Jira has for it.
    pub(in crate::jira) fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Active => "active",
            Self::Future => "future",
        }
    }
}

/// What a status means, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// Not begun.
    New,
    /// Begun.
    Indeterminate,
    /// Done.
    Done,
}

#[derive(Debug, Clone)]
pub(in crate::jira) struct Person {
    pub(in crate::jira) account_id: String,
    /// What Data Center calls a person by.
    pub(in crate::jira) user_key: String,
    pub(in crate::jira) name: String,
}

#[derive(Debug, Clone)]
pub(in crate::jira) struct Status {
    pub(in crate::jira) name: String,
    pub(in crate::jira) category: Category,
}

#[derive(Debug, Clone)]
pub(in crate::jira) struct Project {
    pub(in crate::jira) id: u64,
    pub(in crate::jira) key: String,
    pub(in crate::jira) name: String,
    /// The number of its newest card.
    pub(in crate::jira) last_number: u64,
}

#[derive(Debug, Clone)]
pub(in crate::jira) struct Board {
    pub(in crate::jira) id: i64,
    pub(in crate::jira) name: String,
    pub(in crate::jira) kind: BoardType,
    /// The project it belongs to.
    pub(in crate::jira) project: String,
    pub(in crate::jira) filter: BoardFilter,
    pub(in crate::jira) access: Access,
}

/// A [`Filter`] with cards by what stays.
#[derive(Debug, Clone)]
pub(in crate::jira) enum BoardFilter {
    Projects(Vec<String>),
    Cards(Vec<u64>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::jira) enum Access {
    Open,
    /// Listed, and nothing of it may be read.
    Forbidden,
}

#[derive(Debug, Clone)]
pub(in crate::jira) struct Sprint {
    pub(in crate::jira) id: i64,
    pub(in crate::jira) name: String,
    pub(in crate::jira) phase: SprintPhase,
    pub(in crate::jira) start: Option<DateTime<Utc>>,
    pub(in crate::jira) end: Option<DateTime<Utc>>,
    pub(in crate::jira) completed: Option<DateTime<Utc>>,
    pub(in crate::jira) goal: Option<String>,
    pub(in crate::jira) origin_board: i64,
    /// The boards that show it besides.
    pub(in crate::jira) other_boards: Vec<i64>,
}

impl Sprint {
    pub(in crate::jira) fn is_on(&self, board: i64) -> bool {
        self.origin_board == board || self.other_boards.contains(&board)
    }
}

#[derive(Debug, Clone)]
pub(in crate::jira) struct Card {
    pub(in crate::jira) id: u64,
    pub(in crate::jira) key: String,
    pub(in crate::jira) former_keys: Vec<String>,
    pub(in crate::jira) summary: String,
    pub(in crate::jira) description: Option<String>,
    /// The status's number in the world.
    pub(in crate::jira) status: usize,
    /// The person's number in the world.
    pub(in crate::jira) assignee: Option<usize>,
    pub(in crate::jira) issue_type: String,
    pub(in crate::jira) priority: Option<String>,
    pub(in crate::jira) labels: Vec<String>,
    pub(in crate::jira) story_points: Option<f64>,
    pub(in crate::jira) parent: Option<u64>,
    pub(in crate::jira) comments: usize,
    /// The active or planned sprint it is in.
    pub(in crate::jira) sprint: Option<i64>,
    pub(in crate::jira) closed_sprints: Vec<i64>,
    pub(in crate::jira) created: DateTime<Utc>,
    pub(in crate::jira) updated: DateTime<Utc>,
    /// Oldest first.
    pub(in crate::jira) changelog: Vec<Entry>,
}

impl Card {
    pub(in crate::jira) fn project(&self) -> &str {
        self.key.rsplit_once('-').map_or("", |(project, _)| project)
    }

    pub(in crate::jira) fn number(&self) -> u64 {
        self.key.rsplit_once('-').and_then(|(_, number)| number.parse().ok()).unwrap_or(0)
    }

    pub(in crate::jira) fn is_in(&self, sprint: i64) -> bool {
        self.sprint == Some(sprint) || self.closed_sprints.contains(&sprint)
    }

    /// Its closed sprints and the present one, ascending.
    pub(in crate::jira) fn all_sprints(&self) -> Vec<i64> {
        let mut all: Vec<i64> = self.closed_sprints.iter().copied().chain(self.sprint).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// One entry of a changelog.
#[derive(Debug, Clone)]
pub(in crate::jira) struct Entry {
    pub(in crate::jira) id: u64,
    /// The person's number; nobody where a rule did it.
    pub(in crate::jira) author: Option<usize>,
    pub(in crate::jira) created: DateTime<Utc>,
    pub(in crate::jira) items: Vec<Item>,
}

/// A field as a changelog names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::jira) enum Field {
    /// Of Jira's own: name and id are the same.
    System(&'static str),
    /// Of Jira's own, and without an id in changelogs.
    Unnumbered(&'static str),
    StoryPoints,
    Sprint,
}

impl Field {
    pub(in crate::jira) fn name(self) -> &'static str {
        match self {
            Self::System(name) | Self::Unnumbered(name) => name,
            Self::StoryPoints => "Story Points",
            Self::Sprint => "Sprint",
        }
    }
}

#[derive(Debug, Clone)]
pub(in crate::jira) struct Item {
    pub(in crate::jira) field: Field,
    pub(in crate::jira) from: Option<String>,
    pub(in crate::jira) from_string: Option<String>,
    pub(in crate::jira) to: Option<String>,
    pub(in crate::jira) to_string: Option<String>,
}

/// All of it.
#[derive(Debug, Clone)]
pub(in crate::jira) struct State {
    pub(in crate::jira) people: Vec<Person>,
    pub(in crate::jira) statuses: Vec<Status>,
    pub(in crate::jira) projects: Vec<Project>,
    /// By number, which is the order in which they are listed.
    pub(in crate::jira) boards: BTreeMap<i64, Board>,
    pub(in crate::jira) sprints: BTreeMap<i64, Sprint>,
    pub(in crate::jira) cards: BTreeMap<u64, Card>,
    /// Who does what happens next.
    pub(super) actor: usize,
    /// Where the time stands still.
    pub(super) stopped_at: Option<DateTime<Utc>>,
    /// The newest number of each kind, so that none is given twice.
    pub(super) last: LastNumbers,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct LastNumbers {
    pub(super) board: i64,
    pub(super) sprint: i64,
    pub(super) card: u64,
    pub(super) entry: u64,
}
