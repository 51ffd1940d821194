use chrono::TimeDelta;
use pdt_domain::ids::{BoardId, Name, ProfileId, RepositoryId, RunId};
use pdt_domain::jira::BoardKind;
use pdt_domain::provider::Provider;
use pdt_domain::run::{Loop, Trigger};
use pdt_store::{AccountState, TokenLacks};

use super::*;

fn noon() -> DateTime<Utc> {
    "2026-02-18T12:00:00Z".parse().unwrap()
}

/// Nothing is known, in a place whose clocks are an hour ahead.
fn nothing() -> Facts {
    Facts {
        now: noon(),
        local: |instant| instant.naive_utc() + TimeDelta::hours(1),
        accounts: Vec::new(),
        from_environment: BTreeSet::new(),
        keychain: None,
        repositories: Vec::new(),
        boards: Vec::new(),
        last_run: None,
        last_jira_run: None,
        warnings: Vec::new(),
    }
}

fn account(id: i64, name: &str) -> Account {
    Account {
        id: AccountId(id),
        profile_id: ProfileId(1),
        provider: Provider::Github,
        name: Name::parse(name).unwrap(),
        url: "https://github.com".to_owned(),
        login: "ada".to_owned(),
        email: None,
        projects: None,
        state: AccountState { standing: Standing::Ok, reason: None, scopes: None, expires_at: None },
        limited_until: None,
        lacks: TokenLacks::default(),
        credential_print: None,
        created_at: noon(),
    }
}

fn refused(id: i64, name: &str) -> Account {
    let reason = Some("GitHub at api.github.com refused the token.".to_owned());
    let state = AccountState { standing: Standing::Refused, reason, ..account(id, name).state };
    Account { state, ..account(id, name) }
}

fn expiring(id: i64, name: &str, after: TimeDelta) -> Account {
    let state = AccountState { expires_at: Some(noon() + after), ..account(id, name).state };
    Account { state, ..account(id, name) }
}

fn limited(id: i64, name: &str, after: TimeDelta) -> Account {
    Account { limited_until: Some(noon() + after), ..account(id, name) }
}

fn repository(id: i64, account: i64) -> Repository {
    Repository {
        id: RepositoryId(id),
        account_id: AccountId(account),
        remote_id: id.to_string(),
        owner: "acme".to_owned(),
        name: format!("r{id}"),
        provider: Provider::Github,
        url: format!("https://github.com/acme/r{id}"),
        default_branch: None,
        is_valid: true,
        invalid_reason: None,
        window_start: None,
        last_synced_at: None,
        last_error: None,
        created_at: noon(),
    }
}

fn failing(id: i64, account: i64) -> Repository {
    Repository { last_error: Some("GitHub gave no usable answer.".to_owned()), ..repository(id, account) }
}

fn gone(id: i64, account: i64) -> Repository {
    let invalid_reason = Some("GitHub does not have it.".to_owned());
    Repository { is_valid: false, invalid_reason, ..failing(id, account) }
}

fn run(outcome: Outcome, error: Option<&str>) -> Option<Run> {
    Some(Run {
        id: RunId(1),
        profile_id: ProfileId(1),
        sync_loop: Loop::Commits,
        trigger: Trigger::Manual,
        started_at: noon(),
        finished_at: Some(noon()),
        outcome: Some(outcome),
        reason: None,
        error: error.map(str::to_owned),
        requests: 1,
        receipt_json: None,
    })
}

fn locked() -> Option<KeychainTrouble> {
    let (message, hint) = ("The keychain is locked.".to_owned(), "Unlock it.".to_owned());
    Some(KeychainTrouble { is_locked: true, message, hint })
}

/// What is said, as `id severity action`.
fn said(facts: &Facts) -> Vec<String> {
    let line = |item: AttentionDto| {
        let action = serde_json::to_value(&item.action).unwrap();
        format!("{} {} {}", item.id, item.severity, action["kind"].as_str().unwrap())
    };
    attention(facts).into_iter().map(line).collect()
}

