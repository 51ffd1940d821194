//! Every call of the window that answers from the database, with what a person asks it for.

use std::time::Instant;

use pdt_seam::calls::{Host, answer};
use serde_json::{Value, json};
use tokio::task::JoinError;

use super::figures::Figure;
use super::sample::{PROFILE, Sample};

/// A call, and how it is made in each round.
pub(super) struct Call {
    /// What the table says.
    pub(super) label: &'static str,
    /// The call's name.
    name: &'static str,
    params: fn(&Sample, usize) -> Value,
}

const fn call(label: &'static str, name: &'static str, params: fn(&Sample, usize) -> Value) -> Call {
    Call { label, name, params }
}

fn of_profile(_: &Sample, _: usize) -> Value {
    json!({ "profile": PROFILE })
}

fn nothing(_: &Sample, _: usize) -> Value {
    json!({})
}

fn query(query: Value) -> Value {
    json!({ "profile": PROFILE, "query": query })
}

/// So many numbers from somewhere in the list, as a person scrolls who drags the bar.
fn rows(sample: &Sample, round: usize, count: usize) -> Value {
    let from = round * 7919 % sample.ids.len().saturating_sub(count).max(1);
    let ids: Vec<&Value> = sample.ids.iter().skip(from).take(count).collect();
    json!({ "profile": PROFILE, "ids": ids })
}

fn sprint_in(sample: &Sample, round: usize, state: &str) -> Value {
    let all: Vec<Value> = sample.sprints.iter().filter(|sprint| sprint["state"] == state).cloned().collect();
    Sample::pick(&all, round)["id"].clone()
}

/// The planned sprint that has become a drawer.
fn fullest_sprint(sample: &Sample) -> Value {
    let fullest = sample.sprints.iter().max_by_key(|sprint| sprint["cards"].as_u64());
    fullest.map(|sprint| sprint["id"].clone()).unwrap_or_default()
}

fn text(sample: &Sample, round: usize) -> String {
    const WORDS: &[&str] =
        &["login", "pay ret", "TEAMA-1", "umlaute", "検索", "nothing has this", "TEAMB", "e"];
    let known = Sample::pick(&sample.cards, round)["summary"].as_str().unwrap_or_default().to_owned();
    WORDS.get(round % (WORDS.len() + 1)).map_or(known, |word| (*word).to_owned())
}

