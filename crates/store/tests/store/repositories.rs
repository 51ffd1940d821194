//! Repositories: a failure never erases the last success, and only a refusal makes one invalid.

use pdt_store::{NewRepository, Repository, StoreErrorKind};

use crate::world::{World, at, branch_reaching, commit, new_account, new_repository, now};

async fn only(world: &World) -> Repository {
    let profile = world.profile;
    world.read(move |tx| tx.repositories(profile)).await.remove(0)
}

#[tokio::test]
async fn a_repository_comes_back_as_it_was_added() {
    let world = World::new().await;
    let id = world.repository("widgets").await;
    let new = new_repository(world.account, "widgets");
    let expected = Repository {
        id,
        account_id: world.account,
        remote_id: new.remote_id,
        owner: new.owner,
        name: new.name,
        provider: new.provider,
        url: new.url,
        default_branch: new.default_branch,
        is_valid: true,
        invalid_reason: None,
        window_start: None,
        last_synced_at: None,
        last_error: None,
        created_at: new.now,
    };
    assert_eq!(only(&world).await, expected, "nothing is lost, and nothing is claimed yet");
    assert_eq!(expected.full_name(), "acme/widgets", "as people call it");
}

#[tokio::test]
async fn an_account_tracks_a_repository_once() {
    let world = World::new().await;
    let (profile, account) = (world.profile, world.account);
    world.repository("widgets").await;
    let before = world.everything();
    let again = world
        .write(move |tx| {
            let renamed = NewRepository { name: "gadgets".into(), ..new_repository(account, "widgets") };
            tx.insert_repository(&renamed)
        })
        .await;
    assert_eq!(again, None, "the service's id decides, not the name");
    assert_eq!(world.everything(), before, "nothing has changed");
    let other = world.write(move |tx| tx.upsert_account(&new_account(profile, "other"))).await;
    let elsewhere = world.write(move |tx| tx.insert_repository(&new_repository(other, "widgets"))).await;
    assert!(elsewhere.is_some(), "another account may track the same one");
}

#[tokio::test]
async fn repositories_are_listed_by_owner_and_name() {
    let world = World::new().await;
    let (profile, account) = (world.profile, world.account);
    for (owner, name) in [("zoo", "ape"), ("acme", "zip"), ("acme", "art")] {
        let new = NewRepository { owner: owner.into(), ..new_repository(account, name) };
        world.write(move |tx| tx.insert_repository(&new)).await;
    }
    let (_, stranger) = world.another_profile("client").await;
    world.write(move |tx| tx.insert_repository(&new_repository(stranger, "theirs"))).await;
    let names = |list: Vec<Repository>| list.iter().map(Repository::full_name).collect::<Vec<_>>();
    let expected = ["acme/art", "acme/zip", "zoo/ape"];
    assert_eq!(names(world.read(move |tx| tx.repositories(profile)).await), expected, "those of the profile");
    let of_account = world.read(move |tx| tx.repositories_of_account(account)).await;
    assert_eq!(names(of_account), expected, "those of the account");
}

#[tokio::test]
async fn a_failure_never_erases_the_last_success() {
    let world = World::new().await;
    let id = world.repository("widgets").await;
    world.write(move |tx| tx.mark_repository_synced(id, now())).await;
    world.write(move |tx| tx.note_repository_error(id, "the service did not answer")).await;
    let passing = only(&world).await;
    assert!(passing.is_valid, "a passing fault says nothing about the repository");
    assert_eq!(passing.last_error.as_deref(), Some("the service did not answer"), "but it is not hidden");
    assert_eq!(passing.last_synced_at, Some(now()), "the last success stays");

    world.write(move |tx| tx.mark_repository_invalid(id, "not found", "GitHub says it is not there")).await;
    let refused = only(&world).await;
    assert!(!refused.is_valid, "the service said no");
    assert_eq!(refused.invalid_reason.as_deref(), Some("not found"), "and why");
    assert_eq!(refused.last_synced_at, Some(now()), "the last success stays here too");
    world.write(move |tx| tx.note_repository_error(id, "the service did not answer")).await;
    assert!(!only(&world).await.is_valid, "a passing fault does not make it valid either");
}

