//! Boards and sprints.

use pdt_domain::jira::{self, BoardKind, SprintRef, SprintState};
use serde::Deserialize;

use super::super::listing::Item;
use super::Odd;
use super::value::{Moment, Number, filled};

#[derive(Deserialize)]
pub(in crate::jira) struct Board {
    id: Option<Number>,
    name: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    location: Option<Location>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    project_key: Option<String>,
}

impl Item for Board {
    fn number(&self) -> Option<String> {
        self.id.map(|id| id.0.to_string())
    }
}

impl TryFrom<Board> for jira::Board {
    type Error = Odd;

    fn try_from(wire: Board) -> Result<Self, Odd> {
        let name = wire.name.unwrap_or_default();
        let id = wire.id.ok_or_else(|| Odd::without(format_args!("a board \"{name}\""), "a number"))?.0;
        let project_key = wire.location.and_then(|location| filled(location.project_key));
        Ok(Self { id, name, kind: kind_of(wire.kind.as_deref()), project_key })
    }
}

/// A kind that is not known yet may hold sprints, and tells when it is asked for them.
fn kind_of(word: Option<&str>) -> BoardKind {
    let word = word.unwrap_or_default().to_ascii_lowercase();
    word.parse().unwrap_or(BoardKind::Simple)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::jira) struct Sprint {
    id: Option<Number>,
    name: Option<String>,
    state: Option<String>,
    start_date: Option<Moment>,
    end_date: Option<Moment>,
    complete_date: Option<Moment>,
    goal: Option<String>,
    origin_board_id: Option<Number>,
}

impl Item for Sprint {
    fn number(&self) -> Option<String> {
        self.id.map(|id| id.0.to_string())
    }
}

impl Sprint {
    /// The sprint as a card names it.
    pub(super) fn named(&self) -> Result<SprintRef, Odd> {
        Ok(SprintRef { id: self.id()?, name: self.name.clone().unwrap_or_default(), state: self.state()? })
    }

    /// The same for one that is listed among the closed ones, and need not say so itself.
    pub(super) fn named_as_closed(&self) -> Result<SprintRef, Odd> {
        let name = self.name.clone().unwrap_or_default();
        let state = if self.state.is_none() { SprintState::Closed } else { self.state()? };
        Ok(SprintRef { id: self.id()?, name, state })
    }

    fn id(&self) -> Result<i64, Odd> {
        let name = self.name.as_deref().unwrap_or_default();
        self.id.map(|id| id.0).ok_or_else(|| Odd::without(format_args!("a sprint \"{name}\""), "a number"))
    }

    /// Some servers write it in capitals.
    fn state(&self) -> Result<SprintState, Odd> {
        let word = self.state.as_deref().unwrap_or_default().to_ascii_lowercase();
        word.parse().map_err(|_| {
            let id = self.id.map_or(String::new(), |id| id.0.to_string());
            Odd::without(format_args!("sprint {id}"), "a state that PDT knows")
        })
    }
}

impl TryFrom<Sprint> for jira::Sprint {
    type Error = Odd;

    fn try_from(wire: Sprint) -> Result<Self, Odd> {
        Ok(Self {
            id: wire.id()?,
            state: wire.state()?,
            name: wire.name.unwrap_or_default(),
            start: wire.start_date.and_then(|date| date.time()),
            end: wire.end_date.and_then(|date| date.time()),
            completed: wire.complete_date.and_then(|date| date.time()),
            goal: filled(wire.goal),
            origin_board: wire.origin_board_id.map(|id| id.0),
        })
    }
}
