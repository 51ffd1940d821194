//! When a loop runs next. Pure: the time and what is known come in, one step comes out.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::run::Trigger;

use crate::machine::Machine;

/// How long a machine that has just woken is left alone: its network needs some seconds.
const SETTLING: TimeDelta = TimeDelta::seconds(10);

/// How long a run after waking waits for a network that the system says is not there yet.
const NETWORK_PATIENCE: TimeDelta = TimeDelta::seconds(60);

/// A pause before a run that something has just made possible: several such things come together.
const SOON: TimeDelta = TimeDelta::seconds(3);

/// Who is later than this for no known reason has slept.
const LATE: TimeDelta = TimeDelta::seconds(30);

/// The wait before the first try again after a fault that passes. It doubles with each try, up to the interval.
const FIRST_RETRY: TimeDelta = TimeDelta::seconds(60);

/// A limit may be long, and may be lifted by another token: a run looks again after so long at the latest, without
/// asking who still wants not to be asked.
const LONGEST_LIMIT: TimeDelta = TimeDelta::hours(1);

/// How much later than a limit's end a run begins at most, so that not everybody comes in its first second.
const LIMIT_SPREAD_SECONDS: f64 = 10.0;

/// What is known beside the time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Conditions {
    /// What keeps every run from beginning.
    pub(crate) hold: Option<Hold>,
    /// What the system tells.
    pub(crate) machine: Machine,
}

/// What keeps every run from beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hold {
    /// The loops are switched off.
    Off,
    /// A pause, until then or until it is ended.
    Pause(Option<DateTime<Utc>>),
    /// The machine is about to sleep.
    Sleep,
    /// The network is metered, and the person wants no sync there.
    Metered,
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// To run.
    Run(Trigger),
    /// To wait until then, or until something is known that was not.
    Wait(Option<DateTime<Utc>>),
}

/// What a run that has ended means for the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// The next one comes at its time.
    AsUsual,
    /// Nothing came, for a reason that may pass soon.
    TryAgain(Reason),
    /// A service of this loop wants no request before.
    Limited {
        /// Until when.
        until: DateTime<Utc>,
        /// Whether nobody else is left to ask.
        is_all: bool,
    },
}

/// Why nothing came, where that may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There is no network.
    Offline,
    /// The keychain gives no token.
    Keychain,
    /// A service failed.
    Service,
}

/// The plan of one loop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Schedule {
    interval: TimeDelta,
    /// The time for which the last run was planned, or at which it began unplanned.
    last: DateTime<Utc>,
    due: DateTime<Utc>,
    trigger: Trigger,
    skipped: u32,
    /// Tries in a row that brought nothing.
    failures: u32,
    /// Whether the next run is one that something has just made possible, and whether the last one was.
    is_hastened: bool,
    was_hastened: bool,
    outlook: Outlook,
    /// The machine as it was looked at last.
    machine: Machine,
    /// Until when a run that is due waits for the network.
    network_deadline: Option<DateTime<Utc>>,
    /// Whether there is a known reason for being late.
    is_excused: bool,
}

impl Schedule {
    /// Begins: the first run is due at once.
    pub(crate) fn begin(now: DateTime<Utc>, interval: Duration, skipped: u32, machine: Machine) -> Self {
        Self {
            interval: span(interval),
            last: now,
            due: now,
            trigger: Trigger::Start,
            skipped,
            failures: 0,
            is_hastened: false,
            was_hastened: false,
            outlook: Outlook::AsUsual,
            machine,
            network_deadline: None,
            is_excused: true,
        }
    }

    /// When the next run is planned.
    pub(crate) fn due(&self) -> DateTime<Utc> {
        self.due
    }

    /// How often a run was due while one was still going.
    pub(crate) fn skipped(&self) -> u32 {
        self.skipped
    }

    /// Another interval holds from now on, counted from the last run.
    pub(crate) fn set_interval(&mut self, interval: Duration) {
        let interval = span(interval);
        if interval != self.interval {
            self.interval = interval;
            let next = later(self.last, interval);
            self.due = match self.outlook {
                Outlook::TryAgain(_) => next.min(self.due),
                Outlook::AsUsual | Outlook::Limited { .. } => next,
            };
            self.is_excused = true;
        }
    }

    /// What to do now.
    pub(crate) fn look(&mut self, now: DateTime<Utc>, conditions: &Conditions) -> Step {
        self.hear(now, &conditions.machine);
        // A clock that was put back must not keep the loop waiting for a day.
        self.due = self.due.min(later(now, self.longest_wait()));
        if let Some(hold) = conditions.hold {
            self.is_excused = true;
            return Step::Wait(hold.end());
        }
        if self.is_late(now) {
            self.wake(now);
        }
        let waits_for_network = conditions.machine.network == Some(false)
            && self.network_deadline.is_some_and(|deadline| now < deadline);
        match () {
            () if now < self.due => Step::Wait(Some(self.due)),
            () if waits_for_network => Step::Wait(self.network_deadline),
            () => Step::Run(self.trigger),
        }
    }

    /// Whether the run should have begun some time ago, for no known reason: the machine has slept.
    pub(crate) fn is_late(&self, now: DateTime<Utc>) -> bool {
        let is_excused = self.is_excused || self.network_deadline.is_some();
        !is_excused && now.signed_duration_since(self.due) > LATE
    }

