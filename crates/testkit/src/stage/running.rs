//! A program on the stage, which ends with it.

use std::fs::{File, OpenOptions};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::wait::wait_for;

/// A program that is killed when this is dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
    name: String,
    log: Option<PathBuf>,
}

impl Running {
    /// Starts `command`. What it says goes into the file `log`, after what stands there already.
    pub(super) fn start(command: &mut Command, log: PathBuf) -> Result<Self> {
        let words = || -> Result<File> { Ok(OpenOptions::new().create(true).append(true).open(&log)?) };
        command.stdout(words()?).stderr(words()?);
        Self::spawn(command, Some(log))
    }

    /// Starts `command` with a pipe at its standard output, which is handed out with it.
    pub(super) fn start_talking(command: &mut Command) -> Result<(Self, ChildStdout)> {
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut running = Self::spawn(command, None)?;
        let output = running.child.stdout.take().context("a program has a standard output")?;
        Ok((running, output))
    }

    fn spawn(command: &mut Command, log: Option<PathBuf>) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().with_context(|| format!("{name} cannot be started"))?;
        Ok(Self { child, name, log })
    }

    /// The program's standard input, where it was given a pipe.
    pub fn input(&mut self) -> Option<ChildStdin> {
        self.child.stdin.take()
    }

    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Everything that it has said so far, on standard output and standard error.
    #[must_use]
    pub fn words(&self) -> String {
        let read =
            |log: &PathBuf| String::from_utf8_lossy(&std::fs::read(log).unwrap_or_default()).into_owned();
        self.log.as_ref().map(read).unwrap_or_default()
    }

    /// Sends a signal by its name, such as `TERM`.
    ///
    /// # Errors
    /// Where the program has ended.
    pub fn signal(&self, signal: &str) -> Result<()> {
        send(signal, &[self.pid()]).with_context(|| self.name.clone())
    }

    /// How it ended, if it has.
    ///
    /// # Errors
    /// Where the system does not say.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// Waits until it ends by itself.
    ///
    /// # Errors
    /// Where it does not within `patience`.
    pub fn wait(&mut self, patience: Duration) -> Result<ExitStatus> {
        let what = format!("the end of {}", self.name);
        wait_for(&what, patience, || self.child.try_wait().ok().flatten())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal to processes.
pub(super) fn send(signal: &str, pids: &[u32]) -> Result<()> {
    let pids = pids.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
    let order = format!("kill -{signal} {pids}");
    let output = Command::new("sh").args(["-c", &order]).output().context("sh cannot be started")?;
    ensure!(output.status.success(), "{order}: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}
