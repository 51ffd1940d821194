//! Which cards are in which sprints, and in which one a card stands.

use pdt_domain::ids::{AccountId, SprintId};
use pdt_domain::jira::SprintState::{Active, Closed, Future};
use pdt_domain::jira::{Card, Sprint};
use pdt_store::{CardChange, RemovedHow};

use crate::jira_world::{
    card, card_in, complete, members, named, site, sprint, stands_in, store, store_one, store_sprints,
};
use crate::world::{World, at, now};

/// An account with the closed sprints 1 and 2, the active one 3 and the planned one 4.
async fn four_sprints() -> (World, AccountId, Vec<SprintId>) {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let told = [sprint(1, Closed), sprint(2, Closed), sprint(3, Active), sprint(4, Future)];
    let rows = world.write(move |tx| store_sprints(tx, account, &told)).await;
    (world, account, rows)
}

/// Which sprints a card was ever in, those that it has left in brackets.
fn history(world: &World, key: &str) -> String {
    let sql = format!(
        "SELECT iif(left_at IS NULL, jira_sprint_id, '(' || jira_sprint_id || ')')
         FROM v_card_sprints WHERE card_key = '{key}' ORDER BY jira_sprint_id"
    );
    world.ask_by_hand(&sql).join(" ")
}

#[tokio::test]
async fn a_card_is_in_the_sprints_that_it_names() {
    let (world, account, rows) = four_sprints().await;
    let rolled = Card { closed_sprints: vec![named(1, Closed), named(2, Closed)], ..card_in(1, 3) };
    store(&world, account, vec![rolled, card(2)]).await;
    assert_eq!(history(&world, "ABC-1"), "1 2 3", "a rolled-over card stays in the closed ones");
    assert_eq!(stands_in(&world, "ABC-1"), "3", "it stands in the present one");
    assert_eq!(
        (history(&world, "ABC-2"), stands_in(&world, "ABC-2")),
        (String::new(), "-".into()),
        "in none"
    );
    let found = world.read(move |tx| tx.members_of(&rows)).await;
    let found: Vec<_> = found.into_iter().map(|member| (member.jira_id, member.key)).collect();
    assert_eq!(found, vec![("10001".to_owned(), "ABC-1".to_owned()); 3], "each sprint has its member");
}

#[tokio::test]
async fn without_a_present_sprint_a_card_stands_in_the_one_that_was_closed_last() {
    let (world, account, _) = four_sprints().await;
    let late = Sprint { completed: Some(at("2026-02-17T00:00:00Z")), ..sprint(1, Closed) };
    world.write(move |tx| tx.store_sprint(account, &late, now())).await;
    let over = Card { closed_sprints: vec![named(1, Closed), named(2, Closed)], ..card(1) };
    store(&world, account, vec![over]).await;
    assert_eq!(stands_in(&world, "ABC-1"), "1", "the date tells, not the number");
    let unknown = Card { closed_sprints: vec![named(71, Closed), named(70, Closed)], ..card(2) };
    store(&world, account, vec![unknown]).await;
    assert_eq!(stands_in(&world, "ABC-2"), "71", "without dates the number does");
    let named_by_card = "SELECT name, state, start_date FROM v_sprints WHERE jira_sprint_id = 70";
    assert_eq!(world.ask_by_hand(named_by_card), ["Sprint 70 | closed | -"], "what the card said is known");
}

#[tokio::test]
async fn a_sprint_that_a_board_told_of_is_not_changed_by_what_a_card_says() {
    let (world, account, _) = four_sprints().await;
    let mut odd = named(3, Closed);
    odd.name = "An old name".into();
    store(&world, account, vec![Card { closed_sprints: vec![odd], ..card_in(1, 4) }]).await;
    let sprint = "SELECT name, state FROM v_sprints WHERE jira_sprint_id = 3";
    assert_eq!(world.ask_by_hand(sprint), ["Sprint 3 | active"], "the board told more");
    assert_eq!(history(&world, "ABC-1"), "3 4", "the card stays in both");
    assert_eq!(stands_in(&world, "ABC-1"), "4", "and knows where it stands");
}

#[tokio::test]
async fn a_card_that_moves_to_another_sprint_leaves_the_open_one_and_stays_in_closed_ones() {
    let (world, account, rows) = four_sprints().await;
    let rolled = Card { closed_sprints: vec![named(1, Closed)], ..card_in(1, 3) };
    store(&world, account, vec![rolled]).await;
    let planned = Card { sprint: Some(named(4, Future)), ..card(1) };
    assert_eq!(store(&world, account, vec![planned]).await, [CardChange::Changed], "a move is a change");
    assert_eq!(history(&world, "ABC-1"), "1 (3) 4", "a closed sprint's cards stay");
    assert_eq!(stands_in(&world, "ABC-1"), "4", "it stands in the planned one");
    assert_eq!(members(&world, rows[2]).await, Vec::<String>::new(), "it is no member of the open one");
    store(&world, account, vec![card(1)]).await;
    assert_eq!(
        (history(&world, "ABC-1"), stands_in(&world, "ABC-1")),
        ("1 (3) (4)".into(), "1".into()),
        "none"
    );
    store(&world, account, vec![card_in(1, 3)]).await;
    assert_eq!(
        (history(&world, "ABC-1"), stands_in(&world, "ABC-1")),
        ("1 3 (4)".into(), "3".into()),
        "back"
    );
}

