//! The status of both loops.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::{Name, ProfileId};
use pdt_domain::provider::Provider;
use pdt_domain::run::{Loop, Outcome};
use pdt_store::{DueRow, ReadTx, Run, StoreError};
use serde::{Serialize, Serializer};
use ts_rs::TS;

use super::{ApiError, Engine};
use crate::controls::Pause;
use crate::guard::{self, Guarded};

/// The status of a profile's loops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StatusDto {
    /// Commits of GitHub and GitLab.
    pub commits: LoopStatusDto,
    /// Boards, sprints and cards of Jira.
    pub jira: LoopStatusDto,
}

/// The status of one loop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LoopStatusDto {
    /// The end of the last run, whatever its outcome.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string | null")]
    pub last_sync: Option<DateTime<Utc>>,
    /// When the background loop runs next; `null` while no background loop is at work.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string | null")]
    pub next_sync: Option<DateTime<Utc>>,
    /// `idle` or `syncing`.
    #[ts(type = "\"idle\" | \"syncing\"")]
    pub status: &'static str,
    /// The last run's error in one sentence; `null` after a clean run.
    pub last_error: Option<String>,
    /// The end of the last run that brought everything.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string | null")]
    pub last_success: Option<DateTime<Utc>>,
    /// How the last run ended.
    #[ts(type = "\"ok\" | \"partial\" | \"failed\" | \"skipped\" | null")]
    pub outcome: Option<Outcome>,
    /// Why it was skipped, cut short or must wait.
    pub reason: Option<String>,
    /// How the loop is, all in all.
    pub health: Health,
    /// When a pause of the background loops ends by itself; `null` also for one without an end.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string | null")]
    pub paused_until: Option<DateTime<Utc>>,
    /// How often it was due while a run was still going, and was skipped.
    pub skipped: u32,
}

/// How a loop is, all in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// The last run brought everything, or there was none yet.
    Ok,
    /// The last run did not bring everything.
    Partial,
    /// The last run brought nothing.
    Failing,
    /// A service wants not to be asked for some time.
    RateLimited,
    /// The last run reached no service.
    Offline,
    /// The background loops pause.
    Paused,
    /// The background loops are switched off.
    Disabled,
}

impl Engine {
    /// The status of a profile.
    ///
    /// # Errors
    /// An unknown profile; those of the database.
    pub async fn status(&self, profile: &Name) -> Result<StatusDto, ApiError> {
        let profile = self.profile_or_empty(profile).await?.map(|profile| profile.id);
        Ok(StatusDto {
            commits: self.loop_status(profile, Loop::Commits).await?,
            jira: self.loop_status(profile, Loop::Jira).await?,
        })
    }

    async fn loop_status(&self, profile: Option<ProfileId>, of: Loop) -> Result<LoopStatusDto, ApiError> {
        let now = self.core.now();
        let known = match profile {
            Some(profile) => self.core.db.read(move |tx| Known::read(tx, profile, of, now)).await?,
            None => Known { due: self.core.db.read(move |tx| tx.due(of)).await?, ..Known::default() },
        };
        // An open run without the guard has died; a guard without an open run is another profile's.
        let is_syncing = known.is_open && guard::is_held(self.core.folder.path(), of)?;
        let controls = self.core.controls();
        let pause = controls.pause(now);
        let is_enabled = controls.settings.sync_enabled.value;
        let plan = self.plan(&known).map(|plan| {
            let is_passing = is_syncing && is_enabled && pause.is_none();
            if is_passing { after_skipping(plan, controls.settings.interval(of), now) } else { plan }
        });
        let waits = plan.filter(|plan| plan.is_metered).map(|_| METERED.to_owned());
        let last = known.last.as_ref();
        Ok(LoopStatusDto {
            last_sync: last.and_then(|run| run.finished_at),
            next_sync: plan.filter(|_| is_enabled).and_then(|plan| next_sync(&plan, pause)),
            status: if is_syncing { "syncing" } else { "idle" },
            last_error: last.and_then(|run| run.error.clone()),
            last_success: known.last_success,
            outcome: last.and_then(|run| run.outcome),
            reason: waits.or_else(|| last.and_then(|run| run.reason.clone())),
            health: match () {
                () if !is_enabled => Health::Disabled,
                () if pause.is_some() => Health::Paused,
                () => known.health(),
            },
            paused_until: pause.and_then(Pause::end),
            skipped: plan.or(known.due).map_or(0, |plan| plan.skipped),
        })
    }

