//! Boards, sprints and cards to test with.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{AccountId, CardId, SprintId};
use pdt_domain::jira::{Board, BoardKind, Card, Deployment, Sprint, SprintRef, SprintState, StatusCategory};
use pdt_domain::provider::Provider;
use pdt_store::{CardChange, Collects, JiraSiteAt, NewAccount, NewCard, StoreError, WriteTx};

use crate::world::{World, at, new_account, now};

/// A Jira account of the first profile, at `https://<name>.example.org`.
pub(crate) async fn site(world: &World, name: &'static str) -> AccountId {
    let account = jira_account(world, name);
    world
        .write(move |tx| {
            let id = tx.upsert_account(&account)?;
            tx.set_jira_site(&site_at(id))?;
            Ok(id)
        })
        .await
}

pub(crate) fn jira_account(world: &World, name: &str) -> NewAccount {
    let url = format!("https://{name}.example.org");
    NewAccount { provider: Provider::Jira, url, ..new_account(world.profile, name) }
}

pub(crate) fn site_at(account: AccountId) -> JiraSiteAt {
    JiraSiteAt { account, deployment: Deployment::Cloud, api_root: None, collects: Collects::default() }
}

/// Board `id`, a scrum board called `Board <id>`.
pub(crate) fn board(id: i64) -> Board {
    Board { id, name: format!("Board {id}"), kind: BoardKind::Scrum, project_key: Some("ABC".into()) }
}

/// Sprint `id`, two weeks from day `id` of January 2026 on; a closed one was closed on its last day.
pub(crate) fn sprint(id: i64, state: SprintState) -> Sprint {
    let start = at("2025-12-31T08:00:00Z") + chrono::TimeDelta::days(id);
    let end = start + chrono::TimeDelta::days(14);
    Sprint {
        id,
        name: format!("Sprint {id}"),
        state,
        start: Some(start),
        end: Some(end),
        completed: (state == SprintState::Closed).then_some(end),
        goal: None,
        origin_board: Some(1),
    }
}

/// Sprint `id` as a card names it.
pub(crate) fn named(id: i64, state: SprintState) -> SprintRef {
    SprintRef { id, name: format!("Sprint {id}"), state }
}

/// Card `ABC-<number>` with Jira's id `1000<number>`, in no sprint.
pub(crate) fn card(number: u32) -> Card {
    Card {
        id: format!("1000{number}"),
        key: format!("ABC-{number}"),
        summary: format!("Card number {number}"),
        description: None,
        status: "In Arbeit".into(),
        status_category: Some(StatusCategory::InProgress),
        assignee: Some("Ada".into()),
        assignee_id: Some("id of Ada".into()),
        issue_type: "Story".into(),
        priority: Some("High".into()),
        labels: Vec::new(),
        story_points: Some(2.5),
        parent: None,
        subtasks: Vec::new(),
        sprint: None,
        closed_sprints: Vec::new(),
        comments: None,
        created: at("2026-02-01T08:00:00.125Z"),
        updated: at("2026-02-18T09:30:00.250Z"),
    }
}

/// Card `ABC-<number>`, in an active sprint.
pub(crate) fn card_in(number: u32, sprint: i64) -> Card {
    Card { sprint: Some(named(sprint, SprintState::Active)), ..card(number) }
}

/// A card with a whole changelog of no entries.
pub(crate) fn complete(card: Card) -> NewCard {
    let details_json = format!(r#"{{"key":"{}","summary":"{}","changelog":[]}}"#, card.key, card.summary);
    NewCard { card, details_json, is_complete: true }
}

/// What became of each of these cards when they were stored.
pub(crate) async fn store(world: &World, account: AccountId, cards: Vec<Card>) -> Vec<CardChange> {
    store_at(world, account, cards, now()).await
}

pub(crate) async fn store_at(
    world: &World,
    account: AccountId,
    cards: Vec<Card>,
    at: DateTime<Utc>,
) -> Vec<CardChange> {
    let cards: Vec<NewCard> = cards.into_iter().map(complete).collect();
    let stored = world.write(move |tx| tx.store_cards(account, &cards, at)).await;
    stored.into_iter().map(|(_, change)| change).collect()
}

/// Stores one card and answers its row.
pub(crate) async fn store_one(world: &World, account: AccountId, card: Card) -> CardId {
    world.write(move |tx| Ok(tx.store_cards(account, &[complete(card)], now())?[0].0)).await
}

/// Stores sprints and answers their rows.
pub(crate) fn store_sprints(
    tx: &WriteTx<'_>,
    account: AccountId,
    sprints: &[Sprint],
) -> Result<Vec<SprintId>, StoreError> {
    sprints.iter().map(|sprint| tx.store_sprint(account, sprint, now())).collect()
}

/// The keys of the cards that are in a sprint now.
pub(crate) async fn members(world: &World, sprint: SprintId) -> Vec<String> {
    let members = world.read(move |tx| tx.members_of(&[sprint])).await;
    members.into_iter().map(|member| member.key).collect()
}

/// The sprint that a card stands in, by its key: `-` for none.
pub(crate) fn stands_in(world: &World, key: &str) -> String {
    let sql = format!("SELECT jira_sprint_id FROM v_cards WHERE card_key = '{key}'");
    world.ask_by_hand(&sql).remove(0)
}
