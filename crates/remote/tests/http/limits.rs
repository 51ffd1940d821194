//! Waits that a service asks for.

use std::time::Duration;

use chrono::Utc;
use pdt_domain::provider::Provider;
use pdt_remote::http::{ApiClient, Call, Kind, Timing};

use crate::server::{Play, Server};
use crate::{client, config, timing};

/// How far away a limit is, in seconds.
fn distance(kind: &Kind) -> i64 {
    let Kind::Limited { until } = kind else { panic!("{kind:?} is no limit") };
    (*until - Utc::now()).num_seconds()
}

#[tokio::test]
async fn retry_after_is_waited_when_short_and_reported_when_long() {
    for (value, limited_for) in [
        ("0", None),
        ("1", None),
        ("61", Some(61)),
        ("99999999999999", Some(86_400)),
        ("garbage", None),
        ("-3", None),
    ] {
        let server = Server::start(move |_, count| match count {
            0 => {
                Play::answer(429, &[("Retry-After", value), ("Content-Type", "text/plain")], "Retry later\n")
            }
            _ => Play::json("{}"),
        })
        .await;
        let client = client(&server.root);
        let begun = std::time::Instant::now();
        let result = client.send(Call::get("x")).await;
        match limited_for {
            None => assert!(result.is_ok(), "{value:?} is waited out"),
            Some(seconds) => {
                let error = result.unwrap_err();
                assert!((seconds - 5..=seconds).contains(&distance(&error.kind)), "{value:?}: {error}");
                assert!(error.to_string().contains("Retry later"), "the service's words are there: {error}");
            }
        }
        assert_eq!(
            begun.elapsed() >= Duration::from_secs(1),
            value == "1",
            "{value:?} takes its time and no more"
        );
        assert_eq!(server.count(), if limited_for.is_some() { 1 } else { 2 }, "{value:?}");
    }
}

#[tokio::test]
async fn a_date_is_a_wait_too() {
    let server = Server::start(|_, _| {
        let now = Utc::now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let later = (Utc::now() + Duration::from_secs(300)).format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        Play::answer(503, &[("Date", &now), ("Retry-After", &later)], "")
    })
    .await;
    let error = client(&server.root).send(Call::get("x")).await.unwrap_err();
    assert!((290..=300).contains(&distance(&error.kind)), "maintenance for five minutes: {error}");
}

#[tokio::test]
async fn a_used_up_quota_waits_for_its_reset() {
    for (provider, status, prefix) in
        [(Provider::Github, 403, "x-"), (Provider::Github, 429, "x-"), (Provider::Gitlab, 429, "")]
    {
        let server = Server::start(move |_, _| {
            let reset = (Utc::now().timestamp() + 600).to_string();
            let (left, when) = (format!("{prefix}RateLimit-Remaining"), format!("{prefix}RateLimit-Reset"));
            Play::answer(status, &[(&left, "0"), (&when, &reset)], r#"{"message":"API rate limit exceeded"}"#)
        })
        .await;
        let mut config = config(&server.root);
        config.provider = provider;
        let client = ApiClient::new(config).unwrap();
        let error = client.send(Call::get("x")).await.unwrap_err();
        assert!((590..=600).contains(&distance(&error.kind)), "{provider} {status}: {error}");
    }
}

#[tokio::test]
async fn a_limited_account_is_left_alone() {
    let server = Server::start(|_, _| Play::answer(429, &[("Retry-After", "600")], "")).await;
    let client = client(&server.root);
    assert_eq!(client.limited_until(), None, "nobody has limited it yet");
    let first = client.send(Call::get("x")).await.unwrap_err();
    let second = client.clone().send(Call::get("y")).await.unwrap_err();
    assert_eq!(first.kind, second.kind, "until the same time");
    assert_eq!(client.limited_until().map(|until| Kind::Limited { until }), Some(first.kind));
    assert_eq!((server.count(), client.requests()), (1, 1), "the second call was not sent");
}

#[tokio::test]
async fn a_limit_ends_when_its_time_has_come() {
    let server = Server::start(|_, count| match count {
        0 => Play::answer(429, &[("Retry-After", "1")], ""),
        _ => Play::json("{}"),
    })
    .await;
    let mut config = config(&server.root);
    config.timing = Timing { longest_wait: Duration::ZERO, ..timing() };
    let client = ApiClient::new(config).unwrap();
    let error = client.send(Call::get("x")).await.unwrap_err();
    let Kind::Limited { until } = error.kind else { panic!("{error}") };
    tokio::time::sleep((until - Utc::now()).to_std().unwrap_or_default()).await;
    assert!(client.send(Call::get("x")).await.is_ok(), "the time that the service named is over");
}

#[tokio::test]
async fn a_secondary_limit_without_a_time_waits_longer_each_time() {
    let body = r#"{"message":"You have exceeded a secondary rate limit."}"#;
    let server =
        Server::start(move |_, _| Play::answer(403, &[("x-ratelimit-remaining", "4000")], body)).await;
    let mut config = config(&server.root);
    let millis = Duration::from_millis;
    config.timing = Timing { unnamed_wait: millis(100), longest_wait: millis(350), ..timing() };
    let begun = std::time::Instant::now();
    let error = ApiClient::new(config).unwrap().send(Call::get("x")).await.unwrap_err();
    assert!(matches!(error.kind, Kind::Limited { .. }), "{error}");
    assert_eq!(server.count(), 3, "100 and 200 ms were waited, and 400 more were not");
    assert!(begun.elapsed() >= millis(300), "each wait was waited");
}

#[tokio::test]
async fn graphql_says_its_limit_in_a_good_answer() {
    let server = Server::start(|_, _| {
        let reset = (Utc::now().timestamp() + 600).to_string();
        let headers = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset.as_str())];
        Play::answer(
            200,
            &headers,
            r#"{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}"#,
        )
    })
    .await;
    let client = client(&server.root);
    let error = client.send(Call::read_by_post("graphql", serde_json::json!({}))).await.unwrap_err();
    assert!((590..=600).contains(&distance(&error.kind)), "{error}");
}

#[tokio::test]
async fn only_so_many_requests_are_under_way_at_once() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counted = (now.clone(), most.clone());
    let server = Server::start(move |_, _| {
        counted.1.fetch_max(counted.0.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        Play::json("{}").after(Duration::from_millis(20))
    })
    .await;
    let mut config = config(&server.root);
    config.in_flight = 2;
    let client = ApiClient::new(config).unwrap();
    let calls = (0..10).map(|number| {
        let (client, now) = (client.clone(), now.clone());
        async move {
            client.send(Call::get(format!("x/{number}"))).await.unwrap();
            now.fetch_sub(1, Ordering::SeqCst);
        }
    });
    futures::future::join_all(calls).await;
    assert_eq!(most.load(Ordering::SeqCst), 2, "two at once, and no more");
}
