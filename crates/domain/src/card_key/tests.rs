use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

fn only(projects: &[&str]) -> KnownProjects {
    KnownProjects::Only(projects.iter().map(|&project| project.to_owned()).collect())
}

fn texts(keys: &[CardKey]) -> Vec<&str> {
    keys.iter().map(CardKey::as_str).collect()
}

fn unknown(message: &str) -> Vec<String> {
    keys_in_message(message, &KnownProjects::NotYet).into_iter().map(String::from).collect()
}

fn unknown_branch(name: &str) -> Vec<String> {
    keys_in_branch(name, &KnownProjects::NotYet).into_iter().map(String::from).collect()
}

#[test]
fn all_keys_of_all_lines_are_found_once_in_order() {
    let message = "ABC-12: do it\r\n\nSee DEF_2-7 and ABC-12, A1-3.\n\nCloses: ZZ-9999999";
    assert_eq!(unknown(message), ["ABC-12", "DEF_2-7", "A1-3", "ZZ-9999999"]);
    assert!(unknown("").is_empty() && unknown("no key at all\n").is_empty());
}

#[test]
fn a_key_may_stand_beside_punctuation() {
    for message in [
        "foo/ABC-1",
        "[ABC-1]",
        "#ABC-1",
        "ABC-1: x",
        "(ABC-1)",
        "\"ABC-1\"",
        "ABC-1.",
        "ABC-1, and",
        "ABC-1/x",
        "x,ABC-1;",
        "*ABC-1*",
        "ABC-1's",
        "ABC-1_fix",
        "-ABC-1",
        "--ABC-1",
        "Fix-ABC-1",
        "done.ABC-1",
        "https://site.example/browse/ABC-1",
        "https://site.example/browse/ABC-1?focused=2",
        "https://site.example/x?key=ABC-1&y=2",
        "see ABC-1…",
        "Merge branch 'fix_ABC-1_thing'",
        "修复ABC-1问题",
        "ABC-1の修正",
    ] {
        assert_eq!(unknown(message), ["ABC-1"], "{message:?}");
    }
}

#[test]
fn a_key_is_never_a_part_of_something_longer() {
    assert_eq!(unknown("XABC-1"), ["XABC-1"], "a longer word is its own key");
    for message in [
        "xABC-1",
        "1ABC-1",
        "éABC-1",
        "ÉABC-1",
        "ABC-1x",
        "ABC-1é",
        "ABC-1X",
        "ABC-01",
        "ABC-0",
        "ABC-",
        "ABC--1",
        "ABC- 1",
        "ABC -1",
        "ABC_1",
        "A-1",
        "v1.2-3",
        "1-2",
        "-1",
        "ABC-12345678",
        "ABC-2.0",
        "LIB-2.0-1",
        "ABC\u{2011}1",
        "ABCé-1",
        "_-1",
        "a_B-1",
    ] {
        assert!(unknown(message).is_empty(), "{message:?} holds no key");
    }
}

#[test]
fn before_any_jira_account_exists_only_upper_case_keys_count() {
    for message in ["abc-1", "Abc-1", "aBC-1", "see abc-1", "abc_d-1"] {
        assert!(unknown(message).is_empty(), "{message:?} is not upper case");
    }
    assert_eq!(unknown_branch("feature/abc-12-do-it"), Vec::<String>::new());
}

#[test]
fn look_alikes_never_count_before_any_jira_account_exists() {
    for message in [
        "UTF-8",
        "UTF-16",
        "SHA-256",
        "SHA-1",
        "SHA-3",
        "ISO-8859-1",
        "HTTP-2",
        "RFC-2119",
        "CVE-2024-1",
        "CVE-2024-1234",
        "CWE-79",
        "IEEE-754",
        "AES-256",
        "MD-5",
        "RSA-2048",
        "TLS-1",
        "X-1",
        "GPT-4",
        "PEP-8",
        "ECMA-262",
        "ES-6",
        "EC-2",
        "en_US.UTF-8",
        "CHARSET_UTF-8",
        "fix_UTF-8",
        "(UTF-8)",
        "RHSA-2024:1",
        "GH-12",
        "GPL-2",
        "LGPL-2.1",
        "X86-64",
        "GO-2024-2611",
        "RELEASE-2024-05-01",
        "ISO-IEC-27001",
        "550E8400-E29B-4123-A716-446655440000",
        "COVID-19",
        "UTC-8",
    ] {
        assert!(unknown(message).is_empty(), "{message:?} is no card");
        assert!(unknown_branch(message).is_empty(), "{message:?} is no card in a branch either");
    }
    assert_eq!(unknown("ABC-7: read UTF-8 with SHA-256"), ["ABC-7"], "the key beside them does");
}

