//! The commits and refs of a repository, held in memory.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use chrono::{DateTime, FixedOffset};

use super::program::{git, git_with_input};
use super::walk::Walk;

/// Who did something to a commit, and when.
#[derive(Debug, Clone)]
pub(crate) struct Signature {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) at: DateTime<FixedOffset>,
}

/// A commit as git has it.
#[derive(Debug)]
pub(crate) struct CommitRecord {
    pub(crate) sha: String,
    pub(crate) parents: Vec<String>,
    pub(crate) tree: String,
    pub(crate) author: Signature,
    pub(crate) committer: Signature,
    /// With its final line end, where it has one.
    pub(crate) message: String,
}

/// A commit's place in a [`History`].
pub(crate) type Place = u32;

/// One moment of a repository: where its refs point, and every commit ever seen in it.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// By full name; a tag stands for the commit it marks.
    pub(crate) refs: BTreeMap<String, String>,
    /// The branch that HEAD names; it need not exist.
    pub(crate) head: Option<String>,
    commits: Vec<Arc<CommitRecord>>,
    parents: Vec<Vec<Place>>,
    places: HashMap<String, Place>,
    walks: Mutex<HashMap<Walk, Arc<Vec<Place>>>>,
}

impl History {
    /// The same commits, and those that `dir` has in addition, under other refs.
    pub(crate) fn moved_on(
        &self,
        dir: &Path,
        refs: BTreeMap<String, String>,
        head: Option<String>,
    ) -> Result<Self> {
        let mut next = Self {
            refs,
            head,
            commits: self.commits.clone(),
            parents: self.parents.clone(),
            places: self.places.clone(),
            walks: Mutex::default(),
        };
        let known: HashSet<&String> = self.refs.values().collect();
        let wanted: Vec<&String> = next.refs.values().filter(|sha| !next.places.contains_key(*sha)).collect();
        if !wanted.is_empty() {
            let read = read_commits(dir, &wanted, &known.into_iter().collect::<Vec<_>>())?;
            next.extend(read);
        }
        Ok(next)
    }

    /// The same refs with a commit that none of them reaches, where `dir` still has it.
    pub(crate) fn with_stray(&self, dir: &Path, sha: &str) -> Option<Self> {
        let kind = git(dir, &["cat-file", "-t", sha]).ok()?;
        let is_commit = String::from_utf8_lossy(&kind).trim() == "commit";
        let sha = sha.to_owned();
        let known: Vec<&String> = self.refs.values().collect();
        let read = is_commit.then(|| read_commits(dir, &[&sha], &known).ok())??;
        let mut next = Self {
            refs: self.refs.clone(),
            head: self.head.clone(),
            commits: self.commits.clone(),
            parents: self.parents.clone(),
            places: self.places.clone(),
            walks: Mutex::default(),
        };
        next.extend(read);
        Some(next)
    }

    fn extend(&mut self, read: Vec<CommitRecord>) {
        let first = self.commits.len();
        for record in read {
            let place = Place::try_from(self.commits.len()).unwrap_or(Place::MAX);
            if self.places.insert(record.sha.clone(), place).is_none() {
                self.commits.push(Arc::new(record));
            }
        }
        for record in self.commits.iter().skip(first) {
            // In a shallow clone the last parents are missing.
            let known = record.parents.iter().filter_map(|sha| self.places.get(sha).copied());
            self.parents.push(known.collect());
        }
    }

    pub(crate) fn place(&self, sha: &str) -> Option<Place> {
        self.places.get(sha).copied()
    }

    pub(crate) fn commit(&self, place: Place) -> Option<&Arc<CommitRecord>> {
        self.commits.get(place as usize)
    }

    pub(crate) fn by_sha(&self, sha: &str) -> Option<&Arc<CommitRecord>> {
        self.commit(self.place(sha)?)
    }

    pub(crate) fn parents(&self, place: Place) -> &[Place] {
        self.parents.get(place as usize).map_or(&[], Vec::as_slice)
    }

    /// When a commit was committed, in seconds of the epoch.
    pub(crate) fn committed(&self, place: Place) -> i64 {
        self.commit(place).map_or(0, |record| record.committer.at.timestamp())
    }

