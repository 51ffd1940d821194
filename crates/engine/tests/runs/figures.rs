//! What the window shows of what was done: figures, the history of runs, burndowns, and what would be deleted.

use chrono::{DateTime, Local, TimeDelta, Utc};
use pdt_domain::ids::{AccountId, Name};
use pdt_domain::jira::{Card, Deployment, Sprint, SprintRef, SprintState, StatusCategory};
use pdt_domain::provider::Provider;
use pdt_domain::run::Trigger;
use pdt_engine::api::{AccountHealth, BurndownKind, BurndownUnit, Code, RunQuery, SettingName};
use pdt_store::{AccountState, Collects, Db, JiraSiteAt, NewAccount, NewCard, Standing};
use pdt_testkit::faults::Refusal;
use pdt_testkit::{Fault, NewCommit};
use serde_json::json;

use crate::stage::{Stage, noon, profile};

#[tokio::test]
async fn a_run_is_remembered_with_what_it_brought_and_what_its_service_still_allows() {
    let stage = Stage::set(&[]).await;
    stage.run(Trigger::Manual).await;
    stage.run(Trigger::Schedule).await;
    stage.github.order(Fault::at("/repos/**").always().refuses(Refusal::Blocked));
    stage.run(Trigger::Manual).await;
    let runs = async |query| stage.engine.runs(&profile(), query).await.unwrap();
    let all = runs(RunQuery::default()).await;
    let told: Vec<_> = all.iter().map(|run| (run.trigger, run.outcome, run.new)).collect();
    let expected = [("manual", Some("failed"), 0), ("schedule", Some("ok"), 0), ("manual", Some("ok"), 1)];
    assert_eq!(told, expected, "the latest first");

    let eventful = runs(RunQuery { eventful: true, ..RunQuery::default() }).await;
    assert_eq!(eventful, [all[0].clone(), all[2].clone()], "one was without news");
    let troubled = runs(RunQuery { troubled: true, ..RunQuery::default() }).await;
    assert_eq!(troubled, [all[0].clone()]);
    let earlier = RunQuery { before: Some(all[0].id), limit: Some(1), ..RunQuery::default() };
    assert_eq!(runs(earlier).await, [all[1].clone()]);
    assert_eq!(runs(RunQuery { r#loop: Some("jira".to_owned()), ..RunQuery::default() }).await, []);
    let odd = RunQuery { r#loop: Some("sideways".to_owned()), ..RunQuery::default() };
    assert_eq!(stage.engine.runs(&profile(), odd).await.unwrap_err().code, Code::Usage);

    let first = stage.engine.run(&profile(), all[2].id).await.unwrap();
    assert_eq!((first.entries.len(), first.entries[0].new), (1, 1));
    let [account] = first.accounts.as_slice() else { panic!("one account was asked: {first:?}") };
    assert_eq!((account.name.as_str(), account.requests), ("work", all[2].requests));
    assert!(account.remaining.is_some() && account.limit.is_some(), "GitHub tells it: {account:?}");
    let quiet = stage.engine.run(&profile(), all[1].id).await.unwrap();
    assert_eq!((quiet.entries.len(), quiet.unchanged), (0, vec!["acme/widgets".to_owned()]));
    let failed = stage.engine.run(&profile(), all[0].id).await.unwrap();
    assert!(failed.entries[0].error.is_some(), "{failed:?}");
    let shown = &failed.redacted_text;
    assert!(shown.contains("Outcome: failed") && shown.contains("For legal reasons GitHub"), "{shown}");
    assert!(!shown.contains("acme") && !shown.contains("127.0.0.1"), "{shown}");
    assert_eq!(stage.engine.run(&profile(), 666).await.unwrap_err().code, Code::Unknown);
}

#[tokio::test]
async fn what_was_done_lately_is_counted_by_the_persons_days() {
    let stage = Stage::set(&[]).await;
    let old = noon() - TimeDelta::days(9);
    stage.repo.commit("main", &NewCommit::new("ABC-1 Old\n").at(old)).unwrap();
    stage.repo.commit("main", &NewCommit::new("ABC-2 New\n").at(noon() - TimeDelta::minutes(1))).unwrap();
    stage.run(Trigger::Manual).await;
    let week = stage.engine.overview(&profile(), 7).await.unwrap();
    assert_eq!(week.days.last(), Some(&noon().with_timezone(&Local).date_naive()), "the last day is today");
    assert_eq!((week.days.len(), week.total, week.linked), (7, 2, 1), "the old one is too old");
    assert_eq!((week.commits.len(), week.commits[0].repo.as_deref()), (1, Some("acme/widgets")));
    assert_eq!(week.commits[0].counts.iter().sum::<u32>(), 2);
    let month = stage.engine.overview(&profile(), 30).await.unwrap();
    assert_eq!((month.total, month.linked, month.recent.len()), (3, 2, 3));
    assert_eq!(month.recent[0].subject, "ABC-2 New", "the newest first");
    for days in [0, 367] {
        assert_eq!(stage.engine.overview(&profile(), days).await.unwrap_err().code, Code::Usage, "{days}");
    }
}

#[tokio::test]
async fn what_would_be_deleted_is_told_before() {
    let stage = Stage::set(&[]).await;
    let sha = stage.repo.commit("main", &NewCommit::new("Work\n").at(noon())).unwrap();
    stage.run(Trigger::Manual).await;
    stage.engine.link_commit(&profile(), &sha, "ABC-1").await.unwrap();
    let id = stage.engine.repositories(&profile()).await.unwrap()[0].id.0;
    let removal = stage.engine.repository_removal(&profile(), id).await.unwrap();
    assert_eq!((removal.repositories, removal.commits, removal.manual_links, removal.cards), (1, 2, 1, 0));
    assert_eq!(stage.engine.account_removal(&profile(), "work").await.unwrap(), removal);
    assert_eq!(stage.engine.repository_removal(&profile(), 666).await.unwrap_err().code, Code::Unknown);
    assert_eq!(stage.engine.account_removal(&profile(), "home").await.unwrap_err().code, Code::Unknown);
}

#[tokio::test]
async fn what_a_token_lacks_is_known_from_the_run_that_met_it_to_the_one_that_does_not() {
    let stage = Stage::set(&[]).await;
    let health = async || {
        let account = stage.engine.accounts(&profile()).await.unwrap().remove(0);
        (account.health, account.missing_scopes)
    };
    let needs = async || {
        let items = stage.engine.attention(&profile()).await.unwrap();
        items.into_iter().map(|item| item.id).filter(|id| id.starts_with("account:")).collect::<Vec<_>>()
    };
    assert_eq!(health().await.0, AccountHealth::Valid);
    stage.github.order(Fault::at("/repos/**").always().refuses(Refusal::SingleSignOn("acme".to_owned())));
    stage.run(Trigger::Manual).await;
    assert_eq!(health().await, (AccountHealth::BlockedBySso, Vec::new()));
    assert_eq!(needs().await, ["account:work:single-sign-on"]);
    stage.github.clear_faults();
    stage.github.order(Fault::at("/repos/**").always().refuses(Refusal::MissingScope("repo".to_owned())));
    stage.run(Trigger::Manual).await;
    assert_eq!(health().await, (AccountHealth::MissingScope, vec!["contents=read".to_owned()]));
    assert_eq!(needs().await, ["account:work:scope"]);
    stage.github.clear_faults();
    stage.run(Trigger::Manual).await;
    assert_eq!((health().await.0, needs().await), (AccountHealth::Valid, Vec::new()));
}

#[tokio::test]
async fn the_theme_is_a_setting_like_the_others_and_each_tells_its_default() {
    let stage = Stage::set(&[]).await;
    let theme = |settings: pdt_engine::api::SettingsDto| (settings.theme.value, settings.theme.default);
    let told = |value: &str| (value.to_owned(), "system".to_owned());
    assert_eq!(theme(stage.engine.settings()), told("system"));
    let dark = stage.engine.change_setting(SettingName::Theme, Some("dark".to_owned())).await.unwrap();
    assert_eq!(theme(dark), told("dark"));
    let error = stage.engine.change_setting(SettingName::Theme, Some("sepia".to_owned())).await.unwrap_err();
    assert_eq!(error.message, "This cannot be used: write system, light or dark.");
    let settings = stage.engine.change_setting(SettingName::HistoryDays, Some("7".to_owned())).await.unwrap();
    assert_eq!((settings.history_days.value.as_str(), settings.history_days.default.as_str()), ("7", "30"));
    assert_eq!((settings.interval_jira.default.as_str(), settings.quiet_hours.default.as_str()), ("30m", ""));
}

/// A Jira account at another site for each name, each with sprint 38, which began a week ago.
async fn site(stage: &Stage, name: &str, state: SprintState, cards: Vec<NewCard>) -> AccountId {
    let db = Db::open(&stage.database()).unwrap();
    let state_of = AccountState { standing: Standing::Ok, reason: None, scopes: None, expires_at: None };
    let (name, url) = (Name::parse(name).unwrap(), format!("https://{name}.example.org"));
    let write = db.write(move |tx| {
        let account = NewAccount {
            profile_id: tx.ensure_profile(&profile(), noon())?,
            provider: Provider::Jira,
            name,
            url,
            login: "ada".to_owned(),
            email: None,
            projects: None,
            state: state_of,
            credential_print: None,
            now: noon(),
        };
        let account = tx.upsert_account(&account)?;
        let (deployment, collects) = (Deployment::Cloud, Collects::default());
        tx.set_jira_site(&JiraSiteAt { account, deployment, api_root: None, collects })?;
        tx.set_story_point_fields(account, &["customfield_10016".to_owned()])?;
        tx.store_sprint(account, &sprint(state), noon())?;
        tx.store_cards(account, &cards, noon())?;
        Ok(account)
    });
    write.await.unwrap()
}

fn begun() -> DateTime<Utc> {
    noon() - TimeDelta::days(7)
}

fn sprint(state: SprintState) -> Sprint {
    Sprint {
        id: 38,
        name: "Sprint 38".to_owned(),
        state,
        start: Some(begun()),
        end: Some(begun() + TimeDelta::days(14)),
        completed: None,
        goal: None,
        origin_board: None,
    }
}

/// A card of sprint 38 with what was changed of it, each on a day of the sprint.
fn card(number: u32, done: bool, points: Option<f64>, changes: &[(i64, serde_json::Value)]) -> NewCard {
    let category = if done { StatusCategory::Done } else { StatusCategory::ToDo };
    let card = Card {
        id: number.to_string(),
        key: format!("ABC-{number}"),
        summary: format!("Card {number}"),
        description: None,
        status: if done { "Erledigt" } else { "Offen" }.to_owned(),
        status_category: Some(category),
        assignee: None,
        assignee_id: None,
        issue_type: "Story".to_owned(),
        priority: None,
        labels: Vec::new(),
        story_points: points,
        parent: None,
        subtasks: Vec::new(),
        sprint: Some(SprintRef { id: 38, name: "Sprint 38".to_owned(), state: SprintState::Active }),
        closed_sprints: Vec::new(),
        comments: None,
        created: begun() - TimeDelta::days(1),
        updated: noon(),
    };
    let entry = |(day, item): &(i64, serde_json::Value)| json!({"id": "1", "author": "Ada", "created": begun() + TimeDelta::days(*day), "items": [item]});
    let changelog: Vec<_> = changes.iter().map(entry).collect();
    NewCard { card, details_json: json!({"changelog": changelog}).to_string(), is_complete: true }
}

#[tokio::test]
async fn a_burndown_is_made_of_the_histories_of_the_cards() {
    let stage = Stage::set(&[]).await;
    let done =
        json!({"field": "status", "from": "1", "from_string": "Offen", "to": "3", "to_string": "Erledigt"});
    let came =
        json!({"field": "Sprint", "from": "", "from_string": "", "to": "38", "to_string": "Sprint 38"});
    let grew = json!({"field": "Story points", "field_id": "customfield_10016", "from_string": "1", "to_string": "5"});
    let cards = vec![
        card(1, true, Some(3.0), &[(2, done)]),
        card(2, false, Some(2.0), &[(3, came)]),
        card(3, false, Some(5.0), &[(4, grew)]),
    ];
    site(&stage, "acme", SprintState::Active, cards).await;
    let burndown = stage.engine.burndown(&profile(), 38, None).await.unwrap().unwrap();
    assert_eq!((burndown.unit, burndown.is_partial), (BurndownUnit::Points, false));
    assert_eq!((burndown.start, burndown.end), (begun(), begun() + TimeDelta::days(14)));
    let told: Vec<_> =
        burndown.changes.iter().map(|it| (it.key.as_str(), it.kind, it.delta, it.remaining)).collect();
    let expected = [
        ("ABC-1", BurndownKind::Done, -3.0, 1.0),
        ("ABC-2", BurndownKind::Added, 2.0, 3.0),
        ("ABC-3", BurndownKind::Estimated, 4.0, 7.0),
    ];
    assert_eq!(told, expected);
    let sums = (burndown.committed, burndown.added, burndown.removed, burndown.done, burndown.remaining);
    assert_eq!(sums, (4.0, 6.0, 0.0, 3.0, 7.0));

    let error = stage.engine.burndown(&profile(), 39, None).await.unwrap_err();
    assert_eq!(error.code, Code::Unknown, "{error}");
    site(&stage, "other", SprintState::Future, Vec::new()).await;
    let error = stage.engine.burndown(&profile(), 38, None).await.unwrap_err();
    assert_eq!(error.message, "There is a sprint 38 in several accounts: acme and other.");
    assert!(stage.engine.burndown(&profile(), 38, Some("acme")).await.unwrap().is_some());
    let planned = stage.engine.burndown(&profile(), 38, Some("other")).await.unwrap();
    assert_eq!(planned, None, "it has not begun");
}
