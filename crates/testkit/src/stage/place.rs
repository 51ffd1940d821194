//! Where the stage is: the folders, and the environment that every program on it gets.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::{Running, Stage};

/// Names the stage in the environment of every process on it, by which they are found again.
pub(super) const MARK: &str = "PDT_STAGE";

/// What a program keeps of our own environment; the rest is the stage's or not there.
const KEPT: &[&str] = &["PATH", "LD_LIBRARY_PATH", "RUST_BACKTRACE", "TMPDIR"];

/// What is the same on every stage.
const SET: &[(&str, &str)] = &[
    ("LANG", "C.UTF-8"),
    ("TZ", "UTC"),
    ("XDG_CURRENT_DESKTOP", "XFCE"),
    ("NO_PROXY", "127.0.0.1,localhost"),
    // No graphics card, no accessibility bus, no settings service: each would only start more programs.
    ("LIBGL_ALWAYS_SOFTWARE", "1"),
    ("NO_AT_BRIDGE", "1"),
    ("GTK_A11Y", "none"),
    ("GIO_USE_VFS", "local"),
    ("GSETTINGS_BACKEND", "memory"),
];

/// How many lines of each program's words a failing test shows.
const SHOWN: usize = 40;

/// The stage's folders and addresses.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) home: PathBuf,
    pub(super) display: Option<String>,
    /// The process group that everything on the stage belongs to; ours, where we stand on it ourselves.
    pub(super) group: Option<i32>,
}

impl Place {
    /// A new place in the empty folder `home`.
    pub(super) fn make(home: &Path) -> Result<Self> {
        let place = Self { home: home.to_owned(), display: None, group: None };
        for folder in [place.runtime(), place.logs()] {
            fs::create_dir(&folder)?;
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
        }
        Ok(place)
    }

    /// The place that our own environment describes.
    pub(super) fn around_us() -> Option<Self> {
        let home = PathBuf::from(std::env::var_os(MARK)?);
        Some(Self { home, display: std::env::var("DISPLAY").ok(), group: None })
    }

    /// `XDG_RUNTIME_DIR`.
    pub(super) fn runtime(&self) -> PathBuf {
        self.home.join("run")
    }

    /// The folder for what programs say.
    fn logs(&self) -> PathBuf {
        self.home.join("logs")
    }

    /// The file for what `program` says.
    pub(super) fn log(&self, program: &OsStr) -> PathBuf {
        let name = Path::new(program).file_name().unwrap_or(program).to_string_lossy().into_owned();
        self.logs().join(format!("{name}.log"))
    }

    /// The socket of the session bus, whether somebody listens there or not.
    pub(super) fn bus_socket(&self) -> PathBuf {
        self.runtime().join("bus")
    }

    /// The address of the session bus, likewise.
    pub(super) fn bus_address(&self) -> String {
        format!("unix:path={}", self.bus_socket().display())
    }

    /// A program with the stage's environment and nothing of ours.
    pub(super) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear();
        for name in KEPT {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        command
            .envs(SET.iter().copied())
            .env("HOME", &self.home)
            .env("XDG_RUNTIME_DIR", self.runtime())
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus_address())
            .env(MARK, &self.home)
            .envs(self.display.iter().map(|display| ("DISPLAY", display)))
            .stdin(Stdio::null());
        if let Some(group) = self.group {
            command.process_group(group);
        }
        command
    }

    /// Starts a program and keeps what it says.
    pub(super) fn start(&self, command: &mut Command) -> Result<Running> {
        let log = self.log(command.get_program());
        Running::start(command, log)
    }

    /// Runs a program to its end, which must be a good one, and answers with what it printed.
    pub(super) fn run(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let output = self.command(program).args(arguments).output();
        let output = output.with_context(|| format!("{program} cannot be started"))?;
        let complaint = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{program} {} failed: {complaint}", arguments.join(" "));
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Prints the last words of every program, for a test that has failed.
    pub(super) fn show_logs(&self) {
        show_logs(&self.logs());
    }
}

/// Prints the last lines of every file in a folder of logs, for a test that has failed.
#[expect(clippy::print_stderr, reason = "a failing test tells what its programs said")]
pub fn show_logs(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let words = fs::read(entry.path()).unwrap_or_default();
        let words = String::from_utf8_lossy(&words);
        let lines: Vec<&str> = words.lines().collect();
        if !lines.is_empty() {
            let last = lines.get(lines.len().saturating_sub(SHOWN)..).unwrap_or_default();
            eprintln!("--- {}\n{}", entry.file_name().to_string_lossy(), last.join("\n"));
        }
    }
}

impl Stage {
    /// The home folder of the person on this stage.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.place.home
    }

    /// A program with the stage's environment and nothing of ours. It ends with the stage, whoever starts it.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        self.place.command(program)
    }

    /// Starts a command made by [`command`](Self::command). What it says is kept, and shown if the test fails.
    ///
    /// # Errors
    /// Where there is no such program.
    pub fn start(&self, command: &mut Command) -> Result<Running> {
        self.place.start(command)
    }

    /// Runs a program to its end and answers with what it printed on standard output.
    ///
    /// # Errors
    /// Where it cannot be started, or does not end well; the message holds its own.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Result<String> {
        self.place.run(program, arguments)
    }
}