    /// The branches with their tips, sorted by name.
    pub(crate) fn branches(&self) -> impl Iterator<Item = (&str, &Arc<CommitRecord>)> {
        self.refs
            .iter()
            .filter_map(|(name, sha)| Some((name.strip_prefix("refs/heads/")?, self.by_sha(sha)?)))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.branches().next().is_none()
    }

    /// The default branch, where it exists.
    pub(crate) fn default_branch(&self) -> Option<&str> {
        let head = self.head.as_deref()?;
        self.refs.contains_key(&format!("refs/heads/{head}")).then_some(head)
    }

    /// The newest committer date of any branch's tip.
    pub(crate) fn newest(&self) -> Option<DateTime<FixedOffset>> {
        self.branches().map(|(_, tip)| tip.committer.at).max()
    }

    /// The SHA that a branch, a ref, a tag or an (abbreviated) SHA names.
    pub(crate) fn resolve(&self, name: &str) -> Option<String> {
        let refs = [format!("refs/heads/{name}"), format!("refs/tags/{name}"), format!("refs/{name}")];
        let found = refs.iter().map(String::as_str).chain([name]).find_map(|full| self.refs.get(full));
        let head =
            || (name == "HEAD").then(|| self.refs.get(&format!("refs/heads/{}", self.head.as_deref()?)))?;
        found.or_else(head).cloned().or_else(|| self.whole_sha(name))
    }

    fn whole_sha(&self, digits: &str) -> Option<String> {
        let looks_right = digits.len() >= 7 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let digits = looks_right.then(|| digits.to_ascii_lowercase())?;
        if self.places.contains_key(&digits) {
            return Some(digits);
        }
        let mut matches = self.places.keys().filter(|sha| sha.starts_with(&digits));
        matches.next().filter(|_| matches.next().is_none()).cloned()
    }

    /// The commits of a walk; pages of the same walk share one.
    pub(crate) fn walk(&self, walk: Walk) -> Arc<Vec<Place>> {
        let remembered = self.walks.lock().ok().and_then(|walks| walks.get(&walk).cloned());
        remembered.unwrap_or_else(|| {
            let places = Arc::new(walk.run(self));
            if let Ok(mut walks) = self.walks.lock() {
                walks.insert(walk, Arc::clone(&places));
            }
            places
        })
    }
}

const FIELD: char = '\u{1f}';

/// Reads the commits that `wanted` reach and `known` do not.
fn read_commits(dir: &Path, wanted: &[&String], known: &[&String]) -> Result<Vec<CommitRecord>> {
    let mut revisions = String::new();
    wanted.iter().for_each(|sha| revisions.push_str(&format!("{sha}\n")));
    known.iter().for_each(|sha| revisions.push_str(&format!("^{sha}\n")));
    let format = ["%H", "%T", "%P", "%an", "%ae", "%ad", "%cn", "%ce", "%cd", "%B"].join("%x1f");
    let format = format!("--format={format}");
    let arguments = [
        "log",
        "-z",
        "--date=raw",
        "--encoding=UTF-8",
        "--no-mailmap",
        "--ignore-missing",
        "--stdin",
        &format,
    ];
    let printed = git_with_input(dir, &arguments, revisions.as_bytes())?;
    let text = String::from_utf8_lossy(&printed);
    text.split('\0').filter(|record| !record.is_empty()).map(parse_commit).collect()
}

fn parse_commit(record: &str) -> Result<CommitRecord> {
    let mut fields = record.splitn(10, FIELD);
    let mut next = || fields.next().context("git log printed a record with too few fields");
    Ok(CommitRecord {
        sha: next()?.to_owned(),
        tree: next()?.to_owned(),
        parents: next()?.split_whitespace().map(str::to_owned).collect(),
        author: Signature { name: next()?.to_owned(), email: next()?.to_owned(), at: raw_date(next()?) },
        committer: Signature { name: next()?.to_owned(), email: next()?.to_owned(), at: raw_date(next()?) },
        message: next()?.to_owned(),
    })
}

/// A date as `seconds +hhmm`; what cannot be read counts as the beginning of the epoch, as in git itself.
fn raw_date(text: &str) -> DateTime<FixedOffset> {
    let (seconds, zone) = text.split_once(' ').unwrap_or((text, "+0000"));
    let zone = zone.parse::<FixedOffset>().ok();
    let moment =
        seconds.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0)).unwrap_or_default();
    zone.map_or_else(|| moment.fixed_offset(), |zone| moment.with_timezone(&zone))
}
