//! Cards with their fields.

use pdt_domain::jira::{Relative, SprintRef, SprintState, StatusCategory};
use pdt_remote::http::Kind;
use pdt_remote::jira::{CardsWanted, Place};
use serde_json::{Value, json};

use crate::server::{Play, Server};
use crate::{cloud, data_center, parameter, refusal, saying, saying_each, start_at};

/// A card with the least that there is, and these fields.
fn card(id: u32, more: Value) -> Value {
    let mut fields =
        json!({ "created": "2026-02-01T08:00:00.000+0700", "updated": "2026-02-18T23:15:00.125+0700" });
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "id": id.to_string(), "key": format!("ABC-{id}"), "fields": fields })
}

async fn read(issue: Value) -> pdt_domain::jira::FetchedCard {
    let fields = ["customfield_9".to_owned(), "customfield_7".to_owned()];
    cloud(&saying(issue).await).card("1", &fields).await.unwrap().unwrap()
}

#[tokio::test]
async fn cards_are_asked_for_with_all_that_is_kept_of_them_and_no_more() {
    let server = saying(json!({ "startAt": 0, "maxResults": 50, "total": 0, "issues": [] })).await;
    let jira = cloud(&server);
    let wanted = CardsWanted {
        updated_since: Some("2024-11-29T10:44:51Z".parse().unwrap()),
        story_points: vec!["customfield_10016".to_owned()],
    };
    for place in [Place::Sprint(3), Place::Board(4), Place::Backlog(5)] {
        assert!(jira.cards(place, &wanted).next().await.unwrap().is_none());
    }
    jira.cards(Place::Sprint(3), &CardsWanted::default()).next().await.unwrap();
    let seen = server.seen();
    let paths: Vec<&str> = seen.iter().map(|seen| seen.target.split('?').next().unwrap()).collect();
    let expected = [
        "/rest/agile/1.0/sprint/3/issue",
        "/rest/agile/1.0/board/4/issue",
        "/rest/agile/1.0/board/5/backlog",
    ];
    assert_eq!(paths[..3], expected);
    let fields = "summary,description,status,assignee,issuetype,priority,labels,parent,subtasks,sprint,closedSprints,created,updated,comment";
    assert_eq!(parameter(&seen[0], "fields").unwrap(), format!("{fields},customfield_10016"));
    assert_eq!(parameter(&seen[3], "fields").unwrap(), fields);
    assert_eq!(parameter(&seen[0], "expand").as_deref(), Some("changelog"));
    assert_eq!(parameter(&seen[0], "maxResults").as_deref(), Some("100"));
    let jql = parameter(&seen[0], "jql").unwrap();
    assert_eq!(jql, "updated >= 1732877091000 ORDER BY created ASC", "milliseconds, whatever the time zone");
    assert_eq!(parameter(&seen[3], "jql").as_deref(), Some("ORDER BY created ASC"));
}

