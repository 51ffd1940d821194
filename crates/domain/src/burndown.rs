//! What was left to do in a sprint, over time, made anew from the histories of its cards.
//!
//! What is known for certain is how each card stands now. A history tells how it stood before each of its changes, so
//! that going back from now gives every state that it was in; what a history lacks is then missing in the middle, and
//! never makes the end wrong.

use chrono::{DateTime, Utc};

/// How a card stands to a sprint.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Standing {
    /// Whether it is in the sprint.
    pub is_in: bool,
    /// Whether its status means that it is done; `None` for a status that nothing is known of.
    pub status_is_done: Option<bool>,
    /// Whether it has a resolution: what counts where the status tells nothing.
    pub is_resolved: bool,
    /// Its estimate.
    pub points: Option<f64>,
}

/// What was different before a change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Was {
    /// Whether it was in the sprint.
    In(bool),
    /// Whether its status meant that it was done.
    Done(Option<bool>),
    /// Whether it had a resolution.
    Resolved(bool),
    /// Its estimate.
    Points(Option<f64>),
}

/// A card that is or was in the sprint.
#[derive(Debug, Clone, PartialEq)]
pub struct CardHistory {
    /// Its key.
    pub key: String,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// How it stands now.
    pub now: Standing,
    /// When it was seen to be gone from the sprint, for one that is.
    pub left_at: Option<DateTime<Utc>>,
    /// What its changes changed, the oldest first.
    pub changes: Vec<(DateTime<Utc>, Was)>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Story points.
    Points,
    /// Cards.
    Cards,
}

/// What happened to a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// It came into the sprint.
    Added,
    /// It was taken out.
    Removed,
    /// Its estimate became another one.
    Estimated,
    /// It was done.
    Done,
    /// It was done and is not any more.
    Reopened,
}

/// A change of what is left to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// When.
    pub at: DateTime<Utc>,
    /// Which card, by its place among those that were given.
    pub card: usize,
    /// What happened to it.
    pub event: Event,
    /// By how much what is left became more, or less.
    pub delta: f64,
    /// What was left then.
    pub remaining: f64,
}

/// What was left to do, over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Burndown {
    /// What is counted.
    pub unit: Unit,
    /// What was left at the beginning.
    pub committed: f64,
    /// What was left at the end.
    pub remaining: f64,
    /// What changed in between, the oldest first.
    pub steps: Vec<Step>,
}

/// An estimate above it is a slip of somebody's hand, and would make every other one invisible.
const MOST_POINTS: f64 = 1e9;

/// What was left to do from `start` to `end`. Points are counted where a card has any, else cards.
#[must_use]
pub fn burndown(cards: &[CardHistory], start: DateTime<Utc>, end: DateTime<Utc>) -> Burndown {
    let all: Vec<Vec<State>> = cards.iter().map(states).collect();
    let has_points = |state: &State| state.standing.is_in && state.standing.estimate() > 0.0;
    let unit = if all.iter().flatten().any(has_points) { Unit::Points } else { Unit::Cards };
    // A sum of nothing is -0.
    let committed = 0.0 + all.iter().map(|states| left(at(states, start), unit)).sum::<f64>();
    let mut steps: Vec<Step> = all
        .iter()
        .enumerate()
        .flat_map(|(card, states)| steps_of(card, states, unit, (start, end)))
        .collect();
    steps.sort_by_key(|step| (step.at, step.card));
    let mut remaining = committed;
    for step in &mut steps {
        remaining = rounded(remaining + step.delta);
        step.remaining = remaining;
    }
    Burndown { unit, committed, remaining, steps }
}

impl Burndown {
    /// By how much there became more to do: cards that came, and estimates that grew.
    #[must_use]
    pub fn added(&self) -> f64 {
        // What is 0 is not shown as -0.
        0.0 + self.scope().filter(|delta| *delta > 0.0).sum::<f64>()
    }

    /// By how much there became less to do without being done: cards that were taken out, and estimates that shrank.
    #[must_use]
    pub fn removed(&self) -> f64 {
        // What is 0 is not shown as -0.
        0.0 - self.scope().filter(|delta| *delta < 0.0).sum::<f64>()
    }

    /// What was done, less what was opened again.
    #[must_use]
    pub fn done(&self) -> f64 {
        0.0 - self.deltas(|event| matches!(event, Event::Done | Event::Reopened)).sum::<f64>()
    }

