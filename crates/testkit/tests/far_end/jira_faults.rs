//! What goes wrong at a Jira, in its own words.

use chrono::{Duration, NaiveDateTime, Utc};
use pdt_testkit::faults::Refusal;
use pdt_testkit::{Fault, World};
use serde_json::json;

use crate::jira_site::{Site, each};

const BOARDS: &str = "/rest/agile/1.0/board";

#[tokio::test]
async fn limits_are_429_and_name_their_reason() {
    let site = Site::cloud(&World::small());
    site.jira.order(Fault::at(BOARDS).refuses(Refusal::SecondaryLimit(7)));
    site.jira.order(Fault::at(BOARDS).refuses(Refusal::PrimaryLimit(Utc::now() + Duration::minutes(9))));
    site.jira.order(Fault::at(BOARDS).refuses(Refusal::SecondaryLimitWithoutTime));
    let burst = site.get(BOARDS).await;
    assert_eq!((burst.status, burst.header("retry-after")), (429, "7"), "in seconds");
    assert_eq!(burst.header("ratelimit-reason"), "jira-burst-based", "one endpoint of one site");
    let quota = site.get(BOARDS).await;
    let reset = NaiveDateTime::parse_from_str(quota.header("x-ratelimit-reset"), "%Y-%m-%dT%H:%MZ").unwrap();
    let ahead = reset.and_utc() - Utc::now();
    assert!(ahead > Duration::minutes(7) && ahead <= Duration::minutes(9), "to the minute: {ahead}");
    let bare = site.get(BOARDS).await;
    assert_eq!(
        (bare.status, bare.header("retry-after"), bare.header("x-ratelimit-reset")),
        (429, "", ""),
        "bare"
    );
    assert_eq!(site.get(BOARDS).await.status, 200, "over");
}

#[tokio::test]
async fn a_login_has_as_many_requests_as_it_is_left() {
    let site = Site::cloud(&World::small());
    site.jira.set_remaining("ada", 1, Utc::now() + Duration::seconds(40));
    assert_eq!(site.get(BOARDS).await.status, 200, "the last one");
    let refused = site.get(BOARDS).await;
    assert_eq!(refused.status, 429, "one too many");
    assert!((35..=40).contains(&refused.header("retry-after").parse::<i64>().unwrap()), "until then");
}

#[tokio::test]
async fn refusals_are_in_jiras_words() {
    let site = Site::cloud(&World::small());
    let path = "/rest/agile/1.0/issue/PDT-121";
    for (refusal, status) in [
        (Refusal::MissingScope("read:board".to_owned()), 403),
        (Refusal::NotFound, 404),
        (Refusal::Gone, 410),
        (Refusal::Blocked, 451),
    ] {
        site.jira.order(Fault::at(path).refuses(refusal));
        let answer = site.get(path).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        assert!(answer.json()["errorMessages"][0].is_string(), "a sentence");
    }
    let gateway = site.at_gateway();
    gateway.jira.order(Fault::at(path).refuses(Refusal::MissingScope("read:issue".to_owned())));
    let answer = gateway.get(path).await;
    assert_eq!(
        (answer.status, answer.json()),
        (401, json!({ "code": 401, "message": "Unauthorized; scope does not match" }))
    );
}

#[tokio::test]
async fn a_token_that_is_refused_in_the_middle_looks_like_an_empty_jira() {
    let world = World::small();
    let site = Site::cloud(&world);
    site.jira.order(Fault::at("/rest/**").always().refuses(Refusal::BadToken));
    let boards = site.get(BOARDS).await;
    assert_eq!((boards.status, boards.json()["total"].clone()), (200, json!(0)), "nothing found");
    assert_eq!(boards.header("x-seraph-loginreason"), "AUTHENTICATED_FAILED", "but for this");
    assert_eq!(site.get("/rest/api/3/myself").await.status, 401, "this says it");
    let data_center = Site::data_center(&world);
    data_center.jira.order(Fault::at(BOARDS).refuses(Refusal::BadToken));
    assert_eq!(data_center.get(BOARDS).await.status, 401, "Data Center says it always");
}

#[tokio::test]
async fn a_fault_meets_a_route_by_either_door() {
    let site = Site::data_center(&World::small());
    let happened =
        site.jira.order(Fault::at("GET /rest/agile/1.0/board/*/sprint").always().answers_status(502));
    assert_eq!(site.get("/rest/agile/1.0/board/1/sprint").await.status, 502, "below the context path");
    let site = Site::cloud(&World::small()).at_gateway();
    site.jira
        .order(Fault::at("/rest/agile/1.0/board/*/sprint").with_query("state", "active").drops_connection());
    assert_eq!(site.get("/rest/agile/1.0/board/1/sprint?state=closed").await.status, 200, "another one");
    assert_eq!(happened.times(), 1, "once there");
}

#[tokio::test]
async fn a_page_token_comes_again_for_ever() {
    let site = Site::cloud(&World::small());
    site.jira.order(Fault::at("/rest/api/3/search/jql").always().repeats_page_token());
    let ask = async |token: Option<&str>| {
        let body = json!({ "jql": "project = PDT", "maxResults": 2, "nextPageToken": token });
        site.post("/rest/api/3/search/jql", &body).await.json()
    };
    let first = ask(None).await["nextPageToken"].as_str().unwrap().to_owned();
    assert_eq!(ask(Some(&first)).await["nextPageToken"], first.as_str(), "the one that was sent");
}

#[tokio::test]
async fn pages_repeat_start_over_and_shrink() {
    let world = World::small();
    let site = Site::cloud(&world);
    let path = "/rest/agile/1.0/sprint/2/issue";
    let page = async |start: usize| {
        site.get(&format!("{path}?startAt={start}&maxResults=4&fields=key")).await.json()
    };
    let first = each(page(0).await["issues"].as_array().unwrap(), "key");
    site.jira.order(Fault::at(path).repeats_first_page());
    let repeated = page(4).await;
    assert_eq!(
        (each(repeated["issues"].as_array().unwrap(), "key"), repeated["startAt"].clone()),
        (first.clone(), json!(4))
    );
    site.jira.order(Fault::at(path).answers_as_if("startAt", "0"));
    let over = page(4).await;
    assert_eq!(
        (each(over["issues"].as_array().unwrap(), "key"), over["startAt"].clone()),
        (first, json!(0)),
        "honestly"
    );
    site.jira.order(Fault::at(path).answers_as_if("maxResults", "1"));
    let short = page(4).await;
    assert_eq!(
        (short["issues"].as_array().unwrap().len(), short["maxResults"].clone()),
        (1, json!(1)),
        "shrunk"
    );
}
