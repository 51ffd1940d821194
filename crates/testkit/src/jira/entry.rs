//! Who may come in, and as whom.

use super::{CLOUD_ID, Call, Jira, headers, refusals, routes};
use crate::far::tokens::{Grant, TokenState};
use crate::far::{Asked, Reply};

/// Where a request came in.
pub(super) struct Door<'asked> {
    kind: Kind,
    /// The segments behind it.
    pub(super) below: &'asked [String],
    base: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Site,
    /// Atlassian's, for all sites.
    Gateway,
}

impl<'asked> Door<'asked> {
    /// None where nothing is served.
    pub(super) fn of(jira: &Jira, asked: &'asked Asked) -> Option<Self> {
        if let [ex, word, id, below @ ..] = asked.segments.as_slice()
            && (ex.as_str(), word.as_str()) == ("ex", "jira")
        {
            let is_known = jira.settings.is_cloud() && id == CLOUD_ID;
            let base = format!("{}/ex/jira/{id}", asked.origin);
            return is_known.then_some(Self { kind: Kind::Gateway, below, base });
        }
        let path = jira.settings.context_path.split('/').filter(|segment| !segment.is_empty());
        let path: Vec<&str> = path.collect();
        let below = asked.segments.get(path.len()..)?;
        let is_below = asked.segments.iter().zip(&path).all(|(segment, wanted)| segment == wanted);
        let base = format!("{}{}", asked.origin, jira.settings.context_path);
        is_below.then_some(Self { kind: Kind::Site, below, base })
    }
}

/// What a credential makes of a request.
enum Standing {
    Known(Grant),
    /// Nobody in particular; Jira then shows what everybody may see, which is nothing here.
    Nobody,
    /// A credential was not believed. Cloud treats this like nobody, and says so in a header only.
    NotBelieved,
    Refused(Reply),
}

pub(super) fn answer(jira: &Jira, asked: &Asked, door: &Door<'_>) -> Reply {
    let call = Call { jira, asked, below: door.below, base: &door.base, login: "", email: "" };
    if is_for_everybody(door.below) {
        return headers::common(&call, routes::answer(&call));
    }
    let reply = match standing(jira, asked, door) {
        Standing::Known(grant) => {
            let call = Call { login: &grant.login, email: &grant.email, ..call };
            let limited = headers::limit_reached(&call);
            return headers::dress(&call, limited.unwrap_or_else(|| routes::answer(&call)));
        }
        Standing::Nobody => routes::answer_nobody(&call),
        Standing::NotBelieved => {
            routes::answer_nobody(&call).with("x-seraph-loginreason", "AUTHENTICATED_FAILED")
        }
        Standing::Refused(reply) => reply,
    };
    headers::common(&call, reply)
}

fn is_for_everybody(below: &[String]) -> bool {
    let words: Vec<&str> = below.iter().map(String::as_str).collect();
    matches!(words.as_slice(), ["rest", "api", "2" | "3", "serverInfo"] | ["_edge", "tenant_info"])
}

fn standing(jira: &Jira, asked: &Asked, door: &Door<'_>) -> Standing {
    match (jira.settings.is_cloud(), door.kind) {
        (false, _) => at_data_center(jira, asked),
        (true, Kind::Gateway) => at_gateway(jira, asked),
        (true, Kind::Site) => at_cloud(jira, asked),
    }
}

/// Basic with e-mail address and token.
fn at_cloud(jira: &Jira, asked: &Asked) -> Standing {
    if has_bearer(asked) {
        return Standing::Refused(refusals::bearer_on_cloud());
    }
    if asked.header("authorization").is_none() {
        return Standing::Nobody;
    }
    match basic_grant(jira, asked) {
        Some(_) if jira.settings.scoped_only => Standing::Refused(refusals::not_signed_in(asked)),
        Some(grant) => Standing::Known(grant),
        None => Standing::NotBelieved,
    }
}

fn at_gateway(jira: &Jira, asked: &Asked) -> Standing {
    basic_grant(jira, asked)
        .map_or_else(|| Standing::Refused(refusals::gateway_unauthorized()), Standing::Known)
}

/// Bearer with a personal token; anything else is refused.
fn at_data_center(jira: &Jira, asked: &Asked) -> Standing {
    let token = asked.credential().filter(|_| has_bearer(asked));
    let grant = token.and_then(|token| jira.realm.tokens.find(token));
    grant
        .filter(|grant| grant.state == TokenState::Valid)
        .map_or_else(|| Standing::Refused(refusals::not_signed_in(asked)), Standing::Known)
}

fn has_bearer(asked: &Asked) -> bool {
    let scheme =
        asked.header("authorization").and_then(|value| value.split_once(' ')).map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer"))
}

fn basic_grant(jira: &Jira, asked: &Asked) -> Option<Grant> {
    let basic = asked.basic()?;
    let grant = jira.realm.tokens.find(&basic.password)?;
    let is_theirs = grant.email.eq_ignore_ascii_case(&basic.name);
    (is_theirs && grant.state == TokenState::Valid).then_some(grant)
}
