//! One request, one answer: the only lines of PDT that touch the wire.

use http::header::{ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, IF_NONE_MATCH};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use pdt_domain::provider::Provider;
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

use super::Timing;
use super::call::Signature;
use super::certificates::{self, Unusable};
use super::credential::{Credential, Unsendable};
use super::fault::Fault;
use super::origin::Origin;
use super::reply::{End, Reply};

/// The longest body that PDT takes, after decompression, so that a small answer cannot fill the memory.
const LONGEST_BODY: usize = 64 * 1024 * 1024;

/// Of a refusal only the beginning is read: its message stands there.
const LONGEST_REFUSAL: usize = 64 * 1024;

/// One request, ready to go.
pub(super) struct Request<'c> {
    pub(super) method: &'c Method,
    pub(super) url: &'c Url,
    pub(super) headers: &'c HeaderMap,
    pub(super) signature: Signature,
    pub(super) validator: Option<&'c str>,
    pub(super) body: Option<&'c Value>,
    /// How much time is left for it.
    pub(super) limit: Duration,
}

/// What failed before an answer was there, and whether anything was sent.
pub(super) struct Failed {
    pub(super) fault: Fault,
    /// Without a connection there was no request.
    pub(super) was_sent: bool,
}

/// The connections of one account.
pub(super) struct Wire {
    client: reqwest::Client,
    headers: HeaderMap,
}

/// Why there is no wire; the end of a sentence.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoWire {
    #[error(transparent)]
    Certificates(#[from] Unusable),
    #[error(transparent)]
    Credential(#[from] Unsendable),
    #[error("no HTTP client could be made")]
    Client,
}

impl Wire {
    /// Sets up connections that carry this credential to this origin.
    ///
    /// # Errors
    /// Where the credential cannot stand in a header or a certificate file cannot be used.
    pub(super) fn new(
        provider: Provider,
        credential: &Credential,
        origin: &Origin,
        files: &[PathBuf],
        timing: &Timing,
    ) -> Result<Self, NoWire> {
        let headers = standing_headers(provider, credential)?;
        let builder = reqwest::Client::builder()
            .user_agent(concat!("PDT/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(timing.connect)
            .read_timeout(timing.read);
        // Trust is read also where nothing is encrypted, so that a wrong file is told at once.
        let tls = match (origin.is_encrypted(), files) {
            (false, []) => certificates::trusting_nobody()?,
            _ => certificates::trusting(files)?,
        };
        let builder = builder.tls_backend_preconfigured(tls);
        let builder = if origin.is_loopback() { at_home(builder) } else { builder.https_only(true) };
        let client = builder.build().map_err(|_| NoWire::Client)?;
        Ok(Self { client, headers })
    }

    /// Sends one request and reads the answer to its end.
    ///
    /// # Errors
    /// Where no answer came.
    pub(super) async fn exchange(&self, request: Request<'_>) -> Result<Reply, Failed> {
        let response = self.prepare(&request).send().await;
        let response =
            response.map_err(|error| Failed { fault: Fault::of(&error), was_sent: !error.is_connect() })?;
        Ok(read(response).await)
    }

    fn prepare(&self, request: &Request<'_>) -> reqwest::RequestBuilder {
        let mut headers = self.headers.clone();
        headers.extend(request.headers.clone());
        if request.signature == Signature::Anonymous {
            headers.remove(AUTHORIZATION);
        }
        if let Some(etag) = request.validator.and_then(|etag| HeaderValue::from_str(etag).ok()) {
            headers.insert(IF_NONE_MATCH, etag);
        }
        let builder = self.client.request(request.method.clone(), request.url.clone());
        let builder = builder.headers(headers).timeout(request.limit);
        match request.body {
            Some(body) if request.method == Method::POST => builder.json(body),
            Some(_) | None => builder,
        }
    }
}

/// This machine is reached directly: a proxy would carry what is meant for this machine, unencrypted, to another.
/// Its name is not looked up either, whatever a resolver says of it.
fn at_home(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    let addresses: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    let sockets = addresses.map(|address| SocketAddr::new(address, 0));
    builder.no_proxy().resolve_to_addrs("localhost", &sockets)
}

/// What every request carries.
/// <https://docs.github.com/en/rest/about-the-rest-api/api-versions>
fn standing_headers(provider: Provider, credential: &Credential) -> Result<HeaderMap, NoWire> {
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, credential.header()?);
    match provider {
        Provider::Github => {
            headers.insert(ACCEPT, HeaderValue::from_static("application/vnd.github+json"));
            let version = HeaderName::from_static("x-github-api-version");
            headers.insert(version, HeaderValue::from_static("2022-11-28"));
        }
        Provider::Gitlab => {
            headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        }
        Provider::Jira => {
            headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
            // Its own words end up in PDT's sentences, and come in the account's language unless both are there.
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
            let insists = HeaderName::from_static("x-force-accept-language");
            headers.insert(insists, HeaderValue::from_static("true"));
        }
    }
    Ok(headers)
}

async fn read(mut response: reqwest::Response) -> Reply {
    let status = response.status();
    let headers = response.headers().clone();
    let longest = if status.is_success() { LONGEST_BODY } else { LONGEST_REFUSAL };
    let mut body = Vec::new();
    let end = loop {
        match response.chunk().await {
            Ok(Some(piece)) if body.len() + piece.len() > longest => break End::TooLarge,
            Ok(Some(piece)) => body.extend_from_slice(&piece),
            Ok(None) => break End::Whole,
            Err(error) => break End::Broken(Fault::of(&error)),
        }
    };
    Reply { status, headers, body, end }
}
