//! The history of both loops, run by run, each with its receipt.

mod receipt;
mod redacted;

use chrono::{DateTime, Utc};
use pdt_domain::ids::{Name, RunId};
use pdt_domain::run::{Loop, Outcome};
use pdt_store::{Account, KeptRuns, ListedRun, ReadTx, Repository, RunFilter};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::commits::zulu;
use super::error::Code;
use super::{ApiError, Engine};
use receipt::Receipt;

/// Which runs are wanted, the latest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct RunQuery {
    /// Only those of a loop: `commits` or `jira`.
    #[ts(type = "\"commits\" | \"jira\" | null")]
    pub r#loop: Option<String>,
    /// Only those that brought not everything.
    pub troubled: bool,
    /// Only those that brought something new, or not everything.
    pub eventful: bool,
    /// Only those before a run, by its number.
    #[ts(type = "number | null")]
    pub before: Option<i64>,
    /// At most so many, 200 where nothing is said and 500 at most.
    pub limit: Option<u32>,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RunSummaryDto {
    /// Its number.
    #[ts(type = "number")]
    pub id: i64,
    /// Which loop.
    #[ts(type = "\"commits\" | \"jira\"")]
    pub r#loop: &'static str,
    /// Why it started.
    #[ts(type = "\"start\" | \"schedule\" | \"manual\" | \"wake\"")]
    pub trigger: &'static str,
    /// When it started.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string")]
    pub started_at: DateTime<Utc>,
    /// When it ended; none while it goes on.
    #[serde(serialize_with = "super::status::zulu")]
    #[ts(type = "string | null")]
    pub finished_at: Option<DateTime<Utc>>,
    /// How it ended; none while it goes on.
    #[ts(type = "\"ok\" | \"partial\" | \"failed\" | \"skipped\" | null")]
    pub outcome: Option<&'static str>,
    /// Why it was skipped, cut short or must wait.
    pub reason: Option<String>,
    /// What went wrong, in a sentence.
    pub error: Option<String>,
    /// Every HTTP request.
    #[ts(type = "number")]
    pub requests: u64,
    /// New commits, or new cards.
    pub new: u32,
    /// Changed cards; 0 for commits, which never change.
    pub changed: u32,
}

/// A run with its receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RunShowDto {
    /// The run.
    #[serde(flatten)]
    pub run: RunSummaryDto,
    /// What was read and is to be told of: of a repository, or of a Jira account.
    pub entries: Vec<RunEntryDto>,
    /// The repositories that had not changed, by name; those not tracked any more are left out.
    pub unchanged: Vec<String>,
    /// Each account with its requests and its limit. Runs of an older PDT have none.
    pub accounts: Vec<RunAccountDto>,
    /// All of it as text that can be shown to others: without names of repositories, accounts, hosts and branches.
    pub redacted_text: String,
}

/// What a run did about a repository, or about a Jira account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RunEntryDto {
    /// What it is called.
    pub name: String,
    /// Commits or cards that were received, known ones included.
    pub fetched: u32,
    /// Of these, new ones that were stored.
    pub new: u32,
    /// Of these, known ones that had changed and were stored.
    pub changed: u32,
    /// Branches on the server, or sprints.
    pub places: u32,
    /// Of these, those that were read since they had moved.
    pub read: u32,
    /// What could not be read, and why: a sentence each.
    pub skipped: Vec<String>,
    /// What went wrong, in a sentence.
    pub error: Option<String>,
}

/// An account in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RunAccountDto {
    /// Its name.
    pub name: String,
    /// Its requests in this run.
    #[ts(type = "number")]
    pub requests: u64,
    /// How many requests the service allowed after the run, where it says so.
    #[ts(type = "number | null")]
    pub remaining: Option<u64>,
    /// Of how many.
    #[ts(type = "number | null")]
    pub limit: Option<u64>,
    /// When all of them are allowed again.
    #[serde(serialize_with = "super::status::zulu")]
    #[ts(type = "string | null")]
    pub resets_at: Option<DateTime<Utc>>,
}

