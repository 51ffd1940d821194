//! What must be in the database: git's own word, kept up to date over the steps of a scenario.

use std::collections::BTreeSet;

use chrono::{TimeDelta, Utc};
use pdt_testkit::GitRepo;

use super::Pdt;

/// (commit, branch).
pub(crate) type Pairs = BTreeSet<(String, String)>;

/// Which commits a repository's record must hold: those in the window at the first run, and whatever was
/// pushed since.
pub(crate) struct Truth<'a> {
    repo: &'a GitRepo,
    recorded: BTreeSet<String>,
    seen: BTreeSet<String>,
}

impl<'a> Truth<'a> {
    /// The state of a repository right before its first run.
    pub(crate) fn at_first_run(repo: &'a GitRepo) -> Self {
        let window = repo.pairs_in_window(Utc::now() - TimeDelta::days(30)).expect("git answers");
        let seen = shas(&repo.pairs().expect("git answers"));
        Self { repo, recorded: shas(&window), seen }
    }

    /// Takes note of what was pushed since the last look.
    pub(crate) fn pushed(&mut self) {
        let now = shas(&self.repo.pairs().expect("git answers"));
        self.recorded.extend(now.difference(&self.seen).cloned());
        self.seen.extend(now);
    }

    /// The pairs that must be in the database now.
    pub(crate) fn pairs(&self) -> Pairs {
        let all = self.repo.pairs().expect("git answers");
        all.into_iter().filter(|(sha, _)| self.recorded.contains(sha)).collect()
    }

    /// Asserts that `pdt commit list` says the same as git.
    pub(crate) fn assert_held_by(&self, pdt: &Pdt, repository: &str, after: &str) {
        let (truth, held) = (self.pairs(), pairs_of(pdt, repository));
        let missing: Vec<_> = truth.difference(&held).take(5).collect();
        let false_ones: Vec<_> = held.difference(&truth).take(5).collect();
        assert!(
            missing.is_empty() && false_ones.is_empty(),
            "{after}: {} pairs in git, {} in the database; missing {missing:?}, not in git {false_ones:?}",
            truth.len(),
            held.len(),
        );
    }
}

fn shas(pairs: &Pairs) -> BTreeSet<String> {
    pairs.iter().map(|(sha, _)| sha.clone()).collect()
}

/// The pairs that `pdt commit list` shows for a repository.
pub(crate) fn pairs_of(pdt: &Pdt, repository: &str) -> Pairs {
    let listed = pdt.json(&["commit", "list", "--repo", repository]);
    let commits = listed.as_array().expect("a list");
    let pair = |commit: &serde_json::Value, branch: &serde_json::Value| {
        (commit["sha"].as_str().unwrap().to_owned(), branch.as_str().unwrap().to_owned())
    };
    commits
        .iter()
        .flat_map(|commit| {
            commit["branches"].as_array().unwrap().iter().map(move |branch| pair(commit, branch))
        })
        .collect()
}
