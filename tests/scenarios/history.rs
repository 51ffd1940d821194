//! What stands in the database equals what git says, on the first run and after everything that can happen to
//! a repository, at every service.

use crate::support::far::Far;
use crate::support::lately;
use crate::support::truth::{Truth, pairs_of};
use chrono::{DateTime, TimeDelta, Utc};
use pdt_testkit::{GitRepo, GithubSettings, GitlabSettings, NewCommit, Plan};

const REPOSITORY: &str = "acme/widgets";

fn days_ago(days: i64) -> DateTime<Utc> {
    Utc::now() - TimeDelta::days(days)
}

/// A repository's life, with a sync after each step.
fn holds_through_everything(far: &Far, plan: &Plan) {
    let repo = GitRepo::create().unwrap();
    repo.generate(plan).unwrap();
    far.add(REPOSITORY, &repo);
    let pdt = far.person(&[REPOSITORY]);
    let mut truth = Truth::at_first_run(&repo);

    pdt.sync_ok();
    truth.assert_held_by(&pdt, REPOSITORY, "the first run");

    let branches = repo.branches().unwrap();
    for n in 0..50 {
        let branch = &branches[n % 3];
        repo.commit(branch, &NewCommit::new(&format!("Work {n}\n"))).unwrap();
    }
    let mut step = |what: &str| {
        truth.pushed();
        pdt.sync_ok();
        truth.assert_held_by(&pdt, REPOSITORY, what);
    };
    step("50 new commits on 3 branches");

    let rewritten = &branches[4];
    repo.commit(rewritten, &NewCommit::new("To be thrown away\n")).unwrap();
    step("one more commit");
    repo.force_push(rewritten, &format!("refs/heads/{rewritten}~1")).unwrap();
    repo.commit(rewritten, &NewCommit::new("In its place\n")).unwrap();
    step("a force-push");

    repo.delete_branch(&branches[5]).unwrap();
    step("a deleted branch");

    repo.branch("long/ago", "refs/heads/main~20").unwrap();
    for n in 0..8 {
        repo.commit("long/ago", &NewCommit::new(&format!("Old {n}\n")).at(days_ago(60 - n))).unwrap();
    }
    step("a branch of old commits is pushed");

    repo.merge("main", &["long/ago"], &NewCommit::new("Merge long/ago\n")).unwrap();
    step("the branch of old commits is merged");

    repo.branch("copy", "refs/heads/main").unwrap();
    step("a branch without a commit of its own");
    repo.delete_branch("copy").unwrap();
    repo.branch("copy", "refs/heads/main~1").unwrap();
    step("a deleted branch comes back elsewhere");
}

#[test]
fn github_holds_through_everything() {
    holds_through_everything(&Far::github(), &Plan::busy(lately()));
}

#[test]
fn github_with_300_branches_holds_through_everything() {
    holds_through_everything(&Far::github(), &Plan::wide(lately()));
}

#[test]
fn github_without_graphql_holds_through_everything() {
    let settings = GithubSettings::default().without_graphql().without_limits();
    holds_through_everything(&Far::github_with(settings), &Plan::busy(lately()));
}

#[test]
fn gitlab_holds_through_everything() {
    holds_through_everything(&Far::gitlab(), &Plan::busy(lately()));
}

#[test]
fn gitlab_with_300_branches_holds_through_everything() {
    holds_through_everything(&Far::gitlab(), &Plan::wide(lately()));
}

#[test]
fn a_gitlab_that_repeats_its_pages_is_read_branch_by_branch() {
    let settings = GitlabSettings::default().repeating_pages_of_all().without_parents_of_tips();
    holds_through_everything(&Far::gitlab_with(settings), &Plan::busy(lately()));
}

#[test]
fn wrong_clocks_hide_nothing() {
    for (far, seed) in [(Far::github(), 7), (Far::gitlab(), 7), (Far::github(), 8), (Far::gitlab(), 8)] {
        let repo = GitRepo::create().unwrap();
        // All within the window: what a wrong clock dates into the window from behind its border is not looked for.
        let plan = Plan::sized(lately(), 300, 12).over_days(28).with_wrong_clocks().seed(seed);
        repo.generate(&plan).unwrap();
        far.add(REPOSITORY, &repo);
        let pdt = far.person(&[REPOSITORY]);
        let truth = Truth::at_first_run(&repo);
        pdt.sync_ok();
        truth.assert_held_by(&pdt, REPOSITORY, &format!("{} with seed {seed}", far.kind()));
    }
}

#[test]
fn what_was_pushed_away_stays_with_its_former_branch() {
    for far in [Far::github(), Far::gitlab()] {
        let repo = GitRepo::create().unwrap();
        repo.commit("main", &NewCommit::new("Begin\n")).unwrap();
        repo.branch("topic", "main").unwrap();
        let lost = repo.commit("topic", &NewCommit::new("Lost\n")).unwrap();
        far.add(REPOSITORY, &repo);
        let pdt = far.person(&[REPOSITORY]);
        pdt.sync_ok();
        repo.force_push("topic", "main").unwrap();
        repo.commit("topic", &NewCommit::new("Instead\n")).unwrap();
        pdt.sync_ok();
        let listed = pdt.json(&["commit", "list"]);
        let row = listed.as_array().unwrap().iter().find(|row| row["sha"] == lost.as_str()).expect("kept");
        assert_eq!(row["branches"], serde_json::json!([]), "no branch reaches it now");
        assert_eq!(row["former_branches"], serde_json::json!(["topic"]), "one did");
        assert_eq!(row["branch"], "topic", "where it was first seen");

        repo.delete_branch("topic").unwrap();
        pdt.sync_ok();
        assert!(pairs_of(&pdt, REPOSITORY).iter().all(|(_, branch)| branch == "main"), "topic is gone");
    }
}

