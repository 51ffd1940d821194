//! How a run of either loop begins and ends: the guard, its row in the database, and what becomes of a mistake.

use std::panic::AssertUnwindSafe;

use chrono::TimeDelta;
use futures::FutureExt;
use pdt_domain::ids::{ProfileId, RunId};
use pdt_domain::run::{Loop, Outcome, Trigger};
use pdt_store::{FinishedRun, ReadTx, StoreError};
use tokio_util::sync::CancellationToken;

use super::receipt::{Entry, Receipt};
use crate::core::Core;
use crate::guard::{Guard, GuardError};
use crate::progress::{Progress, ProgressSink};

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

/// How long runs are remembered, and how many of them.
const REMEMBERED: TimeDelta = TimeDelta::days(90);
const MOST_REMEMBERED: u32 = 10_000;

/// What is said of a run that met a mistake in PDT.
pub(crate) const BROKEN: &str = "The run broke off because of a mistake in PDT. What was fetched is kept.";

/// How a call of a job ended.
pub(crate) enum Ended<E> {
    /// Another run of this loop is going on.
    AlreadyRunning,
    /// There was nothing to sync.
    NothingToDo,
    /// A run was made and stored.
    Ran(Receipt<E>),
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

impl Order {
    /// Tells who watches how far the run is.
    pub(crate) fn tell(&self, step: impl Into<Progress>) {
        (self.progress)(step.into());
    }
}

/// Makes one run of a loop, unless one is going on: `find` says what there is to do, `work` does it.
///
/// # Errors
/// [`JobError`] where neither work nor its result could be stored.
pub(crate) async fn run<T, E, Working>(
    core: &Core,
    order: &Order,
    sync_loop: Loop,
    find: impl FnOnce(&ReadTx<'_>) -> Result<Vec<T>, StoreError> + Send + 'static,
    work: impl FnOnce(Vec<T>) -> Working,
) -> Result<Ended<E>, JobError>
where
    T: Send + 'static,
    E: Entry,
    Working: Future<Output = Result<Receipt<E>, JobError>>,
{
    let Some(_guard) = Guard::try_take(core.folder.path(), sync_loop)? else {
        return Ok(Ended::AlreadyRunning);
    };
    let (now, profile, trigger) = (core.now(), order.profile, order.trigger);
    let tasks = core.db.read(find).await?;
    // The guard is ours: a run that is still open in the database has died.
    core.db.write(move |tx| tx.close_abandoned_runs(sync_loop, now)).await?;
    if tasks.is_empty() {
        return Ok(Ended::NothingToDo);
    }
    let begun = core.db.write(move |tx| {
        let before = tx.last_run(profile, sync_loop)?.and_then(|run| run.error);
        Ok((tx.start_run(profile, sync_loop, trigger, now)?, before))
    });
    let (run, before) = begun.await?;
    tracing::info!(%sync_loop, run = run.0, %trigger, "run begins");
    // What it worked on lies in the database, where a transaction is whole or undone.
    let worked = AssertUnwindSafe(work(tasks)).catch_unwind().await;
    let ended = match worked {
        Ok(receipt) => {
            let receipt = receipt?;
            finish(core, sync_loop, run, &receipt, before).await?;
            Ended::Ran(receipt)
        }
        Err(_) => {
            finish_broken(core, sync_loop, run).await?;
            Ended::Broken
        }
    };
    core.db.release_memory().await?;
    Ok(ended)
}

async fn finish<E: Entry>(
    core: &Core,
    sync_loop: Loop,
    run: RunId,
    receipt: &Receipt<E>,
    before: Option<String>,
) -> Result<(), JobError> {
    let finished = FinishedRun {
        finished_at: core.now(),
        outcome: receipt.outcome(),
        reason: receipt.reason(),
        error: receipt.error(),
        requests: receipt.requests,
        receipt_json: Some(receipt.to_json()),
    };
    let (outcome, requests) = (finished.outcome, finished.requests);
    tracing::info!(%sync_loop, run = run.0, %outcome, requests, "run finished");
    match finished.error.as_deref() {
        Some(error) if before.as_deref() == Some(error) => {
            tracing::debug!(%sync_loop, run = run.0, %outcome, error, "the run fell short as the last one did");
        }
        Some(error) => tracing::warn!(%sync_loop, run = run.0, %outcome, error, "the run fell short"),
        None => {}
    }
    store(core, run, finished).await
}

/// Records the end of a run, and forgets those that are too old to be of use.
async fn store(core: &Core, run: RunId, finished: FinishedRun) -> Result<(), JobError> {
    let oldest = finished.finished_at.checked_sub_signed(REMEMBERED).unwrap_or_default();
    let stored = core.db.write(move |tx| {
        tx.finish_run(run, &finished)?;
        tx.prune_runs(oldest, MOST_REMEMBERED)
    });
    stored.await?;
    Ok(())
}

async fn finish_broken(core: &Core, sync_loop: Loop, run: RunId) -> Result<(), JobError> {
    tracing::error!(%sync_loop, run = run.0, "run broke off because of a mistake in PDT");
    let finished = FinishedRun {
        finished_at: core.now(),
        outcome: Outcome::Failed,
        reason: None,
        error: Some(BROKEN.to_owned()),
        requests: 0,
        receipt_json: None,
    };
    store(core, run, finished).await
}
