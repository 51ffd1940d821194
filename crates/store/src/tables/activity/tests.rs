use rusqlite::Connection;

use super::*;
use crate::db::Db;

/// 30,000 commits in 10 repositories, one each minute; 1,000 sprints with 10 cards each, the last two of which go on.
const FILL: &str = "
    INSERT INTO profiles (id, name, created_at) VALUES (1, 'default', '2026-02-01T00:00:00Z');
    INSERT INTO accounts (id, profile_id, provider, name, url, login, state, created_at)
    VALUES (1, 1, 'github', 'hub', 'https://github.com', 'ada', 'ok', '2026-02-01T00:00:00Z'),
           (2, 1, 'jira', 'acme', 'https://acme.example.org', 'ada', 'ok', '2026-02-01T00:00:00Z');
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
    INSERT INTO repositories (id, account_id, remote_id, owner, name, provider, url, created_at)
    SELECT i, 1, i, 'acme', 'r' || i, 'github', 'https://github.com/acme/r' || i, '2026-02-01T00:00:00Z' FROM n;
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29999)
    INSERT INTO commits (repository_id, sha, message, author, author_email, date, committed_at, has_link,
        first_seen_at)
    SELECT 1 + i % 10, printf('%040x', i), 'Work', 'Ada', 'ada@example.org',
        strftime('%Y-%m-%dT%H:%M:%SZ', '2026-01-01', i || ' minutes'), '2026-02-01T00:00:00Z', i % 4 = 0,
        '2026-02-01T00:00:00Z'
    FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
    INSERT INTO sprints (id, account_id, jira_sprint_id, name, state, end_date, last_synced_at)
    SELECT i, 2, i, 'Sprint ' || i, iif(i > 998, 'active', 'closed'), iif(i = 1000, '2026-02-10T00:00:00Z', NULL),
        '2026-02-01T00:00:00Z' FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
    INSERT INTO jira_cards (id, account_id, jira_id, card_key, project_key, summary, status, status_category,
        issue_type, story_points, is_complete, created_at, updated_at, removed, removed_at, first_seen_at,
        last_synced_at, details_json)
    SELECT i, 2, i, 'P-' || i, 'P', 'Card ' || i, iif(i % 10 < 4, 'Closed', iif(i % 10 < 6, 'Doing', 'Open')),
        iif(i % 10 < 4, 'done', iif(i % 10 < 6, 'in_progress', 'todo')), 'Story', iif(i > 9990, i % 3, NULL), 1,
        '2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z', iif(i = 9999, 'deleted', NULL),
        iif(i = 9999, '2026-02-01T00:00:00Z', NULL), '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', '{}'
    FROM n;
    INSERT INTO sprint_cards (sprint_id, card_id) SELECT (id + 9) / 10, id FROM jira_cards;
    INSERT INTO sprint_cards (sprint_id, card_id) VALUES (1000, 9981);
    INSERT INTO sprint_cards (sprint_id, card_id, left_at) VALUES (1000, 9982, '2026-02-01T00:00:00Z');
";

fn plan(conn: &Connection, sql: &str) -> String {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    for at in 1..=statement.parameter_count() {
        statement.raw_bind_parameter(at, 1).unwrap();
    }
    let mut rows = statement.raw_query();
    let mut lines = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        lines.push(row.get::<_, String>(3).unwrap());
    }
    lines.join("\n")
}

async fn filled(folder: &tempfile::TempDir) -> Db {
    let db = Db::open(&folder.path().join("pdt.db")).unwrap();
    db.write(|tx| Ok(tx.conn.execute_batch(FILL)?)).await.unwrap();
    db
}

#[tokio::test]
async fn each_figure_has_its_index() {
    let folder = tempfile::tempdir().unwrap();
    let db = filled(&folder).await;
    let plans = db.read(|tx| {
        let asked =
            [("counted", COUNTED), ("latest", LATEST), ("progress", PROGRESS), ("statuses", STATUSES)];
        Ok(asked.map(|(what, sql)| format!("{what}\n{}\n", plan(tx.conn, sql))).join("\n"))
    });
    insta::assert_snapshot!(plans.await.unwrap());
}

#[tokio::test]
async fn a_commit_is_counted_in_the_span_that_its_date_lies_in() {
    let folder = tempfile::tempdir().unwrap();
    let db = filled(&folder).await;
    let moments =
        ["2026-01-01T00:10:00Z", "2026-01-01T00:10:00Z", "2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z"];
    let moments: Vec<DateTime<Utc>> = moments.iter().map(|time| time.parse().unwrap()).collect();
    let wanted: BTreeSet<RepositoryId> = [1, 2].map(RepositoryId).into();
    let counted = db.read(move |tx| {
        let mut counted = Vec::new();
        tx.count_commits(&wanted, &moments, |commit| counted.push(commit))?;
        Ok((counted, tx.latest_commits(&wanted, 3)?))
    });
    let (counted, latest) = counted.await.unwrap();
    let of = |span| counted.iter().filter(|commit| commit.span == span).count();
    assert_eq!(
        [of(0), of(1), of(2)],
        [0, 10, 12],
        "an end is the next beginning, and nothing lies in no time"
    );
    let linked = counted.iter().filter(|commit| commit.has_link).count();
    assert_eq!(linked, 5, "those of the minutes 20, 40, 60, 80 and 100");
    assert_eq!(latest.iter().map(|id| id.0).collect::<Vec<_>>(), [29992, 29991, 29982], "the newest first");
}

#[tokio::test]
async fn sprints_that_go_on_tell_how_far_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let db = filled(&folder).await;
    let read = db.read(|tx| Ok((tx.sprint_progress(ProfileId(1))?, tx.active_statuses(ProfileId(1))?)));
    let (sprints, statuses) = read.await.unwrap();
    let told = |row: &SprintProgress| (row.id, row.cards, row.done, row.points, row.points_done);
    let sprints: Vec<_> = sprints.iter().map(told).collect();
    // Cards 9991 to 10000 but the one that is gone, and 9981; those that are done are 9991, 9992, 9993, 10000, 9981.
    assert_eq!(sprints, [(1000, 10, 5, Some(10.0), Some(4.0)), (999, 10, 4, None, None)]);
    let statuses: Vec<_> = statuses.iter().map(|row| (row.status.as_str(), row.cards)).collect();
    assert_eq!(
        statuses,
        [("Open", 7), ("Doing", 4), ("Closed", 8)],
        "each card once, in the order of the work"
    );
}
