//! Opens the way to an account's service.

use pdt_domain::address::BaseUrl;
use pdt_domain::jira::Deployment;
use pdt_domain::provider::Provider;
use pdt_domain::secret::Token;
use pdt_remote::github::{self, Github};
use pdt_remote::gitlab::{self, Gitlab};
use pdt_remote::http::{ApiClient, ClientConfig, DEFAULT_IN_FLIGHT, Kind, RemoteError, Timing};
use pdt_remote::jira::{self, Jira};
use pdt_remote::source::CommitSource;
use pdt_store::Account;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::core::Core;
use crate::jobs::fault::Fault;

/// An account as far as its service needs to know it.
pub(crate) struct Destination<'a> {
    /// The account's name, for sentences.
    pub(crate) account: &'a str,
    pub(crate) provider: Provider,
    pub(crate) base: &'a BaseUrl,
    /// The e-mail address to sign in with: Jira Cloud only.
    pub(crate) email: Option<&'a str>,
}

/// The source of commits behind a GitHub or GitLab account.
///
/// # Errors
/// A token that no header can carry, or a certificate file that cannot be used.
pub(crate) fn commit_source_at(
    core: &Core,
    to: &Destination<'_>,
    token: Token,
    cancel: CancellationToken,
) -> Result<Box<dyn CommitSource>, RemoteError> {
    let client = |root| client(core, to, root, token, cancel);
    match to.provider {
        Provider::Github => Ok(Box::new(Github::new(client(github::api_root(to.base))?, to.base))),
        Provider::Gitlab => Ok(Box::new(Gitlab::new(client(gitlab::api_root(to.base))?, to.base))),
        Provider::Jira => {
            Err(client(site_root(to.base))?.error(Kind::Unprocessable, "a Jira holds no repositories"))
        }
    }
}

/// The source of commits behind a stored account.
///
/// # Errors
/// A token that no header can carry, a certificate file that cannot be used, or an address that is none.
pub(crate) fn commit_source(
    core: &Core,
    account: &Account,
    token: Token,
    cancel: CancellationToken,
) -> Result<Box<dyn CommitSource>, Fault> {
    let base = BaseUrl::parse(&account.url).map_err(|error| Fault::saying(error.to_string()))?;
    commit_source_at(core, &destination(account, &base), token, cancel)
        .map_err(|error| Fault::from_remote(&error))
}

/// The Jira of an account, at its own address or at another that serves it.
///
/// # Errors
/// Those of [`commit_source_at`].
pub(crate) fn jira(
    core: &Core,
    to: &Destination<'_>,
    place: (Deployment, Url),
    token: Token,
    cancel: CancellationToken,
) -> Result<Jira, RemoteError> {
    let (deployment, root) = place;
    Ok(Jira::new(client(core, to, root, token, cancel)?, deployment))
}

/// The Jira of a stored account, as it was found out when it was connected.
///
/// # Errors
/// Those of [`commit_source`].
pub(crate) async fn stored_jira(
    core: &Core,
    account: &Account,
    base: &BaseUrl,
    token: Token,
    cancel: CancellationToken,
) -> Result<Jira, Fault> {
    let id = account.id;
    let site = core.db.read(move |tx| tx.jira_site(id)).await?;
    let site = site.ok_or_else(|| {
        Fault::saying("It is not known what kind of Jira this is: connect the account again.")
    })?;
    let root = match &site.api_root {
        Some(root) => Url::parse(root).map_err(|error| Fault::saying(error.to_string()))?,
        None => site_root(base),
    };
    jira(core, &destination(account, base), (site.deployment, root), token, cancel)
        .map_err(|error| Fault::from_remote(&error))
}

/// An account as its service needs to know it.
fn destination<'a>(account: &'a Account, base: &'a BaseUrl) -> Destination<'a> {
    let email = account.email.as_deref();
    Destination { account: account.name.as_str(), provider: account.provider, base, email }
}

/// Where the API of a Jira begins that is asked at its own address.
pub(crate) fn site_root(base: &BaseUrl) -> Url {
    jira::api_root(base)
}

fn client(
    core: &Core,
    to: &Destination<'_>,
    api_root: Url,
    token: Token,
    cancel: CancellationToken,
) -> Result<ApiClient, RemoteError> {
    let certificates =
        core.controls().settings.certificate_for(to.base.host()).map(Into::into).into_iter().collect();
    ApiClient::new(ClientConfig {
        account: to.account.to_owned(),
        provider: to.provider,
        api_root,
        token,
        login: to.email.map(str::to_owned),
        print_salt: core.print_salt.to_string(),
        certificates,
        cancel,
        timing: Timing::default(),
        in_flight: DEFAULT_IN_FLIGHT,
    })
}
