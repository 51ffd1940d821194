//! Searches, and cards by the hundred.

use serde_json::{Value, json};

use super::fields::Fields;
use super::jql::Query;
use super::lists::{self, Window};
use super::refusals::{bad_request, error, removed_search};
use super::wire::{Telling, Voice};
use super::world::{Card, State};
use super::{Call, wire};
use crate::far::{Asked, Reply};

/// The most cards of a page of Cloud's search where fields are wanted, and of `issue/bulkfetch`.
const CARDS_WITH_FIELDS: usize = 100;

/// The most cards of a page of Data Center's search.
const CARDS_AT_DATA_CENTER: usize = 1000;

/// What a request asks for, in its query or in its body.
pub(super) struct Body<'asked> {
    asked: &'asked Asked,
    /// None where the query tells.
    json: Option<Value>,
}

impl<'asked> Body<'asked> {
    pub(super) fn of(asked: &'asked Asked) -> Self {
        let is_in_body = asked.method == "POST";
        Self { asked, json: is_in_body.then(|| serde_json::from_slice(&asked.body).unwrap_or_default()) }
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        match &self.json {
            Some(body) => body.get(name).and_then(Value::as_str).map(str::to_owned),
            None => self.asked.parameter(name).cloned(),
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<usize> {
        match &self.json {
            Some(body) => body.get(name).and_then(Value::as_u64).and_then(|number| number.try_into().ok()),
            None => self.asked.parameter(name).and_then(|text| text.parse().ok()),
        }
    }

    /// A list, which a query has with commas.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        let one = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match &self.json {
            Some(body) => body.get(name).and_then(Value::as_array).into_iter().flatten().map(one).collect(),
            None => {
                let said = self.asked.query.iter().filter(|(known, _)| known == name);
                said.flat_map(|(_, list)| list.split(',').map(|item| item.trim().to_owned())).collect()
            }
        }
    }

    /// Where `nextPageToken` says that the list goes on; None where the token is none of ours.
    pub(super) fn start(&self) -> Option<usize> {
        self.text("nextPageToken").map_or(Some(0), |token| lists::start_of(&token))
    }

    fn telling(&self, fields: Fields, voice: Voice) -> Telling {
        let expands = self.text("expand").map_or_else(|| self.texts("expand"), |text| vec![text]);
        let with_changelog = expands.iter().any(|words| words.split(',').any(|word| word == "changelog"));
        Telling { voice, fields, with_changelog }
    }
}

/// Reads a query as this person's account means it.
pub(super) fn query(call: &Call<'_>, state: &State, jql: &str) -> Result<Query, super::refusals::Sentence> {
    Query::read(state, call.settings().account_offset(), jql)
}

fn chosen<'state>(state: &'state State, query: &Query) -> Vec<&'state Card> {
    let mut cards: Vec<&Card> = state.cards.values().filter(|card| query.matches(card)).collect();
    query.sort(&mut cards);
    cards
}

/// Cloud's `/search/jql`: pages by token, without a total, ids alone unless fields are named.
/// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/>
pub(super) fn by_token(call: &Call<'_>) -> Reply {
    let body = Body::of(call.asked);
    let state = call.jira.world.state();
    let query = match query(call, &state, &body.text("jql").unwrap_or_default()) {
        Ok(query) => query,
        Err(sentence) => return error(call.asked, 400, &sentence),
    };
    if query.is_unbounded() {
        let english =
            "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.";
        return bad_request(call.asked, english, "Unbegrenzte JQL-Abfragen sind hier nicht erlaubt.");
    }
    let Some(start) = body.start() else {
        return bad_request(
            call.asked,
            "The provided next page token is invalid.",
            "Das Token ist ungültig.",
        );
    };
    let named = body.texts("fields");
    let fields = if named.is_empty() { vec!["id".to_owned()] } else { named };
    let fields = Fields::named(fields);
    let cap = if fields.are_identities() { call.settings().ids_page_cap } else { CARDS_WITH_FIELDS };
    let window = Window { start, size: body.number("maxResults").unwrap_or(50).min(cap) };
    let cards = chosen(&state, &query);
    let telling = body.telling(fields, Voice::Three);
    let issues: Vec<Value> =
        window.of(&cards).iter().map(|card| found(call, &state, card, &telling)).collect();
    Reply::json(200, &token_page(issues, start + window.size, cards.len()))
}

fn token_page(issues: Vec<Value>, end: usize, total: usize) -> Value {
    let is_last = end >= total;
    let mut answer = json!({ "issues": issues, "isLast": is_last });
    if let (false, Some(page)) = (is_last, answer.as_object_mut()) {
        page.insert("nextPageToken".to_owned(), lists::token(end).into());
    }
    answer
}

fn found(call: &Call<'_>, state: &State, card: &Card, telling: &Telling) -> Value {
    match (telling.fields.are_identities(), telling.fields.names_key()) {
        (true, false) => json!({ "id": card.id.to_string() }),
        (true, true) => json!({
            "expand": "",
            "id": card.id.to_string(),
            "self": format!("{}/rest/api/3/issue/{}", call.base, card.id),
            "key": card.key,
        }),
        (false, _) => wire::card(call, state, card, telling),
    }
}

/// `/search`, which is gone from Cloud.
pub(super) fn by_offset(call: &Call<'_>) -> Reply {
    if call.settings().is_cloud() {
        return removed_search(call.asked);
    }
    let body = Body::of(call.asked);
    let state = call.jira.world.state();
    let query = match query(call, &state, &body.text("jql").unwrap_or_default()) {
        Ok(query) => query,
        Err(sentence) => return error(call.asked, 400, &sentence),
    };
    let size =
        body.number("maxResults").unwrap_or(50).min(CARDS_AT_DATA_CENTER).min(call.settings().ids_page_cap);
    let window = Window { start: body.number("startAt").unwrap_or(0), size };
    let cards = chosen(&state, &query);
    let named = body.texts("fields");
    let fields = if named.is_empty() { Fields::All } else { Fields::named(named) };
    let telling = body.telling(fields, Voice::Two);
    let issues = window.of(&cards).iter().map(|card| wire::card(call, &state, card, &telling)).collect();
    Reply::json(200, &window.issues(issues, cards.len()))
}

/// `POST /rest/api/3/issue/bulkfetch`: by number, ascending; those that are not there are left out.
/// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-bulkfetch-post>
pub(super) fn bulk(call: &Call<'_>) -> Reply {
    let body = Body::of(call.asked);
    let wanted = body.texts("issueIdsOrKeys");
    if wanted.is_empty() || wanted.len() > CARDS_WITH_FIELDS {
        let english = "issueIdsOrKeys must hold between 1 and 100 issues.";
        return bad_request(call.asked, english, "issueIdsOrKeys muss 1 bis 100 Vorgänge nennen.");
    }
    let state = call.jira.world.state();
    let mut cards: Vec<&Card> = wanted.iter().filter_map(|id| state.find_card(id)).collect();
    cards.sort_by_key(|card| card.id);
    cards.dedup_by_key(|card| card.id);
    let named = body.texts("fields");
    let fields = if named.is_empty() { Fields::All } else { Fields::named(named) };
    let telling = body.telling(fields, Voice::Three);
    let issues: Vec<Value> = cards.iter().map(|card| wire::card(call, &state, card, &telling)).collect();
    Reply::json(200, &json!({ "expand": "schema,names", "issues": issues, "issueErrors": [] }))
}
