//! Ada, who uses PDT in a home of her own.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use pdt_testkit::demo::DemoWorld;
use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::sync::watch;

use crate::End;

/// How long a program has to end by itself after Ctrl-C, before it is ended.
const GRACE: Duration = Duration::from_secs(6);

/// Whether a program's own words are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// On the terminal, as they come.
    Shown,
    /// Only if it fails.
    Kept,
}

/// Where PDT is run.
pub(crate) struct Person {
    pdt: PathBuf,
    home: TempDir,
    stop: watch::Receiver<bool>,
}

impl Person {
    pub(crate) fn new(pdt: PathBuf, stop: watch::Receiver<bool>) -> Result<Self> {
        let home = TempDir::with_prefix("pdt-demo-").context("no temporary folder could be made")?;
        Ok(Self { pdt, home, stop })
    }

    /// Where everything is that goes when the demo is over.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// PDT's data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.home().join("data")
    }

    /// Connects every service and tracks every repository, with `pdt`.
    pub(crate) fn connecting(world: &DemoWorld) -> Vec<Vec<String>> {
        let mut commands = vec![
            words(&format!("account add github --url {} --name demo-github", world.github().url())),
            words(&format!("account add gitlab --url {} --name demo-gitlab", world.gitlab().url())),
            words(&format!(
                "account add jira --url {} --email {} --name demo-jira",
                world.jira().site(),
                world.jira_email()
            )),
        ];
        commands.extend(world.repository_urls().iter().map(|url| words(&format!("repo add {url}"))));
        commands
    }

    /// Runs `pdt` to its end, which must be a good one.
    pub(crate) async fn pdt(&self, words: &[String], show: Words, world: &DemoWorld) -> Result<End> {
        let mut command = self.command(self.pdt.as_os_str(), world);
        command.args(words);
        if show == Words::Kept {
            command.stdout(Stdio::null()).stderr(Stdio::piped());
        }
        let mut child = command.spawn().with_context(|| format!("{}", self.pdt.display()))?;
        let pipe = child.stderr.take();
        if self.wait(&mut child).await? == End::Interrupted {
            return Ok(End::Interrupted);
        }
        let status = child.wait().await?;
        let mut complaint = String::new();
        if let Some(mut pipe) = pipe {
            tokio::io::AsyncReadExt::read_to_string(&mut pipe, &mut complaint).await?;
        }
        ensure!(status.success(), "`pdt {}` ended with {status} {}", words.join(" "), complaint.trim());
        Ok(End::Over)
    }

    /// Waits until a program ends, or ends it when the demo shall end.
    pub(crate) async fn wait(&self, child: &mut Child) -> Result<End> {
        tokio::select! {
            status = child.wait() => {
                status?;
                Ok(End::Over)
            }
            () = self.stopped() => {
                end(child).await;
                Ok(End::Interrupted)
            }
        }
    }

    async fn stopped(&self) {
        // The sender is kept for as long as anybody listens.
        let _ = self.stop.clone().wait_for(|stopped| *stopped).await;
    }

    /// A program with an environment of its own. No keychain is asked: a variable that gives a token comes first, and
    /// the session's bus, where the keychain would be, is out of reach.
    pub(crate) fn command(&self, program: &OsStr, world: &DemoWorld) -> Command {
        let home = self.home();
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if ["PDT_", "SYNC_"].iter().any(|prefix| text.starts_with(prefix)) || is_home_of_something(&text)
            {
                command.env_remove(&name);
            }
        }
        // Where it is not said, X11 looks for its key in the home folder, which is another one now.
        if let Some(real) = std::env::var_os("HOME").filter(|_| std::env::var_os("XAUTHORITY").is_none()) {
            command.env("XAUTHORITY", Path::new(&real).join(".Xauthority"));
        }
        command
            .env("HOME", home)
            .env("PDT_DATA_DIR", self.data())
            .env("PDT_TOKEN_DEMO_GITHUB", world.github_token())
            .env("PDT_TOKEN_DEMO_GITLAB", world.gitlab_token())
            .env("PDT_TOKEN_DEMO_JIRA", world.jira_token())
            .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", home.join("no-bus").display()))
            .env("NO_PROXY", "127.0.0.1,localhost")
            .env_remove("no_proxy")
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }
}

/// `XDG_CONFIG_HOME` and its like, which would lead back to the person's own files.
fn is_home_of_something(variable: &str) -> bool {
    variable.starts_with("XDG_") && variable.ends_with("_HOME")
}

/// A command line as its words.
pub(crate) fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

/// Ctrl-C in a terminal reaches the program as well, which then ends by itself; a signal to us alone does not, and is
/// handed on.
async fn end(child: &mut Child) {
    if let Some(pid) = child.id().filter(|_| cfg!(unix)) {
        // One that has ended just now needs no telling.
        let _ = Command::new("kill").arg(pid.to_string()).stderr(Stdio::null()).status().await;
    }
    if tokio::time::timeout(GRACE, child.wait()).await.is_err() {
        let _ = child.kill().await;
    }
}
