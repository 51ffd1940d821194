//! The token appears nowhere: not on success, not on any kind of failure.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use crate::support::far::Far;
use crate::support::{CANARY, Finished, Pdt};
use pdt_testkit::faults::Refusal;
use pdt_testkit::{Fault, Gate, GitRepo, NewCommit};

const REPOSITORY: &str = "acme/widgets";

fn assert_clean(finished: &Finished, what: &str) {
    assert!(!finished.stdout.contains(CANARY), "{what}: standard output holds the token");
    assert!(!finished.stderr.contains(CANARY), "{what}: standard error holds the token");
}

/// No file below a folder holds the token.
fn assert_no_file_holds_it(folder: &Path, what: &str) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_no_file_holds_it(&path, what);
        } else {
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
            assert!(!found, "{what}: {} holds the token", path.display());
        }
    }
}

fn loud(pdt: Pdt) -> Pdt {
    pdt.with("PDT_LOG", "trace").with("RUST_BACKTRACE", "full")
}

fn assert_no_request_tells_it(far: &Far, what: &str) {
    for request in far.take_requests() {
        let told = format!("{} {} {} {}", request.path, request.query, request.body, request.route);
        assert!(!told.contains(CANARY), "{what}: a URL or body holds the token");
    }
}

#[test]
fn neither_success_nor_any_failure_shows_the_token() {
    for far in [Far::github(), Far::gitlab()] {
        let repo = GitRepo::create().unwrap();
        repo.commit("main", &NewCommit::new("Begin\n")).unwrap();
        far.add(REPOSITORY, &repo);
        let pdt = loud(far.person(&[REPOSITORY]));
        let all = "/**";
        let faults = [
            ("success", None),
            ("401", Some(Fault::at(all).always().refuses(Refusal::BadToken))),
            ("scope", Some(Fault::at(all).always().refuses(Refusal::MissingScope("repo".into())))),
            ("not found", Some(Fault::at(all).always().refuses(Refusal::NotFound))),
            ("limit", Some(Fault::at(all).always().refuses(Refusal::SecondaryLimit(3_600)))),
            ("server error", Some(Fault::at(all).always().answers_status(500))),
            ("dropped", Some(Fault::at(all).always().drops_connection())),
            ("sign-in page", Some(Fault::at(all).always().answers_sign_in_page())),
            ("redirect", Some(Fault::at(all).always().redirects_to("http://127.0.0.1:9"))),
            // A service that says the token back.
            ("echo", Some(Fault::at(all).always().answers(echo()))),
        ];
        for (what, fault) in faults {
            far.clear_faults();
            fault.into_iter().for_each(|fault| far.order(fault));
            let commands: [&[&str]; 5] = [
                &["sync", "commits"],
                &["account", "check"],
                &["repo", "add", &format!("{}/acme/other", far.url())],
                &["status"],
                &["doctor"],
            ];
            for command in commands {
                assert_clean(&pdt.run(command), what);
            }
            assert_clean(&pdt.run(&["repo", "list", "--json"]), what);
            assert_no_file_holds_it(pdt.home(), what);
            assert_no_request_tells_it(&far, what);
        }
    }
}

fn echo() -> pdt_testkit::far::Reply {
    pdt_testkit::far::Reply::json(403, &serde_json::json!({ "message": format!("What is {CANARY}?") }))
}

#[test]
fn a_token_given_on_standard_input_is_in_no_process_list() {
    let far = Far::github();
    let pdt = loud(Pdt::new().with("PDT_TOKEN_WORK", CANARY));
    let gate = Gate::new();
    far.order(Fault::at("/user").waits_for(&gate));
    let url = far.url();
    let arguments = ["account", "add", "github", "--url", &url, "--name", "work", "--token-stdin"];
    let mut child =
        pdt.command(&arguments).env_remove("PDT_TOKEN_WORK").stdin(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{CANARY}").unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(gate.reached(1));
    for file in ["cmdline", "environ"] {
        let shown = std::fs::read(format!("/proc/{}/{file}", child.id())).unwrap();
        assert!(!String::from_utf8_lossy(&shown).contains(CANARY), "{file} shows the token");
    }
    gate.release();
    let finished: Finished = child.wait_with_output().unwrap().into();
    assert_clean(&finished, "account add");
    assert_eq!(finished.status, Some(1), "there is no keychain here to take it: {}", finished.stderr);
    assert_no_file_holds_it(pdt.home(), "account add");
}

#[test]
fn a_token_that_no_header_can_carry_is_refused_without_being_shown() {
    let far = Far::github();
    let odd = format!("{CANARY}\u{7f}ü");
    let pdt = loud(Pdt::new().with("PDT_TOKEN_WORK", &odd));
    let finished = pdt.run(&["account", "add", "github", "--url", &far.url(), "--name", "work"]);
    assert_eq!(finished.status, Some(1), "it is refused");
    assert_clean(&finished, "an odd token");
    assert!(far.take_requests().is_empty(), "and not sent");
}
