//! PDT shown at work: `cargo xtask run --demo` builds `pdt` and starts this with the path to it.
//!
//! Both fake services answer out of a copy of the project's own history and of made-up ones. `pdt` runs with a home,
//! a data folder and tokens made for the occasion, so that nothing of the person's own is read or written.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a demo talks to the person at the terminal")]

use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use pdt_testkit::demo::DemoWorld;
use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::sync::watch;

/// How long `pdt` has to end by itself after Ctrl-C, before it is ended.
const GRACE: Duration = Duration::from_secs(5);

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

fn demo() -> Result<End> {
    let pdt = std::env::args_os().nth(1).map(PathBuf::from);
    let pdt = pdt.ok_or_else(|| anyhow!("it needs the path to pdt; `cargo xtask run --demo` knows it"))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut world = world()?;
    let home = TempDir::with_prefix("pdt-demo-").context("no temporary folder could be made")?;
    runtime.block_on(async {
        let stage = Stage { pdt, home, stop: stop_signal() };
        stage.play(&mut world).await
    })
}

/// How a demo ends that was not stopped by an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It came to its end.
    Over,
    /// The person did not want to see the rest.
    Interrupted,
}

/// The project's own history where there is one, else a made-up one.
fn world() -> Result<DemoWorld> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    DemoWorld::from_repository(&project).or_else(|_| DemoWorld::invented())
}

/// Where `pdt` is run, one command after another.
struct Stage {
    pdt: PathBuf,
    home: TempDir,
    stop: watch::Receiver<bool>,
}

impl Stage {
    async fn play(&self, world: &mut DemoWorld) -> Result<End> {
        println!(
            "\nA fake GitHub answers at {} and a fake GitLab at {}.\nPDT keeps what it finds in {}.",
            world.github().url(),
            world.gitlab().url(),
            self.data().display()
        );
        for act in [Act::Connect, Act::Sync, Act::Look, Act::Push, Act::LookAgain] {
            if self.perform(act, world).await? == End::Interrupted {
                return Ok(End::Interrupted);
            }
        }
        println!("\nThat was PDT. The services stop now, and the demo's folder is removed.");
        Ok(End::Over)
    }

    async fn perform(&self, act: Act, world: &mut DemoWorld) -> Result<End> {
        for words in act.commands(world)? {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            if self.run(&words, world).await? == End::Interrupted {
                return Ok(End::Interrupted);
            }
        }
        Ok(End::Over)
    }

    /// Runs `pdt` with `words`, its output going straight to the terminal.
    async fn run(&self, words: &[&str], world: &DemoWorld) -> Result<End> {
        println!("\n$ pdt {}", words.join(" "));
        let mut child =
            self.command(world).args(words).spawn().with_context(|| format!("{}", self.pdt.display()))?;
        let mut stop = self.stop.clone();
        tokio::select! {
            status = child.wait() => {
                let status = status?;
                anyhow::ensure!(status.success(), "`pdt {}` ended with {status}", words.join(" "));
                Ok(End::Over)
            }
            _ = stop.wait_for(|stopped| *stopped) => {
                end(&mut child).await;
                Ok(End::Interrupted)
            }
        }
    }

    /// `pdt` with an environment of its own. No keychain is asked: a variable that gives a token comes first, and
    /// the session's bus, where the keychain would be, is out of reach.
    fn command(&self, world: &DemoWorld) -> Command {
        let home = self.home.path();
        let mut command = Command::new(&self.pdt);
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if ["PDT_", "SYNC_", "XDG_"].iter().any(|prefix| name.starts_with(prefix)) {
                command.env_remove(&*name);
            }
        }
        command
            .env("HOME", home)
            .env("PDT_DATA_DIR", self.data())
            .env("PDT_TOKEN_DEMO_GITHUB", world.github_token())
            .env("PDT_TOKEN_DEMO_GITLAB", world.gitlab_token())
            .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", home.join("no-bus").display()))
            .env("NO_PROXY", "127.0.0.1,localhost")
            .env_remove("no_proxy")
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }
}

/// The parts of the demo.
#[derive(Debug, Clone, Copy)]
enum Act {
    Connect,
    Sync,
    Look,
    Push,
    LookAgain,
}

impl Act {
    /// What `pdt` is told, after the world did its part.
    fn commands(self, world: &mut DemoWorld) -> Result<Vec<Vec<String>>> {
        Ok(match self {
            Self::Connect => connect(world),
            Self::Sync => vec![words("sync commits")],
            Self::Look => vec![words("status"), words("repo list"), words("commit list --limit 20")],
            Self::Push => {
                let place = world.advance()?;
                println!("\nMeanwhile somebody pushes a commit to {place}");
                vec![words("sync commits")]
            }
            Self::LookAgain => vec![words("commit list --limit 3"), words("status")],
        })
    }
}

fn connect(world: &DemoWorld) -> Vec<Vec<String>> {
    let mut commands = vec![
        words(&format!("account add github --url {} --name demo-github", world.github().url())),
        words(&format!("account add gitlab --url {} --name demo-gitlab", world.gitlab().url())),
    ];
    commands.extend(world.repository_urls().iter().map(|url| words(&format!("repo add {url}"))));
    commands
}

fn words(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}

/// Ctrl-C in a terminal reaches `pdt` as well, which then ends by itself; a signal to us alone does not.
async fn end(child: &mut Child) {
    if tokio::time::timeout(GRACE, child.wait()).await.is_err() {
        let _ = child.kill().await;
    }
}

/// Becomes true when the person or the system wants the demo to end.
fn stop_signal() -> watch::Receiver<bool> {
    let (tell, told) = watch::channel(false);
    tokio::spawn(async move {
        asked_to_stop().await;
        tell.send_replace(true);
        // Kept, so that whoever waits later still hears of it.
        tell.closed().await;
    });
    told
}

#[cfg(unix)]
async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};

    let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
    let [Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)] = kinds.map(signal) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
