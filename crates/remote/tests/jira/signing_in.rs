//! Who asks, and how PDT hears that it is not believed.

use std::io;
use std::sync::{Arc, Mutex};

use pdt_domain::jira::Deployment;
use pdt_domain::provider::Provider;
use pdt_domain::secret::Token;
use pdt_remote::http::{ApiClient, Call, Kind};
use pdt_remote::jira::{Jira, Sprints, gateway_root};
use serde_json::json;
use url::Url;

use crate::server::{Play, Server};
use crate::{CANARY, EMAIL, cloud, config, data_center, refusal, saying};

/// `ada@example.com:canary-t0ken-4711`, as base64.
const BASIC: &str = "YWRhQGV4YW1wbGUuY29tOmNhbmFyeS10MGtlbi00NzEx";

/// The word of Jira's filter for sign-ins.
const FAILED: (&str, &str) = ("X-Seraph-LoginReason", "AUTHENTICATED_FAILED");

#[tokio::test]
async fn a_cloud_site_is_told_address_and_token_and_a_companys_own_server_the_token() {
    let server = saying(json!({ "displayName": "Ada" })).await;
    cloud(&server).myself().await.unwrap();
    data_center(&server).myself().await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].header("authorization"), Some(format!("Basic {BASIC}").as_str()));
    assert_eq!(seen[1].header("authorization"), Some("Bearer canary-t0ken-4711"));
    for request in &seen {
        assert_eq!(request.header("accept"), Some("application/json"));
        assert_eq!(request.header("accept-language"), Some("en"), "its words end up in sentences");
        assert_eq!(
            request.header("x-force-accept-language"),
            Some("true"),
            "or the account's language counts"
        );
        assert!(request.header("user-agent").unwrap().starts_with("PDT/"));
    }
}

#[tokio::test]
async fn what_everybody_may_know_is_asked_without_a_credential() {
    let server = saying(json!({ "cloudId": "c-1", "deploymentType": "Cloud" })).await;
    let jira = cloud(&server);
    jira.cloud_id().await.unwrap();
    jira.server_info().await.unwrap();
    assert_eq!(server.targets(), ["/_edge/tenant_info", "/rest/api/2/serverInfo"]);
    assert!(server.seen().iter().all(|seen| seen.header("authorization").is_none()), "nobody is named");
}

#[tokio::test]
async fn the_gateway_gets_the_same_credential_below_its_own_path() {
    let server = saying(json!({ "displayName": "Ada" })).await;
    let root = gateway_root(&server.root, "c-1");
    let mut config = config(&server.root, Deployment::Cloud);
    config.api_root = root;
    Jira::new(ApiClient::new(config).unwrap(), Deployment::Cloud).myself().await.unwrap();
    assert_eq!(server.targets(), ["/ex/jira/c-1/rest/api/3/myself"]);
    assert_eq!(server.seen()[0].header("authorization"), Some(format!("Basic {BASIC}").as_str()));
}

#[tokio::test]
async fn an_answer_for_a_stranger_is_a_refused_token() {
    let empty = r#"{"values":[],"isLast":true}"#;
    let missing = r#"{"errorMessages":["Issue does not exist or you do not have permission to see it."]}"#;
    let riddle = ("X-Seraph-LoginReason", "AUTHENTICATION_DENIED");
    for (status, header, body) in [
        (200, FAILED, empty),
        (404, FAILED, missing),
        (400, FAILED, missing),
        (403, riddle, missing),
        (200, ("X-Seraph-LoginReason", "OUT, AUTHENTICATED_FAILED"), empty),
    ] {
        let server = Server::start(move |_, _| Play::answer(status, &[header], body)).await;
        let error = cloud(&server).boards().await.unwrap_err();
        assert_eq!(error.kind, Kind::TokenRefused, "{status} {header:?}: an expired token is no empty Jira");
        assert_eq!(server.count(), 1, "and is not tried again");
        let sentence = error.to_string();
        let why = if header == riddle { "signing in failed too often" } else { "signing in with it failed" };
        assert!(sentence.contains(&format!("refused the token of account work: {why}")), "{sentence}");
        assert!(
            !sentence.contains("Issue does not exist"),
            "what a stranger does not see says nothing: {sentence}"
        );
    }
}

#[tokio::test]
async fn a_failed_sign_in_goes_before_a_board_without_sprints_and_a_search_that_is_refused() {
    let server = Server::start(|_, _| Play::answer(400, &[FAILED], "{}")).await;
    let jira = cloud(&server);
    assert_eq!(jira.sprints(1, Sprints::Open).await.unwrap_err().kind, Kind::TokenRefused);
    assert_eq!(jira.members(&[1]).await.unwrap_err().kind, Kind::TokenRefused);
    assert_eq!(
        jira.histories(&[pdt_remote::jira::CutHistory::whole("1")]).await.unwrap_err().kind,
        Kind::TokenRefused
    );
    let server = Server::start(|_, _| Play::answer(404, &[FAILED], "{}")).await;
    let jira = cloud(&server);
    assert_eq!(jira.card("1", &[]).await.unwrap_err().kind, Kind::TokenRefused, "the card is not gone");
    assert_eq!(jira.sprint(1).await.unwrap_err().kind, Kind::TokenRefused, "nor is the sprint");
}

