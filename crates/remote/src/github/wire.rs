//! What GitHub sends, as far as PDT reads it. <https://docs.github.com/en/rest>

use chrono::{DateTime, Utc};
use pdt_domain::address::BaseUrl;
use pdt_domain::commit::{self, Tip};
use pdt_domain::ids::Sha;
use serde::Deserialize;

use crate::source::RemoteRepository;
use crate::without_final_line_ends;

#[derive(Deserialize)]
pub(super) struct User {
    pub(super) login: String,
}

#[derive(Deserialize)]
pub(super) struct Repository {
    pub(super) id: u64,
    name: String,
    owner: Owner,
    default_branch: Option<String>,
}

#[derive(Deserialize)]
struct Owner {
    login: String,
}

impl Repository {
    /// The repository of the GitHub at `base`.
    pub(super) fn at(self, base: &BaseUrl) -> RemoteRepository {
        let owner = self.owner.login;
        RemoteRepository {
            remote_id: self.id.to_string(),
            url: format!("{}/{owner}/{}", base.as_str(), self.name),
            owner,
            name: self.name,
            default_branch: self.default_branch.filter(|name| !name.is_empty()),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Branch {
    name: String,
    commit: Pointer,
}

#[derive(Deserialize)]
struct Pointer {
    sha: Sha,
}

impl From<Branch> for Tip {
    fn from(wire: Branch) -> Self {
        Self { branch: wire.name, sha: wire.commit.sha, committed_at: None }
    }
}

#[derive(Deserialize)]
pub(super) struct Comparison {
    pub(super) total_commits: usize,
    pub(super) commits: Vec<Commit>,
}

#[derive(Deserialize)]
pub(super) struct Commit {
    sha: Sha,
    commit: Body,
    #[serde(default)]
    parents: Vec<Pointer>,
}

/// Author and committer may be null.
#[derive(Deserialize)]
struct Body {
    author: Option<Person>,
    committer: Option<Person>,
    #[serde(default)]
    message: String,
}

#[derive(Deserialize, Default)]
struct Person {
    name: Option<String>,
    email: Option<String>,
    date: Option<DateTime<Utc>>,
}

impl From<Commit> for commit::Commit {
    fn from(wire: Commit) -> Self {
        let committed_at = wire.commit.committer.and_then(|person| person.date);
        let author = wire.commit.author.unwrap_or_default();
        let authored_at = author.date.or(committed_at).unwrap_or(DateTime::UNIX_EPOCH);
        Self {
            sha: wire.sha,
            parents: wire.parents.into_iter().map(|parent| parent.sha).collect(),
            message: without_final_line_ends(wire.commit.message),
            author: author.name.unwrap_or_default(),
            author_email: author.email.unwrap_or_default(),
            authored_at,
            committed_at: committed_at.unwrap_or(authored_at),
        }
    }
}
