//! Settings that are changed while the worker is at work, here or by another program.

use std::sync::Arc;

use chrono::TimeDelta;
use pdt_domain::run::{Loop, Outcome, Trigger};
use pdt_engine::api::{Code, PauseChoice, SettingName};
use pdt_engine::secrets::Failure;

use super::stage::{ALL, Background};

impl Background {
    async fn choose(&self, name: SettingName, value: &str) {
        self.engine().change_setting(name, Some(value.to_owned())).await.unwrap();
    }
}

#[tokio::test]
async fn another_interval_acts_at_once_longer_or_shorter() {
    let (mut background, _worker) = Background::started(&[]).await;
    background.pass(5).await;
    background.choose(SettingName::IntervalCommits, "30m").await;
    background.until_next(Loop::Commits, 30).await;
    assert_eq!(background.next(Loop::Jira).await, Some(30), "the other loop keeps its own");
    background.choose(SettingName::IntervalCommits, "10m").await;
    background.until_next(Loop::Commits, 10).await;
    background.settle().await;
    background.pass(5).await;
    assert_eq!(background.begun(Loop::Commits), [(0, Trigger::Start), (10, Trigger::Schedule)]);
    background.pass(8).await;
    background.choose(SettingName::IntervalCommits, "1m30s").await;
    background.ran(Loop::Commits, 3).await;
    assert_eq!(background.begun(Loop::Commits).last(), Some(&(18, Trigger::Schedule)), "it is over by now");
    background.engine().change_setting(SettingName::IntervalCommits, None).await.unwrap();
    background.until_next(Loop::Commits, 33).await;
}

#[tokio::test]
async fn another_interval_does_not_put_off_a_try_that_was_to_come_soon() {
    let mut background = Background::set(&[]).await;
    background.stage.keychain.fail_with(Failure::locked());
    let _worker = background.start().await;
    background.choose(SettingName::IntervalCommits, "1h").await;
    background.choose(SettingName::IntervalJira, "20s").await;
    background.until_next(Loop::Jira, 0).await;
    background.stage.keychain.recover();
    background.pass(2).await;
    assert_eq!(background.outcomes(Loop::Commits), [Outcome::Failed, Outcome::Ok]);
    assert_eq!(background.next(Loop::Commits).await.map(|next| next >= 60), Some(true), "and then it holds");
}

#[tokio::test]
async fn what_the_environment_says_cannot_be_changed_and_what_cannot_be_read_is_not_taken() {
    let (background, _worker) = Background::started(&[("SYNC_INTERVAL_COMMITS", "20m")]).await;
    assert_eq!(background.next(Loop::Commits).await, Some(20));
    let change = |name, value: &'static str| background.engine().change_setting(name, Some(value.to_owned()));
    let error = change(SettingName::IntervalCommits, "5m").await.unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    assert!(error.message.contains("SYNC_INTERVAL_COMMITS is set (environment)"), "it says where: {error}");
    for (name, value) in [
        (SettingName::IntervalJira, "soon"),
        (SettingName::IntervalJira, "900ms"),
        (SettingName::SyncEnabled, "perhaps"),
        (SettingName::HistoryDays, "0"),
        (SettingName::QuietHours, "25:00-26:00"),
    ] {
        let error = change(name, value).await.unwrap_err();
        assert_eq!(error.code, Code::Usage, "{value}");
        assert!(
            error.message.starts_with("This cannot be used: ") && error.message.ends_with('.'),
            "{error}"
        );
    }
    let settings = background.engine().settings();
    assert_eq!((settings.interval_jira.value.as_str(), settings.interval_jira.source), ("30m", "default"));
    let commits = settings.interval_commits;
    assert_eq!((commits.value.as_str(), commits.source), ("20m", "environment"));
    assert_eq!(background.next(Loop::Jira).await, Some(30));
}

#[tokio::test]
async fn what_another_program_has_chosen_is_taken_over_within_a_beat() {
    let (mut background, _worker) = Background::started(&[]).await;
    let other = background.stage.another_program(&[], Arc::new(background.clock.clone()));
    other.change_setting(SettingName::IntervalCommits, Some("45m".to_owned())).await.unwrap();
    background.pass(1).await;
    background.until_next(Loop::Commits, 45).await;
    other.pause(PauseChoice::Open).await.unwrap();
    background.clock.pass(TimeDelta::minutes(1));
    background.clock.settled(1).await;
    assert!(background.engine().settings().is_paused, "a pause as well");
    other.resume().await.unwrap();
    background.clock.pass(TimeDelta::minutes(1));
    background.clock.settled(ALL).await;
    assert!(!background.engine().settings().is_paused, "and its end");
    other.close().await.unwrap();
}

#[tokio::test]
async fn what_another_program_has_chosen_before_the_worker_began_is_taken_over_as_well() {
    let mut background = Background::set(&[]).await;
    let other = background.stage.another_program(&[], Arc::new(background.clock.clone()));
    other.change_setting(SettingName::IntervalCommits, Some("45m".to_owned())).await.unwrap();
    other.change_setting(SettingName::SyncEnabled, Some("false".to_owned())).await.unwrap();
    let _worker = background.worker().await;
    background.clock.settled(ALL).await;
    background.clock.pass(TimeDelta::minutes(1));
    background.clock.settled(1).await;
    assert_eq!(background.engine().settings().sync_enabled.value, "false");
    assert_eq!(background.engine().settings().interval_commits.value, "45m");
    background.asleep = 1;
    background.settle().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_choices_made_at_the_same_time_none_is_undone() {
    let background = Background::set(&[]).await;
    for round in 1..=100 {
        let choose = |name, value: String| {
            let engine = background.engine().clone();
            tokio::spawn(async move { engine.change_setting(name, Some(value)).await.unwrap() })
        };
        let choices = [
            choose(SettingName::IntervalCommits, format!("{round}m0s")),
            choose(SettingName::IntervalJira, format!("{round}h0m0s")),
            choose(SettingName::HistoryDays, round.to_string()),
        ];
        for choice in choices {
            choice.await.unwrap();
        }
        let settings = background.engine().settings();
        let other = background.stage.another_program(&[], Arc::new(background.clock.clone()));
        assert_eq!(settings, other.settings(), "in round {round}, what is stored is in force");
    }
}
