//! What to do next: deliver, follow, wait and try again, or give up. Pure, and the same for every service.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::verdict::Verdict;
use super::{Kind, Timing};

/// What a call has been through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tries {
    /// Tries that met a passing fault.
    pub(super) failures: u32,
    /// Tries that met a limit.
    pub(super) limits: u32,
    /// How long this call has waited because the service asked for it.
    pub(super) waited: Duration,
}

/// What this moment adds to a decision.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// This machine's clock.
    pub(super) now: DateTime<Utc>,
    /// How much of the call's time is left.
    pub(super) time_left: Duration,
    /// How often in a row the account met a limit that named no wait, this time not counted.
    pub(super) unnamed_limits: u32,
    /// From 0 to 1, at random: spreads tries of several callers.
    pub(super) chance: f64,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decision {
    /// Give the answer to the caller.
    Deliver,
    /// Ask where the answer says.
    Follow,
    /// Ask again after this time.
    RetryAfter(Wait),
    /// The account is limited until then.
    Limited(DateTime<Utc>),
    /// Give up.
    Fail(Kind),
}

/// A wait, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    /// PDT's own pause after a fault; it concerns this call only.
    BackOff(Duration),
    /// The service asked for it; it concerns the whole account.
    Asked(Duration),
}

/// Decides after one try.
pub(super) fn decide(verdict: Verdict, tries: Tries, timing: &Timing, moment: Moment) -> Decision {
    match verdict {
        Verdict::Deliver => Decision::Deliver,
        Verdict::Redirect => Decision::Follow,
        Verdict::Refused(kind) => Decision::Fail(kind),
        Verdict::Passing { kind, asked } => after_fault(kind, asked, tries, timing, moment),
        Verdict::Limit { named } => after_limit(named, tries, timing, moment),
    }
}

fn after_fault(
    kind: Kind,
    asked: Option<Duration>,
    tries: Tries,
    timing: &Timing,
    moment: Moment,
) -> Decision {
    let back_off = back_off(tries.failures, timing, moment.chance);
    match asked {
        Some(asked) if asked > patience(tries, timing) => Decision::Limited(moment.now + asked),
        _ if tries.failures + 1 >= timing.tries => Decision::Fail(kind),
        Some(asked) if asked > back_off => Decision::RetryAfter(Wait::Asked(asked)),
        _ if back_off >= moment.time_left => Decision::Fail(kind),
        _ => Decision::RetryAfter(Wait::BackOff(back_off)),
    }
}

fn after_limit(named: Option<Duration>, tries: Tries, timing: &Timing, moment: Moment) -> Decision {
    let doubled = 2_u32.saturating_pow(moment.unnamed_limits.min(10));
    let wait = named.unwrap_or_else(|| timing.unnamed_wait.saturating_mul(doubled));
    if wait > patience(tries, timing) {
        return Decision::Limited(moment.now + wait);
    }
    if tries.limits + 1 >= timing.tries {
        // The waits that it named were not enough; a minute is what GitHub recommends then.
        return Decision::Limited(moment.now + wait.max(timing.unnamed_wait));
    }
    // A wait of zero is answered with a pause nonetheless, so that nobody is hammered.
    Decision::RetryAfter(Wait::Asked(wait.max(back_off(tries.limits, timing, moment.chance))))
}

/// How long this call may still wait for the service.
fn patience(tries: Tries, timing: &Timing) -> Duration {
    timing.longest_wait.saturating_sub(tries.waited)
}

