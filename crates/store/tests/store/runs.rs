//! The history of runs.

use pdt_domain::ids::{ProfileId, RunId};
use pdt_domain::run::{Loop, Outcome, Trigger};
use pdt_store::{FinishedRun, Run};

use crate::world::{World, at};

fn finished(outcome: Outcome, time: &str) -> FinishedRun {
    FinishedRun {
        finished_at: at(time),
        outcome,
        reason: Some("a reason".into()),
        error: Some("an error".into()),
        requests: 42,
        receipt_json: Some(r#"{"repositories": []}"#.into()),
    }
}

async fn start(world: &World, profile: ProfileId, sync_loop: Loop) -> RunId {
    world.write(move |tx| tx.start_run(profile, sync_loop, Trigger::Manual, at("2026-02-18T23:00:00Z"))).await
}

async fn run(world: &World, sync_loop: Loop, outcome: Outcome, time: &str) -> RunId {
    let id = start(world, world.profile, sync_loop).await;
    let finished = finished(outcome, time);
    world.write(move |tx| tx.finish_run(id, &finished)).await;
    id
}

async fn last_run(world: &World, sync_loop: Loop) -> Option<Run> {
    let profile = world.profile;
    world.read(move |tx| tx.last_run(profile, sync_loop)).await
}

#[tokio::test]
async fn a_run_comes_back_as_it_ended() {
    let world = World::new().await;
    let id = run(&world, Loop::Commits, Outcome::Partial, "2026-02-18T23:15:00Z").await;
    let ended = finished(Outcome::Partial, "2026-02-18T23:15:00Z");
    let expected = Run {
        id,
        profile_id: world.profile,
        sync_loop: Loop::Commits,
        trigger: Trigger::Manual,
        started_at: at("2026-02-18T23:00:00Z"),
        finished_at: Some(ended.finished_at),
        outcome: Some(ended.outcome),
        reason: ended.reason,
        error: ended.error,
        requests: ended.requests,
        receipt_json: ended.receipt_json,
    };
    assert_eq!(last_run(&world, Loop::Commits).await, Some(expected), "with its receipt");
}

#[tokio::test]
async fn a_run_that_goes_on_is_not_the_last_one() {
    let world = World::new().await;
    assert_eq!(last_run(&world, Loop::Commits).await, None, "none has run yet");
    let first = run(&world, Loop::Commits, Outcome::Ok, "2026-02-18T23:15:00Z").await;
    start(&world, world.profile, Loop::Commits).await;
    assert_eq!(last_run(&world, Loop::Commits).await.map(|run| run.id), Some(first), "the last that ended");
}

#[tokio::test]
async fn a_failure_never_erases_the_last_success() {
    let world = World::new().await;
    let profile = world.profile;
    let last_success = || world.read(move |tx| tx.last_success(profile, Loop::Commits));
    assert_eq!(last_success().await, None, "none has succeeded yet");
    run(&world, Loop::Commits, Outcome::Ok, "2026-02-18T23:15:00Z").await;
    for (outcome, time) in [
        (Outcome::Failed, "2026-02-18T23:30:00Z"),
        (Outcome::Partial, "2026-02-18T23:45:00Z"),
        (Outcome::Skipped, "2026-02-19T00:00:00Z"),
    ] {
        run(&world, Loop::Commits, outcome, time).await;
        assert_eq!(last_success().await, Some(at("2026-02-18T23:15:00Z")), "{outcome} leaves it");
        let last = last_run(&world, Loop::Commits).await.unwrap();
        assert_eq!(last.finished_at, Some(at(time)), "but {outcome} is the last run");
    }
    run(&world, Loop::Commits, Outcome::Ok, "2026-02-19T00:15:00Z").await;
    assert_eq!(last_success().await, Some(at("2026-02-19T00:15:00Z")), "the next success takes its place");
}

#[tokio::test]
async fn loops_and_profiles_have_histories_of_their_own() {
    let world = World::new().await;
    let (client, _) = world.another_profile("client").await;
    run(&world, Loop::Commits, Outcome::Ok, "2026-02-18T23:15:00Z").await;
    assert_eq!(last_run(&world, Loop::Jira).await, None, "the other loop has not run");
    let theirs = world.read(move |tx| tx.last_run(client, Loop::Commits)).await;
    assert_eq!(theirs, None, "the other profile has not either");
    let success = world.read(move |tx| tx.last_success(client, Loop::Commits)).await;
    assert_eq!(success, None, "nor succeeded");
}

#[tokio::test]
async fn a_run_ends_once() {
    let world = World::new().await;
    let id = run(&world, Loop::Commits, Outcome::Ok, "2026-02-18T23:15:00Z").await;
    let before = world.everything();
    let late = finished(Outcome::Failed, "2026-02-18T23:59:00Z");
    world.write(move |tx| tx.finish_run(id, &late)).await;
    assert_eq!(world.everything(), before, "what was recorded first stays");
}

#[tokio::test]
async fn a_run_whose_program_died_is_closed_as_failed() {
    let world = World::new().await;
    let (client, _) = world.another_profile("client").await;
    let (mine, theirs) =
        (start(&world, world.profile, Loop::Commits).await, start(&world, client, Loop::Commits).await);
    start(&world, world.profile, Loop::Jira).await;
    let now = at("2026-02-19T08:00:00Z");
    let close = || world.write(move |tx| tx.close_abandoned_runs(Loop::Commits, now));
    assert_eq!(close().await, 2, "one of each profile");
    let closed = last_run(&world, Loop::Commits).await.unwrap();
    assert_eq!((closed.id, closed.outcome), (mine, Some(Outcome::Failed)), "it failed");
    assert_eq!(closed.error.as_deref(), Some("PDT stopped while this run was going."), "and says why");
    assert_eq!(closed.finished_at, Some(now), "when it was found");
    let of_client = world.read(move |tx| tx.last_run(client, Loop::Commits)).await;
    assert_eq!(of_client.map(|run| run.id), Some(theirs), "the other profile's too");
    assert_eq!(last_run(&world, Loop::Jira).await, None, "the other loop's goes on");
    assert_eq!(close().await, 0, "and there is none left");
}

#[tokio::test]
async fn a_value_that_another_program_wrote_is_an_error_that_says_so() {
    let world = World::new().await;
    run(&world, Loop::Commits, Outcome::Ok, "2026-02-18T23:15:00Z").await;
    let conn = rusqlite::Connection::open(world.db.path()).unwrap();
    conn.execute("UPDATE runs SET finished_at = 'yesterday'", []).unwrap();
    let profile = world.profile;
    let error = world.db.read(move |tx| tx.last_run(profile, Loop::Commits)).await.unwrap_err();
    assert_eq!(error.kind(), pdt_store::StoreErrorKind::Unreadable, "{error}");
    assert!(error.to_string().contains("yesterday"), "the value is named: {error}");
}

/// A run that began and ended at this time.
async fn run_at(world: &World, profile: ProfileId, sync_loop: Loop, outcome: Outcome, time: &str) -> RunId {
    let (time, finished) = (at(time), finished(outcome, time));
    let begin = move |tx: &pdt_store::WriteTx<'_>| tx.start_run(profile, sync_loop, Trigger::Schedule, time);
    let id = world.write(begin).await;
    world.write(move |tx| tx.finish_run(id, &finished)).await;
    id
}

/// The runs that are left after forgetting, and how many were forgotten.
async fn prune(world: &World, oldest: &str, most: u32) -> (Vec<i64>, usize) {
    let oldest = at(oldest);
    let forgotten = world.write(move |tx| tx.prune_runs(oldest, most)).await;
    let left = world.ask_by_hand("SELECT id FROM runs ORDER BY id");
    (left.iter().map(|id| id.parse().unwrap()).collect(), forgotten)
}

#[tokio::test]
async fn runs_are_forgotten_by_their_age_and_by_their_number() {
    let world = World::new().await;
    for day in 1..=6 {
        let time = format!("2026-02-0{day}T00:00:00Z");
        run_at(&world, world.profile, Loop::Commits, Outcome::Ok, &time).await;
    }
    assert_eq!(
        prune(&world, "2026-01-01T00:00:00Z", 6).await,
        (vec![1, 2, 3, 4, 5, 6], 0),
        "none is too old"
    );
    assert_eq!(
        prune(&world, "2026-02-03T00:00:00Z", 6).await,
        (vec![3, 4, 5, 6], 2),
        "that day itself stays"
    );
    assert_eq!(prune(&world, "2026-02-03T00:00:00Z", 2).await, (vec![5, 6], 2), "the newest two stay");
    assert_eq!(
        prune(&world, "2026-02-03T00:00:00Z", 2).await,
        (vec![5, 6], 0),
        "a second time changes nothing"
    );
}

#[tokio::test]
async fn what_the_status_tells_is_never_forgotten() {
    let world = World::new().await;
    let (client, _) = world.another_profile("client").await;
    for profile in [world.profile, client] {
        for sync_loop in [Loop::Commits, Loop::Jira] {
            for outcome in [Outcome::Ok, Outcome::Ok, Outcome::Partial, Outcome::Failed] {
                run_at(&world, profile, sync_loop, outcome, "2026-02-01T00:00:00Z").await;
            }
        }
    }
    let before = world.everything().len();
    let (left, forgotten) = prune(&world, "2026-06-01T00:00:00Z", 0).await;
    assert_eq!(
        left,
        [2, 4, 6, 8, 10, 12, 14, 16],
        "the last run and the last good one, of each profile and loop"
    );
    assert_eq!((forgotten, world.everything().len()), (8, before - 8), "and it says how many");
    for profile in [world.profile, client] {
        for sync_loop in [Loop::Commits, Loop::Jira] {
            let last = world.read(move |tx| tx.last_run(profile, sync_loop)).await.unwrap();
            assert_eq!(last.outcome, Some(Outcome::Failed), "{sync_loop}");
            let success = world.read(move |tx| tx.last_success(profile, sync_loop)).await;
            assert_eq!(success, Some(at("2026-02-01T00:00:00Z")), "{sync_loop}");
        }
    }
}

#[tokio::test]
async fn a_run_that_goes_on_is_not_forgotten() {
    let world = World::new().await;
    let open = start(&world, world.profile, Loop::Commits).await;
    let last = run_at(&world, world.profile, Loop::Commits, Outcome::Ok, "2026-02-19T00:00:00Z").await;
    let (left, forgotten) = prune(&world, "2026-06-01T00:00:00Z", 0).await;
    assert_eq!((left, forgotten), (vec![open.0, last.0], 0));
}

#[tokio::test]
async fn a_run_that_goes_on_does_not_push_out_the_last_one_that_ended() {
    let world = World::new().await;
    run_at(&world, world.profile, Loop::Jira, Outcome::Failed, "2026-02-01T00:00:00Z").await;
    start(&world, world.profile, Loop::Jira).await;
    let (left, _) = prune(&world, "2026-06-01T00:00:00Z", 100).await;
    assert_eq!(left, [1, 2], "the status still tells of it");
}

#[tokio::test]
async fn an_odd_receipt_brings_nothing_and_is_kept() {
    let world = World::new().await;
    let id = start(&world, world.profile, Loop::Commits).await;
    let odd = r#"{"repositories": ["odd", 7, null, {"new_commits": 2}]}"#;
    let ended =
        FinishedRun { receipt_json: Some(odd.into()), ..finished(Outcome::Ok, "2026-02-18T23:15:00Z") };
    world.write(move |tx| tx.finish_run(id, &ended)).await;
    let counted = world.ask_by_hand("SELECT new_items, changed_items FROM runs");
    assert_eq!(counted, ["2 | 0"], "only entries count");
    assert_eq!(
        last_run(&world, Loop::Commits).await.unwrap().receipt_json.as_deref(),
        Some(odd),
        "as it was"
    );
}
