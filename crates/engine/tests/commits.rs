//! Commits for the window: pieces of a walk, one commit with its links and suggestions, cards that are looked for.

#![cfg(test)]

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::Name;
use pdt_engine::api::{Code, CommitQuery, Engine, Parts, Startup, Why};
use pdt_engine::clock::{Clock, TestClock};
use pdt_engine::environment::Environment;
use pdt_engine::secrets::{MemoryKeychain, Secrets};
use pdt_store::Db;
use tempfile::TempDir;

/// Two repositories with 30 commits each, one a minute; cards of a sprint in which Ada begins ABC-2 in minute 10.
const FILL: &str = r#"
    INSERT INTO profiles (id, name, created_at) VALUES (1, 'default', '2026-02-01T00:00:00Z');
    INSERT INTO accounts (id, profile_id, provider, name, url, login, state, created_at)
    VALUES (1, 1, 'github', 'github', 'https://github.com', 'ada', 'ok', '2026-02-01T00:00:00Z'),
           (2, 1, 'jira', 'acme', 'https://acme.example.org', 'Ada Lovelace', 'ok', '2026-02-01T00:00:00Z');
    INSERT INTO jira_projects VALUES (2, 'ABC');
    INSERT INTO repositories (id, account_id, remote_id, owner, name, provider, url, created_at)
    VALUES (1, 1, '1', 'acme', 'widgets', 'github', 'https://github.com/acme/widgets', '2026-02-01T00:00:00Z'),
           (2, 1, '2', 'acme', 'gears', 'github', 'https://github.com/acme/gears', '2026-02-01T00:00:00Z');
    INSERT INTO branches (id, repository_id, name, tip_sha, first_seen_at)
    VALUES (1, 1, 'main', '01', '2026-02-01T00:00:00Z'), (2, 1, 'fix/ABC-4', '02', '2026-02-01T00:00:00Z');
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
    INSERT INTO commits (id, repository_id, sha, message, author, author_email, date, committed_at, branch,
        first_seen_at)
    SELECT i, 1 + i % 2, printf('%040x', i), char(10) || 'Change ' || i, 'Ada', 'ada@example.org',
        strftime('%Y-%m-%dT%H:%M:%SZ', 1771372800 + i * 60, 'unixepoch'), '2026-02-18T00:00:00Z', 'main',
        '2026-02-01T00:00:00Z' FROM n;
    INSERT INTO commit_branches (branch_id, commit_id, reaches)
    SELECT 1, id, 1 FROM commits WHERE repository_id = 1 UNION ALL SELECT 2, 20, 1;
    INSERT INTO commit_links (commit_id, card_key, provenance, position) VALUES (16, 'ABC-3', 'message', 0);
    UPDATE commits SET has_link = 1, jira_card_key = 'ABC-3' WHERE id = 16;
    INSERT INTO sprints (id, account_id, jira_sprint_id, name, state, start_date, last_synced_at)
    VALUES (1, 2, 7, 'Sprint 7', 'active', '2026-02-17T00:00:00Z', '2026-02-18T00:00:00Z');
    WITH card (number, category, details) AS (VALUES
        (2, 'done', '{"changelog": [
            {"id": "2", "author": null, "created": "2026-02-18T00:40:00Z", "items": [{"field": "status",
             "from": "3", "from_string": "Begun", "to": "5", "to_string": "Done"}]},
            {"id": "1", "author": null, "created": "2026-02-18T00:10:00Z", "items": [{"field": "status",
             "from": "1", "from_string": "Open", "to": "3", "to_string": "Begun"}]}]}'),
        (3, 'todo', '{"changelog": []}'), (4, 'in_progress', '{"changelog": []}'))
    INSERT INTO jira_cards (id, account_id, jira_id, card_key, project_key, summary, status, status_category,
        assignee, issue_type, sprint_id, is_complete, created_at, updated_at, first_seen_at, last_synced_at,
        details_json)
    SELECT number, 2, number, 'ABC-' || number, 'ABC', 'Größe ' || number,
        CASE category WHEN 'done' THEN 'Done' WHEN 'todo' THEN 'Open' ELSE 'Begun' END, category,
        iif(number = 4, 'Bo', 'Ada Lovelace'), 'Story', 1, 1, '2026-02-17T00:00:00.000Z',
        '2026-02-18T00:4' || number || ':00.000Z', '2026-02-18T00:00:00Z', '2026-02-18T00:00:00Z', details
    FROM card;
    INSERT INTO card_keys (card_id, card_key) SELECT id, card_key FROM jira_cards;
    INSERT INTO sprint_cards (sprint_id, card_id) SELECT 1, id FROM jira_cards;
"#;

