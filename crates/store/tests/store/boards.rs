//! Boards, the sprints they show, and the cards on them.

use pdt_domain::ids::{AccountId, BoardId};
use pdt_domain::jira::SprintState::{Active, Closed, Future};
use pdt_domain::jira::{Board, BoardKind, Sprint};
use pdt_store::{BoardRow, CardPlace, ListedSprints, RemovedHow, StoreErrorKind};

use crate::jira_world::{board, card, site, sprint, store};
use crate::world::{World, at, now};

const LATER: &str = "2026-02-19T08:00:00Z";

async fn boards(world: &World, account: AccountId) -> Vec<BoardRow> {
    world.read(move |tx| tx.boards(account)).await
}

async fn names(world: &World, account: AccountId) -> Vec<String> {
    boards(world, account).await.into_iter().map(|row| row.name).collect()
}

/// An account with boards 1 and 2.
async fn two_boards() -> (World, AccountId, [BoardId; 2]) {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    world.write(move |tx| tx.store_boards(account, &[board(1), board(2)], now())).await;
    let rows = boards(&world, account).await;
    (world, account, [rows[0].id, rows[1].id])
}

#[tokio::test]
async fn a_board_comes_back_as_it_was_listed() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let listed = Board { kind: BoardKind::Simple, project_key: None, ..board(7) };
    world.write(move |tx| tx.store_boards(account, &[listed], now())).await;
    let row = boards(&world, account).await.remove(0);
    assert_eq!((row.account_id, row.jira_board_id), (account, 7), "which");
    assert_eq!((row.name.as_str(), row.kind, row.project_key), ("Board 7", BoardKind::Simple, None), "what");
    assert_eq!((row.holds_sprints, row.is_valid), (None, true), "nobody asked for its sprints yet");
    assert_eq!((row.last_error, row.last_synced_at, row.removed_at), (None, None, None), "nothing was read");
}

#[tokio::test]
async fn boards_that_are_no_longer_listed_are_marked_and_can_come_back() {
    let (world, account, [first, _]) = two_boards().await;
    world.write(move |tx| tx.note_board_without_sprints(first, now())).await;
    world.write(move |tx| tx.store_boards(account, &[board(2)], at(LATER))).await;
    assert_eq!(names(&world, account).await, ["Board 2"], "one is gone");
    let gone = "SELECT removed_at FROM boards WHERE jira_board_id = 1";
    assert_eq!(world.ask_by_hand(gone), [LATER], "its row stays");
    world.write(move |tx| tx.store_boards(account, &[board(1), board(2)], at(LATER))).await;
    let back = boards(&world, account).await.remove(0);
    assert_eq!((back.id, back.holds_sprints), (first, Some(false)), "it is back with what was known of it");
}

#[tokio::test]
async fn the_same_list_twice_changes_nothing() {
    let (world, account, _) = two_boards().await;
    let before = world.everything();
    world.write(move |tx| tx.store_boards(account, &[board(2), board(1)], at(LATER))).await;
    assert_eq!(world.everything(), before, "in another order neither");
}

#[tokio::test]
async fn a_board_of_another_kind_is_asked_for_sprints_anew() {
    let (world, account, [first, _]) = two_boards().await;
    world.write(move |tx| tx.note_board_without_sprints(first, now())).await;
    let renamed = Board { name: "Another name".into(), ..board(1) };
    world.write(move |tx| tx.store_boards(account, &[renamed], now())).await;
    assert_eq!(boards(&world, account).await[0].holds_sprints, Some(false), "a name says nothing");
    let changed = Board { kind: BoardKind::Simple, ..board(1) };
    world.write(move |tx| tx.store_boards(account, &[changed], now())).await;
    assert_eq!(boards(&world, account).await[0].holds_sprints, None, "its kind does");
}

