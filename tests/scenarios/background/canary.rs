//! The tokens appear nowhere while the loops go on, however much is logged and whatever the services say.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pdt_testkit::far::Reply;
use pdt_testkit::faults::{Refusal, Spot};
use pdt_testkit::{Fault, GitRepo, NewCommit, Stage};
use serde_json::json;

use super::keychain::person_on;
use super::{Desk, REPOSITORY};
use crate::support::far::Far;
use crate::support::site::{EMAIL, JIRA_CANARY};
use crate::support::{CANARY, Pdt};

fn secrets() -> [String; 3] {
    [CANARY.to_owned(), JIRA_CANARY.to_owned(), STANDARD.encode(format!("{EMAIL}:{JIRA_CANARY}"))]
}

fn assert_free(bytes: &[u8], what: &str) {
    for secret in secrets() {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{what} holds {secret}");
    }
}

fn assert_no_file_holds_one(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_no_file_holds_one(&path);
        } else {
            assert_free(&fs::read(&path).unwrap(), &path.display().to_string());
        }
    }
}

fn loud(pdt: Pdt) -> Pdt {
    pdt.with("PDT_LOG", "trace").with("RUST_BACKTRACE", "full")
}

/// The same at each service, whatever is asked for.
fn both(what: impl Fn(Spot) -> Fault) -> [Fault; 2] {
    [what(Fault::at("/**").always()), what(Fault::at("/**").always())]
}

/// Services that say their own tokens back.
fn echoes() -> [Fault; 2] {
    let [github, jira, encoded] = secrets();
    let (said, told) = (json!({ "message": github }), json!({ "errorMessages": [jira + " " + &encoded] }));
    [said, told].map(|body| Fault::at("/**").always().answers(Reply::json(403, &body)))
}

#[test]
fn neither_success_nor_any_failure_shows_a_token() {
    let faults: [(&str, Option<[Fault; 2]>); 6] = [
        ("success", None),
        ("refused", Some(both(|all| all.refuses(Refusal::BadToken)))),
        ("limit", Some(both(|all| all.refuses(Refusal::SecondaryLimit(3_600))))),
        ("dropped", Some(both(|all| all.drops_connection()))),
        ("sign-in page", Some(both(|all| all.answers_sign_in_page()))),
        ("echo", Some(echoes())),
    ];
    for (what, orders) in faults {
        // What one account was refused for is remembered: each fault meets a person of its own.
        let desk = Desk::new().every("1s", "1s");
        let pdt = loud(desk.pdt);
        if let Some([at_github, at_jira]) = orders {
            desk.far.order(at_github);
            desk.site.fake.order(at_jira);
        }
        let running = pdt.start();
        for of in ["commits", "jira"] {
            pdt.await_runs(of, 1);
        }
        assert_free(&fs::read(format!("/proc/{}/cmdline", running.pid())).unwrap(), "the process list");
        let finished = running.stop("TERM");
        assert!(finished.stderr.contains("TRACE") || finished.stderr.contains("DEBUG"), "{what}: it is loud");
        assert_free(finished.stderr.as_bytes(), &format!("{what}: the log"));
        assert_free(finished.stdout.as_bytes(), &format!("{what}: the answer"));
        assert_no_file_holds_one(pdt.home());
    }
}

#[test]
fn a_token_of_the_keychain_is_in_no_environment_either() {
    let stage = Stage::plan().with_keychain().raise().unwrap();
    let (far, repo) = (Far::github(), GitRepo::create().unwrap());
    repo.commit("main", &NewCommit::new("Begin\n")).unwrap();
    far.add(REPOSITORY, &repo);
    let pdt = loud(person_on(&stage, &far)).every("1s", "1h");
    let running = pdt.start();
    pdt.await_runs("commits", 2);
    for file in ["cmdline", "environ"] {
        let shown = fs::read(format!("/proc/{}/{file}", running.pid())).unwrap();
        assert_free(&shown, file);
    }
    assert_free(running.stop("TERM").stderr.as_bytes(), "the log");
    assert_no_file_holds_one(pdt.home());
}
