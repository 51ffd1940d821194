//! Boards.

use serde_json::{Value, json};

use super::lists::Window;
use super::refusals::{board_forbidden, no_such_board};
use super::world::{Access, Board, BoardFilter, State};
use super::{Call, cards, sprints};
use crate::far::Reply;

/// `GET /rest/agile/1.0/board`: all that this person may know of.
/// <https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-get>
pub(super) fn list(call: &Call<'_>) -> Reply {
    let state = call.jira.world.state();
    let wanted = |name: &str| call.asked.parameter(name).map(String::as_str);
    let types: Option<Vec<&str>> = wanted("type").map(|list| list.split(',').collect());
    let project = wanted("projectKeyOrId");
    let boards: Vec<&Board> = state
        .boards
        .values()
        .filter(|board| types.as_ref().is_none_or(|types| types.contains(&board.kind.word())))
        .filter(|board| project.is_none_or(|project| board.project == project))
        .collect();
    let window = Window::asked(call.asked, call.settings().page_cap);
    let values = window.of(&boards).iter().map(|board| body(call, &state, board)).collect();
    Reply::json(200, &window.page(values, boards.len()))
}

/// Everything below `GET /rest/agile/1.0/board/ID`.
pub(super) fn below(call: &Call<'_>, id: &str, rest: &[&str]) -> Option<Reply> {
    let state = call.jira.world.state();
    let Some(board) = id.parse().ok().and_then(|id: i64| state.boards.get(&id)) else {
        return Some(no_such_board(call.asked));
    };
    if board.access == Access::Forbidden {
        return Some(board_forbidden(call.asked));
    }
    Some(match rest {
        [] => Reply::json(200, &body(call, &state, board)),
        ["configuration"] => Reply::json(200, &configuration(call, board)),
        ["sprint"] => sprints::of_board(call, &state, board),
        ["sprint", sprint, "issue"] => cards::of_sprint(call, &state, sprint, Some(board)),
        ["issue"] => cards::of_board(call, &state, board),
        ["backlog"] => cards::of_backlog(call, &state, board),
        _ => return None,
    })
}

/// Only Cloud says where a board is at home.
fn body(call: &Call<'_>, state: &State, board: &Board) -> Value {
    let mut body = json!({
        "id": board.id,
        "self": format!("{}/rest/agile/1.0/board/{}", call.base, board.id),
        "name": board.name,
        "type": board.kind.word(),
    });
    if let (true, Some(fields)) = (call.settings().is_cloud(), body.as_object_mut()) {
        let project = state.project(&board.project);
        let location = json!({
            "projectId": project.map(|project| project.id),
            "displayName": project.map(|project| format!("{} ({})", project.name, project.key)),
            "projectName": project.map(|project| &project.name),
            "projectKey": board.project,
            "projectTypeKey": "software",
        });
        fields.insert("location".to_owned(), location);
        fields.insert("isPrivate".to_owned(), false.into());
    }
    body
}

fn configuration(call: &Call<'_>, board: &Board) -> Value {
    let query = match &board.filter {
        BoardFilter::Projects(keys) => format!("project in ({}) ORDER BY Rank ASC", keys.join(", ")),
        BoardFilter::Cards(_) => "labels = board ORDER BY Rank ASC".to_owned(),
    };
    json!({
        "id": board.id,
        "name": board.name,
        "type": board.kind.word(),
        "self": format!("{}/rest/agile/1.0/board/{}/configuration", call.base, board.id),
        "filter": { "id": (10_000 + board.id).to_string(), "query": query },
        "columnConfig": {
            "columns": [
                { "name": "To Do", "statuses": [{ "id": "10000" }] },
                { "name": "In Progress", "statuses": [{ "id": "10001" }, { "id": "10002" }] },
                { "name": "Done", "statuses": [{ "id": "10003" }] },
            ],
            "constraintType": "none",
        },
        "ranking": { "rankCustomFieldId": 10_019 },
    })
}
