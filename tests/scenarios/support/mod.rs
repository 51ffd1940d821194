//! The stage of the scenarios: the real `pdt` in a home of its own, against fake services out of real git
//! history. Nothing here is faked but the far end.
pub(crate) mod far;
#[cfg(target_os = "linux")]
pub(crate) mod running;
pub(crate) mod site;
pub(crate) mod truth;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use tempfile::TempDir;

/// What a canary looks like: found anywhere but in a request's header, it is a leak.
pub(crate) const CANARY: &str = "ghp_Canary7f3kQ9zLx0Vb2Nn8sWq5Rt1Yd4";

/// The moment that made-up histories lead up to: a while ago, so that no commit stands at the very border of the
/// window, which moves on while a test runs.
pub(crate) fn lately() -> DateTime<Utc> {
    Utc::now() - TimeDelta::minutes(17)
}

/// A home folder with `pdt` in it, without a keychain; tokens come from the environment.
pub(crate) struct Pdt {
    home: TempDir,
    variables: Vec<(String, String)>,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Finished {
    /// The exit status; `None` after a signal.
    pub(crate) status: Option<i32>,
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
}

impl Pdt {
    /// A person who starts PDT for the first time.
    pub(crate) fn new() -> Self {
        Self { home: TempDir::new().expect("a folder"), variables: Vec::new() }
    }

    /// The same with a variable set.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets a variable for the commands that follow.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.variables.retain(|(other, _)| other != name);
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// The home folder.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.home().join("data")
    }

    /// The database.
    pub(crate) fn database(&self) -> PathBuf {
        self.data().join("pdt.db")
    }

    /// A command, not started yet.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pdt"));
        command
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home())
            .env("XDG_CONFIG_HOME", self.home().join("config"))
            .env("XDG_DATA_HOME", self.home().join("share"))
            .env("PDT_DATA_DIR", self.data())
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
            .env("TZ", "UTC")
            .envs(self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Finished {
        self.command(arguments).output().expect("pdt starts").into()
    }

    /// Runs a command that must succeed, and reads its one JSON document.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let finished = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(finished.status, Some(0), "pdt {arguments:?} failed: {}", finished.stderr);
        finished.json()
    }

    /// Connects an account and tracks repositories, which must succeed.
    pub(crate) fn connect(&self, kind: &str, url: &str, name: &str, repositories: &[String]) {
        self.json(&["account", "add", kind, "--url", url, "--name", name]);
        for repository in repositories {
            self.json(&["repo", "add", repository]);
        }
    }

    /// Syncs commits, and answers with the loop's part of the document and the exit status.
    pub(crate) fn sync(&self) -> (Value, Option<i32>) {
        let finished = self.run(&["sync", "commits", "--json"]);
        (finished.json()["commits"].clone(), finished.status)
    }

    /// Syncs commits, which must bring everything.
    pub(crate) fn sync_ok(&self) -> Value {
        let (commits, status) = self.sync();
        assert_eq!((commits["outcome"].as_str(), status), (Some("ok"), Some(0)), "{commits:#}");
        commits
    }
}

impl Finished {
    /// The one JSON document on standard output.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {:?}, standard error: {}", self.stdout, self.stderr))
    }
}

impl From<Output> for Finished {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}
