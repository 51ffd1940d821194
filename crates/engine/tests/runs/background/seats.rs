//! One worker at a time on the same data, and each moment is one at which it may end.

use std::sync::Arc;

use chrono::TimeDelta;
use pdt_domain::run::{Loop, Trigger};
use pdt_engine::supervisor::Supervisor;
use pdt_engine::worker::{Seat, Worker};
use pdt_testkit::Gate;
use tokio::task::yield_now;

use super::stage::{ALL, BOTH, Background};
use crate::stage::profile;

#[tokio::test]
async fn a_worker_may_stop_at_any_moment_and_its_seat_is_free_at_once() {
    let background = Background::set(&[]).await;
    for moment in 0..60 {
        let worker = background.worker().await;
        for _ in 0..moment * 5 {
            yield_now().await;
        }
        worker.stop().await;
        drop(background.seat().await);
    }
    background.supervisor.shutdown().await;
    background.stage.engine.clone().close().await.unwrap();
}

#[tokio::test]
async fn a_run_goes_on_when_its_worker_ends_and_the_next_worker_does_not_begin_another() {
    let mut background = Background::set(&[]).await;
    let gate = Gate::new();
    background.hold(Loop::Commits, &gate);
    background.asleep = ALL - 1;
    let worker = background.start().await;
    gate.reached(1).await;
    worker.stop().await;
    background.asleep = ALL;
    let _worker = background.start().await;
    assert_eq!(background.status(Loop::Commits).await.status, "syncing", "it belongs to the supervisor");
    assert_eq!(background.status(Loop::Commits).await.skipped, 1, "the new worker's first one is skipped");
    gate.release();
    background.ran(Loop::Commits, 1).await;
    background.pass(15).await;
    assert_eq!(background.begun(Loop::Commits), [(0, Trigger::Start), (15, Trigger::Schedule)]);
}

#[tokio::test]
async fn the_second_worker_waits_and_takes_over_within_a_beat() {
    let (mut background, first) = Background::started(&[]).await;
    let other = background.stage.another_program(&[], Arc::new(background.clock.clone()));
    let supervisor = Supervisor::new(other.clone());
    assert!(Seat::take(&other).unwrap().is_none(), "the seat is taken");
    let second = Worker::start_when_free(&supervisor, background.watchman());
    background.asleep = ALL + 1;
    background.settle().await;
    background.pass(10).await;
    assert_eq!(background.begun(Loop::Commits), [(0, Trigger::Start)], "the second one waits");
    first.stop().await;
    drop(background.seat().await);
    background.clock.pass(TimeDelta::minutes(1));
    background.asleep = ALL;
    for of in BOTH {
        background.ran(of, 2).await;
        assert_eq!(background.begun(of).last(), Some(&(11, Trigger::Start)), "{of}: within a beat");
    }
    background.settle().await;
    assert_eq!(background.next(Loop::Commits).await, Some(26), "and everybody sees its plan");
    second.stop().await;
    supervisor.shutdown().await;
    other.close().await.unwrap();
}

#[tokio::test]
async fn a_plan_that_nobody_follows_is_not_shown() {
    let (background, worker) = Background::started(&[]).await;
    let other = background.stage.another_program(&[], Arc::new(background.clock.clone()));
    let next = async || other.status(&profile()).await.unwrap().commits.next_sync;
    assert!(next().await.is_some(), "another program sees the plan");
    worker.stop().await;
    drop(background.seat().await);
    assert_eq!(next().await, None, "nobody is there to follow it");
    assert_eq!(background.next(Loop::Jira).await, None);
    background.wait_for_another_network().await;
    let status = other.status(&profile()).await.unwrap().commits;
    assert_eq!(status.reason, None, "nor does anybody wait for another network");
}
