//! The state of the runs that are going on, out of the steps that they tell.

mod commits;
mod jira;

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use pdt_domain::ids::Name;
use tokio::sync::watch;

use crate::api::LiveDto;
use crate::progress::{CommitStep, JiraStep, Progress};
use commits::CommitsRun;
use jira::JiraRun;

/// Who a run is, for the board.
#[derive(Debug, Clone)]
pub(crate) struct Runner {
    /// No two runs have the same.
    pub(crate) serial: u64,
    pub(crate) profile: Name,
    pub(crate) started_at: DateTime<Utc>,
}

/// Shows the runs that are going on to all who look. One run of a loop at a time gets so far as to tell a step:
/// the guard sees to that.
#[derive(Debug)]
pub(crate) struct Board {
    runs: Mutex<Runs>,
    shown: watch::Sender<LiveDto>,
}

/// What runs now, each with the serial of its runner.
#[derive(Debug, Default)]
struct Runs {
    commits: Option<(u64, CommitsRun)>,
    jira: Option<(u64, JiraRun)>,
}

impl Board {
    pub(crate) fn new() -> Self {
        Self { runs: Mutex::default(), shown: watch::Sender::new(LiveDto::default()) }
    }

    pub(crate) fn watch(&self) -> watch::Receiver<LiveDto> {
        self.shown.subscribe()
    }

    /// Takes a step of a run. The first one puts the run onto the board.
    pub(crate) fn take(&self, runner: &Runner, step: &Progress) {
        self.change(|runs| match step {
            Progress::Commits(step) => runs.take_commits(runner, step),
            Progress::Jira(step) => runs.take_jira(runner, step),
        });
    }

    /// Takes a run off the board, however it ended; another one that has begun meanwhile stays.
    pub(crate) fn clear(&self, runner: &Runner) {
        self.change(|runs| {
            runs.commits.take_if(|(serial, _)| *serial == runner.serial);
            runs.jira.take_if(|(serial, _)| *serial == runner.serial);
        });
    }

    fn change(&self, change: impl FnOnce(&mut Runs)) {
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut runs);
        let now = LiveDto {
            commits: runs.commits.as_ref().map(|(_, run)| run.shown.clone()),
            jira: runs.jira.as_ref().map(|(_, run)| run.shown.clone()),
        };
        self.shown.send_if_modified(|shown| {
            let is_new = *shown != now;
            *shown = now;
            is_new
        });
    }
}

impl Runs {
    fn take_commits(&mut self, runner: &Runner, step: &CommitStep) {
        match (step, &mut self.commits) {
            (CommitStep::Begun { repositories }, run) => {
                *run = Some((runner.serial, CommitsRun::begun(runner, *repositories)));
            }
            (step, Some((serial, run))) if *serial == runner.serial => run.take(step),
            // It is over, or another one has begun.
            (_, _) => {}
        }
    }

    fn take_jira(&mut self, runner: &Runner, step: &JiraStep) {
        match (step, &mut self.jira) {
            (JiraStep::Begun { .. }, run) => *run = Some((runner.serial, JiraRun::begun(runner))),
            (step, Some((serial, run))) if *serial == runner.serial => run.take(step),
            (_, _) => {}
        }
    }
}

#[cfg(test)]
mod tests;
