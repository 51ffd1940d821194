//! A repository under observation: its history in memory, kept fresh, and what was seen to happen to its refs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use chrono::{DateTime, SubsecRound, Utc};

use super::GitRepo;
use super::history::History;
use super::program::{git, git_line};

/// What happened to a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefChange {
    Created,
    Deleted,
    Pushed,
    Rewritten,
}

/// One observed change of one branch.
#[derive(Debug, Clone)]
pub(crate) struct RefEvent {
    pub(crate) id: u64,
    /// The full name.
    pub(crate) refname: String,
    /// Zeros where there was nothing before.
    pub(crate) before: String,
    /// Zeros where there is nothing now.
    pub(crate) after: String,
    pub(crate) change: RefChange,
    pub(crate) seen_at: DateTime<Utc>,
}

/// A repository at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub(crate) history: Arc<History>,
    /// Oldest first.
    pub(crate) events: Arc<Vec<RefEvent>>,
    /// When its refs were last seen to change; at first, the newest commit's date.
    pub(crate) pushed_at: Option<DateTime<Utc>>,
    /// Grows with every observed change of a ref.
    pub(crate) generation: u64,
}

/// A repository that is asked for its refs whenever somebody wants to know.
#[derive(Debug)]
pub(crate) struct Watched {
    repo: GitRepo,
    state: Mutex<Option<(Vec<u8>, Snapshot)>>,
}

impl Watched {
    pub(crate) fn new(repo: GitRepo) -> Self {
        Self { repo, state: Mutex::new(None) }
    }

    /// The repository as it is now. Costs one short git command while no ref has moved.
    pub(crate) fn now(&self) -> Result<Snapshot> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let print = self.fingerprint()?;
        match &*state {
            Some((known, snapshot)) if *known == print => return Ok(snapshot.clone()),
            Some(_) | None => {}
        }
        let previous = state.take().map(|(_, snapshot)| snapshot);
        // Where a ref moves meanwhile, the next print tells.
        let snapshot = self.look(previous)?;
        *state = Some((print, snapshot.clone()));
        Ok(snapshot)
    }

    /// The repository as it is now, with the commit `sha` although no ref reaches it, where git still has it.
    pub(crate) fn now_with(&self, sha: &str) -> Result<Snapshot> {
        let snapshot = self.now()?;
        let complete = matches!(sha.len(), 40 | 64) && sha.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !complete || snapshot.history.by_sha(sha).is_some() {
            return Ok(snapshot);
        }
        let Some(history) = snapshot.history.with_stray(self.repo.path(), sha) else { return Ok(snapshot) };
        let snapshot = Snapshot { history: Arc::new(history), ..snapshot };
        if let Some((_, kept)) = self.state.lock().unwrap_or_else(PoisonError::into_inner).as_mut()
            && kept.generation == snapshot.generation
        {
            *kept = snapshot.clone();
        }
        Ok(snapshot)
    }

    /// The best common ancestor, as git finds it.
    pub(crate) fn merge_base(&self, one: &str, other: &str) -> Option<String> {
        git_line(self.repo.path(), &["merge-base", one, other]).ok().filter(|sha| !sha.is_empty())
    }

    /// HEAD's own text, then all refs as they stand: git need not open a single object for it.
    fn fingerprint(&self) -> Result<Vec<u8>> {
        let mut print = self.head();
        print.extend(git(self.repo.path(), &["for-each-ref", "--format=%(objectname) %(refname)"])?);
        Ok(print)
    }

    fn head(&self) -> Vec<u8> {
        std::fs::read(self.repo.path().join("HEAD")).unwrap_or_default()
    }

    fn look(&self, previous: Option<Snapshot>) -> Result<Snapshot> {
        // A detached HEAD is a bare SHA, which names no branch.
        let head =
            String::from_utf8_lossy(&self.head()).trim().strip_prefix("ref: refs/heads/").map(str::to_owned);
        let format = "--format=%(objectname) %(*objectname) %(refname)";
        let listed = git(self.repo.path(), &["for-each-ref", format])?;
        let refs = parse_refs(&String::from_utf8_lossy(&listed));
        let Some(previous) = previous else {
            let history = History::default().moved_on(self.repo.path(), refs, head)?;
            let pushed_at = history.newest().map(|date| date.to_utc());
            return Ok(Snapshot {
                history: Arc::new(history),
                events: Arc::default(),
                pushed_at,
                generation: 0,
            });
        };
        let history = previous.history.moved_on(self.repo.path(), refs, head)?;
        let now = Utc::now().trunc_subsecs(0);
        let mut events = previous.events.as_ref().clone();
        events.extend(changes(&previous.history, &history, now, events.len()));
        Ok(Snapshot {
            history: Arc::new(history),
            events: Arc::new(events),
            pushed_at: Some(now),
            generation: previous.generation + 1,
        })
    }
}

fn parse_refs(listed: &str) -> BTreeMap<String, String> {
    let parse = |line: &str| {
        let (object, rest) = line.split_once(' ')?;
        let (peeled, name) = rest.split_once(' ')?;
        let sha = if peeled.is_empty() { object } else { peeled };
        Some((name.to_owned(), sha.to_owned()))
    };
    listed.lines().filter_map(parse).collect()
}

fn changes(before: &History, after: &History, now: DateTime<Utc>, known: usize) -> Vec<RefEvent> {
    let names = before.refs.keys().chain(after.refs.keys().filter(|name| !before.refs.contains_key(*name)));
    let mut events = Vec::new();
    for name in names.filter(|name| name.starts_with("refs/heads/")) {
        let (old, new) = (before.refs.get(name), after.refs.get(name));
        let change = match (old, new) {
            (None, _) => RefChange::Created,
            (_, None) => RefChange::Deleted,
            (Some(old), Some(new)) if old == new => continue,
            (Some(old), Some(new)) if reaches(after, new, old) => RefChange::Pushed,
            (Some(_), Some(_)) => RefChange::Rewritten,
        };
        let zeros = "0".repeat(old.or(new).map_or(40, String::len));
        events.push(RefEvent {
            id: (known + events.len() + 1) as u64,
            refname: name.clone(),
            before: old.unwrap_or(&zeros).clone(),
            after: new.unwrap_or(&zeros).clone(),
            change,
            seen_at: now,
        });
    }
    events
}

fn reaches(history: &History, tip: &str, sha: &str) -> bool {
    let (Some(tip), Some(sha)) = (history.place(tip), history.place(sha)) else { return false };
    history.ancestors(&[tip]).contains(&sha)
}
