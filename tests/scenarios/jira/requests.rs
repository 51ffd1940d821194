//! How many requests a run costs, counted at the site.

use pdt_testkit::jira::{JiraSettings, World};
use serde_json::Value;

use crate::support::site::Site;

/// How many boards of the large world can hold sprints.
fn sprint_boards(world: &World) -> usize {
    let names = |sprint: &Value| sprint["boards"].as_array().cloned().unwrap_or_default();
    let boards: std::collections::BTreeSet<String> =
        world.sprints().iter().flat_map(names).map(|name| name.to_string()).collect();
    boards.len()
}

/// What the first run may cost.
fn first_bound(world: &World) -> usize {
    let sprints_of = |name: &Value| {
        world.sprints().iter().filter(|sprint| sprint["boards"].as_array().unwrap().contains(name)).count()
    };
    let names: Vec<Value> = world.boards().iter().map(|board| board["name"].clone()).collect();
    let kinds: Vec<Value> = world.boards().iter().map(|board| board["kind"].clone()).collect();
    let listing: usize = names
        .iter()
        .zip(&kinds)
        .filter(|(_, kind)| *kind != "kanban")
        .map(|(name, _)| sprints_of(name).div_ceil(50).max(1))
        .sum();
    let active = world.active_cards();
    let entries = |key: &String| world.card(key)["changelog"].as_array().unwrap().len();
    let histories: usize =
        active.iter().map(entries).map(|entries| entries.saturating_sub(100).div_ceil(100)).sum();
    names.len().div_ceil(50) + listing + active.len().div_ceil(50) + histories + 10
}

fn idle_bound(world: &World) -> usize {
    let active = world.sprints().iter().filter(|sprint| sprint["state"] == "active").count();
    world.boards().len().div_ceil(50) + sprint_boards(world) + active + 2
}

fn costs_no_more_than_promised(settings: JiraSettings, seed: u64) {
    let world = World::large(seed);
    let site = Site::with(settings, &world);
    let pdt = site.person();
    let first = site.requests_of_sync(&pdt);
    let bound = first_bound(&world);
    assert!(first.len() <= bound, "first run: at most {bound}, not {}: {first:#?}", first.len());
    let idle = site.requests_of_sync(&pdt);
    let bound = idle_bound(&world);
    assert!(idle.len() <= bound, "nothing changed: at most {bound}, not {}: {idle:#?}", idle.len());
}

#[test]
fn a_cloud_site_costs_no_more_than_promised() {
    costs_no_more_than_promised(JiraSettings::default(), 3);
}

#[test]
fn a_site_that_cuts_changelogs_early_costs_no_more_than_promised() {
    costs_no_more_than_promised(JiraSettings { changelog_cap: 40, ..JiraSettings::default() }, 4);
}

#[test]
fn a_site_without_bulk_changelogs_costs_no_more_than_promised() {
    costs_no_more_than_promised(JiraSettings { has_bulk_changelog: false, ..JiraSettings::default() }, 5);
}

#[test]
fn a_data_center_costs_no_more_than_promised() {
    costs_no_more_than_promised(JiraSettings::data_center(), 6);
}