#[test]
fn where_all_is_well_nothing_is_said() {
    let soon_enough = expiring(2, "home", TimeDelta::days(14));
    let past = limited(3, "late", TimeDelta::zero());
    let accounts = vec![account(1, "work"), soon_enough, past];
    let repositories = vec![repository(1, 1), repository(2, 2)];
    for last_run in [None, run(Outcome::Ok, None), run(Outcome::Partial, Some("stopped"))] {
        let facts =
            Facts { accounts: accounts.clone(), repositories: repositories.clone(), last_run, ..nothing() };
        assert_eq!(said(&facts), [""; 0]);
    }
}

#[test]
fn each_cause_is_said_with_its_way_out() {
    let one = |account: Account| Facts { accounts: vec![account], ..nothing() };
    let of = |repository: Repository| Facts {
        accounts: vec![account(1, "work")],
        repositories: vec![repository],
        ..nothing()
    };
    let absent = Some(KeychainTrouble { is_locked: false, ..locked().unwrap() });
    let table: [(&str, Facts, &str); 12] = [
        ("a refused token", one(refused(1, "work")), "account:work:refused broken replace_token"),
        (
            "an expired token",
            one(expiring(1, "work", TimeDelta::zero())),
            "account:work:expired broken replace_token",
        ),
        (
            "a token that expires soon",
            one(expiring(1, "work", TimeDelta::days(14) - TimeDelta::seconds(1))),
            "account:work:expiring warning replace_token",
        ),
        (
            "a token of the environment that is refused",
            Facts { from_environment: BTreeSet::from([AccountId(1)]), ..one(refused(1, "work")) },
            "account:work:refused broken check_account",
        ),
        ("a limit", one(limited(1, "work", TimeDelta::minutes(65))), "account:work:limited passing none"),
        (
            "a locked keychain",
            Facts { keychain: locked(), ..one(account(1, "work")) },
            "keychain:locked broken unlock_keychain",
        ),
        (
            "no keychain",
            Facts { keychain: absent, ..one(account(1, "work")) },
            "keychain:failing broken none",
        ),
        ("an invalid repository", of(gone(7, 1)), "repository:7:invalid broken show_repository"),
        ("a repository that is behind", of(failing(7, 1)), "account:work:behind warning sync"),
        (
            "a failed run that nothing explains",
            Facts { last_run: run(Outcome::Failed, Some("PDT stopped.")), ..one(account(1, "work")) },
            "run:commits:failed broken sync",
        ),
        (
            "a machine without network",
            Facts { last_run: run(Outcome::Skipped, Some("no network")), ..of(failing(7, 1)) },
            "run:commits:offline passing sync",
        ),
        (
            "a setting",
            Facts { warnings: vec!["SYNC_ENABLED is odd.".to_owned()], ..nothing() },
            "setting:0 warning show_settings",
        ),
    ];
    for (what, facts, expected) in table {
        assert_eq!(said(&facts), [expected], "{what}");
    }
}