#[tokio::test]
async fn a_refused_board_is_invalid_until_it_is_read_and_a_passing_fault_says_nothing() {
    let (world, account, [first, second]) = two_boards().await;
    world
        .write(move |tx| {
            tx.note_board_error(first, "It timed out.")?;
            tx.mark_board_invalid(second, "The token may not read it.")
        })
        .await;
    let rows = boards(&world, account).await;
    assert_eq!((rows[0].is_valid, rows[0].last_error.as_deref()), (true, Some("It timed out.")), "passing");
    let reason = Some("The token may not read it.");
    assert_eq!(
        (rows[1].is_valid, rows[1].invalid_reason.as_deref(), rows[1].last_error.as_deref()),
        (false, reason, reason),
        "refused"
    );
    world
        .write(move |tx| {
            tx.note_board_without_sprints(first, now())?;
            tx.store_board_sprints(second, &[], ListedSprints::Open, now())
        })
        .await;
    let clean = |row: &BoardRow| row.is_valid && row.invalid_reason.is_none() && row.last_error.is_none();
    let rows = boards(&world, account).await;
    assert!(rows.iter().all(clean), "a clean answer ends it: {rows:?}");
    assert_eq!(
        rows.iter().map(|row| row.holds_sprints).collect::<Vec<_>>(),
        [Some(false), Some(true)],
        "an empty list of sprints is one"
    );
}

#[tokio::test]
async fn a_board_with_sprints_is_well_when_its_sprints_are() {
    let (world, account, [kanban, scrum]) = two_boards().await;
    world
        .write(move |tx| {
            tx.store_board_sprints(scrum, &[], ListedSprints::All, now())?;
            for board in [kanban, scrum] {
                tx.mark_board_invalid(board, "No.")?;
                tx.note_board_cards_read(board, CardPlace::Backlog, at("2026-02-19T08:00:00.750Z"))?;
            }
            Ok(())
        })
        .await;
    let rows = boards(&world, account).await;
    assert_eq!((rows[0].is_valid, &rows[0].last_error), (true, &None), "one without sprints has only cards");
    assert_eq!(
        (rows[1].is_valid, rows[1].last_error.as_deref()),
        (false, Some("No.")),
        "its backlog is not it"
    );
    for row in rows {
        assert_eq!(row.backlog_read_at, Some(at("2026-02-19T08:00:00.750Z")), "milliseconds are kept");
        assert_eq!(row.cards_read_at, None, "the board itself was not read");
    }
}

/// The numbers of the sprints that each board shows.
async fn shown(world: &World, account: AccountId) -> Vec<(i64, i64)> {
    let pairs =
        world.read(move |tx| Ok((tx.sprint_boards(account)?, tx.sprints(account)?, tx.boards(account)?)));
    let (pairs, sprints, boards) = pairs.await;
    let mut numbers: Vec<_> = pairs
        .into_iter()
        .map(|(sprint, board)| {
            let board = boards.iter().find(|row| row.id == board).unwrap();
            let sprint = sprints.iter().find(|row| row.id == sprint).unwrap();
            (board.jira_board_id, sprint.jira_sprint_id)
        })
        .collect();
    numbers.sort_unstable();
    numbers
}

const NOTHING: [&str; 0] = [];

async fn list(world: &World, board: BoardId, sprints: Vec<Sprint>, which: ListedSprints) {
    world.write(move |tx| tx.store_board_sprints(board, &sprints, which, now())).await;
}

#[tokio::test]
async fn a_sprint_may_be_on_several_boards() {
    let (world, account, [one, two]) = two_boards().await;
    list(&world, one, vec![sprint(1, Closed), sprint(2, Active)], ListedSprints::All).await;
    list(&world, two, vec![sprint(2, Active), sprint(3, Future)], ListedSprints::All).await;
    assert_eq!(shown(&world, account).await, [(1, 1), (1, 2), (2, 2), (2, 3)], "each by both");
    let numbers = world.ask_by_hand("SELECT jira_sprint_id FROM sprints ORDER BY id");
    assert_eq!(numbers, ["1", "2", "3"], "it is one sprint");
    world.write(move |tx| tx.store_boards(account, &[board(1)], now())).await;
    assert_eq!(shown(&world, account).await, [(1, 1), (1, 2)], "a board that is gone shows nothing");
}

/// The numbers of the open sprints that a list misses.
async fn missing(world: &World, board: BoardId, sprints: Vec<Sprint>, which: ListedSprints) -> Vec<String> {
    let listed = world.write(move |tx| tx.store_board_sprints(board, &sprints, which, now())).await;
    let number = |row| world.ask_by_hand(&format!("SELECT jira_sprint_id FROM sprints WHERE id = {row}"));
    listed.missing.into_iter().flat_map(number).collect()
}

