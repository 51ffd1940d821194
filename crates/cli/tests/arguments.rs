//! What `pdt` makes of its arguments, seen from outside: exit statuses, streams, help, completions, manual.

#![expect(clippy::expect_used, reason = "clippy exempts the tests themselves, and not what they share")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A `pdt` that knows nothing of the person who runs the tests.
fn pdt(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pdt"));
    command
        .env_clear()
        .env("PDT_DATA_DIR", folder.join("data"))
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder);
    // Windows finds its own libraries by these.
    for name in ["SystemRoot", "PATH", "TEMP"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command
}

fn run(line: &str) -> Output {
    run_with(line, "")
}

fn run_with(line: &str, input: &str) -> Output {
    let folder = TempDir::new().expect("a folder");
    let mut command = pdt(folder.path());
    command.args(line.split_whitespace()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("pdt starts");
    // A command that needs no input may be gone before it is given any.
    let _ = child.stdin.take().expect("its input").write_all(input.as_bytes());
    child.wait_with_output().expect("pdt ends")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

#[test]
fn wrong_usage_ends_with_2_and_says_so_on_standard_error_only() {
    for line in [
        "",
        "frobnicate",
        "sync boards",
        "repo add",
        "repo add --choose",
        "repo add --choose --json",
        "commit list --since yesterday",
        "commit list --limit many --json",
        "commit link xyz ABC-1",
        "commit link 0123abcd ABC",
        "account add github --url not-a-url --token-stdin",
        "account add github --url http://github.example.com --token-stdin --json",
        "account add gitlab --url https://user:canary@gitlab.com --token-stdin",
        "account add github --token-stdin --name=",
        "repo add nonsense",
        "repo add ftp://github.com/acme/widgets",
        "repo add http://github.com/acme/widgets --json",
        "repo add https://user:canary@github.com/acme/widgets",
        "repo add git@github.com:widgets",
        "status --profile=",
    ] {
        let output = run_with(line, "ghp_canary\n");
        assert_eq!(output.status.code(), Some(2), "pdt {line}: {output:?}");
        assert!(output.stdout.is_empty(), "pdt {line} printed {:?}", text(&output.stdout));
        assert!(!output.stderr.is_empty(), "pdt {line} said nothing");
        assert!(!text(&output.stderr).contains("canary"), "pdt {line} repeated a secret: {output:?}");
    }
}

#[test]
fn what_is_unknown_ends_with_1() {
    for line in [
        "account remove nobody",
        "account check nobody",
        "account list --profile nobody",
        "repo remove acme/widgets",
        "repo add https://github.com/acme/widgets",
        "commit list --repo acme/widgets",
        "commit link 0123abcd ABC-1",
        "sync --profile nobody --json",
    ] {
        let output = run(line);
        assert_eq!(output.status.code(), Some(1), "pdt {line}: {output:?}");
        assert!(output.stdout.is_empty(), "pdt {line} has no document");
        assert!(text(&output.stderr).starts_with("error: "), "pdt {line}: {output:?}");
    }
}

#[test]
fn a_token_is_taken_from_standard_input_alone() {
    for line in [
        "account add github ghp_canary",
        "account add github --token ghp_canary",
        "account add github --token",
    ] {
        let output = run(line);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{line}: {said}");
        assert!(said.contains("--token-stdin") && !said.contains("canary"), "{line}: {said}");
    }
    for (line, input) in
        [("account add github --token-stdin", ""), ("account add gitlab --token-stdin", "\n")]
    {
        let output = run_with(line, input);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{line}: {said}");
        assert!(said.contains("No token was given"), "{line}: {said}");
    }
}

#[test]
fn before_any_account_exists_every_list_is_empty() {
    for line in
        ["account list", "account check", "repo list", "repo available", "commit list", "profile list"]
    {
        let output = run(&format!("{line} --json"));
        assert_eq!(output.status.code(), Some(0), "{line}: {output:?}");
        assert_eq!(text(&output.stdout).trim(), "[]", "{line}");
        let output = run(line);
        assert_eq!(output.status.code(), Some(0), "{line}: {output:?}");
        assert!(!output.stdout.is_empty(), "a person reads a sentence: {line}");
    }
}

#[test]
fn with_nothing_to_sync_a_sync_is_done() {
    for (line, keys) in
        [("sync", vec!["commits", "jira"]), ("sync commits", vec!["commits"]), ("sync jira", vec!["jira"])]
    {
        let output = run(&format!("{line} --json"));
        assert_eq!(output.status.code(), Some(0), "{line}: {output:?}");
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one document");
        let document = document.as_object().expect("an object");
        assert_eq!(document.keys().collect::<Vec<_>>(), keys, "{line}");
        for ended in document.values() {
            assert_eq!(ended["outcome"], "skipped", "{line}: {ended}");
            assert!(ended["reason"].is_string() && ended["requests"] == 0, "{line}: {ended}");
            assert_eq!(ended["results"], serde_json::json!([]), "{line}");
        }
    }
}

#[test]
fn before_any_run_the_status_has_neither_times_nor_errors() {
    let output = run("status --json");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one document");
    for name in ["commits", "jira"] {
        assert_eq!(document[name]["status"], "idle");
        for key in ["last_sync", "next_sync", "last_error"] {
            let value = document[name].get(key).expect("the key stands in the document");
            assert!(value.is_null(), "{name}.{key} is {value}");
        }
    }
}

#[test]
fn a_setting_that_cannot_be_read_is_a_warning_of_sync_and_status() {
    for (line, warned) in [("status --json", true), ("sync --json", true), ("repo list --json", false)] {
        let folder = TempDir::new().expect("a folder");
        let output = pdt(folder.path()).args(line.split(' ')).env("SYNC_INTERVAL_COMMITS", "soon").output();
        let output = output.expect("pdt runs");
        assert_eq!(output.status.code(), Some(0), "{line}: {output:?}");
        let said = text(&output.stderr);
        assert_eq!(said.contains("SYNC_INTERVAL_COMMITS") && said.contains("soon"), warned, "{line}: {said}");
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("the document stands alone");
    }
}

#[test]
fn a_folder_on_the_command_line_goes_before_the_environment() {
    let folder = TempDir::new().expect("a folder");
    let chosen = folder.path().join("chosen");
    let output =
        pdt(folder.path()).args(["repo", "list", "--data-dir"]).arg(&chosen).output().expect("pdt runs");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(chosen.join("pdt.db").is_file() && !folder.path().join("data").exists());
}

#[test]
fn a_database_that_is_none_is_a_sentence_and_a_finding() {
    let folder = TempDir::new().expect("a folder");
    std::fs::create_dir(folder.path().join("data")).expect("a folder");
    std::fs::write(folder.path().join("data/pdt.db"), "no database".repeat(200)).expect("a file");
    let output = pdt(folder.path()).args(["repo", "list"]).output().expect("pdt runs");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(text(&output.stderr).starts_with("error: "), "{output:?}");
    let output = pdt(folder.path()).args(["doctor", "--json"]).output().expect("pdt runs");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one document");
    assert_eq!(document["checks"][0]["ok"], false, "{document}");
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let folder = TempDir::new().expect("a folder");
    for line in ["completions bash", "man", "--help"] {
        let mut command = pdt(folder.path());
        command.args(line.split(' ')).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("pdt starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("pdt ends");
        assert_eq!(output.status.code(), Some(0), "{line}: {output:?}");
        assert!(output.stderr.is_empty(), "{line}: {output:?}");
    }
}

#[test]
fn help_is_as_reviewed() {
    insta::assert_snapshot!("help", text(&run("--help").stdout));
    insta::assert_snapshot!("help_account_add_github", text(&run("account add github --help").stdout));
    insta::assert_snapshot!("help_commit_list", text(&run("commit list --help").stdout));
}

#[test]
fn the_manual_describes_every_command() {
    let output = run("man");
    let manual = text(&output.stdout);
    for command in [
        "account add github",
        "account add gitlab",
        "account check",
        "repo add",
        "repo available",
        "sync",
        "status",
        "commit list",
        "commit unlink",
        "profile list",
        "doctor",
    ] {
        assert!(manual.contains(&format!(".SS \"pdt {command}")), "{command} is missing:\n{manual}");
    }
    assert!(manual.starts_with(".ie") && manual.contains(".TH pdt 1"), "it is a manual page");
    assert!(
        !manual.contains("misplaced") && !manual.contains("\\-\\-token\\fR"),
        "hidden arguments stay hidden"
    );
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(&format!("completions {shell}"));
        assert_eq!(output.status.code(), Some(0), "{shell}");
        for command in ["available", "unlink", "doctor", "unlinked"] {
            assert!(text(&output.stdout).contains(command), "{shell} does not know {command}");
        }
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(text(&run("--version").stdout), format!("pdt {}\n", env!("CARGO_PKG_VERSION")));
}
