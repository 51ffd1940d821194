//! Waits that Jira asks for, and those that it does not mean.

use std::time::{Duration, Instant};

use chrono::Utc;
use pdt_remote::http::Kind;
use pdt_remote::jira::Sprints;

use crate::server::{Play, Server};
use crate::{cloud, data_center};

const EMPTY: &str = r#"{"values":[],"isLast":true}"#;

/// How far away a limit is, in seconds.
fn distance(kind: &Kind) -> i64 {
    let Kind::Limited { until } = kind else { return -1 };
    (*until - Utc::now()).num_seconds()
}

#[tokio::test]
async fn a_limit_is_waited_until_the_time_that_it_names() {
    type Headers = fn() -> Vec<(&'static str, String)>;
    let cases: [(Headers, std::ops::RangeInclusive<i64>); 4] = [
        (|| vec![("Retry-After", "600".to_owned())], 590..=600),
        (
            || {
                vec![(
                    "X-RateLimit-Reset",
                    (Utc::now() + Duration::from_secs(600)).format("%Y-%m-%dT%H:%MZ").to_string(),
                )]
            },
            530..=600,
        ),
        (
            || {
                let reset = Utc::now() + Duration::from_secs(600);
                vec![
                    ("X-RateLimit-Reset", reset.to_rfc3339()),
                    ("X-RateLimit-Remaining", "7".to_owned()),
                    ("RateLimit-Reason", "jira-burst-based".to_owned()),
                ]
            },
            590..=600,
        ),
        (
            || {
                let reset = Utc::now() + Duration::from_secs(9_000);
                vec![("X-RateLimit-Reset", reset.to_rfc3339()), ("Retry-After", "120".to_owned())]
            },
            110..=120,
        ),
    ];
    for (at, (headers, expected)) in cases.into_iter().enumerate() {
        let server = Server::start(move |_, _| {
            let headers = headers();
            let headers: Vec<(&str, &str)> =
                headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            Play::answer(429, &headers, r#"{"errorMessages":["Rate limit exceeded."]}"#)
        })
        .await;
        let error = cloud(&server).boards().await.unwrap_err();
        assert!(expected.contains(&distance(&error.kind)), "case {at}: {error}");
        assert_eq!(server.count(), 1, "a longer wait than a run waits is not tried: case {at}");
    }
}

#[tokio::test]
async fn a_short_wait_is_waited_and_a_limit_without_a_time_is_tried_again_later() {
    let server = Server::start(|_, count| match count {
        0 => Play::answer(429, &[("Retry-After", "1")], ""),
        1 => Play::answer(429, &[("RateLimit-Reason", "jira-burst-based")], ""),
        _ => Play::json(EMPTY),
    })
    .await;
    let begun = Instant::now();
    assert_eq!(cloud(&server).boards().await.unwrap(), []);
    assert!(begun.elapsed() >= Duration::from_secs(1), "as it asked");
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_wait_of_zero_means_nothing() {
    let zero = ("retry-after", "0");
    let server =
        Server::start(move |_, _| Play::answer(200, &[zero, ("X-RateLimit-Remaining", "0")], EMPTY)).await;
    assert_eq!(data_center(&server).boards().await.unwrap(), [], "it comes with every good answer");
    assert_eq!(server.count(), 1);
    let server = Server::start(move |_, _| Play::answer(403, &[zero], r#"{"errorMessages":["No."]}"#)).await;
    let error = data_center(&server).boards().await.unwrap_err();
    assert_eq!((error.kind, server.count()), (Kind::Forbidden, 1), "and with a refusal, which stays one");
    let server = Server::start(move |_, _| Play::answer(400, &[zero], "{}")).await;
    assert_eq!(data_center(&server).sprints(1, Sprints::Open).await.unwrap(), None);
}
