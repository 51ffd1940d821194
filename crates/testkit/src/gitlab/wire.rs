//! GitLab's JSON.

use chrono::{DateTime, DurationRound, FixedOffset, TimeDelta, Utc};
use serde_json::{Value, json};

use super::Call;
use crate::far::shelf::Shelved;
use crate::far::tokens::{TokenState, user_id};
use crate::git::history::CommitRecord;
use crate::git::watched::Snapshot;

/// What `/user` says.
pub(super) fn user(call: &Call<'_>) -> Value {
    let login = &call.grant.login;
    json!({
        "id": user_id(login),
        "username": login,
        "name": login,
        "state": "active",
        "web_url": format!("{}/{login}", call.asked.origin),
        "email": format!("{login}@example.com"),
        "created_at": "2020-01-01T00:00:00.000Z",
        "bot": false,
    })
}

/// What `/personal_access_tokens/self` says: days only, without a time.
pub(super) fn token(call: &Call<'_>) -> Value {
    json!({
        "id": 1,
        "name": "tracker",
        "revoked": call.grant.state == TokenState::Revoked,
        "active": call.grant.state == TokenState::Valid,
        "created_at": "2026-01-01T00:00:00.000Z",
        "scopes": call.grant.scopes,
        "user_id": user_id(&call.grant.login),
        "last_used_at": stamp(Utc::now().fixed_offset()),
        "expires_at": call.grant.expires_at.map(|end| end.format("%Y-%m-%d").to_string()),
    })
}

/// A project. Its default branch is null where there is none; its last activity moves once an hour.
pub(super) fn project(call: &Call<'_>, shelved: &Shelved, snapshot: &Snapshot) -> Value {
    let web_url = format!("{}/{}", call.asked.origin, shelved.full_name);
    let host = call.asked.origin.trim_start_matches("http://");
    let active = snapshot.pushed_at.map(|at| at.duration_trunc(TimeDelta::hours(1)).unwrap_or(at));
    json!({
        "id": shelved.id,
        "name": shelved.name(),
        "name_with_namespace": shelved.full_name.replace('/', " / "),
        "path": shelved.name(),
        "path_with_namespace": shelved.full_name,
        "namespace": {
            "id": user_id(shelved.owner()), "kind": "group", "full_path": shelved.owner(),
            "name": shelved.owner(), "path": shelved.owner().rsplit('/').next(),
        },
        "description": null,
        "default_branch": snapshot.history.default_branch(),
        "visibility": "private",
        "archived": false,
        "empty_repo": snapshot.history.is_empty(),
        "web_url": web_url,
        "http_url_to_repo": format!("{web_url}.git"),
        "ssh_url_to_repo": format!("git@{host}:{}.git", shelved.full_name),
        "created_at": "2020-01-01T00:00:00.000Z",
        "last_activity_at": active.map(|at| stamp(at.fixed_offset())),
    })
}

/// A commit as in lists.
pub(super) fn commit(call: &Call<'_>, shelved: &Shelved, record: &CommitRecord) -> Value {
    json!({
        "id": record.sha,
        "short_id": record.sha.get(..8),
        "created_at": stamp(record.committer.at),
        "parent_ids": record.parents,
        "title": title(&record.message),
        // With its final line end, other than GitHub's.
        "message": record.message,
        "author_name": record.author.name,
        "author_email": record.author.email,
        "authored_date": stamp(record.author.at),
        "committer_name": record.committer.name,
        "committer_email": record.committer.email,
        "committed_date": stamp(record.committer.at),
        "trailers": {},
        "extended_trailers": {},
        "web_url": format!("{}/{}/-/commit/{}", call.asked.origin, shelved.full_name, record.sha),
    })
}

/// With milliseconds, and with the offset that the commit has.
fn stamp(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

/// The first line; from 100 characters on it is cut at a word's end before the 78th, with three dots.
fn title(message: &str) -> String {
    let line = message.trim_start().split(['\r', '\n']).next().unwrap_or_default();
    if line.is_empty() {
        return "No commit message".to_owned();
    }
    if line.chars().count() < 100 {
        return line.to_owned();
    }
    let kept: String = line.chars().take(78).collect();
    let end = kept.rfind(' ').unwrap_or(kept.len());
    format!("{}...", kept.get(..end).unwrap_or(&kept))
}
