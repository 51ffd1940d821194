//! Runs the `git` program, undisturbed by the machine's own configuration.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail};

/// Runs git in `dir` and returns what it printed.
pub(super) fn git(dir: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let output = command(dir, arguments).stdin(Stdio::null()).output();
    checked(arguments, output.context("git cannot be started: is it installed?")?)
}

/// Runs git in `dir`, gives it `input`, and returns what it printed.
pub(super) fn git_with_input(dir: &Path, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>> {
    let mut child = command(dir, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("git cannot be started: is it installed?")?;
    let mut pipe = child.stdin.take().context("git has no standard input")?;
    // A thread of its own, since git may print before it has read everything. A broken pipe only means that
    // git ended early, and its own message says why.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || drop(pipe.write_all(input)));
        child.wait_with_output()
    });
    checked(arguments, output?)
}

/// The first line that git printed.
pub(super) fn git_line(dir: &Path, arguments: &[&str]) -> Result<String> {
    let printed = git(dir, arguments)?;
    Ok(String::from_utf8_lossy(&printed).lines().next().unwrap_or_default().to_owned())
}

fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    // Inside a hook, git's own variables would point at another repository.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
    command
        .current_dir(dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", if cfg!(windows) { "NUL" } else { "/dev/null" })
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("LC_ALL", "C")
        // A checkout may belong to another user, as in a container; reading it is all that happens there.
        .args(["-c", "safe.directory=*", "-c", "log.showSignature=false", "-c", "gc.auto=0"])
        .args(arguments);
    command
}

fn checked(arguments: &[&str], output: Output) -> Result<Vec<u8>> {
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("git {} failed ({}): {}", arguments.join(" "), output.status, complaint.trim());
    }
    Ok(output.stdout)
}