/// Doubles with each failure, between half of that and all of it.
fn back_off(failures: u32, timing: &Timing, chance: f64) -> Duration {
    let whole = timing.first_backoff.saturating_mul(2_u32.saturating_pow(failures.min(10)));
    whole.mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }

    fn decided(verdict: Verdict, tries: Tries, unnamed_limits: u32) -> Decision {
        let moment = Moment { now: now(), time_left: SECOND * 100, unnamed_limits, chance: 1.0 };
        decide(verdict, tries, &Timing::default(), moment)
    }

    fn fault(asked: Option<Duration>) -> Verdict {
        Verdict::Passing { kind: Kind::Passing, asked }
    }

    fn failures(failures: u32) -> Tries {
        Tries { failures, ..Tries::default() }
    }

    fn back_off(millis: u64) -> Decision {
        Decision::RetryAfter(Wait::BackOff(Duration::from_millis(millis)))
    }

    fn asked(wait: Duration) -> Decision {
        Decision::RetryAfter(Wait::Asked(wait))
    }

    #[test]
    fn a_passing_fault_is_tried_four_times_with_doubled_pauses() {
        assert_eq!(decided(fault(None), failures(0), 0), back_off(500));
        assert_eq!(decided(fault(None), failures(1), 0), back_off(1000));
        assert_eq!(decided(fault(None), failures(2), 0), back_off(2000));
        assert_eq!(
            decided(fault(None), failures(3), 0),
            Decision::Fail(Kind::Passing),
            "the fourth try was the last"
        );
    }

    #[test]
    fn chance_halves_a_pause_at_most() {
        let pause = |chance| super::back_off(1, &Timing::default(), chance);
        assert_eq!(pause(0.0), Duration::from_millis(500));
        assert_eq!(pause(0.5), Duration::from_millis(750));
        assert_eq!(pause(7.0), Duration::from_millis(1000), "never longer than the pause itself");
    }

    #[test]
    fn a_call_without_time_left_does_not_start_another_pause() {
        let moment =
            Moment { now: now(), time_left: Duration::from_millis(400), unnamed_limits: 0, chance: 1.0 };
        let decision = decide(fault(None), failures(0), &Timing::default(), moment);
        assert_eq!(decision, Decision::Fail(Kind::Passing));
    }

    #[test]
    fn a_refusal_is_never_tried_again() {
        let refused = Verdict::Refused(Kind::TokenRefused);
        assert_eq!(decided(refused, failures(0), 0), Decision::Fail(Kind::TokenRefused));
    }

    #[test]
    fn a_wait_that_a_broken_service_asks_for_is_waited() {
        assert_eq!(decided(fault(Some(SECOND * 7)), failures(0), 0), asked(SECOND * 7));
        assert_eq!(
            decided(fault(Some(SECOND / 10)), failures(0), 0),
            back_off(500),
            "but not less than a pause"
        );
        let long = decided(fault(Some(SECOND * 90)), failures(0), 0);
        assert_eq!(long, Decision::Limited(now() + SECOND * 90), "longer than a run waits");
    }

    #[test]
    fn a_named_limit_is_waited_up_to_a_minute_in_all() {
        let limit = |seconds| Verdict::Limit { named: Some(SECOND * seconds) };
        assert_eq!(decided(limit(60), failures(0), 0), asked(SECOND * 60));
        assert_eq!(decided(limit(61), failures(0), 0), Decision::Limited(now() + SECOND * 61));
        let waited = Tries { waited: SECOND * 50, limits: 1, ..Tries::default() };
        assert_eq!(decided(limit(10), waited, 0), asked(SECOND * 10), "ten seconds of patience are left");
        assert_eq!(decided(limit(11), waited, 0), Decision::Limited(now() + SECOND * 11), "and no more");
        assert_eq!(decided(limit(0), failures(0), 0), asked(SECOND / 2), "zero is a pause all the same");
        let often = Tries { limits: 3, ..Tries::default() };
        assert_eq!(
            decided(limit(1), often, 0),
            Decision::Limited(now() + SECOND * 60),
            "its waits do not help"
        );
    }

    #[test]
    fn an_unnamed_limit_is_a_minute_and_longer_each_time() {
        let unnamed = Verdict::Limit { named: None };
        assert_eq!(decided(unnamed.clone(), failures(0), 0), asked(SECOND * 60));
        assert_eq!(decided(unnamed.clone(), failures(0), 1), Decision::Limited(now() + SECOND * 120));
        assert_eq!(decided(unnamed.clone(), failures(0), 2), Decision::Limited(now() + SECOND * 240));
        let after_years = decided(unnamed, failures(0), u32::MAX);
        assert_eq!(after_years, Decision::Limited(now() + SECOND * 61_440), "it does not grow without end");
    }
}
