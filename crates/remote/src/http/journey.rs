//! A call on its way: where it stands after redirects, what it has tried, and how much time is left.

use std::time::Duration;

use chrono::Utc;
use http::Method;
use pdt_domain::provider::Provider;
use tokio::time::Instant;
use url::Url;

use super::call::Signature;
use super::fault::Fault;
use super::origin::Origin;
use super::policy::Tries;
use super::reply::{End, Reply};
use super::verdict::{self, Asked, Host, Verdict};
use super::{Call, Kind, Timing, error, refusal};

/// More redirects than any service needs.
const MOST_REDIRECTS: u32 = 5;

/// The state of one call.
pub(super) struct Journey {
    pub(super) url: Url,
    pub(super) method: Method,
    /// Whether a permanent redirect was followed.
    pub(super) moved: bool,
    pub(super) tries: Tries,
    /// Requests made for this call, redirects included.
    pub(super) attempt: u32,
    pub(super) begun: Instant,
    redirects: u32,
    deadline: Instant,
    total: Duration,
}

impl Journey {
    pub(super) fn begin(call: &Call, mut url: Url, timing: &Timing) -> Self {
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&call.query);
        }
        let begun = Instant::now();
        Self {
            url,
            method: call.method(),
            moved: false,
            tries: Tries::default(),
            attempt: 0,
            begun,
            redirects: 0,
            deadline: begun + timing.total,
            total: timing.total,
        }
    }

    /// Time spent in the queue behind other calls does not count.
    pub(super) fn start_clock(&mut self) {
        self.begun = Instant::now();
        self.deadline = self.begun + self.total;
    }

    /// How much of the call's time is left, never nothing: a try that begins gets a moment to fail in.
    pub(super) fn time_left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1))
    }

    /// Sleeps because the service asked for it; that is not the call's own time.
    pub(super) async fn sleep_as_asked(&mut self, pause: Duration) {
        tokio::time::sleep(pause).await;
        self.tries.waited += pause;
        self.deadline += pause;
    }

    /// Who is asked, and how, for what an answer that came just now means.
    pub(super) fn asked(&self, provider: Provider, signature: Signature) -> Asked<'_> {
        Asked { provider, method: &self.method, signature, at: Utc::now() }
    }

    /// Counts a try that came to nothing.
    pub(super) fn count(&mut self, met: Met) {
        match met {
            Met::Limit | Met::UnnamedLimit => self.tries.limits += 1,
            Met::Other => self.tries.failures += 1,
        }
    }

    /// Goes to another address because an answer of this status said so.
    ///
    /// # Errors
    /// [`Kind::PageLoop`] where there were too many.
    pub(super) fn follow(&mut self, url: Url, status: Option<u16>) -> Result<(), Kind> {
        self.redirects += 1;
        if self.redirects > MOST_REDIRECTS {
            return Err(Kind::PageLoop);
        }
        if status == Some(303) {
            self.method = Method::GET;
        }
        self.moved |= matches!(status, Some(301 | 308));
        self.url = url;
        Ok(())
    }
}

/// What a try met, as far as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Met {
    /// A limit that names a wait.
    Limit,
    /// A limit that names none.
    UnnamedLimit,
    /// Something else.
    Other,
}

impl Met {
    pub(super) fn by(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Limit { named: Some(_) } => Self::Limit,
            Verdict::Limit { named: None } => Self::UnnamedLimit,
            Verdict::Deliver | Verdict::Redirect | Verdict::Refused(_) | Verdict::Passing { .. } => {
                Self::Other
            }
        }
    }
}

/// What one try brought.
pub(super) enum Outcome {
    Answered(Reply),
    Failed(Fault),
}

impl Outcome {
    pub(super) fn verdict(&self, asked: Asked<'_>, origin: &Origin) -> Verdict {
        let host = if origin.is_loopback() { Host::Loopback } else { Host::Remote };
        match self {
            Self::Answered(reply) => verdict::of_reply(asked, reply),
            Self::Failed(fault) => verdict::of_fault(fault, host),
        }
    }

    pub(super) fn status(&self) -> Option<u16> {
        match self {
            Self::Answered(reply) => Some(reply.status.as_u16()),
            Self::Failed(_) => None,
        }
    }

    /// Why there is no whole answer.
    pub(super) fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Failed(fault) | Self::Answered(Reply { end: End::Broken(fault), .. }) => Some(fault),
            Self::Answered(_) => None,
        }
    }

    /// Where a redirect leads.
    pub(super) fn location(&self, base: &Url) -> Option<Url> {
        match self {
            Self::Answered(reply) => base.join(reply.header("location")?).ok(),
            Self::Failed(_) => None,
        }
    }

    /// The middle of a sentence about a failure of this kind: the service's words, or what was found instead.
    pub(super) fn words(&self, kind: &Kind) -> Option<String> {
        let reply = match self {
            Self::Failed(fault) => return Some(fault.words()),
            Self::Answered(reply) => reply,
        };
        if let (Kind::TokenRefused, Some(failure)) = (kind, refusal::sign_in_failure(reply)) {
            // Its body speaks of what a stranger does not see, not of the token.
            return Some(failure.to_owned());
        }
        match (&reply.end, kind) {
            (End::Broken(fault), _) if reply.status.is_success() => Some(fault.words()),
            (_, Kind::Unreadable) => Some(reply.description()),
            (_, Kind::Passing) if reply.status.is_success() => Some("the answer was cut off".to_owned()),
            _ if reply.is_html() => Some(format!("it sent {}", reply.description())),
            _ => reply.message().map(|words| error::quoted(&words)),
        }
    }
}
