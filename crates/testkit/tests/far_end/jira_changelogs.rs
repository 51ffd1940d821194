//! Changelogs, in all their shapes.

use std::collections::BTreeMap;

use pdt_testkit::jira::{Edit, NewCard};
use pdt_testkit::{JiraSettings, World};
use serde_json::{Value, json};

use crate::jira_site::{Site, each};

/// A card PDT-1 with so many entries.
fn long(entries: usize) -> World {
    let world = World::new();
    world.add_project("PDT", "Development tracker");
    world.stop_clock_at("2026-01-01T00:00:00Z".parse().unwrap());
    world.add_card(NewCard::new("PDT", "One with a past")).unwrap();
    world.stop_clock_at("2026-02-18T16:15:00.042Z".parse().unwrap());
    world.add_history("PDT-1", entries).unwrap();
    world
}

fn truth(world: &World) -> Vec<String> {
    each(world.card("PDT-1")["changelog"].as_array().unwrap(), "id")
}

const BULK: &str = "/rest/api/3/changelog/bulkfetch";

#[tokio::test]
async fn inside_a_card_it_is_newest_first_and_capped_and_the_total_tells() {
    let world = long(101);
    for (cap, path) in [(100, "/rest/agile/1.0/issue/PDT-1"), (40, "/rest/api/3/issue/PDT-1")] {
        let settings = JiraSettings { changelog_cap: cap, ..JiraSettings::default() };
        let site = Site::with(settings, &world);
        let log = site.get(&format!("{path}?expand=changelog")).await.json()["changelog"].clone();
        assert_eq!(
            (log["total"].clone(), log["maxResults"].clone()),
            (json!(101), json!(cap)),
            "cut at {cap}"
        );
        let newest: Vec<String> = truth(&world).into_iter().rev().take(cap).collect();
        assert_eq!(each(log["histories"].as_array().unwrap(), "id"), newest, "newest first");
    }
    let site = Site::cloud(&world);
    assert!(
        site.get("/rest/agile/1.0/issue/PDT-1").await.json().get("changelog").is_none(),
        "only if wanted"
    );
}

#[tokio::test]
async fn data_center_embeds_everything_and_has_no_other_route() {
    let world = long(250);
    let site = Site::data_center(&world);
    let card = site.get("/rest/agile/1.0/issue/PDT-1?expand=changelog").await.json();
    assert_eq!(each(card["changelog"]["histories"].as_array().unwrap(), "id"), truth(&world), "oldest first");
    assert_eq!(site.get("/rest/api/2/issue/PDT-1/changelog").await.status, 404, "no pages");
    assert_eq!(
        site.post(BULK, &json!({ "issueIdsOrKeys": ["PDT-1"] })).await.status,
        404,
        "nor many at once"
    );
}

#[tokio::test]
async fn its_own_pages_are_oldest_first_a_hundred_each() {
    let world = long(250);
    let site = Site::cloud(&world);
    let path = "/rest/api/3/issue/PDT-1/changelog";
    let first = site.get(path).await.json();
    assert_eq!(
        (first["maxResults"].clone(), first["total"].clone(), first["isLast"].clone()),
        (json!(100), json!(250), json!(false))
    );
    assert_eq!(
        each(&site.all(path, &[("maxResults", "1000")], "values").await, "id"),
        truth(&world),
        "in three pages"
    );
    assert_eq!(site.get("/rest/api/3/issue/PDT-9/changelog").await.status, 404, "of nothing");
}

