//! Which answers are delivered, tried again or refused.

use chrono::DateTime;
use http::StatusCode;
use pdt_domain::provider::Provider;
use pdt_remote::http::{ApiClient, Call, Kind};
use serde_json::json;
use url::Url;

use crate::server::{Play, Server};
use crate::{client, config};

/// A kind without what it holds.
fn word(kind: &Kind) -> String {
    let text = format!("{kind:?}");
    text.split([' ', '{']).next().unwrap_or_default().to_owned()
}

/// What came of a call, and after how many requests.
async fn outcome(status: u16) -> String {
    let server = Server::start(move |_, _| Play::answer(status, &[], r#"{"message":"words"}"#)).await;
    let client = client(&server.root);
    let result = client.send(Call::get("x")).await;
    let word = result.map_or_else(|error| word(&error.kind), |_| "delivered".to_owned());
    assert_eq!(client.requests(), server.count() as u64, "every request to the server is counted: {status}");
    format!("{word}, requests: {}", server.count())
}

#[tokio::test]
async fn every_status_has_its_meaning() {
    let mut table: Vec<(u16, u16, String)> = Vec::new();
    for status in 200..=599 {
        let outcome = outcome(status).await;
        match table.last_mut() {
            Some((_, last, same)) if *same == outcome => *last = status,
            _ => table.push((status, status, outcome)),
        }
    }
    let lines: Vec<String> =
        table
            .iter()
            .map(|(first, last, outcome)| {
                if first == last {
                    format!("{first}: {outcome}")
                } else {
                    format!("{first}-{last}: {outcome}")
                }
            })
            .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

struct Refusal(u16, &'static [(&'static str, &'static str)], &'static str);

async fn kind_of(provider: Provider, refusal: Refusal) -> (Kind, usize, String) {
    let Refusal(status, headers, body) = refusal;
    let server = Server::start(move |_, _| Play::answer(status, headers, body)).await;
    let mut config = config(&server.root);
    config.provider = provider;
    let error = ApiClient::new(config).unwrap().send(Call::get("x")).await.unwrap_err();
    let sentence = error.clone().with_subject("repository acme/widgets").to_string();
    (error.kind, server.count(), sentence.replace(server.root.authority(), "host.example"))
}

#[tokio::test]
async fn a_refusal_is_named_for_what_it_is_and_asked_once() {
    use Provider::{Github, Gitlab};
    let scope = |scope: &str| Kind::MissingScope { scope: Some(scope.to_owned()) };
    let sso = Kind::SingleSignOn {
        organization: Some("acme".to_owned()),
        url: Some("https://github.com/orgs/acme/sso?authorization_request=AZ".to_owned()),
    };
    let mut sentences = Vec::new();
    for (provider, refusal, expected) in [
        (Github, Refusal(401, &[], r#"{"message":"Bad credentials"}"#), Kind::TokenRefused),
        (Gitlab, Refusal(401, &[], r#"{"message":"401 Unauthorized"}"#), Kind::TokenRefused),
        (
            Gitlab,
            Refusal(
                401,
                &[],
                r#"{"error":"invalid_token","error_description":"Token was revoked. You have to re-authorize from the user."}"#,
            ),
            Kind::TokenRefused,
        ),
        (
            Github,
            Refusal(
                403,
                &[(
                    "X-GitHub-SSO",
                    "required; url=https://github.com/orgs/acme/sso?authorization_request=AZ",
                )],
                r#"{"message":"Resource protected by organization SAML enforcement."}"#,
            ),
            sso,
        ),
        (
            Github,
            Refusal(
                403,
                &[("X-OAuth-Scopes", "gist"), ("X-Accepted-OAuth-Scopes", "repo")],
                r#"{"message":"Must have repo scope"}"#,
            ),
            scope("repo"),
        ),
        (
            Gitlab,
            Refusal(
                403,
                &[],
                r#"{"error":"insufficient_scope","error_description":"The request requires higher privileges than provided by the access token.","scope":"api read_api"}"#,
            ),
            scope("read_api"),
        ),
        (
            Github,
            Refusal(403, &[("x-ratelimit-remaining", "9")], r#"{"message":"Must have admin rights"}"#),
            Kind::Forbidden,
        ),
        (
            Gitlab,
            Refusal(403, &[("RateLimit-Remaining", "0")], r#"{"message":"403 Forbidden"}"#),
            Kind::Forbidden,
        ),
        (Github, Refusal(404, &[], r#"{"message":"Not Found"}"#), Kind::NotFound),
        (Gitlab, Refusal(404, &[], r#"{"message":"404 Project Not Found"}"#), Kind::NotFound),
        (Gitlab, Refusal(404, &[], r#"{"message":"404 Repository Not Found"}"#), Kind::EmptyRepository),
        (Github, Refusal(409, &[], r#"{"message":"Git Repository is empty."}"#), Kind::EmptyRepository),
        (Github, Refusal(409, &[], r#"{"message":"Conflict"}"#), Kind::Unprocessable),
        (Github, Refusal(410, &[], r#"{"message":"Gone"}"#), Kind::Gone),
        (Github, Refusal(422, &[], r#"{"message":"Validation failed"}"#), Kind::Unprocessable),
        (Github, Refusal(451, &[], r#"{"message":"Repository access blocked"}"#), Kind::Blocked),
    ] {
        let case = format!("{provider} {} {}", refusal.0, refusal.2);
        let (kind, requests, sentence) = kind_of(provider, refusal).await;
        assert_eq!(kind, expected, "{case}");
        assert_eq!(requests, 1, "a definite answer is not asked for twice: {case}");
        sentences.push(sentence);
    }
    insta::assert_snapshot!(sentences.join("\n"));
}

#[test]
fn every_kind_says_what_failed_and_what_to_do() {
    let client = client(&Url::parse("https://git.example/api/v3").unwrap());
    let until = DateTime::UNIX_EPOCH;
    let sentences: Vec<String> = [
        Kind::Passing,
        Kind::Offline,
        Kind::Limited { until },
        Kind::TokenRefused,
        Kind::MissingScope { scope: None },
        Kind::SingleSignOn { organization: None, url: None },
        Kind::Forbidden,
        Kind::NotFound,
        Kind::Gone,
        Kind::Blocked,
        Kind::EmptyRepository,
        Kind::Unprocessable,
        Kind::Unreadable,
        Kind::TooLarge,
        Kind::ForeignOrigin { origin: "https://login.example".to_owned() },
        Kind::PageLoop,
        Kind::Certificate,
        Kind::Cancelled,
    ]
    .into_iter()
    .flat_map(|kind| {
        [client.error(kind.clone(), ""), client.error(kind, "Words.").with_subject("repository acme/widgets")]
    })
    .map(|error| error.to_string())
    .collect();
    insta::assert_snapshot!(sentences.join("\n"));
}

#[tokio::test]
async fn a_page_for_people_is_not_the_service() {
    for status in [200, 403, 404] {
        let page = "<!DOCTYPE html><html><head><title>Sign in ·\n Corp</title></head></html>";
        let server =
            Server::start(move |_, _| Play::answer(status, &[("Content-Type", "text/html")], page)).await;
        let error = client(&server.root).send(Call::get("x")).await.unwrap_err();
        assert_eq!(
            error.kind,
            Kind::Unreadable,
            "a page with status {status} says nothing about the repository"
        );
        assert_eq!(server.count(), 4, "it may be gone the next time");
        assert_eq!(error.status(), Some(status));
        assert!(error.to_string().contains("an HTML page titled \"Sign in · Corp\" (4 tries"), "{error}");
    }
}

#[tokio::test]
async fn a_fault_that_passes_is_not_noticed() {
    for fault in [500, 502, 503, 504] {
        let server = Server::start(
            move |_, count| if count < 3 { Play::answer(fault, &[], "") } else { Play::json("[1]") },
        )
        .await;
        let answer = client(&server.root).send(Call::get("x")).await.unwrap();
        assert_eq!(answer.json::<Vec<u8>>().unwrap(), [1], "the fourth try brought it");
        assert_eq!(server.count(), 4);
    }
}

#[tokio::test]
async fn a_call_is_sent_as_its_service_wants_it() {
    let server = Server::start(|_, _| Play::json("{}")).await;
    let github = client(&server.root);
    let call =
        Call::get("repos/a%2Fb/commits").query("since", "2026-01-01T00:00:00+07:00").query("per_page", "100");
    github.send(call.validator(Some("W/\"abc\"".to_owned()))).await.unwrap();
    let graphql = server.root.join("/api/graphql").unwrap();
    github.send(Call::read_by_post(graphql.as_str(), json!({"query": "{}"}))).await.unwrap();

    let seen = server.seen();
    let [get, post] = seen.as_slice() else { panic!("two requests: {seen:?}") };
    assert_eq!(
        get.target, "/repos/a%2Fb/commits?since=2026-01-01T00%3A00%3A00%2B07%3A00&per_page=100",
        "a plus is encoded"
    );
    assert_eq!(get.header("if-none-match"), Some("W/\"abc\""));
    assert_eq!(get.header("authorization"), Some("Bearer canary-t0ken-4711"));
    assert_eq!(get.header("accept"), Some("application/vnd.github+json"));
    assert_eq!(get.header("x-github-api-version"), Some("2022-11-28"));
    assert_eq!(
        get.header("user-agent"),
        Some(concat!("PDT/", env!("CARGO_PKG_VERSION"))),
        "GitHub refuses others"
    );
    assert_eq!(get.header("accept-encoding"), Some("gzip"));
    assert_eq!((post.method.as_str(), post.target.as_str()), ("POST", "/api/graphql"), "beside the API root");
    assert_eq!(post.body, r#"{"query":"{}"}"#);
    assert_eq!(post.header("if-none-match"), None);
}

#[tokio::test]
async fn an_unchanged_answer_is_delivered_without_a_body() {
    let server = Server::start(|_, _| Play::answer(304, &[("ETag", "\"abc\"")], "")).await;
    let answer =
        client(&server.root).send(Call::get("x").validator(Some("\"abc\"".to_owned()))).await.unwrap();
    assert!(answer.not_modified() && answer.body.is_empty());
    assert_eq!(answer.etag().as_deref(), Some("\"abc\""));
    assert_eq!(answer.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn an_incomplete_list_is_visible() {
    let partial = ("X-GitHub-SSO", "partial-results; organizations=21955855,20582480");
    let server = Server::start(move |_, count| {
        Play::answer(200, if count == 0 { &[] } else { std::slice::from_ref(&partial) }, "[]")
    })
    .await;
    let client = client(&server.root);
    assert!(!client.send(Call::get("x")).await.unwrap().sso_partial());
    assert!(client.send(Call::get("x")).await.unwrap().sso_partial(), "organisations were left out");
}
