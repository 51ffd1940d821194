//! The lists of cards and sprints, the way to a card by its key, and the counts of an account.

use pdt_domain::ids::AccountId;
use pdt_domain::jira::SprintState::{Active, Closed, Future};
use pdt_domain::jira::{Card, Sprint, StatusCategory};
use pdt_store::{CardFilter, JiraCounts, ListedCard, ListedSprint, ListedSprints, NewAccount, RemovedHow};

use crate::jira_world::{board, card, card_in, named, site, sprint, store, store_one, store_sprints};
use crate::world::{World, at, new_account, now};

async fn list(world: &World, filter: CardFilter) -> Vec<ListedCard> {
    let profile = world.profile;
    world.read(move |tx| tx.card_list(profile, &filter)).await
}

async fn keys(world: &World, filter: CardFilter) -> Vec<String> {
    list(world, filter).await.into_iter().map(|card| card.key).collect()
}

fn in_sprint(number: i64) -> CardFilter {
    CardFilter { sprint: Some(number), ..CardFilter::default() }
}

const NOBODY: [&str; 0] = [];

#[tokio::test]
async fn a_listed_card_has_what_is_known_of_it() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    store(&world, account, vec![card_in(1, 5)]).await;
    let expected = ListedCard {
        key: "ABC-1".into(),
        summary: "Card number 1".into(),
        status: "In Arbeit".into(),
        status_category: Some(StatusCategory::InProgress),
        assignee: Some("Ada".into()),
        issue_type: "Story".into(),
        priority: Some("High".into()),
        story_points: Some(2.5),
        sprint: Some(5),
        sprint_name: Some("Sprint 5".into()),
        account: crate::world::name("acme"),
        account_url: "https://acme.example.org".into(),
        removed: None,
        updated_at: at("2026-02-18T09:30:00.250Z"),
    };
    assert_eq!(list(&world, CardFilter::default()).await, [expected], "all of it");
    let bare = Card {
        status_category: None,
        assignee: None,
        priority: None,
        story_points: None,
        sprint: None,
        ..card(1)
    };
    store(&world, account, vec![bare]).await;
    let listed = list(&world, CardFilter::default()).await.remove(0);
    assert_eq!(
        (listed.status_category, listed.assignee, listed.priority),
        (None, None, None),
        "nothing made up"
    );
    assert_eq!((listed.story_points, listed.sprint, listed.sprint_name), (None, None, None), "nor here");
}

#[tokio::test]
async fn cards_come_by_project_and_number_those_that_are_gone_included() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let other = |key: &str, id: &str| Card { id: id.into(), key: key.into(), ..card(1) };
    let cards =
        vec![card(10), card(9), other("A-2", "1"), other("A_B-1", "2"), other("A_B-11", "3"), card(100)];
    store(&world, account, cards).await;
    world.write(move |tx| tx.mark_card_removed(account, "10009", RemovedHow::Deleted, now())).await;
    let expected = ["A-2", "ABC-9", "ABC-10", "ABC-100", "A_B-1", "A_B-11"];
    assert_eq!(keys(&world, CardFilter::default()).await, expected, "as people count");
}

#[tokio::test]
async fn a_sprints_cards_are_those_that_are_in_it_and_of_a_closed_one_those_that_were_to_its_end() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let told = [sprint(1, Closed), sprint(5, Active)];
    world.write(move |tx| store_sprints(tx, account, &told)).await;
    let rolled = Card { closed_sprints: vec![named(1, Closed)], ..card_in(2, 5) };
    let done = Card { closed_sprints: vec![named(1, Closed)], ..card(3) };
    store(&world, account, vec![card_in(1, 5), rolled, done, card(4)]).await;
    assert_eq!(keys(&world, in_sprint(5)).await, ["ABC-1", "ABC-2"], "now");
    assert_eq!(keys(&world, in_sprint(1)).await, ["ABC-2", "ABC-3"], "to its end");
    store(&world, account, vec![card(1)]).await;
    world.write(move |tx| tx.mark_card_removed(account, "10003", RemovedHow::Deleted, now())).await;
    assert_eq!(keys(&world, in_sprint(5)).await, ["ABC-2"], "one has left");
    assert_eq!(keys(&world, in_sprint(1)).await, ["ABC-2", "ABC-3"], "what was done stays done");
    assert_eq!(keys(&world, in_sprint(9)).await, NOBODY, "an unknown one has none");
}

