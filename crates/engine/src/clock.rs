//! Where the time comes from: the system in earnest, a clock that can be moved in tests.

use std::fmt::Debug;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use tokio::sync::watch;

/// Tells the time. Every date that PDT stores or compares comes from one of these.
pub trait Clock: Debug + Send + Sync {
    /// The present moment, in UTC.
    fn now(&self) -> DateTime<Utc>;

    /// Waits until a moment, as far as it can be told now: a machine that sleeps meanwhile, or whose clock is set,
    /// comes back late or early. Who waits for long looks again.
    fn sleep_until(&self, moment: DateTime<Utc>) -> BoxFuture<'static, ()> {
        let left = moment.signed_duration_since(self.now()).to_std().unwrap_or_default();
        Box::pin(tokio::time::sleep(left))
    }
}

/// The wall clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    /// tokio keeps its timers in slots, the coarser the later they are due, and wakes the processor for each slot that
    /// begins: some seconds before the end of a minute's sleep once more. This one, which the buses bring along, wakes
    /// it once.
    #[cfg(not(any(target_os = "macos", windows)))]
    fn sleep_until(&self, moment: DateTime<Utc>) -> BoxFuture<'static, ()> {
        let left = moment.signed_duration_since(self.now()).to_std().unwrap_or_default();
        Box::pin(async move {
            async_io::Timer::after(left).await;
        })
    }
}

/// A clock that stands still until it is moved. Clones are the same clock. Who sleeps by it wakes when it is moved
/// there.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<watch::Sender<DateTime<Utc>>>);

impl TestClock {
    /// A clock that stands at `now`.
    #[must_use]
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Arc::new(watch::Sender::new(now)))
    }

    /// Moves the clock on by `step`, or back where `step` is negative.
    pub fn advance(&self, step: TimeDelta) {
        self.0.send_modify(|now| *now += step);
    }

    /// Sets the clock to `now`, as a machine does that slept or whose time was corrected.
    pub fn set(&self, now: DateTime<Utc>) {
        self.0.send_replace(now);
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.borrow()
    }

    fn sleep_until(&self, moment: DateTime<Utc>) -> BoxFuture<'static, ()> {
        let mut now = self.0.subscribe();
        Box::pin(async move {
            // A clock that is gone stands still for ever.
            if now.wait_for(|now| moment <= *now).await.is_err() {
                std::future::pending::<()>().await;
            }
        })
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