#[test]
fn nothing_is_said_twice() {
    let twelve = |account: i64| (1..=12).map(move |id| failing(id, account)).collect::<Vec<_>>();
    let failed = || run(Outcome::Failed, Some("12 of 12 repositories failed."));
    let table: [(&str, Facts, &[&str]); 6] = [
        (
            "twelve repositories of a refused account",
            Facts {
                accounts: vec![refused(1, "work")],
                repositories: twelve(1),
                last_run: failed(),
                ..nothing()
            },
            &["account:work:refused broken replace_token"],
        ),
        (
            "twelve repositories of a limited account",
            Facts {
                accounts: vec![limited(1, "work", TimeDelta::minutes(5))],
                repositories: twelve(1),
                last_run: failed(),
                ..nothing()
            },
            &["account:work:limited passing none"],
        ),
        (
            "twelve repositories behind a locked keychain",
            Facts {
                accounts: vec![account(1, "work")],
                repositories: twelve(1),
                keychain: locked(),
                last_run: failed(),
                ..nothing()
            },
            &["keychain:locked broken unlock_keychain"],
        ),
        (
            "twelve repositories whose service is down",
            Facts {
                accounts: vec![account(1, "work")],
                repositories: twelve(1),
                last_run: failed(),
                ..nothing()
            },
            &["account:work:behind warning sync"],
        ),
        (
            "two accounts without network",
            Facts {
                accounts: vec![account(1, "work"), account(2, "home")],
                repositories: vec![failing(1, 1), failing(2, 2)],
                last_run: run(Outcome::Skipped, Some("no network")),
                ..nothing()
            },
            &["run:commits:offline passing sync"],
        ),
        (
            "a refused token that has expired",
            Facts {
                accounts: vec![Account {
                    state: AccountState { expires_at: Some(noon()), ..refused(1, "work").state },
                    ..account(1, "work")
                }],
                ..nothing()
            },
            &["account:work:refused broken replace_token"],
        ),
    ];
    for (what, facts, expected) in table {
        assert_eq!(said(&facts), expected, "{what}");
    }
}

#[test]
fn different_things_are_all_said_what_is_broken_first_and_what_passes_last() {
    let facts = Facts {
        accounts: vec![
            account(1, "env"),
            refused(2, "home"),
            limited(3, "slow", TimeDelta::minutes(5)),
            expiring(4, "work", TimeDelta::days(2)),
        ],
        from_environment: BTreeSet::from([AccountId(1)]),
        keychain: locked(),
        repositories: vec![failing(1, 1), failing(2, 2), gone(3, 2), failing(4, 3), failing(5, 4)],
        last_run: run(Outcome::Failed, Some("5 of 5 repositories failed.")),
        warnings: vec!["One.".to_owned(), "Two.".to_owned()],
        ..nothing()
    };
    let expected = [
        "keychain:locked broken unlock_keychain",
        "account:home:refused broken replace_token",
        "repository:3:invalid broken show_repository",
        "account:env:behind warning sync",
        "account:work:expiring warning replace_token",
        "setting:0 warning show_settings",
        "setting:1 warning show_settings",
        "account:slow:limited passing none",
    ];
    assert_eq!(said(&facts), expected);
    assert_eq!(attention(&facts), attention(&facts), "and the same things each time");
}

#[test]
fn the_sentences_name_the_thing_and_the_time() {
    let accounts = ["a", "b", "c", "d", "e"].iter().zip(1..).map(|(name, id)| account(id, name));
    let facts = Facts {
        accounts: accounts
            .chain([
                limited(6, "slow", TimeDelta::minutes(65)),
                limited(7, "slower", TimeDelta::hours(20)),
                refused(8, "env"),
            ])
            .collect(),
        from_environment: (6..9).map(AccountId).collect(),
        keychain: locked(),
        repositories: vec![gone(1, 1), failing(2, 8), failing(3, 6)],
        ..nothing()
    };
    let behind = Facts {
        accounts: vec![account(1, "work"), account(2, "home")],
        repositories: vec![failing(1, 1), failing(2, 1), failing(3, 2)],
        ..nothing()
    };
    let text: Vec<String> = [attention(&facts), attention(&behind)]
        .concat()
        .into_iter()
        .map(|item| format!("{}\n    {}", item.title, item.detail.unwrap_or_default()))
        .collect();
    insta::assert_snapshot!(text.join("\n"));
}

fn jira_run(outcome: Outcome, error: &str) -> Option<Run> {
    Some(Run {
        id: RunId(2),
        profile_id: ProfileId(1),
        sync_loop: Loop::Jira,
        trigger: Trigger::Schedule,
        started_at: noon(),
        finished_at: Some(noon()),
        outcome: Some(outcome),
        reason: None,
        error: Some(error.to_owned()),
        requests: 3,
        receipt_json: None,
    })
}

