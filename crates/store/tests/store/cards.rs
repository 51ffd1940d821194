//! Cards: stored, changed, given other keys, gone and back.

use pdt_domain::ids::{AccountId, CardId};
use pdt_domain::jira::SprintState::Active;
use pdt_domain::jira::{Card, Relative};
use pdt_store::CardChange::{Changed, New, Unchanged};
use pdt_store::{CardChange, NewCard, RemovedHow, StoreErrorKind, StoredDetails};

use crate::jira_world::{card, card_in, complete, site, sprint, store, store_at, store_one, store_sprints};
use crate::world::{World, at, now};

const LATER: &str = "2026-02-19T08:00:00Z";

/// The present state of a card, by Jira's id.
fn shown(world: &World, jira_id: &str) -> String {
    let sql = format!(
        "SELECT card_key, summary, status_category, story_points, updated_at, removed, last_synced_at
         FROM jira_cards WHERE jira_id = '{jira_id}'"
    );
    world.ask_by_hand(&sql).remove(0)
}

async fn details(world: &World, account: AccountId, jira_id: &'static str) -> Option<StoredDetails> {
    world.read(move |tx| tx.card_details(account, &[jira_id.to_owned()])).await.remove(jira_id)
}

fn cut(card: Card) -> NewCard {
    NewCard { is_complete: false, ..complete(card) }
}

#[tokio::test]
async fn a_card_is_new_once_and_then_unchanged() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    world.write(move |tx| store_sprints(tx, account, &[sprint(5, Active)])).await;
    assert_eq!(store(&world, account, vec![card_in(1, 5), card(2)]).await, [New, New], "the first time");
    let row =
        "ABC-1 | Card number 1 | in_progress | 2.5 | 2026-02-18T09:30:00.250Z | - | 2026-02-18T23:15:00Z";
    assert_eq!(shown(&world, "10001"), row, "its times have milliseconds");
    let before = world.everything();
    assert_eq!(store(&world, account, vec![card_in(1, 5), card(2)]).await, [Unchanged, Unchanged], "then");
    assert_eq!(world.everything(), before, "twice the same is once");
    store_at(&world, account, vec![card(2)], at(LATER)).await;
    assert!(shown(&world, "10002").ends_with(LATER), "it is remembered when it was last seen");
}

#[tokio::test]
async fn whatever_is_different_is_a_change() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    store(&world, account, vec![card(1)]).await;
    let changes: [fn(&mut NewCard); 6] = [
        |new| new.card.updated += chrono::TimeDelta::milliseconds(1),
        |new| new.card.key = "NEW-1".into(),
        |new| new.details_json = "{}".into(),
        |new| new.is_complete = false,
        |new| new.card.status_category = None,
        |new| new.card.story_points = None,
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut new = complete(card(1));
        change(&mut new);
        let again = complete(card(1));
        // Longer than an hour ago, an older card is what the service says now.
        let hours = chrono::TimeDelta::hours(2 * number as i64);
        let stored = world
            .write(move |tx| {
                let changed = tx.store_cards(account, &[new], now() + hours)?[0];
                let back = tx.store_cards(account, &[again], now() + hours + chrono::TimeDelta::hours(1))?[0];
                Ok((changed, back))
            })
            .await;
        assert_eq!((stored.0.1, stored.1.1), (Changed, Changed), "there and back, change {number}");
        assert_eq!(stored.0.0, stored.1.0, "it is one row");
    }
}

#[tokio::test]
async fn an_answer_that_was_overtaken_changes_nothing() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    world.write(move |tx| store_sprints(tx, account, &[sprint(5, Active)])).await;
    store(&world, account, vec![card(1)]).await;
    let before = world.everything();
    let late = Card { summary: "Old".into(), updated: at("2026-02-18T09:30:00.249Z"), ..card_in(1, 5) };
    assert_eq!(store(&world, account, vec![late.clone()]).await, [Unchanged], "a millisecond older is older");
    assert_eq!(world.everything(), before, "no key, no sprint, nothing");
    let hour_later = now() + chrono::TimeDelta::hours(1);
    assert_eq!(store_at(&world, account, vec![late], hour_later).await, [Changed], "no answer takes an hour");
    assert!(shown(&world, "10001").starts_with("ABC-1 | Old"), "the service's clock or data was put back");
}

