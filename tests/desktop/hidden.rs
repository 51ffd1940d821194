//! In the tray PDT is small, and what a window took goes with it.

use pdt_testkit::stage::wait_until;

use crate::support::{PROMISED, Scene, bare_desktop, desktop};

#[test]
fn a_hidden_start_makes_no_window_and_no_web_process() {
    let scene = Scene::set(desktop());
    let app = scene.app().hidden().start();
    let icon = app.wait_for_icon();
    assert_eq!(icon.title().unwrap(), "PDT", "the icon says whose it is");
    assert_eq!(icon.status().unwrap(), "Active", "and shows");
    assert!(icon.icons().unwrap().iter().all(|picture| picture.width >= 16), "it has a picture");
    assert!(icon.tooltip().unwrap().starts_with("PDT"), "and a tooltip");
    assert_eq!(app.processes().len(), 1, "one process: {:?}", app.processes());
    assert!(app.web_processes().is_empty(), "no web view");
    assert!(app.windows().is_empty(), "no window");
}

#[test]
fn the_menu_says_how_it_is_and_offers_three_things_before_any_account_exists() {
    let scene = Scene::set(desktop());
    let app = scene.app().hidden().start();
    let menu = app.wait_for_icon().menu().unwrap();
    for (state, name) in menu.entries.iter().zip(["Commits: ", "Jira: "]) {
        assert!(state.label.starts_with(name) && !state.enabled, "a line to read: {state:?}");
    }
    for label in ["Sync now", "Open dashboard", "Quit PDT"] {
        let entry = menu.entry(label);
        assert!(entry.is_some_and(|entry| entry.enabled), "{label} is among {:?}", menu.labels());
    }
}

#[test]
fn closing_the_window_ends_every_web_process_and_it_opens_again_ten_times() {
    let scene = Scene::set(desktop()).connected();
    let app = scene.app_in_tray();
    for round in 0..10 {
        // Both ways in turn: the menu's entry, and a click on the icon.
        if round % 2 == 0 {
            app.choose("Open dashboard");
        } else {
            app.wait_for_icon().activate().unwrap();
        }
        app.wait_for_window();
        assert!(!app.web_processes().is_empty(), "the window has a web view");
        app.close_window();
        app.wait_for_no_window();
        assert_eq!(app.icons().len(), 1, "the icon stays, round {round}");
    }
}

#[test]
fn a_click_on_the_icon_with_a_real_mouse_shows_the_window() {
    let scene = Scene::set(desktop());
    let app = scene.app_in_tray();
    wait_until("the window", 2 * PROMISED, || {
        scene.stage.left_click_icon().unwrap();
        !app.windows().is_empty()
    })
    .unwrap();
}

#[test]
fn a_start_without_the_word_shows_the_window_at_once() {
    for plan in [desktop(), bare_desktop()] {
        let scene = Scene::set(plan);
        let app = scene.app().start();
        app.wait_for_window();
    }
}

#[test]
fn what_only_the_start_has_read_is_given_back() {
    let scene = Scene::set(desktop());
    let app = scene.app().hidden().start();
    app.wait_for_icon();
    let resident = app.processes()[0].pid;
    // To put the library together, the loader has read all of its tables.
    wait_until("the tables of WebKit's library to go", PROMISED, || {
        let (size, kept) = tables_of("libwebkit2gtk", resident);
        kept * 4 < size
    })
    .unwrap();
}

#[test]
fn what_is_typed_into_other_programs_is_not_listened_to() {
    let scene = Scene::set(desktop());
    let app = scene.app().hidden().start();
    app.wait_for_icon();
    let resident = app.processes()[0].pid;
    let before = wakeups_of(resident);
    let keys = ["a"; 300];
    scene.stage.run("xdotool", &[&["key", "--delay", "1"], &keys[..]].concat()).unwrap();
    let woken = wakeups_of(resident) - before;
    assert!(woken < 150, "{woken} wake-ups while 300 keys were pressed elsewhere");
}

/// How often the threads of a process have been woken so far.
fn wakeups_of(pid: u32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let count = |task: std::io::Result<std::fs::DirEntry>| -> Option<u64> {
        // A thread may end while it is looked at.
        let status = std::fs::read_to_string(task.ok()?.path().join("status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
        line.trim().parse().ok()
    };
    tasks.filter_map(count).sum()
}

/// How large the beginning of a library is, and how much of it is in a process's memory, in kB.
fn tables_of(library: &str, pid: u32) -> (u64, u64) {
    let smaps = std::fs::read_to_string(format!("/proc/{pid}/smaps")).unwrap();
    let is_beginning = |line: &&str| line.contains(" r--p 00000000 ") && line.contains(library);
    let mut lines = smaps.lines().skip_while(|line| !is_beginning(line));
    let mut number = |name| {
        let line = lines.find_map(|line| line.strip_prefix(name)).expect("the library is loaded");
        line.trim().trim_end_matches(" kB").parse().unwrap()
    };
    (number("Size:"), number("Rss:"))
}