#[tokio::test]
async fn a_card_is_read_with_everything_that_it_has() {
    let issue = card(
        1,
        json!({
            "summary": "Größe 🚀 \u{202e}abc",
            "description": "h1. Why\r\n\r\nBecause.",
            "status": { "name": "In Arbeit", "statusCategory": { "key": "indeterminate", "name": "In Progress" } },
            "assignee": { "accountId": "5b10", "displayName": "Ada Lovelace", "active": true },
            "issuetype": { "name": "Story", "subtask": false },
            "priority": { "name": "High" },
            "labels": ["a", "b"],
            "parent": { "id": "9", "key": "abc-9", "fields": { "summary": "Epic", "status": { "name": "Offen" }, "issuetype": { "name": "Epic" } } },
            "subtasks": [{ "key": "ABC-10", "fields": { "summary": "Part" } }, { "id": "11" }],
            "sprint": { "id": 38, "state": "ACTIVE", "name": "Sprint, 2" },
            "closedSprints": [{ "id": 36, "state": "closed", "name": "S0" }, { "id": 37, "name": "S1" }, { "id": 36, "state": "closed" }],
            "comment": { "comments": [], "total": 3 },
            "customfield_9": null,
            "customfield_7": 2.5,
            "customfield_1": { "whatever": [1, 2] },
        }),
    );
    let fetched = read(issue).await;
    let card = &fetched.card;
    assert_eq!((card.id.as_str(), card.key.as_str()), ("1", "ABC-1"));
    assert_eq!(card.summary, "Größe 🚀 \u{202e}abc", "as it is");
    assert_eq!(card.description.as_deref(), Some("h1. Why\r\n\r\nBecause."));
    assert_eq!((card.status.as_str(), card.status_category), ("In Arbeit", Some(StatusCategory::InProgress)));
    assert_eq!((card.assignee.as_deref(), card.assignee_id.as_deref()), (Some("Ada Lovelace"), Some("5b10")));
    assert_eq!((card.issue_type.as_str(), card.priority.as_deref()), ("Story", Some("High")));
    assert_eq!(card.labels, ["a", "b"]);
    assert_eq!(card.story_points, Some(2.5), "in the first of the fields that holds one");
    let named = |key: &str, summary: &str, status: Option<&str>, kind: Option<&str>| Relative {
        key: key.to_owned(),
        summary: summary.to_owned(),
        status: status.map(str::to_owned),
        issue_type: kind.map(str::to_owned),
    };
    assert_eq!(card.parent, Some(named("ABC-9", "Epic", Some("Offen"), Some("Epic"))));
    assert_eq!(card.subtasks, [named("ABC-10", "Part", None, None)], "without a key nobody knows which");
    let sprint = |id, name: &str, state| SprintRef { id, name: name.to_owned(), state };
    assert_eq!(card.sprint, Some(sprint(38, "Sprint, 2", SprintState::Active)));
    let closed = [sprint(36, "S0", SprintState::Closed), sprint(37, "S1", SprintState::Closed)];
    assert_eq!(card.closed_sprints, closed, "each once");
    assert_eq!(card.comments, Some(3));
    assert_eq!(card.created, "2026-02-01T01:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    assert_eq!(card.updated, "2026-02-18T16:15:00.125Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    assert_eq!((fetched.changes.len(), fetched.total_changes), (0, None), "no changelog came");
}

#[tokio::test]
async fn a_card_may_have_nothing_but_its_name_and_times() {
    let bare = read(card(1, json!({}))).await.card;
    let nulls = read(card(
        1,
        json!({
            "summary": null, "description": null, "status": null, "assignee": null, "issuetype": null,
            "priority": null, "labels": null, "parent": null, "subtasks": null, "sprint": null,
            "closedSprints": null, "comment": null,
        }),
    ))
    .await
    .card;
    assert_eq!(bare, nulls, "null says as little as nothing");
    assert_eq!((bare.summary.as_str(), bare.status.as_str(), bare.issue_type.as_str()), ("", "", ""));
    assert_eq!((&bare.assignee, &bare.sprint, bare.story_points, bare.comments), (&None, &None, None, None));
    let hollow = read(card(1, json!({
        "status": {}, "assignee": {}, "issuetype": { "name": null }, "priority": {}, "parent": {}, "comment": {},
        "description": { "type": "doc", "content": [] },
    })))
    .await
    .card;
    assert_eq!(bare, hollow, "nor do empty things say more");
}

#[tokio::test]
async fn a_status_is_told_by_its_category_and_never_by_its_name() {
    use StatusCategory::{Done, InProgress, ToDo};
    for (key, expected) in [
        (json!("new"), Some(ToDo)),
        (json!("undefined"), Some(ToDo)),
        (json!("indeterminate"), Some(InProgress)),
        (json!("done"), Some(Done)),
        (json!("Done!"), None),
        (json!(null), None),
    ] {
        let status = json!({ "name": "Done", "statusCategory": { "key": key } });
        assert_eq!(read(card(1, json!({ "status": status }))).await.card.status_category, expected, "{key}");
    }
}

#[tokio::test]
async fn a_sprint_that_is_over_is_not_the_one_that_a_card_is_in() {
    let fields =
        json!({ "sprint": { "id": 37, "state": "closed", "name": "S1" }, "closedSprints": [{ "id": 36 }] });
    let card = read(card(1, fields)).await.card;
    assert_eq!(card.sprint, None);
    assert_eq!(card.closed_sprints.iter().map(|sprint| sprint.id).collect::<Vec<_>>(), [36, 37]);
}

#[tokio::test]
async fn a_description_may_be_a_document() {
    let paragraph =
        |text: &str| json!({ "type": "paragraph", "content": [{ "type": "text", "text": text }] });
    let document = json!({ "type": "doc", "version": 1, "content": [paragraph("Größe"), paragraph("zwei")] });
    assert_eq!(
        read(card(1, json!({ "description": document }))).await.card.description.as_deref(),
        Some("Größe\n\nzwei")
    );
}

#[tokio::test]
async fn an_estimate_is_a_number_wherever_it_stands() {
    for (value, expected) in [
        (json!(5), Some(5.0)),
        (json!(0.5), Some(0.5)),
        (json!("3.0"), Some(3.0)),
        (json!("NaN"), None),
        (json!("many"), None),
        (json!({ "value": 3 }), None),
    ] {
        assert_eq!(
            read(card(1, json!({ "customfield_7": value }))).await.card.story_points,
            expected,
            "{value}"
        );
    }
    let both = json!({ "customfield_7": 1, "customfield_9": 8 });
    assert_eq!(read(card(1, both)).await.card.story_points, Some(8.0), "the likeliest field goes before");
}

#[tokio::test]
async fn a_changelog_is_put_in_order_and_says_how_much_there_is() {
    let mut issue = card(1, json!({}));
    issue["changelog"] = json!({
        "startAt": 0, "maxResults": 3, "total": 7,
        "histories": [
            { "id": "12", "author": { "displayName": "Ada" }, "created": "2026-02-03T08:00:00.250+0700", "items": [
                { "field": "status", "fieldtype": "jira", "fieldId": "status", "from": "1", "fromString": "Open", "to": 3, "toString": "Done" },
                { "field": "Sprint", "from": "", "fromString": "", "to": "38, 40", "toString": "A, B, C" },
                { "from": null, "to": [1] },
            ] },
            { "id": 11, "author": null, "created": "2026-02-02T08:00:00.000+0700", "items": null },
            { "id": "10", "author": { "name": "bot" }, "created": "2026-02-01T08:00:00.000+0700", "items": [] },
        ],
    });
    let fetched = read(issue).await;
    assert_eq!((fetched.total_changes, fetched.is_complete()), (Some(7), false), "four are missing");
    let told: Vec<(&str, Option<&str>)> =
        fetched.changes.iter().map(|change| (change.id.as_str(), change.author.as_deref())).collect();
    assert_eq!(told, [("10", Some("bot")), ("11", None), ("12", Some("Ada"))], "oldest first");
    let items = &fetched.changes[2].items;
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let told: Vec<String> = items
        .iter()
        .map(|item| {
            let values = [&item.field_id, &item.from, &item.from_string, &item.to, &item.to_string].map(text);
            format!("{}: {}", item.field, values.join("|"))
        })
        .collect();
    assert_eq!(told, ["status: status|1|Open|3|Done", "Sprint: -|||38, 40|A, B, C", ": -|-|-|[1]|-"]);
}

#[tokio::test]
async fn a_card_that_lacks_what_it_must_have_is_an_error_that_says_what() {
    let without = |path: &str| {
        let mut issue = card(7, json!({}));
        let (parent, name) = path.rsplit_once('/').unwrap();
        issue.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
        issue
    };
    let mut nonsense = card(7, json!({}));
    nonsense["fields"]["updated"] = json!("yesterday");
    let mut timeless = card(7, json!({}));
    timeless["changelog"] = json!({ "histories": [{ "id": "12", "created": null }] });
    for (issue, words) in [
        (without("/id"), "card ABC-7 without a number"),
        (without("/key"), "card number 7 without a key"),
        (without("/fields"), "card ABC-7 without its fields"),
        (without("/fields/created"), "card ABC-7 without the time when it was made"),
        (without("/fields/updated"), "card ABC-7 without the time of its last change"),
        (nonsense, "card ABC-7 without the time of its last change"),
        (timeless, "entry 12 of a changelog without a time that can be read"),
        (json!({}), "a card without a number"),
    ] {
        let page =
            json!({ "startAt": 0, "maxResults": 50, "total": 2, "issues": [card(1, json!({})), issue] });
        let server = saying(page).await;
        let error = cloud(&server).cards(Place::Sprint(1), &CardsWanted::default()).next().await.unwrap_err();
        assert_eq!(error.kind, Kind::Unreadable, "nothing is dropped in silence");
        assert!(error.to_string().contains(words), "{words}: {error}");
    }
}

#[tokio::test]
async fn pages_of_cards_are_read_to_their_end_and_each_card_once() {
    let server = Server::start(|seen, _| {
        let start = start_at(seen);
        let issues: Vec<Value> =
            (start..120.min(start + 50)).map(|at| card(u32::try_from(at).unwrap(), json!({}))).collect();
        Play::json(&json!({ "startAt": start, "maxResults": 50, "total": 120, "issues": issues }).to_string())
    })
    .await;
    let mut pages = data_center(&server).cards(Place::Sprint(1), &CardsWanted::default());
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await.unwrap() {
        sizes.push(page.len());
    }
    assert_eq!(
        (sizes, server.count()),
        (vec![50, 50, 20], 3),
        "fifty were granted, where a hundred were asked for"
    );
    assert!(pages.next().await.unwrap().is_none(), "and that was all");

    let twice = saying_each(vec![
        json!({ "startAt": 0, "maxResults": 2, "total": 3, "issues": [card(1, json!({})), card(2, json!({}))] }),
        json!({ "startAt": 2, "maxResults": 2, "total": 4, "issues": [card(2, json!({})), card(3, json!({}))] }),
    ])
    .await;
    let mut pages = cloud(&twice).cards(Place::Board(1), &CardsWanted::default());
    let first = pages.next().await.unwrap().unwrap();
    let second = pages.next().await.unwrap().unwrap();
    assert_eq!((first.len(), second.len()), (2, 1), "one slipped to the second page, and had come already");
}

#[tokio::test]
async fn a_card_comes_with_its_new_key_or_it_is_gone() {
    let mut moved = card(7, json!({}));
    moved["key"] = json!("new-3");
    let server = saying(moved).await;
    let found = cloud(&server).card("7", &[]).await.unwrap().unwrap();
    assert_eq!((found.card.id.as_str(), found.card.key.as_str()), ("7", "NEW-3"), "the number stays");
    assert!(
        server.targets()[0].starts_with("/rest/agile/1.0/issue/7?fields=summary"),
        "{:?}",
        server.targets()
    );
    let server = Server::start(|_, _| refusal(404)).await;
    assert_eq!(cloud(&server).card("a/b", &[]).await.unwrap(), None);
    assert!(server.targets()[0].starts_with("/rest/agile/1.0/issue/a%2Fb?"), "it stays one segment");
    let server = Server::start(|_, _| refusal(403)).await;
    assert_eq!(cloud(&server).card("7", &[]).await.unwrap_err().kind, Kind::Forbidden);
}

#[tokio::test]
async fn a_server_of_a_company_tells_persons_in_its_own_way() {
    let assignee = json!({ "key": "JIRAUSER1", "name": "ada", "displayName": "Ada Lovelace" });
    let found = read(card(1, json!({ "assignee": assignee }))).await.card;
    assert_eq!(
        (found.assignee.as_deref(), found.assignee_id.as_deref()),
        (Some("Ada Lovelace"), Some("JIRAUSER1"))
    );
}
