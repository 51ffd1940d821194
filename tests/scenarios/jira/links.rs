//! Which card a commit belongs to is decided by the projects that are known; what a person said stays.

use pdt_testkit::jira::{BoardType, NewBoard, NewCard, World};
use pdt_testkit::{GitRepo, NewCommit};
use serde_json::{Value, json};

use crate::support::Pdt;
use crate::support::far::Far;
use crate::support::site::{JIRA_CANARY, Site};

const REPOSITORY: &str = "acme/widgets";

fn keys(pdt: &Pdt, subject: &str) -> Value {
    let commits = pdt.json(&["commit", "list"]);
    let is_it = |commit: &&Value| commit["message"].as_str().unwrap().starts_with(subject);
    let found = commits.as_array().unwrap().iter().find(is_it).expect("it is there").clone();
    assert_eq!(found["jira_card_key"], found["jira_card_keys"].get(0).cloned().unwrap_or_default());
    assert_eq!(found["has_link"], found["jira_card_keys"] != json!([]));
    found["jira_card_keys"].clone()
}

fn one_project() -> World {
    let world = World::new();
    world.add_project("SHOP", "Shop");
    world.add_board(NewBoard::new("Shop", BoardType::Kanban, "SHOP")).unwrap();
    world.add_card(NewCard::new("SHOP", "A card")).unwrap();
    world
}

#[test]
fn when_projects_become_known_earlier_commits_are_linked_and_false_keys_unlinked() {
    let far = Far::github();
    let repo = GitRepo::create().unwrap();
    repo.commit("main", &NewCommit::new("One: shop-1 and OTHER-2\n")).unwrap();
    let two = repo.commit("main", &NewCommit::new("Two: ISSUE-7\n")).unwrap();
    let three = repo.commit("main", &NewCommit::new("Three\n")).unwrap();
    repo.branch("feature/shop-3-basket", "main").unwrap();
    repo.commit("feature/shop-3-basket", &NewCommit::new("Four\n")).unwrap();
    far.add(REPOSITORY, &repo);
    let pdt = far.person(&[REPOSITORY]).with("PDT_TOKEN_ACME", JIRA_CANARY);
    pdt.sync_ok();
    assert_eq!(keys(&pdt, "One"), json!(["OTHER-2"]), "before any Jira, only capitals count");
    assert_eq!(keys(&pdt, "Four"), json!([]));
    pdt.json(&["commit", "link", &three, "OTHER-9"]);
    let site = Site::cloud(&one_project());
    site.connect(&pdt, "acme", &[]);
    pdt.sync_jira_ok();
    assert_eq!(keys(&pdt, "One"), json!(["SHOP-1"]), "in any letter case, and OTHER is no project");
    assert_eq!(keys(&pdt, "Two"), json!([]));
    assert_eq!(keys(&pdt, "Three"), json!(["OTHER-9"]), "a person said so");
    assert_eq!(keys(&pdt, "Four"), json!(["SHOP-3"]), "out of the branch's name");
    pdt.json(&["commit", "link", &two, "SHOP-1"]);

    let world = site.fake.world();
    world.add_project("ISSUE", "Issues");
    world.add_board(NewBoard::new("Issues", BoardType::Kanban, "ISSUE")).unwrap();
    pdt.sync_jira_ok();
    assert_eq!(
        keys(&pdt, "Two"),
        json!(["ISSUE-7", "SHOP-1"]),
        "a project that came later, and the person's word"
    );

    pdt.json(&["account", "remove", "acme"]);
    pdt.sync_ok();
    assert_eq!(keys(&pdt, "One"), json!(["OTHER-2"]), "without any Jira, as before");
    assert_eq!(keys(&pdt, "Three"), json!(["OTHER-9"]), "and a person's word still stands");
}
