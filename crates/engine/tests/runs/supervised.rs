//! Runs that a supervisor owns: who asked for one may go away.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Utc};
use pdt_domain::run::{Outcome, Trigger};
use pdt_engine::api::{LiveDto, SyncDto, SyncWhat};
use pdt_engine::clock::{Clock, TestClock};
use pdt_engine::supervisor::Supervisor;
use pdt_testkit::{Fault, Gate};

use crate::stage::{Stage, noon, profile};

/// A stage whose service holds back the list of commits until the gate is opened.
async fn held() -> (Stage, Supervisor, Gate) {
    let stage = Stage::set(&[]).await;
    let gate = Gate::new();
    stage.github.order(Fault::at("/repos/*/*/commits").waits_for(&gate));
    let supervisor = Supervisor::new(stage.engine.clone());
    (stage, supervisor, gate)
}

/// Somebody who asks for a sync and waits for it.
fn ask(supervisor: &Supervisor) -> tokio::task::JoinHandle<SyncDto> {
    let supervisor = supervisor.clone();
    tokio::spawn(async move { sync(&supervisor).await })
}

async fn sync(supervisor: &Supervisor) -> SyncDto {
    supervisor.sync(&profile(), SyncWhat::Commits, Trigger::Manual).await.unwrap()
}

fn outcome(document: SyncDto) -> Outcome {
    document.commits.unwrap().outcome
}

#[tokio::test]
async fn a_run_goes_on_when_who_asked_for_it_is_gone() {
    let (stage, supervisor, gate) = held().await;
    let asking = ask(&supervisor);
    gate.reached(1).await;
    asking.abort();
    asking.await.expect_err("nobody waits any more");
    let run = supervisor.live_now().commits.expect("it goes on all the same");
    assert_eq!((&run.profile, run.started_at), (&profile(), noon()), "and says whose it is, and since when");
    assert_eq!((run.done, run.of), (0, 1), "and how far it is");
    assert_eq!(run.reading[0].name, "acme/widgets", "and what it reads");
    let mut live = supervisor.live();
    gate.release();
    live.wait_for(|live| *live == LiveDto::default()).await.unwrap();
    assert_eq!(stage.messages().await, ["Begin"], "it has brought what it was sent for");
}

#[tokio::test]
async fn a_second_sync_is_skipped_and_leaves_the_first_ones_state_alone() {
    let (_stage, supervisor, gate) = held().await;
    let first = ask(&supervisor);
    gate.reached(1).await;
    let before = supervisor.live_now();
    let second = sync(&supervisor).await.commits.unwrap();
    assert_eq!((second.outcome, second.already_running), (Outcome::Skipped, true));
    assert_eq!(second.reason.as_deref(), Some("a run of this loop is already going"));
    assert_eq!(supervisor.live_now(), before, "the first run is still shown");
    gate.release();
    assert_eq!(outcome(first.await.unwrap()), Outcome::Ok, "the first run was not disturbed");
    assert_eq!(outcome(sync(&supervisor).await), Outcome::Ok, "the next one may begin");
}

#[tokio::test]
async fn stopping_ends_the_run_with_what_it_has_and_the_next_one_begins_as_ever() {
    let (stage, supervisor, gate) = held().await;
    let asking = ask(&supervisor);
    gate.reached(1).await;
    supervisor.stop_sync();
    let stopped = asking.await.unwrap().commits.unwrap();
    assert_eq!(stopped.outcome, Outcome::Partial, "being stopped is no failure");
    assert_eq!(stopped.reason.as_deref(), Some("stopped before it was done"));
    assert_eq!(supervisor.live_now(), LiveDto::default(), "nothing is going on");
    assert_eq!(stage.messages().await, [""; 0], "it was stopped before anything came");
    gate.release();
    assert_eq!(outcome(sync(&supervisor).await), Outcome::Ok, "the stop was for the run that was going");
    assert_eq!(stage.messages().await, ["Begin"]);
}

#[tokio::test]
async fn a_shutdown_ends_the_runs_and_begins_no_other() {
    let (stage, supervisor, gate) = held().await;
    let asking = ask(&supervisor);
    gate.reached(1).await;
    supervisor.shutdown().await;
    assert_eq!(outcome(asking.await.unwrap()), Outcome::Partial, "it was told to stop");
    let late = sync(&supervisor).await.commits.unwrap();
    assert_eq!((late.outcome, late.reason.as_deref()), (Outcome::Skipped, Some("PDT is ending")));
    supervisor.shutdown().await;
    stage.engine.close().await.expect("nothing holds the database");
}

/// A clock that is a mistake in PDT: it panics once, when it has been asked so many times after it was set.
#[derive(Debug)]
struct Mine(AtomicUsize);

impl Clock for Mine {
    fn now(&self) -> DateTime<Utc> {
        let left = self.0.load(Ordering::SeqCst);
        self.0.store(left.saturating_sub(1), Ordering::SeqCst);
        assert!(left != 1, "a test wants it");
        noon()
    }
}

#[tokio::test]
async fn a_run_that_panics_has_failed_and_is_over() {
    let mine = Arc::new(Mine(AtomicUsize::new(0)));
    let stage = Stage::set_with_clock(&[], TestClock::at(noon()), mine.clone()).await;
    let supervisor = Supervisor::new(stage.engine.clone());
    // The supervisor asks first; then the run, before it is written down; then the reading of a repository.
    for (step, recorded) in [(2, None), (3, Some(Outcome::Failed))] {
        mine.0.store(step, Ordering::SeqCst);
        let broken = sync(&supervisor).await.commits.unwrap();
        assert_eq!(broken.outcome, Outcome::Failed, "at step {step}");
        assert!(broken.reason.unwrap().contains("mistake in PDT"), "it says whose fault it was");
        assert_eq!(supervisor.live_now(), LiveDto::default(), "nothing is going on");
        let status = stage.engine.status(&profile()).await.unwrap().commits;
        assert_eq!((status.status, status.outcome), ("idle", recorded), "at step {step}");
        assert_eq!(status.last_error.is_some(), recorded.is_some(), "at step {step}");
    }
    assert_eq!(outcome(sync(&supervisor).await), Outcome::Ok, "it let go of the guard");
}
