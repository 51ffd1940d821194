//! The client of one account, as the rest of PDT sees it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;
use url::Url;

use super::config::ClientConfig;
use super::credential::{Credential, Unsendable};
use super::error::{Who, quoted};
use super::exchange::{NoWire, Wire};
use super::gate::Gate;
use super::origin::Origin;
use super::quota::{Quota, Quotas};
use super::sender::Sender;
use super::{Answer, Call, Kind, Pages, RemoteError};

/// The client of one account. Clones share connections, limits and counters.
#[derive(Clone)]
pub struct ApiClient {
    inner: Arc<Sender>,
}

impl ApiClient {
    /// Makes the client; nothing is sent yet.
    ///
    /// # Errors
    /// [`Kind::TokenRefused`] where the token or the e-mail address holds characters that no header can carry;
    /// [`Kind::Certificate`] where a certificate file cannot be read or holds no certificate, naming it.
    pub fn new(config: ClientConfig) -> Result<Self, RemoteError> {
        let origin = Origin::new(config.api_root);
        let who = Who { provider: config.provider, account: config.account, host: origin.host() };
        let credential = Credential::new(config.login, config.token);
        let wire = Wire::new(config.provider, &credential, &origin, &config.certificates, &config.timing)
            .map_err(|reason| unusable(&who, &reason))?;
        let inner = Sender {
            who,
            print: credential.fingerprint(&config.print_salt),
            credential,
            origin,
            wire,
            gate: Gate::default(),
            quotas: Quotas::default(),
            turns: Semaphore::new(config.in_flight.clamp(1, Semaphore::MAX_PERMITS)),
            requests: AtomicU64::new(0),
            cancel: config.cancel,
            timing: config.timing,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Sends a call, and tries again where that makes sense: few times after a fault that may pass, and after the
    /// waits that the service asks for, up to 60 seconds in all. Redirects are followed at the same origin only.
    ///
    /// # Errors
    /// Whatever is not 2xx with a body of JSON, or 304, classified as [`Kind`].
    pub async fn send(&self, call: Call) -> Result<Answer, RemoteError> {
        tokio::select! {
            biased;
            () = self.inner.cancel.cancelled() => Err(self.inner.who.error(Kind::Cancelled, None)),
            outcome = self.inner.tries(&call) => outcome,
        }
    }

    /// The pages of the list that begins with this call.
    #[must_use]
    pub fn pages<T: DeserializeOwned + Send>(&self, call: Call) -> Pages<T> {
        Pages::new(self.clone(), call)
    }

    /// How many HTTP requests were sent so far: repeated tries, unchanged answers and redirects included. A try
    /// that found no connection sent none.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.inner.requests.load(Ordering::Relaxed)
    }

    /// How many requests the service still allows, by its last answers; `None` where it does not say.
    #[must_use]
    pub fn quota(&self) -> Option<Quota> {
        self.inner.quotas.tightest()
    }

    /// A fingerprint of the credential, 16 hexadecimal digits, to which stored validators are bound: an `ETag` that
    /// one token got means nothing to another.
    #[must_use]
    pub fn credential_print(&self) -> &str {
        &self.inner.print
    }

    /// Until when the service wants no request of this account; `None` when it may be asked. Until then every
    /// call fails at once with [`Kind::Limited`].
    #[must_use]
    pub fn limited_until(&self) -> Option<DateTime<Utc>> {
        self.inner.gate.limited_until(Utc::now())
    }

    /// An error of this account for a refusal that came inside a good answer, as GraphQL does it. `said` is the
    /// service's own words; secrets are taken out of them.
    #[must_use]
    pub fn error(&self, kind: Kind, said: &str) -> RemoteError {
        let words = (!said.trim().is_empty()).then(|| self.inner.quote(&quoted(said)));
        self.inner.who.error(kind, words)
    }

    /// The address, if it is at this account's service.
    pub(super) fn keep(&self, url: Url) -> Result<Url, RemoteError> {
        self.inner.origin.keep(url).map_err(|kind| self.inner.refused(kind))
    }

    /// A list does not end.
    pub(crate) fn endless(&self) -> RemoteError {
        self.inner.who.error(Kind::PageLoop, None)
    }

    /// A good answer lacks what cannot be done without; `what` says so, and may hold words of the service.
    pub(crate) fn unusable(&self, what: &str) -> RemoteError {
        self.inner.who.error(Kind::Unreadable, Some(self.inner.quote(what)))
    }
}

impl fmt::Debug for ApiClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiClient")
            .field("provider", &self.inner.who.provider)
            .field("host", &self.inner.who.host)
            .field("requests", &self.requests())
            .finish_non_exhaustive()
    }
}

fn unusable(who: &Who, reason: &NoWire) -> RemoteError {
    let kind = match reason {
        NoWire::Certificates(_) => Kind::Certificate,
        NoWire::Credential(Unsendable::Token | Unsendable::Login) => Kind::TokenRefused,
        NoWire::Client => Kind::Passing,
    };
    who.error(kind, Some(reason.to_string()))
}
