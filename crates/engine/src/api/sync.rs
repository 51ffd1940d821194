//! A sync asked for by hand. It takes the same way as a scheduled one.

use pdt_domain::ids::{Name, RepositoryId};
use pdt_domain::provider::Provider;
use pdt_domain::run::{Loop, Outcome, Trigger};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::{ApiError, Engine};
use crate::jobs::commits::{self, RepositoryReceipt};
use crate::jobs::jira::{self, AccountReceipt};
use crate::jobs::receipt::{Entry, Receipt};
use crate::jobs::run::{BROKEN, Ended, Order};
use crate::progress::ProgressSink;
use crate::schedule::Outlook;

/// Which loops are to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum SyncWhat {
    /// Both.
    Both,
    /// Commits only.
    Commits,
    /// Jira only.
    Jira,
}

/// The loops that ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SyncDto {
    /// The commits loop, if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub commits: Option<LoopDto<CommitResultDto>>,
    /// The Jira loop, if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub jira: Option<LoopDto<JiraResultDto>>,
}

/// One loop's run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LoopDto<R> {
    /// How it ended.
    #[ts(type = "\"ok\" | \"partial\" | \"failed\" | \"skipped\"")]
    pub outcome: Outcome,
    /// Why it was skipped, cut short or must wait.
    pub reason: Option<String>,
    /// Every HTTP request, tries and unchanged answers included.
    #[ts(type = "number")]
    pub requests: u64,
    /// What came, one entry a repository or account.
    pub results: Vec<R>,
    /// Whether it was skipped because a run was already going.
    #[serde(skip)]
    #[ts(skip)]
    pub already_running: bool,
    /// What it means for the next run in the background; `None` where none was made.
    #[serde(skip)]
    #[ts(skip)]
    pub outlook: Option<Outlook>,
}

/// What came of one repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CommitResultDto {
    /// Its row.
    #[ts(type = "number")]
    pub repo_id: RepositoryId,
    /// `owner/name`.
    pub repo_name: String,
    /// Its service.
    #[ts(type = "\"github\" | \"gitlab\" | \"jira\"")]
    pub provider: Provider,
    /// Commits that were not there before.
    pub new_commits: usize,
    /// Commits received.
    pub total_fetched: usize,
    /// What went wrong, in a sentence.
    pub error: Option<String>,
}

/// What came of one Jira account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JiraResultDto {
    /// The account's name.
    #[ts(type = "string")]
    pub account: Name,
    /// Boards that it sees.
    pub boards: u32,
    /// Sprints that these boards show, whatever their state.
    pub sprints: u32,
    /// Cards in active sprints.
    pub cards: u32,
    /// Cards that were not there before.
    pub new_cards: usize,
    /// Known cards that have changed.
    pub changed_cards: usize,
    /// What went wrong, in a sentence.
    pub error: Option<String>,
}

impl Engine {
    /// Runs the loops that are asked for, side by side, for one profile. What was fetched before `cancel` is kept.
    ///
    /// # Errors
    /// An unknown profile; those of the database. A service's faults are part of the document instead.
    pub async fn sync(
        &self,
        profile: &Name,
        what: SyncWhat,
        trigger: Trigger,
        progress: ProgressSink,
        cancel: CancellationToken,
    ) -> Result<SyncDto, ApiError> {
        let profile = self.profile_or_empty(profile).await?.map(|profile| profile.id);
        let order = profile.map(|profile| Order { profile, trigger, progress, cancel });
        let order = order.as_ref();
        let commits = async {
            match what {
                SyncWhat::Both | SyncWhat::Commits => self.sync_commits(order).await.map(Some),
                SyncWhat::Jira => Ok(None),
            }
        };
        let jira = async {
            match what {
                SyncWhat::Both | SyncWhat::Jira => self.sync_jira(order).await.map(Some),
                SyncWhat::Commits => Ok(None),
            }
        };
        // Both to their end, also if one fails: what the other one does is not cut off.
        let (commits, jira) = futures::future::join(commits, jira).await;
        Ok(SyncDto { commits: commits?, jira: jira? })
    }

    async fn sync_commits(&self, order: Option<&Order>) -> Result<LoopDto<CommitResultDto>, ApiError> {
        let Some(order) = order else { return Ok(LoopDto::skipped(NO_REPOSITORY)) };
        Ok(LoopDto::of(commits::run(&self.core, order).await?, NO_REPOSITORY))
    }

