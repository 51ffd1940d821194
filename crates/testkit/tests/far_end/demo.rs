//! The demo's world.

use std::collections::BTreeSet;

use pdt_testkit::demo::Push;
use pdt_testkit::{DemoWorld, GitRepo, NewCommit};

use crate::client::Client;
use crate::jira_site::basic;

#[tokio::test]
async fn the_world_has_two_services_three_repositories_and_goes_on() {
    let mut world = DemoWorld::invented().unwrap();
    let github = Client::with_token(&format!("{}/api/v3", world.github().url()), world.github_token());
    let gitlab = Client::with_token(&format!("{}/api/v4", world.gitlab().url()), world.gitlab_token());
    assert_eq!(
        github.get("/user/repos").await.each("full_name"),
        ["example/widgets", "example/tools"],
        "two"
    );
    let projects = gitlab.get("/projects?membership=true").await;
    assert_eq!(projects.each("path_with_namespace"), ["example/platform/backend/api"], "one");
    assert_eq!(world.repository_urls().len(), 3, "three URLs");
    let pushes: Vec<_> = (0..26).map(|_| world.advance().unwrap()).collect();
    let kinds = |kind: fn(&Push) -> &str| pushes.iter().map(kind).collect::<BTreeSet<_>>().len();
    assert_eq!(kinds(|push| &push.repository), 3, "each gets its turn");
    assert!(kinds(|push| &push.author) >= 3, "several people");
    assert!(kinds(|push| &push.subject) >= 12 && kinds(|push| &push.branch) >= 4, "several matters");
    let with_key = pushes.iter().filter(|push| push.subject.starts_with("PDT-")).count();
    assert!(with_key > 0 && with_key < pushes.len(), "some for a card, some not");
    assert!(
        pushes.iter().any(|push| push.subject.contains('<')),
        "and one that a page must not take for its own"
    );
}

#[tokio::test]
async fn the_board_has_the_cards_that_the_commits_name_and_goes_on() {
    let mut world = DemoWorld::invented().unwrap();
    let jira = Client::with_token(&world.jira().site(), "");
    let authorization = basic(world.jira_email(), world.jira_token());
    let path = "/rest/agile/1.0/sprint/2/issue?maxResults=50&fields=status,updated";
    let cards =
        async || jira.get_with(path, &[("authorization", &authorization)]).await.json()["issues"].clone();
    let before = cards().await;
    let mut pushes = Vec::new();
    for _ in 0..26 {
        pushes.push(world.advance().unwrap());
    }
    assert_ne!(cards().await, before, "cards have moved");
    let named =
        pushes.iter().filter_map(|push| push.subject.split(' ').next()).filter(|key| key.starts_with("PDT-"));
    for key in named {
        assert_eq!(world.jira().world().card(key)["key"], key, "the board has it");
    }
}

#[tokio::test]
async fn a_given_repository_is_shown_and_only_read() {
    let original = GitRepo::create().unwrap();
    let sha = original.commit("main", &NewCommit::new("first\n")).unwrap();
    let mut world = DemoWorld::from_repository(original.path()).unwrap();
    let github = Client::with_token(&format!("{}/api/v3", world.github().url()), world.github_token());
    let first = github.get("/user/repos").await.each("full_name").remove(0);
    let commits = github.get(&format!("/repos/{first}/commits")).await;
    assert_eq!(commits.each("sha"), [sha.as_str()], "its own history");
    for _ in 0..6 {
        world.advance().unwrap();
    }
    assert_eq!(original.rev_list("main").unwrap(), [sha], "the original stays as it was");
}
