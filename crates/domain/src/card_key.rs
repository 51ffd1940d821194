//! Card keys: what one looks like, and where they stand in a message or a branch's name.

mod look_alike;
mod scan;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use scan::Candidate;

/// The longest project key that a Jira administrator can allow; the default is 10
/// (<https://confluence.atlassian.com/adminjiraserver/changing-the-project-key-format-938847081.html>).
const LONGEST_PROJECT: usize = 255;

/// More digits than any site's card numbers have; dates and build numbers have them.
const LONGEST_NUMBER: usize = 7;

/// A Jira card's key in upper case: `ABC-123`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CardKey(String);

/// The text is no card key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a card key; write it like ABC-123")]
pub struct NotACardKey(String);

impl CardKey {
    /// Reads one key in any letter case, with nothing around it.
    ///
    /// # Errors
    /// [`NotACardKey`] for anything else; a long text is cut in the message.
    pub fn parse(text: &str) -> Result<Self, NotACardKey> {
        match text.split_once('-') {
            Some((project, number)) if is_project(project) && is_number(number) => {
                Ok(Self::of(project, number))
            }
            _ => Err(NotACardKey(text.chars().take(80).collect())),
        }
    }

    /// The key of a project and a number that were found to be such.
    fn of(project: &str, number: &str) -> Self {
        Self(format!("{}-{number}", project.to_ascii_uppercase()))
    }

    /// The key in upper case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The project's key: what stands before the hyphen.
    #[must_use]
    pub fn project(&self) -> &str {
        self.0.split_once('-').map_or("", |(project, _)| project)
    }
}

impl fmt::Display for CardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CardKey {
    type Err = NotACardKey;

    fn from_str(text: &str) -> Result<Self, NotACardKey> {
        Self::parse(text)
    }
}

impl TryFrom<String> for CardKey {
    type Error = NotACardKey;

    fn try_from(text: String) -> Result<Self, NotACardKey> {
        Self::parse(&text)
    }
}

impl From<CardKey> for String {
    fn from(key: CardKey) -> Self {
        key.0
    }
}

/// Where the link between a commit and a card comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// The key stands in the commit's message.
    Message,
    /// The key stands in the name of a branch that reaches the commit.
    Branch,
    /// A person said so.
    Manual,
}

impl Provenance {
    /// The word stored in the database and shown in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Branch => "branch",
            Self::Manual => "manual",
        }
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The word names no provenance of a link.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown provenance {0:?}")]
pub struct UnknownProvenance(String);

impl FromStr for Provenance {
    type Err = UnknownProvenance;

    fn from_str(text: &str) -> Result<Self, UnknownProvenance> {
        [Self::Message, Self::Branch, Self::Manual]
            .into_iter()
            .find(|provenance| provenance.as_str() == text)
            .ok_or_else(|| UnknownProvenance(text.to_owned()))
    }
}

/// Which projects' keys count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownProjects {
    /// No Jira account exists: upper-case keys of any project count, except those that look like a standard, a
    /// cipher or a security notice (`UTF-8`, `SHA-256`, `CVE-2024-1`).
    NotYet,
    /// The projects known, in upper case: their keys count in any letter case, and no others do.
    Only(BTreeSet<String>),
}

impl KnownProjects {
    /// The part of the candidate's word that is a project whose keys count.
    fn choose<'a>(&self, candidate: &Candidate<'a>) -> Option<&'a str> {
        let mut projects = candidate.projects().filter(|text| is_project(text));
        match self {
            Self::NotYet => look_alike::first_unsuspicious(candidate, projects),
            Self::Only(known) => projects.find(|text| known.contains(&text.to_ascii_uppercase())),
        }
    }
}

/// The keys in a commit's message, all lines: upper-cased, each once, in the order of their first place. Keys
/// inside e-mail addresses and mentions do not count.
#[must_use]
pub fn keys_in_message(message: &str, known: &KnownProjects) -> Vec<CardKey> {
    let addresses = scan::mail_addresses(message);
    let candidates = scan::candidates(message).filter(|candidate| !addresses.contain(candidate.start));
    keys(candidates, known)
}

/// The keys in a branch's name, likewise.
#[must_use]
pub fn keys_in_branch(name: &str, known: &KnownProjects) -> Vec<CardKey> {
    keys(scan::candidates(name), known)
}

fn keys<'a>(candidates: impl Iterator<Item = Candidate<'a>>, known: &KnownProjects) -> Vec<CardKey> {
    let mut seen = HashSet::new();
    candidates
        .filter_map(|candidate| Some(CardKey::of(known.choose(&candidate)?, candidate.number)))
        .filter(|key| seen.insert(key.clone()))
        .collect()
}

/// Jira's default pattern, in any letter case: a letter, then letters, digits or underscores
/// (<https://confluence.atlassian.com/adminjiraserver/changing-the-project-key-format-938847081.html>).
fn is_project(text: &str) -> bool {
    (2..=LONGEST_PROJECT).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_number(text: &str) -> bool {
    (1..=LONGEST_NUMBER).contains(&text.len())
        && !text.starts_with('0')
        && text.bytes().all(|byte| byte.is_ascii_digit())
}
