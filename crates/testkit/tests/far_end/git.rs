//! The builder of repositories, and the truth that it tells.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use pdt_testkit::git::Person;
use pdt_testkit::{GitRepo, NewCommit, Plan};

pub(crate) fn day(text: &str) -> DateTime<Utc> {
    format!("{text}T12:00:00Z").parse().unwrap()
}

#[test]
fn the_same_plan_gives_the_same_shas_everywhere() {
    let now = day("2026-02-18");
    let tips = |seed| {
        let repo = GitRepo::create().unwrap();
        repo.generate(&Plan::sized(now, 60, 8).seed(seed)).unwrap();
        repo.pairs().unwrap()
    };
    assert_eq!(tips(1), tips(1), "a plan holds no chance");
    assert_ne!(tips(1), tips(2), "another seed is another history");
}

#[test]
fn a_busy_history_has_500_commits_on_20_branches_with_merges() {
    let now = day("2026-02-18");
    let repo = GitRepo::create().unwrap();
    repo.generate(&Plan::busy(now)).unwrap();
    assert_eq!(repo.branches().unwrap().len(), 20, "branches");
    assert_eq!(repo.log(&["--branches"]).unwrap().len(), 500, "commits");
    assert!(repo.log(&["--branches", "--merges"]).unwrap().len() > 20, "merges");
    let window = repo.pairs_in_window(now - Duration::days(30)).unwrap();
    let all = repo.pairs().unwrap();
    assert!(window.len() > 100 && window.len() < all.len(), "the window cuts through: {}", window.len());
}

#[test]
fn a_wide_history_has_300_branches_with_odd_names_among_them() {
    let repo = GitRepo::create().unwrap();
    repo.generate(&Plan::wide(day("2026-02-18"))).unwrap();
    let branches = repo.branches().unwrap();
    assert_eq!(branches.len(), 300, "branches");
    for odd in ["feature/a", "fix#1", "50%", "größe/überarbeiten", "日本語", "crab-🦀"] {
        assert!(branches.iter().any(|name| name == odd), "{odd} is missing");
    }
}

#[test]
fn the_window_finds_what_lies_behind_a_wrong_clock() {
    let repo = GitRepo::create().unwrap();
    let now = day("2026-02-18");
    let behind = repo.commit("main", &NewCommit::new("in the window\n").at(now)).unwrap();
    let ancient = DateTime::from_timestamp(0, 0).unwrap();
    let old = repo.commit("main", &NewCommit::new("dated 1970\n").at(ancient)).unwrap();
    let pairs = repo.pairs_in_window(now - Duration::days(1)).unwrap();
    assert_eq!(pairs, BTreeSet::from([(behind, "main".to_owned())]), "each commit is judged by itself");
    assert_eq!(repo.rev_list("main").unwrap().first(), Some(&old), "1970 is a date like any other");
}

#[test]
fn branches_are_made_merged_rewritten_and_deleted() {
    let repo = GitRepo::create().unwrap();
    let first = repo.commit("main", &NewCommit::new("first\n")).unwrap();
    repo.branch("side", "main").unwrap();
    let side = repo.commit("side", &NewCommit::new("side\n")).unwrap();
    let merge = repo.merge("main", &["side"], &NewCommit::new("merge\n")).unwrap();
    assert_eq!(BTreeSet::from_iter(repo.rev_list("main").unwrap()).len(), 3, "a merge brings both sides");
    repo.force_push("main", &first).unwrap();
    assert_eq!(repo.rev_list("main").unwrap(), [first], "a force-push takes away");
    assert_eq!(repo.sha(&merge).unwrap(), merge, "what was taken away stays readable");
    repo.delete_branch("side").unwrap();
    assert_eq!(repo.branches().unwrap(), ["main"], "the branch is gone");
    assert_eq!(repo.sha(&side).unwrap(), side, "its commit is not");
    assert!(repo.delete_branch("side").is_err(), "there is nothing left to delete");
}

#[test]
fn a_commit_keeps_its_message_people_and_dates_byte_by_byte() {
    let repo = GitRepo::create().unwrap();
    let written: DateTime<chrono::FixedOffset> = "2026-01-02T03:04:05+02:00".parse().unwrap();
    let committed: DateTime<chrono::FixedOffset> = "2026-02-03T04:05:06-07:00".parse().unwrap();
    let commit = NewCommit::new("no line end")
        .by(&Person::new("Zoë", "zoe@example.org"))
        .committed_by(&Person::new("", ""))
        .at(committed)
        .authored_at(written);
    repo.commit("main", &commit).unwrap();
    let shown = repo.log(&["--format=%an|%ae|%aI|%cn|%ce|%cI|%B|", "main"]).unwrap().join("\n");
    let wanted = "Zoë|zoe@example.org|2026-01-02T03:04:05+02:00|||2026-02-03T04:05:06-07:00|no line end|";
    assert_eq!(shown, wanted, "git has what was ordered");
}

#[test]
fn a_copy_has_the_branches_of_the_remote_too_and_leaves_the_original_alone() {
    let upstream = GitRepo::create().unwrap();
    upstream.commit("main", &NewCommit::new("first\n")).unwrap();
    upstream.branch("feature/a", "main").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let clone = folder.path().join("clone");
    let arguments = ["clone", "--quiet", upstream.path().to_str().unwrap(), clone.to_str().unwrap()];
    assert!(std::process::Command::new("git").args(arguments).status().unwrap().success(), "git clone works");
    let copy = GitRepo::copy_of(&clone).unwrap();
    assert_eq!(copy.branches().unwrap(), ["feature/a", "main"], "both branches, and no `HEAD`");
    copy.commit("main", &NewCommit::new("second\n")).unwrap();
    let original = GitRepo::open(&clone).unwrap();
    assert_eq!(original.rev_list("main").unwrap().len(), 1, "the original is only read");
}

#[test]
fn a_shallow_checkout_and_a_linked_working_tree_can_be_copied() {
    let upstream = GitRepo::create().unwrap();
    for message in ["first\n", "second\n"] {
        upstream.commit("main", &NewCommit::new(message)).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let git = |arguments: &[&str]| {
        let status = std::process::Command::new("git").current_dir(&folder).args(arguments).status();
        assert!(status.unwrap().success(), "git {arguments:?} works");
    };
    let url = format!("file://{}", upstream.path().display());
    git(&["clone", "--quiet", "--depth=1", &url, "shallow"]);
    git(&["-C", "shallow", "worktree", "add", "--quiet", "-b", "side", "../linked"]);
    for name in ["shallow", "linked"] {
        let copy = GitRepo::copy_of(&folder.path().join(name)).unwrap();
        assert_eq!(copy.branches().unwrap(), ["main", "side"], "{name}: every branch");
        assert_eq!(copy.rev_list("main").unwrap().len(), 1, "{name}: as deep as it was");
    }
}
