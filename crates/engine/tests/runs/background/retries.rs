//! What follows a run that fell short: another try soon, a wait that the service asked for, or nothing new.

use chrono::{TimeDelta, Utc};
use pdt_domain::run::{Loop, Outcome, Trigger};
use pdt_engine::api::Health;
use pdt_engine::secrets::Failure;
use pdt_testkit::faults::Refusal;
use pdt_testkit::{Fault, NewToken};

use super::stage::{BOTH, Background};
use crate::stage::{TOKEN, noon};

#[tokio::test]
async fn a_passing_fault_is_tried_again_after_1_2_4_and_8_minutes_and_never_later_than_the_interval() {
    let mut background = Background::set(&[]).await;
    background.stage.keychain.fail_with(Failure::locked());
    let _worker = background.start().await;
    background.pass_in_steps(TimeDelta::seconds(6), 600).await;
    for (of, interval, waits) in
        [(Loop::Commits, 900, vec![60, 120, 240, 480]), (Loop::Jira, 1800, vec![60, 120])]
    {
        let begun: Vec<i64> =
            background.runs(of).iter().map(|run| (run.started_at - noon()).num_seconds()).collect();
        let gaps: Vec<i64> = begun.windows(2).map(|pair| pair[1] - pair[0]).collect();
        for (gap, wait) in gaps.iter().zip(waits) {
            assert!(
                (wait * 8 / 10..=wait * 12 / 10 + 6).contains(gap),
                "{of}: {gap} s instead of {wait}, of {gaps:?}"
            );
        }
        assert!(gaps.len() > 4 && gaps.iter().all(|gap| *gap <= interval + 6), "{of}: {gaps:?}");
    }
    background.stage.keychain.recover();
    background.pass(30).await;
    for (of, interval) in [(Loop::Commits, 15), (Loop::Jira, 30)] {
        assert_eq!(background.outcomes(of).last(), Some(&Outcome::Ok), "{of} works again");
        let last = background.minute(background.runs(of).last().unwrap().started_at);
        let next = background.next(of).await.unwrap();
        assert!((interval - 1..=interval).contains(&(next - last)), "{of}: {last}, then {next}");
    }
}

#[tokio::test]
async fn a_service_that_fails_is_asked_again_soon() {
    let mut background = Background::set(&[]).await;
    background.stage.github.order(Fault::at("/**").always().answers_status(500));
    let _worker = background.start().await;
    assert_eq!(background.outcomes(Loop::Commits), [Outcome::Failed]);
    assert_eq!(background.status(Loop::Commits).await.health, Health::Failing);
    background.stage.github.clear_faults();
    background.pass(2).await;
    assert_eq!(background.outcomes(Loop::Commits), [Outcome::Failed, Outcome::Ok]);
    assert_eq!(background.outcomes(Loop::Jira), [Outcome::Ok], "the other loop has nothing to try again");
    assert_eq!(background.status(Loop::Commits).await.health, Health::Ok);
}

#[tokio::test]
async fn a_limit_is_obeyed_to_its_end_and_then_the_loop_runs() {
    // A service's limits are told by the clock of this machine.
    let began = Utc::now();
    let mut background = Background::set_at(began, &[]).await;
    let until = began + TimeDelta::minutes(40);
    background.stage.github.order(Fault::at("/**").refuses(Refusal::PrimaryLimit(until)));
    let _worker = background.start().await;
    assert_eq!(background.outcomes(Loop::Commits), [Outcome::Partial], "a limit is no failure");
    let status = background.status(Loop::Commits).await;
    assert_eq!(status.health, Health::RateLimited);
    let late = status.next_sync.unwrap() - until;
    assert!((-3..=15).contains(&late.num_seconds()), "the next one after the limit: {status:?}");
    background.stage.github.reset_requests();
    background.pass(39).await;
    assert!(background.stage.github.requests().is_empty(), "nobody asks before its end");
    assert_eq!(background.begun(Loop::Jira).len(), 2, "the other loop does not mind");
    background.pass(3).await;
    assert_eq!(background.outcomes(Loop::Commits), [Outcome::Partial, Outcome::Ok], "its time has come");
    assert_eq!(background.status(Loop::Commits).await.health, Health::Ok);
}

#[tokio::test]
async fn a_refused_token_costs_no_request_and_every_run_says_that_it_failed() {
    let (mut background, _worker) = Background::started(&[]).await;
    background.stage.github.revoke_token(TOKEN);
    background.pass(15).await;
    background.stage.github.reset_requests();
    background.pass(45).await;
    let begun: Vec<i64> = background.begun(Loop::Commits).iter().map(|(minute, _)| *minute).collect();
    assert_eq!(begun, [0, 15, 30, 45, 60], "runs go on at the interval");
    assert_eq!(background.outcomes(Loop::Commits)[1..], [Outcome::Failed; 4]);
    let status = background.status(Loop::Commits).await;
    assert_eq!(status.last_sync, Some(background.now()), "the last sync moves");
    assert!(status.last_error.is_some(), "and the error stays");
    assert!(background.stage.github.requests().is_empty(), "nobody is asked");

    background.stage.github.add_token(NewToken::new("another", "ada"));
    background.stage.connect("another").await;
    background.stage.github.reset_requests();
    background.pass(15).await;
    assert_eq!(background.outcomes(Loop::Commits).last(), Some(&Outcome::Ok), "the new token is used");
    assert!(!background.stage.github.requests().is_empty(), "the service was asked");
    for of in BOTH {
        let triggers: Vec<Trigger> = background.begun(of).into_iter().skip(1).map(|(_, why)| why).collect();
        assert!(triggers.iter().all(|trigger| *trigger == Trigger::Schedule), "{of}: {triggers:?}");
    }
}
