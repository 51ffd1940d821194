//! A repository's branches.

use anyhow::Result;
use serde_json::{Value, json};

use super::headers::with_links;
use super::refusals::error;
use super::routes::PER_PAGE;
use super::{Call, wire};
use crate::far::Reply;
use crate::far::page::Page;
use crate::far::shelf::Shelved;
use crate::git::history::CommitRecord;

/// `GET /repos/O/R/branches`: by name; an empty repository has none.
pub(super) fn list(call: &Call<'_>, shelved: &Shelved) -> Result<Reply> {
    let snapshot = shelved.watched.now()?;
    let branches: Vec<_> = snapshot.history.branches().collect();
    let page = Page::asked(call.asked, PER_PAGE);
    let bodies: Vec<Value> =
        page.of(&branches).iter().map(|(name, tip)| short(call, shelved, name, tip)).collect();
    let path = format!("/repositories/{}/branches", shelved.id);
    Ok(with_links(call, Reply::json(200, &bodies.into()), &path, page, branches.len()))
}

/// `GET /repos/O/R/branches/NAME`.
pub(super) fn one(call: &Call<'_>, shelved: &Shelved, name: &str) -> Result<Reply> {
    let snapshot = shelved.watched.now()?;
    let Some((_, tip)) = snapshot.history.branches().find(|(known, _)| *known == name) else {
        return Ok(error(404, "Branch not found"));
    };
    let mut body = short(call, shelved, name, tip);
    if let Some(fields) = body.as_object_mut() {
        fields.insert("commit".to_owned(), wire::commit(call, shelved, tip));
    }
    Ok(Reply::json(200, &body))
}

/// The list tells no dates: only the tip's SHA.
fn short(call: &Call<'_>, shelved: &Shelved, name: &str, tip: &CommitRecord) -> Value {
    let url = format!("{}/commits/{}", wire::repository_url(call, shelved), tip.sha);
    json!({ "name": name, "commit": { "sha": tip.sha, "url": url }, "protected": false })
}
