//! GitHub: github.com, Enterprise Server and ghe.com.
//!
//! Facts: <https://docs.github.com/en/rest>, <https://docs.github.com/en/graphql>; what differs from the
//! documentation is in `docs/SERVICES.md`.

mod comparison;
mod tips;
mod wire;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt;
use futures::future::ready;
use pdt_domain::address::BaseUrl;
use pdt_domain::commit::Tip;
use pdt_domain::graph::Window;
use pdt_domain::ids::Sha;
use url::Url;

use crate::encode_segment;
use crate::http::{Answer, ApiClient, Call, Kind, Pages, Quota, RemoteError};
use crate::source::{
    Available, CommitPages, CommitSource, Credential, Lists, Look, Reading, RemoteRepository, RepositoryRef,
    Snapshot, Wanted, commit_pages,
};
use crate::walk::Walk;

/// GitHub through one account.
#[derive(Debug, Clone)]
pub struct Github {
    client: ApiClient,
    base: BaseUrl,
    graphql: Url,
}

/// Where the API of a GitHub begins: `api.github.com` for github.com, `api.SUB.ghe.com` for data residency,
/// and `/api/v3` under any other address.
/// <https://docs.github.com/en/enterprise-server/rest/using-the-rest-api/getting-started-with-the-rest-api>
#[must_use]
pub fn api_root(base: &BaseUrl) -> Url {
    match api_host(base.host()) {
        Some(host) => with_host(base.url(), &host),
        None => with_path(base.url(), "/api/v3"),
    }
}

/// Where its GraphQL is.
fn graphql_address(base: &BaseUrl) -> Url {
    match api_host(base.host()) {
        Some(host) => with_path(&with_host(base.url(), &host), "/graphql"),
        None => with_path(base.url(), "/api/graphql"),
    }
}

fn api_host(host: &str) -> Option<String> {
    let host = host.to_ascii_lowercase();
    match host.strip_suffix(".ghe.com") {
        _ if host == "github.com" || host == "www.github.com" => Some("api.github.com".to_owned()),
        Some(_) => Some(format!("api.{host}")),
        None => None,
    }
}

fn with_host(url: &Url, host: &str) -> Url {
    let mut url = url.clone();
    // The host was made from one that is valid already; were it refused, the address would stay as it was.
    let _ = url.set_host(Some(host));
    url
}

fn with_path(url: &Url, path: &str) -> Url {
    let mut joined = url.clone();
    joined.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
    joined
}

impl Github {
    /// The GitHub at `base`, asked through `client`, whose root is [`api_root`] of the same.
    #[must_use]
    pub fn new(client: ApiClient, base: &BaseUrl) -> Self {
        Self { client, base: base.clone(), graphql: graphql_address(base) }
    }

    fn path(repository: &RepositoryRef, rest: &str) -> String {
        format!("repos/{}/{}{rest}", encode_segment(&repository.owner), encode_segment(&repository.name))
    }

    /// The repository, unless it is unchanged. A name can be given to another repository after a rename: the
    /// number decides, and leads to the right one.
    async fn find(
        &self,
        repository: &RepositoryRef,
        validator: Option<String>,
    ) -> Result<Option<(RemoteRepository, Option<String>)>, RemoteError> {
        let named = self.client.send(Call::get(Self::path(repository, "")).validator(validator)).await;
        let answer = match named {
            Err(error) if error.kind == Kind::NotFound => {
                self.by_number(&repository.remote_id).await.map_err(|_| error)?
            }
            other => other?,
        };
        if answer.not_modified() {
            return Ok(None);
        }
        let found: wire::Repository = answer.json()?;
        if found.id.to_string() == repository.remote_id {
            return Ok(Some((found.at(&self.base), answer.etag())));
        }
        let answer = self.by_number(&repository.remote_id).await?;
        let found: wire::Repository = answer.json()?;
        Ok(Some((found.at(&self.base), None)))
    }

    async fn by_number(&self, remote_id: &str) -> Result<Answer, RemoteError> {
        self.client.send(Call::get(format!("repositories/{}", encode_segment(remote_id)))).await
    }
}

#[async_trait]
impl CommitSource for Github {
    async fn credential(&self) -> Result<Credential, RemoteError> {
        let answer = self.client.send(Call::get("user")).await?;
        let user: wire::User = answer.json()?;
        Ok(Credential {
            login: user.login,
            scopes: answer.header("x-oauth-scopes").map(scopes),
            expires_at: answer.header("github-authentication-token-expiration").and_then(expiry),
        })
    }

    async fn repository(&self, path: &[String]) -> Result<RemoteRepository, RemoteError> {
        let [owner, name] = path else {
            let said = "a GitHub repository is named by its owner and its name: https://HOST/OWNER/NAME";
            return Err(self.client.error(Kind::NotFound, said));
        };
        let path = format!("repos/{}/{}", encode_segment(owner), encode_segment(name));
        let found: wire::Repository = self.client.send(Call::get(path)).await?.json()?;
        Ok(found.at(&self.base))
    }

