//! `cargo xtask run`: PDT for a person to try.

use std::process::Command;

use crate::failure::Failure;
use crate::preflight::{self, Purpose};
use crate::say;
use crate::workspace::{built, cargo};

/// Builds `pdt` and shows what it can do; the window is not there yet.
pub(crate) fn help() -> Result<(), Failure> {
    preflight::run(Purpose::Building)?;
    build(&["--package", "pdt-cli", "--bin", "pdt"])?;
    let pdt = built("pdt").map_err(no_place)?;
    say::line(
        "\nPDT has no window yet: it is the command line `pdt`. \
         `cargo xtask run --demo` shows it at work on fake services, without any account.\n",
    );
    let status = Command::new(&pdt).arg("--help").status();
    match status {
        Ok(status) if status.success() => {
            say::line(&format!("\nThe program is {}", pdt.display()));
            Ok(())
        }
        _ => Err(Failure::new(format!("{} was built but does not start.", pdt.display()))),
    }
}

/// Builds `pdt` and the demo, and becomes the demo.
///
/// The demo replaces this process where the system can, so that Ctrl-C reaches a program that cleans up.
pub(crate) fn demo() -> Result<(), Failure> {
    preflight::run(Purpose::Building)?;
    build(&["--package", "pdt-cli", "--bin", "pdt", "--package", "pdt-testkit", "--example", "demo"])?;
    let pdt = built("pdt").map_err(no_place)?;
    let mut demo = Command::new(built("examples/demo").map_err(no_place)?);
    demo.arg(pdt).current_dir(crate::workspace::root());
    become_program(demo)
}

fn build(what: &[&str]) -> Result<(), Failure> {
    let started = std::time::Instant::now();
    say::line("==> build (the first time takes a few minutes)");
    let status = cargo(&[&["build"], what].concat()).status();
    if status.is_ok_and(|status| status.success()) {
        say::line(&format!("    ok after {}", say::duration(started.elapsed())));
        return Ok(());
    }
    Err(Failure::new("PDT could not be built. The compiler's messages above say why."))
}

fn no_place(error: std::io::Error) -> Failure {
    Failure::new(format!("The folder with the built programs could not be found: {error}."))
}

#[cfg(unix)]
fn become_program(mut program: Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    let error = program.exec();
    Err(Failure::new(format!("The demo could not start: {error}.")))
}

#[cfg(not(unix))]
fn become_program(mut program: Command) -> Result<(), Failure> {
    let ended = program.status();
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::new("The demo did not end well. Its messages above say why.")),
        Err(error) => Err(Failure::new(format!("The demo could not start: {error}."))),
    }
}
