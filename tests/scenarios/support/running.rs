//! `pdt run` as a process that goes on, and what the scenarios see of it from outside.

use std::io::Read;
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use pdt_testkit::stage::{wait_for, wait_until};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use super::{Finished, Pdt};

/// How long something is waited for that must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// In this time PDT ends when it is asked to.
pub(crate) const ENDING: Duration = Duration::from_secs(5);

/// What `pdt run` says as soon as it works.
const GREETING: &str = "Ctrl-C ends this.";

/// A `pdt run`, killed when this is dropped.
pub(crate) struct Running {
    child: Child,
    stdout: Stream,
    stderr: Stream,
}

impl Running {
    fn spawn(mut command: Command) -> Self {
        let mut child = command.spawn().expect("pdt starts");
        let stdout = Stream::of(child.stdout.take().expect("a pipe"));
        let stderr = Stream::of(child.stderr.take().expect("a pipe"));
        Self { child, stdout, stderr }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it has said on standard error so far.
    pub(crate) fn words(&self) -> String {
        self.stderr.text()
    }

    /// Waits until it says this on standard error.
    pub(crate) fn says(&self, words: &str) {
        let said = wait_until(words, PATIENCE, || self.words().contains(words));
        assert!(said.is_ok(), "{words:?} was to be said: {}", self.words());
    }

    /// Sends a signal by its name, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let order = format!("kill -{name} {}", self.pid());
        let sent = Command::new("sh").args(["-c", &order]).status().expect("there is a shell");
        assert!(sent.success(), "{order}: it was still there");
    }

    /// Asks it to stop by a signal, which must take no longer than it may, and end well.
    pub(crate) fn stop(self, signal: &str) -> Finished {
        let (finished, took) = self.stop_timed(signal);
        assert!(took <= ENDING, "{signal} ends it within {ENDING:?}, not {took:?}: {}", finished.stderr);
        assert_eq!(finished.status, Some(0), "{signal} is no failure: {}", finished.stderr);
        finished
    }

    fn stop_timed(self, signal: &str) -> (Finished, Duration) {
        let begin = Instant::now();
        self.signal(signal);
        let finished = self.ends();
        (finished, begin.elapsed())
    }

    /// Waits until it ends by itself.
    fn ends(mut self) -> Finished {
        let ended = wait_for("the end", PATIENCE, || self.child.try_wait().expect("a child"));
        let status = ended.unwrap_or_else(|error| panic!("{error:#}: {}", self.words())).code();
        Finished { status, stdout: self.stdout.rest(), stderr: self.stderr.rest() }
    }

    /// Pulls the plug.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it was still there");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What comes out of a pipe.
struct Stream {
    text: Arc<Mutex<Vec<u8>>>,
    reader: Option<JoinHandle<()>>,
}

impl Stream {
    fn of(mut pipe: impl Read + Send + 'static) -> Self {
        let text = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&text);
        let reader = thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(length @ 1..) = pipe.read(&mut piece) {
                heard.lock().unwrap().extend_from_slice(&piece[..length]);
            }
        });
        Self { text, reader: Some(reader) }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.text.lock().unwrap()).into_owned()
    }

    /// All of it, once the process has ended.
    fn rest(&mut self) -> String {
        self.reader.take().expect("read once").join().expect("a pipe can be read");
        self.text()
    }
}

/// A run as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RunRow {
    pub(crate) trigger: String,
    /// Times sort as texts.
    pub(crate) started_at: String,
    pub(crate) finished_at: Option<String>,
    pub(crate) outcome: Option<String>,
    pub(crate) error: Option<String>,
}

impl Pdt {
    /// The same with these intervals of the loops.
    pub(crate) fn every(self, commits: &str, jira: &str) -> Self {
        self.with("SYNC_INTERVAL_COMMITS", commits).with("SYNC_INTERVAL_JIRA", jira)
    }

    /// `pdt run`, at work.
    pub(crate) fn start(&self) -> Running {
        self.start_with(&[])
    }

    /// The same with more arguments.
    pub(crate) fn start_with(&self, more: &[&str]) -> Running {
        let running = Running::spawn(self.run_command(more));
        running.says(GREETING);
        running
    }

    /// `pdt run`, which must end without being asked to.
    pub(crate) fn start_in_vain(&self, more: &[&str]) -> Finished {
        Running::spawn(self.run_command(more)).ends()
    }

    /// `pdt run`, not started yet. Nobody tells it of the network of the machine that runs the tests.
    fn run_command(&self, more: &[&str]) -> Command {
        let mut command = self.command(&[&["run"], more].concat());
        command.env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        command
    }

    /// What `pdt status` says of a loop.
    pub(crate) fn state(&self, of: &str) -> Value {
        self.json(&["status"])[of].clone()
    }

    /// Waits until `pdt status` says so of a loop, and answers with what it says.
    pub(crate) fn state_when(&self, of: &str, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let found = wait_for(what, PATIENCE, || Some(self.state(of)).filter(&is_so));
        found.unwrap_or_else(|error| panic!("{error:#}: {:#}", self.state(of)))
    }

    /// Every run of a loop, the oldest first.
    pub(crate) fn runs(&self, of: &str) -> Vec<RunRow> {
        let database =
            Connection::open_with_flags(self.database(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let mut statement = database
            .prepare(
                "SELECT trigger, started_at, finished_at, outcome, error FROM runs WHERE loop = ?1 ORDER BY id",
            )
            .unwrap();
        let rows = statement.query_map([of], |row| {
            Ok(RunRow {
                trigger: row.get(0)?,
                started_at: row.get(1)?,
                finished_at: row.get(2)?,
                outcome: row.get(3)?,
                error: row.get(4)?,
            })
        });
        rows.unwrap().map(|row| row.unwrap()).collect()
    }

    /// Waits until so many runs of a loop have ended, however they did.
    pub(crate) fn await_runs(&self, of: &str, count: usize) -> Vec<RunRow> {
        let ended = || self.runs(of).into_iter().filter(|run| run.outcome.is_some()).collect::<Vec<_>>();
        let found = wait_for("so many runs", PATIENCE, || Some(ended()).filter(|runs| runs.len() >= count));
        found.unwrap_or_else(|error| panic!("{error:#}: {count} of {of}, but {:#?}", self.runs(of)))
    }
}
