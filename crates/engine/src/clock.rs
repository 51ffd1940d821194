//! Where the time comes from: the system in earnest, a clock that can be moved in tests.

use std::fmt::Debug;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time. Every date that PDT stores or compares comes from one of these.
pub trait Clock: Debug + Send + Sync {
    /// The present moment, in UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// The wall clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// A clock that stands still until it is moved. Clones are the same clock.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<Mutex<DateTime<Utc>>>);

impl TestClock {
    /// A clock that stands at `now`.
    #[must_use]
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    /// Moves the clock on by `step`, or back where `step` is negative.
    pub fn advance(&self, step: TimeDelta) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += step;
    }

    /// Sets the clock to `now`, as a machine does that slept or whose time was corrected.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_clock_moves_only_when_told_and_clones_move_with_it() {
        let start = DateTime::from_timestamp(1_771_456_500, 0).unwrap();
        let clock = TestClock::at(start);
        let same: Arc<dyn Clock> = Arc::new(clock.clone());
        assert_eq!(same.now(), start, "it stands where it was put");
        clock.advance(TimeDelta::minutes(15));
        assert_eq!(same.now(), start + TimeDelta::minutes(15), "who holds a clone sees the move");
        clock.set(start);
        assert_eq!(same.now(), start, "a clock may go back");
    }
}