    async fn sync_jira(&self, order: Option<&Order>) -> Result<LoopDto<JiraResultDto>, ApiError> {
        let Some(order) = order else { return Ok(LoopDto::skipped(NO_JIRA)) };
        Ok(LoopDto::of(jira::run(&self.core, order).await?, NO_JIRA))
    }
}

impl SyncDto {
    /// The loops of which a run was made.
    pub(crate) fn ran(&self) -> impl Iterator<Item = Loop> {
        let commits = self.commits.as_ref().and_then(|ended| ended.outlook).map(|_| Loop::Commits);
        let jira = self.jira.as_ref().and_then(|ended| ended.outlook).map(|_| Loop::Jira);
        commits.into_iter().chain(jira)
    }

    /// Whether the loop was asked for and a run of it was going already; and what its run means for the next one.
    pub(crate) fn of_loop(&self, of: Loop) -> (bool, Option<Outlook>) {
        let ended = match of {
            Loop::Commits => self.commits.as_ref().map(|ended| (ended.already_running, ended.outlook)),
            Loop::Jira => self.jira.as_ref().map(|ended| (ended.already_running, ended.outlook)),
        };
        ended.unwrap_or_default()
    }

    /// Nothing ran, for a reason that concerns every loop.
    pub(crate) fn skipped(what: SyncWhat, reason: &str) -> Self {
        Self::of(what, || LoopDto::skipped(reason), || LoopDto::skipped(reason))
    }

    /// The run broke off because of a mistake in PDT.
    pub(crate) fn broken(what: SyncWhat) -> Self {
        Self::of(what, LoopDto::broken, LoopDto::broken)
    }

    fn of(
        what: SyncWhat,
        commits: impl FnOnce() -> LoopDto<CommitResultDto>,
        jira: impl FnOnce() -> LoopDto<JiraResultDto>,
    ) -> Self {
        match what {
            SyncWhat::Both => Self { commits: Some(commits()), jira: Some(jira()) },
            SyncWhat::Commits => Self { commits: Some(commits()), jira: None },
            SyncWhat::Jira => Self { commits: None, jira: Some(jira()) },
        }
    }
}

const NO_REPOSITORY: &str = "no repository is tracked";
const NO_JIRA: &str = "no Jira account is connected";

impl<R> LoopDto<R> {
    fn of<E>(ended: Ended<E>, nothing_to_do: &str) -> Self
    where
        E: Entry + Into<R>,
    {
        match ended {
            Ended::AlreadyRunning => {
                Self { already_running: true, ..Self::skipped("a run of this loop is already going") }
            }
            Ended::Broken => Self::broken(),
            Ended::NothingToDo => Self::skipped(nothing_to_do),
            Ended::Ran(receipt) => receipt.into(),
        }
    }

    fn skipped(reason: &str) -> Self {
        let reason = Some(reason.to_owned());
        Self {
            outcome: Outcome::Skipped,
            reason,
            requests: 0,
            results: Vec::new(),
            already_running: false,
            outlook: None,
        }
    }

    fn broken() -> Self {
        let outlook = Some(Outlook::AsUsual);
        Self { outcome: Outcome::Failed, outlook, ..Self::skipped(BROKEN) }
    }
}

impl<E, R> From<Receipt<E>> for LoopDto<R>
where
    E: Entry + Into<R>,
{
    fn from(receipt: Receipt<E>) -> Self {
        Self {
            outcome: receipt.outcome(),
            reason: receipt.reason(),
            requests: receipt.requests,
            outlook: Some(receipt.outlook()),
            results: receipt.entries.into_iter().map(Into::into).collect(),
            already_running: false,
        }
    }
}

impl From<AccountReceipt> for JiraResultDto {
    fn from(receipt: AccountReceipt) -> Self {
        Self {
            error: receipt.error(),
            account: receipt.account,
            boards: receipt.boards,
            sprints: receipt.sprints,
            cards: receipt.cards,
            new_cards: receipt.new_cards,
            changed_cards: receipt.changed_cards,
        }
    }
}

impl From<RepositoryReceipt> for CommitResultDto {
    fn from(receipt: RepositoryReceipt) -> Self {
        Self {
            repo_id: receipt.id,
            error: receipt.error(),
            repo_name: receipt.name,
            provider: receipt.provider,
            new_commits: receipt.new_commits,
            total_fetched: receipt.total_fetched,
        }
    }
}
