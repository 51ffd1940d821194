//! The loops go their course: everything arrives, no two runs of a loop overlap, and the status is true all the time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use pdt_testkit::jira::Edit;
use pdt_testkit::stage::wait_until;
use pdt_testkit::{Fault, Gate, NewCommit};
use serde_json::Value;

use super::{Desk, REPOSITORY};
use crate::support::Pdt;
use crate::support::running::{PATIENCE, RunRow};
use crate::support::truth::{Truth, pairs_of};

/// How long the loops are watched.
const COURSE: Duration = Duration::from_mins(1);

/// The pause between two things that people do, and between two looks at the status.
const STEP: Duration = Duration::from_millis(700);
const LOOK: Duration = Duration::from_millis(60);

/// Times are told to the second.
const SLACK: TimeDelta = TimeDelta::seconds(2);

/// How late a run may begin on a machine that does much else.
const LATE: TimeDelta = TimeDelta::seconds(5);

const LOOPS: [(&str, i64); 2] = [("commits", 2), ("jira", 3)];

/// One look at `pdt status`, and when it was.
struct Look {
    before: DateTime<Utc>,
    after: DateTime<Utc>,
    status: Value,
}

fn watch(pdt: &Pdt, is_over: &AtomicBool) -> Vec<Look> {
    let mut looks = Vec::new();
    while !is_over.load(Ordering::SeqCst) {
        let before = Utc::now();
        let status = pdt.json(&["status"]);
        looks.push(Look { before, after: Utc::now(), status });
        thread::sleep(LOOK);
    }
    looks
}

fn time(value: &Value) -> DateTime<Utc> {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value} is no time"))
}