#[tokio::test]
async fn many_at_once_come_by_date_with_numbers_for_times() {
    let world = World::small();
    let site = Site::cloud(&world);
    let keys = world.cards_of_sprint(2);
    let mut token = Value::Null;
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut times = Vec::new();
    loop {
        let mut body = json!({ "issueIdsOrKeys": keys, "maxResults": 5 });
        if token.is_string() {
            body["nextPageToken"] = token;
        }
        let page = site.post(BULK, &body).await.json();
        for log in page["issueChangeLogs"].as_array().unwrap() {
            let histories = log["changeHistories"].as_array().unwrap();
            times.extend(histories.iter().map(|entry| entry["created"].as_i64().unwrap()));
            found
                .entry(log["issueId"].as_str().unwrap().to_owned())
                .or_default()
                .extend(each(histories, "id"));
        }
        token = page["nextPageToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert!(times.iter().all(|time| *time > 1_500_000_000_000), "milliseconds");
    for key in keys {
        let wanted = each(world.card(&key)["changelog"].as_array().unwrap(), "id");
        let id = world.card_number(&key).unwrap().to_string();
        assert_eq!(found.remove(&id).unwrap_or_default(), wanted, "{key}, spread over several pages");
    }
    let settings = JiraSettings { bulk_changelog_in_seconds: true, ..JiraSettings::default() };
    let page =
        Site::with(settings, &world).post(BULK, &json!({ "issueIdsOrKeys": ["PDT-121"] })).await.json();
    let created = page["issueChangeLogs"][0]["changeHistories"][0]["created"].as_i64().unwrap();
    assert!(created < 10_000_000_000, "elsewhere seconds: {created}");
}

#[tokio::test]
async fn many_at_once_are_a_thousand_and_missing_ones_are_left_out() {
    let world = World::small();
    let site = Site::cloud(&world);
    let ask = async |ids: Vec<String>| site.post(BULK, &json!({ "issueIdsOrKeys": ids })).await;
    let many: Vec<String> = (0..1001).map(|number| number.to_string()).collect();
    assert_eq!(ask(many.clone()).await.status, 400, "one too many");
    let answer = ask(many[1..].to_vec()).await;
    assert_eq!(
        (answer.status, answer.json()),
        (200, json!({ "issueChangeLogs": [] })),
        "none of them is there"
    );
    assert_eq!(
        ask(vec!["PDT-121".to_owned(), "PDT-999".to_owned()]).await.json()["issueChangeLogs"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let bad = json!({ "issueIdsOrKeys": ["PDT-121"], "nextPageToken": "nonsense" });
    assert_eq!(site.post(BULK, &bad).await.status, 400, "no token of this site");
}

#[tokio::test]
async fn some_sites_do_not_have_many_at_once() {
    let settings = JiraSettings { has_bulk_changelog: false, ..JiraSettings::default() };
    let answer =
        Site::with(settings, &World::small()).post(BULK, &json!({ "issueIdsOrKeys": ["PDT-121"] })).await;
    assert_eq!(answer.status, 404, "not there");
}

#[tokio::test]
async fn entries_may_lack_an_author_and_items_a_field_id() {
    let world = long(200);
    let cloud = Site::cloud(&world).get("/rest/api/3/issue/PDT-1/changelog").await.json();
    let entries = cloud["values"].as_array().unwrap();
    assert!(entries.iter().any(|entry| entry.get("author").is_none()), "what a rule did");
    let items: Vec<&Value> = entries.iter().flat_map(|entry| entry["items"].as_array().unwrap()).collect();
    assert!(items.iter().any(|item| item.get("fieldId").is_none()), "some have none");
    assert!(items.iter().any(|item| item["fieldId"] == "customfield_10016"), "a field of the site's own");
    let other = Site::data_center(&world).get("/rest/api/2/issue/PDT-1?expand=changelog").await.json();
    let text = other["changelog"].to_string();
    assert!(!text.contains("fieldId"), "Data Center tells none");
}

#[tokio::test]
async fn the_sprint_item_has_numbers_with_commas_as_its_value() {
    let world = World::small();
    world.rename_sprint(3, "Ready, steady, go").unwrap();
    world.move_to_sprint("PDT-117", 3).unwrap();
    let last = world.card("PDT-117")["changelog"].as_array().unwrap().last().unwrap()["items"][0].clone();
    assert_eq!((last["from"].as_str(), last["to"].as_str()), (Some("1, 2"), Some("1, 3")), "closed ones too");
    assert_eq!(last["to_string"], "PDT Sprint 7, Ready, steady, go", "so a name is no help");
    world.move_to_backlog("PDT-126").unwrap();
    let last = world.card("PDT-126")["changelog"].as_array().unwrap().last().unwrap()["items"][0].clone();
    assert_eq!(last["to"], "", "no sprint is an empty text");
}

#[tokio::test]
async fn each_edit_leaves_an_entry_and_a_comment_does_not() {
    let world = World::small();
    let count = || world.card("PDT-126")["changelog"].as_array().unwrap().len();
    let before = count();
    world.edit("PDT-126", Edit::Labels(vec!["a".to_owned(), "b".to_owned()])).unwrap();
    world
        .edit_together("PDT-126", vec![Edit::Points(Some(0.5)), Edit::Parent(Some("PDT-110".to_owned()))])
        .unwrap();
    assert_eq!(count(), before + 2, "two moments, three items");
    let updated = world.card("PDT-126")["updated"].clone();
    world.stop_clock_at("2027-01-01T00:00:00Z".parse().unwrap());
    world.edit("PDT-126", Edit::Comment).unwrap();
    assert_eq!(count(), before + 2, "comments are not in changelogs");
    assert_ne!(world.card("PDT-126")["updated"], updated, "but the card has changed");
    assert!(world.edit("PDT-126", Edit::Status("No such".to_owned())).is_err(), "what there is not");
}