/// Two thousand that are older.
const OLDER: &str = "
    WITH RECURSIVE n (i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
    INSERT INTO commits (id, repository_id, sha, message, author, author_email, date, committed_at, first_seen_at)
    SELECT i, 1, printf('%040x', i), 'Older', 'Ada', 'ada@example.org', '2025-02-18T00:00:00Z',
        '2025-02-18T00:00:00Z', '2026-02-01T00:00:00Z' FROM n;
";

struct Stage {
    engine: Engine,
    folder: TempDir,
}

fn stage(clock: Arc<dyn Clock>) -> Stage {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("pdt.db");
    drop(Db::open(&file).unwrap());
    add(&file, FILL);
    let environment = Environment::of(std::iter::empty::<(&str, &str)>());
    let secrets = Secrets::with(environment.clone(), Arc::new(MemoryKeychain::default()));
    let jira_gateway = "https://gateway.invalid".parse().unwrap();
    let parts = Parts { environment, secrets, clock, jira_gateway };
    let startup = Startup { data_dir: Some(folder.path().to_owned()) };
    Stage { engine: Engine::open_with(startup, parts).unwrap(), folder }
}

fn add(file: &Path, rows: &str) {
    rusqlite::Connection::open(file).unwrap().execute_batch(rows).unwrap();
}

fn still() -> Arc<dyn Clock> {
    Arc::new(TestClock::at("2026-02-18T12:00:00Z".parse().unwrap()))
}

/// A clock that goes on by a second whenever it is asked.
#[derive(Debug)]
struct Hasty(TestClock);

impl Clock for Hasty {
    fn now(&self) -> DateTime<Utc> {
        self.0.advance(TimeDelta::seconds(1));
        self.0.now()
    }
}

fn profile() -> Name {
    Name::default_profile()
}

fn all() -> CommitQuery {
    CommitQuery::default()
}

fn newest_first(from: i64, to: i64) -> Vec<i64> {
    (to..=from).rev().collect()
}

#[tokio::test]
async fn a_walk_without_hurry_is_one_piece() {
    let stage = stage(still());
    let piece = stage.engine.walk_commits(&profile(), all(), None).await.unwrap();
    assert_eq!(piece.ids, newest_first(60, 1), "all, the newest first");
    assert_eq!(piece.next, None, "it is the whole list");
    assert_eq!(piece.seen_until, Some("2026-02-18T00:01:00Z".parse().unwrap()), "to its end");
}

#[tokio::test]
async fn a_walk_that_is_out_of_time_goes_on_where_it_was() {
    let now = "2026-02-18T12:00:00Z".parse().unwrap();
    let stage = stage(Arc::new(Hasty(TestClock::at(now))));
    add(&stage.folder.path().join("pdt.db"), OLDER);
    for (limit, pieces, found) in [(None, 5, 2_060), (Some(700), 2, 700)] {
        let (mut ids, mut after, mut count) = (Vec::new(), None, 0);
        loop {
            let query = CommitQuery { limit, ..all() };
            let piece = stage.engine.walk_commits(&profile(), query, after).await.unwrap();
            ids.extend(piece.ids);
            (after, count) = (piece.next, count + 1);
            if after.is_none() {
                break;
            }
        }
        assert_eq!((count, ids.len()), (pieces, found), "the limit holds for all pieces together: {limit:?}");
        assert_eq!(ids[..60], newest_first(60, 1), "in order");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), found, "each once");
    }
}

#[tokio::test]
async fn a_place_that_no_piece_has_told_is_refused() {
    let stage = stage(still());
    for place in [
        "",
        " ",
        "1",
        "now 1",
        "2026-02-18T00:00:00Z",
        "2026-02-18T00:00:00Z x",
        "2026-02-18T00:00:00Z 1 2",
        "2026-02-18T00:00:00Z 1 2 3",
    ] {
        let walk = stage.engine.walk_commits(&profile(), all(), Some(place.to_owned())).await;
        assert_eq!(walk.unwrap_err().code, Code::Usage, "{place:?}");
    }
    let place = Some("2026-02-18T00:03:00Z 3".to_owned());
    let piece = stage.engine.walk_commits(&profile(), all(), place).await.unwrap();
    assert_eq!(piece.ids, [2, 1], "the place is behind a commit");
    let query = CommitQuery { limit: Some(5), ..all() };
    let more = Some("2026-02-18T00:03:00Z 3 9".to_owned());
    stage
        .engine
        .walk_commits(&profile(), query, more)
        .await
        .expect_err("no piece has more left than the limit");
}

#[tokio::test]
async fn rows_and_facets_tell_what_a_list_shows() {
    let stage = stage(still());
    let rows = stage.engine.commit_rows(&profile(), vec![16, 99, 15]).await.unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.subject.as_str(), row.jira_card_keys.len())).collect();
    assert_eq!(told, [("Change 16", 1), ("Change 15", 0)], "in this order, without the one that is gone");
    let many = stage.engine.commit_rows(&profile(), vec![1; 501]).await;
    assert_eq!(many.unwrap_err().code, Code::Usage, "nobody sees so many at once");
    let facets = stage.engine.commit_facets(&profile(), None).await.unwrap();
    let authors: Vec<_> = facets.authors.iter().map(|author| author.email.as_str()).collect();
    assert_eq!((authors, facets.branches.len()), (vec!["ada@example.org"], 2));
    let unknown = stage.engine.commit_facets(&profile(), Some("acme/nothing".to_owned())).await;
    assert_eq!(unknown.unwrap_err().code, Code::Unknown, "no such repository");
}

