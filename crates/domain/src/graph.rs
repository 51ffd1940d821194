//! The history of one repository as far as PDT has seen it, and the questions a sync asks of it: what is
//! still unread behind a tip, and which commits does a branch reach.
//!
//! The place that an interrupted read has reached is nowhere written down: it follows from the history. A
//! kept commit whose parent was never seen is an open end, and an open end is where reading goes on.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::commit::Commit;
use crate::ids::Sha;

/// How PDT regards a commit that it has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Older than the window: known for its place in history only, and nothing behind it is wanted.
    Outside,
    /// Not recorded, but what lies behind it is wanted: its own date cannot be believed.
    Passed,
    /// Recorded, and what lies behind it is wanted.
    Kept,
}

/// A date before 1971 is a clock that was never set: such clocks begin at 1970 and count up.
const FIRST_BELIEVABLE_SECOND: i64 = 31_536_000;

/// From when on commits are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Commits whose committer date is this instant or later: a repository's first run.
    Since(DateTime<Utc>),
    /// Every commit that was not there before, however old its dates: every later run.
    Everything,
}

impl Window {
    /// What becomes of a commit of this committer date that a read has come across.
    #[must_use]
    pub fn standing(self, committed_at: DateTime<Utc>) -> Standing {
        match self {
            Self::Since(start) if committed_at < start && is_believable(committed_at) => Standing::Outside,
            Self::Since(start) if committed_at < start => Standing::Passed,
            Self::Since(_) | Self::Everything => Standing::Kept,
        }
    }
}

/// Whether a clock that had been set can have shown this.
#[must_use]
pub fn is_believable(instant: DateTime<Utc>) -> bool {
    instant.timestamp() >= FIRST_BELIEVABLE_SECOND
}

/// A commit together with what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The commit.
    pub commit: Commit,
    /// How PDT regards it.
    pub standing: Standing,
}

#[derive(Debug, Clone)]
struct Node {
    parents: Vec<Sha>,
    standing: Standing,
}

/// What is known of one repository's history.
#[derive(Debug, Clone, Default)]
pub struct History {
    nodes: HashMap<Sha, Node>,
    settled: HashSet<Sha>,
}

impl History {
    /// A repository of which nothing is known.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a commit. One that is known already keeps the higher standing.
    pub fn insert(&mut self, sha: Sha, parents: Vec<Sha>, standing: Standing) {
        let node = self.nodes.entry(sha).or_insert(Node { parents, standing });
        node.standing = node.standing.max(standing);
    }

    /// Adds what a read has brought.
    pub fn insert_page(&mut self, page: &[Placed]) {
        for Placed { commit, standing } in page {
            self.insert(commit.sha.clone(), commit.parents.clone(), *standing);
        }
    }

    /// Declares that everything wanted behind this tip is known.
    pub fn settle(&mut self, tip: &Sha) {
        let mut waiting = vec![tip.clone()];
        while let Some(sha) = waiting.pop() {
            if let Some(node) = self.nodes.get(&sha)
                && !self.settled.contains(&sha)
            {
                waiting.extend(node.parents.iter().cloned());
            }
            self.settled.insert(sha);
        }
    }

    /// Whether everything wanted behind this commit, itself included, is known.
    #[must_use]
    pub fn is_settled(&self, sha: &Sha) -> bool {
        self.settled.contains(sha)
    }

    /// Whether this commit has been seen, settled or not.
    #[must_use]
    pub fn contains(&self, sha: &Sha) -> bool {
        self.nodes.contains_key(sha)
    }

    /// Whether anything at all is settled.
    #[must_use]
    pub fn has_settled(&self) -> bool {
        !self.settled.is_empty()
    }

    /// Whether a clock that was never set has been met in this repository.
    #[must_use]
    pub fn has_wrong_clocks(&self) -> bool {
        self.nodes.values().any(|node| node.standing == Standing::Passed)
    }

