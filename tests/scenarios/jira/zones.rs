//! Whatever the time zone of site and account, nothing falls between two runs.

use chrono::{TimeDelta, Utc};
use pdt_testkit::jira::{Edit, JiraSettings, World};

use crate::support::site::Site;

fn finds_a_late_update(zone: &str, settings: JiraSettings, seed: u64) {
    let world = World::large(seed);
    let settings = JiraSettings { zone: zone.to_owned(), account_zone: zone.to_owned(), ..settings };
    let site = Site::with(settings, &world);
    let pdt = site.person();
    pdt.sync_jira_ok();
    let key = world.active_cards()[7].clone();
    // The site's index was late: the change is dated before the run that did not see it.
    world.stop_clock_at(Utc::now() - TimeDelta::minutes(2));
    world.edit(&key, Edit::Summary(format!("Changed in {zone}"))).unwrap();
    world.let_clock_run();
    pdt.sync_jira_ok();
    site.assert_held(&pdt, &world.active_cards());
}

#[test]
fn an_update_of_two_minutes_ago_is_found_in_every_time_zone() {
    for (zone, seed) in [("-0500", 51), ("+0545", 52), ("+0000", 53)] {
        finds_a_late_update(zone, JiraSettings::default(), seed);
        finds_a_late_update(zone, JiraSettings::data_center(), seed + 10);
    }
}
