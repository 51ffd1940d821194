use rusqlite::Connection;

use super::*;
use crate::db::Db;

/// 10,000 runs of two profiles: every tenth brought something, every hundredth fell short.
const FILL: &str = "
    INSERT INTO profiles (id, name, created_at) VALUES
        (1, 'default', '2026-02-01T00:00:00Z'), (2, 'other', '2026-02-01T00:00:00Z');
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
    INSERT INTO runs (id, profile_id, loop, trigger, started_at, finished_at, outcome, receipt, new_items)
    SELECT i, 1 + i % 2, iif(i % 4 < 2, 'commits', 'jira'), 'schedule', '2026-02-01T00:00:00Z',
        '2026-02-01T00:00:00Z', iif(i % 100 = 0, 'partial', 'ok'), '{}', i % 10 = 0 FROM n;
    INSERT INTO runs (id, profile_id, loop, trigger, started_at)
    VALUES (10002, 1, 'commits', 'manual', '2026-02-01T00:00:00Z');
";

fn plan(conn: &Connection, filter: &RunFilter) -> String {
    let (sql, values) = list_query(ProfileId(1), filter, 200);
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let rows = statement.query_map(params_from_iter(values), |row| row.get::<_, String>(3)).unwrap();
    rows.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
}

#[tokio::test]
async fn no_receipt_is_read_for_a_list() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("pdt.db")).unwrap();
    db.write(|tx| Ok(tx.conn.execute_batch(FILL)?)).await.unwrap();
    let all = RunFilter::default();
    let troubled = RunFilter { kept: KeptRuns::Troubled, ..all };
    let eventful = RunFilter { kept: KeptRuns::Eventful, ..all };
    let jira = RunFilter { sync_loop: Some(Loop::Jira), before: Some(RunId(5000)), ..all };
    let plans = db.read(move |tx| {
        let told = [("all", all), ("troubled", troubled), ("eventful", eventful), ("jira, earlier", jira)];
        Ok(told.map(|(what, filter)| format!("{what}\n{}\n", plan(tx.conn, &filter))).join("\n"))
    });
    insta::assert_snapshot!(plans.await.unwrap());

    let listed = |filter| {
        let read = db.read(move |tx| tx.run_list(ProfileId(1), &filter, 3));
        async move { read.await.unwrap().into_iter().map(|run| run.id.0).collect::<Vec<_>>() }
    };
    assert_eq!(listed(all).await, [10002, 10000, 9998], "the latest first, and those of this profile");
    assert_eq!(listed(troubled).await, [10000, 9900, 9800], "one that goes on has not fallen short");
    assert_eq!(listed(eventful).await, [10002, 10000, 9990]);
    assert_eq!(listed(jira).await, [4998, 4994, 4990]);
    let other = db.read(|tx| tx.run_by_id(ProfileId(2), RunId(10000))).await.unwrap();
    assert_eq!(other, None, "a profile has its own runs only");
}
