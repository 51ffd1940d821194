use rusqlite::Connection;

use super::*;
use crate::db::Db;

/// 100,000 commits in two repositories of one profile, 20 branches, two links for every tenth commit.
pub(in crate::tables) const FILL: &str = "
    INSERT INTO profiles (id, name, created_at) VALUES (1, 'default', '2026-02-01T00:00:00Z');
    INSERT INTO accounts (id, profile_id, provider, name, url, login, state, created_at)
    VALUES (1, 1, 'github', 'github', 'https://github.com', 'ada', 'ok', '2026-02-01T00:00:00Z');
    INSERT INTO repositories (id, account_id, remote_id, owner, name, provider, url, created_at)
    VALUES (1, 1, '1', 'acme', 'widgets', 'github', 'u', '2026-02-01T00:00:00Z'),
           (2, 1, '2', 'acme', 'gears', 'github', 'u', '2026-02-01T00:00:00Z');
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
    INSERT INTO branches (id, repository_id, name, tip_sha, first_seen_at, deleted_at)
    SELECT i, 1 + i % 2, 'branch ' || i, printf('%040x', i), '2026-02-01T00:00:00Z',
        iif(i > 16, '2026-02-02T00:00:00Z', NULL)
    FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO commits (id, repository_id, sha, message, author, author_email, date, committed_at, first_seen_at)
    SELECT i, 1 + i % 2, printf('%040x', i), 'Change number ' || i, 'Ada', 'ada@example.org',
        strftime('%Y-%m-%dT%H:%M:%SZ', 1700000000 + i * 60, 'unixepoch'),
        strftime('%Y-%m-%dT%H:%M:%SZ', 1700000000 + i * 60, 'unixepoch'), '2026-02-01T00:00:00Z'
    FROM n;
    INSERT INTO commit_branches (branch_id, commit_id, reaches)
    SELECT b.id, c.id, iif(c.id % 7 = 0, 0, 1)
    FROM branches AS b JOIN commits AS c ON c.repository_id = b.repository_id WHERE c.id % b.id = 0;
    INSERT INTO commit_links (commit_id, card_key, provenance, position)
    SELECT id, 'ABC-' || (id / 10 % 500), 'message', 0 FROM commits WHERE id % 10 = 0
    UNION ALL SELECT id, 'OPS-' || id, 'branch', 1 FROM commits WHERE id % 10 = 0;
    UPDATE commits SET has_link = 1, jira_card_key = 'ABC-' || (id / 10 % 500) WHERE id % 10 = 0;
";

fn plan(conn: &Connection, query: Query) -> String {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {}", query.sql)).unwrap();
    let rows = statement.query_map(params_from_iter(query.values), |row| row.get::<_, String>(3)).unwrap();
    rows.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
}

fn questions() -> [(&'static str, CommitFilter); 7] {
    let day = |text: &str| Some(DateTime::parse_from_rfc3339(text).unwrap().to_utc());
    let all = CommitFilter { limit: Some(50), ..CommitFilter::default() };
    let days = CommitFilter {
        since: day("2023-12-01T00:00:00Z"),
        until_exclusive: day("2023-12-02T00:00:00Z"),
        ..CommitFilter::default()
    };
    [
        ("the newest", all.clone()),
        ("the newest of a repository", CommitFilter { repository: Some("acme/gears".into()), ..all.clone() }),
        ("one day", days.clone()),
        ("one day of a repository", CommitFilter { repository: Some("acme/gears".into()), ..days.clone() }),
        ("a card", CommitFilter { card: Some("abc-7".into()), ..CommitFilter::default() }),
        ("the newest unlinked", CommitFilter { unlinked: true, ..all }),
        ("one day's unlinked", CommitFilter { unlinked: true, ..days }),
    ]
}

#[tokio::test]
async fn among_a_hundred_thousand_commits_every_filter_has_its_index() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("pdt.db")).unwrap();
    db.write(|tx| Ok(tx.conn.execute_batch(FILL)?)).await.unwrap();
    let profile = ProfileId(1);

    let plans = db.read(move |tx| {
        let mut plans = Vec::new();
        for (what, filter) in questions() {
            let query = tx.list_query(profile, &filter, &tx.listed_repositories(profile, &filter)?)?;
            plans.push(format!("{what}\n{}\n", plan(tx.conn, query)));
        }
        Ok(plans.join("\n"))
    });
    insta::assert_snapshot!(plans.await.unwrap());

    let counts = db.read(move |tx| {
        questions()
            .map(|(_, filter)| tx.commit_list(profile, &filter).map(|list| list.len()))
            .into_iter()
            .collect()
    });
    let counts: Vec<usize> = counts.await.unwrap();
    assert_eq!(counts, [50, 50, 1440, 720, 20, 50, 1296], "every filter lets through what it should");

    let all = db.read(move |tx| tx.commit_list(profile, &CommitFilter::default())).await.unwrap();
    assert_eq!(all.len(), 100_000, "without a limit, all");
    let first = &all[all.len() - 60];
    assert_eq!(first.sha.as_str(), format!("{:040x}", 60), "the sixtieth");
    assert_eq!(
        first.branches,
        ["branch 10", "branch 12", "branch 2", "branch 4", "branch 6"],
        "its branches"
    );
    assert_eq!(first.former_branches, ["branch 20"], "the deleted one");
    assert_eq!(first.jira_card_keys, ["ABC-6", "OPS-60"], "its cards");
}
