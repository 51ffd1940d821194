//! Both loops, each at its own interval, neither waiting for the other.

use pdt_domain::run::{Loop, Outcome, Trigger};
use pdt_engine::api::SyncWhat;
use pdt_testkit::{Fault, Gate};

use super::stage::{ALL, BOTH, Background};
use crate::stage::profile;

#[tokio::test]
async fn both_loops_run_at_once_and_then_at_their_own_intervals() {
    let (mut background, _worker) = Background::started(&[]).await;
    background.pass(60).await;
    let by_schedule = |minutes: &[i64]| -> Vec<_> {
        let later = minutes.iter().map(|minute| (*minute, Trigger::Schedule));
        std::iter::once((0, Trigger::Start)).chain(later).collect()
    };
    assert_eq!(background.begun(Loop::Commits), by_schedule(&[15, 30, 45, 60]));
    assert_eq!(background.begun(Loop::Jira), by_schedule(&[30, 60]));
    for (of, next) in [(Loop::Commits, 75), (Loop::Jira, 90)] {
        assert!(background.outcomes(of).iter().all(|outcome| *outcome == Outcome::Ok), "{of}");
        let status = background.status(of).await;
        assert_eq!((status.last_sync, status.skipped), (Some(background.now()), 0), "{of}");
        assert_eq!(background.next(of).await, Some(next), "{of}");
    }
}

#[tokio::test]
async fn a_service_that_hangs_holds_up_its_own_loop_alone_and_what_was_due_is_skipped_and_counted() {
    for (hanging, other, begun) in
        [(Loop::Jira, Loop::Commits, vec![0, 15, 30, 45, 60]), (Loop::Commits, Loop::Jira, vec![0, 30, 60])]
    {
        let mut background = Background::set(&[]).await;
        let gate = Gate::new();
        background.hold(hanging, &gate);
        background.asleep = ALL - 1;
        let _worker = background.start().await;
        gate.reached(1).await;
        background.pass(62).await;
        let minutes: Vec<i64> = background.begun(other).iter().map(|(minute, _)| *minute).collect();
        assert_eq!(minutes, begun, "{other} goes on while {hanging} hangs");
        let status = background.status(hanging).await;
        assert_eq!(
            (status.status, status.last_sync),
            ("syncing", None),
            "{hanging} is still at its first run"
        );
        let (skipped, next) = if hanging == Loop::Jira { (2, 90) } else { (4, 75) };
        assert_eq!(status.skipped, skipped, "{hanging}: it is counted while it happens");
        assert_eq!(background.next(hanging).await, Some(next), "{hanging}: no time is shown that is over");

        gate.release();
        background.asleep = ALL;
        background.settle().await;
        assert_eq!(background.begun(hanging), [(0, Trigger::Start)], "nothing was queued");
        assert_eq!(background.status(hanging).await.skipped, skipped, "{hanging}");
        assert_eq!(background.next(hanging).await, Some(next), "the rhythm of {hanging} stays");
        background.pass(30).await;
        let last = background.begun(hanging).last().copied();
        assert_eq!(last, Some((90, Trigger::Schedule)), "{hanging} goes on");
    }
}

#[tokio::test]
async fn a_run_that_is_due_while_a_person_syncs_is_skipped() {
    let (mut background, _worker) = Background::started(&[]).await;
    background.pass(14).await;
    let gate = Gate::new();
    background.hold(Loop::Commits, &gate);
    let (supervisor, profile) = (background.supervisor.clone(), profile());
    let asking =
        tokio::spawn(async move { supervisor.sync(&profile, SyncWhat::Commits, Trigger::Manual).await });
    gate.reached(1).await;
    background.pass(2).await;
    let status = background.status(Loop::Commits).await;
    assert_eq!((status.status, status.skipped), ("syncing", 1), "it is neither queued nor beside the other");
    assert_eq!(background.next(Loop::Commits).await, Some(30));
    gate.release();
    asking.await.unwrap().unwrap();
    background.pass(14).await;
    let begun = background.begun(Loop::Commits);
    assert_eq!(begun, [(0, Trigger::Start), (14, Trigger::Manual), (30, Trigger::Schedule)]);
}

#[tokio::test]
async fn how_often_a_loop_was_skipped_outlives_the_worker() {
    let (mut background, worker) = Background::started(&[]).await;
    let gate = Gate::new();
    background.hold(Loop::Jira, &gate);
    background.pass(29).await;
    background.asleep = ALL - 1;
    background.pass(32).await;
    gate.release();
    background.asleep = ALL;
    background.settle().await;
    worker.stop().await;
    let _worker = background.start().await;
    for (of, skipped) in BOTH.into_iter().zip([0, 1]) {
        assert_eq!(background.status(of).await.skipped, skipped, "{of}");
    }
}

impl Background {
    /// Has the service of a loop wait at the gate.
    pub(crate) fn hold(&self, of: Loop, gate: &Gate) {
        match of {
            Loop::Commits => self.stage.github.order(Fault::at("/**").always().waits_for(gate)),
            Loop::Jira => self.jira.order(Fault::at("/**").always().waits_for(gate)),
        };
    }
}
