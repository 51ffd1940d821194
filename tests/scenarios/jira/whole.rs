//! The first run brings everything, and the second nothing new.

use pdt_testkit::jira::World;
use serde_json::{Value, json};

use crate::support::Pdt;
use crate::support::site::Site;

/// What `pdt sprint list` shows is what the boards show.
pub(super) fn assert_sprints(site: &Site, pdt: &Pdt) {
    let listed = pdt.json(&["sprint", "list"]);
    let listed = listed.as_array().unwrap();
    let there = site.fake.world().sprints();
    assert_eq!(listed.len(), there.len(), "as many sprints as the boards show");
    for sprint in &there {
        let found = listed.iter().find(|row| row["id"] == sprint["id"]).expect("it is listed");
        for key in ["name", "state", "start_date", "end_date"] {
            assert_eq!(seconds(&found[key]), seconds(&sprint[key]), "{key} of sprint {}", sprint["id"]);
        }
        let mut boards: Vec<&str> =
            found["boards"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        boards.sort_unstable();
        assert_eq!(json!(boards), sprint["boards"], "boards of sprint {}", sprint["id"]);
    }
}

/// Lists tell times to the second.
fn seconds(value: &Value) -> Value {
    match value.as_str().and_then(|text| text.split_once('.')) {
        Some((whole, _)) => json!(format!("{whole}Z")),
        None => value.clone(),
    }
}

fn holds_everything(site: &Site) {
    let world = site.fake.world();
    let pdt = site.person();
    let jira = pdt.sync_jira_ok();
    let active = world.active_cards();
    let result = &jira["results"][0];
    assert_eq!(result["boards"], 12, "{result:#}");
    assert_eq!((&result["sprints"], &result["cards"]), (&json!(400), &json!(600)), "{result:#}");
    assert_eq!((&result["new_cards"], &result["changed_cards"]), (&json!(600), &json!(0)), "{result:#}");
    assert_sprints(site, &pdt);
    site.assert_held(&pdt, &active);
    for key in active.iter().step_by(25) {
        let shown = pdt.card(key);
        let differences = crate::support::site::differences(&world.card(key), &shown["details"], key);
        assert!(differences.is_empty(), "{differences:#?}");
    }
    let listed = pdt.json(&["card", "list"]);
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), 600, "all active cards and no others");
    assert!(listed.iter().all(|card| card["removed"] == json!(false)), "and all of them are there");

    let again = pdt.sync_jira_ok();
    let result = &again["results"][0];
    assert_eq!((&result["new_cards"], &result["changed_cards"]), (&json!(0), &json!(0)), "{result:#}");
    assert_eq!((&result["sprints"], &result["cards"]), (&json!(400), &json!(600)), "{result:#}");
    site.assert_held(&pdt, &active);
}

#[test]
fn everything_of_a_large_cloud_site_is_held() {
    holds_everything(&Site::cloud(&World::large(1)));
}

#[test]
fn everything_of_a_large_data_center_is_held() {
    holds_everything(&Site::data_center(&World::large(2)));
}
