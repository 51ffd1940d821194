//! Headers that every answer of GitHub carries.

use chrono::Utc;
use sha2::{Digest, Sha256};

use super::refusals::{error, refuse};
use super::{Call, Flavour, Github, Limits};
use crate::far::Reply;
use crate::far::page::Page;
use crate::far::tokens::{Allowance, TokenKind, hex};
use crate::faults::Refusal;

/// Requests an hour for one person.
const HOURLY: u64 = 5000;

/// The refusal, where nothing is left of the hourly limit.
pub(super) fn limit_reached(call: &Call<'_>) -> Option<Reply> {
    let allowance = allowance(call)?;
    let reached = allowance.remaining == 0 && !is_rate_limit_route(call);
    reached.then(|| refuse(call.github, call.asked, &Refusal::PrimaryLimit(allowance.reset)))
}

fn is_rate_limit_route(call: &Call<'_>) -> bool {
    call.github.below_prefix(call.asked).is_some_and(|below| matches!(below, [word] if word == "rate_limit"))
}

/// What is left for this kind of request; None where no limits are kept.
pub(super) fn allowance(call: &Call<'_>) -> Option<Allowance> {
    let kept = call.github.settings.limits == Limits::Kept;
    kept.then(|| call.github.realm.tokens.allowance(&pool(call).0, HOURLY))
}

/// The name that the allowance is kept under, and the name that the header shows.
fn pool(call: &Call<'_>) -> (String, &'static str) {
    let graphql = call.asked.segments.last().is_some_and(|last| last == "graphql");
    let login = &call.grant.login;
    if graphql { (format!("{login} graphql"), "graphql") } else { (login.clone(), "core") }
}

/// Adds what every answer has, and turns it into a 304 where the client knows it already.
pub(super) fn dress(call: &Call<'_>, reply: Reply) -> Reply {
    let reply = conditional(call, reply);
    let free = reply.status == 304 || is_rate_limit_route(call);
    if !free {
        call.github.realm.tokens.spend(&pool(call).0);
    }
    let mut reply = with_limits(call, common(call.github, reply));
    if call.grant.kind == TokenKind::Classic {
        reply = reply.with("x-oauth-scopes", call.grant.scopes.join(", "));
        if reply.header("x-accepted-oauth-scopes").is_none() {
            reply = reply.with("x-accepted-oauth-scopes", "repo");
        }
    }
    match call.grant.expires_at {
        Some(end) => {
            reply.with("github-authentication-token-expiration", end.format("%Y-%m-%d %H:%M:%S UTC"))
        }
        None => reply,
    }
}

/// What answers to nobody in particular have.
pub(super) fn dress_anonymous(github: &Github, reply: Reply) -> Reply {
    common(github, reply)
}

fn common(github: &Github, reply: Reply) -> Reply {
    let mut reply = reply
        .with("server", "github.com")
        .with("x-github-media-type", "github.v3; format=json")
        .with("x-github-request-id", "C0DE:1F2E:3D4C5B:6A7988:97A6B5C4")
        .with("vary", "Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding")
        .with("x-content-type-options", "nosniff");
    if github.settings.flavour == Flavour::Enterprise {
        reply = reply.with("x-github-enterprise-version", "enterprise-server@3.17.0");
    }
    match github.settings.poll_interval {
        Some(seconds) => reply.with("x-poll-interval", seconds),
        None => reply,
    }
}

/// A limited answer has said its own numbers already.
fn with_limits(call: &Call<'_>, reply: Reply) -> Reply {
    let Some(left) = allowance(call).filter(|_| reply.header("x-ratelimit-limit").is_none()) else {
        return reply;
    };
    reply
        .with("x-ratelimit-limit", left.limit)
        .with("x-ratelimit-remaining", left.remaining)
        .with("x-ratelimit-used", left.limit - left.remaining)
        .with("x-ratelimit-reset", left.reset.timestamp())
        .with("x-ratelimit-resource", pool(call).1)
}

/// The validator depends on the token: another token, another one.
fn conditional(call: &Call<'_>, reply: Reply) -> Reply {
    if call.asked.method != "GET" || reply.status != 200 || is_rate_limit_route(call) {
        return reply;
    }
    let mut digest = Sha256::new();
    for part in [call.grant.print.as_bytes(), reply.validator.as_bytes(), &reply.body] {
        digest.update(part);
        digest.update([0]);
    }
    let etag = format!("\"{}\"", hex(&digest.finalize()));
    let known = call.asked.header("if-none-match").unwrap_or_default();
    let matches = known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag);
    let reply =
        reply.with("etag", format!("W/{etag}")).with("cache-control", "private, max-age=60, s-maxage=60");
    if matches { reply.not_modified() } else { reply }
}

/// The reply with its `Link`: URLs by the repository's number, in the order prev, next, last, first; the
/// first page has no prev and first, the last one no next and last.
pub(super) fn with_links(call: &Call<'_>, reply: Reply, path: &str, page: Page, length: usize) -> Reply {
    let last = page.last(length);
    let mut links = Vec::new();
    let mut link = |number: usize, relation: &str| {
        let query = call.asked.query_with("page", &number.to_string());
        links.push(format!("<{}{path}?{query}>; rel=\"{relation}\"", call.api()));
    };
    if page.number > 1 {
        link((page.number - 1).min(last), "prev");
    }
    if page.number < last {
        link(page.number + 1, "next");
        link(last, "last");
    }
    if page.number > 1 {
        link(1, "first");
    }
    if links.is_empty() { reply } else { reply.with("link", links.join(", ")) }
}

/// `/rate_limit`, which costs nothing, and which a server without limits does not have.
pub(super) fn rate_limit(call: &Call<'_>) -> Reply {
    if call.github.settings.limits == Limits::Unknown {
        return error(404, "Rate limiting is not enabled.");
    }
    let tokens = &call.github.realm.tokens;
    let shown = |name: &str| {
        let left = tokens.allowance(name, HOURLY);
        serde_json::json!({
            "limit": left.limit, "remaining": left.remaining,
            "used": left.limit - left.remaining, "reset": left.reset.timestamp().max(Utc::now().timestamp()),
        })
    };
    let login = &call.grant.login;
    let core = shown(login);
    let resources = serde_json::json!({ "core": core, "graphql": shown(&format!("{login} graphql")) });
    Reply::json(200, &serde_json::json!({ "resources": resources, "rate": core }))
}
