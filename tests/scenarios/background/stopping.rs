//! A signal at any moment ends `pdt run` in time, and nothing is missing after the next sync.

use std::thread;
use std::time::{Duration, Instant};

use pdt_testkit::{GitRepo, Plan};

use super::REPOSITORY;
use crate::interrupted::{Dice, copy_of};
use crate::support::far::Far;
use crate::support::running::PATIENCE;
use crate::support::truth::Truth;
use crate::support::{CANARY, Pdt, lately};

/// How many moments are tried at each service.
const MOMENTS: usize = 25;

/// How long each answer takes, so that a run lasts as long beside other tests as alone.
const LATENCY: Duration = Duration::from_millis(30);

/// A folder as it is before the first run.
fn copy(connected: &Pdt) -> Pdt {
    copy_of(connected, "PDT_TOKEN_WORK", CANARY).every("1h", "1h")
}

/// A service with a history that takes several requests, and a person who has read nothing of it yet.
fn connected(far: &Far) -> (GitRepo, Pdt) {
    let repo = GitRepo::create().unwrap();
    repo.generate(&Plan::sized(lately(), 220, 10).over_days(40)).unwrap();
    far.add(REPOSITORY, &repo);
    let pdt = far.person(&[REPOSITORY]);
    far.delays(LATENCY);
    (repo, pdt)
}

/// How many requests a first run takes that nobody disturbs.
fn requests_of_a_first_run(far: &Far, connected: &Pdt, truth: &Truth<'_>) -> usize {
    let pdt = copy(connected);
    let running = pdt.start();
    pdt.await_runs("commits", 1);
    assert_eq!(running.stop("TERM").stdout, "", "standard output belongs to answers");
    truth.assert_held_by(&pdt, REPOSITORY, "an undisturbed run");
    far.take_requests().len()
}

/// Waits for a request of this number, and then some.
fn await_moment(far: &Far, requests: usize, more: Duration) {
    let deadline = Instant::now() + PATIENCE;
    while far.asked() < requests {
        assert!(Instant::now() < deadline, "a first run asks {requests} times");
        thread::sleep(Duration::from_millis(1));
    }
    // Not a wait for something to be ready: the moment itself is what is tested.
    thread::sleep(more);
}

fn stops_at_any_moment(far: &Far) {
    let (repo, connected) = connected(far);
    let truth = Truth::at_first_run(&repo);
    let requests = requests_of_a_first_run(far, &connected, &truth);
    let mut dice = Dice::new(44);
    let mut stopped = 0;
    for (number, signal) in ["INT", "TERM"].into_iter().cycle().take(MOMENTS).enumerate() {
        let pdt = copy(&connected);
        far.take_requests();
        let running = pdt.start();
        let moment = (number % (requests + 1), dice.below(LATENCY));
        await_moment(far, moment.0, moment.1);
        assert_eq!(running.stop(signal).stdout, "", "{signal} at {moment:?}: nothing is answered");
        let runs = pdt.runs("commits");
        assert!(runs.iter().all(|run| run.outcome.is_some()), "{signal} at {moment:?}: {runs:#?}");
        stopped += usize::from(runs.iter().any(|run| run.outcome.as_deref() == Some("partial")));
        pdt.sync_ok();
        truth.assert_held_by(&pdt, REPOSITORY, &format!("{signal} at {moment:?}"));
    }
    assert!(stopped > MOMENTS / 3, "many runs were really cut short: {stopped} of {MOMENTS}");
}

#[test]
fn github_survives_signals_at_any_moment() {
    stops_at_any_moment(&Far::github());
}

#[test]
fn gitlab_survives_signals_at_any_moment() {
    stops_at_any_moment(&Far::gitlab());
}

#[test]
fn the_end_of_the_terminal_ends_it_as_well() {
    let pdt = Pdt::new().with("SYNC_INTERVAL_COMMITS", "1h");
    pdt.start().stop("HUP");
}

#[test]
fn whoever_asks_twice_is_not_cut_off() {
    let far = Far::github();
    let repo = GitRepo::create().unwrap();
    repo.generate(&Plan::sized(lately(), 300, 5)).unwrap();
    far.add(REPOSITORY, &repo);
    far.delays(Duration::from_millis(300));
    let pdt = far.person(&[REPOSITORY]);
    let running = pdt.start();
    pdt.state_when("commits", "a run", |state| state["status"] == "syncing");
    running.signal("INT");
    running.stop("INT");
    let runs = pdt.runs("commits");
    assert!(runs.iter().all(|run| run.outcome.is_some()), "the run was closed: {runs:#?}");
}
