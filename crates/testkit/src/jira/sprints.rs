//! Sprints.

use serde_json::Value;

use super::lists::Window;
use super::refusals::{bad_request, no_sprints_here, no_such_sprint};
use super::world::{Board, Sprint, SprintPhase, State};
use super::{Call, wire};
use crate::far::Reply;

/// `GET /rest/agile/1.0/board/ID/sprint`: closed ones first, unless `state` says which.
/// <https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/#api-rest-agile-1-0-board-boardid-sprint-get>
pub(super) fn of_board(call: &Call<'_>, state: &State, board: &Board) -> Reply {
    if !board.kind.holds_sprints() {
        return no_sprints_here(call.jira, call.asked);
    }
    let Some(phases) = phases(call) else {
        return bad_request(
            call.asked,
            "The state is not one of future, active, closed.",
            "Unbekannter Zustand.",
        );
    };
    let here = state.sprints.values().filter(|sprint| sprint.is_on(board.id));
    let mut sprints: Vec<&Sprint> = here.filter(|sprint| phases.contains(&sprint.phase)).collect();
    sprints.sort_by_key(|sprint| (sprint.phase, sprint.id));
    let window = Window::asked(call.asked, call.settings().page_cap);
    let values = window.of(&sprints).iter().map(|sprint| wire::sprint(call, sprint)).collect();
    let mut page = window.page(values, sprints.len());
    if let (false, Some(fields)) = (call.settings().sprint_pages_have_total, page.as_object_mut()) {
        fields.remove("total");
    }
    Reply::json(200, &page)
}

/// None where a word is none of Jira's.
fn phases(call: &Call<'_>) -> Option<Vec<SprintPhase>> {
    let all = [SprintPhase::Closed, SprintPhase::Active, SprintPhase::Future];
    let said = call.asked.query.iter().filter(|(name, _)| name == "state");
    let words: Vec<&str> = said.flat_map(|(_, list)| list.split(',')).map(str::trim).collect();
    if words.is_empty() {
        return Some(all.to_vec());
    }
    words.into_iter().map(|word| all.into_iter().find(|phase| phase.word() == word)).collect()
}

/// `GET /rest/agile/1.0/sprint/ID`.
pub(super) fn one(call: &Call<'_>, id: &str) -> Reply {
    let state = call.jira.world.state();
    let sprint = id.parse().ok().and_then(|id: i64| state.sprints.get(&id));
    let told: Option<Value> = sprint.map(|sprint| wire::sprint(call, sprint));
    told.map_or_else(|| no_such_sprint(call.asked), |told| Reply::json(200, &told))
}
