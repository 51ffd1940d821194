//! Table `commit_branches`: which branches reach a commit, and which once did.

use std::collections::HashSet;

use pdt_domain::ids::{BranchId, RepositoryId, Sha};

use crate::columns::Columns;
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

impl ReadTx<'_> {
    /// The stored commits that a branch reaches; of a branch that is gone, those that it reached at last.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn reached_by(&self, branch: BranchId) -> Result<HashSet<Sha>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT c.sha FROM commit_branches AS cb JOIN commits AS c ON c.id = cb.commit_id
             WHERE cb.branch_id = ?1 AND cb.reaches = 1",
        )?;
        let shas = statement.query_map([branch.0], |row| row.checked("sha"))?.collect::<Result<_, _>>()?;
        Ok(shas)
    }
}

impl WriteTx<'_> {
    /// Records which commits a branch has come to reach, and which it reaches no longer. A commit's first
    /// branch is the one that was recorded first. SHAs without a row in `commits` are passed over.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn set_reach(
        &self,
        repository: RepositoryId,
        branch: BranchId,
        added: &[Sha],
        gone: &[Sha],
    ) -> Result<(), StoreError> {
        self.add_reach(repository, branch, added)?;
        let mut lose = self.conn.prepare_cached(
            "UPDATE commit_branches SET reaches = 0
             WHERE branch_id = ?1 AND reaches = 1
                 AND commit_id = (SELECT id FROM commits WHERE repository_id = ?2 AND sha = ?3)",
        )?;
        for sha in gone {
            lose.execute((branch.0, repository.0, sha.as_str()))?;
        }
        Ok(())
    }

    fn add_reach(&self, repository: RepositoryId, branch: BranchId, added: &[Sha]) -> Result<(), StoreError> {
        let mut gain = self.conn.prepare_cached(
            "INSERT INTO commit_branches (branch_id, commit_id, reaches)
             SELECT ?1, id, 1 FROM commits WHERE repository_id = ?2 AND sha = ?3
             ON CONFLICT (branch_id, commit_id) DO UPDATE SET reaches = 1 WHERE reaches = 0",
        )?;
        let mut be_first = self.conn.prepare_cached(
            "UPDATE commits SET first_branch_id = ?1
             WHERE repository_id = ?2 AND sha = ?3 AND first_branch_id IS NULL",
        )?;
        for sha in added {
            gain.execute((branch.0, repository.0, sha.as_str()))?;
            be_first.execute((branch.0, repository.0, sha.as_str()))?;
        }
        Ok(())
    }

    /// Brings `commits.branch` of a repository up to date: the default branch where it reaches the commit, else
    /// the branch that the commit was first seen on. Answers how many commits changed.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn refresh_home_branches(&self, repository: RepositoryId) -> Result<usize, StoreError> {
        let changed = self
            .conn
            .prepare_cached(
                "UPDATE commits SET branch = home.name
                 FROM (
                     SELECT c.id AS commit_id, coalesce(main.name, first.name) AS name
                     FROM commits AS c
                     JOIN repositories AS r ON r.id = c.repository_id
                     LEFT JOIN branches AS first ON first.id = c.first_branch_id
                     LEFT JOIN branches AS main
                         ON main.repository_id = r.id AND main.name = r.default_branch
                         AND main.deleted_at IS NULL
                         AND EXISTS (
                             SELECT 1 FROM commit_branches AS cb
                             WHERE cb.branch_id = main.id AND cb.commit_id = c.id AND cb.reaches = 1
                         )
                     WHERE c.repository_id = ?1
                 ) AS home
                 WHERE commits.id = home.commit_id AND commits.branch IS NOT home.name",
            )?
            .execute([repository.0])?;
        Ok(changed)
    }
}