    /// A run has ended that began at `started`. `chance` is from 0 to 1 and spreads tries.
    pub(crate) fn ended(
        &mut self,
        started: DateTime<Utc>,
        now: DateTime<Utc>,
        outlook: Outlook,
        chance: f64,
    ) {
        let was_planned = (TimeDelta::zero()..LATE).contains(&started.signed_duration_since(self.due));
        let slot = if was_planned { self.due } else { started };
        self.failures =
            if matches!(outlook, Outlook::TryAgain(_)) { self.failures.saturating_add(1) } else { 0 };
        self.outlook = outlook;
        let next = self.next_slot(slot, now);
        self.due = match outlook {
            Outlook::AsUsual => next,
            Outlook::TryAgain(_) => next.min(later(now, retry(self.failures, chance))),
            Outlook::Limited { until, .. } if until <= now => next,
            Outlook::Limited { until, is_all: true } => later(until, spread(chance)),
            Outlook::Limited { until, is_all: false } => next.min(later(until, spread(chance))),
        };
        self.planned();
    }

    /// A run has ended in whose midst the machine slept: what it brought may be old, and what was due meanwhile was
    /// not skipped because of it.
    pub(crate) fn ended_after_sleep(&mut self, now: DateTime<Utc>, outlook: Outlook) {
        (self.failures, self.outlook, self.last) = (0, outlook, now);
        self.wake(now);
    }

    /// The run was stopped, or kept from beginning, by what holds every run. It is made up for when that ends.
    pub(crate) fn cut_short(&mut self, now: DateTime<Utc>) {
        self.planned();
        (self.last, self.due, self.is_excused) = (now, now, true);
    }

    /// The run that was due could not begin, because one is still going.
    pub(crate) fn was_going(&mut self, now: DateTime<Utc>) {
        self.skipped = self.skipped.saturating_add(1);
        self.due = self.next_slot(self.due, now);
        self.planned();
    }

    /// The first time after now at which a run is planned, counted from `slot`. What lies between is skipped.
    fn next_slot(&mut self, slot: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        self.last = slot;
        let passed = now.signed_duration_since(slot).max(TimeDelta::zero());
        let missed = passed.num_milliseconds() / self.interval.num_milliseconds().max(1);
        self.skipped = self.skipped.saturating_add(u32::try_from(missed).unwrap_or(u32::MAX));
        let steps = i32::try_from(missed).unwrap_or(i32::MAX).saturating_add(1);
        self.last = later(slot, self.interval.checked_mul(steps - 1).unwrap_or_default());
        later(self.last, self.interval)
    }

    fn planned(&mut self) {
        self.was_hastened = std::mem::take(&mut self.is_hastened);
        self.trigger = Trigger::Schedule;
        self.network_deadline = None;
        self.is_excused = false;
    }

    /// Takes in what has become of the machine since the last look.
    fn hear(&mut self, now: DateTime<Utc>, machine: &Machine) {
        let was = std::mem::replace(&mut self.machine, *machine);
        if machine.wakes != was.wakes {
            self.failures = 0;
            if self.due <= later(now, SETTLING) {
                self.wake(now);
            }
        }
        let is_back = machine.network == Some(true) && was.network != Some(true);
        let Outlook::TryAgain(reason) = self.outlook else { return };
        match reason {
            Reason::Offline | Reason::Service if is_back => self.hasten(now, Trigger::Wake),
            Reason::Keychain if machine.keychain != was.keychain => self.hasten(now, Trigger::Schedule),
            Reason::Offline | Reason::Service | Reason::Keychain => {}
        }
    }

    /// One run catches up for all that were due while the machine slept.
    fn wake(&mut self, now: DateTime<Utc>) {
        self.due = later(now, SETTLING);
        self.trigger = Trigger::Wake;
        self.network_deadline = Some(later(now, NETWORK_PATIENCE));
        self.is_excused = false;
    }

    fn hasten(&mut self, now: DateTime<Utc>, trigger: Trigger) {
        // A keychain that dies of being asked appears anew each time.
        let soonest = if self.was_hastened { later(self.last, FIRST_RETRY) } else { now };
        let soon = later(now, SOON).max(soonest);
        if soon < self.due {
            (self.due, self.trigger, self.is_hastened) = (soon, trigger, true);
        }
    }

    fn longest_wait(&self) -> TimeDelta {
        match self.outlook {
            Outlook::Limited { .. } => self.interval.max(LONGEST_LIMIT),
            Outlook::AsUsual | Outlook::TryAgain(_) => self.interval,
        }
    }
}

impl Hold {
    /// When it ends by itself.
    pub(crate) fn end(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Pause(end) => end,
            Self::Off | Self::Sleep | Self::Metered => None,
        }
    }
}

/// The wait after so many tries that brought nothing: doubled each time, a fifth more or less by chance.
fn retry(failures: u32, chance: f64) -> TimeDelta {
    let doubled = FIRST_RETRY * 2_i32.pow(failures.saturating_sub(1).min(10));
    let spread = (0.8 + 0.4 * chance.clamp(0.0, 1.0)) * 1000.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is between 800 and 1200")]
    let thousandths = spread as i32;
    doubled * thousandths / 1000
}

fn spread(chance: f64) -> TimeDelta {
    #[expect(clippy::cast_possible_truncation, reason = "it is between 0 and 10,000")]
    let milliseconds = (LIMIT_SPREAD_SECONDS * chance.clamp(0.0, 1.0) * 1000.0) as i64;
    TimeDelta::milliseconds(milliseconds)
}

/// An interval may be as long as 292 years; a century is for ever.
fn span(interval: Duration) -> TimeDelta {
    const FOREVER: TimeDelta = TimeDelta::days(36_500);
    TimeDelta::from_std(interval).unwrap_or(FOREVER).min(FOREVER)
}

fn later(time: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    time.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests;
