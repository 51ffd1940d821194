//! What PDT writes down of itself: enough to find a fault, and no secret.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use pdt_testkit::stage::wait_until;

use crate::support::{PATIENCE, Scene, TOKEN, desktop};

/// All that stands in the files.
fn kept(scene: &Scene) -> String {
    let files = fs::read_dir(scene.data().join("logs")).into_iter().flatten();
    files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

#[test]
fn a_sync_leaves_lines_in_a_file_that_nobody_else_can_read_and_no_token() {
    let scene = Scene::set(desktop()).connected();
    let app = scene.app().with_token().with("PDT_LOG", "trace").hidden().start();
    app.sync_now();
    wait_until("a line of the sync", PATIENCE, || kept(&scene).contains("acme/widgets")).unwrap();
    wait_until("its end", PATIENCE, || !scene.stored().is_empty()).unwrap();
    for words in [kept(&scene), app.running.words()] {
        assert!(!words.contains(TOKEN), "no token in {words}");
        assert!(!words.contains('\u{1b}'), "no colours");
    }
    let logs = scene.data().join("logs");
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let file = fs::read_dir(&logs).unwrap().next().unwrap().unwrap();
    let name = file.file_name().into_string().unwrap();
    assert!(name.starts_with("pdt.2") && name.ends_with(".log"), "{name}");
    assert_eq!((mode(logs), mode(file.path())), (0o700, 0o600));
}

#[test]
fn without_a_choice_the_file_gets_the_course_of_events_and_the_terminal_only_what_is_wrong() {
    let scene = Scene::set(desktop()).connected();
    let app = scene.app_in_tray();
    wait_until("a line", PATIENCE, || kept(&scene).contains(" INFO ")).unwrap();
    assert!(!kept(&scene).contains(" DEBUG "), "not every request");
    assert!(!app.running.words().contains(" INFO "), "{}", app.running.words());
}

#[test]
fn pdt_goes_on_where_its_log_cannot_be_written() {
    let scene = Scene::set(desktop()).connected();
    fs::write(scene.data().join("logs"), "in the way").unwrap();
    let app = scene.app_in_tray();
    assert!(app.running.words().contains("no log is kept"), "{}", app.running.words());
    app.sync_now();
    wait_until("commits", PATIENCE, || !scene.stored().is_empty()).unwrap();
}
