//! Owns the runs of a program that stays: whoever asked for one may go away, and the run goes on.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::FutureExt;
use pdt_domain::ids::Name;
use pdt_domain::run::{Loop, Trigger};
use tokio::sync::{broadcast, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::api::{ApiError, Engine, LiveDto, SyncDto, SyncWhat};
use crate::live::{Board, Runner};
use crate::progress::ProgressSink;

/// How long a run that is told to stop may take for it. What then follows must fit into the five seconds in which
/// PDT ends.
const PATIENCE: Duration = Duration::from_secs(4);

/// How many ended runs are told to somebody who is late. Who misses one learns the same from the next.
const MOST_UNHEARD: usize = 16;

/// Starts runs, shows how far they are, and ends them. Cheap to clone; clones share everything. When the last
/// one is dropped without [`Supervisor::shutdown`], its runs end at once.
#[derive(Clone)]
pub struct Supervisor(Arc<Shared>);

/// A run has ended, however it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunEnded {
    /// Whose.
    pub profile: Name,
    /// Of which loop.
    pub sync_loop: Loop,
}

struct Shared {
    engine: Engine,
    board: Arc<Board>,
    ended: broadcast::Sender<RunEnded>,
    serial: AtomicU64,
    /// Cancelled once, when no run may begin any more.
    closing: CancellationToken,
    tasks: Mutex<Tasks>,
}

struct Tasks {
    runs: JoinSet<()>,
    /// Stops the runs that are going on; the next ones get a new one.
    stop: CancellationToken,
}

impl Supervisor {
    /// A supervisor of runs of this engine.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        let closing = CancellationToken::new();
        let tasks = Tasks { runs: JoinSet::new(), stop: closing.child_token() };
        Self(Arc::new(Shared {
            engine,
            board: Arc::new(Board::new()),
            ended: broadcast::Sender::new(MOST_UNHEARD),
            serial: AtomicU64::new(0),
            closing,
            tasks: Mutex::new(tasks),
        }))
    }

    /// Runs the loops that are asked for and waits for their end. The run goes on if nobody waits any more. A
    /// loop that is running already, here or in another program, is skipped and says so.
    ///
    /// # Errors
    /// Those of [`Engine::sync`].
    pub async fn sync(&self, profile: &Name, what: SyncWhat, trigger: Trigger) -> Result<SyncDto, ApiError> {
        let (answer, answered) = oneshot::channel();
        if !self.start(profile, what, trigger, answer) {
            return Ok(SyncDto::skipped(what, "PDT is ending"));
        }
        // A run that was ended by force has no answer to give.
        answered.await.unwrap_or_else(|_| Ok(SyncDto::skipped(what, "PDT is ending")))
    }

    /// Tells the runs that are going on to stop. What they have fetched is kept, and who waits for them gets
    /// what they brought.
    pub fn stop_sync(&self) {
        let mut tasks = self.tasks();
        tasks.stop.cancel();
        tasks.stop = self.0.closing.child_token();
    }

    /// Stops every run and waits until all have ended, so that the database can be closed. One that does not
    /// stop by itself within some seconds is cut off; what it has fetched is kept. No run begins after that.
    pub async fn shutdown(&self) {
        self.0.closing.cancel();
        let runs = std::mem::take(&mut self.tasks().runs);
        end(runs, PATIENCE).await;
    }

    /// The live state, and each one that follows; the latest wins.
    #[must_use]
    pub fn live(&self) -> watch::Receiver<LiveDto> {
        self.0.board.watch()
    }

    /// The live state as it is now.
    #[must_use]
    pub fn live_now(&self) -> LiveDto {
        self.0.board.watch().borrow().clone()
    }

    /// Tells of each run that has ended from now on.
    #[must_use]
    pub fn ended(&self) -> broadcast::Receiver<RunEnded> {
        self.0.ended.subscribe()
    }

    /// The engine whose runs these are.
    pub(crate) fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// Whether the run has begun: not while PDT is ending.
    fn start(
        &self,
        profile: &Name,
        what: SyncWhat,
        trigger: Trigger,
        answer: oneshot::Sender<Result<SyncDto, ApiError>>,
    ) -> bool {
        let mut tasks = self.tasks();
        if self.0.closing.is_cancelled() {
            return false;
        }
        while tasks.runs.try_join_next().is_some() {}
        let runner = Runner {
            serial: self.0.serial.fetch_add(1, Ordering::Relaxed),
            profile: profile.clone(),
            started_at: self.0.engine.now(),
        };
        let shown = Shown { board: Arc::clone(&self.0.board), runner: Arc::new(runner) };
        let run = run(self.0.engine.clone(), shown, what, trigger, tasks.stop.clone());
        let (profile, told) = (profile.clone(), self.0.ended.clone());
        tasks.runs.spawn(async move {
            let ended = run.await;
            for sync_loop in ended.iter().flat_map(SyncDto::ran) {
                // There may be nobody who listens.
                let _ = told.send(RunEnded { profile: profile.clone(), sync_loop });
            }
            // Who asked may be gone.
            let _ = answer.send(ended);
        });
        true
    }

    fn tasks(&self) -> MutexGuard<'_, Tasks> {
        self.0.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A run's place on the board: it is taken off when this is dropped, however the run ended.
struct Shown {
    board: Arc<Board>,
    runner: Arc<Runner>,
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.board.clear(&self.runner);
    }
}

async fn run(
    engine: Engine,
    shown: Shown,
    what: SyncWhat,
    trigger: Trigger,
    stop: CancellationToken,
) -> Result<SyncDto, ApiError> {
    let profile = shown.runner.profile.clone();
    let sync = engine.sync(&profile, what, trigger, sink(&shown, &stop), stop.clone());
    // Nothing that the run worked on is looked at again.
    let ended = std::panic::AssertUnwindSafe(sync).catch_unwind().await;
    drop(shown);
    ended.unwrap_or_else(|_| {
        tracing::error!("a run broke off because of a mistake in PDT");
        Ok(SyncDto::broken(what))
    })
}

async fn end(mut runs: JoinSet<()>, patience: Duration) {
    let ended = async { while runs.join_next().await.is_some() {} };
    if timeout(patience, ended).await.is_err() {
        tracing::warn!(runs = runs.len(), "runs did not stop in time and are cut off");
        runs.shutdown().await;
    }
}

/// Puts the run's steps onto the board. What is cut short by stopping is no fault, and not shown as one.
fn sink(shown: &Shown, stop: &CancellationToken) -> ProgressSink {
    let (board, runner, stop) = (Arc::clone(&shown.board), Arc::clone(&shown.runner), stop.clone());
    Arc::new(move |step| {
        if !stop.is_cancelled() {
            board.take(&runner, &step);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_run_that_does_not_stop_is_cut_off() {
        let (held, is_dropped) = oneshot::channel::<()>();
        let mut runs = JoinSet::new();
        runs.spawn(async move {
            std::future::pending::<()>().await;
            drop(held);
        });
        runs.spawn(async { panic!("a test wants it") });
        end(runs, Duration::from_millis(10)).await;
        is_dropped.await.expect_err("what it held is let go");
    }
}
