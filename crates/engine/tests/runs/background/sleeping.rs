//! A machine that sleeps, and a clock that is set.

use chrono::TimeDelta;
use pdt_domain::run::{Loop, Outcome, Trigger};
use pdt_testkit::{Fault, Gate};

use super::stage::{ALL, BOTH, Background};
use crate::stage::{noon, profile};

/// How the timers of a machine count its sleep.
#[derive(Debug, Clone, Copy)]
enum Timers {
    /// They stand still, as on Linux.
    Stand,
    /// They go on, and are all over when it wakes.
    GoOn,
}

impl Background {
    /// The machine sleeps eight hours.
    fn sleep(&self, timers: Timers) {
        match timers {
            Timers::Stand => self.clock.jump(TimeDelta::hours(8)),
            Timers::GoOn => self.clock.pass(TimeDelta::hours(8)),
        }
    }

    /// The notifications after a run.
    async fn told(&self, of: Loop) -> Vec<String> {
        let woke_at = Some(noon() + TimeDelta::hours(8));
        let notices = self.engine().notices(&profile(), of, woke_at).await.unwrap();
        notices.into_iter().map(|notice| notice.title).collect()
    }
}

#[tokio::test]
async fn eight_hours_of_sleep_are_caught_up_once_and_soon() {
    for timers in [Timers::Stand, Timers::GoOn] {
        let (mut background, _worker) = Background::started(&[]).await;
        background.pass(5).await;
        let (commits, jira) = (background.begun(Loop::Commits), background.begun(Loop::Jira));
        background.sleep(timers);
        background.settle().await;
        assert_eq!((background.begun(Loop::Commits), background.begun(Loop::Jira)), (commits, jira));
        background.pass(1).await;
        background.pass_in_steps(TimeDelta::seconds(10), 1).await;
        for of in BOTH {
            let begun = background.begun(of);
            let [(0, Trigger::Start), (woken, Trigger::Wake)] = begun[..] else {
                panic!("{timers:?}: {begun:?}")
            };
            assert!(
                (485..=486).contains(&woken),
                "{timers:?}, {of}: promptly, and not before the network: {woken}"
            );
            assert_eq!(
                background.status(of).await.skipped,
                0,
                "{timers:?}, {of}: nothing was going meanwhile"
            );
        }
        background.pass(15).await;
        assert_eq!(background.begun(Loop::Commits).len() + background.begun(Loop::Jira).len(), 5);
        let last = background.begun(Loop::Commits).pop().unwrap();
        assert_eq!(
            last.1,
            Trigger::Schedule,
            "{timers:?}: one run catches up for all, then the rhythm: {last:?}"
        );
    }
}

#[tokio::test]
async fn a_network_that_is_not_there_yet_after_waking_is_no_news() {
    let (mut background, _worker) = Background::started(&[]).await;
    background.sleep(Timers::GoOn);
    background.settle().await;
    background.stage.github.order(Fault::at("/**").always().drops_connection());
    background.pass_in_steps(TimeDelta::seconds(10), 1).await;
    let begun = background.begun(Loop::Commits);
    assert_eq!(begun, [(0, Trigger::Start), (480, Trigger::Wake)]);
    assert_ne!(background.outcomes(Loop::Commits)[1], Outcome::Ok, "the network fails");
    for of in BOTH {
        assert_eq!(background.told(of).await, [""; 0], "after the run of {of}");
    }
    background.stage.github.clear_faults();
    background.pass_in_steps(TimeDelta::seconds(10), 9).await;
    let begun = background.begun(Loop::Commits);
    assert_eq!(begun.len(), 3, "it is tried again soon: {begun:?}");
    assert_eq!(begun.iter().filter(|(_, why)| *why == Trigger::Wake).count(), 1, "and caught up once");
    assert_eq!(background.outcomes(Loop::Commits)[2], Outcome::Ok);
    for of in BOTH {
        assert_eq!(background.told(of).await, [""; 0], "nor is the end of it, after the run of {of}");
    }
}

#[tokio::test]
async fn a_sleep_in_the_middle_of_a_run_is_caught_up_after_it() {
    let mut background = Background::set(&[]).await;
    let gate = Gate::new();
    background.hold(Loop::Commits, &gate);
    background.asleep = ALL - 1;
    let _worker = background.start().await;
    gate.reached(1).await;
    background.pass(5).await;
    background.sleep(Timers::GoOn);
    background.settle().await;
    gate.release();
    background.asleep = ALL;
    background.settle().await;
    background.pass(2).await;
    for of in BOTH {
        let begun = background.begun(of);
        assert!(matches!(begun[..], [(0, Trigger::Start), (485..=487, Trigger::Wake)]), "{of}: {begun:?}");
        assert_eq!(background.status(of).await.skipped, 0, "{of}: a sleep is no run that went on");
    }
}

#[tokio::test]
async fn a_short_sleep_changes_nothing() {
    let (mut background, _worker) = Background::started(&[]).await;
    background.pass(5).await;
    background.clock.jump(TimeDelta::minutes(3));
    background.pass(12).await;
    let begun: Vec<Trigger> = background.begun(Loop::Commits).into_iter().map(|(_, why)| why).collect();
    assert_eq!(begun.len(), 2, "it ran at its time or a moment later: {begun:?}");
    assert_eq!(background.begun(Loop::Jira), [(0, Trigger::Start)]);
}

#[tokio::test]
async fn a_clock_that_is_put_back_a_day_costs_an_interval_at_most() {
    let (mut background, _worker) = Background::started(&[]).await;
    background.pass(5).await;
    background.clock.jump(-TimeDelta::days(1));
    background.clock.pass(TimeDelta::minutes(1));
    let put_back = background.now();
    for (of, interval) in [(Loop::Commits, 15), (Loop::Jira, 30)] {
        let latest = put_back + TimeDelta::minutes(interval);
        let is_so = |next: Option<chrono::DateTime<chrono::Utc>>| next.is_some_and(|next| next <= latest);
        background.until(of, "a next run within the interval", |status| is_so(status.next_sync)).await;
    }
    background.settle().await;
    background.pass(30).await;
    assert_eq!(background.runs(Loop::Commits).len(), 3, "{:?}", background.begun(Loop::Commits));
    assert_eq!(background.runs(Loop::Jira).len(), 2, "{:?}", background.begun(Loop::Jira));
}

#[tokio::test]
async fn a_clock_that_is_put_forward_a_day_is_a_sleep_like_another() {
    let (mut background, _worker) = Background::started(&[]).await;
    background.pass(5).await;
    background.clock.jump(TimeDelta::days(1));
    background.pass(2).await;
    for of in BOTH {
        assert_eq!(background.runs(of).len(), 2, "{of}: {:?}", background.begun(of));
    }
    background.pass(16).await;
    assert_eq!(background.runs(Loop::Commits).len(), 3, "and then the rhythm again");
}