fn refused_board() -> BoardRow {
    BoardRow {
        id: BoardId(7),
        account_id: AccountId(1),
        jira_board_id: 70,
        name: "Team Alpha".to_owned(),
        kind: BoardKind::Scrum,
        project_key: None,
        holds_sprints: Some(true),
        is_valid: false,
        invalid_reason: Some("Jira does not allow it.".to_owned()),
        last_error: None,
        sprints_read_at: None,
        cards_read_at: None,
        backlog_read_at: None,
        removed_at: None,
        last_synced_at: None,
    }
}

#[test]
fn a_board_that_is_refused_is_said_once_and_leads_to_the_boards() {
    let site = Account { provider: Provider::Jira, ..account(1, "acme") };
    let facts = Facts {
        accounts: vec![site],
        boards: vec![refused_board()],
        last_jira_run: jira_run(Outcome::Partial, "acme: The board Team Alpha could not be read."),
        ..nothing()
    };
    let said = attention(&facts);
    assert_eq!(said.len(), 1, "the run says the same: {said:?}");
    assert_eq!(said[0].title, "Board Team Alpha of acme cannot be read");
    assert_eq!((said[0].severity, &said[0].action), (BROKEN, &AttentionAction::ShowBoard));
}

#[test]
fn a_jira_run_that_brought_not_everything_is_said_where_nothing_else_explains_it() {
    let site = Account { provider: Provider::Jira, ..account(1, "acme") };
    let facts = Facts {
        accounts: vec![site.clone()],
        last_jira_run: jira_run(Outcome::Partial, "acme: no usable answer."),
        ..nothing()
    };
    let said = attention(&facts);
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!((said[0].id.as_str(), said[0].severity), ("run:jira", WARNING));
    let refused = Account { provider: Provider::Jira, ..refused(1, "acme") };
    let said = attention(&Facts { accounts: vec![refused], ..facts });
    assert!(said.iter().all(|item| item.id != "run:jira"), "the refused token explains it: {said:?}");
}

#[test]
fn what_a_token_lacks_is_a_warning_with_another_token_as_the_way_out() {
    let lacking = |scopes: Option<&[&str]>, organizations: Option<&[&str]>| {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let lacks = TokenLacks { scopes: scopes.map(owned), single_sign_on: organizations.map(owned) };
        Account { lacks, ..account(1, "work") }
    };
    let told = |account: Account| {
        let items = attention(&Facts { accounts: vec![account], ..nothing() });
        items.into_iter().map(|item| (item.id, item.severity, item.title)).collect::<Vec<_>>()
    };
    let one = |what: &str, title: &str| vec![(format!("account:work:{what}"), WARNING, title.to_owned())];
    let scope = one("scope", "The token of work lacks the right repo and read:org");
    assert_eq!(told(lacking(Some(&["repo", "read:org"]), None)), scope);
    assert_eq!(told(lacking(Some(&[]), None)), one("scope", "The token of work lacks a right"));
    let sign_on = one("single-sign-on", "The token of work is not authorised for single sign-on");
    assert_eq!(told(lacking(Some(&["repo"]), Some(&["acme"]))), sign_on, "one thing at a time");
    let refused = Account { lacks: lacking(Some(&[]), None).lacks, ..refused(1, "work") };
    assert_eq!(told(refused)[0].0, "account:work:refused", "another token is needed anyway");
}

#[test]
fn a_run_that_would_fail_again_is_shown_and_another_repeated() {
    let action = |receipt: Option<&str>| {
        let receipt_json = receipt.map(str::to_owned);
        let failed = run(Outcome::Failed, Some("jira: the certificate is not trusted"));
        let last_run = failed.map(|run| Run { receipt_json, ..run });
        attention(&Facts { last_run, ..nothing() }).remove(0).action
    };
    assert_eq!(action(Some(r#"{"needs_person": true}"#)), AttentionAction::ShowRun { id: RunId(1) });
    assert_eq!(action(Some(r#"{"needs_person": false}"#)), AttentionAction::Sync);
    assert_eq!(action(None), AttentionAction::Sync);
}
