//! The log of what happened to a repository's branches.

use anyhow::Result;
use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::Call;
use super::routes::PER_PAGE;
use crate::far::Reply;
use crate::far::page::Page;
use crate::far::shelf::Shelved;
use crate::far::tokens::user_id;
use crate::git::watched::{RefChange, RefEvent};

/// `GET /repos/O/R/activity`: newest first, by cursor. Tells what was seen since the fake first looked at the
/// repository; git itself keeps no such log.
pub(super) fn list(call: &Call<'_>, shelved: &Shelved) -> Result<Reply> {
    let snapshot = shelved.watched.now()?;
    let below = call.asked.parameter("after").and_then(|cursor| cursor.parse().ok()).unwrap_or(u64::MAX);
    let wanted = call
        .asked
        .parameter("ref")
        .map(|name| format!("refs/heads/{}", name.trim_start_matches("refs/heads/")));
    let matching =
        |event: &&RefEvent| event.id < below && wanted.as_ref().is_none_or(|name| *name == event.refname);
    let events: Vec<&RefEvent> = snapshot.events.iter().rev().filter(matching).collect();
    let page = Page { number: 1, ..Page::asked(call.asked, PER_PAGE) };
    let shown = page.of(&events);
    let bodies: Vec<Value> = shown.iter().map(|event| body(event)).collect();
    let reply = Reply::json(200, &bodies.into());
    let next = shown.last().filter(|_| events.len() > shown.len());
    Ok(match next {
        Some(last) => {
            let query = call.asked.query_with("after", &last.id.to_string());
            let url = format!("{}/repositories/{}/activity?{query}", call.api(), shelved.id);
            reply.with("link", format!("<{url}>; rel=\"next\""))
        }
        None => reply,
    })
}

fn body(event: &RefEvent) -> Value {
    json!({
        "id": event.id,
        "node_id": format!("PSH_{}", event.id),
        "before": event.before,
        "after": event.after,
        "ref": event.refname,
        "timestamp": event.seen_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        "activity_type": match event.change {
            RefChange::Created => "branch_creation",
            RefChange::Deleted => "branch_deletion",
            RefChange::Pushed => "push",
            RefChange::Rewritten => "force_push",
        },
        "actor": { "login": "ada", "id": user_id("ada"), "type": "User" },
    })
}
