//! A sprint's burndown, made anew from the histories of its cards.

mod history;

use chrono::{DateTime, Utc};
use pdt_domain::burndown::{Burndown, Event, Step, Unit, burndown};
use pdt_domain::ids::Name;
use pdt_domain::jira::SprintState;
use pdt_store::{FoundSprint, ReadTx, SprintCard};
use serde::Serialize;
use ts_rs::TS;

use super::cards::unknown_sprint;
use super::commits::zulu;
use super::error::{Code, listed};
use super::{ApiError, Engine};
use history::Reader;

/// What was left to do in a sprint, over time.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct BurndownDto {
    /// What is counted: story points, or cards where no card has points.
    pub unit: BurndownUnit,
    /// When the sprint began.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string")]
    pub start: DateTime<Utc>,
    /// When it ends or was completed; now, for one that goes on after its end.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string")]
    pub end: DateTime<Utc>,
    /// What was left to do when it began.
    pub committed: f64,
    /// What is left to do now, or was at its end.
    pub remaining: f64,
    /// What was added after it had begun: cards that came, and estimates that grew. What was committed and added, less
    /// what was removed and done, is what remains.
    pub added: f64,
    /// What was taken out after it had begun: cards that left, and estimates that shrank.
    pub removed: f64,
    /// What was done after it had begun, less what was opened again.
    pub done: f64,
    /// What changed, the oldest first, each with what was left after it.
    pub changes: Vec<BurndownChangeDto>,
    /// Whether a history of its cards is not complete yet, so that a change may be missing.
    pub is_partial: bool,
}

/// What a burndown counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BurndownUnit {
    /// Story points.
    Points,
    /// Cards.
    Cards,
}

/// A change of what is left to do.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct BurndownChangeDto {
    /// When.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Which card.
    pub key: String,
    /// What it is about.
    pub summary: String,
    /// What happened to it.
    pub kind: BurndownKind,
    /// By how much what is left became more, or less.
    pub delta: f64,
    /// What was left then.
    pub remaining: f64,
}

/// What happens to a card of a sprint that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BurndownKind {
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

impl Engine {
    /// The burndown of a sprint by Jira's number; none for a sprint that has not begun.
    ///
    /// # Errors
    /// An unknown profile or sprint; a number that several accounts have, without the account; those of the
    /// database.
    pub async fn burndown(
        &self,
        profile: &Name,
        sprint: i64,
        account: Option<&str>,
    ) -> Result<Option<BurndownDto>, ApiError> {
        let profile = self.profile(profile).await?;
        // An unknown account is said before an unknown sprint.
        self.account_named(&profile, account).await?;
        let (id, now) = (profile.id, self.core.now());
        let mut found = self.core.db.read(move |tx| tx.sprints_numbered(id, sprint)).await?;
        found.retain(|found| account.is_none_or(|name| found.account.as_str() == name));
        let found = the_one(sprint, found)?;
        let Some((start, end)) = span(&found, now) else { return Ok(None) };
        let read = move |tx: &ReadTx<'_>| {
            let fields = tx.jira_site(found.account_id)?.and_then(|site| site.story_point_fields);
            let statuses = tx.status_categories(found.account_id)?.into_iter().collect();
            let cards = tx.sprint_cards(found.id)?;
            let histories = Reader::histories(sprint, fields.unwrap_or_default(), statuses, &cards);
            Ok(BurndownDto::of(&cards, &burndown(&histories, start, end.min(now)), (start, end)))
        };
        Ok(Some(self.core.db.read(read).await?))
    }
}

fn the_one(sprint: i64, found: Vec<FoundSprint>) -> Result<FoundSprint, ApiError> {
    let accounts: Vec<String> = found.iter().map(|found| found.account.to_string()).collect();
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(unknown_sprint(sprint)),
        (Some(_), Some(_)) => {
            let accounts = listed(&accounts).unwrap_or_default();
            let message = format!("There is a sprint {sprint} in several accounts: {accounts}.");
            Err(ApiError::new(Code::Usage, message).with_hint("Say which account is meant."))
        }
    }
}

/// From its beginning to its end, or until it was completed. One without an end goes on to this day.
fn span(sprint: &FoundSprint, now: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let start = sprint.start_date.filter(|start| sprint.state != SprintState::Future && *start <= now)?;
    let end = match sprint.state {
        SprintState::Closed => sprint.complete_date.or(sprint.end_date),
        // Nobody completes a sprint in time; until then it goes on.
        SprintState::Active | SprintState::Future => sprint.end_date.map(|end| end.max(now)),
    };
    Some((start, end.unwrap_or(now).max(start)))
}

impl BurndownDto {
    fn of(cards: &[SprintCard], burndown: &Burndown, (start, end): (DateTime<Utc>, DateTime<Utc>)) -> Self {
        Self {
            unit: match burndown.unit {
                Unit::Points => BurndownUnit::Points,
                Unit::Cards => BurndownUnit::Cards,
            },
            start,
            end,
            committed: burndown.committed,
            remaining: burndown.remaining,
            added: burndown.added(),
            removed: burndown.removed(),
            done: burndown.done(),
            changes: burndown.steps.iter().filter_map(|step| BurndownChangeDto::of(cards, step)).collect(),
            is_partial: cards.iter().any(|card| !card.is_complete),
        }
    }
}

impl BurndownChangeDto {
    fn of(cards: &[SprintCard], step: &Step) -> Option<Self> {
        let SprintCard { key, summary, .. } = cards.get(step.card)?;
        let kind = match step.event {
            Event::Added => BurndownKind::Added,
            Event::Removed => BurndownKind::Removed,
            Event::Estimated => BurndownKind::Estimated,
            Event::Done => BurndownKind::Done,
            Event::Reopened => BurndownKind::Reopened,
        };
        let (key, summary) = (key.clone(), summary.clone());
        Some(Self { at: step.at, key, summary, kind, delta: step.delta, remaining: step.remaining })
    }
}
