//! What GitLab sends, as far as PDT reads it. <https://docs.gitlab.com/api/>

use chrono::{DateTime, NaiveDate, Utc};
use pdt_domain::address::BaseUrl;
use pdt_domain::commit::{self, Tip};
use pdt_domain::ids::Sha;
use serde::Deserialize;

use crate::source::RemoteRepository;
use crate::without_final_line_ends;

#[derive(Deserialize)]
pub(super) struct User {
    pub(super) username: String,
}

#[derive(Deserialize)]
pub(super) struct Token {
    #[serde(default)]
    pub(super) scopes: Vec<String>,
    pub(super) expires_at: Option<NaiveDate>,
}

#[derive(Deserialize)]
pub(super) struct Project {
    id: u64,
    path: String,
    path_with_namespace: String,
    default_branch: Option<String>,
    empty_repo: Option<bool>,
}

impl Project {
    /// Whether nothing was ever pushed.
    pub(super) fn is_empty(&self) -> bool {
        self.empty_repo.unwrap_or(self.default_branch.is_none())
    }
}

impl Project {
    /// The project of the GitLab at `base`.
    pub(super) fn at(self, base: &BaseUrl) -> RemoteRepository {
        let owner = self.path_with_namespace.rsplit_once('/').map_or("", |(namespace, _)| namespace);
        RemoteRepository {
            remote_id: self.id.to_string(),
            owner: owner.to_owned(),
            name: self.path,
            url: format!("{}/{}", base.as_str(), self.path_with_namespace),
            default_branch: self.default_branch.filter(|name| !name.is_empty()),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Branch {
    name: String,
    commit: Commit,
}

impl From<Branch> for Tip {
    fn from(wire: Branch) -> Self {
        Self { branch: wire.name, sha: wire.commit.id, committed_at: wire.commit.committed_date }
    }
}

#[derive(Deserialize)]
pub(super) struct Commit {
    id: Sha,
    parent_ids: Option<Vec<Sha>>,
    message: Option<String>,
    author_name: Option<String>,
    author_email: Option<String>,
    authored_date: Option<DateTime<Utc>>,
    committed_date: Option<DateTime<Utc>>,
}

impl From<Commit> for commit::Commit {
    fn from(wire: Commit) -> Self {
        let authored_at = wire.authored_date.or(wire.committed_date).unwrap_or(DateTime::UNIX_EPOCH);
        Self {
            sha: wire.id,
            parents: wire.parent_ids.unwrap_or_default(),
            message: without_final_line_ends(wire.message.unwrap_or_default()),
            author: wire.author_name.unwrap_or_default(),
            author_email: wire.author_email.unwrap_or_default(),
            authored_at,
            committed_at: wire.committed_date.unwrap_or(authored_at),
        }
    }
}
