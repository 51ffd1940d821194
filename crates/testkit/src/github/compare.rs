//! What one commit has that another has not.

use anyhow::Result;
use serde_json::{Value, json};

use super::headers::with_links;
use super::refusals::{error, not_found};
use super::{Call, wire};
use crate::far::Reply;
use crate::far::page::Page;
use crate::far::shelf::Shelved;
use crate::git::history::{CommitRecord, History, Place};
use crate::git::walk::{Since, Walk};

/// Commits on the only page, where no page was asked for.
const UNPAGED: usize = 250;

/// `GET /repos/O/R/compare/BASE...HEAD`: commits oldest first; files only on the first page.
pub(super) fn answer(call: &Call<'_>, shelved: &Shelved, range: &str) -> Result<Reply> {
    let Some((base, head)) = range.split_once("...") else { return Ok(not_found()) };
    shelved.watched.now_with(base)?;
    let snapshot = shelved.watched.now_with(head)?;
    let history = &snapshot.history;
    let find = |name: &str| {
        let sha = history.resolve(name)?;
        Some((history.place(&sha)?, history.by_sha(&sha)?))
    };
    let (Some((base_at, base)), Some((head_at, head))) = (find(base), find(head)) else {
        return Ok(not_found());
    };
    let common = shelved.watched.merge_base(&base.sha, &head.sha);
    let Some(common) = common.and_then(|sha| history.by_sha(&sha)) else {
        return Ok(error(404, &format!("No common ancestor between {} and {}.", base.sha, head.sha)));
    };
    let behind = only_in(history, base_at, head_at).len();
    let mut ahead = only_in(history, head_at, base_at);
    ahead.reverse();
    let page = paged(call).unwrap_or(Page { number: 1, size: UNPAGED });
    let records = page.of(&ahead).iter().filter_map(|place| history.commit(*place));
    let commits: Vec<Value> = records.map(|record| wire::commit(call, shelved, record)).collect();
    let mut body = head_of_answer(call, shelved, range, [base, common]);
    if let Some(fields) = body.as_object_mut() {
        fields.insert("status".to_owned(), json!(status(ahead.len(), behind)));
        fields.insert("ahead_by".to_owned(), json!(ahead.len()));
        fields.insert("behind_by".to_owned(), json!(behind));
        fields.insert("total_commits".to_owned(), json!(ahead.len()));
        fields.insert("commits".to_owned(), json!(commits));
        if page.number == 1 {
            fields.insert("files".to_owned(), json!([]));
        }
    }
    let path = format!("/repositories/{}/compare/{}", shelved.id, raw_range(call));
    let reply = Reply::json(200, &body);
    Ok(if paged(call).is_some() { with_links(call, reply, &path, page, ahead.len()) } else { reply })
}

fn only_in(history: &History, this: Place, other: Place) -> Vec<Place> {
    let walk =
        Walk { from: vec![this], without: vec![other], since: None, until: None, mode: Since::Filters };
    history.walk(walk).to_vec()
}

fn paged(call: &Call<'_>) -> Option<Page> {
    let named = ["page", "per_page"].iter().any(|name| call.asked.parameter(name).is_some());
    named.then(|| Page::asked(call.asked, UNPAGED))
}

fn status(ahead: usize, behind: usize) -> &'static str {
    match (ahead, behind) {
        (0, 0) => "identical",
        (_, 0) => "ahead",
        (0, _) => "behind",
        (_, _) => "diverged",
    }
}

fn head_of_answer(
    call: &Call<'_>,
    shelved: &Shelved,
    range: &str,
    [base, common]: [&CommitRecord; 2],
) -> Value {
    let html = format!("{}/{}/compare/{range}", call.asked.origin, shelved.full_name);
    json!({
        "url": format!("{}/compare/{range}", wire::repository_url(call, shelved)),
        "html_url": html,
        "diff_url": format!("{html}.diff"),
        "patch_url": format!("{html}.patch"),
        "base_commit": wire::commit(call, shelved, base),
        "merge_base_commit": wire::commit(call, shelved, common),
    })
}

/// The range as it was sent, for links.
fn raw_range<'call>(call: &Call<'call>) -> &'call str {
    call.asked.path.split_once("/compare/").map_or("", |(_, range)| range)
}