#[tokio::test]
async fn a_success_clears_what_went_wrong_before() {
    let world = World::new().await;
    let id = world.repository("widgets").await;
    let later = at("2026-02-19T00:00:00Z");
    world
        .write(move |tx| {
            tx.mark_repository_invalid(id, "no access", "GitHub says no")?;
            tx.mark_repository_synced(id, later)
        })
        .await;
    let repository = only(&world).await;
    assert!(repository.is_valid, "it answers again");
    assert_eq!((repository.invalid_reason, repository.last_error), (None, None), "no old error is left");
    assert_eq!(repository.last_synced_at, Some(later), "and it is fresh");
}

#[tokio::test]
async fn a_moved_repository_keeps_its_row_and_history() {
    let world = World::new().await;
    let id = world.repository("widgets").await;
    world
        .write(move |tx| {
            tx.store_commits(id, &[commit(1)], now())?;
            tx.rename_repository(id, "acme/platform", "gadgets", "https://gitlab.com/acme/platform/gadgets")
        })
        .await;
    let repository = only(&world).await;
    assert_eq!(repository.id, id, "the row is the same");
    assert_eq!(repository.full_name(), "acme/platform/gadgets", "owner and name follow");
    assert_eq!(repository.url, "https://gitlab.com/acme/platform/gadgets", "so does the address");
    let seen = world.ask_by_hand("SELECT repository FROM v_commits");
    assert_eq!(seen, ["acme/platform/gadgets"], "its commits move with it");
}

#[tokio::test]
async fn the_window_and_the_default_branch_can_be_set() {
    let world = World::new().await;
    let id = world.repository("widgets").await;
    world.write(move |tx| tx.set_window_start(id, at("2026-01-19T23:15:00Z"))).await;
    world.write(move |tx| tx.set_default_branch(id, None)).await;
    let repository = only(&world).await;
    assert_eq!(repository.window_start, Some(at("2026-01-19T23:15:00Z")), "as it was set");
    assert_eq!(repository.default_branch, None, "an empty repository has none");
}

#[tokio::test]
async fn a_removed_repository_takes_all_that_is_its_and_nothing_else() {
    let world = World::new().await;
    let kept = world.repository("gears").await;
    let fill = |id| {
        move |tx: &pdt_store::WriteTx<'_>| {
            tx.store_commits(id, &[commit(1), commit(2)], now())?;
            branch_reaching(tx, id, "main", &[1, 2])?;
            let key = ("ABC-1".to_owned(), pdt_domain::card_key::Provenance::Message);
            tx.add_links(id, &[(crate::world::sha(1), vec![key])])
        }
    };
    world.write(fill(kept)).await;
    let before = world.everything();
    let removed = world.repository("widgets").await;
    world.write(fill(removed)).await;
    assert_ne!(world.everything(), before, "there is something to remove");
    world.write(move |tx| tx.remove_repository(removed)).await;
    assert_eq!(world.everything(), before, "all of it is gone, and nothing else");
    let late = world.db.write(move |tx| tx.store_commits(removed, &[commit(3)], now())).await;
    assert_eq!(late.unwrap_err().kind(), StoreErrorKind::OwnerRemoved, "a run that was going hears of it");
}

#[tokio::test]
async fn the_commits_of_a_repository_are_counted_as_they_come_and_go() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let account = world.account;
    let counted = || async {
        let both =
            world.read(move |tx| Ok((tx.counts_of_repository(repository)?, tx.counts_of_account(account)?)));
        let (repository, account) = both.await;
        assert_eq!(repository.commits, account.commits, "it is the account's only one");
        repository.commits
    };
    assert_eq!(counted().await, 0, "an empty repository has none");
    for page in [[1, 2], [2, 3]] {
        let page = page.map(commit);
        world.write(move |tx| tx.store_commits(repository, &page, now())).await;
    }
    assert_eq!(counted().await, 3, "a commit that comes twice is one");
    let rows =
        world.ask_by_hand("SELECT (SELECT count(*) FROM commits) = sum(commit_count) FROM repositories");
    assert_eq!(rows, ["1"], "there are as many rows");
    let other = world.repository("gears").await;
    world.write(move |tx| tx.store_commits(other, &[commit(1)], now())).await;
    world.write(move |tx| tx.remove_repository(other)).await;
    assert_eq!(counted().await, 3, "what goes with another one is not its");
}
