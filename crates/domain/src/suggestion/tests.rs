use super::*;

fn at(hour: u32) -> DateTime<Utc> {
    DateTime::from_timestamp(1_771_372_800 + i64::from(hour) * 3_600, 0).unwrap()
}

fn item(field: &str, from: &str, to: &str) -> ChangeItem {
    ChangeItem {
        field: field.to_owned(),
        field_id: None,
        from: Some(format!("id of {from}")),
        from_string: Some(from.to_owned()),
        to: Some(format!("id of {to}")),
        to_string: Some(to.to_owned()),
    }
}

fn change(hour: u32, item: ChangeItem) -> Change {
    Change { id: hour.to_string(), author: None, created: at(hour), items: vec![item] }
}

/// Begun by Bo at 2, handed to Ada at 4, done at 6, made at 0.
fn card(key: &str) -> CardHistory {
    CardHistory {
        key: key.to_owned(),
        status: "Fertig".to_owned(),
        status_category: Some(StatusCategory::Done),
        assignee: Some("Ada L\u{f6}w".to_owned()),
        assignee_id: Some("id of Ada".to_owned()),
        created_at: at(0),
        changes: vec![
            change(6, item("status", "In Arbeit", "Fertig")),
            change(4, item("assignee", "Bo", "Ada L\u{f6}w")),
            change(2, item("status", "Offen", "In Arbeit")),
        ],
    }
}

fn meanings() -> Meanings {
    let pairs = [("Offen", StatusCategory::ToDo), ("In Arbeit", StatusCategory::InProgress)];
    pairs.into_iter().map(|(name, category)| (name.to_owned(), category)).collect()
}

fn person(name: &str) -> Person {
    Person::of([name.to_owned()])
}

fn found(cards: &[CardHistory], hour: u32, name: &str) -> Vec<String> {
    in_progress(cards, at(hour), &person(name), &meanings())
}

#[test]
fn a_card_is_suggested_while_it_was_in_progress_to_whom_it_was_assigned_then() {
    let cards = [card("ABC-1")];
    let nobodys: [String; 0] = [];
    assert_eq!(found(&cards, 1, "Bo"), nobodys, "it was not begun");
    assert_eq!(found(&cards, 3, "bo"), ["ABC-1"], "his, in any letter case");
    assert_eq!(found(&cards, 3, "Ada L\u{f6}w"), nobodys, "not yet hers");
    assert_eq!(found(&cards, 5, "ADA L\u{d6}W"), ["ABC-1"], "hers now");
    assert_eq!(found(&cards, 5, "id of Ada"), ["ABC-1"], "also by her account");
    assert_eq!(found(&cards, 5, "Bo"), nobodys, "no longer his");
    assert_eq!(found(&cards, 7, "Ada L\u{f6}w"), nobodys, "it was done");
}

#[test]
fn before_a_card_was_made_it_was_nothing() {
    let begun = CardHistory {
        status_category: Some(StatusCategory::InProgress),
        created_at: at(5),
        changes: Vec::new(),
        ..card("ABC-1")
    };
    assert_eq!(found(std::slice::from_ref(&begun), 6, "Ada L\u{f6}w"), ["ABC-1"], "it never changed");
    assert!(found(&[begun], 4, "Ada L\u{f6}w").is_empty(), "it was not there");
}

#[test]
fn a_status_that_nobody_knows_is_not_in_progress() {
    let unknown = in_progress(&[card("ABC-1")], at(3), &person("Bo"), &Meanings::new());
    assert_eq!(unknown, Vec::<String>::new(), "nothing is guessed");
}

#[test]
fn what_was_begun_last_comes_first() {
    let mut later = card("ABC-2");
    later.changes[2].created = at(3);
    assert_eq!(found(&[card("ABC-1"), later], 5, "Ada L\u{f6}w"), ["ABC-2", "ABC-1"]);
}

#[test]
fn nobody_is_called_nothing() {
    assert!(!Person::of([String::new(), " ".to_owned()]).is_called(""), "an empty name is no name");
}

#[test]
fn the_nearest_neighbour_comes_first_before_or_after() {
    let neighbour = |key: &str, hour| Neighbour { key: key.to_owned(), written_at: at(hour) };
    let neighbours = vec![neighbour("A-1", 1), neighbour("A-2", 12), neighbour("A-3", 8)];
    assert_eq!(nearest(neighbours, at(10)), ["A-2", "A-3", "A-1"]);
}

#[test]
fn five_keys_at_most_are_suggested_each_once_and_none_that_was_refused() {
    let keys = |numbers: &[u8]| numbers.iter().map(|number| format!("A-{number}")).collect::<Vec<_>>();
    let reasons = [('b', keys(&[1, 2])), ('n', keys(&[2, 3, 9])), ('p', keys(&[4, 5, 6]))];
    let chosen = likeliest(reasons, &keys(&[9]));
    let text: Vec<String> = chosen.into_iter().map(|(key, why)| format!("{key} {why}")).collect();
    assert_eq!(text, ["A-1 b", "A-2 b", "A-3 n", "A-4 p", "A-5 p"]);
}