pub(super) const ALL: &[Call] = &[
    call("about", "about", nothing),
    call("profiles", "profiles", nothing),
    call("settings", "settings", nothing),
    call("live", "live", nothing),
    call("autostart", "autostart", nothing),
    call("status", "status", of_profile),
    call("attention", "attention", of_profile),
    call("accounts", "accounts", of_profile),
    call("repositories", "repositories", of_profile),
    call("overview", "overview", |_, _| json!({ "profile": PROFILE, "days": 30 })),
    call("commits, the latest 100", "commits", |_, _| query(json!({ "limit": 100 }))),
    call("commits, 100 of a repository", "commits", |it, n| {
        query(json!({ "repo": repo(Sample::pick(&it.repositories, n)), "limit": 100 }))
    }),
    call("commits, all of a card", "commits", |it, n| {
        query(json!({ "card": Sample::pick(&it.cards, n)["key"] }))
    }),
    call("commits, 100 unlinked", "commits", |_, _| query(json!({ "unlinked": true, "limit": 100 }))),
    call("commit_rows, 60 of them", "commit_rows", |it, n| rows(it, n, 60)),
    call("commit_rows, 500 of them", "commit_rows", |it, n| rows(it, n, 500)),
    call("commit_facets", "commit_facets", |_, _| json!({ "profile": PROFILE, "repo": null })),
    call("commit_facets of a repository", "commit_facets", |it, n| {
        let place = Sample::pick(&it.repositories, n);
        json!({ "profile": PROFILE, "repo": repo(place) })
    }),
    call("commit", "commit", |it, n| {
        let commit = Sample::pick(&it.commits, n);
        json!({ "profile": PROFILE, "id": commit["id"] })
    }),
    call("commit without a card", "commit", |it, n| {
        let unlinked: Vec<Value> = it.commits.iter().filter(|it| it["has_link"] == false).cloned().collect();
        let commit = Sample::pick(&unlinked, n);
        json!({ "profile": PROFILE, "id": commit["id"] })
    }),
    call("find_cards", "find_cards", |it, n| json!({ "profile": PROFILE, "text": text(it, n) })),
    call("sprints", "sprints", of_profile),
    call("cards of an active sprint", "cards", |it, n| {
        query(json!({ "sprint": sprint_in(it, n, "active") }))
    }),
    call("cards of a closed sprint", "cards", |it, n| query(json!({ "sprint": sprint_in(it, n, "closed") }))),
    call("cards of a sprint with 1,000", "cards", |it, _| query(json!({ "sprint": fullest_sprint(it) }))),
    call(
        "card",
        "card",
        |it, n| json!({ "profile": PROFILE, "key": Sample::pick(&it.cards, n)["key"], "account": null }),
    ),
    call(
        "burndown of an active sprint",
        "burndown",
        |it, n| json!({ "profile": PROFILE, "sprint": sprint_in(it, n, "active"), "account": null }),
    ),
    call(
        "burndown of a closed sprint",
        "burndown",
        |it, n| json!({ "profile": PROFILE, "sprint": sprint_in(it, n, "closed"), "account": null }),
    ),
    call("runs, the latest 200", "runs", |_, _| query(json!({}))),
    call("runs, 500 further back", "runs", |it, _| query(json!({ "before": it.runs.last(), "limit": 500 }))),
    call("runs of a loop", "runs", |_, _| query(json!({ "loop": "jira" }))),
    call("runs, troubled", "runs", |_, _| query(json!({ "troubled": true }))),
    call("runs, eventful", "runs", |_, _| query(json!({ "eventful": true }))),
    call("run", "run", |it, n| json!({ "profile": PROFILE, "id": Sample::pick(&it.runs, n) })),
    call(
        "repository_removal",
        "repository_removal",
        |it, n| json!({ "profile": PROFILE, "id": Sample::pick(&it.repositories, n)["id"] }),
    ),
    call(
        "repository_removal, the largest",
        "repository_removal",
        |_, _| json!({ "profile": PROFILE, "id": 1 }),
    ),
    call(
        "account_removal, commits",
        "account_removal",
        |_, _| json!({ "profile": PROFILE, "name": "github" }),
    ),
    call("account_removal, cards", "account_removal", |_, _| json!({ "profile": PROFILE, "name": "jira" })),
    call(
        "open_link",
        "open_link",
        |it, n| json!({ "profile": PROFILE, "url": Sample::pick(&it.commits, n)["url"] }),
    ),
    call("link_commit", "link_commit", link),
    call("unlink_commit", "unlink_commit", link),
];

fn repo(place: &Value) -> String {
    let word = |name: &str| place[name].as_str().unwrap_or_default().to_owned();
    format!("{}/{}", word("owner"), word("name"))
}

fn link(sample: &Sample, round: usize) -> Value {
    let (commit, card) = (Sample::pick(&sample.commits, round), Sample::pick(&sample.cards, round));
    json!({ "profile": PROFILE, "sha": commit["sha"], "key": card["key"] })
}

/// How long a thread takes to do nothing: what the machine itself is late by, because it has other work to do.
pub(super) async fn nothing_at_all(rounds: usize) -> Result<Figure, JoinError> {
    let mut figure = Figure::new("(nothing, on a thread)");
    for _ in 0..rounds {
        let begun = Instant::now();
        tokio::task::spawn_blocking(|| ()).await?;
        figure.add(begun.elapsed(), 0);
    }
    Ok(figure)
}

/// Makes a call again and again. A call that fails is not made any more.
pub(super) async fn measure(host: &Host, sample: &Sample, call: &Call, rounds: usize) -> Figure {
    let mut figure = Figure::new(call.label);
    for round in 0..rounds {
        let params = (call.params)(sample, round);
        let begun = Instant::now();
        match answer(host, call.name, params).await {
            Ok(document) => figure.add(begun.elapsed(), document.get().len()),
            Err(error) => {
                figure.trouble = error.to_string().lines().next().map(str::to_owned);
                break;
            }
        }
    }
    figure
}
