//! What a service says of an account holds for every run in the background, until a person acts or its time is over.

use std::thread;

use chrono::{DateTime, TimeDelta, Utc};
use pdt_testkit::faults::Refusal;
use pdt_testkit::stage::{Stage, wait_until};
use pdt_testkit::{Fault, GitRepo, NewCommit};
use serde_json::Value;

use super::keychain::{add_account, person_on};
use super::{Desk, REPOSITORY};
use crate::support::CANARY;
use crate::support::far::Far;
use crate::support::running::PATIENCE;

#[test]
fn a_refused_token_costs_one_request_and_its_successor_is_noticed_within_an_interval() {
    let stage = Stage::plan().with_keychain().raise().unwrap();
    let (far, repo) = (Far::github(), GitRepo::create().unwrap());
    repo.commit("main", &NewCommit::new("Begin\n")).unwrap();
    far.add(REPOSITORY, &repo);
    let pdt = person_on(&stage, &far).every("1s", "10m");
    let running = pdt.start();
    pdt.await_runs("commits", 1);
    far.revoke();
    far.take_requests();
    let refused = pdt.state_when("commits", "a refusal", |state| state["outcome"] == "failed");
    let before = pdt.runs("commits").len();
    let later = pdt.await_runs("commits", before + 3);
    assert!(later[before..].iter().all(|run| run.outcome.as_deref() == Some("failed")), "{later:#?}");
    let state = pdt.state("commits");
    assert_eq!((&state["last_error"], &state["health"]), (&refused["last_error"], &"failing".into()));
    assert!(state["last_sync"].as_str() > refused["last_sync"].as_str(), "runs go on: {state:#}");
    assert_eq!(far.asked(), 1, "the service is not asked again: {:#?}", far.take_requests());

    let successor = "ghp_SuccessorOfTheCanary00000000000000";
    far.knows(successor);
    repo.commit("main", &NewCommit::new("Meanwhile\n")).unwrap();
    add_account(&pdt, &far, successor);
    let runs = pdt.runs("commits").len();
    // The run that was going while the account was added knows the old token alone.
    let next = pdt.await_runs("commits", runs + 2);
    assert_eq!(next[runs + 1].outcome.as_deref(), Some("ok"), "{next:#?}");
    assert_eq!(pdt.state("commits")["last_error"], Value::Null, "and it is forgotten");
    let finished = running.stop("TERM");
    let warned = finished.stderr.lines().filter(|line| line.contains("the run fell short")).count();
    assert_eq!(warned, 1, "the log says it once: {}", finished.stderr);
    assert!(!finished.stderr.contains(CANARY), "without the token");
}

#[test]
fn a_limit_is_kept_to_although_the_interval_is_short_and_the_worker_is_started_anew() {
    let desk = Desk::new().every("2s", "10m");
    let pdt = &desk.pdt;
    let running = pdt.start();
    pdt.await_runs("commits", 1);
    desk.far.order(Fault::at("/**").refuses(Refusal::SecondaryLimit(62)));
    let limited = pdt.state_when("commits", "a limit", |state| state["health"] == "rate_limited");
    let end = limited_until(&limited);
    let state = pdt.state_when("commits", "a plan", |state| state["next_sync"].as_str() >= Some(&text(end)));
    assert!(time(&state["next_sync"]) <= end + TimeDelta::seconds(11), "soon after its end: {state:#}");
    desk.far.take_requests();

    running.stop("TERM");
    let again = pdt.start();
    let runs = pdt.runs("commits").len();
    // Not a wait for something to be ready: the time until the limit's end is what is tested.
    let rest = (end - Utc::now() - TimeDelta::seconds(2)).to_std().unwrap();
    thread::sleep(rest);
    assert_eq!(desk.far.take_requests(), [], "nobody is asked before the limit's end");
    assert!(pdt.runs("commits").len() <= runs + 1, "the first run of the new worker is the only one");
    let state = pdt.state("commits");
    assert_eq!(state["health"], "rate_limited", "{state:#}");
    assert!((end..=end + TimeDelta::seconds(11)).contains(&time(&state["next_sync"])), "{state:#}");
    wait_until("the next sync", PATIENCE, || pdt.state("commits")["health"] == "ok").unwrap();
    assert!(end <= Utc::now(), "after the limit");
    again.stop("TERM");
}

#[test]
fn every_profile_is_served_and_one_that_fails_stops_no_other() {
    let desk = Desk::new().every("1s", "10m");
    let client = "ghp_TokenOfAnotherRole0000000000000000";
    desk.far.knows(client);
    let pdt = desk.pdt.with("PDT_TOKEN_CLIENT", client);
    let url = desk.far.url();
    pdt.json(&["account", "add", "github", "--url", &url, "--name", "client", "--profile", "client"]);
    pdt.json(&["repo", "add", &format!("{url}/{REPOSITORY}"), "--profile", "client"]);
    let running = pdt.start();
    let state_of = |profile| pdt.json(&["status", "--profile", profile])["commits"].clone();
    let is = |profile, outcome: &str| state_of(profile)["outcome"] == outcome;
    for profile in ["default", "client"] {
        wait_until(profile, PATIENCE, || is(profile, "ok")).unwrap();
    }
    desk.far.revoke();
    wait_until("a refusal", PATIENCE, || is("default", "failed")).unwrap();
    let runs = pdt.runs("commits").len();
    let later = pdt.await_runs("commits", runs + 4);
    let good = later[runs..].iter().filter(|run| run.outcome.as_deref() == Some("ok")).count();
    assert!(good >= 2, "the other profile goes on: {later:#?}");
    assert!(is("client", "ok") && state_of("client")["last_error"].is_null(), "and knows of nothing");
    running.stop("TERM");
}

fn time(value: &Value) -> DateTime<Utc> {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{value} is no time"))
}

fn text(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn limited_until(state: &Value) -> DateTime<Utc> {
    let reason = state["reason"].as_str().unwrap_or_default();
    let end = reason.strip_prefix("limited until ").unwrap_or_else(|| panic!("{state:#}"));
    let end: DateTime<Utc> = end.parse().unwrap();
    assert!(end > Utc::now() + TimeDelta::seconds(50), "{end} lies ahead");
    end
}