#[tokio::test]
async fn what_the_filter_says_otherwise_changes_nothing() {
    let server = Server::start(|_, _| {
        Play::answer(200, &[("X-Seraph-LoginReason", "OK")], r#"{"values":[],"isLast":true}"#)
    })
    .await;
    assert_eq!(cloud(&server).boards().await.unwrap(), [], "the token is good");
    let server = Server::start(|_, _| Play::answer(200, &[FAILED], r#"{"deploymentType":"Cloud"}"#)).await;
    assert!(cloud(&server).server_info().await.is_ok(), "nobody signed in, so nobody failed to");
    let server = Server::start(|_, _| Play::answer(503, &[FAILED], "{}")).await;
    assert_eq!(cloud(&server).boards().await.unwrap_err().kind, Kind::Passing, "it is down for everybody");
    let server = Server::start(|_, _| Play::answer(200, &[FAILED], "[]")).await;
    let mut github = config(&server.root, Deployment::DataCenter);
    github.provider = Provider::Github;
    assert!(ApiClient::new(github).unwrap().send(Call::get("x")).await.is_ok(), "the header is Jira's");
}

#[tokio::test]
async fn a_401_is_a_refused_token_unless_none_was_sent() {
    let server = Server::start(|_, _| refusal(401)).await;
    let error = cloud(&server).myself().await.unwrap_err();
    assert_eq!((error.kind, server.count()), (Kind::TokenRefused, 1));
    let server = Server::start(|_, _| refusal(401)).await;
    let error = cloud(&server).cloud_id().await.unwrap_err();
    assert_eq!(error.kind, Kind::Forbidden, "no token was refused: {error}");
}

#[tokio::test]
async fn a_scope_that_the_gateway_misses_is_no_refused_token() {
    let body = r#"{"code":401,"message":"Unauthorized; scope does not match"}"#;
    let header = ("X-Failure-Category", "FAILURE_CLIENT_SCOPE_CHECK");
    for (headers, body) in [(vec![], body), (vec![header], r#"{"code":401}"#)] {
        let server = Server::start(move |_, _| Play::answer(401, &headers, body)).await;
        let error = cloud(&server).boards().await.unwrap_err();
        assert_eq!(error.kind, Kind::MissingScope { scope: None }, "the token is good for other calls");
        let sentence = error.to_string();
        assert!(
            sentence.ends_with("Give the account a token that may read projects and boards."),
            "{sentence}"
        );
    }
}

#[test]
fn an_address_that_no_header_can_carry_is_told() {
    for email in ["", "ada", "ada:lovelace@example.com", "ada@example.com\n"] {
        let mut config = config(&Url::parse("http://127.0.0.1:1").unwrap(), Deployment::Cloud);
        config.login = Some(email.to_owned());
        let made = ApiClient::new(config);
        if email == "ada" {
            assert!(made.is_ok(), "whether it is an address, the service knows");
            continue;
        }
        let error = made.unwrap_err();
        assert_eq!(error.kind, Kind::TokenRefused, "{email:?}");
        assert!(error.to_string().contains("the e-mail address that belongs to it is empty"), "{error}");
    }
}

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_credential_is_in_no_error_client_or_log() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    // Whichever test comes first to a line that logs decides for all whether anybody listens. Once it was passed, the
    // question can be put anew.
    let _ = cloud(&saying(json!({})).await).myself().await;
    tracing::callsite::rebuild_interest_cache();

    // A service that sends the credential back in every place it has.
    let server = Server::start(|seen, count| {
        let header = seen.header("authorization").unwrap_or_default();
        let words = format!("no good: {header} {CANARY} {}", header.trim_end_matches('='));
        let board = json!({ "values": [{ "name": words }] });
        match count {
            0 => Play::answer(401, &[], json!({ "errorMessages": [words] }).to_string()),
            1 => Play::answer(400, &[FAILED], json!({ "message": words }).to_string()),
            2 => Play::answer(403, &[("X-Echo", header)], words),
            _ => Play::json(&board.to_string()),
        }
    })
    .await;
    for token in [CANARY, "canary-t0ken-471", "canary-t0ken-47"] {
        let mut config = config(&server.root, Deployment::Cloud);
        config.token = Token::new(token.to_owned());
        let mut printed = format!("{config:?}");
        let client = ApiClient::new(config).unwrap();
        let jira = Jira::new(client.clone(), Deployment::Cloud);
        for _ in 0..4 {
            let error = jira.boards().await.unwrap_err();
            printed += &format!("{error} {error:?} {error:#?}");
        }
        printed += &format!(
            "{jira:?} {client:?} {:?}",
            jira.cards(pdt_remote::jira::Place::Sprint(1), &Default::default())
        );
        let whole = server.seen().last().unwrap().header("authorization").unwrap().to_owned();
        let basic = whole.trim_start_matches("Basic ").trim_end_matches('=');
        let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        let own: Vec<&str> = log.lines().filter(|line| line.contains("pdt_remote")).collect();
        assert!(own.len() >= 4, "one line a request: {log}");
        assert!(!printed.contains(token) && !printed.contains(basic), "{printed}");
        let own = own.concat();
        assert!(!own.contains(token) && !own.contains(basic) && !own.contains(EMAIL), "{own}");
        assert!(!log.contains(basic), "nor does a library log the header");
    }
}