    /// The commits that must still be read so that everything wanted behind `tip` is known, in the order in
    /// which they were met. Empty: nothing is missing.
    #[must_use]
    pub fn open_ends(&self, tip: &Sha) -> Vec<Sha> {
        let mut open = Vec::new();
        self.walk(tip, |sha, node| match node {
            _ if self.settled.contains(sha) => Step::Stop,
            Some(node) if node.standing == Standing::Outside => Step::Stop,
            Some(_) => Step::Behind,
            None => {
                open.push(sha.clone());
                Step::Stop
            }
        });
        open
    }

    /// What of `page` lies behind `tip` and is not settled, if that closes the history behind `tip`; `None`
    /// if something would still be missing.
    #[must_use]
    pub fn closed_by(&self, tip: &Sha, page: &[Commit]) -> Option<HashSet<Sha>> {
        let page: HashMap<&Sha, &Commit> = page.iter().map(|commit| (&commit.sha, commit)).collect();
        let mut new = HashSet::new();
        let mut seen = HashSet::new();
        let mut waiting = vec![tip.clone()];
        while let Some(sha) = waiting.pop() {
            if self.settled.contains(&sha) || !seen.insert(sha.clone()) {
                continue;
            }
            match (self.nodes.get(&sha), page.get(&sha)) {
                (Some(node), _) if node.standing == Standing::Outside => {}
                (Some(node), _) => waiting.extend(node.parents.iter().cloned()),
                (None, Some(commit)) => {
                    waiting.extend(commit.parents.iter().cloned());
                    new.insert(sha);
                }
                (None, None) => return None,
            }
        }
        Some(new)
    }

    /// The recorded commits that `tip` reaches, itself included.
    #[must_use]
    pub fn reach(&self, tip: &Sha) -> HashSet<Sha> {
        let mut reached = HashSet::new();
        self.walk(tip, |sha, node| match node {
            Some(node) => {
                if node.standing == Standing::Kept {
                    reached.insert(sha.clone());
                }
                Step::Behind
            }
            None => Step::Stop,
        });
        reached
    }

    /// Whether `tip` reaches `ancestor`, as far as the seen history tells. A commit that was never seen is
    /// still recognised as the parent of one that was.
    #[must_use]
    pub fn reaches(&self, tip: &Sha, ancestor: &Sha) -> bool {
        let mut found = false;
        self.walk(tip, |sha, _| {
            found |= sha == ancestor;
            if found { Step::Stop } else { Step::Behind }
        });
        found
    }

    /// Visits every commit behind `tip` once, `tip` first.
    fn walk(&self, tip: &Sha, mut visit: impl FnMut(&Sha, Option<&Node>) -> Step) {
        let mut seen = HashSet::from([tip]);
        let mut waiting = vec![tip];
        while let Some(sha) = waiting.pop() {
            let node = self.nodes.get(sha);
            if let (Step::Behind, Some(node)) = (visit(sha, node), node) {
                waiting.extend(node.parents.iter().filter(|parent| seen.insert(parent)));
            }
        }
    }
}

