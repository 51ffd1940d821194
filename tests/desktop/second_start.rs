//! There is one PDT: a second start shows its window, whatever the desktop offers.

use pdt_testkit::Stage;
use pdt_testkit::stage::{StagePlan, wait_until};

use crate::support::{PROMISED, Scene, bare_desktop, desktop};

fn a_second_start_shows_the_window(plan: StagePlan) {
    let scene = Scene::set(plan);
    let app = scene.app().hidden().start();
    // Even one that is only just starting is found.
    app.wait_to_be_first();
    for arguments in 0..2 {
        let (status, took) = scene.app().start_again();
        assert!(status.success(), "start {arguments} ended with {status}");
        assert!(took < PROMISED, "start {arguments} took {took:?}");
        wait_until("the window", PROMISED, || !app.windows().is_empty()).unwrap();
    }
    assert_eq!(app.windows().len(), 1, "and shows one window only");
    assert_eq!(app.processes().len(), 2, "of the first process: {:?}", app.processes());
    app.close_window();
}

#[test]
fn with_bus_and_tray_a_second_start_shows_the_window_and_ends() {
    a_second_start_shows_the_window(desktop());
}

#[test]
fn without_a_tray_a_second_start_shows_the_window_and_ends() {
    a_second_start_shows_the_window(bare_desktop());
}

#[test]
fn without_a_session_bus_a_second_start_shows_the_window_and_ends() {
    a_second_start_shows_the_window(Stage::plan().with_window_manager().without_bus());
}

#[test]
fn a_second_hidden_start_ends_and_shows_nothing() {
    let scene = Scene::set(desktop());
    let app = scene.app_in_tray();
    let (status, took) = scene.app().hidden().start_again();
    assert!(status.success() && took < PROMISED, "{status} after {took:?}");
    assert_eq!(app.processes().len(), 1, "no window: {:?}", app.processes());
    assert_eq!(scene.stage.tray().unwrap().len(), 1, "and no second icon");
}

#[test]
fn a_start_after_a_crash_is_a_first_one() {
    let scene = Scene::set(desktop());
    let app = scene.app_in_tray();
    app.running.signal("KILL").unwrap();
    drop(app);
    let app = scene.app_in_tray();
    let (status, _) = scene.app().start_again();
    assert!(status.success(), "{status}");
    app.wait_for_window();
}
