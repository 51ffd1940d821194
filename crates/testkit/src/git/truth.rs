//! What git itself says: the truth that everything else is measured against.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};

use super::GitRepo;
use super::program::git;

impl GitRepo {
    /// The names of all branches, sorted by bytes.
    ///
    /// # Errors
    /// What git says.
    pub fn branches(&self) -> Result<Vec<String>> {
        let printed = git(self.path(), &["for-each-ref", "--format=%(refname)", "refs/heads/"])?;
        let text = String::from_utf8_lossy(&printed);
        Ok(text.lines().filter_map(|line| line.strip_prefix("refs/heads/")).map(str::to_owned).collect())
    }

    /// All commits that `branch` reaches, newest first as `git rev-list` has them.
    ///
    /// # Errors
    /// Where there is no such branch.
    pub fn rev_list(&self, branch: &str) -> Result<Vec<String>> {
        let printed = git(self.path(), &["rev-list", &format!("refs/heads/{branch}"), "--"])?;
        Ok(String::from_utf8_lossy(&printed).lines().map(str::to_owned).collect())
    }

    /// Every (commit, branch) pair: which branch reaches which commit, whatever its date.
    ///
    /// # Errors
    /// What git says.
    pub fn pairs(&self) -> Result<BTreeSet<(String, String)>> {
        self.pairs_in_window(DateTime::<Utc>::MIN_UTC)
    }

    /// The (commit, branch) pairs of commits that were committed at `since` or later.
    ///
    /// Reads *all* commits of each branch and filters by committer date afterwards. `git log --since` would
    /// not do: it stops at the first commit that is too old, and so misses what lies behind a commit with a
    /// wrong clock.
    ///
    /// # Errors
    /// What git says.
    pub fn pairs_in_window(&self, since: DateTime<Utc>) -> Result<BTreeSet<(String, String)>> {
        let branches = self.branches()?;
        let share = branches.len().div_ceil(4).max(1);
        std::thread::scope(|scope| {
            let readers: Vec<_> = branches
                .chunks(share)
                .map(|part| scope.spawn(move || self.pairs_of(part, since.timestamp())))
                .collect();
            let mut pairs = BTreeSet::new();
            for reader in readers {
                let part = reader.join().map_err(|_| anyhow::anyhow!("reading a branch panicked"))?;
                pairs.extend(part?);
            }
            Ok(pairs)
        })
    }

    fn pairs_of(&self, branches: &[String], since: i64) -> Result<Vec<(String, String)>> {
        let mut pairs = Vec::new();
        for branch in branches {
            let printed =
                git(self.path(), &["log", "--format=%H %ct", &format!("refs/heads/{branch}"), "--"])?;
            for line in String::from_utf8_lossy(&printed).lines() {
                let (sha, committed) = line.split_once(' ').context("git log printed an unknown line")?;
                if committed.parse::<i64>()? >= since {
                    pairs.push((sha.to_owned(), branch.clone()));
                }
            }
        }
        Ok(pairs)
    }

    /// What `git log` prints for these arguments with a format of `%H`: for comparing orders.
    ///
    /// # Errors
    /// What git says.
    pub fn log(&self, arguments: &[&str]) -> Result<Vec<String>> {
        let all = [&["log", "--format=%H"], arguments].concat();
        let printed = git(self.path(), &all)?;
        Ok(String::from_utf8_lossy(&printed).lines().map(str::to_owned).collect())
    }
}
