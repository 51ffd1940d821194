//! What a person sets, and what becomes of a value that cannot be read.

use std::fs;
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use serde_json::Value;

use super::Desk;
use crate::support::Pdt;

/// Writes the configuration folder's `.env`.
fn write_env_file(pdt: &Pdt, text: &str) {
    let folder = pdt.home().join("config/pdt");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(".env"), text).unwrap();
}

/// Chooses as the window's Settings do.
fn choose(pdt: &Pdt, key: &str, value: &str) {
    pdt.json(&["status"]);
    let database = Connection::open(pdt.database()).unwrap();
    let order = "INSERT INTO settings (key, value) VALUES (?1, ?2)";
    database.execute(order, [key, value]).unwrap();
}

/// What `pdt run` says while it stays, and what its log says of it.
fn said_at_start(pdt: &Pdt) -> String {
    pdt.start().stop("TERM").stderr
}

fn assert_intervals(said: &str, commits: &str, jira: &str) {
    let words = format!("Syncing commits every {commits} and Jira every {jira}.");
    assert!(said.contains(&words), "{words} {said}");
}

#[test]
fn switched_off_it_stays_without_a_request_and_a_sync_by_hand_works() {
    let desk = Desk::new().every("1s", "1s");
    let pdt = desk.pdt.with("SYNC_ENABLED", "false");
    let running = pdt.start();
    running.says("SYNC_ENABLED is false");
    // Not a wait for something to be ready: intervals go by in which nothing must begin.
    thread::sleep(Duration::from_millis(2_500));
    assert_eq!(desk.far.take_requests(), [], "no request to GitHub");
    assert!(desk.site.take_requests().is_empty(), "none to Jira");
    for of in ["commits", "jira"] {
        let state = pdt.state(of);
        assert_eq!((&state["health"], &state["next_sync"]), (&"disabled".into(), &Value::Null), "{of}");
        assert_eq!(pdt.runs(of), [], "no run of {of}");
    }
    pdt.sync_ok();
    pdt.sync_jira_ok();
    running.stop("TERM");
}

#[test]
fn an_interval_that_cannot_be_used_is_named_and_the_default_is_used() {
    for value in ["soon", "999ms", "0.5s", "0", "-5m", "15"] {
        let said = said_at_start(&Pdt::new().every(value, value));
        assert_intervals(&said, "15m", "30m");
        for variable in ["SYNC_INTERVAL_COMMITS", "SYNC_INTERVAL_JIRA"] {
            let named = said.lines().any(|line| {
                line.starts_with("warning: ")
                    && line.contains(variable)
                    && line.contains(&format!("\"{value}\""))
            });
            assert!(named, "a warning names {variable} and {value}: {said}");
        }
    }
    let said = said_at_start(&Pdt::new().with("SYNC_ENABLED", "perhaps"));
    assert!(said.contains("warning: SYNC_ENABLED=\"perhaps\""), "likewise the switch: {said}");
    assert_intervals(&said, "15m", "30m");
}

#[test]
fn a_variable_goes_before_the_file_the_file_before_settings_and_these_before_the_default() {
    let pdt = Pdt::new();
    choose(&pdt, "SYNC_INTERVAL_COMMITS", "3m");
    assert_intervals(&said_at_start(&pdt), "3m", "30m");
    write_env_file(&pdt, "# intervals\nSYNC_INTERVAL_COMMITS=7m\nexport SYNC_INTERVAL_JIRA=\"12m\"\n");
    assert_intervals(&said_at_start(&pdt), "7m", "12m");
    let pdt = pdt.with("SYNC_INTERVAL_JIRA", "1h30m");
    assert_intervals(&said_at_start(&pdt), "7m", "1h30m");

    write_env_file(&pdt, "SYNC_INTERVAL_COMMITS=often\nno assignment\n");
    let said = said_at_start(&pdt);
    assert_intervals(&said, "15m", "1h30m");
    assert!(said.contains("SYNC_INTERVAL_COMMITS=\"often\""), "the file's value is named as well: {said}");
    assert!(said.contains("Line 2 of"), "and so is a line that is none: {said}");
}

#[test]
fn the_data_folder_of_the_command_line_goes_before_the_variable() {
    let pdt = Pdt::new();
    let elsewhere = pdt.home().join("elsewhere");
    let running = pdt.start_with(&["--data-dir", &elsewhere.to_string_lossy()]);
    assert!(elsewhere.join("pdt.db").exists() && !pdt.database().exists(), "it lives where the flag says");
    running.stop("TERM");
}
