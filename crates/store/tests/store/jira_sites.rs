//! What is known of the Jira that an account is at, and when it is read anew.

use pdt_domain::ids::AccountId;
use pdt_domain::jira::{Deployment, SprintState};
use pdt_store::{
    CardPlace, Collects, JiraSite, JiraSiteAt, NewAccount, Reading, StoreErrorKind, Thoroughness, WriteTx,
};

use crate::jira_world::{board, jira_account, site, site_at, sprint, store_sprints};
use crate::world::{World, at, now};

async fn known(world: &World, account: AccountId) -> JiraSite {
    world.read(move |tx| tx.jira_site(account)).await.unwrap()
}

#[tokio::test]
async fn a_site_comes_back_as_it_was_found() {
    let world = World::new().await;
    let account = world.account;
    assert_eq!(world.read(move |tx| tx.jira_site(account)).await, None, "it was not asked yet");
    let found = JiraSiteAt {
        account,
        deployment: Deployment::DataCenter,
        api_root: Some("https://api.example.org/ex/jira/1".into()),
        collects: Collects { kanban: true, backlog: false },
    };
    let set = found.clone();
    world.write(move |tx| tx.set_jira_site(&set)).await;
    let site = known(&world, account).await;
    assert_eq!((site.account_id, site.deployment), (account, found.deployment), "whose it is");
    assert_eq!((site.api_root, site.collects), (found.api_root, found.collects), "what to do there");
    assert_eq!((site.first_read_at, site.thorough_at), (None, None), "it was not read yet");
    assert_eq!(site.story_point_fields, None, "nor were its fields");
    world.write(move |tx| tx.set_story_point_fields(account, &["customfield_10016".into()])).await;
    let fields = known(&world, account).await.story_point_fields.unwrap();
    assert_eq!(fields, ["customfield_10016"], "they are remembered");
    world.write(move |tx| tx.set_story_point_fields(account, &[])).await;
    assert_eq!(known(&world, account).await.story_point_fields, Some(vec![]), "having none is an answer too");
}

#[tokio::test]
async fn the_first_reading_is_remembered_and_so_is_the_last_thorough_one() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    let read = async |begun: &'static str, how| {
        world.write(move |tx| tx.note_site_read(account, at(begun), how)).await;
        let site = known(&world, account).await;
        (site.first_read_at.unwrap(), site.thorough_at)
    };
    let (first, brief) = ("2026-02-18T08:00:00Z", "2026-02-18T09:00:00Z");
    assert_eq!(read(first, Thoroughness::Thorough).await, (at(first), Some(at(first))), "the first run");
    assert_eq!(read(brief, Thoroughness::Brief).await, (at(first), Some(at(first))), "a brief one");
    let second = "2026-02-19T09:00:00Z";
    assert_eq!(read(second, Thoroughness::Thorough).await, (at(first), Some(at(second))), "a day later");
}

/// An account that has read a board, an active sprint and a closed one.
async fn read_account(world: &World) -> AccountId {
    let account = site(world, "acme").await;
    world
        .write(move |tx| {
            tx.store_boards(account, &[board(1)], now())?;
            let board = tx.boards(account)?[0].id;
            tx.note_board_cards_read(board, CardPlace::Board, now())?;
            tx.note_board_cards_read(board, CardPlace::Backlog, now())?;
            let sprints = [sprint(1, SprintState::Closed), sprint(2, SprintState::Active)];
            let rows = store_sprints(tx, account, &sprints)?;
            tx.note_sprint_cards_read(rows[0], now(), Reading::Final)?;
            tx.note_sprint_cards_read(rows[1], now(), Reading::Ongoing)?;
            tx.note_site_read(account, now(), Thoroughness::Thorough)
        })
        .await;
    account
}

