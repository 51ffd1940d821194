//! The guard between processes, with a real one that is killed.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may fail where it stands"
)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use pdt_domain::run::Loop;
use pdt_engine::guard::{self, Guard};

/// Set in the process that holds the guard until it is killed; its value is the data folder.
const HOLDER_OF: &str = "PDT_TEST_HOLDER_OF";

#[test]
fn one_run_of_a_loop_at_a_time_and_the_other_loop_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    assert!(!held(folder.path(), Loop::Commits), "a new folder has no run going");
    let first = take(folder.path(), Loop::Commits).expect("the first run takes the guard");
    assert!(held(folder.path(), Loop::Commits), "the run is seen, in this process too");
    assert!(take(folder.path(), Loop::Commits).is_none(), "a second run of the same loop does not begin");
    assert!(!held(folder.path(), Loop::Jira), "the loops do not wait for each other");
    assert!(take(folder.path(), Loop::Jira).is_some(), "the other loop runs beside it");
    drop(first);
    assert!(!held(folder.path(), Loop::Commits), "a run that is over is not seen any more");
    assert!(take(folder.path(), Loop::Commits).is_some(), "and the next one begins");
}

#[test]
fn the_guard_dies_with_its_holder() {
    if let Some(folder) = std::env::var_os(HOLDER_OF) {
        return hold_until_killed(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let (mut holder, _output) = start_holder(folder.path());
    assert!(held(folder.path(), Loop::Commits), "another process's run is seen");
    assert!(take(folder.path(), Loop::Commits).is_none(), "and keeps ours from beginning");
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert!(!held(folder.path(), Loop::Commits), "a killed run is over");
    assert!(
        take(folder.path(), Loop::Commits).is_some(),
        "the next run begins at once, with nothing to clean up"
    );
}

#[test]
fn looking_at_the_guard_never_costs_a_run() {
    let folder = tempfile::tempdir().unwrap();
    drop(take(folder.path(), Loop::Commits));
    let looking = std::sync::atomic::AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while looking.load(std::sync::atomic::Ordering::Relaxed) {
                held(folder.path(), Loop::Commits);
                std::thread::yield_now();
            }
        });
        let refused = (0..50).filter(|_| take(folder.path(), Loop::Commits).is_none()).count();
        looking.store(false, std::sync::atomic::Ordering::Relaxed);
        assert_eq!(refused, 0, "a status that is asked for all the time keeps no run from beginning");
    });
}

#[cfg(unix)]
#[test]
fn the_lock_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let _guard = take(folder.path(), Loop::Commits);
    let mode = fs::metadata(folder.path().join("commits.lock")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "whoever can open the file could hold up the loop");
}

#[test]
fn a_lock_file_that_cannot_be_made_is_an_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let gone = folder.path().join("gone");
    let error = Guard::try_take(&gone, Loop::Commits).unwrap_err().to_string();
    assert!(error.contains("gone") && error.contains("commits.lock"), "the sentence names the file: {error}");
    assert!(!held(&gone, Loop::Commits), "a folder that is not there has no run going");
    fs::create_dir_all(gone.join("commits.lock")).unwrap();
    assert!(Guard::try_take(&gone, Loop::Commits).is_err(), "a folder in the place of the file is no lock");
}

fn take(folder: &Path, of: Loop) -> Option<Guard> {
    Guard::try_take(folder, of).unwrap()
}

fn held(folder: &Path, of: Loop) -> bool {
    guard::is_held(folder, of).unwrap()
}

fn hold_until_killed(folder: &Path) {
    let _guard = take(folder, Loop::Commits).expect("nobody else holds it");
    println!("held");
    loop {
        std::thread::park();
    }
}

/// Starts this test again as the holder, and waits until it says that it holds the guard.
fn start_holder(folder: &Path) -> (Child, BufReader<ChildStdout>) {
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_guard_dies_with_its_holder", "--nocapture"])
        .env(HOLDER_OF, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(holder.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("held") {
        line.clear();
        assert_ne!(output.read_line(&mut line).unwrap(), 0, "the holder ended before it held the guard");
    }
    (holder, output)
}
