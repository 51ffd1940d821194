//! What a client should know of a world in the end.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::World;
use super::model::{Card, Entry, Sprint, SprintPhase, State};

impl World {
    /// A card with all its details, as `pdt card show --json` has them under `details`; null where it is not
    /// there. A key that it once had finds it, too.
    #[must_use]
    pub fn card(&self, key: &str) -> Value {
        let state = self.state();
        state.find_card(key).map_or(Value::Null, |card| state.details(card))
    }

    /// All sprints that a board shows, by number: `{id, name, state, start_date, end_date, boards}`, the boards
    /// by name.
    #[must_use]
    pub fn sprints(&self) -> Vec<Value> {
        let state = self.state();
        let told = state.sprints.values().map(|sprint| state.told_sprint(sprint));
        told.filter(|sprint| sprint["boards"] != json!([])).collect()
    }

    /// All boards, by number: `{id, name, kind, project}`.
    #[must_use]
    pub fn boards(&self) -> Vec<Value> {
        let state = self.state();
        let boards = state.boards.values();
        boards
            .map(|board| {
                json!({
                    "id": board.id, "name": board.name, "kind": board.kind.word(), "project": board.project,
                })
            })
            .collect()
    }

    /// The keys of all cards that are in an active sprint which a board shows, by project and number.
    #[must_use]
    pub fn active_cards(&self) -> Vec<String> {
        let state = self.state();
        let shown = |id: i64| {
            let active = state.sprints.get(&id).filter(|sprint| sprint.phase == SprintPhase::Active);
            active.is_some_and(|sprint| !state.boards_of(sprint).is_empty())
        };
        state.keys_of(|card| card.sprint.is_some_and(shown))
    }

    /// The keys of all cards that are or were in this sprint, by project and number.
    #[must_use]
    pub fn cards_of_sprint(&self, sprint: i64) -> Vec<String> {
        self.state().keys_of(|card| card.is_in(sprint))
    }

    /// The keys of all cards that this board shows, by project and number.
    #[must_use]
    pub fn cards_of_board(&self, board: i64) -> Vec<String> {
        let state = self.state();
        let board = state.boards.get(&board);
        state.keys_of(|card| board.is_some_and(|board| state.shows(board, card)))
    }

    /// The keys of all cards, by project and number.
    #[must_use]
    pub fn all_cards(&self) -> Vec<String> {
        self.state().keys_of(|_| true)
    }

    /// Jira's number of a card, which stays when its key changes; none where it is not there.
    #[must_use]
    pub fn card_number(&self, key: &str) -> Option<u64> {
        self.state().find_card(key).map(|card| card.id)
    }

    /// The keys of all projects.
    #[must_use]
    pub fn projects(&self) -> Vec<String> {
        self.state().projects.iter().map(|project| project.key.clone()).collect()
    }
}

impl State {
    fn keys_of(&self, wanted: impl Fn(&Card) -> bool) -> Vec<String> {
        let mut cards: Vec<&Card> = self.cards.values().filter(|card| wanted(card)).collect();
        cards.sort_by(|one, other| (one.project(), one.number()).cmp(&(other.project(), other.number())));
        cards.into_iter().map(|card| card.key.clone()).collect()
    }

    fn boards_of(&self, sprint: &Sprint) -> Vec<&str> {
        let boards =
            self.boards.values().filter(|board| sprint.is_on(board.id) && board.kind.holds_sprints());
        let mut names: Vec<&str> = boards.map(|board| board.name.as_str()).collect();
        names.sort_unstable();
        names
    }

    fn told_sprint(&self, sprint: &Sprint) -> Value {
        json!({
            "id": sprint.id,
            "name": sprint.name,
            "state": sprint.phase.word(),
            "start_date": sprint.start.map(utc_text),
            "end_date": sprint.end.map(utc_text),
            "boards": self.boards_of(sprint),
        })
    }

    fn details(&self, card: &Card) -> Value {
        let sprints = card.all_sprints();
        let sprints = sprints.iter().filter_map(|id| self.sprints.get(id));
        let sprints: Vec<Value> = sprints
            .map(|sprint| json!({ "id": sprint.id, "name": sprint.name, "state": sprint.phase.word() }))
            .collect();
        json!({
            "key": card.key,
            "summary": card.summary,
            "description": card.description,
            "status": self.status_of(card).map(|status| &status.name),
            "assignee": self.name_of(card.assignee),
            "issue_type": card.issue_type,
            "priority": card.priority,
            "labels": card.labels,
            "story_points": card.story_points,
            "parent": card.parent.and_then(|id| self.cards.get(&id)).map(|parent| self.relative(parent)),
            "subtasks": self.subtasks_of(card.id).map(|part| self.relative(part)).collect::<Vec<_>>(),
            "sprints": sprints,
            "created": utc_text(card.created),
            "updated": utc_text(card.updated),
            "changelog": card.changelog.iter().map(|entry| self.told_entry(entry)).collect::<Vec<_>>(),
        })
    }

    fn relative(&self, card: &Card) -> Value {
        json!({
            "key": card.key,
            "summary": card.summary,
            "status": self.status_of(card).map(|status| &status.name),
            "type": card.issue_type,
        })
    }

    fn told_entry(&self, entry: &Entry) -> Value {
        let items = entry.items.iter().map(|item| {
            json!({
                "field": item.field.name(),
                "from": item.from,
                "from_string": item.from_string,
                "to": item.to,
                "to_string": item.to_string,
            })
        });
        json!({
            "id": entry.id.to_string(),
            "author": self.name_of(entry.author),
            "created": utc_text(entry.created),
            "items": items.collect::<Vec<_>>(),
        })
    }

    fn name_of(&self, person: Option<usize>) -> Option<&str> {
        person.and_then(|number| self.people.get(number)).map(|person| person.name.as_str())
    }
}

/// RFC 3339 in UTC with `Z`; milliseconds only where there are some.
fn utc_text(time: DateTime<Utc>) -> String {
    let format =
        if time.timestamp_subsec_millis() == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
    time.to_rfc3339_opts(format, true)
}