#[test]
fn a_number_after_a_key_leaves_it_one_unless_the_first_is_a_year() {
    assert_eq!(unknown("ABC-1-2"), ["ABC-1"], "a second try at ABC-1");
    assert_eq!(unknown("ABC-2024"), ["ABC-2024"], "a number may look like a year");
    assert_eq!(unknown("ABC-2024-fix"), ["ABC-2024"]);
    assert!(unknown("ABC-2024-17").is_empty(), "notices of every vendor are numbered by year");
}

#[test]
fn keys_of_known_projects_count_in_any_letter_case_and_no_others_do() {
    let known = only(&["ABC", "UTF", "MY_PROJ", "PROJ"]);
    let message = "abc-1 Abc-2 ABC-3 utf-8 DEF-4 my_proj-5 other_proj-6 ABC-2024-7 X-abc-8 ABC-9.1";
    let keys = keys_in_message(message, &known);
    let expected = ["ABC-1", "ABC-2", "ABC-3", "UTF-8", "MY_PROJ-5", "PROJ-6", "ABC-2024", "ABC-8", "ABC-9"];
    assert_eq!(texts(&keys), expected);
    assert!(keys_in_message("ABC-1 def-2 UTF-8", &only(&[])).is_empty(), "no project known, no key");
    assert!(keys_in_message("xabc-1 abc-1x", &only(&["ABC"])).is_empty(), "words stay whole");
}

#[test]
fn e_mail_addresses_and_mentions_hold_no_keys() {
    let known = only(&["ABC"]);
    for message in [
        "Co-authored-by: Joe <ABC-12@example.com>",
        "joe@ABC-12.example",
        "joe.ABC-12@example.com",
        "ABC-12.joe@example.com",
        "thanks @ABC-12!",
        "@abc-12",
    ] {
        assert!(keys_in_message(message, &known).is_empty(), "{message:?} with a known project");
        assert!(unknown(message).is_empty(), "{message:?} with none");
    }
    assert_eq!(unknown("a@b.example ABC-1 c@d.example"), ["ABC-1"], "what stands between them does");
    assert_eq!(unknown("a@b.example/ABC-1"), ["ABC-1"]);
    assert_eq!(unknown("ABC-1@"), ["ABC-1"], "an at sign alone is no address");
}

#[test]
fn a_branch_name_holds_keys_like_a_message() {
    assert_eq!(unknown_branch("feature/ABC-12-do-it"), ["ABC-12"]);
    assert_eq!(unknown_branch("ABC-12_fix"), ["ABC-12"], "an underscore ends a key");
    assert_eq!(unknown_branch("fix_ABC-12"), ["ABC-12"], "and parts it from a word in small letters");
    assert_eq!(unknown_branch("ABC-1-DEF-2"), ["ABC-1", "DEF-2"]);
    assert_eq!(unknown_branch("ABC-1_DEF-2+GHI-3"), ["ABC-1", "DEF-2", "GHI-3"]);
    assert_eq!(unknown_branch("joe@ABC-12"), ["ABC-12"], "branches have no addresses");
    assert!(unknown_branch("main").is_empty());
    let known = only(&["ABC", "DEF"]);
    assert_eq!(texts(&keys_in_branch("feature/abc-12-do-it", &known)), ["ABC-12"]);
    assert_eq!(texts(&keys_in_branch("abc-1/def-2/ABC-1", &known)), ["ABC-1", "DEF-2"]);
    assert_eq!(texts(&keys_in_branch("feature_abc-12_def-3", &known)), ["ABC-12", "DEF-3"]);
}

