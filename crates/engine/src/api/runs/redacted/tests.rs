use pdt_domain::ids::{AccountId, Name, ProfileId, RepositoryId};
use pdt_domain::provider::Provider;
use pdt_domain::run::Loop;
use pdt_store::{Account, AccountState, Standing, TokenLacks};

use super::*;

fn account(name: &str) -> Account {
    Account {
        id: AccountId(1),
        profile_id: ProfileId(1),
        provider: Provider::Github,
        name: Name::parse(name).unwrap(),
        url: "https://git.canary.example".to_owned(),
        login: "canary-login".to_owned(),
        email: None,
        projects: None,
        state: AccountState { standing: Standing::Ok, reason: None, scopes: None, expires_at: None },
        limited_until: None,
        lacks: TokenLacks::default(),
        credential_print: None,
        created_at: DateTime::UNIX_EPOCH,
    }
}

fn repository(id: i64, name: &str) -> Repository {
    Repository {
        id: RepositoryId(id),
        account_id: AccountId(1),
        remote_id: id.to_string(),
        owner: "canary".to_owned(),
        name: name.to_owned(),
        provider: Provider::Github,
        url: format!("https://git.canary.example/canary/{name}"),
        default_branch: None,
        is_valid: true,
        invalid_reason: None,
        window_start: None,
        last_synced_at: None,
        last_error: None,
        created_at: DateTime::UNIX_EPOCH,
    }
}

/// The text of a run of commits with this receipt and this error.
fn told(receipt: &str, error: &str) -> String {
    let run = RunSummaryDto {
        id: 7,
        r#loop: "commits",
        trigger: "schedule",
        started_at: DateTime::UNIX_EPOCH,
        finished_at: Some(DateTime::UNIX_EPOCH),
        outcome: Some("partial"),
        reason: Some("limited until 2026-02-18T12:00:00Z".to_owned()),
        error: Some(error.to_owned()),
        requests: 12,
        new: 3,
        changed: 0,
    };
    let profile = Name::parse("canary-profile").unwrap();
    let (accounts, repositories) =
        ([account("canary-work")], [repository(1, "widgets"), repository(2, "widgets-2")]);
    let known = Known { profile: &profile, repositories: &repositories, accounts: &accounts };
    text(&run, &Receipt::read(Loop::Commits, Some(receipt)), known)
}

const RECEIPT: &str = r#"{"repositories": [
    {"repo_id": 2, "repo_name": "canary/widgets-2", "new_commits": 3, "total_fetched": 5, "branches": 9,
     "changed_branches": 2, "failed_branches": [{"branch": "feature/canary token",
     "error": "GitHub at git.canary.example gave no usable answer for repository canary/widgets-2 (status 503): it says \"the Canary speaks\". PDT tries again at the next run."}]},
    {"repo_id": 9, "repo_name": "canary/gone", "error": "The organisation canary-org asks for single sign-on for repository canary/gone. Authorise the token of account canary-work for it at https://canary.example/sso."}
    ], "unchanged": [1], "usage": [{"account": "canary-work", "requests": 12, "remaining": 4312, "limit": 5000}]}"#;

#[test]
fn it_tells_what_happened_and_no_name() {
    let error = "2 of 3 repositories failed, first canary/widgets-2: Branch \"feature/canary token\" could not be read";
    insta::assert_snapshot!(told(RECEIPT, error));
}

#[test]
fn nothing_from_outside_slips_through() {
    for hostile in [
        "canary",
        "The canary-org is gone",
        "it says \"Canary canary\"",
        "mail ada@canary.example now",
        "at https://canary.example:8443/x?y=canary.",
        "10.0.0.77 and [::1] and canary.example:80",
        "canary\u{202e}canary \u{1f600}",
        "token/canary the,canary",
        "Canary-work canary-works CANARY",
        "ghp_0123456789abcdefcanary",
        "12345678901",
    ] {
        let told = told(RECEIPT, hostile);
        let said = told.lines().find(|line| line.starts_with("Error: ")).unwrap();
        let is_out = |word: &str| said.to_lowercase().contains(word);
        let outside = ["canary", "10.0.0.77", "::1", "ghp", "12345678901", "ada", "\u{202e}", "\u{1f600}"];
        assert!(!outside.into_iter().any(is_out), "{hostile}: {said}");
        assert!(!told.to_lowercase().contains("canary"), "{told}");
    }
}

#[test]
fn a_name_is_replaced_where_it_stands_alone_and_the_longer_one_first() {
    let said = |error| {
        let told = told(RECEIPT, error);
        told.lines().find_map(|line| line.strip_prefix("Error: ")).unwrap().to_owned()
    };
    assert_eq!(said("for repository canary/widgets-2."), "for repository repository 2 .");
    assert_eq!(said("account canary-work, canary-work"), "account account 1 , account 1");
    assert_eq!(said("canary/widgetsx failed"), "… failed");
}

#[test]
fn of_thousands_that_were_skipped_the_first_ones_are_told_and_the_others_counted() {
    let failed: Vec<_> = (0..3000)
        .map(|at| serde_json::json!({"branch": format!("canary/{at}"), "error": "It is gone."}))
        .collect();
    let receipt = serde_json::json!({
        "repositories": [{"repo_id": 2, "repo_name": "canary/widgets-2", "failed_branches": failed}],
    });
    let told = told(&receipt.to_string(), "The branch canary/2999 is gone.");
    let skipped: Vec<&str> = told.lines().filter(|line| line.starts_with("  skipped: ")).collect();
    assert_eq!((skipped.len(), skipped.last()), (51, Some(&"  skipped: and 2950 more")));
    assert!(told.contains("part 3000"), "the names of the others are left out all the same");
    assert!(!told.contains("canary"), "no name is told");
}
