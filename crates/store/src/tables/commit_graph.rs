//! Table `commit_graph`: the shape of everything ever seen, so that membership in branches is computed here
//! instead of asked for.

use pdt_domain::commit::Commit;
use pdt_domain::graph::Standing;
use pdt_domain::ids::{RepositoryId, Sha};
use rusqlite::Row;

use crate::columns::{Columns, unreadable};
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// A row of `commit_graph`.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphNode {
    /// The commit.
    pub sha: Sha,
    /// Its parents in git's order.
    pub parents: Vec<Sha>,
    /// How PDT regards it; a kept one has a row in `commits`.
    pub standing: Standing,
}

impl GraphNode {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let parents: String = row.get("parents")?;
        Ok(Self {
            sha: row.checked("sha")?,
            parents: parents
                .split_ascii_whitespace()
                .map(|text| Sha::parse(text).map_err(unreadable))
                .collect::<Result<_, _>>()?,
            standing: standing_of(row.get("standing")?),
        })
    }
}

impl ReadTx<'_> {
    /// Every commit that was ever seen in a repository, in no particular order.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn graph_nodes(&self, repository: RepositoryId) -> Result<Vec<GraphNode>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT sha, parents, standing FROM commit_graph WHERE repository_id = ?1")?;
        let rows = statement.query_map([repository.0], GraphNode::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

impl WriteTx<'_> {
    /// Notes a commit's place in history. Its standing may rise, never fall.
    pub(super) fn store_graph_node(
        &self,
        repository: RepositoryId,
        commit: &Commit,
        standing: Standing,
    ) -> Result<(), StoreError> {
        let parents = commit.parents.iter().map(Sha::as_str).collect::<Vec<_>>().join(" ");
        self.conn
            .prepare_cached(
                "INSERT INTO commit_graph (repository_id, sha, parents, standing) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (repository_id, sha) DO UPDATE SET standing = excluded.standing
                 WHERE standing < excluded.standing",
            )?
            .execute((repository.0, commit.sha.as_str(), parents, number_of(standing)))?;
        Ok(())
    }
}

fn number_of(standing: Standing) -> i64 {
    match standing {
        Standing::Outside => 0,
        Standing::Passed => 1,
        Standing::Kept => 2,
    }
}

/// The table allows no other numbers than these three.
fn standing_of(number: i64) -> Standing {
    match number {
        0 => Standing::Outside,
        1 => Standing::Passed,
        _ => Standing::Kept,
    }
}
