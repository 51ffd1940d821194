//! A GitHub and a Jira, the runs that were made of both, and the worker that makes them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::ProfileId;
use pdt_domain::provider::Provider;
use pdt_domain::run::{Loop, Outcome, Trigger};
use pdt_domain::secret::Token;
use pdt_engine::api::{AddAccount, Engine, LoopStatusDto};
use pdt_engine::clock::{Clock, TestClock};
use pdt_engine::machine::{self, Watchman};
use pdt_engine::supervisor::Supervisor;
use pdt_engine::worker::{Seat, Worker};
use pdt_store::{Db, DueRow, Run};
use pdt_testkit::{FakeJira, JiraSettings, NewToken, World};
use tokio::time::{Instant, sleep};

use super::clock::MachineClock;
use crate::stage::{Stage, TOKEN, noon, profile};

/// How long something is waited for that must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The beat and the two loops: all that sleep by the clock while nothing is going on.
pub(crate) const ALL: usize = 3;

pub(crate) const BOTH: [Loop; 2] = [Loop::Commits, Loop::Jira];

pub(crate) struct Background {
    pub(crate) stage: Stage,
    pub(crate) jira: FakeJira,
    pub(crate) clock: MachineClock,
    pub(crate) supervisor: Supervisor,
    /// How many sleep by the clock while time passes.
    pub(crate) asleep: usize,
    began: DateTime<Utc>,
    history: Db,
    runs: Vec<Run>,
}

impl Background {
    /// At noon, with these variables in the environment.
    pub(crate) async fn set(variables: &[(&str, &str)]) -> Self {
        Self::set_at(noon(), variables).await
    }

    pub(crate) async fn set_at(began: DateTime<Utc>, variables: &[(&str, &str)]) -> Self {
        let clock = MachineClock::at(began);
        let stage = Stage::set_with_clock(variables, TestClock::at(began), Arc::new(clock.clone())).await;
        let jira = FakeJira::with_world(JiraSettings::default(), &World::new()).unwrap();
        jira.add_token(NewToken::new(TOKEN, "ada"));
        let account = AddAccount {
            profile: profile(),
            provider: Provider::Jira,
            url: Some(jira.site()),
            name: Some("acme".to_owned()),
            token: Some(Token::new(TOKEN.to_owned())),
            email: Some("ada@example.com".to_owned()),
            projects: None,
            collects: None,
        };
        stage.engine.add_account(account).await.unwrap();
        jira.reset_requests();
        let history = Db::open(&stage.database()).unwrap();
        let supervisor = Supervisor::new(stage.engine.clone());
        Self { stage, jira, clock, supervisor, asleep: ALL, began, history, runs: Vec::new() }
    }

    /// After both loops have run for the first time.
    pub(crate) async fn started(variables: &[(&str, &str)]) -> (Self, Worker) {
        let mut background = Self::set(variables).await;
        let worker = background.start().await;
        (background, worker)
    }

    /// Starts the worker and waits until what runs at once has run.
    pub(crate) async fn start(&mut self) -> Worker {
        let worker = self.worker().await;
        self.settle().await;
        worker
    }

    /// Starts the worker.
    pub(crate) async fn worker(&self) -> Worker {
        Worker::start(self.seat().await, &self.supervisor, self.watchman())
    }

    /// Takes the seat, which must be free. It may take some milliseconds: the fake service's `git`, while it is being
    /// started, has everything open that this process has, locks included.
    pub(crate) async fn seat(&self) -> Seat {
        let deadline = Instant::now() + Duration::from_secs(2);
        loop {
            if let Some(seat) = Seat::take(self.engine()).unwrap() {
                return seat;
            }
            assert!(Instant::now() < deadline, "somebody has the seat");
            sleep(Duration::from_millis(2)).await;
        }
    }

