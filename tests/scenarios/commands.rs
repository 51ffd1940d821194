//! What the commands promise beside the sync itself.

use pdt_testkit::far::Reply;
use pdt_testkit::faults::Refusal;
use pdt_testkit::{Fault, GitRepo, NewCommit};
use serde_json::json;

use crate::support::far::Far;
use crate::support::{CANARY, Pdt};

const REPOSITORY: &str = "acme/widgets";

fn served(far: &Far) -> GitRepo {
    let repo = GitRepo::create().unwrap();
    repo.commit("main", &NewCommit::new("Begin\n")).unwrap();
    far.add(REPOSITORY, &repo);
    repo
}

#[test]
fn a_repository_tracked_through_two_accounts_is_removed_from_the_named_one() {
    let far = Far::github();
    let _repo = served(&far);
    let (url, address) = (far.url(), format!("{}/{REPOSITORY}", far.url()));
    let pdt = Pdt::new().with("PDT_TOKEN_WORK", CANARY).with("PDT_TOKEN_HOME", CANARY);
    for name in ["work", "home"] {
        pdt.json(&["account", "add", "github", "--url", &url, "--name", name]);
    }
    let unnamed = pdt.run(&["repo", "add", &address]);
    assert_eq!(unnamed.status, Some(1), "two accounts are at this host");
    assert!(
        unnamed.stderr.contains("work") && unnamed.stderr.contains("home"),
        "both are named: {}",
        unnamed.stderr
    );
    for name in ["work", "home"] {
        pdt.json(&["repo", "add", &address, "--account", name]);
    }
    let unnamed = pdt.run(&["repo", "remove", &address]);
    assert_eq!(unnamed.status, Some(1), "which of the two?");
    assert!(unnamed.stderr.contains("--account"), "the way on is told: {}", unnamed.stderr);
    pdt.json(&["repo", "remove", &address, "--account", "work"]);
    let left = pdt.json(&["repo", "list"]);
    assert_eq!((left.as_array().unwrap().len(), &left[0]["account"]), (1, &json!("home")), "the other stays");
}

#[test]
fn a_token_that_a_variable_would_shadow_is_not_taken() {
    let far = Far::github();
    let pdt = Pdt::new().with("PDT_TOKEN_WORK", "something-else");
    let script =
        "printf '%s\\n' \"$GIVEN\" | \"$PDT\" account add github --url \"$URL\" --name work --token-stdin";
    let mut shell = std::process::Command::new("sh");
    shell
        .args(["-c", script])
        .env("GIVEN", CANARY)
        .env("PDT", env!("CARGO_BIN_EXE_pdt"))
        .env("URL", far.url());
    for (name, value) in pdt.command::<&str>(&[]).get_envs() {
        shell.env(name, value.unwrap_or_default());
    }
    let output = shell.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "what was checked would never be used: {said}");
    assert!(said.contains("PDT_TOKEN_WORK"), "the variable is named: {said}");
    assert_eq!(pdt.json(&["account", "list"]), json!([]), "nothing was stored");
}

#[test]
fn a_gitlab_project_that_has_nothing_yet_is_no_fault_whatever_its_list_of_branches_says() {
    let far = Far::gitlab();
    let _repo = served(&far);
    let pdt = far.person(&[REPOSITORY]);
    let nothing = Reply::json(404, &json!({ "message": "404 Repository Not Found" }));
    far.order(Fault::at("/projects/*/repository/branches").always().answers(nothing));
    assert_eq!(pdt.sync_ok()["results"][0]["total_fetched"], 0, "there is nothing to fetch");
}

#[test]
fn a_log_filter_that_cannot_be_read_is_told_with_its_name_and_value() {
    let pdt = Pdt::new().with("PDT_LOG", "pdt=nonsense");
    let finished = pdt.run(&["status", "--json"]);
    assert_eq!(finished.status, Some(0), "the status is there all the same");
    assert!(
        finished.stderr.contains("PDT_LOG") && finished.stderr.contains("pdt=nonsense"),
        "{}",
        finished.stderr
    );
    assert!(finished.json().is_object(), "and standard output stays one document");
}

#[test]
fn a_repository_that_is_there_already_is_told_to_be_however_its_address_is_written() {
    let far = Far::github();
    let _repo = served(&far);
    let pdt = far.person(&[]);
    let address = format!("{}/{REPOSITORY}", far.url());
    let added = |address: &str| pdt.json(&["repo", "add", address])[0]["was_tracked"].clone();
    assert_eq!(added(&address), json!(false));
    assert_eq!(added(&address), json!(true));
    assert_eq!(added(&format!("{}.git", address.to_uppercase().replace("HTTP", "http"))), json!(true));
    assert_eq!(pdt.json(&["repo", "list"]).as_array().map(Vec::len), Some(1), "and is listed once");
}

#[test]
fn a_refused_repository_is_not_tracked() {
    let far = Far::github();
    let _repo = served(&far);
    let pdt = far.person(&[]);
    far.order(Fault::at("/repos/**").always().refuses(Refusal::NotFound));
    let refused = pdt.run(&["repo", "add", &format!("{}/{REPOSITORY}", far.url())]);
    assert_eq!(refused.status, Some(1), "the service does not show it: {}", refused.stderr);
    assert_eq!(pdt.json(&["repo", "list"]), json!([]), "so it is not tracked");
    let malformed = pdt.run(&["repo", "add", "not a url"]);
    assert_eq!(malformed.status, Some(2), "a malformed URL is wrong usage");
}
