//! The worlds that come ready-made, and the truth that can be read out of them.

use std::collections::BTreeSet;

use pdt_testkit::World;
use pdt_testkit::jira::Edit;
use serde_json::{Value, json};

use crate::jira_site::{Site, each};

#[test]
fn the_small_world_is_in_the_middle_of_its_second_sprint() {
    let world = World::small();
    assert_eq!((world.boards().len(), world.sprints().len()), (2, 3), "boards and sprints");
    assert_eq!(each(&world.sprints(), "state"), ["closed", "active", "future"], "one of each");
    let cards = world.all_cards().len();
    assert!((18..=24).contains(&cards), "cards: {cards}");
    for key in ["PDT-117", "PDT-121", "PDT-124", "PDT-126", "OPS-12"] {
        assert_eq!(world.card(key)["key"], key, "the demo's commits name it");
    }
    let statuses: BTreeSet<String> = world
        .active_cards()
        .iter()
        .map(|key| world.card(key)["status"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(statuses.len(), 4, "something in every column: {statuses:?}");
}

#[test]
fn the_large_world_has_what_it_promises() {
    let world = World::large(7);
    assert_eq!((world.boards().len(), world.sprints().len()), (12, 400), "boards and sprints");
    assert_eq!(
        (world.all_cards().len(), world.active_cards().len()),
        (3000, 600),
        "cards, and those going on"
    );
    let sprints = world.sprints();
    let active: Vec<&Value> = sprints.iter().filter(|sprint| sprint["state"] == "active").collect();
    let most = active.iter().map(|sprint| sprint["boards"].as_array().unwrap().len()).max();
    assert_eq!((active.len(), most), (8, Some(3)), "one of them on three boards");
    let undated =
        sprints.iter().filter(|sprint| sprint["state"] == "future" && sprint["start_date"].is_null());
    assert!(undated.count() > 3, "some planned ones have no dates");
    let lengths: Vec<usize> = world
        .active_cards()
        .iter()
        .map(|key| world.card(key)["changelog"].as_array().unwrap().len())
        .collect();
    for wanted in [450, 101, 100, 0] {
        assert!(lengths.contains(&wanted), "a changelog of {wanted}");
    }
    assert!(
        (25..60).contains(&lengths.iter().filter(|length| **length > 100).count()),
        "a few dozen are cut"
    );
}

#[test]
fn the_same_seed_makes_the_same_world() {
    let print = |world: &World| {
        world.all_cards().iter().step_by(7).map(|key| world.card(key).to_string()).collect::<Vec<_>>()
    };
    let world = World::large(1);
    assert_eq!(print(&world), print(&World::large(1)), "to the letter");
    assert_ne!(print(&world), print(&World::large(2)), "another seed, another world");
}

#[tokio::test]
async fn what_the_service_tells_is_the_truth() {
    let world = World::large(5);
    for site in [Site::cloud(&world), Site::data_center(&world)] {
        for key in world.active_cards().iter().step_by(37) {
            let told = site.get(&format!("/rest/agile/1.0/issue/{key}?expand=changelog")).await.json();
            let truth = world.card(key);
            let fields = &told["fields"];
            assert_eq!(told["key"], truth["key"]);
            for (name, field) in
                [("summary", "summary"), ("description", "description"), ("labels", "labels")]
            {
                assert_eq!(fields[field], truth[name], "{key}: {name}");
            }
            assert_eq!(fields["status"]["name"], truth["status"], "{key}");
            assert_eq!(fields["assignee"]["displayName"], truth["assignee"], "{key}");
            assert_eq!(
                fields["sprint"]["id"],
                truth["sprints"].as_array().unwrap().last().unwrap()["id"],
                "{key}"
            );
            assert_eq!(told["changelog"]["total"], truth["changelog"].as_array().unwrap().len(), "{key}");
        }
    }
}

#[test]
fn details_have_the_shape_that_the_command_line_shows() {
    let world = World::small();
    let card = world.card("PDT-121");
    let names: Vec<&str> = card.as_object().unwrap().keys().map(String::as_str).collect();
    let wanted = "assignee changelog created description issue_type key labels parent priority sprints status \
                  story_points subtasks summary updated";
    assert_eq!(names.join(" "), wanted, "no more and no less");
    assert_eq!(card["parent"]["type"], "Epic", "relatives have four fields");
    assert_eq!(
        card["sprints"],
        json!([{ "id": 2, "name": "PDT Sprint 8", "state": "active" }]),
        "lower case"
    );
    assert_eq!(card["story_points"], 13.0, "as a number");
    let entry = card["changelog"][0].as_object().unwrap();
    assert_eq!(entry.keys().map(String::as_str).collect::<Vec<_>>(), ["author", "created", "id", "items"]);
}

#[test]
fn a_change_without_a_trace_leaves_none() {
    let world = World::small();
    let before = world.card("PDT-122");
    world.edit_silently("PDT-122", Edit::Sprint(Some(3))).unwrap();
    let after = world.card("PDT-122");
    assert_eq!(
        (&before["updated"], &before["changelog"]),
        (&after["updated"], &after["changelog"]),
        "nothing to see"
    );
    assert_eq!(after["sprints"][0]["id"], 3, "and yet it moved");
}
