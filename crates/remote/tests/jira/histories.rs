//! Whole changelogs.

use pdt_domain::jira::Change;
use pdt_remote::http::Kind;
use pdt_remote::jira::CutHistory;
use serde_json::{Value, json};

use crate::server::{Play, Server};
use crate::{cloud, data_center, refusal, saying, saying_each, start_at};

fn entry(id: u32, created: Value) -> Value {
    let items = json!([{ "field": "status", "fieldId": "status", "from": "1", "fromString": "A", "to": "2", "toString": "B" }]);
    json!({ "id": id.to_string(), "author": { "accountId": "5b10", "displayName": "Ada" }, "created": created, "items": items })
}

fn of(id: &str, entries: Vec<Value>) -> Value {
    json!({ "issueId": id, "changeHistories": entries })
}

fn names(list: &[&str]) -> Vec<CutHistory> {
    list.iter().map(|name| CutHistory::whole(name)).collect()
}

fn ids(changes: &[Change]) -> Vec<&str> {
    changes.iter().map(|change| change.id.as_str()).collect()
}

#[tokio::test]
async fn many_changelogs_are_asked_for_at_once_and_put_together_over_pages() {
    let server = saying_each(vec![
        json!({
            "issueChangeLogs": [of("1", vec![entry(11, json!(1_771_431_300)), entry(10, json!(1_771_431_200))]), of("2", vec![])],
            "nextPageToken": "t1",
        }),
        json!({
            "issueChangeLogs": [of("1", vec![entry(12, json!(1_771_431_400_250_i64)), entry(11, json!(1_771_431_300))])],
            "nextPageToken": null,
        }),
    ])
    .await;
    let found = cloud(&server).histories(&names(&["1", "2", "3"])).await.unwrap().found;
    assert_eq!(found.keys().collect::<Vec<_>>(), ["1", "2"], "a card that is gone is absent");
    assert_eq!(ids(&found["1"]), ["10", "11", "12"], "oldest first, each once");
    assert!(found["2"].is_empty(), "nothing ever changed on it");
    let times: Vec<String> = found["1"].iter().map(|change| change.created.to_rfc3339()).collect();
    let expected =
        ["2026-02-18T16:13:20+00:00", "2026-02-18T16:15:00+00:00", "2026-02-18T16:16:40.250+00:00"];
    assert_eq!(times, expected, "seconds and milliseconds are told apart");
    assert_eq!((found["1"][0].author.as_deref(), found["1"][0].items.len()), (Some("Ada"), 1));
    let questions: Vec<Value> =
        server.seen().iter().map(|seen| serde_json::from_str(&seen.body).unwrap()).collect();
    assert_eq!(questions[0], json!({ "issueIdsOrKeys": ["1", "2", "3"], "maxResults": 5000 }));
    assert_eq!(questions[1]["nextPageToken"], "t1");
    assert_eq!(server.targets(), ["/rest/api/3/changelog/bulkfetch"; 2]);
}

#[tokio::test]
async fn a_thousand_cards_are_asked_for_at_once_and_no_more() {
    let server = Server::start(|seen, _| {
        let question: Value = serde_json::from_str(&seen.body).unwrap();
        let asked = question["issueIdsOrKeys"].as_array().unwrap();
        let first = asked[0].as_str().unwrap();
        let log = of(first, vec![entry(u32::try_from(asked.len()).unwrap(), json!(1))]);
        Play::json(&json!({ "issueChangeLogs": [log] }).to_string())
    })
    .await;
    let many: Vec<CutHistory> = (0..2_100).map(|id| CutHistory::whole(&id.to_string())).collect();
    let found = cloud(&server).histories(&many).await.unwrap().found;
    assert_eq!(server.count(), 3);
    let sizes: Vec<&str> = ["0", "1000", "2000"].iter().map(|id| found[*id][0].id.as_str()).collect();
    assert_eq!(sizes, ["1000", "1000", "100"]);
    assert!(cloud(&server).histories(&[]).await.unwrap().found.is_empty());
    assert_eq!(server.count(), 3, "nothing wanted, nothing asked");
}

#[tokio::test]
async fn a_token_that_comes_again_is_an_error() {
    let page = json!({ "issueChangeLogs": [of("1", vec![entry(1, json!(1))])], "nextPageToken": "t" });
    let server = saying(page).await;
    let error = cloud(&server).histories(&names(&["1"])).await.unwrap_err();
    assert_eq!((error.kind, server.count()), (Kind::PageLoop, 2), "a part is never taken for the whole");
}

