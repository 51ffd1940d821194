//! The Jira client against real sockets: what it asks, what it believes, and what it makes of the answers.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what stands beside the tests fails as loudly as they do"
)]

mod boards;
mod cards;
mod histories;
mod members;
mod pages;
#[path = "../http/server.rs"]
#[expect(dead_code, reason = "the tests of the HTTP client need more of it")]
mod server;
mod signing_in;
mod site;
mod waiting;

use std::time::Duration;

use pdt_domain::jira::Deployment;
use pdt_domain::provider::Provider;
use pdt_domain::secret::Token;
use pdt_remote::http::{ApiClient, ClientConfig, DEFAULT_IN_FLIGHT, Timing};
use pdt_remote::jira::Jira;
use serde_json::{Value, json};
use server::{Play, Seen, Server};
use tokio_util::sync::CancellationToken;
use url::Url;

/// A token that must appear nowhere but in a request's header.
pub(crate) const CANARY: &str = "canary-t0ken-4711";

/// Whom it belongs to at a Cloud site.
pub(crate) const EMAIL: &str = "ada@example.com";

/// An account at this address; a Cloud site wants the e-mail address, a company's own server the token alone.
pub(crate) fn config(root: &Url, deployment: Deployment) -> ClientConfig {
    ClientConfig {
        account: "work".to_owned(),
        provider: Provider::Jira,
        api_root: root.clone(),
        login: (deployment == Deployment::Cloud).then(|| EMAIL.to_owned()),
        token: Token::new(CANARY.to_owned()),
        print_salt: "salt".to_owned(),
        certificates: Vec::new(),
        cancel: CancellationToken::new(),
        timing: Timing {
            first_backoff: Duration::from_millis(2),
            unnamed_wait: Duration::from_millis(2),
            ..Timing::default()
        },
        in_flight: DEFAULT_IN_FLIGHT,
    }
}

pub(crate) fn jira_at(root: &Url, deployment: Deployment) -> Jira {
    Jira::new(ApiClient::new(config(root, deployment)).unwrap(), deployment)
}

pub(crate) fn cloud(server: &Server) -> Jira {
    jira_at(&server.root, Deployment::Cloud)
}

pub(crate) fn data_center(server: &Server) -> Jira {
    jira_at(&server.root, Deployment::DataCenter)
}

/// A server that gives everybody the same answer.
pub(crate) async fn saying(answer: Value) -> Server {
    Server::start(move |_, _| Play::json(&answer.to_string())).await
}

/// A server that gives one answer after the other, and the last one for ever.
pub(crate) async fn saying_each(answers: Vec<Value>) -> Server {
    Server::start(move |_, count| Play::json(&answers[count.min(answers.len() - 1)].to_string())).await
}

/// A refusal in Jira's form.
pub(crate) fn refusal(status: u16) -> Play {
    Play::answer(status, &[], json!({ "errorMessages": ["Words."], "errors": {} }).to_string())
}

/// A parameter of a request, decoded.
pub(crate) fn parameter(seen: &Seen, name: &str) -> Option<String> {
    let url = Url::parse("http://x").unwrap().join(&seen.target).unwrap();
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// The number of the first item that a request asks for.
pub(crate) fn start_at(seen: &Seen) -> usize {
    parameter(seen, "startAt").unwrap().parse().unwrap()
}
