//! A migration that people's databases have been through is never edited: a change is a new migration.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::{assert_none, files, path, read};

/// The SHA-256 of each migration, one a line, as `sha256sum` prints them. Lines are added, never changed.
const LIST: &str = "migrations/CHECKSUMS";

/// What is wrong between the list's text and the files (name and checksum).
fn offences(list: &str, files: &BTreeMap<String, String>) -> Vec<String> {
    let listed: BTreeMap<&str, &str> =
        list.lines().filter_map(|line| line.split_once("  ")).map(|(sum, name)| (name, sum)).collect();
    let gone = listed.keys().filter(|name| !files.contains_key(**name)).map(|name| format!("{name} is gone"));
    let wrong = files.iter().filter_map(|(name, sum)| match listed.get(name.as_str()) {
        Some(known) if *known == sum => None,
        Some(_) => Some(format!("{name} was edited after its release; its checksum is now {sum}")),
        None => Some(format!("{name} is not in {LIST}; add the line: {sum}  {name}")),
    });
    gone.chain(wrong).collect()
}

fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn migrations() -> BTreeMap<String, String> {
    let sql = files().into_iter().filter(|name| name.starts_with("migrations/") && name.ends_with(".sql"));
    sql.map(|name| {
        let bytes = std::fs::read(path(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let file = name.trim_start_matches("migrations/").to_owned();
        (file, checksum(&bytes))
    })
    .collect()
}

#[test]
fn a_released_migration_is_never_edited() {
    assert_none(
        &offences(&read(LIST), &migrations()),
        "Write a new migration instead of changing one. Only a migration that no release and no other \
         person's database has seen may still change, together with its line in the list.",
    );
}

#[test]
fn migrations_are_numbered_without_a_gap() {
    for (at, name) in migrations().keys().enumerate() {
        let number = format!("{:04}_", at + 1);
        assert!(name.starts_with(&number), "{name} should begin with {number}: they run in this order");
    }
}

#[test]
fn an_edited_a_new_and_a_lost_migration_are_told_apart() {
    let files = |sum: &str| BTreeMap::from([("0001_first.sql".to_owned(), sum.to_owned())]);
    assert!(offences("aa  0001_first.sql\n", &files("aa")).is_empty(), "as it was released");
    let edited = offences("aa  0001_first.sql\n", &files("bb"));
    assert!(edited[0].contains("was edited"), "{edited:?}");
    let new = offences("", &files("aa"));
    assert!(new[0].ends_with("aa  0001_first.sql"), "the line to add is given: {new:?}");
    let lost = offences("aa  0001_first.sql\n", &BTreeMap::new());
    assert_eq!(lost, ["0001_first.sql is gone"], "people's databases have been through it");
}
