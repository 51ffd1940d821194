//! Puts together what several witnesses say of the machine.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use super::Machine;
use crate::clock::Clock;

/// How far apart two witnesses may tell of one wake. Who looks at the clock once a minute sees the jump up to a minute
/// late, and then some.
const ONE_WAKE: TimeDelta = TimeDelta::seconds(90);

/// Who has seen the machine wake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Witness {
    /// The system said so. Only where a bus is heard.
    #[cfg(any(test, not(any(target_os = "macos", windows))))]
    System,
    /// The clock jumped.
    Clock,
}

/// Tells all who look what the machine does.
#[derive(Debug)]
pub(super) struct Teller {
    told: watch::Sender<Machine>,
    /// The last wake, until its other witness has told it too.
    last_wake: Mutex<Option<(Witness, DateTime<Utc>)>>,
    clock: Arc<dyn Clock>,
}

impl Teller {
    pub(super) fn new(clock: Arc<dyn Clock>) -> (Self, watch::Receiver<Machine>) {
        let (told, machine) = watch::channel(Machine::default());
        (Self { told, last_wake: Mutex::default(), clock }, machine)
    }

    /// The machine has woken. Whoever can say so is awake.
    pub(super) fn woke(&self, witness: Witness) {
        let is_news = self.is_news(witness);
        self.change(|machine| {
            machine.is_asleep = false;
            machine.wakes += u64::from(is_news);
        });
    }

    /// Whether this wake is not the one that the other witness has told of.
    fn is_news(&self, witness: Witness) -> bool {
        let now = self.clock.now();
        let mut last = self.last_wake.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |(by, at): &mut (Witness, DateTime<Utc>)| *by != witness && (now - *at).abs() <= ONE_WAKE;
        if last.take_if(same).is_some() {
            return false;
        }
        *last = Some((witness, now));
        true
    }

    /// Changes the picture. Who looks is woken only by something new.
    fn change(&self, change: impl FnOnce(&mut Machine)) {
        self.told.send_if_modified(|machine| {
            let before = *machine;
            change(machine);
            *machine != before
        });
    }
}

/// What only a bus tells.
#[cfg(not(any(target_os = "macos", windows)))]
impl Teller {
    /// The machine is about to sleep.
    pub(super) fn sleeps(&self) {
        self.change(|machine| machine.is_asleep = true);
    }

    /// Whoever said that the machine sleeps is gone, so nobody will say that it wakes.
    pub(super) fn sleep_is_unknown(&self) {
        self.change(|machine| machine.is_asleep = false);
    }

    /// How the network stands.
    pub(super) fn network(&self, network: Option<bool>, is_metered: bool) {
        self.change(|machine| {
            machine.network = network;
            machine.is_metered = is_metered;
        });
    }

    /// The keychain has appeared, or its lock may have changed.
    pub(super) fn keychain(&self) {
        self.change(|machine| machine.keychain += 1);
    }

    /// Waits until nobody looks any more.
    pub(super) async fn unheard(&self) {
        self.told.closed().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::TestClock;

    fn stage() -> (Teller, watch::Receiver<Machine>, TestClock) {
        let clock = TestClock::at(DateTime::from_timestamp(1_771_456_500, 0).unwrap());
        let (teller, machine) = Teller::new(Arc::new(clock.clone()));
        (teller, machine, clock)
    }

    #[test]
    fn a_wake_that_two_witnesses_tell_counts_once_whoever_comes_first() {
        for (first, second) in [(Witness::System, Witness::Clock), (Witness::Clock, Witness::System)] {
            let (teller, machine, clock) = stage();
            teller.woke(first);
            clock.advance(TimeDelta::seconds(60));
            teller.woke(second);
            assert_eq!(machine.borrow().wakes, 1, "{second:?} tells what {first:?} told a minute ago");
        }
    }

    #[test]
    fn every_sleep_is_followed_by_a_wake_of_its_own() {
        let (teller, machine, clock) = stage();
        for nap in 1..=3 {
            teller.woke(Witness::System);
            clock.advance(TimeDelta::seconds(5));
            teller.woke(Witness::Clock);
            clock.advance(TimeDelta::seconds(5));
            assert_eq!(machine.borrow().wakes, nap, "naps a few seconds apart are told apart");
        }
        teller.woke(Witness::System);
        teller.woke(Witness::System);
        assert_eq!(machine.borrow().wakes, 5, "one witness does not tell a wake twice");
    }

    #[test]
    fn a_wake_hours_after_the_last_one_counts_although_another_one_tells_it() {
        let (teller, machine, clock) = stage();
        teller.woke(Witness::System);
        clock.advance(TimeDelta::hours(8));
        teller.woke(Witness::Clock);
        assert_eq!(machine.borrow().wakes, 2, "the system did not tell the second one");
    }

    #[test]
    fn a_clock_that_was_put_back_does_not_hide_a_wake() {
        let (teller, machine, clock) = stage();
        teller.woke(Witness::System);
        clock.advance(-TimeDelta::hours(2));
        teller.woke(Witness::Clock);
        assert_eq!(machine.borrow().wakes, 2, "two hours are two hours, whichever way");
    }
}
