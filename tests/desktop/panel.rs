//! Panels come late, crash and come back; PDT stays, with one icon.

use std::time::Duration;

use crate::support::{Scene, bare_desktop, desktop};

/// What is promised for a panel that starts after PDT.
const LATE: Duration = Duration::from_secs(30);

/// What is promised for a panel that comes back.
const RESTARTED: Duration = Duration::from_secs(20);

#[test]
fn a_panel_that_comes_late_gets_the_icon() {
    let scene = Scene::set(bare_desktop());
    // Its window tells that it is up: without a tray there is nothing else to see.
    let app = scene.app().start();
    app.wait_for_window();
    assert!(app.icons().is_empty(), "there is no tray");
    let _panel = scene.stage.start_panel().unwrap();
    app.wait_for_icon_within(LATE);
    assert_eq!(scene.stage.tray().unwrap().len(), 1, "one icon");
}

#[test]
fn a_panel_that_crashed_and_came_back_gets_the_icon_again() {
    let scene = Scene::set(bare_desktop());
    let mut panel = Some(scene.stage.start_panel().unwrap());
    let mut app = scene.app_in_tray();
    for round in 0..3 {
        drop(panel.take());
        assert!(app.running.ended().unwrap().is_none(), "the panel's end is not PDT's, round {round}");
        panel = Some(scene.stage.start_panel().unwrap());
        let icon = app.wait_for_icon_within(RESTARTED);
        assert!(icon.menu().unwrap().entry("Quit PDT").is_some(), "with its menu, round {round}");
        assert_eq!(scene.stage.tray().unwrap().len(), 1, "one icon, round {round}");
    }
    assert!(app.running.ended().unwrap().is_none(), "PDT has seen three panels go");
}

#[test]
fn the_icon_tells_a_running_sync_from_rest_by_its_shape() {
    use pdt_testkit::stage::wait_until;
    use pdt_testkit::{Fault, Gate};

    let scene = Scene::set(desktop()).connected();
    let app = scene.app().with_token().with("SYNC_ENABLED", "false").hidden().start();
    let at_rest = app.wait_for_icon().icons().unwrap();
    let gate = Gate::new();
    scene.github.order(Fault::at("/repos/acme/widgets/**").always().waits_for(&gate));
    app.sync_now();
    scene.wait(gate.reached(1));
    wait_until("another picture", LATE, || app.wait_for_icon().icons().unwrap() != at_rest).unwrap();
    let state = app.wait_for_icon().menu().unwrap().entries[0].label.clone();
    assert!(state.contains("syncing"), "the menu says so too: {state}");
    gate.release();
    wait_until("the first picture", LATE, || app.wait_for_icon().icons().unwrap() == at_rest).unwrap();
    assert_eq!(scene.stage.tray().unwrap().len(), 1, "it is the same one icon");
}