#[tokio::test]
async fn a_commit_without_a_card_comes_with_the_likeliest_ones() {
    let stage = stage(still());
    let shown = stage.engine.commit(&profile(), 20).await.unwrap();
    let told: Vec<_> = shown.suggestions.iter().map(|it| (it.key.as_str(), it.why)).collect();
    let expected = [("ABC-4", Why::Branch), ("ABC-3", Why::Neighbour), ("ABC-2", Why::InProgress)];
    assert_eq!(
        told, expected,
        "ABC-4 is Bo's, and the branch speaks of it; ABC-2 was begun by the account's owner"
    );
    assert_eq!(shown.suggestions[0].summary.as_deref(), Some("Größe 4"), "with what it is about");
    assert_eq!((shown.commit.id, shown.commit.branches.len()), (20, 2), "the whole commit");
    let linked = stage.engine.commit(&profile(), 16).await.unwrap();
    assert_eq!(linked.suggestions, [], "one with a card needs none");
    let nowhere = stage.engine.commit(&profile(), 99).await;
    assert_eq!(nowhere.unwrap_err().code, Code::Unknown, "there is none");
}

#[tokio::test]
async fn a_link_that_was_taken_away_can_be_had_back_and_is_not_suggested() {
    let stage = stage(still());
    let sha = format!("{:040x}", 16);
    stage.engine.unlink_commit(&profile(), &sha, "ABC-3").await.unwrap();
    let without = stage.engine.commit(&profile(), 16).await.unwrap();
    assert_eq!((without.links.len(), without.removed_links[0].provenance), (0, "message"));
    assert!(without.suggestions.iter().all(|it| it.key != "ABC-3"), "a person has said no to it");
    stage.engine.link_commit(&profile(), &sha, "ABC-3").await.unwrap();
    let after = stage.engine.commit(&profile(), 16).await.unwrap();
    let links: Vec<_> = after.links.iter().map(|link| (link.key.as_str(), link.provenance)).collect();
    assert_eq!((links, after.removed_links.len()), (vec![("ABC-3", "manual")], 0), "as what a person says");
}

#[tokio::test]
async fn a_card_that_was_linked_by_hand_and_taken_away_is_not_suggested_again() {
    let stage = stage(still());
    let sha = format!("{:040x}", 20);
    stage.engine.link_commit(&profile(), &sha, "ABC-4").await.unwrap();
    stage.engine.unlink_commit(&profile(), &sha, "ABC-4").await.unwrap();
    let shown = stage.engine.commit(&profile(), 20).await.unwrap();
    let told: Vec<_> = shown.suggestions.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(told, ["ABC-3", "ABC-2"], "a person has said no to ABC-4");
}

#[tokio::test]
async fn cards_are_found_by_key_and_by_words() {
    let stage = stage(still());
    let keys = async |text: &str| -> Vec<String> {
        let found = stage.engine.find_cards(&profile(), text).await.unwrap();
        found.into_iter().map(|card| card.key).collect()
    };
    assert_eq!(keys("abc-").await, ["ABC-2", "ABC-3", "ABC-4"], "by the beginning of the key");
    assert_eq!(keys("GRÖßE").await, ["ABC-4", "ABC-3", "ABC-2"], "by a word, the latest change first");
    assert_eq!(keys("größe 3").await, ["ABC-3"], "by all words");
    assert_eq!(keys("%").await, Vec::<String>::new(), "nothing is a pattern");
}

#[tokio::test]
async fn the_same_commit_at_another_service_is_opened_there() {
    let stage = stage(still());
    add(
        &stage.folder.path().join("pdt.db"),
        "INSERT INTO accounts (id, profile_id, provider, name, url, login, state, created_at)
         VALUES (3, 1, 'gitlab', 'gitlab', 'https://gitlab.com', 'ada', 'ok', '2026-02-01T00:00:00Z');
         INSERT INTO repositories (id, account_id, remote_id, owner, name, provider, url, created_at)
         VALUES (3, 3, '3', 'acme', 'widgets', 'gitlab', 'https://gitlab.com/acme/widgets', '2026-02-01T00:00:00Z');
         INSERT INTO commits (id, repository_id, sha, message, author, author_email, date, committed_at, first_seen_at)
         SELECT 100, 3, sha, message, author, author_email, date, committed_at, first_seen_at
         FROM commits WHERE id = 16;",
    );
    for (id, host) in [(16, "https://github.com/"), (100, "https://gitlab.com/")] {
        let shown = stage.engine.commit(&profile(), id).await.unwrap();
        assert_eq!((shown.commit.id, shown.commit.repo.as_str()), (id, "acme/widgets"));
        assert!(shown.commit.url.is_some_and(|url| url.starts_with(host)), "{host}");
    }
}
