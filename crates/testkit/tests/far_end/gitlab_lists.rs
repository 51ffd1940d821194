//! GitLab's lists of branches and commits.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};
use pdt_testkit::{GitRepo, GitlabSettings, NewCommit, Plan};

use crate::client::{gitlab_as, gitlab_with};
use crate::git::day;

const PROJECT: &str = "/projects/acme%2Ftools%2Fwidgets/repository";

fn planned(plan: &Plan) -> GitRepo {
    let repo = GitRepo::create().unwrap();
    repo.generate(plan).unwrap();
    repo
}

#[tokio::test]
async fn a_full_page_of_commits_announces_a_next_one_that_may_be_empty() {
    let repo = planned(&Plan::sized(day("2026-02-18"), 40, 1));
    let (gitlab, client) = gitlab_with(&repo);
    let pages = client.walk(&format!("{PROJECT}/commits?ref_name=main")).await;
    let lengths: Vec<usize> = pages.iter().map(|page| page.list().len()).collect();
    assert_eq!(lengths, [20, 20, 0], "20 by default, and one in vain");
    assert_eq!(pages[1].header("x-next-page"), "3", "announced");
    assert_eq!(pages[2].header("x-next-page"), "", "the end");
    for page in &pages {
        assert!(!page.headers.contains_key("x-total"), "nobody counts commits");
        assert!(
            page.link("last").is_none() && page.link("first").is_some(),
            "there is no last, always a first"
        );
    }
    let link = pages[0].link("next").unwrap();
    assert!(
        link.starts_with(&format!("{}/api/v4{PROJECT}/commits?", gitlab.url())),
        "the path as asked: {link}"
    );
    assert!(
        link.contains("id=acme%2Ftools%2Fwidgets&page=2&per_page=20&ref_name=main"),
        "all parameters: {link}"
    );
    assert_eq!(
        client.get(&format!("{PROJECT}/commits?per_page=500")).await.header("x-per-page"),
        "100",
        "the cap"
    );
}

#[tokio::test]
async fn branches_are_counted_and_carry_their_tips() {
    let repo = planned(&Plan::sized(day("2026-02-18"), 60, 18));
    let (_gitlab, client) = gitlab_with(&repo);
    let pages = client.walk(&format!("{PROJECT}/branches?per_page=7")).await;
    assert_eq!(
        (pages.len(), pages[0].header("x-total"), pages[0].header("x-total-pages")),
        (3, "18", "3"),
        "counted"
    );
    for branch in pages.iter().flat_map(|page| page.list()) {
        let name = branch["name"].as_str().unwrap();
        assert_eq!(branch["commit"]["id"], repo.sha(name).unwrap().as_str(), "{name}");
        assert_eq!(branch["default"], name == "main", "{name}");
        assert!(branch["commit"]["committed_date"].is_string(), "the tip's date");
        let encoded = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
        let single = client.get(&format!("{PROJECT}/branches/{encoded}")).await;
        assert_eq!(single.json()["name"], name, "by its encoded name");
    }
    let sorted = client.get(&format!("{PROJECT}/branches?sort=updated_desc&per_page=100")).await.list();
    let moment = |branch: &serde_json::Value| {
        branch["commit"]["committed_date"].as_str().unwrap().parse::<DateTime<FixedOffset>>().unwrap()
    };
    assert!(sorted.windows(2).all(|pair| moment(&pair[0]) >= moment(&pair[1])), "newest first");
}

#[tokio::test]
async fn old_servers_do_not_tell_the_parents_of_tips() {
    let repo = planned(&Plan::sized(day("2026-02-18"), 10, 1));
    let (_gitlab, client) = gitlab_as(GitlabSettings::default().without_parents_of_tips(), &repo);
    let branch = &client.get(&format!("{PROJECT}/branches")).await.list()[0];
    assert_eq!(branch["commit"]["parent_ids"], serde_json::json!([]), "as if it were a root");
}

#[tokio::test]
async fn all_lists_the_commits_of_every_ref_once() {
    let repo = planned(&Plan::busy(day("2026-02-18")));
    let hidden = repo.commit("away", &NewCommit::new("kept around\n").at(day("2026-02-17"))).unwrap();
    repo.set_ref(&format!("refs/keep-around/{hidden}"), "away").unwrap();
    repo.delete_branch("away").unwrap();
    let (_gitlab, client) = gitlab_with(&repo);
    let pages = client.walk(&format!("{PROJECT}/commits?all=true&per_page=100")).await;
    let ids: Vec<String> = pages.iter().flat_map(|page| page.each("id")).collect();
    assert_eq!(ids, repo.log(&["--all"]).unwrap(), "in git's own order");
    assert_eq!(ids.len(), BTreeSet::from_iter(&ids).len(), "each once");
    assert!(ids.contains(&hidden), "refs that are no branches count as well");
    let since =
        client.walk(&format!("{PROJECT}/commits?all=true&per_page=100&since=2026-01-20T00:00:00Z")).await;
    let ids: Vec<String> = since.iter().flat_map(|page| page.each("id")).collect();
    assert_eq!(ids, repo.log(&["--all", "--since=2026-01-20T00:00:00Z"]).unwrap(), "from a day on");
}