/// Two sites of one profile and one of another profile, each with card ABC-1 in its own sprint 5.
async fn three_sites() -> (World, [AccountId; 2]) {
    let world = World::new().await;
    let (one, two) = (site(&world, "acme").await, site(&world, "other").await);
    let (profile, _) = world.another_profile("client").await;
    let foreign =
        world.write(move |tx| tx.upsert_account(&NewAccount { ..new_account(profile, "site") })).await;
    for account in [one, two, foreign] {
        store(&world, account, vec![card_in(1, 5)]).await;
    }
    (world, [one, two])
}

#[tokio::test]
async fn equal_keys_and_numbers_of_two_sites_are_told_apart_by_their_account() {
    let (world, [one, two]) = three_sites().await;
    store(&world, two, vec![card_in(2, 5)]).await;
    let all = list(&world, in_sprint(5)).await;
    let all: Vec<_> = all.iter().map(|card| (card.key.as_str(), card.account.as_str())).collect();
    assert_eq!(all, [("ABC-1", "acme"), ("ABC-1", "other"), ("ABC-2", "other")], "not the other profile's");
    let of = |account| CardFilter { account: Some(account), ..in_sprint(5) };
    assert_eq!(keys(&world, of(one)).await, ["ABC-1"], "one account alone");
    assert_eq!(
        keys(&world, CardFilter { account: Some(two), ..CardFilter::default() }).await.len(),
        2,
        "other"
    );
    let profile = world.profile;
    let found = world.read(move |tx| tx.find_cards(profile, "ABC-1")).await;
    let found: Vec<_> = found.iter().map(|card| card.listed.account.as_str()).collect();
    assert_eq!(found, ["acme", "other"], "one for each account");
}

#[tokio::test]
async fn who_has_a_key_goes_before_who_had_it_and_who_is_there_before_who_is_gone() {
    let world = World::new().await;
    let (account, profile) = (site(&world, "acme").await, world.profile);
    let find = || world.read(move |tx| tx.find_cards(profile, "ABC-1"));
    let former = store_one(&world, account, card(1)).await;
    let moved = Card { key: "NEW-1".into(), ..card(1) };
    store(&world, account, vec![moved]).await;
    assert_eq!(find().await[0].id, former, "nobody else has it");
    let present = store_one(&world, account, Card { id: "77".into(), ..card(1) }).await;
    let found = find().await;
    assert_eq!(found.len(), 1, "an account has one answer");
    assert_eq!(found[0].id, present, "who has it now");
    world.write(move |tx| tx.mark_card_removed(account, "77", RemovedHow::Deleted, now())).await;
    let again = store_one(&world, account, Card { id: "78".into(), ..card(1) }).await;
    assert_eq!(find().await[0].id, again, "who is there");
    assert_eq!(world.read(move |tx| tx.find_cards(profile, "ABC-2")).await, [], "nobody");
}

#[tokio::test]
async fn a_key_has_a_family_within_its_profile() {
    let (world, [one, _]) = three_sites().await;
    let profile = world.profile;
    let family = |key: &'static str| world.read(move |tx| tx.key_family(profile, key));
    assert_eq!(family("zzz-9").await, ["ZZZ-9"], "an unknown key is its own family");
    assert_eq!(family("ABC-1").await, ["ABC-1"], "a card with one key");
    store(&world, one, vec![Card { key: "NEW-7".into(), ..card(1) }]).await;
    assert_eq!(family("new-7").await, ["ABC-1", "NEW-7"], "from the present one to the former");
    assert_eq!(family("ABC-1").await, ["ABC-1", "NEW-7"], "and back");
    let other = world.read(move |tx| tx.profile_by_name(&crate::world::name("client"))).await.unwrap().id;
    assert_eq!(
        world.read(move |tx| tx.key_family(other, "ABC-1")).await,
        ["ABC-1"],
        "another profile's is not it"
    );
}

