use rusqlite::Connection;

use super::*;
use crate::db::Db;
use crate::tables::sprint_list;

/// 100,000 cards on two sites of one profile, most of them in one of 1,000 sprints, 10 of which are active. Every
/// hundredth card once had another key.
pub(in crate::tables) const FILL: &str = "
    INSERT INTO profiles (id, name, created_at) VALUES (1, 'default', '2026-02-01T00:00:00Z');
    INSERT INTO accounts (id, profile_id, provider, name, url, login, state, created_at)
    VALUES (1, 1, 'jira', 'acme', 'https://acme.example.org', 'ada', 'ok', '2026-02-01T00:00:00Z'),
           (2, 1, 'jira', 'other', 'https://other.example.org', 'ada', 'ok', '2026-02-01T00:00:00Z');
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
    INSERT INTO sprints (id, account_id, jira_sprint_id, name, state, last_synced_at)
    SELECT i, 1 + i % 2, i / 2, 'Sprint ' || i, iif(i > 990, 'active', 'closed'), '2026-02-01T00:00:00Z' FROM n;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
    INSERT INTO jira_cards (id, account_id, jira_id, card_key, project_key, summary, status, status_category,
        issue_type, sprint_id, is_complete, created_at, updated_at, first_seen_at, last_synced_at, details_json)
    SELECT i, 1 + i % 2, i, 'P' || (i % 50) || '-' || i, 'P' || (i % 50), 'Card ' || i, 'Open',
        iif(i % 20 < 10, 'done', 'todo'), 'Story', iif(i % 10 > 0, 1 + i % 1000, NULL), 1, '2026-02-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z',
        '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', '{}'
    FROM n;
    INSERT INTO card_keys (card_id, card_key) SELECT id, card_key FROM jira_cards
    UNION ALL SELECT id, 'OLD-' || id FROM jira_cards WHERE id % 100 = 0;
    INSERT INTO sprint_cards (sprint_id, card_id)
    SELECT sprint_id, id FROM jira_cards WHERE sprint_id IS NOT NULL;
";

pub(in crate::tables) fn plan(conn: &Connection, sql: &str, values: Vec<Value>) -> String {
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let rows = statement.query_map(params_from_iter(values), |row| row.get::<_, String>(3)).unwrap();
    rows.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
}

fn questions() -> [(&'static str, CardFilter); 4] {
    let (all, account) = (CardFilter::default(), Some(AccountId(1)));
    let sprint = Some(497);
    [
        ("all", all.clone()),
        ("an account", CardFilter { account, ..all.clone() }),
        ("a sprint", CardFilter { sprint, ..all }),
        ("a sprint of an account", CardFilter { sprint, account }),
    ]
}

#[tokio::test]
async fn among_a_hundred_thousand_cards_every_question_has_its_index() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("pdt.db")).unwrap();
    db.write(|tx| Ok(tx.conn.execute_batch(FILL)?)).await.unwrap();
    let profile = ProfileId(1);

    let plans = db.read(move |tx| {
        let mut plans = Vec::new();
        for (what, filter) in questions() {
            let (sql, values) = list_query(profile, &filter);
            plans.push(format!("{what}\n{}\n", plan(tx.conn, &sql, values)));
        }
        let key = vec![Value::from(1), Value::from("OLD-100".to_owned())];
        plans.push(format!("a key\n{}\n", plan(tx.conn, &find_query(), key)));
        plans.push(format!("the sprints\n{}\n", plan(tx.conn, sprint_list::LIST, vec![Value::from(1)])));
        Ok(plans.join("\n"))
    });
    insta::assert_snapshot!(plans.await.unwrap());

    let counts = db.read(move |tx| {
        questions()
            .map(|(_, filter)| tx.card_list(profile, &filter).map(|list| list.len()))
            .into_iter()
            .collect()
    });
    let counts: Vec<usize> = counts.await.unwrap();
    assert_eq!(counts, [100_000, 50_000, 200, 100], "every filter lets through what it should");
    let found = db.read(move |tx| tx.find_cards(profile, "old-100")).await.unwrap();
    assert_eq!(found[0].keys, ["P0-100", "OLD-100"], "an old key finds its card");
    let sprints = db.read(move |tx| tx.sprint_list(profile)).await.unwrap();
    let cards: u32 = sprints.iter().map(|sprint| sprint.cards).sum();
    let done: u32 = sprints.iter().map(|sprint| sprint.done).sum();
    assert_eq!((sprints.len(), cards, done), (1000, 90_000, 45_000), "each sprint knows how far it is");
}
