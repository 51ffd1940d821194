//! Which request gets which answer.

use serde_json::Value;

use super::headers::{rate_limit, with_links};
use super::refusals::{error, not_found};
use super::{Call, activity, branches, commits, compare, graphql, wire};
use crate::far::Reply;
use crate::far::page::Page;
use crate::far::shelf::{Found, Shelved};

/// GitHub's own default of items a page.
pub(super) const PER_PAGE: usize = 30;

pub(super) fn answer(call: &Call<'_>) -> Reply {
    let below = call.github.below_prefix(call.asked).unwrap_or_default();
    let words: Vec<&str> = below.iter().map(String::as_str).collect();
    match (call.asked.method.as_str(), words.as_slice()) {
        ("POST", ["graphql"]) => graphql::answer(call),
        ("GET", ["user"]) => Reply::json(200, &wire::user(call)),
        ("GET", ["user", "repos"]) => own_repositories(call),
        ("GET", ["rate_limit"]) => rate_limit(call),
        ("GET", ["repos", owner, name, rest @ ..]) => {
            match call.github.realm.shelf.by_name(&format!("{owner}/{name}")) {
                Found::Here(shelved) => in_repository(call, &shelved, rest),
                Found::Moved(shelved) if call.may_see(&shelved) => moved(call, &shelved),
                Found::Moved(_) | Found::Nothing => not_found(),
            }
        }
        ("GET", ["repositories", id, rest @ ..]) => {
            let found = id.parse().ok().and_then(|id| call.github.realm.shelf.by_id(id));
            found.map_or_else(not_found, |shelved| in_repository(call, &shelved, rest))
        }
        _ => not_found(),
    }
}

/// 301 to the same thing by the repository's number, at the same origin.
fn moved(call: &Call<'_>, shelved: &Shelved) -> Reply {
    let below = call.asked.path.strip_prefix(call.github.prefix()).unwrap_or_default();
    // The path as it was sent: /repos/OWNER/NAME and what comes after them.
    let rest: String = below.split('/').skip(4).map(|segment| format!("/{segment}")).collect();
    let mark = if call.asked.raw_query.is_empty() { "" } else { "?" };
    let url = format!("{}/repositories/{}{rest}{mark}{}", call.api(), shelved.id, call.asked.raw_query);
    let body = serde_json::json!({
        "message": "Moved Permanently",
        "url": url,
        "documentation_url": "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api",
    });
    Reply::json(301, &body).with("location", url)
}

fn in_repository(call: &Call<'_>, shelved: &Shelved, rest: &[&str]) -> Reply {
    if !call.may_see(shelved) {
        return not_found();
    }
    let answer = match rest {
        [] => repository(call, shelved),
        ["branches"] => branches::list(call, shelved),
        // A branch's name may hold slashes, encoded or not.
        ["branches", name @ ..] => branches::one(call, shelved, &name.join("/")),
        ["commits"] => commits::list(call, shelved),
        ["commits", name @ ..] => commits::one(call, shelved, &name.join("/")),
        ["compare", range @ ..] => compare::answer(call, shelved, &range.join("/")),
        ["activity"] => activity::list(call, shelved),
        _ => Ok(not_found()),
    };
    answer.unwrap_or_else(|failure| error(500, &format!("{failure:#}")))
}

/// Its validator moves with every ref, as a push moves `pushed_at`, which counts in seconds only.
fn repository(call: &Call<'_>, shelved: &Shelved) -> anyhow::Result<Reply> {
    let snapshot = shelved.watched.now()?;
    let body = wire::repository(call, shelved, &snapshot);
    Ok(Reply::json(200, &body).validated_by(snapshot.generation))
}

fn own_repositories(call: &Call<'_>) -> Reply {
    let visible = call.github.realm.shelf.visible_to(&call.grant.login);
    let visible: Vec<Shelved> = visible.into_iter().filter(|shelved| call.may_see(shelved)).collect();
    let page = Page::asked(call.asked, PER_PAGE);
    let bodies: anyhow::Result<Vec<Value>> = page
        .of(&visible)
        .iter()
        .map(|shelved| Ok(wire::repository(call, shelved, &shelved.watched.now()?)))
        .collect();
    match bodies {
        Ok(bodies) => with_links(call, Reply::json(200, &bodies.into()), "/user/repos", page, visible.len()),
        Err(failure) => error(500, &format!("{failure:#}")),
    }
}
