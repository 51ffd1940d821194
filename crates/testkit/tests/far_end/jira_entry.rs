//! Who may read a Jira, and what the others get.

use chrono::{Duration, Utc};
use pdt_testkit::recorded::Credential;
use pdt_testkit::{JiraSettings, NewToken, World};

use crate::client::TOKEN;
use crate::jira_site::{Site, basic};

const REASON: &str = "x-seraph-loginreason";

#[tokio::test]
async fn a_bad_token_on_cloud_looks_like_an_empty_jira() {
    let world = World::small();
    for bad in [basic("ada@example.com", "wrong"), basic("grace@example.com", TOKEN), "Basic %%%".to_owned()]
    {
        let site = Site::cloud(&world).signed(&bad);
        let boards = site.get("/rest/agile/1.0/board").await;
        assert_eq!(
            (boards.status, boards.json()["total"].as_u64()),
            (200, Some(0)),
            "200 with nothing found"
        );
        assert_eq!(boards.header(REASON), "AUTHENTICATED_FAILED", "and a header that says why");
        let found = site.get_with("/rest/api/3/search/jql", &[("jql", "project = PDT")]).await;
        assert_eq!((found.status, found.header(REASON)), (200, "AUTHENTICATED_FAILED"), "likewise");
        assert!(found.json()["issues"].as_array().unwrap().is_empty(), "nothing found");
        let card = site.get("/rest/agile/1.0/issue/PDT-121").await;
        assert_eq!(
            (card.status, card.header(REASON)),
            (404, "AUTHENTICATED_FAILED"),
            "as if it were not there"
        );
        assert_eq!(site.get("/rest/agile/1.0/board/1/sprint").await.status, 404, "likewise");
        assert_eq!(site.get("/rest/api/3/myself").await.status, 401, "only this one says it");
    }
}

#[tokio::test]
async fn nobody_gets_the_same_without_the_header() {
    let site = Site::cloud(&World::small()).signed("");
    let boards = site.get("/rest/agile/1.0/board").await;
    assert_eq!((boards.status, boards.header(REASON)), (200, ""), "nothing was refused");
    assert_eq!(site.get("/rest/api/2/myself").await.status, 401, "but nobody is somebody");
}

#[tokio::test]
async fn a_good_token_is_confirmed_on_some_answers() {
    let site = Site::cloud(&World::small());
    assert_eq!(site.get("/rest/agile/1.0/board").await.header(REASON), "OK", "here");
    let search = site.get_with("/rest/api/3/search/jql", &[("jql", "project = PDT")]).await;
    assert_eq!((search.status, search.header(REASON)), (200, ""), "and not there");
}

#[tokio::test]
async fn revoked_and_expired_tokens_are_bad_ones() {
    let site = Site::cloud(&World::small());
    site.jira.add_token(NewToken::new("old", "grace").expires_at(Utc::now() - Duration::days(1)));
    site.jira.revoke_token(TOKEN);
    let site = site.signed(&basic("ada@example.com", TOKEN));
    assert_eq!(site.get("/rest/agile/1.0/board").await.header(REASON), "AUTHENTICATED_FAILED", "revoked");
    let site = site.signed(&basic("grace@example.com", "old"));
    assert_eq!(site.get("/rest/agile/1.0/board").await.header(REASON), "AUTHENTICATED_FAILED", "expired");
}

#[tokio::test]
async fn an_address_may_differ_from_the_login() {
    let site = Site::cloud(&World::small());
    site.jira.add_token(NewToken::new("other", "ada").email("a.example@example.org"));
    let site = site.signed(&basic("A.Example@example.org", "other"));
    assert_eq!(
        site.get("/rest/api/3/myself").await.json()["emailAddress"],
        "a.example@example.org",
        "in any case"
    );
}

#[tokio::test]
async fn a_bearer_on_cloud_is_forbidden() {
    let answer =
        Site::cloud(&World::small()).signed(&format!("Bearer {TOKEN}")).get("/rest/agile/1.0/board").await;
    assert_eq!(answer.status, 403, "it is for apps");
}

