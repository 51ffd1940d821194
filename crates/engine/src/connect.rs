//! Opens the way to an account's service.

use pdt_domain::address::BaseUrl;
use pdt_domain::provider::Provider;
use pdt_domain::secret::Token;
use pdt_remote::github::{self, Github};
use pdt_remote::gitlab::{self, Gitlab};
use pdt_remote::http::{ApiClient, ClientConfig, DEFAULT_IN_FLIGHT, RemoteError, Timing};
use pdt_remote::source::CommitSource;
use tokio_util::sync::CancellationToken;

use crate::core::Core;

/// An account as far as its service needs to know it.
pub(crate) struct Destination<'a> {
    /// The account's name, for sentences.
    pub(crate) account: &'a str,
    pub(crate) provider: Provider,
    pub(crate) base: &'a BaseUrl,
}

/// The source of commits behind an account.
///
/// # Errors
/// A token that no header can carry, or a certificate file that cannot be used.
pub(crate) fn commit_source(
    core: &Core,
    to: &Destination<'_>,
    token: Token,
    cancel: CancellationToken,
) -> Result<Box<dyn CommitSource>, RemoteError> {
    let api_root = match to.provider {
        Provider::Github => github::api_root(to.base),
        Provider::Gitlab | Provider::Jira => gitlab::api_root(to.base),
    };
    let client = ApiClient::new(ClientConfig {
        account: to.account.to_owned(),
        provider: to.provider,
        api_root,
        token,
        print_salt: core.print_salt.to_string(),
        certificates: core.settings.certificate_for(to.base.host()).map(Into::into).into_iter().collect(),
        cancel,
        timing: Timing::default(),
        in_flight: DEFAULT_IN_FLIGHT,
    })?;
    Ok(match to.provider {
        Provider::Github => Box::new(Github::new(client, to.base)),
        Provider::Gitlab | Provider::Jira => Box::new(Gitlab::new(client, to.base)),
    })
}