#[tokio::test]
async fn where_many_are_refused_each_is_asked_for_page_by_page() {
    for status in [400, 403, 404, 405, 410] {
        let server = Server::start(move |seen, _| {
            if seen.method == "POST" {
                return refusal(status);
            }
            if seen.target.starts_with("/rest/api/3/issue/2/") {
                return refusal(404);
            }
            let start = start_at(seen);
            let values: Vec<Value> =
                (start..150.min(start + 100)).map(|at| entry(u32::try_from(at).unwrap(), json!("2026-02-18T23:15:00.000+0700"))).collect();
            Play::json(&json!({ "startAt": start, "maxResults": 100, "total": 150, "isLast": start > 0, "values": values }).to_string())
        })
        .await;
        let found = cloud(&server).histories(&names(&["1", "2", "3"])).await.unwrap().found;
        let sizes: Vec<(&str, usize)> =
            found.iter().map(|(id, changes)| (id.as_str(), changes.len())).collect();
        assert_eq!(sizes, [("1", 150), ("3", 150)], "{status}: the one that is gone is absent");
        assert_eq!(server.count(), 6, "once in vain, two pages for each of two, one for what is gone");
        let second = "/rest/api/3/issue/1/changelog?startAt=100&maxResults=100";
        assert!(server.targets().iter().any(|target| target == second), "{:?}", server.targets());
    }
}

#[tokio::test]
async fn no_more_pages_are_read_than_hold_what_is_missing() {
    let server = Server::start(|seen, _| {
        if seen.method == "POST" {
            return refusal(404);
        }
        let start = start_at(seen);
        let entries = start..250.min(start + 100);
        let created = json!("2026-02-18T23:15:00.000+0700");
        let values: Vec<Value> =
            entries.map(|at| entry(u32::try_from(at).unwrap(), created.clone())).collect();
        Play::json(
            &json!({ "startAt": start, "maxResults": 100, "total": 250, "values": values }).to_string(),
        )
    })
    .await;
    let known = (150..250).map(|at| at.to_string()).collect();
    let cut = CutHistory { known, missing: Some(150), ..CutHistory::whole("1") };
    let found = cloud(&server).histories(&[cut]).await.unwrap().found;
    assert_eq!(found["1"].len(), 200, "two pages hold the 150 that are missing");
    assert_eq!(server.count(), 3, "once in vain, and no third page");
}

#[tokio::test]
async fn what_is_too_much_at_once_is_asked_for_one_by_one() {
    let server = Server::start(|seen, _| {
        if seen.method == "POST" {
            return Play::json(&" ".repeat(64 * 1024 * 1024 + 1));
        }
        let values = [entry(1, json!("2026-02-18T23:15:00.000+0700"))];
        Play::json(&json!({ "startAt": 0, "maxResults": 100, "isLast": true, "values": values }).to_string())
    })
    .await;
    assert_eq!(cloud(&server).histories(&names(&["1", "2"])).await.unwrap().found.len(), 2);
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn a_companys_own_server_sends_the_changelog_with_the_card() {
    let server = Server::start(|seen, _| {
        if seen.target.starts_with("/rest/agile/1.0/issue/2?") {
            return refusal(404);
        }
        let histories: Vec<Value> =
            (0..130).rev().map(|id| entry(id, json!("2026-02-18T23:15:00.000+0700"))).collect();
        Play::json(
            &json!({ "id": "1", "key": "ABC-1", "changelog": { "total": 130, "histories": histories } })
                .to_string(),
        )
    })
    .await;
    let found = data_center(&server).histories(&names(&["1", "2"])).await.unwrap().found;
    assert_eq!((found.len(), found["1"].len(), ids(&found["1"])[0]), (1, 130, "0"));
    assert_eq!(server.targets()[0], "/rest/agile/1.0/issue/1?fields=key&expand=changelog");
}

#[tokio::test]
async fn a_changelog_that_is_cut_all_the_same_is_an_error() {
    let cut = json!({ "total": 3, "histories": [entry(1, json!("2026-02-18T23:15:00.000+0700"))] });
    for (issue, words) in [
        (json!({ "id": "1", "key": "ABC-1", "changelog": cut }), "card ABC-1 without 2 of its changes"),
        (json!({ "id": "1", "key": "ABC-1" }), "card ABC-1 without its changelog"),
    ] {
        let mut came = data_center(&saying(issue).await).histories(&names(&["1"])).await.unwrap();
        assert!(came.found.is_empty(), "nothing is taken for the whole");
        let (_, error) = came.failed.remove(0);
        assert_eq!(error.kind, Kind::Unreadable);
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[tokio::test]
async fn a_changelog_without_the_number_of_its_card_is_an_error() {
    for odd in
        [json!({ "changeHistories": [] }), json!({ "issueId": "1", "changeHistories": [{ "created": 1 }] })]
    {
        let server = saying(json!({ "issueChangeLogs": [odd.clone()] })).await;
        assert_eq!(
            cloud(&server).histories(&names(&["1"])).await.unwrap_err().kind,
            Kind::Unreadable,
            "{odd}"
        );
    }
}
