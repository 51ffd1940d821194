//! Reading a text once, from left to right, for what has the shape of a key.
//!
//! The time is linear in the length of the text: no part of it is looked at more than a fixed number of times.

use std::ops::Range;

use super::is_number;

/// A word, a hyphen and a number that nothing continues.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    /// Where the word begins in the text, in bytes.
    pub(super) start: usize,
    /// The word before the hyphen, as far as it goes to the left.
    pub(super) word: &'a str,
    /// The number after the hyphen.
    pub(super) number: &'a str,
    /// The word that another hyphen joins to this one: `feature` in `feature-ABC-1`.
    pub(super) joined: Option<&'a str>,
    /// The text behind the number.
    pub(super) after: &'a str,
}

impl<'a> Candidate<'a> {
    /// The word, then what follows each of its underscores, longest first: a project's key may hold
    /// underscores, and an underscore may also part it from another word (`fix_ABC-1`).
    pub(super) fn projects(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let word = self.word;
        let tails = word.match_indices('_').filter_map(|(at, _)| word.get(at + 1..));
        std::iter::once(word).chain(tails)
    }
}

/// Everything in the text that has the shape of a key, in order.
pub(super) fn candidates(text: &str) -> impl Iterator<Item = Candidate<'_>> {
    let mut previous: Range<usize> = 0..0;
    words(text).filter_map(move |range| {
        let before = std::mem::replace(&mut previous, range.clone());
        let (number, after) = number_behind(text.get(range.end..)?)?;
        let joined = match text.get(before.end..range.start) {
            Some("-") if !before.is_empty() => text.get(before),
            _ => None,
        };
        Some(Candidate { start: range.start, word: text.get(range)?, number, joined, after })
    })
}

/// The places of the longest runs of characters that make a word.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(is_of_a_word)?;
        let rest = text.get(start..)?;
        at = start + rest.find(|c| !is_of_a_word(c)).unwrap_or(rest.len());
        Some(start..at)
    })
}

/// Whether the character joins a neighbour to a longer word. Scripts without letter case (Chinese, Japanese)
/// write their words without spaces, so that a key may stand right beside them.
fn is_of_a_word(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_lowercase() || c.is_uppercase()))
}

/// A hyphen and a number at the start of the text, and what follows them. An underscore ends a number, a letter
/// makes it something else.
fn number_behind(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('-')?;
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, after) = text.split_at(end);
    let goes_on = after.starts_with(|c| c != '_' && is_of_a_word(c));
    (is_number(number) && !goes_on).then_some((number, after))
}

/// The places in a text that hold an e-mail address or a mention (`@name`).
pub(super) struct MailAddresses(Vec<Range<usize>>);

impl MailAddresses {
    /// Whether the place, in bytes, lies inside one.
    pub(super) fn contain(&self, place: usize) -> bool {
        let next = self.0.partition_point(|range| range.end <= place);
        self.0.get(next).is_some_and(|range| range.contains(&place))
    }
}

/// Finds every `@` with what belongs to an address on both sides of it.
pub(super) fn mail_addresses(text: &str) -> MailAddresses {
    let is_foreign = |c: char| !c.is_alphanumeric() && !"._%+-".contains(c);
    let around = |at: usize| {
        let left = text.get(..at)?;
        let right = text.get(at + 1..)?;
        let start = left.char_indices().rev().take_while(|(_, c)| !is_foreign(*c)).last();
        let length = right.find(is_foreign).unwrap_or(right.len());
        (length > 0).then(|| start.map_or(at, |(start, _)| start)..at + 1 + length)
    };
    MailAddresses(text.match_indices('@').filter_map(|(at, _)| around(at)).collect())
}
