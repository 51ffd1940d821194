//! Refusals in GitHub's words.

use serde_json::json;

use super::{Github, Limits};
use crate::far::{Asked, Reply};
use crate::faults::Refusal;

/// The body of every error.
pub(super) fn error(status: u16, message: &str) -> Reply {
    let body = json!({
        "message": message,
        "documentation_url": "https://docs.github.com/rest",
        "status": status.to_string(),
    });
    Reply::json(status, &body)
}

pub(super) fn not_found() -> Reply {
    error(404, "Not Found")
}

/// Requests without `User-Agent` do not even reach the API, hence the HTML.
pub(super) fn no_user_agent() -> Reply {
    let sentence =
        "Request forbidden by administrative rules. Please make sure your request has a User-Agent header";
    Reply::html(403, &format!("<html><body><h1>Forbidden</h1><p>{sentence}</p></body></html>"))
}

pub(super) fn not_signed_in() -> Reply {
    error(401, "Requires authentication")
}

pub(super) fn refuse(github: &Github, asked: &Asked, refusal: &Refusal) -> Reply {
    match refusal {
        Refusal::BadToken => error(401, "Bad credentials"),
        Refusal::MissingScope(scope) => error(403, "Resource not accessible by personal access token")
            .with("x-accepted-oauth-scopes", scope)
            .with("x-accepted-github-permissions", "contents=read"),
        Refusal::SingleSignOn(organization) => single_sign_on(asked, organization),
        Refusal::PrimaryLimit(reset) if is_graphql(github, asked) => {
            let message = "API rate limit already exceeded for user ID 1.";
            let body = json!({ "errors": [{ "type": "RATE_LIMITED", "message": message }] });
            limited(Reply::json(200, &body), reset.timestamp()).with("x-ratelimit-resource", "graphql")
        }
        Refusal::PrimaryLimit(reset) => {
            limited(error(403, "API rate limit exceeded for user ID 1."), reset.timestamp())
        }
        Refusal::SecondaryLimit(seconds) => secondary(github).with("retry-after", seconds),
        Refusal::SecondaryLimitWithoutTime => secondary(github),
        Refusal::NotFound => not_found(),
        Refusal::Gone => error(410, "This resource is gone."),
        Refusal::Blocked => {
            let body = json!({
                "message": "Repository access blocked",
                "block": { "reason": "dmca", "created_at": "2026-01-01T00:00:00Z" },
            });
            Reply::json(451, &body)
        }
    }
}

fn is_graphql(github: &Github, asked: &Asked) -> bool {
    github.below_prefix(asked).is_some_and(|below| matches!(below, [word] if word == "graphql"))
}

fn single_sign_on(asked: &Asked, organization: &str) -> Reply {
    let sentence = "Resource protected by organization SAML enforcement. You must grant your Personal Access \
                    token access to this organization.";
    let url = format!("{}/orgs/{organization}/sso?authorization_request=A1B2C3", asked.origin);
    error(403, sentence).with("x-github-sso", format!("required; url={url}"))
}

/// The hourly limit: nothing remains, and `retry-after` is not sent.
fn limited(reply: Reply, reset: i64) -> Reply {
    reply
        .with("x-ratelimit-limit", 5000)
        .with("x-ratelimit-remaining", 0)
        .with("x-ratelimit-used", 5000)
        .with("x-ratelimit-reset", reset)
        .with("x-ratelimit-resource", "core")
}

/// The limit on too much at once: much of the hourly one remains.
fn secondary(github: &Github) -> Reply {
    let sentence =
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    let reply = error(403, sentence);
    match github.settings.limits {
        Limits::Kept => reply.with("x-ratelimit-limit", 5000).with("x-ratelimit-remaining", 4900),
        Limits::Unknown => reply,
    }
}