#[tokio::test]
async fn a_card_with_another_key_is_one_row_and_its_old_key_still_finds_it() {
    let world = World::new().await;
    let (account, profile) = (site(&world, "acme").await, world.profile);
    let id = store_one(&world, account, card(1)).await;
    let moved = Card { key: "NEW-7".into(), updated: at("2026-02-18T10:00:00Z"), ..card(1) };
    assert_eq!(store(&world, account, vec![moved.clone()]).await, [Changed], "its key has changed");
    for key in ["NEW-7", "ABC-1", "abc-1"] {
        let found = world.read(move |tx| tx.find_cards(profile, key)).await;
        assert_eq!(found.len(), 1, "{key} finds it");
        assert_eq!((found[0].id, found[0].listed.key.as_str()), (id, "NEW-7"), "under its present key");
        assert_eq!(found[0].keys, ["NEW-7", "ABC-1"], "the present one first");
    }
    assert_eq!(world.ask_by_hand("SELECT project_key FROM v_cards"), ["NEW"], "it is in the other project");
    let back = Card { updated: at("2026-02-18T11:00:00Z"), ..card(1) };
    store(&world, account, vec![back]).await;
    let found = world.read(move |tx| tx.find_cards(profile, "NEW-7")).await.remove(0);
    assert_eq!(found.keys, ["ABC-1", "NEW-7"], "back in the first project");
}

#[tokio::test]
async fn a_changelog_that_came_cut_is_completed_later() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let incomplete = |after| world.read(move |tx| tx.incomplete_cards(account, CardId(after), 10));
    world.write(move |tx| tx.store_cards(account, &[cut(card(1)), complete(card(2))], now())).await;
    let document = complete(card(1)).details_json;
    assert_eq!(
        incomplete(0).await,
        [(CardId(1), "10001".to_owned(), document.clone())],
        "with what is there"
    );
    assert_eq!(incomplete(1).await, [], "after that one there is none");
    let stored = details(&world, account, "10001").await.unwrap();
    assert_eq!((stored.details_json, stored.is_complete), (document, false), "so say its details");
    assert_eq!(stored.updated_at, card(1).updated, "and as of when");
    world.write(move |tx| tx.complete_card(account, "10001", r#"{"whole":true}"#)).await;
    assert_eq!(incomplete(0).await, [], "nothing is left to do");
    let stored = details(&world, account, "10001").await.unwrap();
    assert_eq!(
        (stored.details_json.as_str(), stored.is_complete),
        (r#"{"whole":true}"#, true),
        "it is whole"
    );
    assert_eq!(details(&world, account, "10003").await, None, "of who is not known, nothing");
}

#[tokio::test]
async fn a_stray_stays_one_until_it_is_known_where_it_is() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    world.write(move |tx| tx.store_cards(account, &[complete(card(1)), complete(card(2))], now())).await;
    let ids: Vec<String> = ["10001", "10002", "10009"].map(str::to_owned).to_vec();
    world.write(move |tx| tx.mark_strays(account, &ids)).await;
    let strays = || world.read(move |tx| tx.strays(account));
    assert_eq!(Vec::from_iter(strays().await), ["10001", "10002"], "of who is not known, nothing");
    world.write(move |tx| tx.clear_strays(&[CardId(1)])).await;
    world.write(move |tx| tx.mark_card_removed(account, "10002", RemovedHow::Deleted, now())).await;
    assert!(strays().await.is_empty(), "one was found, one is gone");
    world.write(move |tx| tx.mark_strays(account, &["10002".to_owned()])).await;
    assert!(strays().await.is_empty(), "who is gone is not asked for again");
}

#[tokio::test]
async fn a_removed_card_keeps_everything_and_is_nobodys_work_any_more() {
    let world = World::new().await;
    let (account, profile) = (site(&world, "acme").await, world.profile);
    world.write(move |tx| tx.store_cards(account, &[cut(card(1))], now())).await;
    let remove = |how, time: &'static str| {
        world.write(move |tx| tx.mark_card_removed(account, "10001", how, at(time)))
    };
    remove(RemovedHow::Moved, LATER).await;
    let listed = || world.read(move |tx| tx.find_cards(profile, "ABC-1"));
    let found = listed().await.remove(0);
    assert_eq!(found.listed.removed, Some(RemovedHow::Moved), "it is marked");
    assert_eq!(found.details_json, complete(card(1)).details_json, "its details stay");
    let incomplete = world.read(move |tx| tx.incomplete_cards(account, CardId(0), 10)).await;
    assert_eq!(incomplete, [], "nobody asks for the rest of its changelog");
    let before = world.everything();
    remove(RemovedHow::Moved, "2026-02-20T08:00:00Z").await;
    assert_eq!(world.everything(), before, "it goes once");
    remove(RemovedHow::Deleted, "2026-02-20T08:00:00Z").await;
    assert_eq!(listed().await[0].listed.removed, Some(RemovedHow::Deleted), "one that moved can be deleted");
    world.write(move |tx| tx.mark_card_removed(account, "10009", RemovedHow::Deleted, now())).await;
}

