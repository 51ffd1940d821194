//! A run as text that can be shown to others.
//!
//! Errors are sentences of PDT's own with names in them, and some repeat what a service has said. What is known by
//! name becomes `repository 1`; of all the rest only those words stay that PDT itself uses, so that nothing slips
//! through that nobody has thought of.

use std::collections::HashSet;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, NaiveTime};
use pdt_store::Repository;

use super::receipt::Receipt;
use super::{Known, RunAccountDto, RunEntryDto, RunSummaryDto};

/// What stands for everything that is left out.
const LEFT_OUT: &str = "…";

/// Of what an entry skipped, so many are told one by one; nobody reads thousands.
const MOST_SKIPPED: usize = 50;

/// The words of PDT's own sentences.
static WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("words.txt").split_whitespace().collect());

/// What happened in a run, without names.
pub(super) fn text(run: &RunSummaryDto, receipt: &Receipt, known: Known<'_>) -> String {
    let names = Names::of(receipt, known);
    let mut lines = vec![format!("PDT run of {}, trigger: {}", run.r#loop, run.trigger)];
    lines.push(format!("Started: {}", run.started_at.format("%Y-%m-%d %H:%M:%S UTC")));
    let ended = run.finished_at.map(|time| time.format("%Y-%m-%d %H:%M:%S UTC").to_string());
    lines.push(format!("Ended: {}", ended.as_deref().unwrap_or("it goes on")));
    lines.push(format!("Outcome: {}", run.outcome.unwrap_or("none yet")));
    lines.extend(run.reason.as_ref().map(|reason| format!("Reason: {}", names.redacted(reason))));
    lines.extend(run.error.as_ref().map(|error| format!("Error: {}", names.redacted(error))));
    lines.push(format!("Requests: {}, new: {}, changed: {}", run.requests, run.new, run.changed));
    lines.extend(receipt.entries.iter().flat_map(|entry| names.entry(entry)));
    if !receipt.unchanged.is_empty() {
        lines.push(format!("Unchanged: {} repositories", receipt.unchanged.len()));
    }
    lines.extend(receipt.accounts.iter().map(|account| names.account(account)));
    lines.join("\n")
}

/// Names with what stands for them, the longest first: one may be the beginning of another.
struct Names(Vec<(String, String)>);

impl Names {
    fn of(receipt: &Receipt, known: Known<'_>) -> Self {
        let mut names = Self(Vec::new());
        let read = receipt.entries.iter().map(|entry| entry.name.clone());
        let asked = receipt.accounts.iter().map(|account| account.name.clone());
        let accounts: Vec<String> =
            known.accounts.iter().map(|row| row.name.to_string()).chain(asked).collect();
        let (accounts_read, repositories_read): (Vec<_>, Vec<_>) =
            read.partition(|name| accounts.contains(name));
        let repositories = known.repositories.iter().map(Repository::full_name).chain(repositories_read);
        names.add("repository", repositories);
        names.add("account", accounts.into_iter().chain(accounts_read));
        names.add("part", receipt.parts.iter().cloned());
        names.add("profile", [known.profile.to_string()]);
        names.0.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        names
    }

    fn add(&mut self, what: &str, names: impl IntoIterator<Item = String>) {
        let mut count = 0;
        let mut known: HashSet<String> = self.0.iter().map(|(name, _)| name.clone()).collect();
        for name in names {
            if !name.is_empty() && known.insert(name.clone()) {
                count += 1;
                self.0.push((name, format!("{what} {count}")));
            }
        }
    }

    fn standing_for(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| other == name).map_or(LEFT_OUT, |(_, instead)| instead.as_str())
    }

    fn entry(&self, entry: &RunEntryDto) -> Vec<String> {
        let RunEntryDto { name, fetched, new, changed, places, read, skipped, error } = entry;
        let mut lines = vec![format!(
            "{}: {fetched} fetched, {new} new, {changed} changed, {read} of {places} read",
            self.standing_for(name)
        )];
        lines.extend(error.iter().map(|error| format!("  error: {}", self.redacted(error))));
        let told = skipped.iter().take(MOST_SKIPPED);
        lines.extend(told.map(|skipped| format!("  skipped: {}", self.redacted(skipped))));
        let more = skipped.len().saturating_sub(MOST_SKIPPED);
        lines.extend((more > 0).then(|| format!("  skipped: and {more} more")));
        lines
    }

    fn account(&self, account: &RunAccountDto) -> String {
        let mut line = format!("{}: {} requests", self.standing_for(&account.name), account.requests);
        if let Some(remaining) = account.remaining {
            line.push_str(&format!(", {remaining} left"));
        }
        if let Some(limit) = account.limit {
            line.push_str(&format!(" of {limit}"));
        }
        if let Some(resets_at) = account.resets_at {
            line.push_str(&format!(", all again at {}", resets_at.format("%Y-%m-%d %H:%M UTC")));
        }
        line
    }

    /// A sentence without names and without anything that PDT does not say by itself.
    fn redacted(&self, sentence: &str) -> String {
        let parts = self.parts(sentence);
        let mut words: Vec<&str> = Vec::new();
        for word in parts.iter().flat_map(Part::words) {
            if word != LEFT_OUT || words.last() != Some(&LEFT_OUT) {
                words.push(word);
            }
        }
        words.join(" ")
    }

    /// The sentence cut at every known name.
    fn parts<'a>(&'a self, sentence: &'a str) -> Vec<Part<'a>> {
        let mut parts = vec![Part::Text(sentence)];
        for (name, instead) in &self.0 {
            parts = parts.into_iter().flat_map(|part| part.cut(name, instead)).collect();
        }
        parts
    }
}

/// A part of a sentence.
enum Part<'a> {
    /// As it was written.
    Text(&'a str),
    /// What stands for a name.
    Instead(&'a str),
}

impl<'a> Part<'a> {
    fn cut(self, name: &str, instead: &'a str) -> Vec<Self> {
        let Self::Text(mut text) = self else { return vec![self] };
        let mut parts = Vec::new();
        while let Some((before, after)) = cut_at(text, name) {
            parts.extend([Self::Text(before), Self::Instead(instead)]);
            text = after;
        }
        parts.push(Self::Text(text));
        parts
    }

    fn words(&self) -> Vec<&'a str> {
        match self {
            Self::Instead(instead) => vec![*instead],
            Self::Text(text) => text.split_whitespace().map(kept).collect(),
        }
    }
}

/// What stands before and after a name, where it is not only a part of a longer word.
fn cut_at<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    let is_part = |c: char| c.is_alphanumeric();
    text.match_indices(name).find_map(|(at, _)| {
        let (before, after) = (text.get(..at)?, text.get(at + name.len()..)?);
        let is_whole = !before.ends_with(is_part) && !after.starts_with(is_part);
        is_whole.then_some((before, after))
    })
}

/// The word, if PDT itself says it; numbers and times are everybody's.
fn kept(word: &str) -> &str {
    let core = word.trim_start_matches(['(', '"']).trim_end_matches(['.', ',', ';', ':', ')', '"']);
    let is_known = core.is_empty() || is_number(core) || WORDS.contains(core.to_lowercase().as_str());
    if is_known { word } else { LEFT_OUT }
}

/// A count, a day, a time of day or an instant: not the address of a machine, which is made of digits as well.
fn is_number(word: &str) -> bool {
    let is_count = (1..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    is_count
        || word.parse::<NaiveDate>().is_ok()
        || word.parse::<NaiveTime>().is_ok()
        || DateTime::parse_from_rfc3339(word).is_ok()
}

#[cfg(test)]
mod tests;
