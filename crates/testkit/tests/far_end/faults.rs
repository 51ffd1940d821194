//! Ordered faults happen where and as often as they were ordered, and the log of requests is exact.

use std::time::Duration;

use pdt_testkit::far::Reply;
use pdt_testkit::recorded::Credential;
use pdt_testkit::{Bystander, Fault, Gate, GitRepo, NewCommit, Plan};

use crate::client::{Client, TOKEN, github_with, gitlab_with};
use crate::git::day;

fn three_pages() -> GitRepo {
    let repo = GitRepo::create().unwrap();
    repo.generate(&Plan::sized(day("2026-02-18"), 5, 1)).unwrap();
    repo
}

const COMMITS: &str = "/repos/acme/widgets/commits?per_page=2";

#[tokio::test]
async fn a_fault_happens_at_the_nth_request_so_many_times() {
    let (github, client) = github_with(&three_pages());
    let happened = github.order(Fault::at("GET /repos/*/*/commits").after(1).times(2).answers_status(503));
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(client.get(COMMITS).await.status);
    }
    assert_eq!(statuses, [200, 503, 503, 200, 200], "the second and the third");
    assert_eq!(happened.times(), 2, "twice");
}

#[tokio::test]
async fn faults_come_in_the_order_in_which_they_were_ordered() {
    let (github, client) = github_with(&three_pages());
    github.order(Fault::at("/user").answers_status(500));
    github.order(Fault::at("/user").answers(Reply::text(429, "slow down").with("retry-after", 1)));
    github.order(Fault::at("/repos/**").always().answers_sign_in_page());
    assert_eq!(client.get("/user").await.status, 500, "the first");
    assert_eq!(client.get("/user").await.header("retry-after"), "1", "the second");
    assert_eq!(client.get("/user").await.status, 200, "and no more");
    let page = client.get(COMMITS).await;
    assert!(page.status == 200 && page.text.starts_with("<!DOCTYPE html>"), "a page to sign in");
    github.clear_faults();
    assert_eq!(client.get(COMMITS).await.list().len(), 2, "forgotten");
}

#[tokio::test]
async fn a_pattern_meets_later_pages_by_number_and_parameters() {
    let (github, client) = github_with(&three_pages());
    github.order(Fault::at("/repos/acme/widgets/commits").with_query("page", "2").answers_status(502));
    let first = client.get(COMMITS).await;
    let next = first.link("next").unwrap();
    assert!(next.contains("/repositories/"), "the link goes by number");
    assert_eq!(client.get(&next).await.status, 502, "and is met all the same");
    assert_eq!(client.get(&next).await.status, 200, "once");
}

#[tokio::test]
async fn a_connection_is_dropped_without_an_answer() {
    let (github, client) = github_with(&three_pages());
    github.order(Fault::at("/user").drops_connection());
    assert!(client.try_get("/user", &[]).await.is_err(), "no answer");
    assert_eq!(client.get("/user").await.status, 200, "the next one is answered");
    let statuses: Vec<_> = github.requests().iter().map(|request| request.status).collect();
    assert_eq!(statuses, [None, Some(200)], "both are in the log");
}

#[tokio::test]
async fn a_body_ends_in_the_middle() {
    let (github, client) = github_with(&three_pages());
    github.order(Fault::at("/repos/*/*/commits").truncates_body());
    let error = client.try_get(COMMITS, &[]).await.err().expect("half a body is no body");
    assert!(error.is_body() || error.is_decode(), "the head came, the body did not: {error:?}");
}

#[tokio::test]
async fn a_hanging_or_stalling_answer_ends_with_the_clients_patience() {
    let (github, client) = github_with(&three_pages());
    github.order(Fault::at("/user").hangs());
    github.order(Fault::at("/user").stalls_in_body());
    for _ in 0..2 {
        let patience = Duration::from_millis(300);
        assert!(tokio::time::timeout(patience, client.get("/user")).await.is_err(), "nothing comes");
    }
    assert_eq!(client.get("/user").await.status, 200, "others are served");
}

