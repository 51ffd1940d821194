//! Walks through a history in the order of `git log`.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use super::history::{History, Place};

/// How `since` treats what lies behind a commit that is too old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Since {
    /// It is not seen: a walk does not go on behind a commit that is too old, as `git log --since` does.
    #[default]
    StopsAtOlderCommits,
    /// It is seen: every commit is judged by itself, as `git log --since-as-filter` does.
    Filters,
}

/// Which commits to list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Walk {
    /// The commits to begin at.
    pub(crate) from: Vec<Place>,
    /// Whatever these reach is left out.
    pub(crate) without: Vec<Place>,
    /// Only commits committed then or later, in seconds of the epoch.
    pub(crate) since: Option<i64>,
    /// Only commits committed then or earlier, in seconds of the epoch.
    pub(crate) until: Option<i64>,
    pub(crate) mode: Since,
}

impl Walk {
    /// Newest committer date first, equal ones in the order in which they were met.
    pub(super) fn run(&self, history: &History) -> Vec<Place> {
        let left_out = history.ancestors(&self.without);
        let mut seen = HashSet::new();
        let mut waiting = BinaryHeap::new();
        let mut met = 0_usize;
        let mut meet = |place: Place, waiting: &mut BinaryHeap<_>| {
            if !left_out.contains(&place) && seen.insert(place) {
                waiting.push((history.committed(place), Reverse(met), place));
                met += 1;
            }
        };
        self.from.iter().for_each(|place| meet(*place, &mut waiting));
        let mut listed = Vec::new();
        while let Some((committed, _, place)) = waiting.pop() {
            let too_old = self.since.is_some_and(|since| committed < since);
            if too_old && self.mode == Since::StopsAtOlderCommits {
                continue;
            }
            history.parents(place).iter().for_each(|parent| meet(*parent, &mut waiting));
            if !too_old && self.until.is_none_or(|until| committed <= until) {
                listed.push(place);
            }
        }
        listed
    }
}

impl History {
    /// These commits and all behind them.
    pub(crate) fn ancestors(&self, from: &[Place]) -> HashSet<Place> {
        let mut seen: HashSet<Place> = from.iter().copied().collect();
        let mut waiting = from.to_vec();
        while let Some(place) = waiting.pop() {
            let new = self.parents(place).iter().copied().filter(|parent| seen.insert(*parent));
            waiting.extend(new);
        }
        seen
    }
}
