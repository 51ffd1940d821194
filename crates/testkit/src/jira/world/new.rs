//! Boards, sprints and cards that do not exist yet.

use chrono::{DateTime, Utc};

use super::model::{BoardType, Filter, Sprint, SprintPhase};

/// The issue type of what is a part of another card.
pub(in crate::jira) const SUBTASK: &str = "Sub-task";

/// A board that does not exist yet.
#[derive(Debug, Clone)]
pub struct NewBoard {
    pub(super) name: String,
    pub(super) kind: BoardType,
    pub(super) project: String,
    pub(super) filter: Filter,
}

impl NewBoard {
    /// A board of this project that shows the project's cards.
    #[must_use]
    pub fn new(name: &str, kind: BoardType, project: &str) -> Self {
        let filter = Filter::Projects(vec![project.to_owned()]);
        Self { name: name.to_owned(), kind, project: project.to_owned(), filter }
    }

    /// With other cards.
    #[must_use]
    pub fn showing(mut self, filter: Filter) -> Self {
        self.filter = filter;
        self
    }
}

/// A sprint that does not exist yet.
#[derive(Debug, Clone)]
pub struct NewSprint(pub(super) Sprint);

impl NewSprint {
    /// A planned sprint of this board, without dates or goal.
    #[must_use]
    pub fn new(name: &str, board: i64) -> Self {
        Self(Sprint {
            id: 0,
            name: name.to_owned(),
            phase: SprintPhase::Future,
            start: None,
            end: None,
            completed: None,
            goal: None,
            origin_board: board,
            other_boards: Vec::new(),
        })
    }

    /// In this phase instead. An active one should have its dates, a closed one its end.
    #[must_use]
    pub fn phase(mut self, phase: SprintPhase) -> Self {
        self.0.phase = phase;
        self
    }

    /// From then until then; a closed one was closed at its end.
    #[must_use]
    pub fn between(mut self, start: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        (self.0.start, self.0.end) = (Some(start), Some(end));
        self
    }

    /// With this goal.
    #[must_use]
    pub fn goal(mut self, goal: &str) -> Self {
        self.0.goal = Some(goal.to_owned());
        self
    }

    /// Shown on this board, too.
    #[must_use]
    pub fn also_on(mut self, board: i64) -> Self {
        self.0.other_boards.push(board);
        self
    }
}

/// A card that does not exist yet.
#[derive(Debug, Clone)]
pub struct NewCard {
    pub(super) project: String,
    pub(super) status: Option<String>,
    pub(super) assignee: Option<String>,
    pub(super) parent: Option<String>,
    pub(super) number: Option<u64>,
    pub(super) draft: Draft,
}

/// What is taken over as it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) summary: String,
    pub(super) description: Option<String>,
    pub(super) issue_type: String,
    pub(super) priority: Option<String>,
    pub(super) labels: Vec<String>,
    pub(super) points: Option<f64>,
    pub(super) comments: usize,
    pub(super) sprint: Option<i64>,
    pub(super) closed_sprints: Vec<i64>,
}

impl NewCard {
    /// A task of this project: not begun, nobody's, in no sprint.
    #[must_use]
    pub fn new(project: &str, summary: &str) -> Self {
        let draft = Draft {
            summary: summary.to_owned(),
            issue_type: "Task".to_owned(),
            priority: Some("Medium".to_owned()),
            ..Draft::default()
        };
        Self { project: project.to_owned(), status: None, assignee: None, parent: None, number: None, draft }
    }

    /// With this number in its key, instead of the next one.
    #[must_use]
    pub fn numbered(mut self, number: u64) -> Self {
        self.number = Some(number);
        self
    }

    /// In this sprint, which is active or planned.
    #[must_use]
    pub fn in_sprint(mut self, sprint: i64) -> Self {
        self.draft.sprint = Some(sprint);
        self
    }

    /// It was in this sprint, which is closed.
    #[must_use]
    pub fn was_in(mut self, sprint: i64) -> Self {
        self.draft.closed_sprints.push(sprint);
        self
    }

    /// With this status, which the world has.
    #[must_use]
    pub fn status(mut self, name: &str) -> Self {
        self.status = Some(name.to_owned());
        self
    }

    /// Of this person, who is made where nobody has that name.
    #[must_use]
    pub fn assignee(mut self, name: &str) -> Self {
        self.assignee = Some(name.to_owned());
        self
    }

    /// With this estimate.
    #[must_use]
    pub fn points(mut self, points: f64) -> Self {
        self.draft.points = Some(points);
        self
    }

    /// Of this issue type.
    #[must_use]
    pub fn issue_type(mut self, name: &str) -> Self {
        self.draft.issue_type = name.to_owned();
        self
    }

    /// A sub-task of this card.
    #[must_use]
    pub fn part_of(self, key: &str) -> Self {
        Self { parent: Some(key.to_owned()), ..self.issue_type(SUBTASK) }
    }

    /// Below this card without being a sub-task: a story of an epic.
    #[must_use]
    pub fn below(mut self, key: &str) -> Self {
        self.parent = Some(key.to_owned());
        self
    }

    /// With this text.
    #[must_use]
    pub fn description(mut self, text: &str) -> Self {
        self.draft.description = Some(text.to_owned());
        self
    }

    /// With this priority.
    #[must_use]
    pub fn priority(mut self, name: &str) -> Self {
        self.draft.priority = Some(name.to_owned());
        self
    }

    /// Without a priority, as where a project does not use them.
    #[must_use]
    pub fn without_priority(mut self) -> Self {
        self.draft.priority = None;
        self
    }

    /// With these labels.
    #[must_use]
    pub fn labels(mut self, labels: &[&str]) -> Self {
        self.draft.labels = labels.iter().map(|label| (*label).to_owned()).collect();
        self
    }

    /// With so many comments.
    #[must_use]
    pub fn comments(mut self, count: usize) -> Self {
        self.draft.comments = count;
        self
    }
}
