//! The client of one account, and the loop that sends.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use pdt_domain::secret::Token;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::config::{ClientConfig, Timing};
use super::error::{Who, quoted};
use super::exchange::{NoWire, Request, Wire};
use super::gate::Gate;
use super::journey::{Journey, Met, Outcome};
use super::origin::Origin;
use super::policy::{self, Decision, Moment, Wait};
use super::{Answer, Call, Kind, Pages, RemoteError, redact};

/// The client of one account. Clones share connections, limits and counters.
#[derive(Clone)]
pub struct ApiClient {
    inner: Arc<Inner>,
}

struct Inner {
    who: Who,
    token: Token,
    print: String,
    origin: Origin,
    wire: Wire,
    gate: Gate,
    turns: Semaphore,
    requests: AtomicU64,
    cancel: CancellationToken,
    timing: Timing,
}

impl ApiClient {
    /// Makes the client; nothing is sent yet.
    ///
    /// # Errors
    /// [`Kind::TokenRefused`] where the token holds characters that no header can carry; [`Kind::Certificate`]
    /// where a certificate file cannot be read or holds no certificate, naming it.
    pub fn new(config: ClientConfig) -> Result<Self, RemoteError> {
        let origin = Origin::new(config.api_root);
        let who = Who { provider: config.provider, account: config.account, host: origin.host() };
        let wire = Wire::new(config.provider, &config.token, &origin, &config.certificates, &config.timing)
            .map_err(|reason| unusable(&who, &reason))?;
        let inner = Inner {
            who,
            print: fingerprint(&config.print_salt, &config.token),
            token: config.token,
            origin,
            wire,
            gate: Gate::default(),
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

    /// A fingerprint of the token, 16 hexadecimal digits, to which stored validators are bound: an `ETag` that
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
        self.inner.who.error(kind, Some(self.inner.quote(&quoted(said))))
    }

    /// The address, if it is at this account's service.
    pub(super) fn keep(&self, url: Url) -> Result<Url, RemoteError> {
        self.inner.origin.keep(url).map_err(|kind| self.inner.refused(kind))
    }

    /// A list does not end.
    pub(super) fn endless(&self) -> RemoteError {
        self.inner.who.error(Kind::PageLoop, None)
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

impl Inner {
    /// The loop: send, judge, and deliver, follow, wait or give up.
    async fn tries(&self, call: &Call) -> Result<Answer, RemoteError> {
        let url = self.origin.address(&call.target).map_err(|kind| self.refused(kind))?;
        let mut journey = Journey::begin(call, url, &self.timing);
        // The semaphore is never closed; were it, nobody would be left to send for.
        let _turn = self.turns.acquire().await.map_err(|_| self.who.error(Kind::Cancelled, None))?;
        journey.start_clock();
        loop {
            self.wait_for_gate(&mut journey).await?;
            let known = self.gate.unnamed_limits();
            let outcome = self.one_try(call, &mut journey).await;
            let verdict = outcome.verdict(self.who.provider, &journey.method, &self.origin);
            let met = Met::by(&verdict);
            let moment = Moment {
                now: Utc::now(),
                time_left: journey.time_left(),
                unnamed_limits: known,
                chance: chance(),
            };
            let decision = policy::decide(verdict, journey.tries, &self.timing, moment);
            if met == Met::UnnamedLimit {
                self.gate.note_unnamed_limit(known);
            }
            match decision {
                Decision::Deliver => {
                    self.gate.note_success(known);
                    return self.deliver(outcome, journey);
                }
                Decision::Follow => self.follow(&outcome, &mut journey)?,
                Decision::RetryAfter(wait) => self.wait(wait, met, &outcome, &mut journey).await,
                Decision::Limited(until) => return Err(self.limited(until, &outcome, &journey)),
                Decision::Fail(kind) => return Err(self.failed(kind, &outcome, &journey)),
            }
        }
    }

    async fn one_try(&self, call: &Call, journey: &mut Journey) -> Outcome {
        journey.attempt += 1;
        let begun = tokio::time::Instant::now();
        self.requests.fetch_add(1, Ordering::Relaxed);
        let request = Request {
            method: &journey.method,
            url: &journey.url,
            headers: &call.headers,
            validator: call.validator.as_deref(),
            body: call.body.as_ref(),
            limit: journey.time_left(),
        };
        let outcome = match self.wire.exchange(request).await {
            Ok(reply) => Outcome::Answered(reply),
            Err(failed) => {
                if !failed.was_sent {
                    self.requests.fetch_sub(1, Ordering::Relaxed);
                }
                Outcome::Failed(failed.fault)
            }
        };
        self.log(journey, &outcome, begun.elapsed());
        outcome
    }

    fn log(&self, journey: &Journey, outcome: &Outcome, took: Duration) {
        tracing::debug!(
            provider = %self.who.provider,
            account = %self.who.account,
            method = %journey.method,
            path = %redact::url(&journey.url),
            status = outcome.status(),
            fault = outcome.fault().map(|fault| fault.words()),
            attempt = journey.attempt,
            millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            "asked a service"
        );
    }

    /// Waits until the account may be asked at all.
    async fn wait_for_gate(&self, journey: &mut Journey) -> Result<(), RemoteError> {
        loop {
            let now = Utc::now();
            if let Some(until) = self.gate.limited_until(now) {
                return Err(self.who.error(Kind::Limited { until }, None));
            }
            let pause = self.gate.pause();
            if pause.is_zero() {
                return Ok(());
            }
            if journey.tries.waited + pause > self.timing.longest_wait {
                return Err(self.who.error(Kind::Limited { until: now + pause }, None));
            }
            journey.sleep_as_asked(pause).await;
        }
    }

    /// Waits before the next try.
    async fn wait(&self, wait: Wait, met: Met, outcome: &Outcome, journey: &mut Journey) {
        let (Wait::BackOff(pause) | Wait::Asked(pause)) = wait;
        tracing::info!(
            provider = %self.who.provider,
            account = %self.who.account,
            status = outcome.status(),
            fault = outcome.fault().map(|fault| fault.words()),
            attempt = journey.attempt,
            millis = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX),
            "waiting before asking a service again"
        );
        journey.count(met);
        match wait {
            Wait::Asked(pause) => self.gate.close_for(pause),
            Wait::BackOff(pause) => tokio::time::sleep(pause).await,
        }
    }

    /// Goes where the answer leads, if that is at this account's service.
    fn follow(&self, outcome: &Outcome, journey: &mut Journey) -> Result<(), RemoteError> {
        let target = outcome.location(&journey.url).ok_or(Kind::Unreadable);
        let target = target.and_then(|url| self.origin.keep(url));
        let next = target.and_then(|url| journey.follow(url, outcome.status()));
        next.map_err(|kind| self.failed(kind, outcome, journey))
    }

    fn deliver(&self, outcome: Outcome, journey: Journey) -> Result<Answer, RemoteError> {
        match outcome {
            Outcome::Answered(reply) => Ok(Answer {
                status: reply.status,
                headers: reply.headers,
                body: reply.body,
                url: journey.url,
                moved: journey.moved,
                who: self.who.clone(),
            }),
            Outcome::Failed(_) => Err(self.failed(Kind::Passing, &outcome, &journey)),
        }
    }

    fn limited(&self, until: DateTime<Utc>, outcome: &Outcome, journey: &Journey) -> RemoteError {
        self.gate.limit(until);
        self.failed(Kind::Limited { until }, outcome, journey)
    }

    /// A call that was not sent.
    fn refused(&self, kind: Kind) -> RemoteError {
        self.who.error(self.clean(kind), None)
    }

    fn failed(&self, kind: Kind, outcome: &Outcome, journey: &Journey) -> RemoteError {
        let said = outcome.words(&kind).map(|words| self.quote(&words));
        let mut error = self.who.error(self.clean(kind), said);
        error.facts.status = outcome.status();
        error.facts.tries = journey.attempt;
        error.facts.lasted = journey.begun.elapsed();
        error
    }

    /// A place that a service names is the service's words too.
    fn clean(&self, kind: Kind) -> Kind {
        if let Kind::ForeignOrigin { origin } = kind {
            Kind::ForeignOrigin { origin: self.quote(&origin) }
        } else {
            kind
        }
    }

    fn quote(&self, words: &str) -> String {
        redact::quote(words, self.token.expose())
    }
}

fn unusable(who: &Who, reason: &NoWire) -> RemoteError {
    let kind = match reason {
        NoWire::Certificates(_) => Kind::Certificate,
        NoWire::Token => Kind::TokenRefused,
        NoWire::Client => Kind::Passing,
    };
    who.error(kind, Some(reason.to_string()))
}

/// Eight bytes of a salted hash: enough to tell tokens apart, nothing to find one by.
fn fingerprint(salt: &str, token: &Token) -> String {
    let mut hash = Sha256::new();
    hash.update(salt.as_bytes());
    hash.update([0]);
    hash.update(token.expose().as_bytes());
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A number from 0 to 1. The keys of the standard library's hash maps are random enough to spread tries.
fn chance() -> f64 {
    use std::hash::{BuildHasher, RandomState};
    let bits = RandomState::new().hash_one(0_u8) >> 32;
    f64::from(u32::try_from(bits).unwrap_or_default()) / f64::from(u32::MAX)
}
