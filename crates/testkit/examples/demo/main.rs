//! PDT shown at work: `cargo xtask run --demo` builds PDT and starts this with the path to `pdt` and, where there is a
//! display, to the desktop app.
//!
//! Both fake services answer out of a copy of the project's own history and of made-up ones. PDT runs with a home,
//! a data folder and tokens made for the occasion, so that nothing of the person's own is read or written.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a demo talks to the person at the terminal")]

mod bus;
mod desktop;
mod person;
mod signal;
mod terminal;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use pdt_testkit::demo::DemoWorld;

use person::Person;

/// The exit status of a program that ended on Ctrl-C, by the custom of shells.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    match demo() {
        Ok(End::Over) => ExitCode::SUCCESS,
        Ok(End::Interrupted) => {
            println!("\nStopped. The demo's folder is removed.");
            ExitCode::from(INTERRUPTED)
        }
        Err(error) => {
            eprintln!("\nThe demo could not go on: {error:#}.");
            ExitCode::FAILURE
        }
    }
}

/// How a demo ends that was not stopped by an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It came to its end.
    Over,
    /// The person did not want to see the rest.
    Interrupted,
}

fn demo() -> Result<End> {
    let mut programs = std::env::args_os().skip(1).map(PathBuf::from);
    let pdt = programs.next();
    let pdt = pdt.ok_or_else(|| anyhow!("it needs the path to pdt; `cargo xtask run --demo` knows it"))?;
    let app = programs.next();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut world = world()?;
    runtime.block_on(async {
        let person = Person::new(pdt, signal::stop())?;
        println!(
            "\nA fake GitHub answers at {}, a fake GitLab at {} and a fake Jira at {}.\nPDT keeps what it finds in {}.",
            world.github().url(),
            world.gitlab().url(),
            world.jira().site(),
            person.data().display()
        );
        match app {
            Some(app) => desktop::play(&person, &app, &mut world).await,
            None => terminal::play(&person, &mut world).await,
        }
    })
}

/// The project's own history where there is one, else a made-up one.
fn world() -> Result<DemoWorld> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    DemoWorld::from_repository(&project).or_else(|_| DemoWorld::invented())
}
