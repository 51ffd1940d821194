use pdt_domain::jira::StatusCategory::{Done, InProgress, ToDo};
use serde_json::{Value, json};

use super::*;

fn card(status: Option<StatusCategory>, changelog: Value) -> SprintCard {
    SprintCard {
        key: "ABC-1".to_owned(),
        summary: "A card".to_owned(),
        status: "Whatever".to_owned(),
        status_category: status,
        story_points: Some(3.0),
        created_at: DateTime::UNIX_EPOCH,
        left_at: None,
        is_complete: true,
        details_json: json!({"key": "ABC-1", "description": "\"changelog\": []", "changelog": changelog})
            .to_string(),
    }
}

fn entry(items: Value) -> Value {
    json!([{"id": "1", "author": null, "created": "2026-02-18T12:00:00.250Z", "items": items}])
}

/// What the history says of how the card stood before.
fn read(card: SprintCard) -> Vec<Was> {
    let known = HashMap::from([("Erledigt \u{2713}".to_owned(), Done), ("Offen".to_owned(), ToDo)]);
    let histories = Reader::histories(38, vec!["customfield_10016".to_owned()], known, &[card]);
    histories.into_iter().flat_map(|history| history.changes).map(|(_, was)| was).collect()
}

fn item(item: Value) -> Vec<Was> {
    read(card(Some(InProgress), entry(json!([item]))))
}

#[test]
fn a_sprint_is_known_by_its_number_among_others() {
    let before =
        |from: Value| item(json!({"field": "Sprint", "from": from, "from_string": "Sprint 38", "to": "40"}));
    assert_eq!(before(json!("38")), [Was::In(true)]);
    assert_eq!(before(json!("12, 38, 40")), [Was::In(true)]);
    assert_eq!(before(json!("138, 380")), [Was::In(false)], "another number has the same digits");
    assert_eq!(before(json!("")), [Was::In(false)], "its name says nothing: two sprints may have the same");
    assert_eq!(before(json!(null)), [Was::In(false)]);
}

#[test]
fn a_status_is_known_by_its_number_or_by_its_name() {
    let status =
        |from: &str, name: &str| json!({"field": "status", "from": from, "from_string": name, "to": "3"});
    assert_eq!(item(status("9", "Erledigt \u{2713}")), [Was::Done(Some(true))]);
    assert_eq!(item(status("9", "Offen")), [Was::Done(Some(false))]);
    assert_eq!(item(status("9", "Nobody knows")), [Was::Done(None)]);
    let both = entry(json!([status("3", "Nobody knows"), status("9", "Offen")]));
    let was = read(card(Some(Done), both));
    assert_eq!(was.first(), Some(&Was::Done(Some(true))), "the card has the status number 3, and is done");
}

#[test]
fn an_estimate_is_known_by_its_field_or_by_its_name_where_no_field_is_told() {
    let points = |field: Option<&str>, from: Value| {
        item(json!({"field": "Story Points", "field_id": field, "from": null, "from_string": from}))
    };
    assert_eq!(points(Some("customfield_10016"), json!("2.5")), [Was::Points(Some(2.5))]);
    assert_eq!(points(None, json!("8")), [Was::Points(Some(8.0))]);
    assert_eq!(points(None, json!("")), [Was::Points(None)]);
    assert_eq!(points(None, json!("NaN")), [Was::Points(None)]);
    assert_eq!(points(Some("customfield_666"), json!("8")), [], "another field of the same name");
}

#[test]
fn a_resolution_is_kept_and_everything_else_is_nothing() {
    let resolved = item(json!({"field": "resolution", "from": null, "to": "10000"}));
    assert_eq!(resolved, [Was::Resolved(false)]);
    assert_eq!(item(json!({"field": "description", "from": "38", "to": "\u{1f600}\n\"x\""})), []);
    let histories = Reader::histories(
        38,
        Vec::new(),
        HashMap::new(),
        &[card(
            None,
            entry(json!([
                {"field": "resolution", "from": null, "to": "10000"}
            ])),
        )],
    );
    assert!(histories[0].now.is_resolved && histories[0].now.is_done(), "it was resolved, and is still");
}

#[test]
fn a_document_that_cannot_be_read_has_no_history() {
    let broken = SprintCard { details_json: "{}".to_owned(), ..card(Some(Done), json!([])) };
    assert_eq!(read(broken), []);
    assert_eq!(read(card(Some(Done), json!("nonsense"))), []);
}
