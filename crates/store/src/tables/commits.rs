//! Table `commits`: what PDT is there for. A row is never overwritten by what a service says later.

use chrono::{DateTime, Utc};
use pdt_domain::commit::Commit;
use pdt_domain::graph::{Placed, Standing};
use pdt_domain::ids::{CommitId, ProfileId, RepositoryId, Sha};
use rusqlite::{Row, named_params};

use crate::columns::{Columns, time_text};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// What became of a page of commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StoredPage {
    /// How many rows of `commits` are new.
    pub new_commits: usize,
}

/// A commit whose branch's name was not yet searched for card keys.
#[derive(Debug, Clone, PartialEq)]
pub struct UnnamedCommit {
    /// The commit.
    pub sha: Sha,
    /// The branch that it was first seen on, and that is not the default branch.
    pub branch: String,
}

/// A commit found by the beginning of its SHA.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundCommit {
    /// Its row.
    pub id: CommitId,
    /// The whole SHA.
    pub sha: Sha,
    /// Its repository as `owner/name`.
    pub repo: String,
}

impl FoundCommit {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { id: CommitId(row.get("id")?), sha: row.checked("sha")?, repo: row.get("repo")? })
    }
}

impl ReadTx<'_> {
    /// The commits of a profile whose SHA begins with `beginning`, in any letter case; the same SHA in several
    /// repositories is several commits. A text that is not hexadecimal begins none.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn find_commits(&self, profile: ProfileId, beginning: &str) -> Result<Vec<FoundCommit>, StoreError> {
        if !beginning.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(Vec::new());
        }
        // `g` is the letter after the last hexadecimal digit: the range is all that the text begins.
        let mut statement = self.conn.prepare_cached(
            "SELECT c.id, c.sha, r.owner || '/' || r.name AS repo
             FROM accounts AS a
             JOIN repositories AS r ON r.account_id = a.id
             JOIN commits AS c ON c.repository_id = r.id AND c.sha >= ?2 AND c.sha < ?2 || 'g'
             WHERE a.profile_id = ?1 ORDER BY c.sha, r.owner, r.name, c.id",
        )?;
        let values = (profile.0, beginning.to_ascii_lowercase());
        let rows = statement.query_map(values, FoundCommit::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

impl ReadTx<'_> {
    /// The commits of a repository whose branch's name was not yet searched for card keys, as far as the default
    /// branch does not reach them.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn unnamed_commits(&self, repository: RepositoryId) -> Result<Vec<UnnamedCommit>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT c.sha, b.name AS branch
             FROM commits AS c
             JOIN branches AS b ON b.id = c.first_branch_id
             WHERE c.repository_id = ?1 AND c.is_named = 0 AND NOT EXISTS (
                 SELECT 1 FROM commit_branches AS cb
                 JOIN branches AS d ON d.id = cb.branch_id
                 JOIN repositories AS r ON r.id = d.repository_id
                 WHERE cb.commit_id = c.id AND cb.reaches = 1
                     AND d.name = r.default_branch AND d.deleted_at IS NULL)
             ORDER BY c.id",
        )?;
        let unnamed =
            |row: &Row<'_>| Ok(UnnamedCommit { sha: row.checked("sha")?, branch: row.get("branch")? });
        let rows = statement.query_map([repository.0], unnamed)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

impl WriteTx<'_> {
    /// Notes that the names of all branches on which commits of a repository were first seen have been searched.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn mark_named(&self, repository: RepositoryId) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE commits SET is_named = 1
                 WHERE repository_id = ?1 AND is_named = 0 AND first_branch_id IS NOT NULL",
            )?
            .execute([repository.0])?;
        Ok(())
    }

    /// Stores a page of commits: a row for each kept one, a place in history for all. Those that are there already
    /// stay as they are, so that a page may come twice.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn store_commits(
        &self,
        repository: RepositoryId,
        page: &[Placed],
        now: DateTime<Utc>,
    ) -> Result<StoredPage, StoreError> {
        let mut stored = StoredPage::default();
        for Placed { commit, standing } in page {
            self.store_graph_node(repository, commit, *standing)?;
            if *standing == Standing::Kept {
                stored.new_commits += self.insert_commit(repository, commit, now)?;
            }
        }
        Ok(stored)
    }

    fn insert_commit(
        &self,
        repository: RepositoryId,
        commit: &Commit,
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let inserted = self
            .conn
            .prepare_cached(
                "INSERT INTO commits (repository_id, sha, message, author, author_email, date, committed_at,
                     first_seen_at)
                 VALUES (:repository_id, :sha, :message, :author, :author_email, :date, :committed_at, :now)
                 ON CONFLICT (repository_id, sha) DO NOTHING",
            )?
            .execute(named_params! {
                ":repository_id": repository.0,
                ":sha": commit.sha.as_str(),
                ":message": commit.message,
                ":author": commit.author,
                ":author_email": commit.author_email,
                ":date": time_text(commit.authored_at),
                ":committed_at": time_text(commit.committed_at),
                ":now": time_text(now),
            })?;
        Ok(inserted)
    }
}
