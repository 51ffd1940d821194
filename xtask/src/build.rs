//! Building the project's programs, and becoming one of them.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::say;
use crate::workspace::cargo;

/// What a person waits for who builds the command line, or the app, for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    /// The command line alone.
    Small,
    /// The app with its window.
    Large,
}

/// Calls `cargo build` with `words`.
pub(crate) fn run(size: Size, words: &[&str]) -> Result<(), Failure> {
    let started = std::time::Instant::now();
    say::line(match size {
        Size::Small => "==> build (the first time takes a few minutes)",
        Size::Large => "==> build (the first time takes about ten minutes)",
    });
    let status = cargo(&[&["build"], words].concat()).status();
    if status.is_ok_and(|status| status.success()) {
        say::line(&format!("    ok after {}", say::duration(started.elapsed())));
        return Ok(());
    }
    Err(Failure::new("PDT could not be built. The messages above say why."))
}

/// The place of a built program, or the sentence that it has none.
pub(crate) fn place(found: std::io::Result<PathBuf>) -> Result<PathBuf, Failure> {
    found.map_err(|error| {
        Failure::new(format!("The folder with the built programs could not be found: {error}."))
    })
}

/// Goes on as `program`, so that Ctrl-C reaches it alone, and it can clean up. `name` stands at the beginning of
/// the sentence that tells why it could not.
#[cfg(unix)]
pub(crate) fn become_program(name: &str, mut program: Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    let error = program.exec();
    Err(Failure::new(format!("{name} could not start: {error}.")))
}

/// Runs `program` to its end. `name` stands at the beginning of the sentence that tells why it did not end well.
#[cfg(not(unix))]
pub(crate) fn become_program(name: &str, mut program: Command) -> Result<(), Failure> {
    match program.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::new(format!("{name} did not end well. Its messages above say why."))),
        Err(error) => Err(Failure::new(format!("{name} could not start: {error}."))),
    }
}
