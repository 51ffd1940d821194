//! Accounts, their validators and their Jira projects.

use pdt_domain::provider::Provider;
use pdt_store::{AccountState, NewAccount, Standing, StoreErrorKind};

use crate::world::{World, at, commit, name, new_account, new_repository, now};

fn refused() -> AccountState {
    AccountState {
        standing: Standing::Refused,
        reason: Some("the token expired".into()),
        scopes: Some(vec!["repo".into(), "read:org".into()]),
        expires_at: Some(at("2026-02-17T00:00:00Z")),
    }
}

fn jira(world: &World, account: &str, projects: Option<Vec<String>>) -> NewAccount {
    NewAccount { provider: Provider::Jira, projects, ..new_account(world.profile, account) }
}

#[tokio::test]
async fn an_account_comes_back_as_it_was_added() {
    let world = World::new().await;
    let mut new = jira(&world, "site", Some(vec!["ABC".into(), "D,E\"F".into()]));
    new.email = Some("ada@example.org".into());
    new.state = refused();
    new.credential_print = Some("00ff".into());
    let (added, profile) = (new.clone(), world.profile);
    world.write(move |tx| tx.upsert_account(&added)).await;
    let found = world.read(move |tx| tx.account_by_name(profile, &name("site"))).await.unwrap();
    assert_eq!(found.profile_id, profile, "it is its profile's");
    assert_eq!((found.provider, found.url, found.login), (new.provider, new.url, new.login), "where it is");
    assert_eq!((found.email, found.projects), (new.email, new.projects), "what only Jira has");
    assert_eq!((found.state, found.credential_print), (new.state, new.credential_print), "its credential");
    assert_eq!((found.limited_until, found.created_at), (None, new.now), "when");
}

#[tokio::test]
async fn scopes_that_were_not_told_are_not_the_same_as_none() {
    let world = World::new().await;
    let (profile, account) = (world.profile, world.account);
    for scopes in [None, Some(vec![]), Some(vec!["repo".to_owned()])] {
        let state = AccountState { scopes: scopes.clone(), ..refused() };
        world.write(move |tx| tx.set_account_state(account, &state)).await;
        let accounts = world.read(move |tx| tx.accounts(profile)).await;
        assert_eq!(accounts[0].state.scopes, scopes, "both are kept apart");
    }
}

#[tokio::test]
async fn an_account_added_again_keeps_its_repositories_and_loses_its_limit() {
    let world = World::new().await;
    let (profile, account) = (world.profile, world.account);
    let repository = world.repository("widgets").await;
    world
        .write(move |tx| {
            tx.store_commits(repository, &[commit(1)], now())?;
            tx.set_account_state(account, &refused())?;
            tx.set_limited_until(account, Some(now()))
        })
        .await;
    let again = world
        .write(move |tx| {
            let print = Some("print of the new token".into());
            tx.upsert_account(&NewAccount {
                credential_print: print,
                now: now(),
                ..new_account(profile, "github")
            })
        })
        .await;
    assert_eq!(again, account, "it is the same account");
    let found = world.read(move |tx| tx.accounts(profile)).await.remove(0);
    assert_eq!(found.state.standing, Standing::Ok, "the new token is not the refused one");
    assert_eq!(found.limited_until, None, "the limit was the old token's");
    assert_eq!(
        found.credential_print.as_deref(),
        Some("print of the new token"),
        "the print is the new one's"
    );
    assert_eq!(found.created_at, at("2026-02-01T00:00:00Z"), "it was added when it was added");
    assert_eq!(world.ask_by_hand("SELECT count(*) FROM v_commits"), ["1"], "its history stays");
}

#[tokio::test]
async fn a_name_stands_for_one_address() {
    let world = World::new().await;
    let before = world.everything();
    let elsewhere = [
        NewAccount { url: "https://ghe.example.org".into(), ..new_account(world.profile, "github") },
        jira(&world, "github", None),
    ];
    for account in elsewhere {
        let error = world.db.write(move |tx| tx.upsert_account(&account)).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::AccountElsewhere, "{error}");
        assert!(error.to_string().contains("github"), "the name is named: {error}");
    }
    assert_eq!(world.everything(), before, "nothing has changed");
    let (other, _) = world.another_profile("client").await;
    assert_ne!(other, world.profile, "another profile may use the same name");
}

#[tokio::test]
async fn an_accounts_state_and_limit_can_be_set() {
    let world = World::new().await;
    let (profile, account) = (world.profile, world.account);
    world
        .write(move |tx| {
            tx.set_account_state(account, &refused())?;
            tx.set_limited_until(account, Some(now()))
        })
        .await;
    let found = world.read(move |tx| tx.accounts(profile)).await.remove(0);
    assert_eq!(found.state, refused(), "the state is what was set");
    assert_eq!(found.limited_until, Some(now()), "so is the limit");
    world.write(move |tx| tx.set_limited_until(account, None)).await;
    assert_eq!(world.read(move |tx| tx.accounts(profile)).await[0].limited_until, None, "a limit is lifted");
}

