//! Files stay small enough to be read, and the repository small enough to be cloned.

use crate::{assert_none, files, path, rust_files, ui_files};

/// The longest Rust file, in lines. About 250 is usual; one that comes near this should be two.
const MOST_LINES: usize = 500;

/// The longest TypeScript or Svelte file of the window, in lines.
const MOST_UI_LINES: usize = 300;

/// What a program writes, and nobody reads from end to end.
const GENERATED: &str = "ui/src/lib/backend/generated.ts";

/// The largest file of the repository, in bytes: 1 MB. Histories and worlds are made by tests, not stored.
const MOST_BYTES: u64 = 1_000_000;

#[test]
fn no_rust_file_is_too_long_to_read() {
    let long: Vec<String> = rust_files()
        .iter()
        .map(|(name, text)| (name, text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(name, lines)| format!("{name} has {lines} lines"))
        .collect();
    assert_none(&long, &format!("A Rust file has at most {MOST_LINES} lines: split it by what it is about."));
}

#[test]
fn no_file_of_the_window_is_too_long_to_read() {
    let files = ui_files();
    assert!(files.len() > 20, "git lists the window's sources: {}", files.len());
    let long: Vec<String> = files
        .iter()
        .filter(|(name, _)| name != GENERATED)
        .map(|(name, text)| (name, text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_UI_LINES)
        .map(|(name, lines)| format!("{name} has {lines} lines"))
        .collect();
    assert_none(&long, &format!("A file of the window has at most {MOST_UI_LINES} lines: split it."));
}

#[test]
fn no_file_is_too_large_to_carry() {
    let large: Vec<String> = files()
        .into_iter()
        .map(|name| (path(&name).metadata().map_or(0, |about| about.len()), name))
        .filter(|(bytes, _)| *bytes > MOST_BYTES)
        .map(|(bytes, name)| format!("{name} has {bytes} bytes"))
        .collect();
    assert_none(&large, &format!("A file of the repository has at most {MOST_BYTES} bytes."));
}
