//! The house's invariants that neither the compiler nor a lint can keep. Each rule is a pure function over
//! what it looks at, tested on made-up offenders and then on this workspace.

#![cfg(test)]

mod code;
mod migrations;
mod rooms;
mod sizes;
mod window;
mod words;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the workspace's `Cargo.toml`.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

/// Every file of the project, relative to its root with `/` between folders: those that git tracks, and new
/// ones that it does not ignore.
fn files() -> Vec<String> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the project's files");
    assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("the project's file names are UTF-8");
    text.split('\0').filter(|name| !name.is_empty() && path(name).is_file()).map(str::to_owned).collect()
}

/// The Rust files among them, each with its text.
fn rust_files() -> Vec<(String, String)> {
    with_text(files().into_iter().filter(|name| name.ends_with(".rs")))
}

/// The sources of what the window shows, each with its text.
fn ui_files() -> Vec<(String, String)> {
    let is_source = |name: &String| [".ts", ".svelte"].iter().any(|end| name.ends_with(end));
    with_text(files().into_iter().filter(|name| name.starts_with("ui/src/")).filter(is_source))
}

fn with_text(names: impl Iterator<Item = String>) -> Vec<(String, String)> {
    names
        .map(|name| {
            let text = read(&name);
            (name, text)
        })
        .collect()
}

fn path(name: &str) -> PathBuf {
    root().join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Fails with one line an offence.
fn assert_none(offences: &[String], rule: &str) {
    assert!(offences.is_empty(), "{rule}\n  {}", offences.join("\n  "));
}