    async fn available(&self) -> Result<Available, RemoteError> {
        let call = Call::get("user/repos")
            .query("affiliation", "owner,collaborator,organization_member")
            .query("sort", "pushed")
            .query("per_page", "100");
        let mut pages: Pages<wire::Repository> = self.client.pages(call);
        let mut available = Available { repositories: Vec::new(), incomplete: false };
        while let Some(page) = pages.next().await? {
            available.incomplete |= page.answer.sso_partial();
            available.repositories.extend(page.items.into_iter().map(|found| found.at(&self.base)));
        }
        Ok(available)
    }

    async fn look(&self, repository: &RepositoryRef, validator: Option<String>) -> Result<Look, RemoteError> {
        let Some((found, validator)) = self.find(repository, validator).await? else {
            return Ok(Look::Unchanged);
        };
        let named = RepositoryRef {
            remote_id: found.remote_id.clone(),
            owner: found.owner.clone(),
            name: found.name.clone(),
        };
        let tips = tips::all(&self.client, &self.graphql, &named).await?;
        Ok(Look::Changed(Box::new(Snapshot { repository: found, tips, validator })))
    }

    async fn branch(&self, repository: &RepositoryRef, name: &str) -> Result<Option<Tip>, RemoteError> {
        let path = Self::path(repository, &format!("/branches/{}", encode_segment(name)));
        match self.client.send(Call::get(path)).await {
            Ok(answer) => answer.json::<wire::Branch>().map(|branch| Some(branch.into())),
            Err(error) if error.kind == Kind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn sweep<'a>(
        &'a self,
        _repository: &'a RepositoryRef,
        _tips: &[Tip],
        _window: Window,
    ) -> Option<Box<dyn Reading + 'a>> {
        None
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

impl Lists for Github {
    fn newest_first<'a>(&'a self, repository: &'a RepositoryRef, from: &Sha) -> CommitPages<'a> {
        let call = Call::get(Self::path(repository, "/commits"))
            .query("sha", from.as_str())
            .query("per_page", "100");
        let pages = commit_pages::<wire::Commit>(self.client.pages(call));
        // A repository without commits has none behind anything either.
        let has_any = |page: &Result<_, RemoteError>| !matches!(page, Err(error) if error.kind == Kind::EmptyRepository);
        pages.take_while(move |page| ready(has_any(page))).boxed()
    }

    fn between<'a>(&'a self, repository: &'a RepositoryRef, base: &Sha, head: &Sha) -> CommitPages<'a> {
        comparison::pages(&self.client, &Self::path(repository, &format!("/compare/{base}...{head}")))
    }
}

fn scopes(header: &str) -> Vec<String> {
    header.split(',').map(str::trim).filter(|scope| !scope.is_empty()).map(str::to_owned).collect()
}

/// The header's form is `2026-03-03 12:00:00 UTC`, and was seen with `+0200`. Some fine-grained tokens carry
/// the present time there, on calls that work: <https://github.com/google/go-github/issues/3708>.
fn expiry(header: &str) -> Option<DateTime<Utc>> {
    let header = header.trim();
    let parsed = match header.strip_suffix("UTC") {
        Some(naive) => {
            chrono::NaiveDateTime::parse_from_str(naive.trim(), "%Y-%m-%d %H:%M:%S").ok()?.and_utc()
        }
        None => DateTime::parse_from_str(header, "%Y-%m-%d %H:%M:%S %z").ok()?.to_utc(),
    };
    let from_now = parsed.signed_duration_since(Utc::now()).abs();
    (from_now > TimeDelta::minutes(10)).then_some(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(base: &str) -> String {
        api_root(&BaseUrl::parse(base).unwrap()).to_string()
    }

    #[test]
    fn every_kind_of_github_has_its_api_where_it_says() {
        assert_eq!(root("https://github.com"), "https://api.github.com/", "the public one");
        assert_eq!(root("https://octo.ghe.com"), "https://api.octo.ghe.com/", "data residency");
        assert_eq!(root("https://git.example"), "https://git.example/api/v3", "Enterprise Server");
        assert_eq!(root("http://127.0.0.1:8080"), "http://127.0.0.1:8080/api/v3", "any other host");
        let enterprise = BaseUrl::parse("https://git.example").unwrap();
        assert_eq!(
            graphql_address(&enterprise).as_str(),
            "https://git.example/api/graphql",
            "beside /api/v3"
        );
        assert_eq!(
            graphql_address(&BaseUrl::github_com()).as_str(),
            "https://api.github.com/graphql",
            "at the root"
        );
    }

    #[test]
    fn an_expiry_is_believed_unless_it_is_now() {
        assert!(expiry("2099-03-03 12:00:00 UTC").is_some(), "the documented form");
        assert_eq!(
            expiry("2099-03-03 12:00:00 +0200").unwrap().to_rfc3339(),
            "2099-03-03T10:00:00+00:00",
            "offset"
        );
        let now = Utc::now().format("%Y-%m-%d %H:%M:%S UTC").to_string();
        assert_eq!(expiry(&now), None, "a token that works does not expire this minute");
        assert_eq!(expiry("soon"), None, "nonsense is no date");
    }
}
