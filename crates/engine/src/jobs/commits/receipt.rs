//! What a run leaves behind: what came, what is missing, and why.

use chrono::{DateTime, Utc};
use pdt_domain::ids::RepositoryId;
use pdt_domain::provider::Provider;
use pdt_domain::run::Outcome;
use pdt_remote::http::{Kind, RemoteError};
use pdt_store::StoreError;
use serde::Serialize;

/// Why something could not be brought up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// A sentence for a person.
    pub(crate) message: String,
    /// The service wants no request of this account before.
    pub(crate) limited_until: Option<DateTime<Utc>>,
    /// The service does not accept the account's token.
    pub(crate) token_refused: bool,
    /// The service said definitely that this repository cannot be read.
    pub(crate) refused: bool,
    /// There is no network.
    pub(crate) offline: bool,
}

impl Fault {
    /// A fault that tells nothing about repository, token or limit.
    pub(crate) fn saying(message: impl Into<String>) -> Self {
        let message = message.into();
        Self { message, limited_until: None, token_refused: false, refused: false, offline: false }
    }

    /// What a service's answer means for a repository.
    pub(crate) fn from_remote(error: &RemoteError) -> Self {
        let kind = &error.kind;
        let limited_until = if let Kind::Limited { until } = kind { Some(*until) } else { None };
        let token_refused = *kind == Kind::TokenRefused;
        // A token is the account's: another one may read the repository.
        let refused = kind.is_refusal() && !token_refused;
        let offline = *kind == Kind::Offline;
        Self { message: error.to_string(), limited_until, token_refused, refused, offline }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::saying(error.to_string())
    }
}

/// One repository's part of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RepositoryReceipt {
    pub(crate) id: RepositoryId,
    pub(crate) name: String,
    pub(crate) provider: Provider,
    pub(crate) new_commits: usize,
    /// Commits received, those already known included.
    pub(crate) total_fetched: usize,
    /// The service said that nothing had changed.
    pub(crate) unchanged: bool,
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
            unchanged: false,
            branches: 0,
            changed_branches: 0,
            failed_branches: Vec::new(),
            fault: None,
        }
    }

    /// What went wrong, in one sentence; `None` where nothing did.
    pub(crate) fn error(&self) -> Option<String> {
        let first = self.failed_branches.first().map(|(name, error)| match self.failed_branches.len() {
            1 => format!("Branch {name:?} could not be read: {error}"),
            several => format!("{several} branches could not be read, the first is {name:?}: {error}"),
        });
        self.fault.as_ref().map(|fault| fault.message.clone()).or(first)
    }
}

/// A run's receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Receipt {
    pub(crate) repositories: Vec<RepositoryReceipt>,
    /// Every HTTP request, tries and unchanged answers included.
    pub(crate) requests: u64,
    cancelled: bool,
}

impl Receipt {
    pub(crate) fn new(repositories: Vec<RepositoryReceipt>, requests: u64, cancelled: bool) -> Self {
        Self { repositories, requests, cancelled }
    }

    pub(crate) fn new_commits(&self) -> usize {
        self.repositories.iter().map(|repository| repository.new_commits).sum()
    }

    fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.repositories.iter().filter_map(|repository| repository.fault.as_ref())
    }

    /// Until when an account of this run is limited, the latest of several.
    pub(crate) fn limited_until(&self) -> Option<DateTime<Utc>> {
        self.faults().filter_map(|fault| fault.limited_until).max()
    }

    /// A limit or a stop is never a failure; a run without network was not to be had; a run of which nothing
    /// came has failed; one of which something is missing is partial.
    pub(crate) fn outcome(&self) -> Outcome {
        let all = |test: fn(&Fault) -> bool| {
            self.faults().count() == self.repositories.len() && self.faults().all(test)
        };
        let clean = self.repositories.iter().all(|repository| repository.error().is_none());
        if clean {
            Outcome::Ok
        } else if all(|fault| fault.offline) {
            Outcome::Skipped
        } else if self.cancelled || self.limited_until().is_some() || !all(|_| true) {
            Outcome::Partial
        } else {
            Outcome::Failed
        }
    }

    /// Why the run was skipped, cut short or must wait.
    pub(crate) fn reason(&self) -> Option<String> {
        if self.cancelled {
            return Some("stopped before it was done".to_owned());
        }
        match self.limited_until() {
            Some(until) => Some(format!("limited until {}", until.format("%Y-%m-%dT%H:%M:%SZ"))),
            None => (self.outcome() == Outcome::Skipped).then(|| "this machine is offline".to_owned()),
        }
    }

    /// The run's error in one sentence; `None` after a clean run.
    pub(crate) fn error(&self) -> Option<String> {
        let failed: Vec<_> = self
            .repositories
            .iter()
            .filter_map(|repository| Some((repository.name.as_str(), repository.error()?)))
            .collect();
        let (name, error) = failed.first()?;
        Some(match failed.len() {
            1 => format!("{name}: {error}"),
            several => {
                format!("{several} of {} repositories failed, first {name}: {error}", self.repositories.len())
            }
        })
    }

    /// The receipt as it is stored with the run.
    pub(crate) fn to_json(&self) -> String {
        let repositories: Vec<_> = self.repositories.iter().map(Stored::of).collect();
        serde_json::json!({ "repositories": repositories }).to_string()
    }
}

/// A repository's part as it is stored. Its keys may grow and never change their meaning.
#[derive(Serialize)]
struct Stored<'a> {
    repo_id: RepositoryId,
    repo_name: &'a str,
    new_commits: usize,
    total_fetched: usize,
    unchanged: bool,
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
            unchanged: receipt.unchanged,
            branches: receipt.branches,
            changed_branches: receipt.changed_branches,
            failed_branches: failed.map(|(branch, error)| FailedBranch { branch, error }).collect(),
            error: receipt.error(),
        }
    }
}
