//! Refusals in Jira's words: in the site's language, which is German here, unless English is asked for.

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use super::Jira;
use crate::far::{Asked, Reply};
use crate::faults::Refusal;

/// A sentence in two languages.
pub(super) struct Sentence {
    pub(super) english: String,
    pub(super) german: String,
}

/// A sentence in English and in German.
pub(super) fn say(english: &str, german: &str) -> Sentence {
    Sentence { english: english.to_owned(), german: german.to_owned() }
}

/// The body of most errors.
pub(super) fn error(asked: &Asked, status: u16, sentence: &Sentence) -> Reply {
    let text = if wants_english(asked) { &sentence.english } else { &sentence.german };
    Reply::json(status, &json!({ "errorMessages": [text], "errors": {} }))
}

/// Both headers are needed.
fn wants_english(asked: &Asked) -> bool {
    let forced = asked.header("x-force-accept-language").is_some_and(|value| value == "true");
    forced && asked.header("accept-language").is_some_and(|language| language.starts_with("en"))
}

pub(super) fn not_signed_in(asked: &Asked) -> Reply {
    let sentence = say(
        "You are not authenticated. Authentication required to perform this operation.",
        "Sie sind nicht angemeldet. Für diesen Vorgang ist eine Anmeldung erforderlich.",
    );
    error(asked, 401, &sentence)
        .with("x-seraph-loginreason", "AUTHENTICATED_FAILED")
        .with("www-authenticate", "OAuth realm=\"jira\"")
}

/// Cloud takes a bearer for the token of an app.
pub(super) fn bearer_on_cloud() -> Reply {
    Reply::json(403, &json!({ "error": "Failed to parse Connect Session Auth Token" }))
}

pub(super) fn gateway_unauthorized() -> Reply {
    Reply::json(401, &json!({ "code": 401, "message": "Unauthorized" }))
}

pub(super) fn no_such_issue(asked: &Asked) -> Reply {
    let sentence = say(
        "Issue does not exist or you do not have permission to see it.",
        "Der Vorgang existiert nicht oder Sie dürfen ihn nicht sehen.",
    );
    error(asked, 404, &sentence)
}

pub(super) fn no_such_board(asked: &Asked) -> Reply {
    let sentence = say(
        "The requested board cannot be viewed because it either does not exist or you do not have permission to view it.",
        "Das Board existiert nicht oder Sie dürfen es nicht sehen.",
    );
    error(asked, 404, &sentence)
}

pub(super) fn board_forbidden(asked: &Asked) -> Reply {
    let sentence =
        say("You do not have permission to view this board.", "Sie dürfen dieses Board nicht sehen.");
    error(asked, 403, &sentence)
}

pub(super) fn no_such_sprint(asked: &Asked) -> Reply {
    let sentence = say("Sprint does not exist.", "Der Sprint existiert nicht.");
    error(asked, 404, &sentence)
}

pub(super) fn no_sprints_here(jira: &Jira, asked: &Asked) -> Reply {
    let sentence = say("The board does not support sprints", "Das Board unterstützt keine Sprints");
    error(asked, jira.settings.no_sprints_status, &sentence)
}

pub(super) fn bad_request(asked: &Asked, english: &str, german: &str) -> Reply {
    error(asked, 400, &say(english, german))
}

/// A route that there is not.
pub(super) fn no_such_route(jira: &Jira) -> Reply {
    if jira.settings.is_cloud() {
        let body = json!({ "timestamp": "", "status": 404, "error": "Not Found", "message": "No message available" });
        return Reply::json(404, &body);
    }
    let page = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><status><status-code>404</status-code>\
                <message>null for uri</message></status>";
    Reply::text(404, page).with("content-type", "application/xml;charset=UTF-8")
}

pub(super) fn removed_search(asked: &Asked) -> Reply {
    let sentence = say(
        "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.",
        "Die angeforderte API wurde entfernt. Bitte wechseln Sie zu /rest/api/3/search/jql.",
    );
    error(asked, 410, &sentence)
}

pub(super) fn refuse(jira: &Jira, asked: &Asked, refusal: &Refusal) -> Reply {
    match refusal {
        Refusal::BadToken => bad_token(jira, asked),
        Refusal::MissingScope(_) if is_at_gateway(asked) => {
            Reply::json(401, &json!({ "code": 401, "message": "Unauthorized; scope does not match" }))
        }
        Refusal::MissingScope(_) | Refusal::SingleSignOn(_) => {
            let english = "You do not have permission to perform this operation.";
            error(asked, 403, &say(english, "Sie sind zu diesem Vorgang nicht berechtigt."))
        }
        Refusal::PrimaryLimit(reset) => limited(asked, *reset, "jira-quota-tenant-based"),
        Refusal::SecondaryLimit(seconds) => {
            let reset = Utc::now() + Duration::seconds(i64::try_from(*seconds).unwrap_or(60));
            limited(asked, reset, "jira-burst-based").with("retry-after", seconds)
        }
        Refusal::SecondaryLimitWithoutTime => error(asked, 429, &too_many()),
        Refusal::NotFound => no_such_issue(asked),
        Refusal::Gone => removed_search(asked),
        Refusal::Blocked => {
            error(asked, 451, &say("Unavailable for legal reasons.", "Aus rechtlichen Gründen gesperrt."))
        }
    }
}

/// Only Data Center and `/myself` say it plainly.
fn bad_token(jira: &Jira, asked: &Asked) -> Reply {
    let is_plain = asked.path.ends_with("/myself") || !jira.settings.is_cloud();
    let reply = match (is_at_gateway(asked), is_plain) {
        (true, _) => return gateway_unauthorized(),
        (false, true) => not_signed_in(asked),
        (false, false) => super::routes::anonymous(jira, asked),
    };
    reply.with("x-seraph-loginreason", "AUTHENTICATED_FAILED")
}

fn is_at_gateway(asked: &Asked) -> bool {
    asked.path.starts_with("/ex/jira/")
}

fn too_many() -> Sentence {
    say("Rate limit exceeded.", "Zu viele Anfragen.")
}

/// The reset is told to the minute only: <https://developer.atlassian.com/cloud/jira/platform/rate-limiting/>.
fn limited(asked: &Asked, reset: DateTime<Utc>, reason: &str) -> Reply {
    let wait = ((reset - Utc::now()).num_milliseconds() + 999).max(0) / 1000;
    error(asked, 429, &too_many())
        .with("retry-after", wait)
        .with("ratelimit-reason", reason)
        .with("x-ratelimit-limit", 350)
        .with("x-ratelimit-remaining", 0)
        .with("x-ratelimit-reset", reset.format("%Y-%m-%dT%H:%MZ"))
}