#[tokio::test]
async fn a_removed_card_that_is_there_again_is_back_whatever_its_date() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    store(&world, account, vec![card(1), card(2)]).await;
    world
        .write(move |tx| {
            tx.mark_card_removed(account, "10001", RemovedHow::Deleted, now())?;
            tx.mark_card_removed(account, "10002", RemovedHow::Deleted, now())
        })
        .await;
    let older = Card { updated: at("2026-02-17T00:00:00Z"), ..card(2) };
    assert_eq!(store(&world, account, vec![card(1), older]).await, [Changed, Changed], "both are back");
    let there = "SELECT card_key, updated_at FROM v_cards WHERE removed IS NULL AND removed_at IS NULL";
    let expected = ["ABC-1 | 2026-02-18T09:30:00.250Z", "ABC-2 | 2026-02-17T00:00:00.000Z"];
    assert_eq!(world.ask_by_hand(there), expected, "a restored site is older");
}

#[tokio::test]
async fn cards_with_the_same_number_and_key_on_two_sites_are_two_cards() {
    let world = World::new().await;
    let (one, two) = (site(&world, "acme").await, site(&world, "other").await);
    let theirs = Card { summary: "Theirs".into(), ..card(1) };
    assert_eq!(store(&world, one, vec![card(1)]).await, [New], "ours");
    assert_eq!(store(&world, two, vec![theirs]).await, [New], "theirs");
    world
        .write(move |tx| {
            tx.complete_card(two, "10001", "{}")?;
            tx.mark_card_removed(two, "10001", RemovedHow::Deleted, now())
        })
        .await;
    let ours = details(&world, one, "10001").await.unwrap();
    assert_eq!(ours.details_json, complete(card(1)).details_json, "the other's details are the other's");
    let removed = "SELECT summary, removed FROM v_cards ORDER BY account";
    assert_eq!(world.ask_by_hand(removed), ["Card number 1 | -", "Theirs | deleted"], "and so is its end");
    world.write(move |tx| tx.remove_account(two)).await;
    assert_eq!(world.ask_by_hand("SELECT account FROM v_cards"), ["acme"], "an account takes its own cards");
    let left = "SELECT (SELECT count(*) FROM card_keys), (SELECT count(*) FROM jira_cards)";
    assert_eq!(world.ask_by_hand(left), ["1 | 1"], "with their keys");
}

#[tokio::test]
async fn cards_of_a_removed_account_are_said_to_be_removed() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    world.write(move |tx| tx.remove_account(account)).await;
    let late = world.db.write(move |tx| tx.store_cards(account, &[complete(card(1))], now())).await;
    assert_eq!(late.unwrap_err().kind(), StoreErrorKind::OwnerRemoved, "who writes for it hears so");
}

