//! The run of the commits loop that is going on.

use std::collections::BTreeSet;

use pdt_domain::ids::RepositoryId;

use super::Runner;
use crate::api::{FailedDto, ReadingDto, RunDto};
use crate::progress::CommitStep;

/// A run as far as it has come.
#[derive(Debug)]
pub(super) struct CommitsRun {
    finished: BTreeSet<RepositoryId>,
    pub(super) shown: RunDto,
}

impl CommitsRun {
    pub(super) fn begun(runner: &Runner, of: usize) -> Self {
        let Runner { profile, started_at, .. } = runner.clone();
        let (reading, failed) = (Vec::new(), Vec::new());
        let shown = RunDto { profile, started_at, done: 0, of, new_commits: 0, reading, failed };
        Self { finished: BTreeSet::new(), shown }
    }

    /// Takes one more step. Steps come from several tasks: one of a repository that is done says nothing new.
    pub(super) fn take(&mut self, step: &CommitStep) {
        match step {
            CommitStep::Begun { repositories } => self.shown.of = *repositories,
            CommitStep::Repository { id, name } => {
                self.reading(*id, name);
            }
            CommitStep::Reading { id, name, branch, done, of, commits } => {
                if let Some(reading) = self.reading(*id, name) {
                    reading.name.clone_from(name);
                    reading.branch.clone_from(branch);
                    (reading.branches_done, reading.branches_of, reading.commits) = (*done, *of, *commits);
                }
            }
            CommitStep::Finished { id, name, new_commits, error } => {
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
