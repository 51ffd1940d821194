//! A pause, and the switch: what runs is stopped, nothing begins, and afterwards it goes on.

use std::time::Duration;

use chrono::TimeDelta;
use pdt_domain::run::{Loop, Outcome, Trigger};
use pdt_engine::api::{Health, PauseChoice, SettingName, SyncWhat};
use pdt_testkit::{Fault, Gate, GitRepo, NewCommit};
use tokio::time::timeout;

use super::stage::{ALL, BOTH, Background};
use crate::stage::{noon, profile};

/// The beat alone: an open pause has no end that could be waited for.
const PAUSED: usize = 1;

impl Background {
    async fn hand_sync(&self) -> Outcome {
        let profile = profile();
        let sync = self.supervisor.sync(&profile, SyncWhat::Commits, Trigger::Manual);
        sync.await.unwrap().commits.unwrap().outcome
    }

    async fn switch(&self, value: &str) {
        self.engine().change_setting(SettingName::SyncEnabled, Some(value.to_owned())).await.unwrap();
    }

    /// Waits until a run that hangs was told to stop, which takes it less than five seconds.
    async fn stopped(&mut self, of: Loop, runs: usize) {
        timeout(Duration::from_secs(5), self.ran(of, runs)).await.expect("stopping takes no longer");
        let last = self.runs(of).pop().unwrap();
        assert_eq!(last.outcome, Some(Outcome::Partial), "being stopped is no failure");
        assert_eq!(last.reason.as_deref(), Some("stopped before it was done"));
    }
}

#[tokio::test]
async fn a_pause_stops_the_run_that_is_going_and_what_it_has_fetched_is_kept() {
    let mut background = Background::set(&[]).await;
    let gadgets = GitRepo::create().unwrap();
    gadgets.commit("main", &NewCommit::new("Gadgets\n").at(noon() - TimeDelta::hours(2))).unwrap();
    background.stage.github.add_repository("acme/gadgets", &gadgets);
    let url = format!("{}/acme/gadgets", background.stage.github.url());
    background.engine().add_repository(&profile(), &url, None).await.unwrap();
    let gate = Gate::new();
    background.stage.github.order(Fault::at("/repos/acme/gadgets/commits").always().waits_for(&gate));
    let _worker = background.worker().await;
    gate.reached(1).await;
    let mut live = background.supervisor.live();
    live.wait_for(|live| live.commits.as_ref().is_some_and(|run| run.done == 1)).await.unwrap();

    background.engine().pause(PauseChoice::Open).await.unwrap();
    background.stopped(Loop::Commits, 1).await;
    assert_eq!(background.stage.messages().await, ["Begin"], "one repository was read before");
    gate.release();
    background.engine().resume().await.unwrap();
    background.settle().await;
    background.pass(15).await;
    assert_eq!(background.stage.messages().await, ["Begin", "Gadgets"], "the next run goes on");
}

#[tokio::test]
async fn nothing_runs_during_a_pause_but_what_a_person_asks_for() {
    let (mut background, _worker) = Background::started(&[]).await;
    background.pass(5).await;
    background.engine().pause(PauseChoice::Open).await.unwrap();
    background.asleep = PAUSED;
    background.pass(60).await;
    for of in BOTH {
        assert_eq!(background.begun(of), [(0, Trigger::Start)], "{of}");
        let status = background.status(of).await;
        assert_eq!(
            (status.health, status.next_sync, status.paused_until),
            (Health::Paused, None, None),
            "{of}"
        );
    }
    assert_eq!(background.hand_sync().await, Outcome::Ok, "a person's sync works all the same");
    background.engine().resume().await.unwrap();
    background.ran(Loop::Jira, 2).await;
    background.ran(Loop::Commits, 3).await;
    let expected = [(0, Trigger::Start), (65, Trigger::Manual), (65, Trigger::Schedule)];
    assert_eq!(background.begun(Loop::Commits), expected, "what is due runs at once");
    background.asleep = ALL;
    background.settle().await;
    assert_eq!(background.next(Loop::Commits).await, Some(80));
    assert_eq!(background.status(Loop::Commits).await.skipped, 0, "nothing was going on meanwhile");
}