#[tokio::test]
async fn details_that_are_no_json_are_refused() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let broken = NewCard { details_json: "{".into(), ..complete(card(1)) };
    assert!(
        world.db.write(move |tx| tx.store_cards(account, &[broken], now())).await.is_err(),
        "no document"
    );
    assert_eq!(world.ask_by_hand("SELECT count(*) FROM v_cards"), ["0"], "nothing was kept");
}

/// A card with details as they are written: parent, parts and all.
fn detailed(card: Card) -> NewCard {
    let told = |of: &Relative| {
        let (status, kind) = (of.status.as_deref().unwrap(), of.issue_type.as_deref().unwrap());
        format!(r#"{{"key":"{}","summary":"{}","status":"{status}","type":"{kind}"}}"#, of.key, of.summary)
    };
    let parent = card.parent.as_ref().map_or_else(|| "null".to_owned(), told);
    let parts: Vec<String> = card.subtasks.iter().map(told).collect();
    let details_json = format!(
        r#"{{"key":"{}","parent":{parent},"subtasks":[{}],"changelog":[]}}"#,
        card.key,
        parts.join(",")
    );
    NewCard { card, details_json, is_complete: true }
}

fn relative(card: &Card) -> Relative {
    Relative {
        key: card.key.clone(),
        summary: card.summary.clone(),
        status: Some(card.status.clone()),
        issue_type: Some(card.issue_type.clone()),
    }
}

/// Card ABC-1 with its parts ABC-2 and ABC-3, as a service tells of them.
fn family() -> [Card; 3] {
    let whole = Card { subtasks: vec![relative(&card(2)), relative(&card(3))], ..card(1) };
    let part = |number| Card { parent: Some(relative(&card(1))), ..card(number) };
    [whole, part(2), part(3)]
}

async fn store_detailed(world: &World, account: AccountId, cards: Vec<Card>) -> Vec<CardChange> {
    let cards: Vec<NewCard> = cards.into_iter().map(detailed).collect();
    let stored = world.write(move |tx| tx.store_cards(account, &cards, now())).await;
    stored.into_iter().map(|(_, change)| change).collect()
}

#[tokio::test]
async fn a_family_told_twice_in_the_same_words_is_unchanged() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    store_detailed(&world, account, family().to_vec()).await;
    let before = world.everything();
    assert_eq!(store_detailed(&world, account, family().to_vec()).await, [Unchanged; 3], "letter by letter");
    assert_eq!(world.everything(), before, "twice the same is once");
}

#[tokio::test]
async fn what_changes_on_a_card_is_told_in_the_details_of_its_parent_and_its_parts() {
    let world = World::new().await;
    let (account, other) = (site(&world, "acme").await, site(&world, "other").await);
    store_detailed(&world, account, family().to_vec()).await;
    store_detailed(&world, other, family().to_vec()).await;
    let [whole, part, _] = family();
    let later = at("2026-02-18T10:00:00Z");
    let moved = Card { key: "NEW-1".into(), summary: "Moved".into(), updated: later, ..whole };
    let done =
        Card { status: r#"Fertig "jetzt""#.into(), parent: Some(relative(&moved)), updated: later, ..part };
    store_detailed(&world, account, vec![moved, done]).await;
    let told = |account: &str, key: &str, path: &str| {
        let sql = format!(
            "SELECT json_extract(details_json, '{path}') FROM v_cards
             WHERE account = '{account}' AND card_key = '{key}'"
        );
        world.ask_by_hand(&sql).remove(0)
    };
    assert_eq!(told("acme", "ABC-3", "$.parent.key"), "NEW-1", "the parent under its new key");
    assert_eq!(told("acme", "ABC-3", "$.parent.summary"), "Moved", "and with its new summary");
    assert_eq!(told("acme", "NEW-1", "$.subtasks[0].status"), r#"Fertig "jetzt""#, "a part where it stood");
    assert_eq!(told("acme", "NEW-1", "$.subtasks[1].status"), "In Arbeit", "the other part as it was");
    assert_eq!(told("other", "ABC-3", "$.parent.key"), "ABC-1", "another site has its own cards");
    assert_eq!(told("other", "ABC-1", "$.subtasks[0].status"), "In Arbeit", "whatever their keys");
}
