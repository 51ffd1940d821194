//! `cargo xtask test`: everything that must hold before a change lands, in the order of what is told soonest.

use crate::failure::Failure;
use crate::preflight::{self, Purpose};
use crate::say;
use crate::steps::Steps;
use crate::workspace::{cargo, in_ci, npm};

/// The window's own checks: what npm is told, and what helps where it fails.
const UI: &[(&str, &[&str], &str)] = &[
    ("libraries of the window", &["ci", "--no-audit", "--no-fund"], "npm's messages above say why."),
    ("types of the window", &["run", "check"], "The messages above say where and why."),
    ("lints of the window", &["run", "lint"], "`npm --prefix ui run format` puts the form right."),
    ("tests of the window", &["test"], "The failing tests are listed above."),
    ("pages of the window", &["run", "build"], "The messages above say where and why."),
    ("window in a browser", &["run", "test:browser"], "The failing tests are listed above."),
];

/// Runs all steps, stops at the first that fails, and prints how long each took.
pub(crate) fn run() -> Result<(), Failure> {
    let mut steps = Steps::begin();
    let result = all(&mut steps);
    say::line(&format!("\n{}", steps.summary()));
    result
}

fn all(steps: &mut Steps) -> Result<(), Failure> {
    steps.step("what the system needs", || preflight::run(Purpose::Testing))?;
    steps.command(
        "formatting",
        &mut cargo(&["fmt", "--all", "--check"]),
        "`cargo fmt --all` puts it right.",
    )?;
    // Before the lints: compiling the app takes its pages as they are then.
    for (title, words, advice) in UI {
        steps.command(title, &mut npm(words), advice)?;
    }
    steps.command(
        "lints",
        &mut cargo(&locked(&[&["clippy"], EVERYTHING].concat(), &["--", "-D", "warnings"])),
        "Each warning above says where and why; the house's lints are in Cargo.toml and clippy.toml.",
    )?;
    steps.command(
        "documentation",
        cargo(&locked(&["doc", "--workspace", "--no-deps"], &[])).env("RUSTDOCFLAGS", "-D warnings"),
        "The warnings above name the doc comments to mend.",
    )?;
    // Before the other tests, so that the last thing a test runner says is about those.
    steps.command(
        "examples in the documentation",
        &mut cargo(&locked(&["test", "--workspace", "--doc", "--no-fail-fast"], &[])),
        "The failing examples are listed above.",
    )?;
    steps.command("tests", &mut test_runner(), "The failing tests are listed above.")
}

/// All that is compiled, the tests on a desktop too.
const EVERYTHING: &[&str] = &["--workspace", "--all-targets", "--features", "pdt-desktop/desktop-tests"];

/// cargo-nextest where it is installed (it is quicker, and gives each test a process of its own), else cargo's
/// own runner. Both print how many tests passed as their last line. All tests are one run: with the desktop's in a
/// run of their own, what both are made of would be compiled twice.
fn test_runner() -> std::process::Command {
    let nextest = cargo(&["nextest", "--version"]).output().is_ok_and(|output| output.status.success());
    let words: &[&str] = if nextest { &["nextest", "run"] } else { &["test"] };
    cargo(&locked(&[words, EVERYTHING, &["--no-fail-fast"]].concat(), &[]))
}

/// In CI the lock file is binding; at a developer's desk a new dependency may still change it.
fn locked<'a>(words: &[&'a str], last: &[&'a str]) -> Vec<&'a str> {
    let lock: &[&str] = if in_ci() { &["--locked"] } else { &[] };
    [words, lock, last].concat()
}