#[tokio::test]
async fn what_is_not_due_yet_waits_for_its_time_after_a_pause() {
    let (mut background, _worker) = Background::started(&[]).await;
    background.engine().pause(PauseChoice::Open).await.unwrap();
    background.asleep = PAUSED;
    background.pass(10).await;
    background.engine().resume().await.unwrap();
    background.asleep = ALL;
    background.settle().await;
    background.pass(5).await;
    assert_eq!(background.begun(Loop::Commits), [(0, Trigger::Start), (15, Trigger::Schedule)]);
    assert_eq!(background.begun(Loop::Jira), [(0, Trigger::Start)]);
}

#[tokio::test]
async fn a_pause_for_an_hour_ends_by_itself_and_another_one_stops_what_runs_then() {
    let (mut background, _worker) = Background::started(&[]).await;
    background.engine().pause(PauseChoice::Hour).await.unwrap();
    let status = background.status(Loop::Commits).await;
    assert_eq!(status.paused_until, Some(noon() + TimeDelta::hours(1)));
    assert_eq!(status.next_sync, status.paused_until, "that is when it runs next");
    // Who stops what runs waits for the end of the pause as well.
    background.asleep = ALL + 1;
    background.pass(59).await;
    assert_eq!(background.begun(Loop::Commits), [(0, Trigger::Start)]);

    let gate = Gate::new();
    background.hold(Loop::Commits, &gate);
    background.asleep = ALL - 1;
    background.pass(1).await;
    assert_eq!(background.begun(Loop::Jira).last(), Some(&(60, Trigger::Schedule)), "the pause is over");
    gate.reached(1).await;
    background.engine().pause(PauseChoice::Hour).await.unwrap();
    background.stopped(Loop::Commits, 2).await;
}

#[tokio::test]
async fn a_pause_that_has_begun_before_the_worker_holds_it_and_leaves_a_persons_run_alone() {
    let mut background = Background::set(&[]).await;
    background.engine().pause(PauseChoice::Open).await.unwrap();
    let gate = Gate::new();
    background.hold(Loop::Commits, &gate);
    let hand = async {
        gate.reached(1).await;
        let worker = background.worker().await;
        background.clock.settled(PAUSED).await;
        background.clock.pass(TimeDelta::minutes(1));
        background.clock.settled(PAUSED).await;
        gate.release();
        worker
    };
    let (outcome, _worker) = tokio::join!(background.hand_sync(), hand);
    assert_eq!(outcome, Outcome::Ok, "it was asked for in the pause");
    background.asleep = PAUSED;
    background.settle().await;
    assert_eq!(background.begun(Loop::Jira), []);
}

#[tokio::test]
async fn the_switch_acts_at_once_both_ways() {
    let mut background = Background::set(&[]).await;
    let gate = Gate::new();
    background.hold(Loop::Commits, &gate);
    background.asleep = ALL - 1;
    let _worker = background.start().await;
    gate.reached(1).await;
    background.switch("false").await;
    background.stopped(Loop::Commits, 1).await;
    let status = background.status(Loop::Commits).await;
    assert_eq!((status.health, status.next_sync), (Health::Disabled, None));
    gate.release();
    background.asleep = PAUSED;
    background.pass(60).await;
    for of in BOTH {
        assert_eq!(background.begun(of), [(0, Trigger::Start)], "{of} makes no run");
    }
    assert_eq!(background.hand_sync().await, Outcome::Ok, "a person's sync works all the same");
    background.switch("true").await;
    background.ran(Loop::Jira, 2).await;
    background.ran(Loop::Commits, 3).await;
    assert_eq!(
        background.begun(Loop::Jira).last(),
        Some(&(60, Trigger::Schedule)),
        "what is due runs at once"
    );
}