#[tokio::test]
async fn an_account_goes_with_all_that_is_its_and_nothing_else() {
    let world = World::new().await;
    let (profile, account) = (world.profile, world.account);
    let repository = world.repository("widgets").await;
    let before_other = world.everything().len();
    let other = world.write(move |tx| tx.upsert_account(&new_account(profile, "other"))).await;
    let kept = world.write(move |tx| tx.insert_repository(&new_repository(other, "gears"))).await.unwrap();
    world
        .write(move |tx| {
            for repository in [repository, kept] {
                tx.store_commits(repository, &[commit(1)], now())?;
                crate::world::branch_reaching(tx, repository, "main", &[1])?;
            }
            tx.store_validator(account, "refs", "etag", "print")?;
            tx.set_projects(account, &["ABC".into()])?;
            tx.remove_account(account)
        })
        .await;
    let accounts = world.read(move |tx| tx.accounts(profile)).await;
    assert_eq!(accounts.iter().map(|it| it.id).collect::<Vec<_>>(), [other], "the other account stays");
    assert_eq!(world.ask_by_hand("SELECT repository FROM v_commits"), ["acme/gears"], "with its commits");
    assert!(world.everything().len() > before_other, "{:#?}", world.everything());
    let orphans = "SELECT (SELECT count(*) FROM validators) + (SELECT count(*) FROM jira_projects)";
    assert_eq!(world.ask_by_hand(orphans), ["0"], "nothing of the removed account is left");
    assert_eq!(
        world.ask_by_hand("SELECT count(*) FROM branches"),
        ["1"],
        "only the other one's branch is left"
    );
}

#[tokio::test]
async fn a_removed_accounts_id_is_not_given_out_again() {
    let world = World::new().await;
    let (profile, account) = (world.profile, world.account);
    world.write(move |tx| tx.remove_account(account)).await;
    let new = world.write(move |tx| tx.upsert_account(&new_account(profile, "github"))).await;
    assert_ne!(new, account, "who still writes for the old one must not meet the new one");
    let late = world.db.write(move |tx| tx.insert_repository(&new_repository(account, "late"))).await;
    assert_eq!(late.unwrap_err().kind(), StoreErrorKind::OwnerRemoved, "it meets an error that says so");
}

#[tokio::test]
async fn a_validator_belongs_to_the_credential_it_was_given_to() {
    let world = World::new().await;
    let account = world.account;
    world.write(move |tx| tx.store_validator(account, "refs of 1", "\"e1\"", "old")).await;
    let ask = |print: &'static str| world.read(move |tx| tx.validator(account, "refs of 1", print));
    assert_eq!(ask("old").await.as_deref(), Some("\"e1\""), "the same credential gets it back");
    assert_eq!(ask("new").await, None, "another one does not");
    world.write(move |tx| tx.store_validator(account, "refs of 1", "\"e2\"", "new")).await;
    assert_eq!(ask("old").await, None, "there is one a resource");
    assert_eq!(ask("new").await.as_deref(), Some("\"e2\""), "the latest");
    let before = world.everything();
    world.write(move |tx| tx.store_validator(account, "refs of 1", "\"e2\"", "new")).await;
    assert_eq!(world.everything(), before, "twice the same is once");
    world.write(move |tx| tx.forget_validator(account, "refs of 1")).await;
    assert_eq!(ask("new").await, None, "a forgotten one is gone");
}

#[tokio::test]
async fn no_project_is_known_before_a_jira_account_tells() {
    let world = World::new().await;
    let profile = world.profile;
    assert_eq!(world.read(move |tx| tx.known_projects(profile)).await, None, "a GitHub account knows none");
    let new = jira(&world, "site", None);
    let site = world.write(move |tx| tx.upsert_account(&new)).await;
    assert_eq!(world.read(move |tx| tx.known_projects(profile)).await, None, "it was not asked yet");
    world.write(move |tx| tx.set_projects(site, &["abc".into(), "OPS".into(), "ABC".into()])).await;
    let known = world.read(move |tx| tx.known_projects(profile)).await.unwrap();
    assert_eq!(known.into_iter().collect::<Vec<_>>(), ["ABC", "OPS"], "upper-case and unique");
    world.write(move |tx| tx.set_projects(site, &["NEW".into()])).await;
    let known = world.read(move |tx| tx.known_projects(profile)).await.unwrap();
    assert_eq!(known.into_iter().collect::<Vec<_>>(), ["NEW"], "what it no longer sees is no longer known");
}

#[tokio::test]
async fn projects_that_a_person_chose_count_instead_of_those_that_are_seen() {
    let world = World::new().await;
    let profile = world.profile;
    let (chosen, open) = (jira(&world, "chosen", Some(vec!["web".into()])), jira(&world, "open", None));
    world
        .write(move |tx| {
            let (chosen, open) = (tx.upsert_account(&chosen)?, tx.upsert_account(&open)?);
            tx.set_projects(chosen, &["WEB".into(), "HR".into()])?;
            tx.set_projects(open, &["OPS".into()])
        })
        .await;
    let known = world.read(move |tx| tx.known_projects(profile)).await.unwrap();
    assert_eq!(known.into_iter().collect::<Vec<_>>(), ["OPS", "WEB"], "both accounts together, HR not");
}
