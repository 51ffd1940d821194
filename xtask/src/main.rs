//! The project's own commands: `cargo xtask run`, `cargo xtask test` and `cargo xtask bench`.
//!
//! This package has no dependencies, so that it compiles in a second or two and can look after the machine
//! before anything heavy is built.

mod bench;
mod build;
mod failure;
mod pictures;
mod preflight;
mod run;
mod say;
mod steps;
mod test;
mod workspace;

use std::process::ExitCode;

use failure::Failure;

/// What `cargo xtask help` prints.
const USAGE: &str = "\
The project's own commands. Each does its own set-up.

  cargo xtask run           build PDT and start it; without a display, show what its command line can do
  cargo xtask run --demo    try PDT on fake services and real git history, in a throw-away folder
  cargo xtask test          formatting, lints, documentation and every test, as the project's CI runs them
  cargo xtask bench memory  how much memory the app takes, in the tray and with its window
  cargo xtask bench start   how long its icon takes to appear, beside a bare Tauri app
  cargo xtask bench jira    how long a first sync of a large Jira takes, beside the plain way to do it
  cargo xtask bench wakeups how often the app wakes the processor while it has nothing to do
  cargo xtask bench window  how long the window waits for its answers with a million commits (--keep FOLDER: for again)
  cargo xtask bench open FOLDER  how soon the window shows something, with the database kept in FOLDER
  cargo xtask pictures      make the README's pictures of the window again
  cargo xtask help          this text";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say::line(&format!("\n{failure}"));
            failure.exit_code()
        }
    }
}

fn dispatch(words: &[&str]) -> Result<(), Failure> {
    match words {
        ["run"] => run::app(),
        ["run", "--demo"] => run::demo(),
        ["test"] => test::run(),
        ["bench", "memory"] => bench::memory(),
        ["bench", "start"] => bench::start(),
        ["bench", "jira"] => bench::jira(),
        ["bench", "wakeups"] => bench::wakeups(),
        ["bench", "window", words @ ..] => bench::window(words),
        ["bench", "open", folder] => bench::open(folder),
        ["pictures"] => pictures::make(),
        ["help" | "--help" | "-h"] => {
            say::answer(USAGE);
            Ok(())
        }
        [] => Err(Failure::usage(format!("Say which command to run.\n\n{USAGE}"))),
        _ => Err(Failure::usage(format!("There is no `cargo xtask {}`.\n\n{USAGE}", words.join(" ")))),
    }
}
