//! Which request gets which answer.

use serde_json::json;

use super::entry::Door;
use super::lists::Window;
use super::refusals::{no_such_board, no_such_issue, no_such_route, no_such_sprint, not_signed_in};
use super::wire::Voice;
use super::{Call, Jira, boards, cards, changelog, people, search, site, sprints};
use crate::far::{Asked, Reply};

pub(super) fn answer(call: &Call<'_>) -> Reply {
    let words: Vec<&str> = call.below.iter().map(String::as_str).collect();
    let method = call.asked.method.as_str();
    let found = match words.as_slice() {
        ["rest", "agile", "1.0", rest @ ..] if method == "GET" => agile(call, rest),
        ["rest", "api", "2", rest @ ..] => platform(call, method, rest, Voice::Two),
        // Version 3 is Cloud's.
        ["rest", "api", "3", rest @ ..] if call.settings().is_cloud() => {
            platform(call, method, rest, Voice::Three)
        }
        ["_edge", "tenant_info"] if call.settings().is_cloud() => Some(site::tenant_info()),
        _ => None,
    };
    found.unwrap_or_else(|| no_such_route(call.jira))
}

fn agile(call: &Call<'_>, words: &[&str]) -> Option<Reply> {
    match words {
        ["board"] => Some(boards::list(call)),
        ["board", id, rest @ ..] => boards::below(call, id, rest),
        ["sprint", id] => Some(sprints::one(call, id)),
        ["sprint", id, "issue"] => Some(cards::of_sprint(call, &call.jira.world.state(), id, None)),
        ["issue", id] => Some(cards::one(call, id, Voice::Agile)),
        _ => None,
    }
}

fn platform(call: &Call<'_>, method: &str, words: &[&str], voice: Voice) -> Option<Reply> {
    let cloud = call.settings().is_cloud();
    Some(match (method, words) {
        ("GET", ["serverInfo"]) => site::server_info(call),
        ("GET", ["myself"]) => people::myself(call),
        ("GET", ["field"]) => site::fields(call),
        ("GET", ["project"]) => site::projects(call),
        ("GET", ["project", "search"]) if cloud => site::projects_in_pages(call),
        ("GET" | "POST", ["search"]) => search::by_offset(call),
        ("GET" | "POST", ["search", "jql"]) if cloud => search::by_token(call),
        ("POST", ["issue", "bulkfetch"]) if cloud => search::bulk(call),
        ("GET", ["issue", id]) => cards::one(call, id, voice),
        ("GET", ["issue", id, "changelog"]) if cloud => changelog::page(call, id),
        ("POST", ["changelog", "bulkfetch"]) if call.settings().has_bulk_changelog => changelog::bulk(call),
        _ => return None,
    })
}

/// What nobody in particular gets on Cloud: lists with nothing in them, and nothing that has a name.
pub(super) fn answer_nobody(call: &Call<'_>) -> Reply {
    let words: Vec<&str> = call.below.iter().map(String::as_str).collect();
    let nothing = Window::asked(call.asked, call.settings().page_cap).page(Vec::new(), 0);
    match words.as_slice() {
        ["rest", "api", _, "myself"] => not_signed_in(call.asked),
        ["rest", "agile", "1.0", "board"] | ["rest", "api", _, "project", "search"] => {
            Reply::json(200, &nothing)
        }
        ["rest", "api", _, "project"] => Reply::json(200, &json!([])),
        ["rest", "api", _, "field"] => site::fields(call),
        ["rest", "api", _, "search"] => search::by_offset(call),
        ["rest", "api", _, "search", "jql"] => Reply::json(200, &json!({ "issues": [], "isLast": true })),
        ["rest", "api", _, "issue", "bulkfetch"] => {
            Reply::json(200, &json!({ "expand": "schema,names", "issues": [], "issueErrors": [] }))
        }
        ["rest", "api", _, "changelog", "bulkfetch"] => Reply::json(200, &json!({ "issueChangeLogs": [] })),
        ["rest", "agile", "1.0", "board", ..] => no_such_board(call.asked),
        ["rest", "agile", "1.0", "sprint", ..] => no_such_sprint(call.asked),
        ["rest", "agile" | "api", _, "issue", ..] => no_such_issue(call.asked),
        _ => no_such_route(call.jira),
    }
}

/// What a request would get from nobody in particular.
pub(super) fn anonymous(jira: &Jira, asked: &Asked) -> Reply {
    Door::of(jira, asked).map_or_else(
        || no_such_route(jira),
        |door| answer_nobody(&Call { jira, asked, below: door.below, base: "", login: "", email: "" }),
    )
}
