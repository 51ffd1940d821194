//! Cards, one by one and in the lists of the agile API.

use super::lists::Window;
use super::refusals::{no_such_issue, no_such_sprint};
use super::search;
use super::wire::{Telling, Voice};
use super::world::{Board, Card, State};
use super::{Call, wire};
use crate::far::Reply;

/// `GET /rest/agile/1.0/issue/KEY` and `/rest/api/2|3/issue/KEY`. An old key finds the card under its new one.
pub(super) fn one(call: &Call<'_>, id_or_key: &str, voice: Voice) -> Reply {
    let state = call.jira.world.state();
    let telling = Telling::asked(call, voice);
    let told = state.find_card(id_or_key).map(|card| wire::card(call, &state, card, &telling));
    told.map_or_else(|| no_such_issue(call.asked), |told| Reply::json(200, &told))
}

/// `GET /rest/agile/1.0/sprint/ID/issue`, or the same through a board: who is in it, and who was when it was
/// closed.
pub(super) fn of_sprint(call: &Call<'_>, state: &State, id: &str, board: Option<&Board>) -> Reply {
    let sprint = id.parse().ok().and_then(|id: i64| state.sprints.get(&id));
    let Some(sprint) = sprint.filter(|sprint| board.is_none_or(|board| sprint.is_on(board.id))) else {
        return no_such_sprint(call.asked);
    };
    let is_shown = |card: &Card| board.is_none_or(|board| state.shows(board, card));
    list(call, state, |card| card.is_in(sprint.id) && is_shown(card))
}

/// `GET /rest/agile/1.0/board/ID/issue`.
pub(super) fn of_board(call: &Call<'_>, state: &State, board: &Board) -> Reply {
    list(call, state, |card| state.shows(board, card))
}

/// `GET /rest/agile/1.0/board/ID/backlog`: what is not done and in no open sprint.
pub(super) fn of_backlog(call: &Call<'_>, state: &State, board: &Board) -> Reply {
    list(call, state, |card| state.shows(board, card) && card.sprint.is_none() && !state.is_done(card))
}

fn list(call: &Call<'_>, state: &State, belongs: impl Fn(&Card) -> bool) -> Reply {
    let jql = call.asked.parameter("jql").map(String::as_str).unwrap_or_default();
    let query = match search::query(call, state, jql) {
        Ok(query) => query,
        Err(sentence) => return super::refusals::error(call.asked, 400, &sentence),
    };
    let mut cards: Vec<&Card> =
        state.cards.values().filter(|card| belongs(card) && query.matches(card)).collect();
    query.sort(&mut cards);
    let telling = Telling::asked(call, Voice::Agile);
    let settings = call.settings();
    let cap = if telling.with_changelog { settings.wide_page_cap } else { settings.issue_page_cap };
    let window = Window::asked(call.asked, cap.min(settings.issue_page_cap));
    let shown = window.of(&cards).iter().map(|card| wire::card(call, state, card, &telling)).collect();
    Reply::json(200, &window.issues(shown, cards.len()))
}