#[tokio::test]
async fn an_open_sprint_that_a_list_misses_is_told_and_shown_until_somebody_hides_it() {
    let (world, account, [one, two]) = two_boards().await;
    let all = vec![sprint(1, Closed), sprint(2, Active), sprint(3, Future)];
    assert_eq!(
        missing(&world, one, all.clone(), ListedSprints::All).await,
        NOTHING,
        "nothing was shown before"
    );
    list(&world, two, all, ListedSprints::All).await;
    for which in [ListedSprints::Open, ListedSprints::All] {
        let told = vec![sprint(1, Closed), sprint(3, Active)];
        assert_eq!(missing(&world, one, told, which).await, ["2"], "it has closed, is gone or is elsewhere");
        assert_eq!(shown(&world, account).await[..3], [(1, 1), (1, 2), (1, 3)], "nobody has found out yet");
    }
    let row = world.read(move |tx| tx.sprints(account)).await[1].id;
    world.write(move |tx| tx.hide_sprint(one, row)).await;
    assert_eq!(
        shown(&world, account).await,
        [(1, 1), (1, 3), (2, 1), (2, 2), (2, 3)],
        "the other board shows it"
    );
    assert_eq!(
        missing(&world, one, vec![sprint(3, Active)], ListedSprints::Open).await,
        NOTHING,
        "it is known"
    );
}

#[tokio::test]
async fn a_closed_sprint_is_hidden_only_by_a_list_of_all() {
    let (world, account, [one, _]) = two_boards().await;
    list(&world, one, vec![sprint(1, Closed), sprint(2, Active)], ListedSprints::All).await;
    assert_eq!(
        missing(&world, one, vec![sprint(2, Active)], ListedSprints::Open).await,
        NOTHING,
        "never in it"
    );
    assert_eq!(shown(&world, account).await, [(1, 1), (1, 2)], "a closed sprint is in no list of open ones");
    assert_eq!(
        missing(&world, one, vec![sprint(2, Active)], ListedSprints::All).await,
        NOTHING,
        "it is over"
    );
    assert_eq!(shown(&world, account).await, [(1, 2)], "it is in the list of all");
    assert_eq!(world.read(move |tx| tx.sprints(account)).await.len(), 2, "it stays known");
}

#[tokio::test]
async fn only_a_list_of_all_sprints_counts_as_such() {
    let (world, account, [one, _]) = two_boards().await;
    list(&world, one, vec![sprint(1, Active)], ListedSprints::Open).await;
    let row = boards(&world, account).await.remove(0);
    assert_eq!((row.sprints_read_at, row.last_synced_at), (None, Some(now())), "closed ones are not known");
    list(&world, one, vec![sprint(1, Active)], ListedSprints::All).await;
    assert_eq!(boards(&world, account).await[0].sprints_read_at, Some(now()), "now they are");
    let before = world.everything();
    list(&world, one, vec![sprint(1, Active)], ListedSprints::All).await;
    assert_eq!(world.everything(), before, "twice the same is once");
}

#[tokio::test]
async fn the_rows_of_listed_sprints_come_in_the_lists_order() {
    let (world, _, [one, _]) = two_boards().await;
    let listed = [sprint(9, Closed), sprint(4, Active)];
    let listed = world.write(move |tx| tx.store_board_sprints(one, &listed, ListedSprints::All, now())).await;
    let numbers = listed
        .shown
        .iter()
        .map(|row| world.ask_by_hand(&format!("SELECT jira_sprint_id FROM sprints WHERE id = {row}")));
    assert_eq!(numbers.flatten().collect::<Vec<_>>(), ["9", "4"], "as they were listed");
}

