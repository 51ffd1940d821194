use super::*;
use crate::db::Db;

/// Two cards of Ada in the first profile, and 400 of hers in another one that changed nearer to 1 March, on both sides.
const FILL: &str = "
    INSERT INTO profiles (id, name, created_at) VALUES (1, 'default', '2026-02-01T00:00:00Z'),
        (2, 'client', '2026-02-01T00:00:00Z');
    INSERT INTO accounts (id, profile_id, provider, name, url, login, state, created_at)
    VALUES (1, 1, 'jira', 'jira', 'https://acme.example.org', 'ada', 'ok', '2026-02-01T00:00:00Z'),
           (2, 2, 'jira', 'jira', 'https://client.example.org', 'ada', 'ok', '2026-02-01T00:00:00Z');
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 401)
    INSERT INTO jira_cards (id, account_id, jira_id, card_key, project_key, summary, status, status_category,
        assignee, issue_type, is_complete, created_at, updated_at, first_seen_at, last_synced_at, details_json)
    SELECT i + 1, iif(i < 2, 1, 2), i, 'P-' || i, 'P', 'Card', 'Doing', 'in_progress', 'Ada', 'Story', 1,
        '2026-01-01T00:00:00.000Z',
        CASE WHEN i = 0 THEN '2026-02-01T00:00:00.000Z' WHEN i = 1 THEN '2026-04-01T00:00:00.000Z'
             WHEN i % 2 = 0 THEN '2026-02-28T00:00:00.000Z' ELSE '2026-03-02T00:00:00.000Z' END,
        '2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', '{}'
    FROM n;
";

#[tokio::test]
async fn cards_of_another_profile_take_no_place_among_a_persons() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("pdt.db")).unwrap();
    db.write(|tx| Ok(tx.conn.execute_batch(FILL)?)).await.unwrap();
    let moment = "2026-03-01T00:00:00Z".parse().unwrap();
    let begun = db.read(move |tx| tx.cards_begun_before(ProfileId(1), &["ada".to_owned()], moment));
    let keys: Vec<_> = begun.await.unwrap().into_iter().map(|card| card.key).collect();
    assert_eq!(keys, ["P-0", "P-1"], "what changed before the moment, and after it");
}
