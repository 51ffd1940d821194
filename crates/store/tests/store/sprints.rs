//! Sprints: where they stand, how far their cards were read, and how they go and come back.

use pdt_domain::ids::{AccountId, SprintId};
use pdt_domain::jira::Sprint;
use pdt_domain::jira::SprintState::{Active, Closed, Future};
use pdt_store::{Reading, SprintRow, StoreErrorKind};

use crate::jira_world::{card_in, members, named, site, sprint, stands_in, store, store_sprints};
use crate::world::{World, at, now};

async fn row(world: &World, account: AccountId, number: i64) -> SprintRow {
    let rows = world.read(move |tx| tx.sprints(account)).await;
    rows.into_iter().find(|row| row.jira_sprint_id == number).unwrap()
}

async fn put(world: &World, account: AccountId, sprint: Sprint) -> SprintId {
    world.write(move |tx| tx.store_sprint(account, &sprint, now())).await
}

#[tokio::test]
async fn a_sprint_comes_back_as_the_service_told_of_it() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let told = Sprint { goal: Some("Ship, and rest".into()), ..sprint(5, Closed) };
    let id = put(&world, account, told.clone()).await;
    let stored = row(&world, account, 5).await;
    assert_eq!((stored.id, stored.account_id, stored.state), (id, account, Closed), "which");
    assert_eq!((stored.name, stored.goal), (told.name, told.goal), "what");
    assert_eq!(
        (stored.start_date, stored.end_date, stored.complete_date),
        (told.start, told.end, told.completed),
        "when"
    );
    assert_eq!((stored.cards_read_at, stored.is_final), (None, false), "its cards were not read");
    let bare = Sprint { start: None, end: None, origin_board: None, ..sprint(6, Future) };
    put(&world, account, bare).await;
    let stored = row(&world, account, 6).await;
    assert_eq!((stored.start_date, stored.end_date, stored.complete_date), (None, None, None), "no date yet");
}

#[tokio::test]
async fn a_sprint_told_of_again_is_the_same_row_with_what_is_new() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let first = put(&world, account, sprint(5, Future)).await;
    let before = world.everything();
    assert_eq!(put(&world, account, sprint(5, Future)).await, first, "the same row");
    assert_eq!(world.everything(), before, "twice the same is once");
    let moved = Sprint { name: "Another name".into(), end: None, ..sprint(5, Active) };
    put(&world, account, moved).await;
    let stored = row(&world, account, 5).await;
    assert_eq!(
        (stored.name.as_str(), stored.state, stored.end_date),
        ("Another name", Active, None),
        "all of it"
    );
}

#[tokio::test]
async fn the_place_in_a_sprint_has_milliseconds_and_ends_its_error() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let id = put(&world, account, sprint(5, Active)).await;
    world.write(move |tx| tx.note_sprint_error(id, "It timed out.")).await;
    assert_eq!(row(&world, account, 5).await.last_error.as_deref(), Some("It timed out."), "it is told");
    let begun = at("2026-02-18T23:15:00.125Z");
    world.write(move |tx| tx.note_sprint_cards_read(id, begun, Reading::Ongoing)).await;
    let stored = row(&world, account, 5).await;
    assert_eq!((stored.cards_read_at, stored.last_error), (Some(begun), None), "read to its end");
    world.write(move |tx| tx.note_sprint_error(id, "It timed out.")).await;
    assert_eq!(row(&world, account, 5).await.cards_read_at, Some(begun), "a fault leaves the place");
}

#[tokio::test]
async fn only_a_closed_sprint_is_final_and_one_that_is_opened_again_is_not() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let id = put(&world, account, sprint(5, Active)).await;
    let read = |how| world.write(move |tx| tx.note_sprint_cards_read(id, now(), how));
    read(Reading::Final).await;
    assert!(!row(&world, account, 5).await.is_final, "it goes on: somebody opened it again meanwhile");
    put(&world, account, sprint(5, Closed)).await;
    assert!(!row(&world, account, 5).await.is_final, "its last reading is still to come");
    read(Reading::Ongoing).await;
    assert!(!row(&world, account, 5).await.is_final, "that was not it");
    read(Reading::Final).await;
    put(&world, account, sprint(5, Closed)).await;
    assert!(row(&world, account, 5).await.is_final, "it stays final");
    put(&world, account, sprint(5, Active)).await;
    let again = row(&world, account, 5).await;
    assert_eq!((again.is_final, again.cards_read_at), (false, Some(now())), "its place is still good");
}

#[tokio::test]
async fn a_sprint_that_is_gone_holds_no_card_until_it_is_back() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let id = put(&world, account, sprint(5, Active)).await;
    let mut first = card_in(1, 5);
    first.closed_sprints = vec![named(3, Closed)];
    store(&world, account, vec![first, card_in(2, 5)]).await;
    world.write(move |tx| tx.mark_sprint_removed(id, now())).await;
    let left = world.read(move |tx| tx.sprints(account)).await;
    assert_eq!(left.iter().map(|row| row.jira_sprint_id).collect::<Vec<_>>(), [3], "it is not listed");
    assert_eq!(
        (stands_in(&world, "ABC-1"), stands_in(&world, "ABC-2")),
        ("3".into(), "-".into()),
        "nor stood in"
    );
    assert_eq!(members(&world, id).await, ["ABC-1", "ABC-2"], "who was in it is known");
    let before = world.everything();
    world.write(move |tx| tx.mark_sprint_removed(id, at("2026-02-20T00:00:00Z"))).await;
    assert_eq!(world.everything(), before, "it goes once");
    assert_eq!(put(&world, account, sprint(5, Active)).await, id, "it is back");
    assert_eq!(
        (stands_in(&world, "ABC-1"), stands_in(&world, "ABC-2")),
        ("5".into(), "5".into()),
        "with its cards"
    );
}

#[tokio::test]
async fn sprints_with_the_same_number_on_two_sites_are_two_sprints() {
    let world = World::new().await;
    let (one, two) = (site(&world, "acme").await, site(&world, "other").await);
    let ours = put(&world, one, sprint(5, Active)).await;
    let theirs = put(&world, two, Sprint { name: "Theirs".into(), ..sprint(5, Closed) }).await;
    assert_ne!(ours, theirs, "a number means something on its own site only");
    store(&world, one, vec![card_in(1, 5)]).await;
    store(&world, two, vec![card_in(2, 5)]).await;
    world
        .write(move |tx| {
            tx.note_sprint_cards_read(theirs, now(), Reading::Final)?;
            tx.mark_sprint_removed(theirs, now())
        })
        .await;
    let stored = row(&world, one, 5).await;
    assert_eq!(
        (stored.name.as_str(), stored.is_final, stored.removed_at),
        ("Sprint 5", false, None),
        "untouched"
    );
    assert_eq!(members(&world, ours).await, ["ABC-1"], "with its own card");
}

#[tokio::test]
async fn a_sprint_of_a_removed_account_is_said_to_be_removed() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    world
        .write(move |tx| {
            store_sprints(tx, account, &[sprint(5, Active)])?;
            tx.remove_account(account)
        })
        .await;
    let late = world.db.write(move |tx| tx.store_sprint(account, &sprint(5, Active), now())).await;
    assert_eq!(late.unwrap_err().kind(), StoreErrorKind::OwnerRemoved, "who writes for it hears so");
}
