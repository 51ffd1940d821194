//! What a fake Jira tells of: projects, boards, sprints, cards and people, and what happens to them.
//!
//! Whatever happens is written down as Jira does it: `updated` moves, and the changelog gets an entry. What a
//! client should know in the end can be read out beside it ([`World::card`] and others).

mod boards;
mod edits;
mod history;
mod large;
mod made;
mod model;
mod new;
mod people;
mod small;
mod sprints;
mod truth;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use chrono::{DateTime, SubsecRound, Utc};

pub use edits::Edit;
pub use model::{BoardType, Category, Filter, SprintPhase};
pub use new::{NewBoard, NewCard, NewSprint};

pub(super) use edits::status_id;
pub(super) use model::{
    Access, Board, BoardFilter, Card, Entry, Field, Item, Person, Project, Sprint, State, Status,
};
pub(super) use new::SUBTASK;

/// What a fake Jira tells of. Clones are the same world.
#[derive(Debug, Clone)]
pub struct World(Arc<Mutex<State>>);

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// An empty world: one person (Ada Example) and four states of a card.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(State::empty())))
    }

    /// Lets the time stand still at this moment, until the next such call.
    pub fn stop_clock_at(&self, time: DateTime<Utc>) {
        self.state().stopped_at = Some(time.trunc_subsecs(3));
    }

    /// Lets the time be the machine's again.
    pub fn let_clock_run(&self) {
        self.state().stopped_at = None;
    }

    /// From now on this person does what happens; who is not known yet is made.
    pub fn act_as(&self, name: &str) {
        let mut state = self.state();
        state.actor = state.person(name);
    }

    /// Adds a project.
    pub fn add_project(&self, key: &str, name: &str) {
        let mut state = self.state();
        let id = 10_000 + state.projects.len() as u64;
        let (key, name) = (key.to_owned(), name.to_owned());
        state.projects.push(Project { id, key, name, last_number: 0 });
    }

    /// Adds a status that cards may have.
    pub fn add_status(&self, name: &str, category: Category) {
        self.state().statuses.push(Status { name: name.to_owned(), category });
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// With milliseconds, as Jira keeps times.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.stopped_at.unwrap_or_else(|| Utc::now().trunc_subsecs(3))
    }

    /// What the clock shows where it stands still.
    pub(super) fn stopped_at(&self) -> Option<DateTime<Utc>> {
        self.stopped_at
    }

    pub(super) fn project(&self, key: &str) -> Option<&Project> {
        self.projects.iter().find(|project| project.key.eq_ignore_ascii_case(key))
    }

    /// By its present key, by one it once had, or by its number.
    pub(super) fn find_card(&self, id_or_key: &str) -> Option<&Card> {
        let same = |key: &String| key.eq_ignore_ascii_case(id_or_key);
        let by_number = id_or_key.parse().ok().and_then(|id| self.cards.get(&id));
        by_number
            .or_else(|| self.cards.values().find(|card| same(&card.key)))
            .or_else(|| self.cards.values().find(|card| card.former_keys.iter().any(same)))
    }

    fn card_id(&self, key: &str) -> Result<u64> {
        self.find_card(key).map(|card| card.id).with_context(|| format!("there is no card {key}"))
    }

    fn card_mut(&mut self, id: u64) -> Result<&mut Card> {
        self.cards.get_mut(&id).with_context(|| format!("there is no card {id}"))
    }

    fn status_named(&self, name: &str) -> Result<usize> {
        let found = self.statuses.iter().position(|status| status.name == name);
        found.with_context(|| format!("there is no status {name}"))
    }

    /// None cannot be: every card's status was looked up when it was set, and none is ever taken away.
    pub(super) fn status_of(&self, card: &Card) -> Option<&Status> {
        self.statuses.get(card.status)
    }

    pub(super) fn is_done(&self, card: &Card) -> bool {
        self.status_of(card).is_some_and(|status| status.category == Category::Done)
    }

    /// The cards that say that this one is their parent, sub-tasks only: an epic does not list its stories.
    pub(super) fn subtasks_of(&self, id: u64) -> impl Iterator<Item = &Card> {
        self.cards.values().filter(move |card| card.parent == Some(id) && card.issue_type == SUBTASK)
    }

    pub(super) fn shows(&self, board: &Board, card: &Card) -> bool {
        match &board.filter {
            BoardFilter::Projects(keys) => keys.iter().any(|key| key == card.project()),
            BoardFilter::Cards(ids) => ids.contains(&card.id),
        }
    }
}
