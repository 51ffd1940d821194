//! Cards and sprints on the wire.

use serde_json::{Map, Value, json};

use super::fields::Fields;
use super::people::person_or_null;
use super::world::{Card, Category, Sprint, State, Status};
use super::{Call, adf, changelog};

/// Which of the APIs speaks: they tell the same card differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    Agile,
    /// Version 2: descriptions are text.
    Two,
    /// Version 3: descriptions are documents.
    Three,
}

/// How a card is to be told.
#[derive(Debug, Clone)]
pub(super) struct Telling {
    pub(super) voice: Voice,
    pub(super) fields: Fields,
    pub(super) with_changelog: bool,
}

impl Telling {
    /// What `fields` and `expand` of the query say.
    pub(super) fn asked(call: &Call<'_>, voice: Voice) -> Self {
        let expands = call.asked.parameter("expand").map(String::as_str).unwrap_or_default();
        let with_changelog = expands.split(',').any(|word| word.trim() == "changelog");
        Self { voice, fields: Fields::of_query(call), with_changelog }
    }
}

pub(super) fn card(call: &Call<'_>, state: &State, card: &Card, telling: &Telling) -> Value {
    let mut fields = Map::new();
    own_fields(call, state, card, telling.voice, &mut fields);
    place_fields(call, state, card, telling.voice, &mut fields);
    telling.fields.keep(call, &mut fields);
    let api = if telling.voice == Voice::Agile { "agile/1.0" } else { "api/3" };
    let mut told = json!({
        "expand": "operations,versionedRepresentations,editmeta,changelog,renderedFields",
        "id": card.id.to_string(),
        "self": format!("{}/rest/{api}/issue/{}", call.base, card.id),
        "key": card.key,
        "fields": fields,
    });
    if let Some(body) = told.as_object_mut().filter(|_| telling.with_changelog) {
        body.insert("changelog".to_owned(), changelog::inside(call, state, card));
    }
    told
}

/// What the card itself is.
fn own_fields(call: &Call<'_>, state: &State, card: &Card, voice: Voice, fields: &mut Map<String, Value>) {
    let description = card.description.as_deref();
    let description = match voice {
        Voice::Three => description.map(adf::document),
        Voice::Agile | Voice::Two => description.map(Value::from),
    };
    let settings = call.settings();
    let values = [
        ("summary", json!(card.summary)),
        ("description", description.unwrap_or_default()),
        ("status", status(call, card.status, state.status_of(card))),
        ("assignee", person_or_null(call, state, card.assignee)),
        ("reporter", person_or_null(call, state, Some(0))),
        ("issuetype", issue_type(call, &card.issue_type)),
        ("priority", card.priority.as_deref().map(|name| priority(call, name)).unwrap_or_default()),
        ("labels", json!(card.labels)),
        (&settings.story_points_field, json!(card.story_points)),
        ("created", settings.stamp(card.created).into()),
        ("updated", settings.stamp(card.updated).into()),
        ("comment", json!({ "comments": [], "maxResults": 0, "total": card.comments, "startAt": 0 })),
        ("worklog", json!({ "startAt": 0, "maxResults": 20, "total": 0, "worklogs": [] })),
        ("duedate", Value::Null),
    ];
    fields.extend(values.map(|(name, value)| (name.to_owned(), value)));
}

/// Where the card belongs. Parent and sprints are absent where there are none.
fn place_fields(call: &Call<'_>, state: &State, card: &Card, voice: Voice, fields: &mut Map<String, Value>) {
    let mut set = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    if let Some(found) = state.project(card.project()) {
        set("project", json!({ "id": found.id.to_string(), "key": found.key, "name": found.name }));
    }
    if let Some(parent) = card.parent.and_then(|id| state.cards.get(&id)) {
        set("parent", relative(call, state, parent));
    }
    let parts = state.subtasks_of(card.id).map(|part| relative(call, state, part));
    set("subtasks", parts.collect::<Vec<_>>().into());
    let told = |id: &i64| state.sprints.get(id).map(|found| sprint(call, found));
    if voice != Voice::Agile {
        let all: Vec<Value> = card.all_sprints().iter().filter_map(told).collect();
        set(&call.settings().sprint_field, if all.is_empty() { Value::Null } else { all.into() });
        return;
    }
    set("flagged", false.into());
    if let Some(current) = card.sprint.as_ref().and_then(told) {
        set("sprint", current);
    }
    let closed: Vec<Value> = card.closed_sprints.iter().filter_map(told).collect();
    if !closed.is_empty() {
        set("closedSprints", closed.into());
    }
}

/// A parent or a part, with the little that is told of it.
fn relative(call: &Call<'_>, state: &State, card: &Card) -> Value {
    json!({
        "id": card.id.to_string(),
        "key": card.key,
        "self": format!("{}/rest/api/3/issue/{}", call.base, card.id),
        "fields": {
            "summary": card.summary,
            "status": status(call, card.status, state.status_of(card)),
            "priority": card.priority.as_deref().map(|name| priority(call, name)),
            "issuetype": issue_type(call, &card.issue_type),
        },
    })
}

fn status(call: &Call<'_>, number: usize, status: Option<&Status>) -> Value {
    let Some(status) = status else { return Value::Null };
    let id = super::world::status_id(number);
    let (key, category, color) = match status.category {
        Category::New => ("new", 2, "blue-gray"),
        Category::Indeterminate => ("indeterminate", 4, "yellow"),
        Category::Done => ("done", 3, "green"),
    };
    json!({
        "self": format!("{}/rest/api/2/status/{id}", call.base),
        "description": "",
        "name": status.name,
        "id": id,
        "statusCategory": { "id": category, "key": key, "colorName": color, "name": key },
    })
}

fn issue_type(call: &Call<'_>, name: &str) -> Value {
    let is_part = name == super::world::SUBTASK;
    json!({
        "self": format!("{}/rest/api/2/issuetype/10001", call.base),
        "id": "10001",
        "name": name,
        "subtask": is_part,
        "hierarchyLevel": if is_part { -1 } else { 0 },
    })
}

fn priority(call: &Call<'_>, name: &str) -> Value {
    json!({ "self": format!("{}/rest/api/2/priority/3", call.base), "name": name, "id": "3" })
}

/// A sprint; what it does not have is absent.
pub(super) fn sprint(call: &Call<'_>, sprint: &Sprint) -> Value {
    let settings = call.settings();
    let mut told = Map::new();
    let mut set = |name: &str, value: Value| {
        told.insert(name.to_owned(), value);
    };
    set("id", sprint.id.into());
    set("self", format!("{}/rest/agile/1.0/sprint/{}", call.base, sprint.id).into());
    set("state", sprint.phase.word().into());
    set("name", sprint.name.as_str().into());
    set("originBoardId", sprint.origin_board.into());
    let dates = [("startDate", sprint.start), ("endDate", sprint.end), ("completeDate", sprint.completed)];
    for (name, date) in dates {
        if let Some(date) = date {
            set(name, settings.sprint_date(date).into());
        }
    }
    if let Some(goal) = &sprint.goal {
        set("goal", goal.as_str().into());
    }
    told.into()
}