#[tokio::test]
async fn a_board_that_was_removed_with_its_account_says_so() {
    let (world, account, [one, _]) = two_boards().await;
    world.write(move |tx| tx.remove_account(account)).await;
    let late = world.db.write(move |tx| tx.store_board_sprints(one, &[], ListedSprints::All, now())).await;
    assert_eq!(late.unwrap_err().kind(), StoreErrorKind::OwnerRemoved, "sprints");
    let late = world.db.write(move |tx| tx.set_board_cards(one, CardPlace::Board, &[], now())).await;
    assert_eq!(late.unwrap_err().kind(), StoreErrorKind::OwnerRemoved, "cards");
    let late = world.db.write(move |tx| tx.store_boards(account, &[board(1)], now())).await;
    assert_eq!(late.unwrap_err().kind(), StoreErrorKind::OwnerRemoved, "boards");
}

/// Puts cards, by their number, on a board, and answers which are there.
async fn put(world: &World, board: BoardId, place: CardPlace, numbers: &[u32]) -> Vec<String> {
    let ids: Vec<String> = numbers.iter().map(|number| card(*number).id).collect();
    world.write(move |tx| tx.set_board_cards(board, place, &ids, at(LATER))).await;
    on(world, board, place).await
}

async fn on(world: &World, board: BoardId, place: CardPlace) -> Vec<String> {
    let members = world.read(move |tx| tx.board_members(board, place)).await;
    members.into_iter().map(|member| member.key).collect()
}

#[tokio::test]
async fn who_is_not_on_the_list_of_a_board_has_left_it_and_can_come_back() {
    let (world, account, [one, two]) = two_boards().await;
    store(&world, account, vec![card(1), card(2), card(3)]).await;
    assert_eq!(put(&world, one, CardPlace::Board, &[1, 2, 99]).await, ["ABC-1", "ABC-2"], "99 is unknown");
    assert_eq!(
        put(&world, one, CardPlace::Backlog, &[3]).await,
        ["ABC-3"],
        "a backlog is a place of its own"
    );
    assert_eq!(put(&world, two, CardPlace::Board, &[1]).await, ["ABC-1"], "a card may be on two boards");
    assert_eq!(put(&world, one, CardPlace::Board, &[2]).await, ["ABC-2"], "the first has left");
    let left = "SELECT left_at FROM board_cards WHERE left_at IS NOT NULL";
    assert_eq!(world.ask_by_hand(left), [LATER], "it is remembered when");
    assert_eq!(on(&world, one, CardPlace::Backlog).await, ["ABC-3"], "the backlog is as it was");
    assert_eq!(on(&world, two, CardPlace::Board).await, ["ABC-1"], "so is the other board");
    assert_eq!(put(&world, one, CardPlace::Board, &[1, 2]).await, ["ABC-1", "ABC-2"], "it is back");
    let before = world.everything();
    put(&world, one, CardPlace::Board, &[2, 1]).await;
    assert_eq!(world.everything(), before, "twice the same is once");
}

#[tokio::test]
async fn a_card_that_is_gone_is_on_no_board() {
    let (world, account, [one, _]) = two_boards().await;
    store(&world, account, vec![card(1), card(2)]).await;
    put(&world, one, CardPlace::Board, &[1, 2]).await;
    world.write(move |tx| tx.mark_card_removed(account, &card(1).id, RemovedHow::Deleted, now())).await;
    assert_eq!(on(&world, one, CardPlace::Board).await, ["ABC-2"], "it is not among the cards to look after");
}

#[tokio::test]
async fn boards_with_the_same_number_on_two_sites_are_two_boards() {
    let (world, account, [one, _]) = two_boards().await;
    let other = site(&world, "other").await;
    world.write(move |tx| tx.store_boards(other, &[board(1)], now())).await;
    let theirs = boards(&world, other).await[0].id;
    store(&world, account, vec![card(1)]).await;
    store(&world, other, vec![card(1)]).await;
    put(&world, one, CardPlace::Board, &[1]).await;
    list(&world, theirs, vec![sprint(1, Active)], ListedSprints::All).await;
    assert_eq!(on(&world, theirs, CardPlace::Board).await, Vec::<String>::new(), "each has its own cards");
    assert_eq!(shown(&world, account).await, [], "and its own sprints");
    world.write(move |tx| tx.store_boards(other, &[], now())).await;
    assert_eq!(
        names(&world, account).await,
        ["Board 1", "Board 2"],
        "what one no longer lists, the other does"
    );
}
