//! Lists of commits, and single ones.

use anyhow::Result;
use chrono::{DateTime, NaiveDate, NaiveTime};
use serde_json::{Value, json};

use super::headers::with_links;
use super::refusals::error;
use super::routes::PER_PAGE;
use super::{Call, wire};
use crate::far::Reply;
use crate::far::page::Page;
use crate::far::shelf::Shelved;
use crate::git::walk::Walk;

/// `GET /repos/O/R/commits`: in git's order, `since` and `until` by committer date.
pub(super) fn list(call: &Call<'_>, shelved: &Shelved) -> Result<Reply> {
    let (Ok(since), Ok(until)) = (moment(call, "since"), moment(call, "until")) else {
        return Ok(error(422, "Validation Failed: not a time stamp"));
    };
    let name = call.asked.parameter("sha").map_or("HEAD", String::as_str);
    let snapshot = shelved.watched.now_with(name)?;
    let history = &snapshot.history;
    if history.is_empty() {
        return Ok(error(409, "Git Repository is empty."));
    }
    let Some(start) = history.resolve(name).and_then(|sha| history.place(&sha)) else {
        return Ok(error(404, &format!("No commit found for SHA: {name}")));
    };
    let mode = call.github.settings.since;
    let places = history.walk(Walk { from: vec![start], without: Vec::new(), since, until, mode });
    let page = Page::asked(call.asked, PER_PAGE);
    let records = page.of(&places).iter().filter_map(|place| history.commit(*place));
    let bodies: Vec<Value> = records.map(|record| wire::commit(call, shelved, record)).collect();
    let path = format!("/repositories/{}/commits", shelved.id);
    Ok(with_links(call, Reply::json(200, &bodies.into()), &path, page, places.len()))
}

/// `GET /repos/O/R/commits/REF`: also of commits that no branch reaches any more.
pub(super) fn one(call: &Call<'_>, shelved: &Shelved, name: &str) -> Result<Reply> {
    let snapshot = shelved.watched.now_with(name)?;
    let history = &snapshot.history;
    if history.is_empty() {
        return Ok(error(409, "Git Repository is empty."));
    }
    let Some(record) = history.resolve(name).and_then(|sha| history.by_sha(&sha).cloned()) else {
        return Ok(error(422, &format!("No commit found for SHA: {name}")));
    };
    let mut body = wire::commit(call, shelved, &record);
    if let Some(fields) = body.as_object_mut() {
        fields.insert("stats".to_owned(), json!({ "total": 0, "additions": 0, "deletions": 0 }));
        fields.insert("files".to_owned(), json!([]));
    }
    Ok(Reply::json(200, &body))
}

/// A time stamp or a day in the query, in seconds of the epoch.
fn moment(call: &Call<'_>, name: &str) -> Result<Option<i64>, ()> {
    let Some(text) = call.asked.parameter(name) else { return Ok(None) };
    let stamp = DateTime::parse_from_rfc3339(text).map(|time| time.timestamp());
    let day = || text.parse::<NaiveDate>().map(|day| day.and_time(NaiveTime::MIN).and_utc().timestamp());
    stamp.or_else(|_| day()).map(Some).map_err(drop)
}