/// Which places are known: the whole site, the board, its backlog, the closed and the active sprint.
fn places(world: &World) -> String {
    world
        .ask_by_hand(
            "SELECT (SELECT thorough_at IS NOT NULL FROM jira_sites), cards_read_at IS NOT NULL,
                 backlog_read_at IS NOT NULL,
                 (SELECT group_concat(cards_read_at IS NOT NULL) FROM (SELECT * FROM sprints ORDER BY id)),
                 (SELECT group_concat(is_final) FROM (SELECT * FROM sprints ORDER BY id))
             FROM boards",
        )
        .remove(0)
}

const KNOWN: &str = "1 | 1 | 1 | 1,1 | 1,0";
const FORGOTTEN: &str = "0 | 0 | 0 | 1,0 | 1,0";

#[tokio::test]
async fn what_is_read_anew_leaves_closed_sprints_alone() {
    let world = World::new().await;
    let account = read_account(&world).await;
    assert_eq!(places(&world), KNOWN, "everything was read");
    world.write(move |tx| tx.forget_places(account)).await;
    assert_eq!(places(&world), FORGOTTEN, "the closed sprint stays final");
}

#[tokio::test]
async fn collecting_something_else_reads_anew_and_the_same_does_not() {
    let world = World::new().await;
    let account = read_account(&world).await;
    let elsewhere = JiraSiteAt { api_root: Some("https://gateway.example.org".into()), ..site_at(account) };
    world.write(move |tx| tx.set_jira_site(&elsewhere)).await;
    assert_eq!(places(&world), KNOWN, "another way to the same site");
    let more = JiraSiteAt { collects: Collects { kanban: true, backlog: true }, ..site_at(account) };
    world.write(move |tx| tx.set_jira_site(&more)).await;
    assert_eq!(places(&world), FORGOTTEN, "what was left out before has not changed since");
    assert_eq!(known(&world, account).await.first_read_at, Some(now()), "the first reading was what it was");
}

#[tokio::test]
async fn an_account_that_sees_something_else_reads_anew_and_a_new_token_alone_does_not() {
    let world = World::new().await;
    read_account(&world).await;
    let same = NewAccount { credential_print: Some("another".into()), ..jira_account(&world, "acme") };
    world.write(move |tx| tx.upsert_account(&same)).await;
    assert_eq!(places(&world), KNOWN, "the same person sees the same");
    let limited = NewAccount { projects: Some(vec!["ABC".into()]), ..jira_account(&world, "acme") };
    let again = limited.clone();
    world.write(move |tx| tx.upsert_account(&limited)).await;
    assert_eq!(places(&world), FORGOTTEN, "other projects");

    let world = World::new().await;
    read_account(&world).await;
    let somebody = NewAccount { login: "grace".into(), profile_id: world.profile, projects: None, ..again };
    world.write(move |tx| tx.upsert_account(&somebody)).await;
    assert_eq!(places(&world), FORGOTTEN, "another person may see more");
}

#[tokio::test]
async fn two_sites_forget_each_for_itself() {
    let world = World::new().await;
    read_account(&world).await;
    let other = site(&world, "other").await;
    world
        .write(move |tx: &WriteTx<'_>| {
            tx.note_site_read(other, now(), Thoroughness::Thorough)?;
            tx.forget_places(other)
        })
        .await;
    assert_eq!(known(&world, other).await.thorough_at, None, "the one is forgotten");
    world.write(move |tx| tx.remove_account(other)).await;
    assert_eq!(places(&world), KNOWN, "the other is not");
}

#[tokio::test]
async fn a_site_of_a_removed_account_is_said_to_be_removed() {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    world.write(move |tx| tx.remove_account(account)).await;
    assert_eq!(world.ask_by_hand("SELECT count(*) FROM jira_sites"), ["0"], "it goes with its account");
    let late = world.db.write(move |tx| tx.set_jira_site(&site_at(account))).await;
    assert_eq!(late.unwrap_err().kind(), StoreErrorKind::OwnerRemoved, "who writes for it hears so");
}
