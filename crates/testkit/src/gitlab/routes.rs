//! Which request gets which answer.

use anyhow::Result;
use serde_json::{Value, json};

use super::headers::with_counted_pages;
use super::refusals::{error, insufficient_scope, no_such_project};
use super::{Call, below_prefix, branches, commits, compare, wire};
use crate::far::Reply;
use crate::far::page::Page;
use crate::far::shelf::{Found, Shelved};

/// GitLab's own default of items a page.
pub(super) const PER_PAGE: usize = 20;

pub(super) fn answer(call: &Call<'_>) -> Reply {
    let below = below_prefix(call.asked).unwrap_or_default();
    let words: Vec<&str> = below.iter().map(String::as_str).collect();
    match (call.asked.method.as_str(), words.as_slice()) {
        ("GET", ["user"]) => with_scope(call, &["api", "read_user", "read_api"], || wire::user(call)),
        // Every token may ask about itself.
        ("GET", ["personal_access_tokens", "self"]) => Reply::json(200, &wire::token(call)),
        ("GET", ["version"]) => {
            with_scope(call, READERS, || json!({ "version": "18.6.0-ee", "revision": "0" }))
        }
        ("GET", ["projects", ..]) if !call.grant.has_one_of(READERS) => insufficient_scope("api read_api"),
        ("GET", ["projects"]) => own_projects(call),
        ("GET", ["projects", id, rest @ ..]) => project(call, id, rest),
        _ => Reply::json(404, &json!({ "error": "404 Not Found" })),
    }
}

const READERS: &[&str] = &["api", "read_api"];

fn with_scope(call: &Call<'_>, scopes: &[&str], body: impl FnOnce() -> Value) -> Reply {
    if call.grant.has_one_of(scopes) {
        Reply::json(200, &body())
    } else {
        insufficient_scope(&scopes.join(" "))
    }
}

fn own_projects(call: &Call<'_>) -> Reply {
    let visible = call.gitlab.realm.shelf.visible_to(&call.grant.login);
    let page = Page::asked(call.asked, PER_PAGE);
    let bodies: Result<Vec<Value>> = page
        .of(&visible)
        .iter()
        .map(|shelved| Ok(wire::project(call, shelved, &shelved.watched.now()?)))
        .collect();
    let reply = bodies.map(|bodies| Reply::json(200, &bodies.into()));
    reply.map_or_else(failed, |reply| with_counted_pages(call, reply, page, visible.len()))
}

/// A project by its number, or by its whole path in one encoded segment.
fn project(call: &Call<'_>, id: &str, rest: &[&str]) -> Reply {
    let by_number = id.parse().ok().and_then(|id| call.gitlab.realm.shelf.by_id(id)).map(Found::Here);
    match by_number.unwrap_or_else(|| call.gitlab.realm.shelf.by_name(id)) {
        Found::Here(shelved) if call.may_see(&shelved) => {
            in_project(call, &shelved, rest).unwrap_or_else(failed)
        }
        Found::Moved(shelved) if call.may_see(&shelved) => moved(call, &shelved),
        Found::Here(_) | Found::Moved(_) | Found::Nothing => no_such_project(),
    }
}

/// 301 to the same thing by the project's number; in plain text.
fn moved(call: &Call<'_>, shelved: &Shelved) -> Reply {
    // The path as it was sent: /api/v4/projects/PATH and what comes after it.
    let rest: String = call.asked.path.split('/').skip(5).map(|segment| format!("/{segment}")).collect();
    let mark = if call.asked.raw_query.is_empty() { "" } else { "?" };
    let url =
        format!("{}/api/v4/projects/{}{rest}{mark}{}", call.asked.origin, shelved.id, call.asked.raw_query);
    Reply::text(301, &format!("This resource has been moved permanently to {url}")).with("location", url)
}

fn in_project(call: &Call<'_>, shelved: &Shelved, rest: &[&str]) -> Result<Reply> {
    match rest {
        [] => Ok(Reply::json(200, &wire::project(call, shelved, &shelved.watched.now()?))),
        ["repository", "branches"] => branches::list(call, shelved),
        ["repository", "branches", name] => branches::one(call, shelved, name),
        ["repository", "commits"] => commits::list(call, shelved),
        ["repository", "commits", name] => commits::one(call, shelved, name),
        ["repository", "compare"] => compare::answer(call, shelved),
        _ => Ok(Reply::json(404, &json!({ "error": "404 Not Found" }))),
    }
}

fn failed(failure: anyhow::Error) -> Reply {
    error(500, &format!("500 Internal Server Error: {failure:#}"))
}
