//! A service that accepts and never answers holds up its own loop alone, and not the end of the program.

use std::collections::BTreeSet;

use pdt_testkit::stage::wait_until;
use pdt_testkit::{Fault, GitRepo, Plan, World};

use super::{Desk, REPOSITORY};
use crate::support::running::PATIENCE;
use crate::support::truth::Truth;
use crate::support::{Pdt, lately};

/// A history of several pages, so that a service can fall silent in the middle.
fn desk() -> Desk {
    let repo = GitRepo::create().unwrap();
    repo.generate(&Plan::sized(lately(), 400, 6).over_days(20)).unwrap();
    Desk::with(repo, &World::small()).every("1s", "1s")
}

/// The commits that PDT holds, on whichever branch.
fn shas(pdt: &Pdt) -> BTreeSet<String> {
    let listed = pdt.json(&["commit", "list"]);
    listed.as_array().unwrap().iter().map(|commit| commit["sha"].to_string()).collect()
}

#[test]
fn a_silent_github_holds_up_neither_jira_nor_the_end() {
    let desk = desk();
    let truth = Truth::at_first_run(&desk.repo);
    desk.far.order(Fault::at("/repos/acme/widgets/commits").after(2).always().hangs());
    let running = desk.pdt.start();
    let held = || shas(&desk.pdt);
    wait_until("what comes before the silence", PATIENCE, || held().len() >= 200).unwrap();
    let jira = desk.pdt.await_runs("jira", 5);
    assert!(jira.iter().all(|run| run.outcome.as_deref() == Some("ok")), "Jira goes on: {jira:#?}");
    assert_eq!(desk.pdt.state("commits")["status"], "syncing", "GitHub is still waited for");
    let fetched = held();
    running.stop("TERM");

    let state = desk.pdt.state("commits");
    assert_eq!((&state["status"], &state["outcome"]), (&"idle".into(), &"partial".into()), "{state:#}");
    assert_eq!(held(), fetched, "nothing that was fetched is lost");
    desk.far.clear_faults();
    desk.pdt.sync_ok();
    truth.assert_held_by(&desk.pdt, REPOSITORY, "after the silence");
}

#[test]
fn a_silent_jira_holds_up_neither_commits_nor_the_end() {
    let desk = desk();
    let truth = Truth::at_first_run(&desk.repo);
    desk.site.fake.order(Fault::at("/rest/agile/1.0/sprint/*/issue").always().hangs());
    let running = desk.pdt.start();
    let sprints = || desk.pdt.json(&["sprint", "list"]).as_array().unwrap().len();
    wait_until("what comes before the silence", PATIENCE, || sprints() > 0).unwrap();
    let commits = desk.pdt.await_runs("commits", 5);
    assert!(commits.iter().all(|run| run.outcome.as_deref() == Some("ok")), "they go on: {commits:#?}");
    assert_eq!(desk.pdt.state("jira")["status"], "syncing", "Jira is still waited for");
    let before = sprints();
    running.stop("INT");

    truth.assert_held_by(&desk.pdt, REPOSITORY, "beside the silence");
    assert_eq!(desk.pdt.state("jira")["status"], "idle", "the run has ended");
    assert_eq!(sprints(), before, "nothing that was fetched is lost");
    desk.site.fake.clear_faults();
    desk.pdt.sync_jira_ok();
    desk.site.assert_held(&desk.pdt, &desk.site.fake.world().active_cards());
}