fn time_of(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn assert_true_all_the_time(looks: &[Look], of: &str, interval: i64, runs: &[RunRow]) {
    let mut last_sync = DateTime::<Utc>::MIN_UTC;
    for look in looks {
        let state = &look.status[of];
        assert!(time(&state["last_sync"]) >= last_sync, "the last sync never goes back: {state:#}");
        last_sync = time(&state["last_sync"]);
        assert_eq!(state["last_error"], Value::Null, "nothing went wrong: {state:#}");
        assert_eq!((&state["outcome"], &state["health"]), (&"ok".into(), &"ok".into()), "{state:#}");
        let next = time(&state["next_sync"]);
        match state["status"].as_str() {
            Some("syncing") => assert!(
                runs.iter().any(|run| is_open_during(run, look)),
                "{of} was syncing at {} without a run: {runs:#?}",
                look.before
            ),
            Some("idle") => assert!(
                is_at_hand(next, look, TimeDelta::seconds(interval), runs),
                "{of} at {}: the next run is at hand: {state:#}",
                look.before
            ),
            _ => panic!("no word for a status: {state:#}"),
        }
    }
    let syncing = looks.iter().filter(|look| look.status[of]["status"] == "syncing").count();
    assert!(0 < syncing && syncing < looks.len(), "{of}: both were seen, {syncing} of {}", looks.len());
}

/// Whether the next run is to come within the interval. On a machine that does much else a run may outlast it, and its
/// successor is planned a moment after its end.
fn is_at_hand(next: DateTime<Utc>, look: &Look, interval: TimeDelta, runs: &[RunRow]) -> bool {
    let outlasted = |run: &RunRow| {
        let ended = run.finished_at.as_deref().map(time_of).expect("it has ended");
        ended - time_of(&run.started_at) >= interval && (look.before - ended).abs() <= SLACK
    };
    let is_late = next < look.before - LATE;
    next <= look.after + interval + SLACK && (!is_late || runs.iter().any(outlasted))
}

fn is_open_during(run: &RunRow, look: &Look) -> bool {
    let second = TimeDelta::seconds(1);
    let ended = run.finished_at.as_deref().map(time_of);
    time_of(&run.started_at) <= look.after && ended.is_none_or(|ended| look.before <= ended + second)
}

/// One run after the other, as many as the interval says. A run that was due while one was still going is skipped
/// and counted.
fn assert_in_step(pdt: &Pdt, of: &str, interval: i64, runs: &[RunRow], watched: Duration) {
    assert_eq!(runs[0].trigger, "start", "the first one");
    assert!(runs[1..].iter().all(|run| run.trigger == "schedule"), "and the others: {runs:#?}");
    for pair in runs.windows(2) {
        let ended = pair[0].finished_at.as_deref().expect("it has ended");
        assert!(ended <= pair[1].started_at.as_str(), "no two runs of {of} overlap: {pair:#?}");
    }
    let skipped = pdt.state(of)["skipped"].as_u64().unwrap();
    let slots = u64::try_from(runs.len()).unwrap() + skipped;
    let expected = watched.as_secs() / u64::try_from(interval).unwrap() + 1;
    assert!(slots.abs_diff(expected) <= 2, "{of}: {} runs and {skipped} skipped in {watched:?}", runs.len());
    assert!(skipped <= expected / 2, "{of}: most runs took less than the interval, {skipped} did not");
}

/// Two people work on for as long as the loops are watched.
fn work(desk: &Desk, cards: &[String]) {
    let begin = Instant::now();
    for number in 0.. {
        if begin.elapsed() > COURSE {
            return;
        }
        let branch = if number % 3 == 0 { "topic" } else { "main" };
        desk.repo.commit(branch, &NewCommit::new(&format!("PDT-{number} Step\n"))).unwrap();
        let key = &cards[number % cards.len()];
        desk.site.fake.world().edit(key, Edit::Summary(format!("{key}, step {number}"))).unwrap();
        // Not a wait for something to be ready: people do one thing after the other.
        thread::sleep(STEP);
    }
}

#[test]
fn everything_arrives_no_two_runs_overlap_and_the_status_is_always_true() {
    let desk = Desk::new().every("2s", "3s");
    let cards = desk.site.fake.world().active_cards();
    let (pdt, mut truth) = (&desk.pdt, Truth::at_first_run(&desk.repo));
    let begin = Instant::now();
    let running = pdt.start_with(&["--json"]);
    for (of, _) in LOOPS {
        pdt.state_when(of, "a first run", |state| !state["last_sync"].is_null());
    }
    // So that somebody who looks may meet a run.
    desk.far.delays(Duration::from_millis(80));
    desk.site.fake.latency(Duration::from_millis(30));
    let is_over = AtomicBool::new(false);
    let looks = thread::scope(|scope| {
        let looks = scope.spawn(|| watch(pdt, &is_over));
        work(&desk, &cards);
        is_over.store(true, Ordering::SeqCst);
        looks.join().unwrap()
    });

    truth.pushed();
    let all_commits = || pairs_of(pdt, REPOSITORY) == truth.pairs();
    wait_until("the last commit", PATIENCE, all_commits).unwrap();
    wait_until("the last card", PATIENCE, || desk.site.holds(pdt, &cards)).unwrap();
    let watched = begin.elapsed();
    let finished = running.stop("TERM");
    let document = finished.json();
    assert_eq!(document, pdt.json(&["status"]), "the one document is the status in the end");
    for (of, interval) in LOOPS {
        let runs = pdt.runs(of);
        assert_true_all_the_time(&looks, of, interval, &runs);
        assert_in_step(pdt, of, interval, &runs, watched);
        assert_eq!(document[of]["status"], "idle", "nothing runs any more");
        assert_eq!(document[of]["next_sync"], Value::Null, "and nothing will");
    }
}

#[test]
fn a_run_that_outlasts_its_interval_is_never_met_by_another() {
    let desk = Desk::new().every("1s", "1s");

    let gate = Gate::new();
    let (commits, cards) = (Fault::at("/**").always(), Fault::at("/**").always());
    desk.far.order(commits.waits_for(&gate));
    desk.site.fake.order(cards.waits_for(&gate));
    let running = desk.pdt.start();
    for of in ["commits", "jira"] {
        desk.pdt.state_when(of, "a run", |state| state["status"] == "syncing");
    }
    let asked = || (desk.far.asked(), desk.site.fake.requests().len());
    wait_until("first requests", PATIENCE, || asked().0 > 0 && asked().1 > 0).unwrap();
    let before = asked();
    // Not a wait for something to be ready: four intervals go by in which nothing must begin.
    thread::sleep(Duration::from_secs(4));
    assert_eq!(asked(), before, "nobody else asks while a run is going");
    for of in ["commits", "jira"] {
        assert_eq!(desk.pdt.runs(of).len(), 1, "one run of {of}");
        assert_eq!(desk.pdt.state(of)["status"], "syncing", "which is going all the time");
    }
    gate.release();
    for of in ["commits", "jira"] {
        let runs = desk.pdt.await_runs(of, 2);
        assert_eq!(runs[0].outcome.as_deref(), Some("ok"), "{of}: it ends well: {runs:#?}");
        let state = desk.pdt.state(of);
        assert!(state["skipped"].as_u64() >= Some(3), "{of}: those due meanwhile are counted: {state:#}");
    }
    assert_eq!(running.stop("TERM").stdout, "", "who asked for no document gets none");
}
