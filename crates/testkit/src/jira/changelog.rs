//! Changelogs, in all the shapes that Jira has for them.

use serde_json::{Map, Value, json};

use super::people::person;
use super::refusals::{bad_request, no_such_issue};
use super::search::Body;
use super::world::{Card, Entry, Field, Item, State};
use super::{Call, lists};
use crate::far::Reply;

/// The most cards that may be asked for at once.
const MOST_CARDS: usize = 1000;

/// What `expand=changelog` adds to a card. Cloud has the newest entries first and cuts the list; Data Center has
/// all of them, oldest first.
pub(super) fn inside(call: &Call<'_>, state: &State, card: &Card) -> Value {
    let stamp = |entry: &Entry| entry_with(call, state, entry, call.settings().stamp(entry.created).into());
    let histories: Vec<Value> = if call.settings().is_cloud() {
        card.changelog.iter().rev().take(call.settings().changelog_cap).map(stamp).collect()
    } else {
        card.changelog.iter().map(stamp).collect()
    };
    json!({
        "startAt": 0,
        "maxResults": histories.len(),
        "total": card.changelog.len(),
        "histories": histories,
    })
}

/// `GET /rest/api/3/issue/KEY/changelog`: oldest first, in pages.
/// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-changelog-get>
pub(super) fn page(call: &Call<'_>, id_or_key: &str) -> Reply {
    let state = call.jira.world.state();
    let Some(card) = state.find_card(id_or_key) else { return no_such_issue(call.asked) };
    let asked = lists::Window::asked(call.asked, call.settings().changelog_cap);
    let is_said = call.asked.parameter("maxResults").is_some();
    let size = if is_said { asked.size } else { call.settings().changelog_cap };
    let window = lists::Window { size, ..asked };
    let entries = window.of(&card.changelog).iter();
    let values = entries
        .map(|entry| entry_with(call, &state, entry, call.settings().stamp(entry.created).into()))
        .collect();
    Reply::json(200, &window.page(values, card.changelog.len()))
}

/// `POST /rest/api/3/changelog/bulkfetch`: of many cards at once, by time. An entry's `created` is a number.
/// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-changelog-bulkfetch-post>
pub(super) fn bulk(call: &Call<'_>) -> Reply {
    let body = Body::of(call.asked);
    let wanted = body.texts("issueIdsOrKeys");
    if wanted.is_empty() || wanted.len() > MOST_CARDS {
        let english = "issueIdsOrKeys must hold between 1 and 1000 issues.";
        return bad_request(call.asked, english, "issueIdsOrKeys muss 1 bis 1000 Vorgänge nennen.");
    }
    let fields = body.texts("fieldIds");
    if fields.len() > 10 {
        return bad_request(
            call.asked,
            "At most 10 fieldIds are allowed.",
            "Höchstens 10 fieldIds sind erlaubt.",
        );
    }
    let Some(start) = body.start() else {
        return bad_request(call.asked, "The nextPageToken is invalid.", "Das nextPageToken ist ungültig.");
    };
    let size = body.number("maxResults").unwrap_or(1000).min(10_000);
    let state = call.jira.world.state();
    let all = entries_of(call, &state, &wanted, &fields);
    let window = lists::Window { start, size };
    let mut answer = json!({ "issueChangeLogs": grouped(call, &state, window.of(&all)) });
    if start + size < all.len()
        && let Some(body) = answer.as_object_mut()
    {
        body.insert("nextPageToken".to_owned(), lists::token(start + size).into());
    }
    Reply::json(200, &answer)
}

/// By date, then by card. Cards that are not there are left out without a word.
fn entries_of<'state>(
    call: &Call<'_>,
    state: &'state State,
    wanted: &[String],
    fields: &[String],
) -> Vec<(&'state Card, &'state Entry)> {
    let is_wanted = |entry: &&Entry| {
        let named = |item: &Item| field_id(call, item.field).is_some_and(|id| fields.contains(&id));
        fields.is_empty() || entry.items.iter().any(named)
    };
    let mut cards: Vec<&Card> = wanted.iter().filter_map(|id| state.find_card(id)).collect();
    cards.sort_by_key(|card| card.id);
    cards.dedup_by_key(|card| card.id);
    let mut all: Vec<_> = cards
        .into_iter()
        .flat_map(|card| card.changelog.iter().filter(is_wanted).map(move |entry| (card, entry)))
        .collect();
    all.sort_by_key(|(card, entry)| (entry.created, card.id, entry.id));
    all
}

/// Each card once a page, in the order in which they come.
fn grouped(call: &Call<'_>, state: &State, entries: &[(&Card, &Entry)]) -> Vec<Value> {
    let mut cards: Vec<u64> = Vec::new();
    for (card, _) in entries {
        if !cards.contains(&card.id) {
            cards.push(card.id);
        }
    }
    let histories = |id: u64| -> Vec<Value> {
        let of_card = entries.iter().filter(|(card, _)| card.id == id);
        of_card.map(|(_, entry)| entry_with(call, state, entry, number(call, entry))).collect()
    };
    cards
        .into_iter()
        .map(|id| json!({ "issueId": id.to_string(), "changeHistories": histories(id) }))
        .collect()
}

fn number(call: &Call<'_>, entry: &Entry) -> Value {
    if call.settings().bulk_changelog_in_seconds {
        entry.created.timestamp().into()
    } else {
        entry.created.timestamp_millis().into()
    }
}

/// What nobody did has no author at all.
fn entry_with(call: &Call<'_>, state: &State, entry: &Entry, created: Value) -> Value {
    let mut told = Map::new();
    told.insert("id".to_owned(), entry.id.to_string().into());
    if let Some(author) = entry.author.and_then(|number| state.people.get(number)) {
        told.insert("author".to_owned(), person(call, author));
    }
    told.insert("created".to_owned(), created);
    let items: Vec<Value> = entry.items.iter().map(|change| item(call, change)).collect();
    told.insert("items".to_owned(), items.into());
    told.into()
}

fn item(call: &Call<'_>, item: &Item) -> Value {
    let mut told = json!({
        "field": item.field.name(),
        "fieldtype": if matches!(item.field, Field::StoryPoints | Field::Sprint) { "custom" } else { "jira" },
        "from": item.from,
        "fromString": item.from_string,
        "to": item.to,
        "toString": item.to_string,
    });
    let id = field_id(call, item.field).filter(|_| call.settings().has_field_ids);
    if let (Some(body), Some(id)) = (told.as_object_mut(), id) {
        body.insert("fieldId".to_owned(), id.into());
    }
    told
}

fn field_id(call: &Call<'_>, field: Field) -> Option<String> {
    match field {
        Field::System(name) => Some(name.to_owned()),
        Field::Unnumbered(_) => None,
        Field::StoryPoints => Some(call.settings().story_points_field.clone()),
        Field::Sprint => Some(call.settings().sprint_field.clone()),
    }
}
