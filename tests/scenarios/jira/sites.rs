//! Two sites, one person: what is equal there never collides here. And sites that want their token elsewhere.

use pdt_testkit::jira::{BoardType, Edit, NewBoard, NewCard, NewSprint, SprintPhase, World};
use serde_json::json;

use crate::support::site::Site;

/// A site with one board, one active sprint and one card; numbers and keys are the same in each such world.
fn small(summary: &str) -> World {
    let world = World::new();
    world.add_project("ABC", "Alphabet");
    let board = world.add_board(NewBoard::new("Team", BoardType::Scrum, "ABC")).unwrap();
    let now = chrono::Utc::now();
    let sprint = NewSprint::new("Sprint 1", board).phase(SprintPhase::Active);
    let week = chrono::TimeDelta::days(7);
    let sprint = world.add_sprint(sprint.between(now - week, now + week));
    world.add_card(NewCard::new("ABC", summary).in_sprint(sprint)).unwrap();
    world
}

#[test]
fn equal_keys_and_numbers_on_two_sites_and_in_two_profiles_never_collide() {
    let (one, other) = (Site::cloud(&small("Here")), Site::cloud(&small("There")));
    let pdt = one.person().with("PDT_TOKEN_BETA", crate::support::site::JIRA_CANARY);
    other.connect(&pdt, "beta", &[]);
    other.connect(&pdt, "acme", &["--profile", "client"]);
    pdt.sync_jira_ok();
    pdt.json(&["sync", "jira", "--profile", "client"]);

    let sprints = pdt.json(&["sprint", "list"]);
    assert_eq!(sprints.as_array().unwrap().len(), 2, "{sprints:#}");
    assert_eq!(sprints[0]["id"], sprints[1]["id"], "the number is the same");
    let listed = pdt.json(&["card", "list"]);
    let mut seen: Vec<(&str, &str)> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|card| (card["account"].as_str().unwrap(), card["summary"].as_str().unwrap()))
        .collect();
    seen.sort_unstable();
    assert_eq!(seen, [("acme", "Here"), ("beta", "There")]);

    let refused = pdt.run(&["card", "show", "ABC-1", "--json"]);
    assert_eq!(refused.status, Some(2), "{}", refused.stderr);
    assert!(refused.stderr.contains("acme and beta"), "it names them: {}", refused.stderr);
    for (account, summary) in [("acme", "Here"), ("beta", "There")] {
        let card = pdt.json(&["card", "show", "ABC-1", "--account", account]);
        assert_eq!(card["summary"], json!(summary));
    }
    let there = pdt.json(&["card", "show", "abc-1", "--profile", "client"]);
    assert_eq!(there["summary"], json!("There"), "the other profile has a card of its own");

    other.fake.world().edit("ABC-1", Edit::Summary("Elsewhere".to_owned())).unwrap();
    pdt.sync_jira_ok();
    let summaries = |account| pdt.json(&["card", "show", "ABC-1", "--account", account])["summary"].clone();
    assert_eq!((summaries("acme"), summaries("beta")), (json!("Here"), json!("Elsewhere")));

    pdt.json(&["account", "remove", "beta"]);
    assert_eq!(pdt.card("ABC-1")["summary"], json!("Here"), "one is left");
}
