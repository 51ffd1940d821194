//! The one GraphQL query that the fake understands: a repository's refs with their tips.
//!
//! It is understood whatever its layout and the names of its variables, and answered with every field that
//! the fake has, asked for or not.

use anyhow::Result;
use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::headers::allowance;
use super::refusals::{error, not_found};
use super::{Call, Graphql};
use crate::far::Reply;
use crate::far::shelf::{Found, Shelved};
use crate::far::tokens::hex;
use crate::git::history::CommitRecord;

/// `POST /graphql`: answered 200, whatever the errors say.
pub(super) fn answer(call: &Call<'_>) -> Reply {
    if call.github.settings.graphql == Graphql::Absent {
        return not_found();
    }
    let Ok(document) = serde_json::from_slice::<Value>(&call.asked.body) else {
        return error(400, "Problems parsing JSON");
    };
    let query = Query {
        text: document.get("query").and_then(Value::as_str).unwrap_or_default(),
        variables: document.get("variables").cloned().unwrap_or_default(),
    };
    match run(call, &query) {
        Ok(body) => Reply::json(200, &body),
        Err(failure) => error(500, &format!("{failure:#}")),
    }
}

struct Query<'text> {
    text: &'text str,
    variables: Value,
}

impl Query<'_> {
    /// The value of the argument `name` in the brackets after `field`, written out or by variable.
    fn argument(&self, field: &str, name: &str) -> Option<Value> {
        let opening = format!("{field}(");
        let compact: String = self.text.replace(" (", "(");
        let (_, rest) = compact.split_once(&opening)?;
        let arguments = rest.split_once(')')?.0;
        find_argument(arguments, name).map(|word| match word.strip_prefix('$') {
            Some(variable) => self.variables.get(variable).cloned().unwrap_or_default(),
            None => serde_json::from_str(word).unwrap_or_default(),
        })
    }

    fn text_argument(&self, field: &str, name: &str) -> Option<String> {
        self.argument(field, name)?.as_str().map(str::to_owned)
    }
}

fn find_argument<'text>(arguments: &'text str, name: &str) -> Option<&'text str> {
    let mut rest = arguments;
    while let Some((before, after)) = rest.split_once(':') {
        let found = before.trim_end().rsplit(|c: char| !c.is_alphanumeric() && c != '_').next()?;
        let value = after.trim_start();
        let end = match value.strip_prefix('"') {
            Some(quoted) => quoted.find('"')? + 2,
            None => value.find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(value.len()),
        };
        let word = value.get(..end)?;
        if found == name {
            return Some(word);
        }
        rest = value.get(end..)?;
    }
    None
}

fn run(call: &Call<'_>, query: &Query<'_>) -> Result<Value> {
    let mut data = serde_json::Map::new();
    let mut errors = Vec::new();
    if query.text.contains("viewer") {
        data.insert("viewer".to_owned(), json!({ "login": call.grant.login }));
    }
    if query.text.contains("rateLimit") {
        data.insert("rateLimit".to_owned(), rate_limit(call));
    }
    if query.text.contains("history") {
        errors.push(json!({ "message": "Field 'history' is not served by this fake", "type": "UNKNOWN" }));
    }
    if query.text.contains("repository") {
        let (repository, trouble) = repository(call, query)?;
        data.insert("repository".to_owned(), repository);
        errors.extend(trouble);
    }
    let mut body = json!({ "data": data });
    if let Some(fields) = body.as_object_mut().filter(|_| !errors.is_empty()) {
        fields.insert("errors".to_owned(), errors.into());
    }
    Ok(body)
}

fn rate_limit(call: &Call<'_>) -> Value {
    allowance(call).map_or(Value::Null, |left| {
        json!({
            "limit": left.limit, "cost": 1, "remaining": left.remaining,
            "resetAt": left.reset.to_rfc3339_opts(SecondsFormat::Secs, true),
        })
    })
}

/// The repository, or null with an error. A renamed one is found under its old name too.
fn repository(call: &Call<'_>, query: &Query<'_>) -> Result<(Value, Option<Value>)> {
    let part = |name| query.text_argument("repository", name).unwrap_or_default();
    let full_name = format!("{}/{}", part("owner"), part("name"));
    let shelved = match call.github.realm.shelf.by_name(&full_name) {
        Found::Here(shelved) | Found::Moved(shelved) => Some(shelved).filter(|shelved| call.may_see(shelved)),
        Found::Nothing => None,
    };
    let Some(shelved) = shelved else {
        let message = format!("Could not resolve to a Repository with the name '{full_name}'.");
        let trouble = json!({
            "type": "NOT_FOUND", "path": ["repository"],
            "locations": [{ "line": 1, "column": 2 }], "message": message,
        });
        return Ok((Value::Null, Some(trouble)));
    };
    let first = query.argument("refs", "first").and_then(|first| first.as_u64()).unwrap_or(0);
    if !(1..=100).contains(&first) {
        let message = format!(
            "Requesting {first} records on the `refs` connection exceeds the `first` limit of 100 records."
        );
        let trouble =
            json!({ "type": "EXCESSIVE_PAGINATION", "path": ["repository", "refs"], "message": message });
        return Ok((Value::Null, Some(trouble)));
    }
    Ok((found(&shelved, query, usize::try_from(first)?)?, None))
}

fn found(shelved: &Shelved, query: &Query<'_>, first: usize) -> Result<Value> {
    let snapshot = shelved.watched.now()?;
    let history = &snapshot.history;
    let most_parents = query.argument("parents", "first").and_then(|count| count.as_u64()).unwrap_or(100);
    let most_parents = usize::try_from(most_parents)?;
    let all: Vec<_> = history.branches().collect();
    let after = query.text_argument("refs", "after");
    // By name and not by number, so that branches that come and go between two pages do no harm.
    let rest: Vec<_> =
        all.iter().filter(|(name, _)| after.as_ref().is_none_or(|after| cursor(name) > *after)).collect();
    let page = rest.get(..first.min(rest.len())).unwrap_or_default();
    Ok(json!({
        "id": format!("R_{}", shelved.id),
        "databaseId": shelved.id,
        "nameWithOwner": shelved.full_name,
        "isEmpty": history.is_empty(),
        "pushedAt": snapshot.pushed_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        "defaultBranchRef": history.default_branch().map(|name| json!({ "name": name })),
        "refs": {
            "totalCount": all.len(),
            "pageInfo": {
                "hasNextPage": rest.len() > page.len(),
                "endCursor": page.last().map(|(name, _)| cursor(name)),
            },
            "nodes": page.iter().map(|(name, tip)| node(name, tip, most_parents)).collect::<Vec<_>>(),
        },
    }))
}

/// Opaque to clients; sorts as the names do.
fn cursor(name: &str) -> String {
    hex(name.as_bytes())
}

fn node(name: &str, tip: &CommitRecord, most_parents: usize) -> Value {
    let parents: Vec<Value> =
        tip.parents.iter().take(most_parents).map(|sha| json!({ "oid": sha })).collect();
    json!({
        "name": name,
        "prefix": "refs/heads/",
        "target": {
            "__typename": "Commit",
            "oid": tip.sha,
            "committedDate": tip.committer.at.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true),
            "authoredDate": tip.author.at.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true),
            "parents": { "totalCount": tip.parents.len(), "nodes": parents },
        },
    })
}
