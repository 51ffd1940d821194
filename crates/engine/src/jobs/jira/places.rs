//! Where cards are read: active sprints, those that have closed since, and what else the account collects.

use chrono::{DateTime, TimeDelta, Utc};
use futures::{StreamExt, TryStreamExt, stream};
use pdt_domain::jira::{BoardKind, SprintState};
use pdt_remote::jira::{CardsWanted, Place};
use pdt_store::{BoardRow, CardPlace, Reading, SprintRow, WriteTx};

use super::boards::AT_ONCE;
use super::visit::Visit;
use crate::jobs::fault::Fault;
use crate::progress::JiraStep;

/// How far a run looks back behind the start of the one before it. A site's index may be some minutes late.
const OVERLAP: TimeDelta = TimeDelta::minutes(5);

/// A place whose cards are read.
#[derive(Debug, Clone)]
pub(super) enum Task {
    /// A sprint that goes on (or is planned, where the account collects those).
    Sprint(SprintRow),
    /// A sprint that has closed since its cards were last read: once more, and all of them.
    ClosedSprint(SprintRow),
    /// A board without sprints, or the backlog of one with.
    Board(BoardRow, CardPlace),
}

impl Task {
    /// What it is called in a sentence.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Sprint(row) | Self::ClosedSprint(row) => format!("sprint {}", row.name),
            Self::Board(row, CardPlace::Board) => format!("board {}", row.name),
            Self::Board(row, CardPlace::Backlog) => format!("backlog of {}", row.name),
        }
    }

    /// The name alone, for showing.
    fn shown_name(&self) -> &str {
        match self {
            Self::Sprint(row) | Self::ClosedSprint(row) => &row.name,
            Self::Board(row, _) => &row.name,
        }
    }

    pub(super) fn place(&self) -> Place {
        match self {
            Self::Sprint(row) | Self::ClosedSprint(row) => Place::Sprint(row.jira_sprint_id),
            Self::Board(row, CardPlace::Board) => Place::Board(row.jira_board_id),
            Self::Board(row, CardPlace::Backlog) => Place::Backlog(row.jira_board_id),
        }
    }

    /// The start of the run that last read it to its end, unless all of it is wanted.
    pub(super) fn cursor(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Sprint(row) => row.cards_read_at,
            Self::ClosedSprint(_) => None,
            Self::Board(row, CardPlace::Board) => row.cards_read_at,
            Self::Board(row, CardPlace::Backlog) => row.backlog_read_at,
        }
    }
}

/// What a run is to read of a place's cards.
fn wanted(task: &Task, story_points: &[String]) -> CardsWanted {
    let updated_since = task.cursor().map(|cursor| cursor - OVERLAP);
    CardsWanted { updated_since, story_points: story_points.to_vec() }
}

impl Visit<'_> {
    /// The places to read.
    pub(super) async fn places(&self, boards: &[BoardRow]) -> Result<Vec<Task>, Fault> {
        let id = self.id();
        let sprints = self.core.db.read(move |tx| tx.sprints(id)).await?;
        let sprints = sprints.into_iter().filter_map(|row| self.sprint_task(row));
        let boards = boards.iter().filter_map(|row| self.board_task(row));
        Ok(sprints.chain(boards).collect())
    }

    fn sprint_task(&self, row: SprintRow) -> Option<Task> {
        match row.state {
            SprintState::Active => Some(Task::Sprint(row)),
            SprintState::Future => self.site.collects.backlog.then_some(Task::Sprint(row)),
            SprintState::Closed => self.has_closed_since(&row).then_some(Task::ClosedSprint(row)),
        }
    }

    /// Of sprints that were over before PDT first looked, the cards are not read.
    fn has_closed_since(&self, row: &SprintRow) -> bool {
        let over = row.complete_date.or(row.end_date);
        let is_seen_closing =
            self.site.first_read_at.is_some_and(|first| over.is_some_and(|over| over >= first));
        !row.is_final && (row.cards_read_at.is_some() || is_seen_closing)
    }

    fn board_task(&self, row: &BoardRow) -> Option<Task> {
        let is_without_sprints = row.kind == BoardKind::Kanban || row.holds_sprints == Some(false);
        let collects = self.site.collects;
        if is_without_sprints {
            collects.kanban.then(|| Task::Board(row.clone(), CardPlace::Board))
        } else {
            collects.backlog.then(|| Task::Board(row.clone(), CardPlace::Backlog))
        }
    }

    /// Reads the cards of these places, and answers with those that were read to their end.
    pub(super) async fn read_places(
        &self,
        tasks: &[Task],
        story_points: &[String],
    ) -> Result<Vec<Task>, Fault> {
        self.order.tell(JiraStep::Sprints { account: self.account.name.clone(), sprints: tasks.len() });
        let reading: Vec<_> = tasks.iter().map(|task| self.read_place(task, story_points)).collect();
        let read: Vec<Option<Task>> = stream::iter(reading).buffer_unordered(AT_ONCE).try_collect().await?;
        Ok(read.into_iter().flatten().collect())
    }

    /// Answers with the place if it was read to its end.
    async fn read_place(&self, task: &Task, story_points: &[String]) -> Result<Option<Task>, Fault> {
        let read = self.read_cards(task, wanted(task, story_points)).await;
        let (tally, fault) = match read {
            Ok(tally) => {
                self.note_place_read(task).await?;
                (tally, None)
            }
            Err(fault) => {
                let fault = self.note(&task.name(), fault)?;
                self.remember_place(task, &fault).await?;
                (super::cards::Tally::default(), Some(fault))
            }
        };
        let is_read = fault.is_none();
        self.order.tell(JiraStep::SprintDone {
            account: self.account.name.clone(),
            name: task.shown_name().to_owned(),
            new_cards: tally.new_cards,
            changed_cards: tally.changed_cards,
            error: fault.map(|fault| fault.message),
        });
        Ok(is_read.then(|| task.clone()))
    }

    /// Shows how far a place is.
    pub(super) fn tell_place(&self, task: &Task, cards: usize) {
        let (account, name) = (self.account.name.clone(), task.shown_name().to_owned());
        self.order.tell(JiraStep::Sprint { account, name, cards });
    }

    /// Everything of the place is stored: the next run asks for what changes after this one began.
    async fn note_place_read(&self, task: &Task) -> Result<(), Fault> {
        let is_sprint = matches!(task, Task::Sprint(_) | Task::ClosedSprint(_));
        let (task, begun) = (task.clone(), self.begun);
        let note = move |tx: &WriteTx<'_>| match &task {
            Task::Sprint(row) => tx.note_sprint_cards_read(row.id, begun, Reading::Ongoing),
            Task::ClosedSprint(row) => tx.note_sprint_cards_read(row.id, begun, Reading::Final),
            Task::Board(row, place) => tx.note_board_cards_read(row.id, *place, begun),
        };
        self.core.db.write(note).await?;
        self.gathered().read_sprints += usize::from(is_sprint);
        Ok(())
    }

    async fn remember_place(&self, task: &Task, fault: &Fault) -> Result<(), Fault> {
        match task {
            Task::Sprint(row) | Task::ClosedSprint(row) => {
                let (id, message) = (row.id, fault.message.clone());
                Ok(self.core.db.write(move |tx| tx.note_sprint_error(id, &message)).await?)
            }
            Task::Board(row, _) => self.remember_board(row, fault).await,
        }
    }
}
