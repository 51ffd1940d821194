//! The HTTP client against real sockets: what it sends where, how often, and what it says afterwards.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what stands beside the tests fails as loudly as they do"
)]

mod bodies;
mod limits;
mod pages;
mod proxy;
mod redirects;
mod secrets;
mod server;
mod statuses;
mod stopping;
mod tls;

use std::time::Duration;

use pdt_domain::provider::Provider;
use pdt_domain::secret::Token;
use pdt_remote::http::{ApiClient, ClientConfig, DEFAULT_IN_FLIGHT, Timing};
use tokio_util::sync::CancellationToken;
use url::Url;

/// A token that must appear nowhere but in a request's header.
pub(crate) const CANARY: &str = "canary-t0ken-4711";

/// Production's decisions with pauses that a test can bear.
pub(crate) fn timing() -> Timing {
    Timing {
        first_backoff: Duration::from_millis(2),
        unnamed_wait: Duration::from_millis(2),
        ..Timing::default()
    }
}

/// A GitHub account at this address.
pub(crate) fn config(root: &Url) -> ClientConfig {
    ClientConfig {
        account: "work".to_owned(),
        provider: Provider::Github,
        api_root: root.clone(),
        login: None,
        token: Token::new(CANARY.to_owned()),
        print_salt: "salt".to_owned(),
        certificates: Vec::new(),
        cancel: CancellationToken::new(),
        timing: timing(),
        in_flight: DEFAULT_IN_FLIGHT,
    }
}

/// A client of that account.
pub(crate) fn client(root: &Url) -> ApiClient {
    ApiClient::new(config(root)).unwrap()
}
