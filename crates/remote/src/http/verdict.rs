//! What one answer, or its absence, means, whatever came before it. Pure; `policy` adds what was tried already.

use std::time::Duration;

use chrono::{DateTime, Utc};
use http::{Method, StatusCode};
use pdt_domain::provider::Provider;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::error::Category;

use super::Kind;
use super::call::Signature;
use super::fault::Fault;
use super::limits::Limits;
use super::refusal;
use super::reply::{End, Reply};

/// What one try came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is what was asked for.
    Deliver,
    /// It is somewhere else.
    Redirect,
    /// It is refused, and asking again changes nothing.
    Refused(Kind),
    /// It may work the next time; `asked` is how long the service wants to be left alone.
    Passing { kind: Kind, asked: Option<Duration> },
    /// There were too many requests; `named` is the wait that the service names.
    Limit { named: Option<Duration> },
}

/// Who was asked, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'c> {
    pub(super) provider: Provider,
    pub(super) method: &'c Method,
    pub(super) signature: Signature,
    /// When the answer came, on this machine's clock.
    pub(super) at: DateTime<Utc>,
}

/// The meaning of a failed transport. A loopback host is always within reach.
pub(super) fn of_fault(fault: &Fault, host: Host) -> Verdict {
    if matches!(fault, Fault::Certificate(_)) {
        Verdict::Refused(Kind::Certificate)
    } else if fault.is_offline() && host == Host::Remote {
        passing(Kind::Offline)
    } else {
        passing(Kind::Passing)
    }
}

/// Where a host is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Host {
    /// This machine.
    Loopback,
    /// Another one.
    Remote,
}

/// The meaning of an answer.
pub(super) fn of_reply(asked: Asked<'_>, reply: &Reply) -> Verdict {
    let limits = Limits::read(&reply.headers, asked.at);
    match reply.status.as_u16() {
        429 => Verdict::Limit { named: limits.named_wait_of_429(asked.provider) },
        408 | 425 | 500..=599 => Verdict::Passing { kind: Kind::Passing, asked: limits.retry_after },
        _ if is_stranger(asked, reply) => Verdict::Refused(Kind::TokenRefused),
        304 => Verdict::Deliver,
        301 | 302 | 303 | 307 | 308 => Verdict::Redirect,
        200..=299 => success(asked, reply, limits),
        403 => forbidden(asked.provider, reply, limits),
        404 | 410 | 451 if reply.is_html() => passing(Kind::Unreadable),
        _ => Verdict::Refused(refused(asked, reply)),
    }
}

fn passing(kind: Kind) -> Verdict {
    Verdict::Passing { kind, asked: None }
}

/// Jira takes whoever signs in with a bad token for a stranger: what he may not see is then missing from lists, or
/// "not found", and only this header tells.
fn is_stranger(asked: Asked<'_>, reply: &Reply) -> bool {
    asked.provider == Provider::Jira
        && asked.signature == Signature::Account
        && refusal::sign_in_failure(reply).is_some()
}

/// A good status is only good with a whole body of JSON.
fn success(asked: Asked<'_>, reply: &Reply, limits: Limits) -> Verdict {
    match reply.end {
        End::TooLarge => return Verdict::Refused(Kind::TooLarge),
        End::Broken(_) => return passing(Kind::Passing),
        End::Whole => {}
    }
    if matches!(reply.status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT) {
        return Verdict::Deliver;
    }
    match serde_json::from_slice::<IgnoredAny>(&reply.body) {
        Ok(_) if is_limited_query(asked, reply) => Verdict::Limit { named: limits.named_wait() },
        Ok(_) => Verdict::Deliver,
        // JSON that ends too early was cut off on the way by somebody who did not say so.
        Err(error) if error.classify() == Category::Eof => passing(Kind::Passing),
        Err(_) => passing(Kind::Unreadable),
    }
}

/// GraphQL answers 200 also when the limit is used up, and says so in `errors`.
/// <https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api>
fn is_limited_query(asked: Asked<'_>, reply: &Reply) -> bool {
    #[derive(Deserialize)]
    struct Query {
        #[serde(default)]
        errors: Vec<Problem>,
    }
    #[derive(Deserialize)]
    struct Problem {
        #[serde(default, rename = "type")]
        kind: Option<String>,
    }
    asked.method == Method::POST
        && serde_json::from_slice::<Query>(&reply.body).is_ok_and(|query| {
            query
                .errors
                .iter()
                .any(|problem| matches!(problem.kind.as_deref(), Some("RATE_LIMITED" | "RATE_LIMIT")))
        })
}

/// 403 has many meanings; the order is that of GitHub's documentation, with single sign-on first since nothing
/// else carries its header.
fn forbidden(provider: Provider, reply: &Reply, limits: Limits) -> Verdict {
    if let Some(kind) = refusal::single_sign_on(reply) {
        return Verdict::Refused(kind);
    }
    if refusal::is_limit(provider, reply, limits) {
        return Verdict::Limit { named: limits.named_wait() };
    }
    if reply.is_html() {
        return passing(Kind::Unreadable);
    }
    Verdict::Refused(refusal::missing_scope(reply).unwrap_or(Kind::Forbidden))
}

fn refused(asked: Asked<'_>, reply: &Reply) -> Kind {
    match reply.status.as_u16() {
        // No token was sent, so none was refused.
        401 if asked.signature == Signature::Anonymous => Kind::Forbidden,
        401 => refusal::gateway_scope(asked.provider, reply).unwrap_or(Kind::TokenRefused),
        404 if refusal::is_empty_project(asked.provider, reply) => Kind::EmptyRepository,
        404 => Kind::NotFound,
        409 if refusal::is_empty_repository(reply) => Kind::EmptyRepository,
        410 => Kind::Gone,
        451 => Kind::Blocked,
        _ => Kind::Unprocessable,
    }
}
