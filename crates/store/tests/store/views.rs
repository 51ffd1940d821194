//! The views that people query with their own tools.

use pdt_domain::card_key::Provenance::{Branch, Message};
use pdt_domain::jira::SprintState::{Active, Closed};
use pdt_domain::jira::{Card, Sprint, StatusCategory};
use pdt_domain::run::{Loop, Outcome, Trigger};
use pdt_store::{FinishedRun, ListedSprints, NewCard, RemovedHow};

use crate::jira_world::{board, card_in, complete, named, site, sprint};
use crate::world::{World, branch_reaching, commit, now, sha};

/// Two commits on `main`, one of them also on a deleted branch and once on a rewritten one; two cards, one of
/// them unlinked; one run that ended and one that goes on.
async fn a_small_history() -> World {
    let world = World::new().await;
    let profile = world.profile;
    let repository = world.repository("widgets").await;
    world
        .write(move |tx| {
            tx.store_commits(repository, &[commit(1), commit(2)], now())?;
            branch_reaching(tx, repository, "main", &[1, 2])?;
            let deleted = branch_reaching(tx, repository, "deleted", &[2])?;
            let rewritten = branch_reaching(tx, repository, "rewritten", &[2])?;
            tx.mark_branch_deleted(deleted, now())?;
            tx.set_reach(repository, rewritten, &[], &[sha(2)])?;
            tx.refresh_home_branches(repository)?;
            let found = vec![("ABC-1".to_owned(), Message), ("ABC-2".to_owned(), Branch)];
            tx.add_links(repository, &[(sha(2), found)])?;
            let second = tx.find_commits(profile, sha(2).as_str())?.remove(0);
            tx.unlink_by_hand(second.id, "ABC-1")?;
            let run = tx.start_run(profile, Loop::Commits, Trigger::Start, now())?;
            let finished = FinishedRun {
                finished_at: now(),
                outcome: Outcome::Ok,
                reason: None,
                error: None,
                requests: 3,
                receipt_json: Some("{}".into()),
            };
            tx.finish_run(run, &finished)?;
            tx.start_run(profile, Loop::Jira, Trigger::Schedule, now())
        })
        .await;
    world
}

#[tokio::test]
async fn the_views_tell_what_the_tables_hold() {
    let world = a_small_history().await;
    let questions = [
        "SELECT * FROM v_commits ORDER BY date",
        "SELECT * FROM v_commit_branches ORDER BY sha, branch",
        "SELECT * FROM v_commit_links ORDER BY sha, card_key",
        "SELECT * FROM v_runs ORDER BY run",
    ];
    let answers = questions.map(|sql| format!("{sql}\n{}\n", world.ask_by_hand(sql).join("\n")));
    insta::assert_snapshot!(answers.join("\n"));
}

/// Two sprints on a board, a card in them that has another key now, with two changes, and a deleted card.
async fn a_small_jira() -> World {
    let world = World::new().await;
    let account = site(&world, "acme").await;
    world
        .write(move |tx| {
            tx.store_boards(account, &[board(2), board(1)], now())?;
            for board in tx.boards(account)? {
                let told = [sprint(1, Closed), Sprint { goal: Some("Ship".into()), ..sprint(5, Active) }];
                tx.store_board_sprints(board.id, &told, ListedSprints::All, now())?;
            }
            let done = Card { status_category: Some(StatusCategory::Done), ..card_in(3, 5) };
            tx.store_cards(
                account,
                &[complete(card_in(1, 5)), complete(card_in(2, 5)), complete(done)],
                now(),
            )?;
            let moved = Card { key: "NEW-7".into(), closed_sprints: vec![named(1, Closed)], ..card_in(1, 5) };
            let moved = NewCard { details_json: CHANGES.into(), ..complete(moved) };
            tx.store_cards(account, &[moved], now())?;
            tx.mark_card_removed(account, "10002", RemovedHow::Deleted, now())
        })
        .await;
    world
}

const CHANGES: &str = r#"{"key":"NEW-7","changelog":[
    {"id":"900","author":"Ada","created":"2026-02-18T08:00:00.125Z","items":[
        {"field":"status","from":"1","from_string":"Open","to":"3","to_string":"In Arbeit"},
        {"field":"Sprint","from":"1","from_string":"Sprint 1","to":"1, 5","to_string":"Sprint 1, Sprint 5"}]},
    {"id":"901","author":null,"created":"2026-02-18T09:30:00.250Z","items":[
        {"field":"assignee","from":null,"from_string":null,"to":"ada","to_string":"Ada"}]}]}"#;

#[tokio::test]
async fn the_views_of_jira_tell_what_the_tables_hold() {
    let world = a_small_jira().await;
    let questions = [
        "SELECT * FROM v_sprints ORDER BY jira_sprint_id",
        "SELECT * FROM v_cards WHERE removed IS NOT NULL ORDER BY card_key",
        "SELECT card_key, status_category, jira_sprint_id, sprint, sprint_state, removed FROM v_cards ORDER BY card_key",
        "SELECT * FROM v_card_keys ORDER BY card_key, known_as",
        "SELECT * FROM v_card_sprints ORDER BY card_key, jira_sprint_id",
        "SELECT * FROM v_card_changes ORDER BY changed_at, field",
    ];
    let answers = questions.map(|sql| format!("{sql}\n{}\n", world.ask_by_hand(sql).join("\n")));
    insta::assert_snapshot!(answers.join("\n"));
}

#[tokio::test]
async fn every_query_of_the_documentation_answers() {
    let world = a_small_history().await;
    let text = include_str!("../../../../docs/DATABASE.md");
    let queries: Vec<_> =
        text.split("```sql\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(queries.len() >= 5, "the documentation has examples");
    for query in queries {
        world.ask_by_hand(query);
    }
}

#[tokio::test]
async fn the_documentation_names_every_table_view_and_column() {
    let world = World::new().await;
    let text = include_str!("../../../../docs/DATABASE.md");
    let columns = world.ask_by_hand(
        "SELECT DISTINCT t.name || '.' || c.name FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
         WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid",
    );
    for column in columns {
        let (table, column) = column.split_once('.').unwrap();
        let section = text.split("\n### ").find(|section| section.starts_with(&format!("`{table}`")));
        let section = section.unwrap_or_else(|| panic!("{table} has a section"));
        assert!(section.contains(&format!("| `{column}` |")), "{table}.{column} is explained");
    }
}
