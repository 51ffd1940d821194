//! Answers that are right but for one thing, as faults order them.

use std::sync::Arc;

use axum::response::Response;
use serde_json::{Value, json};

use super::asked::Asked;
use super::reply::Reply;
use super::serve::elsewhere;
use crate::faults::Change;

/// The request that is answered: this one, or this one with another parameter.
pub(super) fn as_if(asked: &Arc<Asked>, change: &Change) -> Arc<Asked> {
    let (name, value) = match change {
        Change::Parameter(name, value) => (name.as_str(), value.as_str()),
        Change::FirstPageAgain => ("startAt", "0"),
        Change::CutInTheMiddle
        | Change::StallInTheMiddle
        | Change::NextPageAt(_)
        | Change::NextPageIsThisPage
        | Change::NextTokenIsThisToken
        | Change::GraphqlErrorBeside(_)
        | Change::Header(_, _) => return Arc::clone(asked),
    };
    let mut other = Asked::clone(asked);
    other.query.retain(|(known, _)| known != name);
    other.query.push((name.to_owned(), value.to_owned()));
    Arc::new(other)
}

pub(super) fn changed(reply: Reply, asked: &Asked, change: Change) -> Response {
    match change {
        Change::CutInTheMiddle | Change::StallInTheMiddle => reply.in_part(&change),
        Change::NextPageAt(origin) => {
            let link = format!("<{}>; rel=\"next\"", elsewhere(&origin, asked));
            reply.with("link", link).on_the_wire()
        }
        Change::NextPageIsThisPage => {
            let link = format!("<{}>; rel=\"next\"", elsewhere(&asked.origin, asked));
            reply.with("link", link).on_the_wire()
        }
        Change::NextTokenIsThisToken => match sent_token(asked) {
            Some(token) => with_field(reply, "nextPageToken", json!(token)).on_the_wire(),
            None => reply.on_the_wire(),
        },
        Change::FirstPageAgain => {
            let start = asked.parameter("startAt").and_then(|text| text.parse().ok()).unwrap_or(0_u64);
            with_field(reply, "startAt", json!(start)).on_the_wire()
        }
        Change::GraphqlErrorBeside(message) => {
            let errors = json!([{ "message": message, "path": ["repository"] }]);
            with_field(reply, "errors", errors).on_the_wire()
        }
        Change::Parameter(_, _) => reply.on_the_wire(),
        Change::Header(name, value) => reply.with(&name, value).on_the_wire(),
    }
}

fn with_field(reply: Reply, name: &str, value: Value) -> Reply {
    let mut document: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    if let Some(fields) = document.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
    Reply { body: document.to_string().into(), ..reply }
}

/// The page's token that came, in the query or in the body.
fn sent_token(asked: &Asked) -> Option<String> {
    let body: Value = serde_json::from_slice(&asked.body).unwrap_or_default();
    let in_body = || body.get("nextPageToken").and_then(Value::as_str).map(str::to_owned);
    asked.parameter("nextPageToken").cloned().or_else(in_body)
}