#[tokio::test]
async fn some_servers_repeat_the_first_page_of_all() {
    let repo = planned(&Plan::sized(day("2026-02-18"), 50, 2));
    let (_gitlab, client) = gitlab_as(GitlabSettings::default().repeating_pages_of_all(), &repo);
    let first = client.get(&format!("{PROJECT}/commits?all=true&page=1")).await;
    let second = client.get(&format!("{PROJECT}/commits?all=true&page=2")).await;
    assert_eq!(first.each("id"), second.each("id"), "whatever the page");
    assert_eq!(second.header("x-next-page"), "3", "for ever");
    let one = client.get(&format!("{PROJECT}/commits?ref_name=main&page=2")).await;
    assert_ne!(first.each("id"), one.each("id"), "other lists are right");
}

#[tokio::test]
async fn a_ref_that_is_gone_has_no_commits_and_that_is_no_error() {
    let repo = GitRepo::create().unwrap();
    let first = repo.commit("main", &NewCommit::new("first\n").at(day("2026-02-01"))).unwrap();
    let second = repo.commit("main", &NewCommit::new("second\n").at(day("2026-02-02"))).unwrap();
    let (_gitlab, client) = gitlab_with(&repo);
    let gone = client.get(&format!("{PROJECT}/commits?ref_name=gone")).await;
    assert_eq!((gone.status, gone.text.as_str()), (200, "[]"), "nothing");
    for (name, wanted) in [
        (first.clone(), vec![first.clone()]),
        (format!("{first}..main"), vec![second.clone()]),
        ("gone..main".to_owned(), vec![]),
        ("main".to_owned(), vec![second.clone(), first.clone()]),
    ] {
        let answer = client.get(&format!("{PROJECT}/commits?ref_name={name}")).await;
        assert_eq!(answer.each("id"), wanted, "{name}");
    }
    let compared = client.get(&format!("{PROJECT}/compare?from={first}&to=main")).await.json();
    assert_eq!(compared["commits"][0]["id"], second.as_str(), "a comparison");
    assert_eq!(client.get(&format!("{PROJECT}/compare?from=gone&to=main")).await.status, 404, "of nothing");
}

#[tokio::test]
async fn an_empty_project_has_no_repository_and_no_branches() {
    let (_gitlab, client) = gitlab_with(&GitRepo::create().unwrap());
    let commits = client.get(&format!("{PROJECT}/commits")).await;
    assert_eq!(
        (commits.status, commits.text.as_str()),
        (404, r#"{"message":"404 Repository Not Found"}"#),
        "none"
    );
    assert_eq!(client.get(&format!("{PROJECT}/branches")).await.text, "[]", "none, and no error");
    let project = client.get("/projects/acme%2Ftools%2Fwidgets").await.json();
    assert!(project["default_branch"].is_null() && project["empty_repo"] == true, "it says so itself");
}

#[tokio::test]
async fn commits_keep_offsets_and_line_ends_and_lose_the_end_of_long_titles() {
    let repo = GitRepo::create().unwrap();
    let at: DateTime<FixedOffset> = "2026-02-18T23:15:00+02:00".parse().unwrap();
    let long = format!("{}end\n\nbody\n", "word ".repeat(20));
    repo.commit("main", &NewCommit::new(&long).at(at)).unwrap();
    let (_gitlab, client) = gitlab_with(&repo);
    let commit = &client.get(&format!("{PROJECT}/commits")).await.list()[0];
    assert_eq!(commit["committed_date"], "2026-02-18T23:15:00.000+02:00", "its own offset");
    assert_eq!(commit["message"], long.as_str(), "with the final line end");
    let title = commit["title"].as_str().unwrap();
    assert!(title.ends_with("word...") && title.len() <= 81, "cut at a word: {title}");
}

#[tokio::test]
async fn a_plus_in_a_date_must_be_encoded() {
    let repo = GitRepo::create().unwrap();
    repo.commit("main", &NewCommit::new("first\n").at(day("2026-02-18"))).unwrap();
    let (_gitlab, client) = gitlab_with(&repo);
    let bare = client.get(&format!("{PROJECT}/commits?since=2026-02-01T00:00:00+02:00")).await;
    assert_eq!(
        (bare.status, bare.text.as_str()),
        (400, r#"{"error":"since is invalid"}"#),
        "a blank is no plus"
    );
    let encoded = client.get(&format!("{PROJECT}/commits?since=2026-02-01T00:00:00%2B02:00")).await;
    assert_eq!(encoded.list().len(), 1, "encoded it is read");
}