#[tokio::test]
async fn data_center_takes_a_bearer_only() {
    let world = World::small();
    assert_eq!(Site::data_center(&world).get("/rest/agile/1.0/board").await.status, 200, "a personal token");
    for bad in ["", "Bearer wrong", &basic("ada@example.com", TOKEN)] {
        let site = Site::data_center(&world).signed(bad);
        for path in ["/rest/agile/1.0/board", "/rest/api/2/myself", "/rest/agile/1.0/issue/PDT-121"] {
            assert_eq!(site.get(path).await.status, 401, "{path} says it plainly");
        }
    }
}

#[tokio::test]
async fn data_center_tells_a_wait_of_nothing_on_successes() {
    let site = Site::data_center(&World::small());
    let answer = site.get("/rest/agile/1.0/board").await;
    assert_eq!((answer.status, answer.header("retry-after")), (200, "0"), "which means nothing");
    assert_eq!(
        Site::cloud(&World::small()).get("/rest/agile/1.0/board").await.header("retry-after"),
        "",
        "not Cloud"
    );
}

#[tokio::test]
async fn a_scoped_token_works_at_the_gateway_and_not_at_the_site() {
    let settings = JiraSettings { scoped_only: true, ..JiraSettings::default() };
    let site = Site::with(settings, &World::small());
    for path in ["/rest/api/3/myself", "/rest/agile/1.0/board", "/rest/agile/1.0/issue/PDT-121"] {
        assert_eq!(site.get(path).await.status, 401, "{path} at the site");
    }
    assert_eq!(site.get("/_edge/tenant_info").await.status, 200, "this is for everybody");
    let gateway = site.at_gateway();
    assert_eq!(gateway.get("/rest/api/3/myself").await.status, 200, "at the gateway");
    let board = gateway.get("/rest/agile/1.0/board/1").await.json();
    let wanted = format!("{}/ex/jira/{}/rest/agile/1.0/board/1", gateway.jira.url(), gateway.jira.cloud_id());
    assert_eq!(board["self"], wanted, "links lead through the gateway");
    let stranger = gateway.signed(&basic("ada@example.com", "wrong"));
    assert_eq!(stranger.get("/rest/agile/1.0/board").await.status, 401, "which believes no bad token");
}

#[tokio::test]
async fn the_log_knows_whose_token_came_and_never_the_token() {
    let site = Site::cloud(&World::small());
    site.get("/rest/agile/1.0/board").await;
    let site = site.signed(&basic("ada@example.com", "wrong"));
    site.get("/rest/agile/1.0/board").await;
    let requests = site.jira.requests();
    let whose: Vec<&Credential> = requests.iter().map(|request| &request.credential).collect();
    assert_eq!(whose, [&Credential::Of("ada".to_owned()), &Credential::Unknown], "by its digest");
    assert_eq!(requests[0].header("authorization"), Some("Basic <redacted>"), "the scheme stays");
    let told = format!("{requests:?}");
    let coded = basic("ada@example.com", TOKEN);
    assert!(!told.contains(TOKEN) && !told.contains(coded.trim_start_matches("Basic ")), "nor its code");
}

#[tokio::test]
async fn routes_read_the_same_by_every_door() {
    let data_center = Site::data_center(&World::small());
    data_center.get("/rest/agile/1.0/board/1/sprint?state=active").await;
    let wanted = "GET /rest/agile/1.0/board/1/sprint?state=active 200";
    assert_eq!(data_center.jira.request_lines(), [wanted], "without the context path");
    let gateway = Site::cloud(&World::small()).at_gateway();
    gateway.get("/rest/agile/1.0/board/1/sprint?state=active").await;
    assert_eq!(gateway.jira.request_lines(), [wanted], "without the gateway's prefix");
}

#[tokio::test]
async fn errors_are_in_the_language_of_the_site_unless_english_is_forced() {
    let site = Site::cloud(&World::small());
    let path = "/rest/agile/1.0/board/2/sprint";
    let english = site.get(path).await.json();
    assert_eq!(english["errorMessages"][0], "The board does not support sprints", "both headers came");
    let german = site.get_german(path).await.json();
    assert_eq!(german["errorMessages"][0], "Das Board unterstützt keine Sprints", "one is not enough");
}