#[test]
fn an_empty_repository_is_fine_and_its_first_push_is_all_new() {
    for far in [Far::github(), Far::gitlab()] {
        let repo = GitRepo::create().unwrap();
        far.add(REPOSITORY, &repo);
        let pdt = far.person(&[REPOSITORY]);
        assert_eq!(pdt.sync_ok()["results"][0]["total_fetched"], 0, "nothing is there yet");
        repo.commit("main", &NewCommit::new("Old but new here\n").at(days_ago(90))).unwrap();
        repo.commit("main", &NewCommit::new("New\n")).unwrap();
        pdt.sync_ok();
        assert_eq!(pairs_of(&pdt, REPOSITORY).len(), 2, "both were pushed since PDT looks ({})", far.kind());
    }
}

#[test]
fn a_repository_that_was_removed_and_added_again_is_read_again() {
    for far in [Far::github(), Far::gitlab()] {
        let repo = GitRepo::create().unwrap();
        repo.commit("main", &NewCommit::new("Begin\n")).unwrap();
        far.add(REPOSITORY, &repo);
        let pdt = far.person(&[REPOSITORY]);
        pdt.sync_ok();
        let url = format!("{}/{REPOSITORY}", far.url());
        pdt.json(&["repo", "remove", &url]);
        assert!(pdt.json(&["commit", "list"]).as_array().unwrap().is_empty(), "its commits went with it");
        pdt.json(&["repo", "add", &url]);
        pdt.sync_ok();
        assert_eq!(pairs_of(&pdt, REPOSITORY).len(), 1, "nothing of the old validator is believed");
    }
}

#[test]
fn a_default_branch_with_an_old_tip_hides_no_recent_commits() {
    for far in [Far::github(), Far::gitlab()] {
        let repo = GitRepo::create().unwrap();
        for n in 0..3 {
            repo.commit("main", &NewCommit::new(&format!("Recent {n}\n")).at(days_ago(10))).unwrap();
        }
        repo.commit("main", &NewCommit::new("By a slow clock\n").at(days_ago(60))).unwrap();
        far.add(REPOSITORY, &repo);
        let pdt = far.person(&[REPOSITORY]);
        pdt.sync_ok();
        assert_eq!(pairs_of(&pdt, REPOSITORY).len(), 3, "the three recent ones are there ({})", far.kind());
    }
}

#[test]
fn a_renamed_repository_keeps_its_row_and_its_name_follows() {
    for far in [Far::github(), Far::gitlab()] {
        let repo = GitRepo::create().unwrap();
        repo.commit("main", &NewCommit::new("Begin\n")).unwrap();
        far.add(REPOSITORY, &repo);
        let pdt = far.person(&[REPOSITORY]);
        pdt.sync_ok();
        let before = pdt.json(&["repo", "list"]);
        far.rename(REPOSITORY, "acme-group/gadgets");
        repo.commit("main", &NewCommit::new("More\n")).unwrap();
        let commits = pdt.sync_ok();
        assert_eq!(commits["results"][0]["repo_name"], "acme-group/gadgets", "the result says the new name");
        let after = pdt.json(&["repo", "list"]);
        assert_eq!(after[0]["id"], before[0]["id"], "the row stays");
        assert_eq!(
            (&after[0]["owner"], &after[0]["name"]),
            (&"acme-group".into(), &"gadgets".into()),
            "name follows"
        );
        assert_eq!(after[0]["is_valid"], true, "a rename is no fault");
        assert_eq!(pairs_of(&pdt, "acme-group/gadgets").len(), 2, "both commits are there");
    }
}

#[test]
fn groups_may_be_nested_and_one_commit_may_be_in_two_repositories() {
    let far = Far::gitlab();
    let repo = GitRepo::create().unwrap();
    let shared = repo.commit("main", &NewCommit::new("Shared\n")).unwrap();
    let fork = GitRepo::copy_of(repo.path()).unwrap();
    fork.commit("main", &NewCommit::new("Forked\n")).unwrap();
    far.add("acme/web/front/app", &repo);
    far.add("ada/app", &fork);
    let pdt = far.person(&["acme/web/front/app", "ada/app.git"]);
    pdt.sync_ok();
    let listed = pdt.json(&["commit", "list"]);
    let of_shared: Vec<_> = listed
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["sha"] == shared.as_str())
        .map(|row| row["repo"].as_str().unwrap())
        .collect();
    assert_eq!(of_shared.len(), 2, "one row in each repository: {of_shared:?}");
    assert_eq!(listed.as_array().unwrap().len(), 3, "and the fork's own");
}