/// Whether a walk goes on behind the commit it has just visited.
enum Step {
    Behind,
    Stop,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sha(n: u32) -> Sha {
        Sha::parse(&format!("{n:040x}")).unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn commit(n: u32, parents: &[u32]) -> Commit {
        Commit {
            sha: sha(n),
            parents: parents.iter().copied().map(sha).collect(),
            message: String::new(),
            author: String::new(),
            author_email: String::new(),
            authored_at: at("2026-01-01T00:00:00Z"),
            committed_at: at("2026-01-01T00:00:00Z"),
        }
    }

    fn history(nodes: &[(u32, &[u32], Standing)]) -> History {
        let mut history = History::new();
        for (n, parents, standing) in nodes {
            history.insert(sha(*n), parents.iter().copied().map(sha).collect(), *standing);
        }
        history
    }

    #[test]
    fn an_unseen_tip_is_an_open_end() {
        assert_eq!(History::new().open_ends(&sha(1)), [sha(1)], "nothing of it was read");
    }

    #[test]
    fn reading_goes_on_at_the_unseen_parents_of_kept_commits() {
        let history = history(&[(9, &[8, 7], Standing::Kept), (8, &[6], Standing::Kept)]);
        let mut open = history.open_ends(&sha(9));
        open.sort();
        assert_eq!(open, [sha(6), sha(7)], "both lines were cut here");
    }

    #[test]
    fn nothing_is_wanted_behind_a_commit_outside_the_window() {
        let history = history(&[(9, &[8], Standing::Kept), (8, &[7], Standing::Outside)]);
        assert!(history.open_ends(&sha(9)).is_empty(), "8 is old, and so is all behind it");
    }

    #[test]
    fn a_commit_with_an_unbelievable_date_hides_nothing() {
        let history = history(&[(9, &[8], Standing::Kept), (8, &[7], Standing::Passed)]);
        assert_eq!(
            history.open_ends(&sha(9)),
            [sha(7)],
            "a clock set to 1970 says nothing of what is behind"
        );
    }

    #[test]
    fn a_settled_tip_closes_what_leads_to_it_even_if_it_was_never_seen() {
        let mut history = history(&[(9, &[8, 5], Standing::Kept), (8, &[7], Standing::Kept)]);
        history.settle(&sha(8));
        history.settle(&sha(5));
        assert!(history.open_ends(&sha(9)).is_empty(), "8 was declared complete, 5 a stale branch's tip");
        assert!(history.is_settled(&sha(7)), "what lies behind a settled tip is settled");
    }

    #[test]
    fn a_page_closes_the_history_only_if_every_line_ends_in_something_settled() {
        let mut history = history(&[(1, &[], Standing::Kept)]);
        history.settle(&sha(1));
        let page = [commit(4, &[3, 2]), commit(3, &[1]), commit(2, &[1]), commit(8, &[1])];
        let new = history.closed_by(&sha(4), &page).expect("all lines end at 1");
        assert_eq!(new, HashSet::from([sha(4), sha(3), sha(2)]), "8 is not behind 4");
        assert_eq!(history.closed_by(&sha(4), &page[..2]), None, "2 is missing");
    }

    #[test]
    fn reach_counts_recorded_commits_only_and_passes_through_the_others() {
        let history = history(&[
            (9, &[8], Standing::Kept),
            (8, &[7], Standing::Passed),
            (7, &[6], Standing::Kept),
            (6, &[5], Standing::Outside),
        ]);
        assert_eq!(history.reach(&sha(9)), HashSet::from([sha(9), sha(7)]), "8 and 6 have no record");
        assert!(history.reaches(&sha(9), &sha(5)), "5 is a parent of what was seen");
        assert!(!history.reaches(&sha(7), &sha(9)), "a child is not an ancestor");
    }

    #[test]
    fn a_commit_seen_again_never_falls_in_standing() {
        let mut history = history(&[(9, &[8], Standing::Kept)]);
        history.insert(sha(9), vec![sha(8)], Standing::Outside);
        assert_eq!(history.reach(&sha(9)), HashSet::from([sha(9)]), "a record stays a record");
    }

    #[test]
    fn the_window_goes_by_committer_date_and_begins_with_its_first_second() {
        let window = Window::Since(at("2026-01-10T00:00:00Z"));
        assert_eq!(window.standing(at("2026-01-10T00:00:00Z")), Standing::Kept, "the first second counts");
        assert_eq!(
            window.standing(at("2026-01-09T23:59:59Z")),
            Standing::Outside,
            "the second before does not"
        );
        assert_eq!(window.standing(at("1970-01-01T00:00:00Z")), Standing::Passed, "that clock was never set");
        assert_eq!(
            window.standing(at("2099-01-01T00:00:00Z")),
            Standing::Kept,
            "a future date is in the window"
        );
        assert_eq!(
            Window::Everything.standing(at("1970-01-01T00:00:00Z")),
            Standing::Kept,
            "it was pushed since"
        );
    }

    #[test]
    fn a_long_history_needs_no_deep_stack() {
        let mut history = History::new();
        for n in 1..200_000 {
            history.insert(sha(n), vec![sha(n - 1)], Standing::Kept);
        }
        assert_eq!(history.open_ends(&sha(199_999)), [sha(0)], "only the root is missing");
        history.settle(&sha(199_999));
        assert!(history.is_settled(&sha(0)), "settling goes to the end");
    }
}