    /// Somebody who hears nothing of the machine but what the clock tells.
    pub(crate) fn watchman(&self) -> Watchman {
        #[cfg(not(any(target_os = "macos", windows)))]
        {
            let nobody = "unix:path=/nonexistent/bus";
            let buses = machine::Buses::at(nobody, nobody, PathBuf::from("/nonexistent"));
            machine::follow_on(buses, Arc::new(self.clock.clone()))
        }
        #[cfg(any(target_os = "macos", windows))]
        machine::follow(Arc::new(self.clock.clone()))
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.stage.engine
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// So many minutes go by, one after the other.
    pub(crate) async fn pass(&mut self, minutes: usize) {
        self.pass_in_steps(TimeDelta::minutes(1), minutes).await;
    }

    /// So many steps go by, and what each of them causes is done before the next.
    pub(crate) async fn pass_in_steps(&mut self, step: TimeDelta, count: usize) {
        for _ in 0..count {
            self.clock.pass(step);
            self.settle().await;
        }
    }

    /// Waits until nothing happens any more before the clock is moved, and takes down what has run.
    pub(crate) async fn settle(&mut self) {
        self.clock.settled(self.asleep).await;
        self.take_down().await;
    }

    /// Waits until so many runs of a loop have ended.
    pub(crate) async fn ran(&mut self, of: Loop, count: usize) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            self.take_down().await;
            let ran = self.runs(of).len();
            if count <= ran {
                return;
            }
            assert!(Instant::now() < deadline, "{count} runs of {of}, but {ran}");
            sleep(Duration::from_millis(2)).await;
        }
    }

    async fn take_down(&mut self) {
        for of in BOTH {
            let last = self.history.read(move |tx| tx.last_run(ProfileId(1), of)).await.unwrap();
            self.runs.extend(last.filter(|run| self.runs.iter().all(|known| known.id != run.id)));
        }
    }

    /// As a worker leaves it whose network is metered.
    pub(crate) async fn wait_for_another_network(&self) {
        let row = DueRow { due_at: self.now(), is_metered: true, skipped: 0 };
        self.history.write(move |tx| tx.set_due(Loop::Commits, &row)).await.unwrap();
    }

    /// The runs of a loop so far.
    pub(crate) fn runs(&self, of: Loop) -> Vec<&Run> {
        self.runs.iter().filter(|run| run.sync_loop == of).collect()
    }

    /// The minute in which each of them began, and why.
    pub(crate) fn begun(&self, of: Loop) -> Vec<(i64, Trigger)> {
        self.runs(of).into_iter().map(|run| (self.minute(run.started_at), run.trigger)).collect()
    }

    /// How each of them ended.
    pub(crate) fn outcomes(&self, of: Loop) -> Vec<Outcome> {
        self.runs(of).into_iter().map(|run| run.outcome.unwrap()).collect()
    }

    pub(crate) fn minute(&self, moment: DateTime<Utc>) -> i64 {
        (moment - self.began).num_minutes()
    }

    pub(crate) async fn status(&self, of: Loop) -> LoopStatusDto {
        let status = self.engine().status(&profile()).await.unwrap();
        match of {
            Loop::Commits => status.commits,
            Loop::Jira => status.jira,
        }
    }

    /// In which minute the loop runs next.
    pub(crate) async fn next(&self, of: Loop) -> Option<i64> {
        self.status(of).await.next_sync.map(|next| self.minute(next))
    }

    /// Waits until the status of a loop is so.
    pub(crate) async fn until(&self, of: Loop, what: &str, is_so: impl Fn(&LoopStatusDto) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let status = self.status(of).await;
            if is_so(&status) {
                return;
            }
            assert!(Instant::now() < deadline, "{what}: not within {PATIENCE:?}, but {status:?}");
            sleep(Duration::from_millis(2)).await;
        }
    }

    /// Waits until a loop runs next in this minute.
    pub(crate) async fn until_next(&self, of: Loop, minute: i64) {
        let is_so = |status: &LoopStatusDto| status.next_sync.map(|next| self.minute(next)) == Some(minute);
        self.until(of, &format!("the next run in minute {minute}"), is_so).await;
    }
}
