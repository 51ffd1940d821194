//! GitLab: gitlab.com and self-hosted, groups of any depth.
//!
//! Facts: <https://docs.gitlab.com/api/>; what differs from the documentation is in `docs/SERVICES.md`.

mod sweep;
mod wire;

use async_trait::async_trait;
use chrono::NaiveTime;
use pdt_domain::address::BaseUrl;
use pdt_domain::commit::Tip;
use pdt_domain::graph::Window;
use pdt_domain::ids::Sha;
use url::Url;

use crate::encode_segment;
use crate::http::{ApiClient, Call, Kind, Pages, Quota, RemoteError};
use crate::source::{
    Available, CommitPages, CommitSource, Credential, Lists, Look, Reading, RemoteRepository, RepositoryRef,
    Snapshot, Wanted, commit_pages,
};
use crate::walk::Walk;
use sweep::Sweep;

/// GitLab through one account.
#[derive(Debug, Clone)]
pub struct Gitlab {
    client: ApiClient,
    base: BaseUrl,
}

/// Where the API of a GitLab begins: `/api/v4` under its address. <https://docs.gitlab.com/api/rest/>
#[must_use]
pub fn api_root(base: &BaseUrl) -> Url {
    let mut root = base.url().clone();
    root.set_path(&format!("{}/api/v4", base.url().path().trim_end_matches('/')));
    root
}

impl Gitlab {
    /// The GitLab at `base`, asked through `client`, whose root is [`api_root`] of the same.
    #[must_use]
    pub fn new(client: ApiClient, base: &BaseUrl) -> Self {
        Self { client, base: base.clone() }
    }

    /// A path under a project, by its number, which a move does not change.
    fn path(repository: &RepositoryRef, rest: &str) -> String {
        format!("projects/{}{rest}", encode_segment(&repository.remote_id))
    }

    fn commits(&self, call: Call) -> CommitPages<'static> {
        commit_pages::<wire::Commit>(self.client.pages(call.query("per_page", "100")))
    }

    /// Every commit of the repository, whichever ref reaches it, newest first.
    fn all_commits(&self, repository: &RepositoryRef) -> CommitPages<'static> {
        self.commits(Call::get(Self::path(repository, "/repository/commits")).query("all", "true"))
    }

    async fn tips(
        &self,
        repository: &RepositoryRef,
        project: &wire::Project,
    ) -> Result<Vec<Tip>, RemoteError> {
        let call = Call::get(Self::path(repository, "/repository/branches")).query("per_page", "100");
        let pages: Pages<wire::Branch> = self.client.pages(call);
        match pages.all().await {
            Ok(branches) => Ok(branches.into_iter().map(Tip::from).collect()),
            // An empty project has no repository yet, and says so with 404.
            Err(error) if error.kind == Kind::EmptyRepository => Ok(Vec::new()),
            Err(error) if error.kind == Kind::NotFound && project.is_empty() => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}

#[async_trait]
impl CommitSource for Gitlab {
    async fn credential(&self) -> Result<Credential, RemoteError> {
        let user: wire::User = self.client.send(Call::get("user")).await?.json()?;
        let token = match self.client.send(Call::get("personal_access_tokens/self")).await {
            Ok(answer) => Some(answer.json::<wire::Token>()?),
            // Tokens that are not personal ones have no such page.
            Err(error) if matches!(error.kind, Kind::NotFound | Kind::Unprocessable | Kind::Forbidden) => {
                None
            }
            Err(error) => return Err(error),
        };
        let scopes = token.as_ref().map(|token| token.scopes.clone());
        if scopes
            .as_ref()
            .is_some_and(|scopes| !scopes.iter().any(|scope| scope == "read_api" || scope == "api"))
        {
            let kind = Kind::MissingScope { scope: Some("read_api".to_owned()) };
            return Err(self.client.error(kind, "the token has no scope to read the API"));
        }
        // A token is good until the end of the day before the one named, in UTC.
        let expires_at =
            token.and_then(|token| token.expires_at).map(|day| day.and_time(NaiveTime::MIN).and_utc());
        Ok(Credential { login: user.username, scopes, expires_at })
    }

    async fn repository(&self, path: &[String]) -> Result<RemoteRepository, RemoteError> {
        let path = format!("projects/{}", encode_segment(&path.join("/")));
        let project: wire::Project = self.client.send(Call::get(path)).await?.json()?;
        Ok(project.at(&self.base))
    }

    async fn available(&self) -> Result<Available, RemoteError> {
        let call = Call::get("projects")
            .query("membership", "true")
            .query("order_by", "last_activity_at")
            .query("per_page", "100");
        let pages: Pages<wire::Project> = self.client.pages(call);
        let repositories = pages.all().await?.into_iter().map(|project| project.at(&self.base)).collect();
        Ok(Available { repositories, incomplete: false })
    }

    /// GitLab has no single answer that moves with every push: the branches are listed each time.
    async fn look(
        &self,
        repository: &RepositoryRef,
        _validator: Option<String>,
    ) -> Result<Look, RemoteError> {
        let project: wire::Project = self.client.send(Call::get(Self::path(repository, ""))).await?.json()?;
        let tips = self.tips(repository, &project).await?;
        Ok(Look::Changed(Box::new(Snapshot { repository: project.at(&self.base), tips, validator: None })))
    }

    async fn branch(&self, repository: &RepositoryRef, name: &str) -> Result<Option<Tip>, RemoteError> {
        let path = Self::path(repository, &format!("/repository/branches/{}", encode_segment(name)));
        match self.client.send(Call::get(path)).await {
            Ok(answer) => answer.json::<wire::Branch>().map(|branch| Some(branch.into())),
            Err(error) if error.kind == Kind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn sweep<'a>(
        &'a self,
        repository: &'a RepositoryRef,
        tips: &[Tip],
        window: Window,
    ) -> Option<Box<dyn Reading + 'a>> {
        Some(Box::new(Sweep::new(self, repository, tips, window)))
    }

    fn read<'a>(&'a self, repository: &'a RepositoryRef, wanted: Wanted) -> Box<dyn Reading + 'a> {
        Box::new(Walk::new(self, repository, wanted))
    }

    fn requests(&self) -> u64 {
        self.client.requests()
    }

    fn quota(&self) -> Option<Quota> {
        self.client.quota()
    }

    fn credential_print(&self) -> String {
        self.client.credential_print().to_owned()
    }
}

impl Lists for Gitlab {
    fn newest_first<'a>(&'a self, repository: &'a RepositoryRef, from: &Sha) -> CommitPages<'a> {
        self.commits(
            Call::get(Self::path(repository, "/repository/commits")).query("ref_name", from.as_str()),
        )
    }

    /// `ref_name` takes a revision range: <https://docs.gitlab.com/api/commits/#list-repository-commits>. The
    /// list of a range is paged and without file contents, which `compare` is not.
    fn between<'a>(&'a self, repository: &'a RepositoryRef, base: &Sha, head: &Sha) -> CommitPages<'a> {
        let range = format!("{base}..{head}");
        self.commits(Call::get(Self::path(repository, "/repository/commits")).query("ref_name", range))
    }
}
