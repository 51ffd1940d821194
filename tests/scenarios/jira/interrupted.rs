//! Pulling the plug at any moment loses nothing and doubles nothing.

use std::time::Instant;

use pdt_testkit::jira::World;

use crate::interrupted::{Dice, copy_of, kill_after, rows};
use crate::support::Pdt;
use crate::support::site::Site;

/// How many moments are tried.
const MOMENTS: u32 = 100;

/// What must be equal after an undisturbed run and after one that was killed and made good.
fn contents(pdt: &Pdt) -> Vec<String> {
    rows(
        pdt,
        &[
            "SELECT jira_board_id, name, kind, project_key, holds_sprints, is_valid FROM boards ORDER BY 1",
            "SELECT jira_sprint_id, name, state, start_date, end_date, is_final, removed_at FROM sprints ORDER BY 1",
            "SELECT b.jira_board_id, s.jira_sprint_id FROM board_sprints AS bs
             JOIN boards AS b ON b.id = bs.board_id JOIN sprints AS s ON s.id = bs.sprint_id ORDER BY 1, 2",
            "SELECT c.jira_id, c.card_key, c.summary, c.status, c.assignee, s.jira_sprint_id, c.details_json,
                 c.is_complete, c.removed
             FROM jira_cards AS c LEFT JOIN sprints AS s ON s.id = c.sprint_id ORDER BY 1",
            "SELECT c.jira_id, k.card_key FROM card_keys AS k JOIN jira_cards AS c ON c.id = k.card_id ORDER BY 1, 2",
            "SELECT s.jira_sprint_id, c.jira_id, sc.left_at IS NULL FROM sprint_cards AS sc
             JOIN sprints AS s ON s.id = sc.sprint_id JOIN jira_cards AS c ON c.id = sc.card_id ORDER BY 1, 2",
            "SELECT key FROM jira_projects ORDER BY 1",
        ],
    )
}

#[test]
fn jira_survives_kills_at_any_moment() {
    let world = World::large(61);
    let site = Site::cloud(&world);
    let connected = site.person();
    let undisturbed = copy_of(&connected, "PDT_TOKEN_ACME", crate::support::site::JIRA_CANARY);
    let begin = Instant::now();
    undisturbed.sync_jira_ok();
    let length = begin.elapsed();
    let expected = contents(&undisturbed);
    assert!(expected.len() > 2_000, "there is something to lose");
    site.assert_held(&undisturbed, &world.active_cards());

    let mut dice = Dice::new(43);
    let mut killed = 0;
    for _ in 0..MOMENTS {
        let pdt = copy_of(&connected, "PDT_TOKEN_ACME", crate::support::site::JIRA_CANARY);
        let moment = dice.below(length);
        killed += u32::from(kill_after(pdt.command(&["sync", "jira"]).spawn().unwrap(), moment));
        pdt.sync_jira_ok();
        let held = contents(&pdt);
        let difference: Vec<_> = expected.iter().filter(|row| !held.contains(row)).take(3).collect();
        assert!(held == expected, "killed after {moment:?}: {} rows: {difference:#?}", held.len());
    }
    assert!(killed > MOMENTS / 2, "most runs were really killed: {killed} of {MOMENTS}");
}
