//! Jira: Cloud and Data Center.
//!
//! Facts: <https://developer.atlassian.com/cloud/jira/platform/rest/v3/>,
//! <https://developer.atlassian.com/cloud/jira/software/rest/>,
//! <https://docs.atlassian.com/jira-software/REST/latest/>; what differs from the documentation is in
//! `docs/SERVICES.md`.
//!
//! - `site` asks what the server is and whom the token belongs to; `boards`, `cards`, `members` and `histories` ask
//!   for what their names say.
//! - `listing` walks lists that number their items, `tokens` those that hand out a token for the next page.
//! - `wire` is what Jira sends, as far as PDT reads it, and what it becomes; `document` makes text out of what Jira
//!   keeps as a document.

mod boards;
mod cards;
mod document;
mod histories;
mod listing;
mod members;
mod site;
mod tokens;
mod wire;

use pdt_domain::address::BaseUrl;
use pdt_domain::jira::Deployment;
use url::Url;

use crate::http::{ApiClient, Kind, Quota, RemoteError};
use wire::Odd;

pub use boards::Sprints;
pub use cards::{CardPages, CardsWanted, Place};
pub use histories::{CutHistory, Histories};
pub use members::Member;
pub use site::{Myself, ServerInfo};

/// Where Atlassian lets tokens with scopes in, which the sites themselves refuse.
/// <https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/>
pub const GATEWAY: &str = "https://api.atlassian.com";

/// Where the API of a Jira begins: its own address, with the path that a Data Center may have there.
#[must_use]
pub fn api_root(base: &BaseUrl) -> Url {
    base.url().clone()
}

/// Where the API of a Cloud site begins behind the gateway, [`GATEWAY`]. `cloud_id` comes from [`Jira::cloud_id`].
#[must_use]
pub fn gateway_root(gateway: &Url, cloud_id: &str) -> Url {
    let mut root = gateway.clone();
    root.set_path(&format!("{}/ex/jira/{cloud_id}", gateway.path().trim_end_matches('/')));
    root
}

/// Jira through one account. Clones share connections, limits and counters.
#[derive(Debug, Clone)]
pub struct Jira {
    client: ApiClient,
    deployment: Deployment,
}

impl Jira {
    /// The Jira that `client` asks, whose root is [`api_root`] or [`gateway_root`].
    #[must_use]
    pub fn new(client: ApiClient, deployment: Deployment) -> Self {
        Self { client, deployment }
    }

    /// Whose Jira it is taken for.
    #[must_use]
    pub fn deployment(&self) -> Deployment {
        self.deployment
    }

    /// How many HTTP requests were sent so far; see [`ApiClient::requests`].
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.client.requests()
    }

    /// How many requests the site still allows; see [`ApiClient::quota`].
    #[must_use]
    pub fn quota(&self) -> Option<Quota> {
        self.client.quota()
    }

    /// A fingerprint of the credential; see [`ApiClient::credential_print`].
    #[must_use]
    pub fn credential_print(&self) -> String {
        self.client.credential_print().to_owned()
    }

    /// A path of the platform's API, whose version differs between the two.
    fn platform(&self, path: &str) -> String {
        match self.deployment {
            Deployment::Cloud => format!("rest/api/3/{path}"),
            Deployment::DataCenter => format!("rest/api/2/{path}"),
        }
    }

    /// What a good answer brought, or an error that says what is wrong with it.
    fn usable<T>(&self, read: Result<T, Odd>) -> Result<T, RemoteError> {
        read.map_err(|odd| self.client.unusable(&odd.to_string()))
    }
}

/// A path of the API for boards, sprints and their cards, which is the same everywhere.
fn agile(path: &str) -> String {
    format!("rest/agile/1.0/{path}")
}

/// What is not there is no error where it is looked for by itself.
fn unless_gone<T>(found: Result<T, RemoteError>) -> Result<Option<T>, RemoteError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.kind, Kind::NotFound | Kind::Gone) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A short cut that a server does not take is no error where there is a longer way.
fn unless_refused<T>(taken: Result<T, RemoteError>) -> Result<Option<T>, RemoteError> {
    match taken {
        Ok(taken) => Ok(Some(taken)),
        Err(error) if is_refused(&error.kind) => Ok(None),
        Err(error) => Err(error),
    }
}

/// 400, 403, 404, 405 or 410, and their like.
fn is_refused(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Unprocessable | Kind::Forbidden | Kind::MissingScope { .. } | Kind::NotFound | Kind::Gone
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_path_is_kept_and_the_gateway_has_its_own() {
        let root = |base: &str| api_root(&BaseUrl::parse(base).unwrap()).to_string();
        assert_eq!(root("https://acme.atlassian.net/"), "https://acme.atlassian.net/", "Cloud");
        assert_eq!(root("https://tools.example/jira/"), "https://tools.example/jira", "Data Center");
        let gateway = Url::parse(GATEWAY).unwrap();
        assert_eq!(gateway_root(&gateway, "c-1").as_str(), "https://api.atlassian.com/ex/jira/c-1");
        let below = Url::parse("http://127.0.0.1:1/x/").unwrap();
        assert_eq!(gateway_root(&below, "c-1").as_str(), "http://127.0.0.1:1/x/ex/jira/c-1");
    }
}
