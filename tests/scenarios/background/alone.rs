//! One worker on the same data, others beside it, and the next one after a pulled plug.

use std::time::Instant;

use pdt_testkit::stage::wait_until;
use pdt_testkit::{Fault, Gate, NewCommit};

use super::{Desk, REPOSITORY};
use crate::support::Pdt;
use crate::support::running::{ENDING, PATIENCE};
use crate::support::truth::Truth;

#[test]
fn a_second_worker_ends_with_a_sentence_and_a_sync_by_hand_works_beside_the_first() {
    let desk = Desk::new().every("10m", "10m");
    let mut truth = Truth::at_first_run(&desk.repo);
    let running = desk.pdt.start();
    for of in ["commits", "jira"] {
        desk.pdt.await_runs(of, 1);
    }
    for more in [&["--json"][..], &[]] {
        let second = desk.pdt.start_in_vain(more);
        assert_eq!(second.status, Some(3), "it is not needed: {second:?}");
        assert!(second.stderr.contains("PDT syncs in the background already"), "and says why: {second:?}");
        assert_eq!(second.stdout, "", "there is no answer");
    }

    desk.repo.commit("main", &NewCommit::new("By hand\n")).unwrap();
    truth.pushed();
    assert_eq!(desk.pdt.run(&["sync"]).status, Some(0), "a person need not wait for the interval");
    truth.assert_held_by(&desk.pdt, REPOSITORY, "by hand, beside the worker");
    running.stop("TERM");
    let next = desk.pdt.start();
    next.stop("TERM");
}

#[test]
fn a_sync_by_hand_does_not_meet_a_run_of_the_worker() {
    let desk = Desk::new().every("10m", "10m");
    let gate = Gate::new();
    desk.far.order(Fault::at("/**").always().waits_for(&gate));
    let running = desk.pdt.start();
    desk.pdt.state_when("commits", "a run", |state| state["status"] == "syncing");
    let by_hand = desk.pdt.run(&["sync", "commits", "--json"]);
    assert_eq!(by_hand.status, Some(3), "a run is going: {by_hand:?}");
    assert_eq!(by_hand.json()["commits"]["outcome"], "skipped", "{by_hand:?}");
    gate.release();
    desk.pdt.await_runs("commits", 1);
    assert_eq!(desk.pdt.run(&["sync", "commits"]).status, Some(0), "afterwards it is free");
    running.stop("TERM");
}

#[test]
fn after_a_pulled_plug_the_next_worker_begins_at_once_and_closes_what_was_left_open() {
    let desk = Desk::new().every("10m", "10m");
    let truth = Truth::at_first_run(&desk.repo);
    let gate = Gate::new();
    desk.far.order(Fault::at("/**").always().waits_for(&gate));
    let first = desk.pdt.start();
    wait_until("a request", PATIENCE, || desk.far.asked() > 0).unwrap();
    first.kill();
    let left = desk.pdt.runs("commits");
    assert_eq!((left.len(), &left[0].outcome), (1, &None), "a run was left open: {left:#?}");
    let state = desk.pdt.state("commits");
    assert_eq!((&state["status"], state["next_sync"].is_null()), (&"idle".into(), true), "{state:#}");

    desk.far.clear_faults();
    let begin = Instant::now();
    let next = desk.pdt.start();
    let runs = desk.pdt.await_runs("commits", 2);
    assert!(begin.elapsed() < ENDING, "it begins at once and not after the interval");
    assert_eq!(runs[0].outcome.as_deref(), Some("failed"), "what was left open is closed: {runs:#?}");
    assert!(runs[0].error.is_some(), "with a sentence: {runs:#?}");
    assert_eq!(runs[1].outcome.as_deref(), Some("ok"), "and the next one is a run like any: {runs:#?}");
    truth.assert_held_by(&desk.pdt, REPOSITORY, "after the pulled plug");
    next.stop("TERM");
}

#[test]
fn a_profile_that_is_not_there_is_refused_at_the_start() {
    let refused = Pdt::new().start_in_vain(&["--profile", "nobody"]);
    assert_eq!(refused.status, Some(1), "{refused:?}");
    assert!(refused.stderr.contains("There is no profile \"nobody\""), "{refused:?}");
}
