//! `cargo xtask bench`: what the app costs, measured on the build for release and held against what is promised.

use std::process::Command;

use crate::build::{self, Size, become_program, place};
use crate::failure::Failure;
use crate::preflight::{self, Purpose};
use crate::workspace::{built, released, root};

/// How much memory PDT takes in the tray, with its window, and after closing it.
pub(crate) fn memory() -> Result<(), Failure> {
    prepare(&["--package", "pdt-cli", "--package", "pdt-desktop", "--bins"], "bench_memory")?;
    measure("bench_memory", &["pdt", "pdt-desktop"])
}

/// How long PDT takes until its icon is in the tray, beside a bare Tauri app.
pub(crate) fn start() -> Result<(), Failure> {
    prepare(&["--package", "pdt-desktop", "--bins", "--example", "bare"], "bench_start")?;
    measure("bench_start", &["pdt-desktop", "examples/bare"])
}

/// How long a first sync of a large Jira takes, beside the plain way to do it.
pub(crate) fn jira() -> Result<(), Failure> {
    prepare(&["--package", "pdt-cli", "--bins"], "bench_jira")?;
    measure("bench_jira", &["pdt"])
}

/// How often PDT wakes the processor while it has nothing to do.
pub(crate) fn wakeups() -> Result<(), Failure> {
    prepare(&["--package", "pdt-cli", "--package", "pdt-desktop", "--bins"], "bench_wakeups")?;
    measure("bench_wakeups", &["pdt", "pdt-desktop"])
}

/// How long the window waits for its answers with a large database; `words` are the measurement's own.
pub(crate) fn window(words: &[&str]) -> Result<(), Failure> {
    preflight::run(Purpose::CommandLine)?;
    build::run(Size::Small, &["--release", "--package", "pdt-seam", "--example", "bench_window"])?;
    let mut command = Command::new(place(released("examples/bench_window"))?);
    command.args(words).current_dir(root());
    become_program("The measurement", command)
}

/// How soon the window shows something, with the database of a folder that the measurement above has kept.
pub(crate) fn open(folder: &str) -> Result<(), Failure> {
    preflight::run(Purpose::Testing)?;
    build::run(Size::Large, &["--release", "--package", "pdt-desktop", "--bins"])?;
    build::run(Size::Large, &["--package", "pdt-desktop", "--example", "bench_open"])?;
    let mut command = Command::new(place(built("examples/bench_open"))?);
    command.arg(place(released("pdt-desktop"))?).arg(folder).current_dir(root());
    become_program("The measurement", command)
}

fn prepare(what: &[&str], bench: &str) -> Result<(), Failure> {
    preflight::run(Purpose::Testing)?;
    build::run(Size::Large, &[&["--release"], what].concat())?;
    build::run(Size::Small, &["--package", "pdt-testkit", "--example", bench])
}

fn measure(bench: &str, programs: &[&str]) -> Result<(), Failure> {
    let mut command = Command::new(place(built(&format!("examples/{bench}")))?);
    for program in programs {
        command.arg(place(released(program))?);
    }
    command.current_dir(root());
    become_program("The measurement", command)
}