    /// The plan of a loop: one that nobody is there to follow is none.
    fn plan(&self, known: &Known) -> Option<DueRow> {
        known.due.filter(|_| guard::is_held(self.core.folder.path(), Guarded::Worker).unwrap_or(false))
    }
}

/// Why a loop waits although it is due.
const METERED: &str = "waiting for a network that is not metered";

/// When the loop runs next, which a metered network does not tell.
fn next_sync(due: &DueRow, pause: Option<Pause>) -> Option<DateTime<Utc>> {
    match pause {
        Some(Pause::Open) => None,
        Some(Pause::Until(end)) => Some(due.due_at.max(end)),
        None => (!due.is_metered).then_some(due.due_at),
    }
}

/// The plan while a run goes on: what has become due meanwhile is skipped. It is written down when the run ends, so
/// that nobody has to wake up for it.
fn after_skipping(due: DueRow, interval: Duration, now: DateTime<Utc>) -> DueRow {
    let passed = now.signed_duration_since(due.due_at).to_std();
    let (Ok(passed), false) = (passed, due.is_metered) else { return due };
    let missed = passed.as_millis() / interval.as_millis().max(1) + 1;
    let missed = u32::try_from(missed).unwrap_or(u32::MAX);
    let later = TimeDelta::from_std(interval.saturating_mul(missed)).ok();
    let due_at = later.and_then(|later| due.due_at.checked_add_signed(later)).unwrap_or(due.due_at);
    DueRow { due_at, skipped: due.skipped.saturating_add(missed), ..due }
}

/// What the database knows of a loop.
#[derive(Debug, Default)]
struct Known {
    last: Option<Run>,
    last_success: Option<DateTime<Utc>>,
    is_open: bool,
    /// Whether a service of this loop wants not to be asked.
    is_limited: bool,
    due: Option<DueRow>,
}

impl Known {
    fn read(tx: &ReadTx<'_>, profile: ProfileId, of: Loop, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let due = tx.due(of)?;
        let mut accounts = tx.accounts(profile)?;
        accounts.retain(|account| (account.provider == Provider::Jira) == (of == Loop::Jira));
        // What was said of accounts that are gone says nothing of what is there.
        if of == Loop::Jira && accounts.is_empty() {
            return Ok(Self { due, ..Self::default() });
        }
        Ok(Self {
            last: tx.last_run(profile, of)?,
            last_success: tx.last_success(profile, of)?,
            is_open: tx.has_open_run(profile, of)?,
            is_limited: accounts.iter().any(|account| account.limited_until.is_some_and(|until| now < until)),
            due,
        })
    }

    fn health(&self) -> Health {
        match self.last.as_ref().and_then(|run| run.outcome) {
            None | Some(Outcome::Ok) => Health::Ok,
            Some(Outcome::Skipped) => Health::Offline,
            Some(Outcome::Partial | Outcome::Failed) if self.is_limited => Health::RateLimited,
            Some(Outcome::Partial) => Health::Partial,
            Some(Outcome::Failed) => Health::Failing,
        }
    }
}

/// Writes an instant as `2026-02-18T23:15:00Z`.
pub(super) fn zulu<S: Serializer>(instant: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
    match instant {
        Some(instant) => serializer.collect_str(&instant.format("%Y-%m-%dT%H:%M:%SZ")),
        None => serializer.serialize_none(),
    }
}
