//! The stage is what it says: a desktop of its own, of which nothing is left behind.
#![cfg(all(test, target_os = "linux"))]
#![expect(clippy::unwrap_used, reason = "what stands beside the tests fails as loudly as they do")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use pdt_testkit::Stage;
use pdt_testkit::stage::wait_until;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const PATIENCE: Duration = Duration::from_secs(20);

/// Set in the copy of this test that is going to be killed.
const VICTIM: &str = "PDT_TEST_VICTIM";

/// The command lines of living processes that carry a stage's mark.
fn left_on(stage: &Path) -> Vec<String> {
    let mark = format!("PDT_STAGE={}", stage.display());
    let folders = std::fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.path());
    let marked = folders.filter(|folder| {
        let environment = std::fs::read(folder.join("environ")).unwrap_or_default();
        String::from_utf8_lossy(&environment).split('\0').any(|entry| entry == mark)
    });
    marked.map(|folder| std::fs::read_to_string(folder.join("cmdline")).unwrap_or_default()).collect()
}

#[test]
fn a_full_stage_has_a_display_a_tray_a_keychain_and_leaves_nothing_behind() {
    let stage = Stage::plan().with_window_manager().with_panel().with_keychain().with_notifications().raise();
    let stage = stage.unwrap();
    let home = stage.home().to_owned();

    let picture = home.join("shot.png");
    stage.screenshot(&picture).unwrap();
    assert!(picture.metadata().unwrap().len() > 200, "the display can be looked at");
    assert!(stage.tray().unwrap().is_empty(), "there is a tray with no icon in it");

    assert_eq!(stage.secret("some.service", "ada").unwrap(), None, "the keychain is new");
    stage.store_from_outside("some.service", "ada", "hush", "nobody").unwrap();
    assert_eq!(stage.secret("some.service", "ada").unwrap().as_deref(), Some("hush"), "and open");

    stage.run("notify-send", &["Hello"]).unwrap();
    let told = stage.run("dunstctl", &["history"]).unwrap() + &stage.run("dunstctl", &["count"]).unwrap();
    assert!(told.contains("displayed: 1") || told.contains("Hello"), "a notification shows: {told}");

    let programs: Vec<String> =
        stage.processes().unwrap().into_iter().map(|process| process.program).collect();
    for program in ["Xvfb", "dbus-daemon", "openbox", "gnome-keyring-daemon", "dunst", "xfce4-panel"] {
        assert!(programs.iter().any(|other| other == program), "{program} is among {programs:?}");
    }
    drop(stage);
    assert_eq!(left_on(&home), Vec::<String>::new(), "everything ended");
    assert!(!home.exists(), "and the folder is gone");
}

#[test]
fn a_panel_may_die_and_another_takes_its_place() {
    let stage = Stage::plan().with_display().raise().unwrap();
    let bus = stage.bus().unwrap();
    assert!(!bus.has(WATCHER).unwrap(), "no tray to begin with");
    let panel = stage.start_panel().unwrap();
    assert!(bus.has(WATCHER).unwrap(), "a tray");
    drop(panel);
    wait_until("the end of the tray", PATIENCE, || !bus.has(WATCHER).unwrap()).unwrap();
    let _panel = stage.start_panel().unwrap();
    assert!(bus.has(WATCHER).unwrap(), "a tray again");
}

#[test]
fn without_a_bus_nobody_is_there_until_one_comes() {
    let stage = Stage::plan().without_bus().raise().unwrap();
    assert!(stage.bus().is_err(), "nobody");
    let _bus = stage.start_bare_bus().unwrap();
    assert!(!stage.bus().unwrap().has(WATCHER).unwrap(), "somebody, with nobody else there");
}

#[test]
fn memory_is_counted_for_a_whole_tree() {
    let stage = Stage::plan().raise().unwrap();
    let mut command = stage.command("sh");
    let shell = stage.start(command.args(["-c", "sleep 60 & sleep 60 & wait"])).unwrap();
    let tree = || stage.tree(shell.pid()).unwrap();
    wait_until("two children", PATIENCE, || tree().iter().filter(|one| one.program != "dash").count() >= 2)
        .unwrap();
    let alone = tree()[0].proportional_set_size().unwrap();
    assert!(alone > 0, "a shell takes some");
    assert!(stage.pss(shell.pid()).unwrap() > alone, "with its children it takes more");
}

#[test]
fn everything_ends_even_where_the_test_was_killed() {
    if std::env::var_os(VICTIM).is_some() {
        let stage = Stage::plan().with_display().raise().unwrap();
        println!("{}", stage.home().display());
        loop {
            std::thread::park();
        }
    }
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "everything_ends_even_where_the_test_was_killed", "--nocapture"])
        .env(VICTIM, "1")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let words = BufReader::new(victim.stdout.take().unwrap()).lines().map(Result::unwrap);
    // The test runner's own words may stand before it on the line.
    let told = words.filter_map(|line| line.rfind("/tmp").map(|at| PathBuf::from(&line[at..])));
    let home = { told }.find(|path| path.is_dir()).expect("the victim tells where its stage is");
    assert!(!left_on(&home).is_empty(), "something runs there");
    victim.kill().unwrap();
    victim.wait().unwrap();
    wait_until("the end of everything", PATIENCE, || left_on(&home).is_empty()).unwrap();
    std::fs::remove_dir_all(&home).unwrap();
}