async fn sprints(world: &World) -> Vec<ListedSprint> {
    let profile = world.profile;
    world.read(move |tx| tx.sprint_list(profile)).await
}

#[tokio::test]
async fn sprints_come_active_then_planned_then_closed_the_last_one_first() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let undated = Sprint { start: None, end: None, ..sprint(2, Future) };
    let undated_closed = Sprint { start: None, end: None, completed: None, ..sprint(11, Closed) };
    let ended = Sprint { completed: None, ..sprint(9, Closed) };
    let told = [
        undated,
        undated_closed,
        sprint(3, Closed),
        ended,
        sprint(4, Closed),
        sprint(8, Future),
        sprint(7, Active),
        sprint(6, Active),
        sprint(5, Active),
    ];
    world
        .write(move |tx| {
            let rows = store_sprints(tx, account, &told)?;
            tx.mark_sprint_removed(*rows.last().unwrap(), now())
        })
        .await;
    let order: Vec<_> = sprints(&world).await.into_iter().map(|sprint| sprint.id).collect();
    assert_eq!(order, [6, 7, 8, 2, 9, 4, 3, 11], "without a date: last; what is gone: not at all");
}

#[tokio::test]
async fn a_listed_sprint_says_where_it_is_shown_and_how_far_it_is() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    world
        .write(move |tx| {
            tx.store_boards(account, &[board(2), board(1), board(3)], now())?;
            for board in tx.boards(account)? {
                let told = Sprint { goal: Some("Ship".into()), ..sprint(5, Active) };
                tx.store_board_sprints(board.id, &[told], ListedSprints::All, now())?;
            }
            tx.store_boards(account, &[board(2), board(1)], now())
        })
        .await;
    let done = Card { status_category: Some(StatusCategory::Done), ..card_in(2, 5) };
    store(
        &world,
        account,
        vec![card_in(1, 5), done.clone(), Card { id: "3".into(), key: "ABC-3".into(), ..done }],
    )
    .await;
    store(&world, account, vec![Card { id: "3".into(), key: "ABC-3".into(), ..card(3) }]).await;
    let listed = sprints(&world).await.remove(0);
    assert_eq!(listed.boards, ["Board 1", "Board 2"], "the third board is gone");
    assert_eq!((listed.cards, listed.done), (2, 1), "a done one has left");
    assert_eq!(listed.cards as usize, keys(&world, in_sprint(5)).await.len(), "as many as are listed");
    assert_eq!((listed.name.as_str(), listed.goal.as_deref()), ("Sprint 5", Some("Ship")), "what it is");
    assert_eq!(
        (listed.account.as_str(), listed.account_url.as_str()),
        ("acme", "https://acme.example.org"),
        "whose"
    );
    assert_eq!(
        (listed.start_date, listed.end_date),
        (sprint(5, Active).start, sprint(5, Active).end),
        "when"
    );
}

#[tokio::test]
async fn an_account_counts_what_is_there() {
    let world = World::new().await;
    let (account, other) = (site(&world, "acme").await, site(&world, "other").await);
    let counts = |account| world.read(move |tx| tx.jira_counts(account));
    assert_eq!(counts(account).await, JiraCounts::default(), "nothing yet");
    world
        .write(move |tx| {
            tx.store_boards(account, &[board(1), board(2)], now())?;
            let told = [
                sprint(4, Active),
                sprint(5, Active),
                sprint(6, Future),
                sprint(7, Closed),
                sprint(8, Active),
            ];
            let rows = store_sprints(tx, account, &told)?;
            tx.mark_sprint_removed(rows[4], now())?;
            tx.store_boards(account, &[board(2)], now())
        })
        .await;
    let in_both = Card { closed_sprints: vec![named(4, Active)], ..card_in(1, 5) };
    let over = Card { closed_sprints: vec![named(7, Closed)], ..card(3) };
    store(&world, account, vec![in_both, card_in(2, 5), over, card_in(4, 8), card(5)]).await;
    store(&world, other, vec![card_in(6, 5)]).await;
    let expected = JiraCounts { boards: 1, sprints: 4, cards_active: 2 };
    assert_eq!(counts(account).await, expected, "each card once, and only what is there");
}
