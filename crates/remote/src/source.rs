//! The border between a sync and the services: a source tells where the branches stand and brings the commits
//! behind a tip that are not known yet. How it finds them is its own affair.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use futures::StreamExt;
use futures::stream::{self, BoxStream};
use pdt_domain::commit::{Commit, Tip};
use pdt_domain::graph::{History, Placed, Window};
use pdt_domain::ids::Sha;
use serde::de::DeserializeOwned;

use crate::http::{Pages, Quota, RemoteError};

/// Whose token it is, what it may, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The account's name at the service.
    pub login: String,
    /// The scopes, where the service tells them; fine-grained GitHub tokens have none to tell.
    pub scopes: Option<Vec<String>>,
    /// When it expires, where the service tells it.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A repository (a project of GitLab's) as the service tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteRepository {
    /// The service's own number: stays when the repository is renamed or moved.
    pub remote_id: String,
    /// The owner, or the whole namespace at GitLab.
    pub owner: String,
    /// The name within it.
    pub name: String,
    /// Its page.
    pub url: String,
    /// The default branch, where there is one. It need not exist.
    pub default_branch: Option<String>,
}

/// How a tracked repository is named when it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryRef {
    /// The service's own number.
    pub remote_id: String,
    /// The owner, as last seen.
    pub owner: String,
    /// The name, as last seen.
    pub name: String,
}

impl RepositoryRef {
    /// `owner/name`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }
}

/// The repositories that an account can see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Available {
    /// In the service's order, the latest active first.
    pub repositories: Vec<RemoteRepository>,
    /// The service left some out, because their organisation wants the token authorised.
    pub incomplete: bool,
}

/// The answer to "did anything change?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// Nothing did since the answer that the validator came from.
    Unchanged,
    /// Something may have.
    Changed(Box<Snapshot>),
}

/// Where a repository stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The repository under its present name.
    pub repository: RemoteRepository,
    /// Every branch, each once.
    pub tips: Vec<Tip>,
    /// What to ask with next time, to be stored only after everything behind these tips is.
    pub validator: Option<String>,
}

/// What a read is to bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The tip behind which to read.
    pub tip: Tip,
    /// Which commits are wanted.
    pub window: Window,
    /// Settled commits of which the service may be asked for the difference, the likeliest ancestor first.
    pub bases: Vec<Sha>,
    /// A tip committed before this is not likely to stand right before known commits.
    pub recent: DateTime<Utc>,
}

/// A piece of a read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Piece {
    /// Commits that were not known, with what becomes of them.
    pub placed: Vec<Placed>,
    /// How many commits the service sent for it.
    pub received: usize,
}

/// A read under way. Each piece must be stored and inserted into the history before the next is asked for:
/// what comes next depends on it, and a read that is cut off goes on from there.
#[async_trait]
pub trait Reading: Send {
    /// The next piece, or `None` when everything wanted behind the tip is in `history`.
    ///
    /// # Errors
    /// Those of the HTTP layer. A later read of the same tip goes on from what is in the history.
    async fn next(&mut self, history: &History) -> Result<Option<Piece>, RemoteError>;
}

/// A service that hosts repositories, seen through one account.
///
/// Obligations: a list is complete or an error; what is asked for is asked for by commit id, so that a push
/// in between moves nothing; a permanent redirect is followed and shows in the returned name; nothing is
/// sent to another origin.
#[async_trait]
pub trait CommitSource: Send + Sync {
    /// Checks the token.
    ///
    /// # Errors
    /// Those of the HTTP layer; a missing scope where the service tells that one needed to read is missing.
    async fn credential(&self) -> Result<Credential, RemoteError>;

    /// Finds a repository by its path: owner and name, with groups in between at GitLab.
    ///
    /// # Errors
    /// Those of the HTTP layer; not found where the account may not see it.
    async fn repository(&self, path: &[String]) -> Result<RemoteRepository, RemoteError>;

    /// Lists the repositories that the account can see.
    ///
    /// # Errors
    /// Those of the HTTP layer.
    async fn available(&self) -> Result<Available, RemoteError>;

    /// Asks whether anything changed since `validator`, and if so where the branches stand.
    ///
    /// # Errors
    /// Those of the HTTP layer.
    async fn look(&self, repository: &RepositoryRef, validator: Option<String>) -> Result<Look, RemoteError>;

    /// Asks where one branch stands; `None` if it is gone.
    ///
    /// # Errors
    /// Those of the HTTP layer.
    async fn branch(&self, repository: &RepositoryRef, name: &str) -> Result<Option<Tip>, RemoteError>;

    /// Begins to read every branch at once, where the service has a list that spares asking for each. Read to its
    /// end, it has brought everything wanted behind each tip that is in the history then.
    fn sweep<'a>(
        &'a self,
        repository: &'a RepositoryRef,
        tips: &[Tip],
        window: Window,
    ) -> Option<Box<dyn Reading + 'a>>;

    /// Begins to read what is wanted behind a tip.
    fn read<'a>(&'a self, repository: &'a RepositoryRef, wanted: Wanted) -> Box<dyn Reading + 'a>;

    /// How many HTTP requests were sent so far.
    fn requests(&self) -> u64;

    /// How many requests the service still allows; `None` where it does not say.
    fn quota(&self) -> Option<Quota>;

    /// The fingerprint of the token, to which a stored validator is bound.
    fn credential_print(&self) -> String;
}

/// A page of a list of commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CommitPage {
    /// In the service's order.
    pub(crate) commits: Vec<Commit>,
    /// Whether the list goes on.
    pub(crate) has_next: bool,
    /// How many commits the whole list has, where the service tells.
    pub(crate) total: Option<usize>,
}

/// A list of commits, page by page.
pub(crate) type CommitPages<'a> = BoxStream<'a, Result<CommitPage, RemoteError>>;

/// The pages of a service's list of commits.
pub(crate) fn commit_pages<T>(pages: Pages<T>) -> CommitPages<'static>
where
    T: Into<Commit> + DeserializeOwned + Send + 'static,
{
    let pages = stream::try_unfold(pages, |mut pages| async move {
        Ok(pages.next().await?.map(|page| {
            let commits = page.items.into_iter().map(Into::into).collect();
            (CommitPage { commits, has_next: page.has_next, total: None }, pages)
        }))
    });
    pages.boxed()
}

/// The two lists that a walk is made of, for services that have no better way.
pub(crate) trait Lists: Send + Sync {
    /// The commits that `from` reaches, itself first, newest first.
    fn newest_first<'a>(&'a self, repository: &'a RepositoryRef, from: &Sha) -> CommitPages<'a>;

    /// The commits that `head` reaches and `base` does not. May fail or come without `head` where the service
    /// no longer has `base`, or where the two have no common ancestor.
    fn between<'a>(&'a self, repository: &'a RepositoryRef, base: &Sha, head: &Sha) -> CommitPages<'a>;
}