#[tokio::test]
async fn a_gate_holds_a_request_until_it_is_released() {
    let repo = three_pages();
    let (github, client) = github_with(&repo);
    let gate = Gate::new();
    github.order(Fault::at("/repos/*/*/commits").waits_for(&gate));
    github.order(Fault::at("/repos/*/*/commits").after(1).answers_status(500));
    let ask = client.get(COMMITS);
    let meanwhile = async {
        gate.reached(1).await;
        assert_eq!(github.requests()[0].status, None, "it waits");
        repo.commit("main", &NewCommit::new("PDT-1 meanwhile\n")).unwrap();
        gate.release();
    };
    let (answer, ()) = tokio::join!(ask, meanwhile);
    let newest = answer.list()[0]["commit"]["message"].clone();
    assert_eq!(newest, "PDT-1 meanwhile", "the answer is of the time after the gate");
    assert_eq!(client.get(COMMITS).await.status, 500, "the fault behind it is not forgotten");
}

#[tokio::test]
async fn redirects_and_links_lead_to_another_origin() {
    let stranger = Bystander::start().unwrap();
    let (github, client) = github_with(&three_pages());
    github.order(Fault::at("/repos/*/*/commits").redirects_to(stranger.url()));
    github.order(Fault::at("/repos/*/*/commits").links_next_to(stranger.url()));
    let redirect = client.get(COMMITS).await;
    assert_eq!(redirect.status, 302, "a redirect");
    let wanted = format!("{}/api/v3{COMMITS}", stranger.url());
    assert_eq!(redirect.header("location"), wanted, "to the stranger");
    assert_eq!(client.get(COMMITS).await.link("next"), Some(wanted.clone()), "and a link");
    client.get(&wanted).await;
    assert_eq!(stranger.requests()[0].credential, Credential::Unknown, "who notices a credential");
    Client::with_token("", "").get(&wanted).await;
    assert_eq!(stranger.requests()[1].credential, Credential::None, "and its absence");
}

#[tokio::test]
async fn a_page_may_name_itself_as_the_next() {
    let (gitlab, client) = gitlab_with(&three_pages());
    let path = "/projects/acme%2Ftools%2Fwidgets/repository/commits?per_page=2&page=2";
    gitlab.order(Fault::at("/projects/*/repository/commits").links_next_to_itself());
    let link = client.get(path).await.link("next").unwrap();
    assert_eq!(link, format!("{}/api/v4{path}", gitlab.url()), "a circle");
}

#[tokio::test]
async fn a_flood_is_as_large_as_ordered() {
    let (github, client) = github_with(&three_pages());
    github.order(Fault::at("/user").floods(3 << 20));
    let answer = client.get("/user").await;
    assert!(answer.text.len() >= 3 << 20, "{} bytes", answer.text.len());
    assert_eq!(answer.list().len(), 0, "valid JSON all the same");
}

#[tokio::test]
async fn the_log_is_exact_and_holds_no_token() {
    let (github, client) = github_with(&three_pages());
    client.get_with(COMMITS, &[("if-none-match", "\"x\""), ("private-token", TOKEN)]).await;
    client.get("/user?x=%2B").await;
    let lines = ["GET /repos/acme/widgets/commits?per_page=2 200", "GET /user?x=%2B 200"];
    assert_eq!(github.request_lines(), lines, "in order, queries as they came");
    let requests = github.requests();
    assert_eq!(requests[0].path, "/api/v3/repos/acme/widgets/commits", "the path as it came");
    assert_eq!(requests[0].header("if-none-match"), Some("\"x\""), "headers as they came");
    assert_eq!(requests[0].header("authorization"), Some("Bearer <redacted>"), "but no secret");
    assert_eq!(requests[0].credential, Credential::Of("ada".to_owned()), "only whose it was");
    assert_eq!(requests[1].parameter("x").as_deref(), Some("+"), "decoded on demand");
    assert!(!format!("{requests:?} {github:?}").contains(TOKEN), "nowhere");
    github.reset_requests();
    assert!(github.requests().is_empty(), "forgotten");
}

#[tokio::test]
async fn latency_is_added_to_every_answer() {
    let (github, client) = github_with(&three_pages());
    client.get("/user").await;
    github.latency(Duration::from_millis(120));
    let start = std::time::Instant::now();
    client.get("/user").await;
    assert!(start.elapsed() >= Duration::from_millis(120), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_header_can_be_forged() {
    let (github, client) = github_with(&three_pages());
    github.order(Fault::at("/user").sets_header("x-github-sso", "partial-results; organizations=21955855"));
    let answer = client.get("/user").await;
    assert_eq!(answer.status, 200, "a right answer");
    assert!(answer.header("x-github-sso").starts_with("partial-results"), "that is incomplete in silence");
}
