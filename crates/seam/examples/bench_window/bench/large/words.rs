//! What people write and are called.

use super::dice::Dice;

/// A word that a handful of the oldest commits have.
pub(crate) const RARE: &str = "zyzzyva";

const VERBS: &[&str] =
    &["Add", "Fix", "Remove", "Rename", "Speed up", "Test", "Document", "Revert", "Simplify"];
const THINGS: &[&str] = &[
    "the login page",
    "retries of payments",
    "paging of orders",
    "the cache of prices",
    "time zones in reports",
    "the export to CSV",
    "logging of requests",
    "the search index",
    "access rights",
    "translations",
    "the nightly import",
    "Umlaute in Straßennamen",
    "検索の並び順",
    "stock levels",
    "the health check",
];
const WHYS: &[&str] = &[
    "It was slow with many rows.",
    "Customers asked for it.",
    "Two requests at once could lose one.",
    "Nobody used it any more.",
    "It failed on the first day of a month.",
    "The old way needed a restart.",
    "See the discussion in the last review.",
    "Déjà vu: this came back after the last release.",
];
const FIRST: &[&str] =
    &["Ada", "Grace", "Linus", "Margaret", "Dennis", "Barbara", "Edsger", "Zoë", "Søren", "明"];
const LAST: &[&str] = &["Lovelace", "Hopper", "Müller", "Østergård"];

/// Forty people.
pub(super) const PEOPLE: usize = FIRST.len() * LAST.len();

/// One of the people: name and e-mail address.
pub(super) fn person(number: usize) -> (String, String) {
    let (first, last) = (number % FIRST.len(), number / FIRST.len() % LAST.len());
    let name = |words: &[&str], at: usize| words.get(at).copied().unwrap_or_default().to_owned();
    (format!("{} {}", name(FIRST, first), name(LAST, last)), format!("dev{number}@example.org"))
}

/// A title.
pub(super) fn title(dice: &mut Dice) -> String {
    format!("{} {}", dice.pick(VERBS), dice.pick(THINGS))
}

/// A commit's message: a title, and often some lines. One in fifty is long.
pub(super) fn message(dice: &mut Dice, keys: &[String]) -> String {
    let title = title(dice);
    let mut text = if keys.is_empty() { title } else { format!("{}: {title}", keys.join(" ")) };
    if dice.percent(60) {
        text.push_str("\n\n");
        text.push_str(&prose(dice, 1));
    }
    if dice.percent(2) {
        text.push_str("\n\n");
        text.push_str(&prose(dice, 60));
    }
    text
}

/// Some sentences, two to four for each of `size`.
pub(super) fn prose(dice: &mut Dice, size: usize) -> String {
    let sentences = size * 2 + dice.below(size * 2 + 1);
    (0..sentences).map(|_| dice.pick(WHYS)).collect::<Vec<_>>().join(" ")
}
