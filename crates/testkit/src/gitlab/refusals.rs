//! Refusals in GitLab's words.

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use crate::far::Reply;
use crate::faults::Refusal;

/// The body of most errors: the status stands in the message again.
pub(super) fn error(status: u16, message: &str) -> Reply {
    Reply::json(status, &json!({ "message": message }))
}

pub(super) fn no_such_project() -> Reply {
    error(404, "404 Project Not Found")
}

/// A parameter that cannot be.
pub(super) fn bad_parameter(message: &str) -> Reply {
    Reply::json(400, &json!({ "error": message }))
}

/// One of the two bodies of 401: nobody, or a token that never was.
pub(super) fn unauthorized() -> Reply {
    error(401, "401 Unauthorized")
}

/// The other one: a token that once was.
fn invalid_token(description: &str) -> Reply {
    let challenge = format!(
        "Bearer realm=\"Protected by OAuth 2.0\", error=\"invalid_token\", error_description=\"{description}\""
    );
    Reply::json(401, &json!({ "error": "invalid_token", "error_description": description }))
        .with("www-authenticate", challenge)
}

pub(super) fn expired() -> Reply {
    invalid_token("Token is expired. You can either do re-authorization or token refresh.")
}

/// The token does not reach this far.
pub(super) fn insufficient_scope(needed: &str) -> Reply {
    let description = "The request requires higher privileges than provided by the access token.";
    let body = json!({ "error": "insufficient_scope", "error_description": description, "scope": needed });
    let challenge = format!(
        "Bearer realm=\"Protected by OAuth 2.0\", error=\"insufficient_scope\", \
         error_description=\"{description}\", scope=\"{needed}\""
    );
    Reply::json(403, &body).with("www-authenticate", challenge)
}

pub(super) fn refuse(refusal: &Refusal) -> Reply {
    match refusal {
        Refusal::BadToken => invalid_token("Token was revoked. You have to re-authorize from the user."),
        Refusal::MissingScope(scope) => insufficient_scope(scope),
        Refusal::SingleSignOn(_) => error(403, "403 Forbidden"),
        Refusal::PrimaryLimit(reset) => limited(*reset).with("retry-after", seconds_until(*reset)),
        Refusal::SecondaryLimit(seconds) => {
            let reset = Utc::now() + Duration::seconds(i64::try_from(*seconds).unwrap_or(60));
            limited(reset).with("retry-after", seconds)
        }
        Refusal::SecondaryLimitWithoutTime => Reply::text(429, "Retry later\n"),
        Refusal::NotFound => no_such_project(),
        Refusal::Gone => error(410, "410 Gone"),
        Refusal::Blocked => error(451, "451 Unavailable For Legal Reasons"),
    }
}

/// Too many requests: plain text, and the headers have no `X-` before their names.
fn limited(reset: DateTime<Utc>) -> Reply {
    Reply::text(429, "Retry later\n")
        .with("ratelimit-limit", 2000)
        .with("ratelimit-observed", 2001)
        .with("ratelimit-remaining", 0)
        .with("ratelimit-reset", reset.timestamp())
        .with("ratelimit-resettime", reset.format("%a, %d %b %Y %H:%M:%S GMT"))
        .with("ratelimit-name", "throttle_authenticated_api")
}

fn seconds_until(time: DateTime<Utc>) -> i64 {
    // Rounded up, so that who waits so long does not come too early.
    ((time - Utc::now()).num_milliseconds() + 999).max(0) / 1000
}
