//! The commits loop: one run for one profile.

mod account;
mod branch;
mod keys;
mod receipt;
mod repository;
mod visit;

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::{FutureExt, StreamExt, stream};
use pdt_domain::ids::{AccountId, ProfileId, RunId};
use pdt_domain::run::{Loop, Outcome, Trigger};
use pdt_store::{FinishedRun, Repository, StoreError};
use tokio_util::sync::CancellationToken;

use crate::core::Core;
use crate::guard::{Guard, GuardError};
use crate::progress::{Progress, ProgressSink};
use account::AccountAccess;
pub(crate) use receipt::{Fault, Receipt, RepositoryReceipt};

/// How many repositories are read at once. Each account's client has its own, smaller limit of requests.
const AT_ONCE: usize = 8;

/// What a run could not do at all.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JobError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The guard's file.
    #[error(transparent)]
    Guard(#[from] GuardError),
}

/// What is said of a run that met a mistake in PDT.
pub(crate) const BROKEN: &str = "The run broke off because of a mistake in PDT. What was fetched is kept.";

/// How a call of the job ended.
pub(crate) enum Ended {
    /// Another run of this loop is going on.
    AlreadyRunning,
    /// There was nothing to sync.
    NothingToDo,
    /// A run was made and stored.
    Ran(Receipt),
    /// A run was begun and met a mistake in PDT. It is stored as failed.
    Broken,
}

/// What a run needs to know beside the engine's parts.
#[derive(Clone)]
pub(crate) struct Order {
    pub(crate) profile: ProfileId,
    pub(crate) trigger: Trigger,
    pub(crate) progress: ProgressSink,
    pub(crate) cancel: CancellationToken,
}

/// Makes one run, unless one is going on.
///
/// # Errors
/// [`JobError`] where neither work nor its result could be stored.
pub(crate) async fn run(core: &Core, order: &Order) -> Result<Ended, JobError> {
    let Some(_guard) = Guard::try_take(core.folder.path(), Loop::Commits)? else {
        return Ok(Ended::AlreadyRunning);
    };
    let (now, profile, trigger) = (core.now(), order.profile, order.trigger);
    let repositories = core.db.read(move |tx| tx.repositories(profile)).await?;
    // The guard is ours: a run that is still open in the database has died.
    core.db.write(move |tx| tx.close_abandoned_runs(Loop::Commits, now)).await?;
    if repositories.is_empty() {
        return Ok(Ended::NothingToDo);
    }
    let run = core.db.write(move |tx| tx.start_run(profile, Loop::Commits, trigger, now)).await?;
    // What it worked on lies in the database, where a transaction is whole or undone.
    let worked = AssertUnwindSafe(work(core, order, repositories)).catch_unwind().await;
    let ended = match worked {
        Ok(receipt) => {
            let receipt = receipt?;
            finish(core, run, &receipt).await?;
            Ended::Ran(receipt)
        }
        Err(_) => {
            finish_broken(core, run).await?;
            Ended::Broken
        }
    };
    core.db.release_memory().await?;
    Ok(ended)
}

async fn work(core: &Core, order: &Order, repositories: Vec<Repository>) -> Result<Receipt, JobError> {
    (order.progress)(Progress::Begun { repositories: repositories.len() });
    let accesses = open_accounts(core, order, &repositories).await?;
    let work = repositories.into_iter().enumerate().map(|(position, repository)| {
        let access = accesses.get(&repository.account_id).cloned();
        async move { (position, repository::sync(core, order, access, repository).await) }
    });
    let mut receipts: Vec<(usize, RepositoryReceipt)> =
        stream::iter(work).buffer_unordered(AT_ONCE).collect().await;
    receipts.sort_by_key(|(position, _)| *position);
    for access in accesses.values() {
        access.note_standing(core).await?;
    }
    let requests = accesses.values().map(|access| access.requests()).sum();
    let repositories = receipts.into_iter().map(|(_, receipt)| receipt).collect();
    Ok(Receipt::new(repositories, requests, order.cancel.is_cancelled()))
}

async fn open_accounts(
    core: &Core,
    order: &Order,
    repositories: &[Repository],
) -> Result<BTreeMap<AccountId, Arc<AccountAccess>>, JobError> {
    let profile = order.profile;
    let accounts = core.db.read(move |tx| tx.accounts(profile)).await?;
    let used = accounts
        .into_iter()
        .filter(|account| repositories.iter().any(|repository| repository.account_id == account.id));
    let opened = used.map(|account| async move {
        let access = AccountAccess::open(core, order, account).await;
        (access.id(), Arc::new(access))
    });
    Ok(futures::future::join_all(opened).await.into_iter().collect())
}

async fn finish(core: &Core, run: RunId, receipt: &Receipt) -> Result<(), JobError> {
    let finished = FinishedRun {
        finished_at: core.now(),
        outcome: receipt.outcome(),
        reason: receipt.reason(),
        error: receipt.error(),
        requests: receipt.requests,
        receipt_json: Some(receipt.to_json()),
    };
    tracing::info!(
        run = run.0,
        outcome = %finished.outcome,
        requests = finished.requests,
        new_commits = receipt.new_commits(),
        "commits run finished"
    );
    if finished.outcome == Outcome::Failed {
        tracing::warn!(run = run.0, error = finished.error.as_deref().unwrap_or(""), "commits run failed");
    }
    Ok(core.db.write(move |tx| tx.finish_run(run, &finished)).await?)
}

async fn finish_broken(core: &Core, run: RunId) -> Result<(), JobError> {
    tracing::error!(run = run.0, "commits run broke off because of a mistake in PDT");
    let finished = FinishedRun {
        finished_at: core.now(),
        outcome: Outcome::Failed,
        reason: None,
        error: Some(BROKEN.to_owned()),
        requests: 0,
        receipt_json: None,
    };
    Ok(core.db.write(move |tx| tx.finish_run(run, &finished)).await?)
}
