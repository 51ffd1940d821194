//! Which cards are in which sprints.

use pdt_remote::http::Kind;
use pdt_remote::jira::{Member, Place};
use serde_json::{Value, json};

use crate::server::{Play, Server};
use crate::{cloud, data_center, parameter, refusal, saying, saying_each, start_at};

fn issues(ids: impl IntoIterator<Item = u32>) -> Vec<Value> {
    ids.into_iter().map(|id| json!({ "id": id.to_string(), "key": format!("abc-{id}") })).collect()
}

fn ids(members: &[Member]) -> Vec<&str> {
    members.iter().map(|member| member.id.as_str()).collect()
}

#[tokio::test]
async fn a_cloud_site_is_searched_token_by_token() {
    let server = saying_each(vec![
        json!({ "issues": issues(1..3), "nextPageToken": "t1", "isLast": false }),
        json!({ "issues": issues(2..4), "nextPageToken": "t2" }),
        json!({ "issues": issues(4..5), "isLast": true }),
    ])
    .await;
    let members = cloud(&server).members(&[7, 8, 9]).await.unwrap().unwrap();
    assert_eq!(ids(&members), ["1", "2", "3", "4"], "each once");
    assert_eq!(members[0].key, "ABC-1", "in capitals");
    let seen = server.seen();
    let questions: Vec<Value> = seen.iter().map(|seen| serde_json::from_str(&seen.body).unwrap()).collect();
    let jql = "sprint in (7,8,9) ORDER BY created ASC";
    assert_eq!(questions[0], json!({ "jql": jql, "fields": ["key"], "maxResults": 5000 }));
    assert_eq!(questions[2]["nextPageToken"], "t2", "the latest token");
    assert!(seen.iter().all(|seen| seen.method == "POST" && seen.target == "/rest/api/3/search/jql"));
}

#[tokio::test]
async fn a_search_ends_where_it_says_so_or_has_nothing_more() {
    for last in [
        json!({ "issues": issues(1..3) }),
        json!({ "issues": issues(1..3), "nextPageToken": null }),
        json!({ "issues": issues(1..3), "nextPageToken": "t", "isLast": true }),
    ] {
        let server = saying(last.clone()).await;
        assert_eq!(cloud(&server).members(&[1]).await.unwrap().unwrap().len(), 2, "{last}");
        assert_eq!(server.count(), 1, "{last}");
    }
    let empty = saying(json!({ "issues": [], "nextPageToken": "t" })).await;
    assert_eq!(cloud(&empty).members(&[1]).await.unwrap(), Some(Vec::new()), "an empty page is the end");
    assert_eq!(empty.count(), 1);
}

#[tokio::test]
async fn a_token_that_comes_again_is_an_error() {
    let server = saying(json!({ "issues": issues(1..3), "nextPageToken": "t" })).await;
    let error = cloud(&server).members(&[1]).await.unwrap_err();
    assert_eq!((error.kind, server.count()), (Kind::PageLoop, 2), "a part is never taken for the whole");
}

#[tokio::test]
async fn nothing_is_asked_where_there_is_no_sprint() {
    let server = Server::start(|_, _| refusal(500)).await;
    assert_eq!(cloud(&server).members(&[]).await.unwrap(), Some(Vec::new()));
    assert_eq!(server.count(), 0, "a search without a condition would be refused");
}

#[tokio::test]
async fn a_search_that_is_refused_is_none() {
    for status in [400, 403, 404, 405, 410] {
        let server = Server::start(move |_, _| refusal(status)).await;
        assert_eq!(cloud(&server).members(&[1]).await.unwrap(), None, "Cloud, {status}");
        assert_eq!(data_center(&server).members(&[1]).await.unwrap(), None, "Data Center, {status}");
        assert_eq!(server.count(), 2, "asked once each");
    }
    for (status, expected) in [(401, Kind::TokenRefused), (500, Kind::Passing)] {
        let server = Server::start(move |_, _| refusal(status)).await;
        assert_eq!(
            cloud(&server).members(&[1]).await.unwrap_err().kind,
            expected,
            "{status} is no answer to it"
        );
    }
}

#[tokio::test]
async fn a_companys_own_server_is_searched_page_by_page() {
    let server = Server::start(|seen, _| {
        let start = start_at(seen);
        let end = 25.min(start + 10);
        let found = issues(u32::try_from(start).unwrap()..u32::try_from(end).unwrap());
        Play::json(&json!({ "startAt": start, "maxResults": 10, "total": 25, "issues": found }).to_string())
    })
    .await;
    let members = data_center(&server).members(&[7, 8]).await.unwrap().unwrap();
    assert_eq!((members.len(), server.count()), (25, 3));
    let seen = &server.seen()[0];
    assert!(seen.target.starts_with("/rest/api/2/search?"), "{}", seen.target);
    let jql = parameter(seen, "jql");
    assert_eq!(jql.as_deref(), Some("sprint in (7,8) ORDER BY created ASC"));
    assert_eq!(
        (parameter(seen, "fields").as_deref(), parameter(seen, "maxResults").as_deref()),
        (Some("key"), Some("1000"))
    );
}

#[tokio::test]
async fn many_sprints_are_asked_for_in_several_searches() {
    let server = Server::start(|seen, _| {
        let count = u32::try_from(parameter(seen, "jql").unwrap().split(',').count()).unwrap();
        let found = issues([1, count]);
        Play::json(&json!({ "startAt": 0, "maxResults": 10, "total": 2, "issues": found }).to_string())
    })
    .await;
    let sprints: Vec<i64> = (1..=450).collect();
    let members = data_center(&server).members(&sprints).await.unwrap().unwrap();
    assert_eq!(ids(&members), ["1", "200", "50"], "two hundred at once, and each card once");
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_place_lists_its_cards_with_nothing_but_their_names() {
    let page = json!({ "startAt": 0, "maxResults": 50, "total": 2, "issues": issues(1..3) });
    let server = saying(page).await;
    let members = cloud(&server).listed(Place::Sprint(7)).await.unwrap();
    assert_eq!(
        members,
        [
            Member { id: "1".to_owned(), key: "ABC-1".to_owned() },
            Member { id: "2".to_owned(), key: "ABC-2".to_owned() }
        ]
    );
    let seen = &server.seen()[0];
    assert!(seen.target.starts_with("/rest/agile/1.0/sprint/7/issue?"), "{}", seen.target);
    assert_eq!(parameter(seen, "fields").as_deref(), Some("key"));
    assert_eq!(parameter(seen, "jql").as_deref(), Some("ORDER BY created ASC"));
    assert_eq!(parameter(seen, "expand"), None, "no changelog");
}

#[tokio::test]
async fn a_member_without_a_name_is_an_error() {
    for odd in [json!({ "key": "ABC-1" }), json!({ "id": "1" }), json!({ "id": "1", "key": " " })] {
        let server = saying(json!({ "issues": [odd.clone()] })).await;
        assert_eq!(cloud(&server).members(&[1]).await.unwrap_err().kind, Kind::Unreadable, "{odd}");
    }
}
