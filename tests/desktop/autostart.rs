//! PDT starts at login where the person wants it, from wherever it lies.

use std::fs;
use std::path::{Path, PathBuf};

use pdt_testkit::stage::wait_until;
use serde_json::json;

use crate::support::{PATIENCE, Scene, Window, copy_of_the_program, desktop};

/// A path that would break a careless entry; what dex does not understand of it is not there.
const FOR_DEX: &str = "Prögrams (new)/it's PDT/pdt-desktop";

/// One that needs every rule of the specification.
const FOR_ALL: &str = "100% \"quoted\" `$HOME` back\\slash/pdt-desktop";

fn entry(scene: &Scene) -> PathBuf {
    scene.stage.home().join(".config/autostart/dev.pdt.desktop.desktop")
}

/// Says in the window whether PDT shall start at login.
fn choose(window: &Window<'_>, choice: &str) {
    window.one("headline");
    let call = "return window.__TAURI_INTERNALS__.invoke('set_autostart', { choice: arguments[0] })";
    window.run(call, vec![json!(choice)]);
}

/// PDT from this place, with its entry, and ended again.
fn turned_on(scene: &Scene, program: &Path) {
    copy_of_the_program(program);
    let mut app = scene.app_at(program).start();
    choose(&app.window(), "on");
    app.choose("Quit PDT");
    app.wait_for_end();
    scene.stage.run("desktop-file-validate", &[&entry(scene).to_string_lossy()]).unwrap();
}

/// Starts what the entry names, and waits until PDT from this place has its icon.
fn started(scene: &Scene, starter: &[&str], program: &Path) {
    let mut command = scene.stage.command(starter[0]);
    command.args(&starter[1..]).env("PDT_DATA_DIR", scene.data());
    let starting = scene.stage.start(&mut command).unwrap();
    let found = || scene.stage.tray().unwrap_or_default().pop();
    wait_until("PDT's icon", PATIENCE, || found().is_some())
        .unwrap_or_else(|error| panic!("{error}: {starter:?} said {}", starting.words()));
    let pid = found().unwrap().pid();
    let process = fs::read_link(format!("/proc/{pid}/exe")).unwrap();
    assert_eq!(process, program, "it is that one");
    let words = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap();
    assert!(words.ends_with("\0--hidden\0"), "it starts in the tray: {words:?}");
    assert!(scene.stage.windows("^PDT$").is_empty(), "without a window");
}

#[test]
fn it_is_off_until_the_person_turns_it_on_and_off_again_when_they_turn_it_off() {
    let scene = Scene::set(desktop().with_login_programs());
    let app = scene.app().start();
    let window = app.window();
    assert!(!entry(&scene).exists(), "nobody has asked for it");
    choose(&window, "on");
    assert!(entry(&scene).exists());
    choose(&window, "off");
    assert!(!entry(&scene).exists());
}

#[test]
fn a_desktop_starts_it_from_its_entry() {
    let scene = Scene::set(desktop().with_login_programs());
    let program = scene.stage.home().join(FOR_DEX);
    turned_on(&scene, &program);
    started(&scene, &["dex", "-a", "-e", "XFCE"], &program);
}

#[test]
fn a_path_with_every_character_that_means_something_is_started_too() {
    let scene = Scene::set(desktop().with_login_programs());
    let program = scene.stage.home().join(FOR_ALL);
    turned_on(&scene, &program);
    started(&scene, &["gio", "launch", &entry(&scene).to_string_lossy()], &program);
}

#[test]
fn the_entry_follows_a_program_that_was_moved() {
    let scene = Scene::set(desktop().with_login_programs());
    let [old, new] = ["old/pdt-desktop", "new/pdt-desktop"].map(|place| scene.stage.home().join(place));
    turned_on(&scene, &old);
    copy_of_the_program(&new);
    fs::remove_file(&old).unwrap();
    let mut app = scene.app_at(&new).hidden().start();
    app.choose("Quit PDT");
    app.wait_for_end();
    started(&scene, &["dex", "-a", "-e", "XFCE"], &new);
}
