//! What one commit has that another has not.

use anyhow::Result;
use serde_json::{Value, json};

use super::refusals::{bad_parameter, error};
use super::{Call, wire};
use crate::far::Reply;
use crate::far::shelf::Shelved;
use crate::git::walk::{Since, Walk};

/// `GET /projects/:id/repository/compare?from&to`: all of the commits at once, oldest first.
pub(super) fn answer(call: &Call<'_>, shelved: &Shelved) -> Result<Reply> {
    let Some(from) = call.asked.parameter("from") else { return Ok(bad_parameter("from is missing")) };
    let Some(to) = call.asked.parameter("to") else { return Ok(bad_parameter("to is missing")) };
    shelved.watched.now_with(from)?;
    let snapshot = shelved.watched.now_with(to)?;
    let history = &snapshot.history;
    let place = |name: &str| history.resolve(name).and_then(|sha| history.place(&sha));
    let (Some(old), Some(new)) = (place(from), place(to)) else { return Ok(error(404, "404 Not Found")) };
    let walk = Walk { from: vec![new], without: vec![old], since: None, until: None, mode: Since::Filters };
    let places = history.walk(walk);
    let records = places.iter().rev().filter_map(|place| history.commit(*place));
    let commits: Vec<Value> = records.map(|record| wire::commit(call, shelved, record)).collect();
    let body = json!({
        "commit": commits.last(),
        "commits": commits,
        "diffs": [],
        "compare_timeout": false,
        "compare_same_ref": from == to,
        "web_url": format!("{}/{}/-/compare/{from}...{to}", call.asked.origin, shelved.full_name),
    });
    Ok(Reply::json(200, &body))
}