#[test]
fn one_key_is_read_in_any_letter_case() {
    assert_eq!(CardKey::parse("abc-12").unwrap().as_str(), "ABC-12");
    assert_eq!(CardKey::parse("my_p2-1").unwrap().project(), "MY_P2");
    assert_eq!(CardKey::parse("UTF-8").unwrap().as_str(), "UTF-8", "a person may mean it");
    for wrong in [
        "", "ABC", "ABC-", "ABC-0", "ABC-01", "A-1", " ABC-1", "ABC-1 ", "ABC-1-2", "1AB-1", "ÄBC-1", "ABC-١",
    ] {
        assert!(CardKey::parse(wrong).is_err(), "{wrong:?} is no key");
    }
    let sentence = CardKey::parse("ABC").unwrap_err().to_string();
    assert_eq!(sentence, "\"ABC\" is not a card key; write it like ABC-123");
}

#[test]
fn a_provenance_is_one_of_three_words() {
    for provenance in [Provenance::Message, Provenance::Branch, Provenance::Manual] {
        assert_eq!(provenance.as_str().parse(), Ok(provenance));
    }
    assert!("Message".parse::<Provenance>().is_err());
}

#[test]
fn a_huge_message_takes_linear_time() {
    let million = 1_000_000;
    let parts = [
        "A",
        "A_",
        "ABC-1 ",
        "ABC-1.",
        "a@",
        "@",
        "A-",
        "a_-1",
        "1",
        "ABC-11111111",
        "é",
        "-",
        "x.y@z.ABC-1 ",
    ];
    let known = only(&["ABC", "A_A"]);
    for part in parts {
        let message = part.repeat(million / part.len());
        let began = Instant::now();
        let found =
            keys_in_message(&message, &KnownProjects::NotYet).len() + keys_in_message(&message, &known).len();
        assert!(found <= 4, "{part:?}: {found} keys, each only once");
        // Quadratic work on a million characters would take minutes.
        assert!(began.elapsed() < Duration::from_secs(10), "{part:?} took {:?}", began.elapsed());
    }
}

proptest! {
    #[test]
    fn whatever_is_found_is_a_key(text in any::<String>(), near in "([a-cA-Cé_@./ \\-]|[0-9]|ABC-1|abc-2){0,40}") {
        for text in [text, near] {
            let found = [
                keys_in_message(&text, &KnownProjects::NotYet),
                keys_in_branch(&text, &KnownProjects::NotYet),
                keys_in_message(&text, &only(&["ABC", "AB", "A_B"])),
            ];
            for keys in found {
                for key in &keys {
                    prop_assert_eq!(CardKey::parse(key.as_str()), Ok(key.clone()));
                    prop_assert!(text.to_ascii_uppercase().contains(key.as_str()));
                }
                let unique: HashSet<_> = keys.iter().collect();
                prop_assert_eq!(unique.len(), keys.len());
            }
        }
    }

    #[test]
    fn letter_case_does_not_matter_once_a_project_is_known(text in "([a-cA-C_@./ \\-]|[0-9]|abc-2){0,40}") {
        let known = only(&["ABC", "AB", "A_B"]);
        prop_assert_eq!(keys_in_message(&text, &known), keys_in_message(&text.to_ascii_uppercase(), &known));
        prop_assert_eq!(keys_in_branch(&text, &known), keys_in_branch(&text.to_ascii_uppercase(), &known));
    }

    #[test]
    fn a_key_on_a_line_of_its_own_is_found(project in "Q[A-Z0-9]{1,9}", number in 1_u32..10_000_000) {
        let key = format!("{project}-{number}");
        let found = keys_in_message(&format!("Do it\n\n{key}\n"), &KnownProjects::NotYet);
        prop_assert_eq!(texts(&found), [key.as_str()]);
    }
}
