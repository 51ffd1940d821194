//! Before anything heavy is built: what the system lacks is named, and installed where we know how.

mod install;
mod look;
mod needs;
mod system;

use crate::failure::Failure;
use crate::say;
use crate::workspace::cargo;

pub(crate) use needs::Purpose;
use needs::{Need, Weight};
use system::System;

/// Makes sure that the machine has what `purpose` needs.
///
/// Says nothing when nothing is missing. Stops only where the lack makes the purpose impossible, or where
/// an installation that should have worked did not.
pub(crate) fn run(purpose: Purpose) -> Result<(), Failure> {
    if purpose == Purpose::Testing {
        toolchain_components()?;
    }
    let missing = missing(purpose);
    if missing.is_empty() {
        return Ok(());
    }
    tell(&missing);
    let system = System::here();
    if let Some(manager) = system.manager() {
        install::run(manager, &missing)?;
    } else {
        say::line(&format!(
            "    {} is not a system that this command can install packages on.",
            system.name()
        ));
    }
    still_missing(purpose, &system)
}

fn missing(purpose: Purpose) -> Vec<&'static Need> {
    needs::missing(purpose, std::env::consts::OS, &needs::is_here)
}

fn tell(missing: &[&Need]) {
    say::line("    This machine lacks:");
    for need in missing {
        say::line(&format!("      {:<22} {}", need.name, need.why));
    }
}

/// After an installation everything should be there; elsewhere only what is required stops us.
fn still_missing(purpose: Purpose, system: &System) -> Result<(), Failure> {
    let missing = missing(purpose);
    let fatal: Vec<&Need> = missing
        .iter()
        .copied()
        .filter(|need| need.weight == Weight::Required || system.manager().is_some())
        .collect();
    if !fatal.is_empty() {
        let names: Vec<&str> = fatal.iter().map(|need| need.name).collect();
        let mut words = vec![format!("Please install {}, then run this command again.", names.join(", "))];
        words.extend(fatal.iter().filter_map(|need| need.advice()));
        return Err(Failure::new(words.join("\n")));
    }
    if !missing.is_empty() {
        say::line("    Going on without: the tests that call these will fail and name them.");
    }
    Ok(())
}

/// rustfmt and clippy belong to the toolchain, not to the system; rustup brings them.
fn toolchain_components() -> Result<(), Failure> {
    for component in ["fmt", "clippy"] {
        let there = cargo(&[component, "--version"]).output().is_ok_and(|output| output.status.success());
        if !there {
            return add_components();
        }
    }
    Ok(())
}

fn add_components() -> Result<(), Failure> {
    let advice = "This Rust lacks rustfmt or clippy. With rustup, `rustup component add rustfmt clippy` brings \
                  them; otherwise they are packages of your system.";
    if !look::is_on_path("rustup") {
        return Err(Failure::new(advice));
    }
    say::line("    This Rust lacks rustfmt or clippy, which check the code's form: rustup installs them.");
    let added = std::process::Command::new("rustup")
        .args(["component", "add", "rustfmt", "clippy"])
        .current_dir(crate::workspace::root())
        .status();
    if added.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    Err(Failure::new(advice))
}
