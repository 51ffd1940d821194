//! Stored receipts, as they were written by this PDT or an older one. What cannot be read is not there.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use pdt_domain::run::Loop;
use serde_json::Value;

use super::{RunAccountDto, RunEntryDto};

/// What is read of a stored receipt.
#[derive(Debug, Default)]
pub(super) struct Receipt {
    /// What is to be told of: a repository or a Jira account each.
    pub(super) entries: Vec<RunEntryDto>,
    /// The rows of repositories that had not changed.
    pub(super) unchanged: BTreeSet<i64>,
    /// Each account with its requests.
    pub(super) accounts: Vec<RunAccountDto>,
    /// What has a name of its own and could not be read: branches, boards, sprints.
    pub(super) parts: Vec<String>,
}

impl Receipt {
    pub(super) fn read(of: Loop, stored: Option<&str>) -> Self {
        let stored = stored.and_then(|stored| serde_json::from_str(stored).ok()).unwrap_or(Value::Null);
        let (entries, parts) = match of {
            Loop::Commits => (list(&stored, "repositories"), ("failed_branches", "branch")),
            Loop::Jira => (list(&stored, "accounts"), ("failed", "part")),
        };
        let names = entries.iter().flat_map(|entry| list(entry, parts.0));
        let entry = match of {
            Loop::Commits => of_repository,
            Loop::Jira => of_account,
        };
        Self {
            entries: entries.iter().map(entry).collect(),
            unchanged: list(&stored, "unchanged").iter().filter_map(Value::as_i64).collect(),
            accounts: list(&stored, "usage").iter().filter_map(usage).collect(),
            parts: names.filter_map(|part| text(part, parts.1)).collect(),
        }
    }
}

fn of_repository(entry: &Value) -> RunEntryDto {
    let failed = list(entry, "failed_branches").iter();
    let sentence = |failed: &Value| {
        let (branch, error) = (text(failed, "branch")?, text(failed, "error").unwrap_or_default());
        Some(format!("Branch {branch:?} could not be read: {error}"))
    };
    let skipped: Vec<String> = failed.filter_map(sentence).collect();
    RunEntryDto {
        name: text(entry, "repo_name").unwrap_or_default(),
        fetched: number(entry, "total_fetched"),
        new: number(entry, "new_commits"),
        changed: 0,
        places: number(entry, "branches"),
        read: number(entry, "changed_branches"),
        error: own_error(entry, list(entry, "failed_branches")),
        skipped,
    }
}

fn of_account(entry: &Value) -> RunEntryDto {
    let failed = list(entry, "failed").iter();
    RunEntryDto {
        name: text(entry, "account").unwrap_or_default(),
        fetched: number(entry, "fetched"),
        new: number(entry, "new_cards"),
        changed: number(entry, "changed_cards"),
        places: number(entry, "sprints"),
        read: number(entry, "read_sprints"),
        // The sentence names its part.
        skipped: failed.filter_map(|failed| text(failed, "error")).collect(),
        error: own_error(entry, list(entry, "failed")),
    }
}

/// An error that is not only what was skipped: where nothing else went wrong, it repeats the first of that.
fn own_error(entry: &Value, failed: &[Value]) -> Option<String> {
    let first = failed.first().and_then(|failed| text(failed, "error"));
    text(entry, "error").filter(|error| first.is_none_or(|first| !error.ends_with(&first)))
}

fn usage(usage: &Value) -> Option<RunAccountDto> {
    let time = text(usage, "resets_at").and_then(|time| DateTime::parse_from_rfc3339(&time).ok());
    Some(RunAccountDto {
        name: text(usage, "account")?,
        requests: usage.get("requests").and_then(Value::as_u64).unwrap_or_default(),
        remaining: usage.get("remaining").and_then(Value::as_u64),
        limit: usage.get("limit").and_then(Value::as_u64),
        resets_at: time.map(|time| time.with_timezone(&Utc)),
    })
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn number(value: &Value, key: &str) -> u32 {
    let number = value.get(key).and_then(Value::as_u64).unwrap_or_default();
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_of_commits_tells_of_each_repository() {
        let stored = r#"{"repositories": [
            {"repo_id": 1, "repo_name": "acme/widgets", "new_commits": 3, "total_fetched": 5, "branches": 9,
             "changed_branches": 2, "failed_branches": [{"branch": "old", "error": "It is gone."}],
             "error": "Branch \"old\" could not be read: It is gone."},
            {"repo_id": 2, "repo_name": "acme/gears", "failed_branches": [], "error": "The token was refused."}
        ], "unchanged": [7, 8], "needs_person": false,
        "usage": [{"account": "work", "requests": 12, "remaining": 4312, "limit": 5000,
                   "resets_at": "2026-02-18T12:00:00Z"}, {"account": "home", "requests": 1, "remaining": null}]}"#;
        let receipt = Receipt::read(Loop::Commits, Some(stored));
        let [widgets, gears] = receipt.entries.as_slice() else { panic!("{receipt:?}") };
        assert_eq!((widgets.new, widgets.fetched, widgets.places, widgets.read), (3, 5, 9, 2));
        assert_eq!(widgets.skipped, ["Branch \"old\" could not be read: It is gone."]);
        assert_eq!(widgets.error, None, "what was skipped is said once");
        assert_eq!(gears.error.as_deref(), Some("The token was refused."));
        assert_eq!((receipt.unchanged.len(), receipt.parts), (2, vec!["old".to_owned()]));
        let [work, home] = receipt.accounts.as_slice() else { panic!("two accounts were asked") };
        assert_eq!((work.requests, work.remaining, work.limit), (12, Some(4312), Some(5000)));
        assert_eq!((home.remaining, home.resets_at), (None, None), "its service says nothing");
    }

    #[test]
    fn a_receipt_of_jira_tells_of_each_account() {
        let stored = r#"{"accounts": [{"account": "acme", "boards": 2, "sprints": 4, "read_sprints": 1, "cards": 9,
            "fetched": 6, "new_cards": 1, "changed_cards": 2, "removed_cards": 0,
            "failed": [{"part": "board Team", "error": "Jira does not show the board Team."}],
            "error": "Jira at acme.example.org gave no usable answer."}]}"#;
        let receipt = Receipt::read(Loop::Jira, Some(stored));
        let [acme] = receipt.entries.as_slice() else { panic!("{receipt:?}") };
        assert_eq!((acme.new, acme.changed, acme.fetched, acme.places, acme.read), (1, 2, 6, 4, 1));
        assert_eq!((acme.skipped.len(), acme.error.is_some()), (1, true), "both went wrong");
        assert_eq!(receipt.parts, ["board Team"]);
    }

    #[test]
    fn what_cannot_be_read_is_not_there() {
        for stored in [None, Some(""), Some("[]"), Some("{}"), Some("nonsense")] {
            let receipt = Receipt::read(Loop::Commits, stored);
            assert!(receipt.entries.is_empty() && receipt.accounts.is_empty(), "{stored:?}");
        }
        let odd = r#"{"repositories": [{"new_commits": "many", "failed_branches": {}}, 5], "usage": [{}],
            "unchanged": ["x", 3]}"#;
        let receipt = Receipt::read(Loop::Commits, Some(odd));
        let numbers: Vec<u32> = receipt.entries.iter().map(|entry| entry.new).collect();
        assert_eq!((numbers, receipt.unchanged.len(), receipt.accounts.len()), (vec![0, 0], 1, 0));
    }
}
