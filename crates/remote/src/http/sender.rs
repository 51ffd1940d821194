//! The loop that sends: the one place where requests are made, waited for and repeated.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::config::Timing;
use super::credential::Credential;
use super::error::Who;
use super::exchange::{Request, Wire};
use super::gate::Gate;
use super::journey::{Journey, Met, Outcome};
use super::origin::Origin;
use super::policy::{self, Decision, Moment, Wait};
use super::quota::Quotas;
use super::{Answer, Call, Kind, RemoteError, redact};

/// An account's connections, limits and counters.
pub(super) struct Sender {
    pub(super) who: Who,
    pub(super) credential: Credential,
    pub(super) print: String,
    pub(super) origin: Origin,
    pub(super) wire: Wire,
    pub(super) gate: Gate,
    pub(super) quotas: Quotas,
    pub(super) turns: Semaphore,
    pub(super) requests: AtomicU64,
    pub(super) cancel: CancellationToken,
    pub(super) timing: Timing,
}

impl Sender {
    /// The loop: send, judge, and deliver, follow, wait or give up.
    pub(super) async fn tries(&self, call: &Call) -> Result<Answer, RemoteError> {
        let url = self.origin.address(&call.target).map_err(|kind| self.refused(kind))?;
        let mut journey = Journey::begin(call, url, &self.timing);
        // The semaphore is never closed; were it, nobody would be left to send for.
        let _turn = self.turns.acquire().await.map_err(|_| self.who.error(Kind::Cancelled, None))?;
        journey.start_clock();
        loop {
            self.wait_for_gate(&mut journey).await?;
            let known = self.gate.unnamed_limits();
            let outcome = self.one_try(call, &mut journey).await;
            let asked = journey.asked(self.who.provider, call.signature);
            let verdict = outcome.verdict(asked, &self.origin);
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
            signature: call.signature,
            validator: call.validator.as_deref(),
            body: call.body.as_ref(),
            limit: journey.time_left(),
        };
        let outcome = match self.wire.exchange(request).await {
            Ok(reply) => {
                self.quotas.note(&reply.headers, Utc::now());
                Outcome::Answered(reply)
            }
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
    pub(super) fn refused(&self, kind: Kind) -> RemoteError {
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

    pub(super) fn quote(&self, words: &str) -> String {
        redact::quote(words, &self.credential.secrets())
    }
}

/// A number from 0 to 1. The keys of the standard library's hash maps are random enough to spread tries.
fn chance() -> f64 {
    use std::hash::{BuildHasher, RandomState};
    let bits = RandomState::new().hash_one(0_u8) >> 32;
    f64::from(u32::try_from(bits).unwrap_or_default()) / f64::from(u32::MAX)
}
