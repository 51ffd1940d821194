//! The documents between the engine and a window: what may be handed in, and what comes out.

#![cfg(test)]

use chrono::{DateTime, NaiveDate};
use pdt_domain::ids::{Name, RepositoryId};
use pdt_domain::provider::Provider;
use pdt_domain::secret::Token;
use pdt_engine::api::{
    AddAccount, ApiError, Code, CommitQuery, FailedDto, LiveDto, ReadingDto, RunDto, SyncWhat,
};
use serde_json::{Value, from_value, json, to_value};

#[test]
fn a_query_is_read_with_the_keys_that_it_has() {
    let given = json!({
        "repo": "acme/widgets", "since": "2026-02-01", "until": null, "card": null, "unlinked": true, "limit": 50
    });
    let since = NaiveDate::from_ymd_opt(2026, 2, 1);
    let (repo, unlinked, limit) = (Some("acme/widgets".to_owned()), true, Some(50));
    let expected = CommitQuery { repo, since, unlinked, limit, ..CommitQuery::default() };
    assert_eq!(from_value::<CommitQuery>(given).unwrap(), expected);
    assert_eq!(from_value::<CommitQuery>(json!({})).unwrap(), CommitQuery::default(), "nothing is asked for");
    let wrong: [Value; 3] = [json!({"since": "yesterday"}), json!({"limit": -1}), json!({"tag": "main"})];
    for query in wrong {
        from_value::<CommitQuery>(query.clone()).expect_err(&format!("{query} would find the wrong commits"));
    }
}

#[test]
fn a_token_goes_in_and_nothing_repeats_it() {
    let token: Token = from_value(json!("canary")).unwrap();
    assert_eq!(token, Token::new("canary".to_owned()), "it is taken as it is");
    let (profile, provider) = (Name::default_profile(), Provider::Github);
    let (url, name, email, projects, collects) = (None, None, None, None, None);
    let wanted = AddAccount { profile, provider, url, name, token: Some(token), email, projects, collects };
    assert!(!format!("{wanted:?}").contains("canary"), "{wanted:?}");
    for instead in [json!(4_242), json!(["canary"]), json!({"canary": 1})] {
        let error = from_value::<Token>(instead).unwrap_err().to_string();
        assert!(!error.contains("canary") && !error.contains("4242"), "{error}");
    }
}

#[test]
fn loops_are_named_by_their_words() {
    for (word, what) in [("both", SyncWhat::Both), ("commits", SyncWhat::Commits), ("jira", SyncWhat::Jira)] {
        assert_eq!(from_value::<SyncWhat>(json!(word)).unwrap(), what);
    }
    from_value::<SyncWhat>(json!("everything")).expect_err("no such loop");
}

#[test]
fn an_error_is_a_code_a_sentence_and_perhaps_a_hint() {
    let error = ApiError { code: Code::Keychain, message: "It is locked.".to_owned(), hint: None };
    let expected = json!({"code": "keychain", "message": "It is locked.", "hint": null});
    assert_eq!(to_value(error).unwrap(), expected);
}

#[test]
fn the_live_state_of_a_run_has_its_shape() {
    let (id, name) = (RepositoryId(7), "acme/widgets".to_owned());
    let reading =
        ReadingDto { id, name: name.clone(), branch: None, branches_done: 1, branches_of: 2, commits: 300 };
    let run = RunDto {
        profile: Name::default_profile(),
        started_at: DateTime::UNIX_EPOCH,
        done: 3,
        of: 4,
        new_commits: 5,
        reading: vec![reading],
        failed: vec![FailedDto { id, name, error: "It is gone.".to_owned() }],
    };
    let expected = json!({"commits": {
        "profile": "default", "started_at": "1970-01-01T00:00:00Z", "done": 3, "of": 4, "new_commits": 5,
        "reading": [{
            "id": 7, "name": "acme/widgets", "branch": null, "branches_done": 1, "branches_of": 2, "commits": 300
        }],
        "failed": [{"id": 7, "name": "acme/widgets", "error": "It is gone."}]
    }, "jira": null});
    assert_eq!(to_value(LiveDto { commits: Some(run), jira: None }).unwrap(), expected);
    let nothing = json!({"commits": null, "jira": null});
    assert_eq!(to_value(LiveDto::default()).unwrap(), nothing, "nothing is going on");
}
