//! Which notifications a person gets of a real engine's runs.

use chrono::{DateTime, Local, TimeDelta, Utc};
use pdt_domain::run::{Loop, Trigger};
use pdt_engine::api::SettingName;
use pdt_engine::secrets::Failure;
use pdt_testkit::faults::Refusal;
use pdt_testkit::{Fault, NewToken};

use crate::stage::{Stage, TOKEN, noon, profile};

impl Stage {
    /// A scheduled run, and what the person is shown after it.
    async fn tell(&self) -> Vec<String> {
        self.tell_awake_since(None).await
    }

    async fn tell_awake_since(&self, woke_at: Option<DateTime<Utc>>) -> Vec<String> {
        self.clock.advance(TimeDelta::minutes(15));
        self.run(Trigger::Schedule).await;
        self.shown(woke_at).await
    }

    async fn shown(&self, woke_at: Option<DateTime<Utc>>) -> Vec<String> {
        let notices = self.engine.notices(&profile(), Loop::Commits, woke_at).await.unwrap();
        for notice in &notices {
            self.engine.notice_shown(&profile(), notice).await.unwrap();
        }
        notices.into_iter().map(|notice| notice.title).collect()
    }

    async fn choose(&self, name: SettingName, value: &str) {
        self.engine.change_setting(name, Some(value.to_owned())).await.unwrap();
    }
}

const REFUSED: &str = "GitHub refused the token of work";
const NOTHING: [&str; 0] = [];

#[tokio::test]
async fn five_hundred_runs_with_a_refused_token_are_one_notification_and_the_new_token_one_more() {
    let stage = Stage::set(&[]).await;
    stage.github.revoke_token(TOKEN);
    let mut told = Vec::new();
    for _ in 0..500 {
        told.extend(stage.tell().await);
    }
    assert_eq!(told.len(), 1, "{told:?}");
    stage.github.add_token(NewToken::new("another", "ada"));
    stage.connect("another").await;
    told.extend(stage.tell().await);
    told.extend(stage.tell().await);
    assert_eq!(told[1..], ["work works again"]);
}

#[tokio::test]
async fn repositories_that_cannot_be_read_are_one_notification_an_account() {
    let stage = Stage::set(&[]).await;
    for name in ["acme/gadgets", "acme/gizmos"] {
        stage.github.add_repository(name, &stage.repo);
        stage
            .engine
            .add_repository(&profile(), &format!("{}/{name}", stage.github.url()), None)
            .await
            .unwrap();
    }
    assert_eq!(stage.tell().await, NOTHING);
    stage.github.order(Fault::at("/repos/**").always().refuses(Refusal::Blocked));
    assert_eq!(stage.tell().await, NOTHING, "a service has its moods");
    assert_eq!(stage.tell().await, ["3 repositories of work cannot be read"]);
    assert_eq!(stage.tell().await, NOTHING);
    stage.github.clear_faults();
    assert_eq!(stage.tell().await, ["work works again"]);
    assert_eq!(stage.tell().await, NOTHING);
}

#[tokio::test]
async fn a_keychain_that_is_late_once_is_no_news_and_one_that_stays_locked_is() {
    let stage = Stage::set(&[]).await;
    stage.keychain.fail_with(Failure::locked());
    assert_eq!(stage.tell().await, NOTHING, "it comes up after the desktop");
    stage.keychain.recover();
    assert_eq!(stage.tell().await, NOTHING, "nor is it news that it came");
    stage.keychain.fail_with(Failure::locked());
    assert_eq!(stage.tell().await, NOTHING);
    assert_eq!(stage.tell().await, ["The keychain is locked"]);
    stage.keychain.recover();
    assert_eq!(stage.tell().await, ["PDT can sync again"]);
}

#[tokio::test]
async fn in_quiet_hours_nothing_is_told_and_afterwards_what_is_still_true() {
    let stage = Stage::set(&[]).await;
    let local = |after: i64| (noon() + TimeDelta::minutes(after)).with_timezone(&Local).format("%H:%M");
    stage.choose(SettingName::QuietHours, &format!("{}-{}", local(0), local(40))).await;
    stage.github.revoke_token(TOKEN);
    assert_eq!((stage.tell().await, stage.tell().await), (vec![], vec![]), "it is 12:30 by now");
    assert_eq!(stage.tell().await, [REFUSED], "it is 12:45");
}

#[tokio::test]
async fn each_kind_of_notification_has_its_switch() {
    let stage = Stage::set(&[("PDT_NOTIFY_RECOVERIES", "false")]).await;
    stage.choose(SettingName::NotifyFailures, "false").await;
    stage.github.revoke_token(TOKEN);
    assert_eq!((stage.tell().await, stage.tell().await), (vec![], vec![]));
    stage.choose(SettingName::NotifyFailures, "true").await;
    assert_eq!(stage.tell().await, [REFUSED], "it is still true");
    stage.github.add_token(NewToken::new("another", "ada"));
    stage.connect("another").await;
    assert_eq!(stage.tell().await, NOTHING, "nobody wants to hear of its end");
}

#[tokio::test]
async fn for_half_a_minute_after_waking_nothing_is_told() {
    let stage = Stage::set(&[]).await;
    stage.github.revoke_token(TOKEN);
    let woke_at = noon() + TimeDelta::minutes(15);
    assert_eq!(stage.tell_awake_since(Some(woke_at)).await, NOTHING, "it has just woken");
    stage.clock.advance(TimeDelta::seconds(29));
    assert_eq!(stage.shown(Some(woke_at)).await, NOTHING, "29 s ago");
    stage.clock.advance(TimeDelta::seconds(1));
    assert_eq!(stage.shown(Some(woke_at)).await, [REFUSED], "half a minute ago");
}

#[tokio::test]
async fn a_clock_that_was_put_back_since_waking_does_not_silence_it() {
    let stage = Stage::set(&[]).await;
    stage.github.revoke_token(TOKEN);
    let tomorrow = noon() + TimeDelta::days(1);
    assert_eq!(stage.tell_awake_since(Some(tomorrow)).await, [REFUSED]);
}

#[tokio::test]
async fn what_was_not_shown_is_told_again_after_the_next_run() {
    let stage = Stage::set(&[]).await;
    stage.github.revoke_token(TOKEN);
    stage.run(Trigger::Schedule).await;
    let lost = stage.engine.notices(&profile(), Loop::Commits, None).await.unwrap();
    assert_eq!(lost.len(), 1, "nobody shows it");
    assert_eq!(stage.tell().await, [REFUSED]);
}
