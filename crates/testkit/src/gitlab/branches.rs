//! A project's branches.

use anyhow::Result;
use serde_json::{Value, json};

use super::headers::with_counted_pages;
use super::refusals::{bad_parameter, error};
use super::routes::PER_PAGE;
use super::{Call, TipParents, wire};
use crate::far::Reply;
use crate::far::page::Page;
use crate::far::shelf::Shelved;
use crate::git::history::{CommitRecord, History};

/// `GET /projects/:id/repository/branches`: each with its tip's commit; an empty project has none.
pub(super) fn list(call: &Call<'_>, shelved: &Shelved) -> Result<Reply> {
    let snapshot = shelved.watched.now()?;
    let mut branches: Vec<_> = snapshot.history.branches().collect();
    if let Some(part) = call.asked.parameter("search") {
        branches.retain(|(name, _)| name.contains(part.as_str()));
    }
    match call.asked.parameter("sort").map(String::as_str) {
        None | Some("name_asc") => {}
        Some("updated_asc") => branches.sort_by_key(|(_, tip)| tip.committer.at),
        Some("updated_desc") => branches.sort_by_key(|(_, tip)| std::cmp::Reverse(tip.committer.at)),
        Some(_) => return Ok(bad_parameter("sort does not have a valid value")),
    }
    let page = Page::asked(call.asked, PER_PAGE);
    let shown = page.of(&branches).iter();
    let bodies: Vec<Value> = shown
        .map(|(name, tip)| body(call, shelved, &snapshot.history, name, listed_commit(call, shelved, tip)))
        .collect();
    Ok(with_counted_pages(call, Reply::json(200, &bodies.into()), page, branches.len()))
}

/// `GET /projects/:id/repository/branches/NAME`, the name encoded into one segment.
pub(super) fn one(call: &Call<'_>, shelved: &Shelved, name: &str) -> Result<Reply> {
    let snapshot = shelved.watched.now()?;
    let found = snapshot.history.branches().find(|(known, _)| *known == name);
    let body = found.map(|(_, tip)| {
        let commit = wire::commit(call, shelved, tip);
        body(call, shelved, &snapshot.history, name, commit)
    });
    Ok(body.map_or_else(|| error(404, "404 Branch Not Found"), |body| Reply::json(200, &body)))
}

fn listed_commit(call: &Call<'_>, shelved: &Shelved, tip: &CommitRecord) -> Value {
    let mut commit = wire::commit(call, shelved, tip);
    if let Some(fields) =
        commit.as_object_mut().filter(|_| call.gitlab.settings.tip_parents == TipParents::Untold)
    {
        fields.insert("parent_ids".to_owned(), json!([]));
    }
    commit
}

fn body(call: &Call<'_>, shelved: &Shelved, history: &History, name: &str, commit: Value) -> Value {
    json!({
        "name": name,
        "commit": commit,
        "merged": false,
        "protected": history.default_branch() == Some(name),
        "default": history.default_branch() == Some(name),
        "developers_can_push": false,
        "developers_can_merge": false,
        "can_push": true,
        "web_url": format!("{}/{}/-/tree/{name}", call.asked.origin, shelved.full_name),
    })
}