#[tokio::test]
async fn a_card_can_be_taken_out_of_a_sprint_by_its_row() {
    let (world, account, rows) = four_sprints().await;
    let rolled = Card { closed_sprints: vec![named(2, Closed), named(1, Closed)], ..card_in(1, 3) };
    let card = store_one(&world, account, rolled.clone()).await;
    let leave =
        |sprint: SprintId, time: &'static str| world.write(move |tx| tx.leave_sprint(card, sprint, at(time)));
    leave(rows[2], "2026-02-19T00:00:00Z").await;
    assert_eq!(
        (history(&world, "ABC-1"), stands_in(&world, "ABC-1")),
        ("1 2 (3)".into(), "2".into()),
        "open"
    );
    leave(rows[1], "2026-02-19T00:00:00Z").await;
    assert_eq!(
        (history(&world, "ABC-1"), stands_in(&world, "ABC-1")),
        ("1 (2) (3)".into(), "1".into()),
        "closed"
    );
    let before = world.everything();
    leave(rows[2], "2026-02-20T00:00:00Z").await;
    leave(rows[3], "2026-02-20T00:00:00Z").await;
    assert_eq!(world.everything(), before, "who is not in it cannot leave");
    assert_eq!(
        store(&world, account, vec![rolled]).await,
        [CardChange::Changed],
        "its own word counts again"
    );
    assert_eq!(
        (history(&world, "ABC-1"), stands_in(&world, "ABC-1")),
        ("1 2 3".into(), "3".into()),
        "all back"
    );
}

#[tokio::test]
async fn where_a_card_stands_follows_what_becomes_of_its_sprints() {
    let (world, account, _) = four_sprints().await;
    store(&world, account, vec![Card { closed_sprints: vec![named(2, Closed)], ..card_in(1, 3) }]).await;
    let told = |sprint: Sprint| world.write(move |tx| tx.store_sprint(account, &sprint, now()));
    told(sprint(3, Closed)).await;
    assert_eq!(stands_in(&world, "ABC-1"), "3", "it was closed last");
    told(sprint(2, Active)).await;
    assert_eq!(stands_in(&world, "ABC-1"), "2", "one that was opened again is the present one");
    told(sprint(2, Closed)).await;
    assert_eq!(stands_in(&world, "ABC-1"), "3", "and closed again it is not");
}

#[tokio::test]
async fn a_sprints_new_name_and_state_stand_in_the_details_of_its_cards() {
    let (world, account, _) = four_sprints().await;
    let mut new = complete(Card { closed_sprints: vec![named(2, Closed)], ..card_in(1, 3) });
    new.details_json = concat!(
        r#"{"key":"ABC-1","sprints":[{"id":2,"name":"Sprint 2","state":"closed"},"#,
        r#"{"id":3,"name":"Sprint 3","state":"active"}],"updated":"2026-02-18T09:30:00.250Z","changelog":[]}"#
    )
    .into();
    let expected =
        new.details_json.replace(r#""Sprint 3","state":"active""#, r#""A \"new\", name","state":"closed""#);
    let without = complete(card_in(2, 3));
    let unchanged = without.details_json.clone();
    world.write(move |tx| tx.store_cards(account, &[new, without], now())).await;
    let told = Sprint { name: r#"A "new", name"#.into(), ..sprint(3, Closed) };
    world.write(move |tx| tx.store_sprint(account, &told, now())).await;
    let details = world.ask_by_hand("SELECT details_json FROM v_cards ORDER BY card_key");
    assert_eq!(details, [expected, unchanged], "that sprint in that place, and nothing else");
}

#[tokio::test]
async fn a_card_that_is_gone_leaves_open_sprints_and_stays_in_closed_ones() {
    let (world, account, rows) = four_sprints().await;
    let rolled = Card { closed_sprints: vec![named(2, Closed)], ..card_in(1, 3) };
    store(&world, account, vec![rolled.clone()]).await;
    world.write(move |tx| tx.mark_card_removed(account, "10001", RemovedHow::Deleted, now())).await;
    assert_eq!(
        (history(&world, "ABC-1"), stands_in(&world, "ABC-1")),
        ("2 (3)".into(), "2".into()),
        "history"
    );
    let looked_after = world.read(move |tx| tx.members_of(&rows)).await;
    assert_eq!(looked_after, [], "nobody has to look after it");
    store(&world, account, vec![rolled]).await;
    assert_eq!((history(&world, "ABC-1"), stands_in(&world, "ABC-1")), ("2 3".into(), "3".into()), "back");
}

#[tokio::test]
async fn members_come_by_sprint_and_key_and_of_the_sprints_that_were_asked_for() {
    let (world, account, rows) = four_sprints().await;
    store(
        &world,
        account,
        vec![card_in(2, 3), card_in(1, 3), Card { sprint: Some(named(4, Future)), ..card(3) }],
    )
    .await;
    let (active, planned) = (rows[2], rows[3]);
    let found = world.read(move |tx| tx.members_of(&[planned, active])).await;
    let found: Vec<_> = found.iter().map(|member| (member.sprint, member.key.as_str())).collect();
    assert_eq!(found, [(active, "ABC-1"), (active, "ABC-2"), (planned, "ABC-3")], "in order");
    assert_eq!(members(&world, active).await, ["ABC-1", "ABC-2"], "one sprint alone");
    assert_eq!(world.read(|tx| tx.members_of(&[])).await, [], "of none, none");
}
