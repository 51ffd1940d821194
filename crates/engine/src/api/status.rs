//! The status of both loops.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{Name, ProfileId};
use pdt_domain::provider::Provider;
use pdt_domain::run::{Loop, Outcome};
use pdt_store::{ReadTx, Run};
use serde::{Serialize, Serializer};
use ts_rs::TS;

use super::{ApiError, Engine};
use crate::guard;

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
        let (last, last_success, is_open) = match profile {
            Some(profile) => {
                let read = move |tx: &ReadTx<'_>| {
                    // What was said of accounts that are gone says nothing of what is there.
                    let accounts = tx.accounts(profile)?;
                    if of == Loop::Jira && accounts.iter().all(|account| account.provider != Provider::Jira) {
                        return Ok((None, None, false));
                    }
                    let last = (tx.last_run(profile, of)?, tx.last_success(profile, of)?);
                    Ok((last.0, last.1, tx.has_open_run(profile, of)?))
                };
                self.core.db.read(read).await?
            }
            None => (None, None, false),
        };
        // An open run without the guard has died; a guard without an open run is another profile's.
        let is_syncing = is_open && guard::is_held(self.core.folder.path(), of)?;
        let status = if is_syncing { "syncing" } else { "idle" };
        Ok(LoopStatusDto {
            last_sync: last.as_ref().and_then(|run| run.finished_at),
            next_sync: None,
            status,
            last_error: last.as_ref().and_then(|run| run.error.clone()),
            last_success,
            outcome: last.as_ref().and_then(|run: &Run| run.outcome),
            reason: last.and_then(|run| run.reason),
        })
    }
}

/// Writes an instant as `2026-02-18T23:15:00Z`.
pub(super) fn zulu<S: Serializer>(instant: &Option<DateTime<Utc>>, serializer: S) -> Result<S::Ok, S::Error> {
    match instant {
        Some(instant) => serializer.collect_str(&instant.format("%Y-%m-%dT%H:%M:%SZ")),
        None => serializer.serialize_none(),
    }
}
