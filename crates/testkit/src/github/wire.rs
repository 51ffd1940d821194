//! GitHub's JSON.

use chrono::SecondsFormat;
use serde_json::{Value, json};

use super::Call;
use crate::far::shelf::Shelved;
use crate::far::tokens::user_id;
use crate::git::history::{CommitRecord, Signature};
use crate::git::watched::Snapshot;

/// The API's URL of a repository by name; links between pages go by number instead.
pub(super) fn repository_url(call: &Call<'_>, shelved: &Shelved) -> String {
    format!("{}/repos/{}", call.api(), shelved.full_name)
}

/// What `/user` says.
pub(super) fn user(call: &Call<'_>) -> Value {
    let login = &call.grant.login;
    let mut user = account(call, login, "User");
    if let Some(fields) = user.as_object_mut() {
        fields.insert("name".to_owned(), json!(login));
        fields.insert("email".to_owned(), Value::Null);
        fields.insert("created_at".to_owned(), json!("2020-01-01T00:00:00Z"));
    }
    user
}

fn account(call: &Call<'_>, login: &str, kind: &str) -> Value {
    json!({
        "login": login,
        "id": user_id(login),
        "node_id": format!("U_{}", user_id(login)),
        "url": format!("{}/users/{login}", call.api()),
        "html_url": format!("{}/{login}", call.asked.origin),
        "type": kind,
        "site_admin": false,
    })
}

/// A repository. An empty one still names the default branch that it is going to have.
pub(super) fn repository(call: &Call<'_>, shelved: &Shelved, snapshot: &Snapshot) -> Value {
    let html_url = format!("{}/{}", call.asked.origin, shelved.full_name);
    let host = call.asked.origin.trim_start_matches("http://");
    json!({
        "id": shelved.id,
        "node_id": format!("R_{}", shelved.id),
        "name": shelved.name(),
        "full_name": shelved.full_name,
        "private": true,
        "visibility": "private",
        "owner": account(call, shelved.owner(), "Organization"),
        "html_url": html_url,
        "clone_url": format!("{html_url}.git"),
        "ssh_url": format!("git@{host}:{}.git", shelved.full_name),
        "url": repository_url(call, shelved),
        "description": null,
        "fork": false,
        "archived": false,
        "disabled": false,
        "default_branch": snapshot.history.head,
        "pushed_at": snapshot.pushed_at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        "created_at": "2020-01-01T00:00:00Z",
        "permissions": { "admin": false, "maintain": false, "push": true, "triage": true, "pull": true },
    })
}

/// A commit as in lists: with its parents, without stats and files.
pub(super) fn commit(call: &Call<'_>, shelved: &Shelved, record: &CommitRecord) -> Value {
    let api = repository_url(call, shelved);
    let html = format!("{}/{}", call.asked.origin, shelved.full_name);
    let sha = &record.sha;
    let parent = |sha: &String| {
        json!({
            "sha": sha,
            "url": format!("{api}/commits/{sha}"),
            "html_url": format!("{html}/commit/{sha}"),
        })
    };
    json!({
        "sha": sha,
        "node_id": format!("C_{}", &sha[..12.min(sha.len())]),
        "commit": {
            "author": signature(&record.author),
            "committer": signature(&record.committer),
            // Without line ends at its end, other than GitLab's.
            "message": record.message.trim_end_matches('\n'),
            "tree": { "sha": record.tree, "url": format!("{api}/git/trees/{}", record.tree) },
            "url": format!("{api}/git/commits/{sha}"),
            "comment_count": 0,
            "verification": {
                "verified": false, "reason": "unsigned", "signature": null, "payload": null, "verified_at": null,
            },
        },
        "url": format!("{api}/commits/{sha}"),
        "html_url": format!("{html}/commit/{sha}"),
        "comments_url": format!("{api}/commits/{sha}/comments"),
        "author": known_person(call, &record.author),
        "committer": known_person(call, &record.committer),
        "parents": record.parents.iter().map(parent).collect::<Vec<_>>(),
    })
}

/// Null where the commit names nobody; times in UTC, whatever their offset was.
fn signature(signature: &Signature) -> Value {
    if signature.name.is_empty() && signature.email.is_empty() {
        return Value::Null;
    }
    json!({
        "name": signature.name,
        "email": signature.email,
        "date": signature.at.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true),
    })
}

/// The account behind an address; null for addresses that GitHub does not know, here all but `example.com`'s.
fn known_person(call: &Call<'_>, signature: &Signature) -> Value {
    let login = signature.email.strip_suffix("@example.com");
    login.map_or(Value::Null, |login| account(call, login, "User"))
}
