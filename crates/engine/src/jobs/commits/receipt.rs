//! What a run leaves behind of one repository.

use pdt_domain::ids::RepositoryId;
use pdt_domain::provider::Provider;
use serde::Serialize;
use serde_json::Value;

use crate::jobs::fault::Fault;
use crate::jobs::receipt::Entry;

/// One repository's part of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RepositoryReceipt {
    pub(crate) id: RepositoryId,
    pub(crate) name: String,
    pub(crate) provider: Provider,
    pub(crate) new_commits: usize,
    /// Commits received, those already known included.
    pub(crate) total_fetched: usize,
    /// Branches on the server.
    pub(crate) branches: usize,
    /// Branches that were read because they had moved.
    pub(crate) changed_branches: usize,
    /// Branches that could not be read; each keeps its place.
    pub(crate) failed_branches: Vec<(String, String)>,
    /// What kept the whole repository from being read.
    pub(crate) fault: Option<Fault>,
}

impl RepositoryReceipt {
    pub(crate) fn new(id: RepositoryId, name: String, provider: Provider) -> Self {
        Self {
            id,
            name,
            provider,
            new_commits: 0,
            total_fetched: 0,
            branches: 0,
            changed_branches: 0,
            failed_branches: Vec::new(),
            fault: None,
        }
    }
}

impl Entry for RepositoryReceipt {
    const THINGS: &'static str = "repositories";

    fn name(&self) -> &str {
        &self.name
    }

    fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    fn error(&self) -> Option<String> {
        let first = self.failed_branches.first().map(|(name, error)| match self.failed_branches.len() {
            1 => format!("Branch {name:?} could not be read: {error}"),
            several => format!("{several} branches could not be read, the first is {name:?}: {error}"),
        });
        self.fault.as_ref().map(|fault| fault.message.clone()).or(first)
    }

    fn unchanged_row(&self) -> Option<i64> {
        let is_unchanged = self.error().is_none() && self.changed_branches == 0 && self.total_fetched == 0;
        is_unchanged.then_some(self.id.0)
    }

    fn stored(&self) -> Value {
        serde_json::json!(Stored::of(self))
    }
}

/// A repository's part as it is stored. Its keys may grow and never change their meaning.
#[derive(Serialize)]
struct Stored<'a> {
    repo_id: RepositoryId,
    repo_name: &'a str,
    new_commits: usize,
    total_fetched: usize,
    branches: usize,
    changed_branches: usize,
    failed_branches: Vec<FailedBranch<'a>>,
    error: Option<String>,
}

#[derive(Serialize)]
struct FailedBranch<'a> {
    branch: &'a str,
    error: &'a str,
}

impl<'a> Stored<'a> {
    fn of(receipt: &'a RepositoryReceipt) -> Self {
        let failed = receipt.failed_branches.iter();
        Self {
            repo_id: receipt.id,
            repo_name: &receipt.name,
            new_commits: receipt.new_commits,
            total_fetched: receipt.total_fetched,
            branches: receipt.branches,
            changed_branches: receipt.changed_branches,
            failed_branches: failed.map(|(branch, error)| FailedBranch { branch, error }).collect(),
            error: receipt.error(),
        }
    }
}