    fn scope(&self) -> impl Iterator<Item = f64> {
        self.deltas(|event| matches!(event, Event::Added | Event::Removed | Event::Estimated))
    }

    fn deltas(&self, of: fn(Event) -> bool) -> impl Iterator<Item = f64> {
        self.steps.iter().filter(move |step| of(step.event)).map(|step| step.delta)
    }
}

impl Standing {
    /// Whether it is done.
    #[must_use]
    pub fn is_done(self) -> bool {
        self.status_is_done.unwrap_or(self.is_resolved)
    }

    /// Its estimate, where it is one that can be counted.
    fn estimate(self) -> f64 {
        let is_sound = |points: &f64| points.is_finite() && points.abs() <= MOST_POINTS;
        self.points.filter(is_sound).unwrap_or(0.0)
    }

    fn before(self, was: Was) -> Self {
        match was {
            Was::In(is_in) => Self { is_in, ..self },
            Was::Done(status_is_done) => Self { status_is_done, ..self },
            Was::Resolved(is_resolved) => Self { is_resolved, ..self },
            Was::Points(points) => Self { points, ..self },
        }
    }
}

/// How a card stood from a moment on.
#[derive(Debug, Clone, Copy)]
struct State {
    from: DateTime<Utc>,
    standing: Standing,
}

/// Every state of a card, the oldest first, one a moment.
fn states(card: &CardHistory) -> Vec<State> {
    let mut changes = card.changes.clone();
    changes.extend(untold_leaving(card));
    changes.sort_by_key(|(at, _)| *at);
    let mut standing = card.now;
    let mut states: Vec<State> = Vec::with_capacity(changes.len() + 1);
    for (from, was) in changes.iter().rev() {
        // Of several changes at one moment, only how it stood after all of them counts.
        if states.last().is_none_or(|later| later.from != *from) {
            states.push(State { from: *from, standing });
        }
        standing = standing.before(*was);
    }
    let first = changes.first().map_or(card.created, |(at, _)| card.created.min(*at));
    if states.last().is_none_or(|later| later.from != first) {
        states.push(State { from: first, standing });
    }
    states.reverse();
    states
}

/// Who is gone from the sprint without a word of it in the history was in it until that was seen.
fn untold_leaving(card: &CardHistory) -> Option<(DateTime<Utc>, Was)> {
    let last = card.changes.iter().rev().find_map(|(_, was)| match was {
        Was::In(was_in) => Some(*was_in),
        Was::Done(_) | Was::Resolved(_) | Was::Points(_) => None,
    });
    let is_told = card.now.is_in || last == Some(true);
    card.left_at.filter(|_| !is_told).map(|at| (at, Was::In(true)))
}

/// How it stood at a moment; before it was made, it was nowhere.
fn at(states: &[State], moment: DateTime<Utc>) -> Standing {
    let then = states.iter().rev().find(|state| state.from <= moment);
    then.map_or_else(Standing::default, |state| state.standing)
}

/// How much of it is left to do.
fn left(standing: Standing, unit: Unit) -> f64 {
    match unit {
        _ if !standing.is_in || standing.is_done() => 0.0,
        Unit::Points => standing.estimate(),
        Unit::Cards => 1.0,
    }
}

/// Without what adding and taking away tenths leaves behind, and never -0.
fn rounded(left: f64) -> f64 {
    (left * 1e6).round() / 1e6 + 0.0
}

fn steps_of(
    card: usize,
    states: &[State],
    unit: Unit,
    (start, end): (DateTime<Utc>, DateTime<Utc>),
) -> Vec<Step> {
    let mut before = at(states, start);
    let mut steps = Vec::new();
    for State { from, standing } in states.iter().filter(|state| start < state.from && state.from <= end) {
        let delta = left(*standing, unit) - left(before, unit);
        if delta != 0.0 {
            steps.push(Step { at: *from, card, event: event(before, *standing), delta, remaining: 0.0 });
        }
        before = *standing;
    }
    steps
}

fn event(before: Standing, after: Standing) -> Event {
    match (before.is_in, after.is_in) {
        (false, true) => Event::Added,
        (true, false) => Event::Removed,
        (_, _) => match (before.is_done(), after.is_done()) {
            (false, true) => Event::Done,
            (true, false) => Event::Reopened,
            (_, _) => Event::Estimated,
        },
    }
}

#[cfg(test)]
mod tests;
