//! Every entry of the tray's menu does what it says, and the icon says how it is.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use pdt_testkit::stage::{Icon, wait_until};

use crate::support::{App, PATIENCE, Scene, desktop};

fn icon(app: &App<'_>) -> Vec<Icon> {
    app.wait_for_icon().icons().unwrap()
}

fn tooltip(app: &App<'_>) -> String {
    app.wait_for_icon().tooltip().unwrap()
}

fn labels(app: &App<'_>) -> Vec<String> {
    let menu = app.wait_for_icon().menu().unwrap();
    menu.labels().into_iter().map(str::to_owned).collect()
}

fn wait_for_tooltip(app: &App<'_>, words: &str) {
    wait_until(&format!("{words:?}"), PATIENCE, || tooltip(app).contains(words))
        .unwrap_or_else(|error| panic!("{error}: it says {:?}", tooltip(app)));
}

#[test]
fn the_menu_has_its_entries_in_their_order() {
    let scene = Scene::set(desktop());
    let app = scene.app_in_tray();
    let menu = app.wait_for_icon().menu().unwrap();
    let expected = ["", "Sync now", "Pause", "", "Open dashboard", "Settings…", "Open logs", "Quit PDT"];
    assert_eq!(menu.labels()[2..], expected, "below the two lines that tell how it is");
    let below = |label| menu.entry(label).unwrap().labels();
    assert_eq!(below("Sync now"), ["Everything", "Commits", "Jira"]);
    assert_eq!(below("Pause"), ["For an hour", "Until tomorrow", "Until I resume"]);
}

#[test]
fn a_pause_shows_by_shape_and_words_and_ends_when_the_person_says_so() {
    let scene = Scene::set(desktop()).connected();
    let app = scene.app_in_tray();
    wait_for_tooltip(&app, "PDT · synced");
    let at_rest = icon(&app);
    for (choice, words) in [
        ("For an hour", "PDT · paused until "),
        ("Until tomorrow", "PDT · paused until tomorrow, 06:00"),
        ("Until I resume", "PDT · paused"),
    ] {
        app.choose_in(&["Pause", choice]);
        wait_for_tooltip(&app, words);
        assert_ne!(icon(&app), at_rest, "{choice}: it has a shape of its own");
        wait_until("another entry", PATIENCE, || labels(&app)[4] == "Resume").unwrap();
        assert!(!labels(&app).contains(&"Pause".to_owned()), "{choice}: one of the two is there");

        app.choose("Resume");
        wait_for_tooltip(&app, "PDT · synced");
        wait_until("the first entry", PATIENCE, || labels(&app)[4] == "Pause").unwrap();
        assert_eq!(icon(&app), at_rest, "{choice}: it is as it was");
    }
}

#[test]
fn a_pause_outlives_a_restart_and_a_sync_by_hand_works_in_it() {
    let scene = Scene::set(desktop()).connected();
    let mut app = scene.app_in_tray();
    app.choose_in(&["Pause", "Until I resume"]);
    wait_for_tooltip(&app, "PDT · paused");
    app.choose("Quit PDT");
    app.wait_for_end();
    scene.github.reset_requests();

    let app = scene.app_in_tray();
    wait_for_tooltip(&app, "PDT · paused");
    assert_eq!(scene.github.request_lines(), Vec::<String>::new(), "a pause makes no request");
    app.sync_now();
    wait_until("a request", PATIENCE, || !scene.github.requests().is_empty()).unwrap();
    wait_for_tooltip(&app, "PDT · paused");
}

#[test]
fn sync_now_may_be_for_one_loop() {
    let scene = Scene::set(desktop()).connected();
    let app = scene.app().with_token().with("SYNC_ENABLED", "false").hidden().start();
    wait_for_tooltip(&app, "PDT · background sync is off");
    app.choose_in(&["Sync now", "Commits"]);
    wait_until("commits", PATIENCE, || labels(&app)[0] == "Commits: just now").unwrap();
    assert_eq!(labels(&app)[1], "Jira: never synced", "the other loop was not asked for");
    app.choose_in(&["Sync now", "Jira"]);
}

#[test]
fn settings_and_dashboard_open_their_views_in_a_new_window_and_in_an_open_one() {
    let scene = Scene::set(desktop()).connected();
    let app = scene.app().with_token().hidden().start();
    app.choose("Settings…");
    let window = app.window();
    let address = || window.run("return location.hash", Vec::new());
    wait_until("the settings", PATIENCE, || address() == "#/settings").unwrap();
    window.click("nav-commits");
    wait_until("another view", PATIENCE, || address() == "#/commits").unwrap();
    app.choose("Open dashboard");
    assert_eq!(address(), "#/commits", "an open window stays where it is");
    app.choose("Settings…");
    wait_until("the settings", PATIENCE, || address() == "#/settings").unwrap();
    assert_eq!(app.windows().len(), 1, "there is one window");
}

#[test]
fn open_logs_shows_their_folder() {
    let scene = Scene::set(desktop());
    let told = note_opened_folders(&scene);
    let app = scene.app_in_tray();
    app.choose("Open logs");
    let logs = scene.data().join("logs").display().to_string();
    wait_until("the folder", PATIENCE, || fs::read_to_string(&told).is_ok_and(|told| told.contains(&logs)))
        .unwrap();
}

/// A file manager that only writes down what it is to show, and where.
fn note_opened_folders(scene: &Scene) -> PathBuf {
    let home = scene.stage.home();
    let (program, told) = (home.join("files"), home.join("shown"));
    fs::write(&program, format!("#!/bin/sh\necho \"$1\" > {}\n", told.display())).unwrap();
    fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
    let applications = home.join(".local/share/applications");
    fs::create_dir_all(&applications).unwrap();
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Files\nMimeType=inode/directory\nExec={} %f\n",
        program.display()
    );
    fs::write(applications.join("files.desktop"), entry).unwrap();
    let associations = "[Default Applications]\ninode/directory=files.desktop\n";
    fs::write(applications.join("mimeapps.list"), associations).unwrap();
    told
}

#[test]
fn texts_change_under_an_open_menu_without_closing_it() {
    let scene = Scene::set(desktop()).connected();
    let app = scene.app().with_token().with("SYNC_ENABLED", "false").hidden().start();
    app.wait_for_icon();
    let before = shown(&scene);
    scene.stage.right_click_icon().unwrap();
    wait_until("the menu", PATIENCE, || shown(&scene) > before).unwrap();
    let open = shown(&scene);
    app.sync_now();
    wait_until("commits", PATIENCE, || labels(&app)[0] == "Commits: just now").unwrap();
    app.choose_in(&["Pause", "For an hour"]);
    wait_until("another entry", PATIENCE, || labels(&app)[4] == "Resume").unwrap();
    assert_eq!(shown(&scene), open, "the menu still shows");
}

/// How many windows show, menus among them.
fn shown(scene: &Scene) -> usize {
    scene.stage.windows("").len()
}
