//! What an account's calls have to know of each other: a wait that the service asked for concerns them all.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::Instant;

/// The account's limits as its calls met them.
#[derive(Debug, Default)]
pub(super) struct Gate {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Nobody sends before.
    open_at: Option<Instant>,
    /// The run does without this account until then.
    limited_until: Option<DateTime<Utc>>,
    /// How often in a row a limit came without a wait.
    unnamed_limits: u32,
}

impl Gate {
    /// How long a call has to wait before it may send.
    pub(super) fn pause(&self) -> Duration {
        self.lock().open_at.map_or(Duration::ZERO, |open| open.saturating_duration_since(Instant::now()))
    }

    /// Keeps everybody from sending for so long.
    pub(super) fn close_for(&self, wait: Duration) {
        let mut state = self.lock();
        let until = Instant::now() + wait;
        state.open_at = Some(state.open_at.map_or(until, |open| open.max(until)));
    }

    /// Until when the account is limited, if it still is at `now`.
    pub(super) fn limited_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.lock().limited_until.filter(|until| *until > now)
    }

    /// Notes that the account is limited; a later time that is known already stays.
    pub(super) fn limit(&self, until: DateTime<Utc>) {
        let mut state = self.lock();
        state.limited_until = Some(state.limited_until.map_or(until, |known| known.max(until)));
    }

    /// How often in a row the service limited the account without naming a wait.
    pub(super) fn unnamed_limits(&self) -> u32 {
        self.lock().unnamed_limits
    }

    /// Notes a limit without a wait, met by a request that was sent when `known` such limits were. Requests that
    /// were under way together meet the same limit, which counts once.
    pub(super) fn note_unnamed_limit(&self, known: u32) {
        let mut state = self.lock();
        if state.unnamed_limits == known {
            state.unnamed_limits = known.saturating_add(1);
        }
    }

    /// Notes that a request sent when `known` such limits were met was answered: that series is over.
    pub(super) fn note_success(&self, known: u32) {
        let mut state = self.lock();
        if state.unnamed_limits == known {
            state.unnamed_limits = 0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn a_wait_concerns_everybody_and_the_longest_counts() {
        let gate = Gate::default();
        assert_eq!(gate.pause(), Duration::ZERO, "nobody has asked for a wait");
        gate.close_for(2 * HOUR);
        gate.close_for(HOUR);
        assert!(gate.pause() > HOUR, "a shorter wait of another call opens nothing");
    }

    #[test]
    fn a_limit_ends_by_itself_and_a_later_time_stays() {
        let (gate, now) = (Gate::default(), DateTime::UNIX_EPOCH);
        gate.limit(now + 2 * HOUR);
        gate.limit(now + HOUR);
        assert_eq!(gate.limited_until(now), Some(now + 2 * HOUR));
        assert_eq!(gate.limited_until(now + 2 * HOUR), None, "its time has come");
    }

    #[test]
    fn requests_that_were_under_way_together_meet_one_limit() {
        let gate = Gate::default();
        let known = gate.unnamed_limits();
        gate.note_unnamed_limit(known);
        gate.note_unnamed_limit(known);
        assert_eq!(gate.unnamed_limits(), 1, "four requests in flight are not four warnings");
        gate.note_success(known);
        assert_eq!(gate.unnamed_limits(), 1, "nor is an answer from before the limit its end");
        gate.note_unnamed_limit(1);
        assert_eq!(gate.unnamed_limits(), 2, "the next one is");
        gate.note_success(2);
        assert_eq!(gate.unnamed_limits(), 0, "an answer after it ends the series");
    }
}
