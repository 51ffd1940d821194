use rusqlite::types::Value;

use super::*;
use crate::db::Db;
use crate::tables::card_list::tests::{FILL, plan};
use crate::tables::statuses::STATUSES;
use crate::tables::suggestions::{OF_A_PERSON, OF_SPRINTS};

#[tokio::test]
async fn among_a_hundred_thousand_cards_a_search_has_its_index() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("pdt.db")).unwrap();
    db.write(|tx| Ok(tx.conn.execute_batch(FILL)?)).await.unwrap();

    let plans = db.read(|tx| {
        let text = |text: &str| Value::from(text.to_owned());
        let moment = "2026-02-01T00:00:00Z";
        let person = vec![1.into(), text(moment), text("Ada")];
        let sprints = vec![1.into(), text(moment)];
        let questions = [
            ("the beginning of a key", BY_KEY, vec![1.into(), text("P1-"), 20.into()]),
            ("words", BY_CHANGE, vec![1.into()]),
            ("the meanings of statuses", STATUSES, vec![1.into()]),
            ("cards that a person may have begun", OF_A_PERSON, person),
            ("cards of the sprints of a time", OF_SPRINTS, sprints),
        ];
        let told = questions.map(|(what, sql, values)| format!("{what}\n{}\n", plan(tx.conn, sql, values)));
        Ok(told.join("\n"))
    });
    insta::assert_snapshot!(plans.await.unwrap());

    let keys = db.read(|tx| {
        let mut keys = Vec::new();
        for text in ["p7-1", "OLD-100", "card 4711", "CARD p11-54311", "nothing", "", "P7-1%"] {
            let found = tx.search_cards(ProfileId(1), text, 3)?;
            keys.push(found.into_iter().map(|card| card.key).collect::<Vec<_>>().join(" "));
        }
        Ok(keys)
    });
    let expected =
        ["P7-107 P7-157 P7-1007", "P0-100", "P11-4711 P11-47110 P12-47111", "P11-54311", "", "", ""];
    let keys = keys.await.unwrap();
    assert_eq!(keys[2].split(' ').count(), 3, "words are found in any place: {}", keys[2]);
    assert_eq!([&keys[..2], &keys[3..]].concat(), [&expected[..2], &expected[3..]].concat());
}
