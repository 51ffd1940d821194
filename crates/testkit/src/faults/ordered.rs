//! The faults that wait for their requests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Action, Fault};
use crate::far::asked::Asked;

/// Tells how often an ordered fault has happened.
#[derive(Debug, Clone, Default)]
pub struct Happened(Arc<AtomicUsize>);

impl Happened {
    /// How many requests it has met so far.
    #[must_use]
    pub fn times(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Ordered>>);

#[derive(Debug)]
struct Ordered {
    fault: Fault,
    met: usize,
    happened: Happened,
}

impl Faults {
    pub(crate) fn order(&self, fault: Fault) -> Happened {
        let happened = Happened::default();
        let ordered = Ordered { fault, met: 0, happened: happened.clone() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(ordered);
        happened
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The gates that this request has to pass, and at the end at most one other action.
    pub(crate) fn take(&self, asked: &Asked, route: &[String]) -> Vec<Action> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut due = Vec::new();
        for ordered in faults.iter_mut().filter(|ordered| ordered.fault.spot.matches(asked, route)) {
            let spot = &ordered.fault.spot;
            // Those still to be let pass are counted even where an earlier fault takes the request.
            if ordered.met < spot.skip {
                ordered.met += 1;
            } else if ordered.happened.times() < spot.times && !is_full(&due) {
                ordered.happened.0.fetch_add(1, Ordering::SeqCst);
                due.push(ordered.fault.action.clone());
            }
        }
        due
    }
}

fn is_full(due: &[Action]) -> bool {
    due.last().is_some_and(|last| !matches!(last, Action::Wait(_)))
}
