//! Lists of commits, and single ones.

use anyhow::Result;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};
use serde_json::Value;

use super::headers::with_uncounted_pages;
use super::refusals::{bad_parameter, error};
use super::routes::PER_PAGE;
use super::{AllPages, Call, wire};
use crate::far::Reply;
use crate::far::page::Page;
use crate::far::shelf::Shelved;
use crate::git::history::{History, Place};
use crate::git::walk::Walk;

/// `GET /projects/:id/repository/commits`: in git's order, without totals. A ref that does not exist has no
/// commits, and that is no error.
pub(super) fn list(call: &Call<'_>, shelved: &Shelved) -> Result<Reply> {
    let Ok(since) = moment(call, "since") else { return Ok(bad_parameter("since is invalid")) };
    let Ok(until) = moment(call, "until") else { return Ok(bad_parameter("until is invalid")) };
    let name = call.asked.parameter("ref_name").filter(|name| !name.is_empty());
    let snapshot = shelved.watched.now_with(name.map_or("", String::as_str))?;
    let history = &snapshot.history;
    if history.is_empty() {
        return Ok(error(404, "404 Repository Not Found"));
    }
    let all = call.asked.parameter("all").is_some_and(|all| matches!(all.as_str(), "true" | "1"));
    let (from, without) = match name {
        _ if all => (history.refs.values().filter_map(|sha| history.place(sha)).collect(), Vec::new()),
        Some(name) => revisions(history, name),
        None => revisions(history, "HEAD"),
    };
    let places = history.walk(Walk { from, without, since, until, mode: call.gitlab.settings.since });
    let page = Page::asked(call.asked, PER_PAGE);
    let repeats = all && call.gitlab.settings.all_pages == AllPages::RepeatTheFirst;
    let read = if repeats { Page { number: 1, ..page } } else { page };
    let shown = read.of(&places);
    let records = shown.iter().filter_map(|place| history.commit(*place));
    let bodies: Vec<Value> = records.map(|record| wire::commit(call, shelved, record)).collect();
    Ok(with_uncounted_pages(call, Reply::json(200, &bodies.into()), page, shown.len()))
}

/// Where a branch, a tag, a SHA or a range `A..B` begins, and what it leaves out.
fn revisions(history: &History, name: &str) -> (Vec<Place>, Vec<Place>) {
    let place = |name: &str| history.resolve(name).and_then(|sha| history.place(&sha));
    // A branch may have two dots in none of git's own rules, so this is always a range.
    match name.split_once("..") {
        None => (place(name).into_iter().collect(), Vec::new()),
        Some((old, new)) => match (place(old), place(new)) {
            (Some(old), Some(new)) => (vec![new], vec![old]),
            _ => (Vec::new(), Vec::new()),
        },
    }
}

/// `GET /projects/:id/repository/commits/SHA`: also of commits that no branch reaches any more.
pub(super) fn one(call: &Call<'_>, shelved: &Shelved, name: &str) -> Result<Reply> {
    let snapshot = shelved.watched.now_with(name)?;
    let history = &snapshot.history;
    let record = history.resolve(name).and_then(|sha| history.by_sha(&sha).cloned());
    Ok(match record {
        Some(record) => Reply::json(200, &wire::commit(call, shelved, &record)),
        None => error(404, "404 Commit Not Found"),
    })
}

/// A time stamp, with or without an offset, or a day; in seconds of the epoch.
fn moment(call: &Call<'_>, name: &str) -> Result<Option<i64>, ()> {
    let Some(text) = call.asked.parameter(name) else { return Ok(None) };
    let whole = DateTime::parse_from_rfc3339(text).map(|time| time.timestamp());
    let without_offset = || text.parse::<NaiveDateTime>().map(|time| time.and_utc().timestamp());
    let day = || text.parse::<NaiveDate>().map(|day| day.and_time(NaiveTime::MIN).and_utc().timestamp());
    whole.or_else(|_| without_offset()).or_else(|_| day()).map(Some).map_err(drop)
}
