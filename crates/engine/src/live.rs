//! The state of the run that is going on, out of the steps that it tells.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use pdt_domain::ids::{Name, RepositoryId};
use tokio::sync::watch;

use crate::api::{FailedDto, LiveDto, ReadingDto, RunDto};
use crate::progress::Progress;

/// Who a run is, for the board.
#[derive(Debug, Clone)]
pub(crate) struct Runner {
    /// No two runs have the same.
    pub(crate) serial: u64,
    pub(crate) profile: Name,
    pub(crate) started_at: DateTime<Utc>,
}

/// Shows the run that is going on to all who look. One run at a time gets so far as to tell a step: the guard
/// sees to that.
#[derive(Debug)]
pub(crate) struct Board {
    run: Mutex<Option<Run>>,
    shown: watch::Sender<LiveDto>,
}

impl Board {
    pub(crate) fn new() -> Self {
        Self { run: Mutex::new(None), shown: watch::Sender::new(LiveDto::default()) }
    }

    pub(crate) fn watch(&self) -> watch::Receiver<LiveDto> {
        self.shown.subscribe()
    }

    /// Takes a step of a run. The first one puts the run onto the board.
    pub(crate) fn take(&self, runner: &Runner, step: &Progress) {
        self.change(|run| match (step, run) {
            (Progress::Begun { repositories }, run) => *run = Some(Run::begun(runner, *repositories)),
            (step, Some(run)) if run.serial == runner.serial => run.take(step),
            // It is over, or another one has begun.
            (_, _) => {}
        });
    }

    /// Takes a run off the board, however it ended; another one that has begun meanwhile stays.
    pub(crate) fn clear(&self, runner: &Runner) {
        self.change(|run| {
            run.take_if(|run| run.serial == runner.serial);
        });
    }

    fn change(&self, change: impl FnOnce(&mut Option<Run>)) {
        let mut run = self.run.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut run);
        let now = LiveDto { commits: run.as_ref().map(|run| run.shown.clone()) };
        self.shown.send_if_modified(|shown| {
            let is_new = *shown != now;
            *shown = now;
            is_new
        });
    }
}

/// A run as far as it has come.
#[derive(Debug)]
struct Run {
    serial: u64,
    finished: BTreeSet<RepositoryId>,
    shown: RunDto,
}

impl Run {
    fn begun(runner: &Runner, of: usize) -> Self {
        let Runner { serial, profile, started_at } = runner.clone();
        let (reading, failed) = (Vec::new(), Vec::new());
        let shown = RunDto { profile, started_at, done: 0, of, new_commits: 0, reading, failed };
        Self { serial, finished: BTreeSet::new(), shown }
    }

    /// Takes one more step. Steps come from several tasks: one of a repository that is done says nothing new.
    fn take(&mut self, step: &Progress) {
        match step {
            Progress::Begun { repositories } => self.shown.of = *repositories,
            Progress::Repository { id, name } => {
                self.reading(*id, name);
            }
            Progress::Reading { id, name, branch, done, of, commits } => {
                if let Some(reading) = self.reading(*id, name) {
                    reading.name.clone_from(name);
                    reading.branch.clone_from(branch);
                    (reading.branches_done, reading.branches_of, reading.commits) = (*done, *of, *commits);
                }
            }
            Progress::Finished { id, name, new_commits, error } => {
                if self.finished.insert(*id) {
                    self.finish(*id, name, *new_commits, error.as_ref());
                }
            }
        }
    }

    /// The line of a repository that is being read; none where it is done.
    fn reading(&mut self, id: RepositoryId, name: &str) -> Option<&mut ReadingDto> {
        if self.finished.contains(&id) {
            return None;
        }
        let all = &mut self.shown.reading;
        let at = all.iter().position(|reading| reading.id == id).unwrap_or_else(|| {
            let name = name.to_owned();
            all.push(ReadingDto { id, name, branch: None, branches_done: 0, branches_of: 0, commits: 0 });
            all.len() - 1
        });
        all.get_mut(at)
    }

    fn finish(&mut self, id: RepositoryId, name: &str, new_commits: usize, error: Option<&String>) {
        let shown = &mut self.shown;
        shown.reading.retain(|reading| reading.id != id);
        shown.failed.extend(error.map(|error| FailedDto { id, name: name.to_owned(), error: error.clone() }));
        shown.new_commits += new_commits;
        shown.done = self.finished.len();
        // More may come than was announced; then there are so many.
        shown.of = shown.of.max(shown.done);
    }
}

#[cfg(test)]
mod tests;