/// How many runs are listed where nothing is said, and at most.
const USUAL: u32 = 200;
const MOST: u32 = 500;

impl Engine {
    /// The runs of a profile that a query asks for, the latest first.
    ///
    /// # Errors
    /// An unknown profile; a word that is no loop; those of the database.
    pub async fn runs(&self, profile: &Name, query: RunQuery) -> Result<Vec<RunSummaryDto>, ApiError> {
        let filter = query.filter()?;
        let limit = query.limit.unwrap_or(USUAL).min(MOST);
        let Some(profile) = self.profile_or_empty(profile).await? else { return Ok(Vec::new()) };
        let listed = self.core.db.read(move |tx| tx.run_list(profile.id, &filter, limit)).await?;
        Ok(listed.into_iter().map(RunSummaryDto::from).collect())
    }

    /// One run with its receipt.
    ///
    /// # Errors
    /// An unknown profile or run; those of the database.
    pub async fn run(&self, profile: &Name, id: i64) -> Result<RunShowDto, ApiError> {
        let profile = self.profile(profile).await?;
        let (of, name) = (profile.id, profile.name);
        // Leaving names out takes its time where thousands of branches have failed: it blocks no other task there.
        let read = move |tx: &ReadTx<'_>| {
            let Some((listed, receipt)) = tx.run_by_id(of, RunId(id))? else { return Ok(None) };
            let (repositories, accounts) = (tx.repositories(of)?, tx.accounts(of)?);
            let receipt = Receipt::read(listed.sync_loop, receipt.as_deref());
            let known = Known { profile: &name, repositories: &repositories, accounts: &accounts };
            Ok(Some(RunShowDto::of(listed.into(), receipt, known)))
        };
        let found = self.core.db.read(read).await?;
        let unknown = || {
            let hint = "Runs are remembered for 90 days, and 10,000 of them at most.";
            ApiError::new(Code::Unknown, "This run is not remembered any more.").with_hint(hint)
        };
        found.ok_or_else(unknown)
    }
}

/// What a profile has, to name it and to leave its names out.
#[derive(Clone, Copy)]
struct Known<'a> {
    profile: &'a Name,
    repositories: &'a [Repository],
    accounts: &'a [Account],
}

impl RunShowDto {
    fn of(run: RunSummaryDto, receipt: Receipt, known: Known<'_>) -> Self {
        let unchanged = known.repositories.iter().filter(|row| receipt.unchanged.contains(&row.id.0));
        let unchanged: Vec<String> = unchanged.map(Repository::full_name).collect();
        let redacted_text = redacted::text(&run, &receipt, known);
        Self { run, entries: receipt.entries, unchanged, accounts: receipt.accounts, redacted_text }
    }
}

impl RunQuery {
    fn filter(&self) -> Result<RunFilter, ApiError> {
        let word = |word: &String| {
            let message = format!("There is no loop {:?}.", word.chars().take(40).collect::<String>());
            word.parse::<Loop>()
                .map_err(|_| ApiError::new(Code::Usage, message).with_hint("Write commits or jira."))
        };
        let kept = match (self.troubled, self.eventful) {
            (true, _) => KeptRuns::Troubled,
            (false, true) => KeptRuns::Eventful,
            (false, false) => KeptRuns::All,
        };
        let sync_loop = self.r#loop.as_ref().map(word).transpose()?;
        Ok(RunFilter { sync_loop, kept, before: self.before.map(RunId) })
    }
}

impl From<ListedRun> for RunSummaryDto {
    fn from(run: ListedRun) -> Self {
        Self {
            id: run.id.0,
            r#loop: run.sync_loop.as_str(),
            trigger: run.trigger.as_str(),
            started_at: run.started_at,
            finished_at: run.finished_at,
            outcome: run.outcome.map(Outcome::as_str),
            reason: run.reason,
            error: run.error,
            requests: run.requests,
            new: u32::try_from(run.new_items).unwrap_or(u32::MAX),
            changed: u32::try_from(run.changed_items).unwrap_or(u32::MAX),
        }
    }
}
