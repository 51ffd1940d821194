//! Jira's token appears nowhere, neither as it is nor as Cloud wants it: encoded together with an e-mail address.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pdt_testkit::Fault;
use pdt_testkit::far::Reply;
use pdt_testkit::faults::Refusal;
use pdt_testkit::jira::World;

use crate::support::site::{EMAIL, JIRA_CANARY, Site};

fn holds_it(bytes: &[u8], secret: &str) -> bool {
    bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
}

fn assert_no_file_holds(folder: &Path, secret: &str, what: &str) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            assert_no_file_holds(&path, secret, what);
        } else {
            let bytes = std::fs::read(&path).unwrap();
            assert!(!holds_it(&bytes, secret), "{what}: {} holds {secret}", path.display());
        }
    }
}

#[test]
fn neither_success_nor_any_failure_shows_the_token() {
    let encoded = STANDARD.encode(format!("{EMAIL}:{JIRA_CANARY}"));
    let echo =
        Reply::json(403, &serde_json::json!({ "errorMessages": [format!("{JIRA_CANARY} {encoded}")] }));
    let site = Site::cloud(&World::small());
    let pdt = site.person().with("PDT_LOG", "trace").with("RUST_BACKTRACE", "full");
    let all = || Fault::at("/**").always();
    let faults = [
        ("success", None),
        ("refused", Some(all().refuses(Refusal::BadToken))),
        ("scope", Some(all().refuses(Refusal::MissingScope("read:jira-work".into())))),
        ("limit", Some(all().refuses(Refusal::SecondaryLimit(3_600)))),
        ("dropped", Some(all().drops_connection())),
        ("sign-in page", Some(all().answers_sign_in_page())),
        ("redirect", Some(all().redirects_to("http://127.0.0.1:9"))),
        ("echo", Some(all().answers(echo))),
    ];
    for (what, fault) in faults {
        site.fake.clear_faults();
        site.fake.reset_requests();
        fault.into_iter().for_each(|fault| drop(site.fake.order(fault)));
        for command in
            [&["sync", "jira"][..], &["account", "check"], &["status"], &["card", "list"], &["doctor"]]
        {
            let finished = pdt.run(command);
            for secret in [JIRA_CANARY, &encoded] {
                assert!(!finished.stdout.contains(secret), "{what}: standard output of {command:?}");
                assert!(!finished.stderr.contains(secret), "{what}: standard error of {command:?}");
            }
        }
        for secret in [JIRA_CANARY, &encoded] {
            assert_no_file_holds(pdt.home(), secret, what);
            for request in site.fake.requests() {
                let told = format!("{} {} {}", request.path, request.query, request.body);
                assert!(!told.contains(secret), "{what}: a URL or body holds {secret}");
            }
        }
    }
}
