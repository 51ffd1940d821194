//! What a scheduled run does differently from one that a person asks for, under a clock that tests move.

use chrono::{TimeDelta, Utc};
use pdt_domain::run::{Outcome, Trigger};
use pdt_engine::api::CommitQuery;
use pdt_testkit::faults::Refusal;
use pdt_testkit::{Fault, NewCommit, NewToken};

use crate::stage::{Stage, TOKEN, noon, profile};

#[tokio::test]
async fn a_refused_token_is_not_asked_for_again_until_a_person_acts() {
    let stage = Stage::set(&[]).await;
    stage.github.revoke_token(TOKEN);
    assert_eq!(stage.run(Trigger::Schedule).await.outcome, Outcome::Failed, "the service refuses it");
    stage.github.reset_requests();
    stage.clock.advance(TimeDelta::minutes(15));
    let again = stage.run(Trigger::Schedule).await;
    assert_eq!((again.outcome, again.requests), (Outcome::Failed, 0), "it stays failed, and nobody is asked");
    assert!(stage.github.requests().is_empty(), "no request arrived");
    let status = stage.engine.status(&profile()).await.unwrap().commits;
    assert_eq!(status.last_sync, Some(stage.clock_now()), "the last sync moves on");
    assert!(status.last_error.is_some(), "the error stays");

    assert_eq!(stage.run(Trigger::Manual).await.requests, 1, "a person's sync asks once");
    stage.github.add_token(NewToken::new("another", "ada"));
    stage.connect("another").await;
    assert_eq!(stage.run(Trigger::Schedule).await.outcome, Outcome::Ok, "the new token is used at once");
}

#[tokio::test]
async fn a_limit_is_obeyed_until_its_time_and_then_forgotten() {
    let stage = Stage::set(&[]).await;
    stage.github.order(Fault::at("/repos/**").refuses(Refusal::SecondaryLimit(3_600)));
    let limited = stage.run(Trigger::Schedule).await;
    assert_eq!(limited.outcome, Outcome::Partial, "a limit is no failure");
    for minutes in [15, 30] {
        stage.clock.set(Utc::now() + TimeDelta::minutes(minutes));
        let waiting = stage.run(Trigger::Schedule).await;
        assert_eq!(
            (waiting.outcome, waiting.requests),
            (Outcome::Partial, 0),
            "still limited after {minutes} min"
        );
    }
    stage.clock.set(Utc::now() + TimeDelta::minutes(61));
    assert_eq!(stage.run(Trigger::Schedule).await.outcome, Outcome::Ok, "its time has come");
}

#[tokio::test]
async fn the_window_is_counted_from_the_start_of_the_first_run_by_committer_date() {
    let stage = Stage::set(&[("SYNC_HISTORY_DAYS", "7")]).await;
    let border = noon() - TimeDelta::days(7);
    let before = NewCommit::new("Rebased too early\n").at(border - TimeDelta::seconds(1)).authored_at(noon());
    stage.repo.commit("early", &before).unwrap();
    let at = NewCommit::new("At the border\n").at(border).authored_at(border - TimeDelta::days(300));
    stage.repo.commit("early", &at).unwrap();
    stage.run(Trigger::Manual).await;
    let messages = stage.messages().await;
    assert_eq!(
        messages,
        ["Begin", "At the border"],
        "listed by the author's date, chosen by the committer's"
    );
}

#[tokio::test]
async fn running_twice_changes_nothing() {
    let stage = Stage::set(&[]).await;
    let first = stage.run(Trigger::Manual).await;
    assert_eq!(first.results[0].new_commits, 1, "it is new");
    let before = stage.engine.commits(&profile(), CommitQuery::default()).await.unwrap();
    let second = stage.run(Trigger::Manual).await;
    assert_eq!((second.requests, second.results[0].new_commits), (1, 0), "one free request, nothing new");
    let after = stage.engine.commits(&profile(), CommitQuery::default()).await.unwrap();
    assert_eq!(before, after, "the record is the same");
}

#[tokio::test]
async fn keys_come_from_message_and_branch_and_survive_a_merge() {
    let stage = Stage::set(&[]).await;
    let commit = |message: &str| NewCommit::new(message).at(noon() - TimeDelta::minutes(30));
    stage.repo.branch("feature/ABC-7-more", "main").unwrap();
    stage
        .repo
        .commit("feature/ABC-7-more", &commit("XYZ-2: decode UTF-8\n\nAlso XYZ-1 and xyz-3\n"))
        .unwrap();
    stage.run(Trigger::Manual).await;
    let listed = stage.engine.commits(&profile(), CommitQuery::default()).await.unwrap();
    let feature = listed.iter().find(|commit| commit.message.starts_with("XYZ")).unwrap();
    assert_eq!(feature.jira_card_keys, ["XYZ-2", "XYZ-1", "ABC-7"], "message first, then branch");
    assert_eq!(feature.jira_card_key.as_deref(), Some("XYZ-2"), "the first of them");
    let begin = listed.iter().find(|commit| commit.message == "Begin").unwrap();
    assert!(
        begin.jira_card_keys.is_empty(),
        "the default branch reaches it, so the branch's name does not count"
    );

    stage.repo.merge("main", &["feature/ABC-7-more"], &commit("Merge\n")).unwrap();
    stage.run(Trigger::Manual).await;
    let listed = stage.engine.commits(&profile(), CommitQuery::default()).await.unwrap();
    let feature = listed.iter().find(|commit| commit.message.starts_with("XYZ")).unwrap();
    assert_eq!(feature.jira_card_keys, ["XYZ-2", "XYZ-1", "ABC-7"], "a link once found stays");
    assert_eq!(feature.branch.as_deref(), Some("main"), "its home is the default branch now");
}
