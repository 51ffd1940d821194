//! What an answer's headers say about the service's limits. Pure: headers and a time in, durations out.
//!
//! GitHub: <https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api>,
//! GitLab: <https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers>,
//! Jira: <https://developer.atlassian.com/cloud/jira/platform/rate-limiting/>.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, Utc};
use http::HeaderMap;
use pdt_domain::provider::Provider;

/// A wait named by a service is believed up to a day. A wrong number must not silence an account for good.
pub(super) const LONGEST_BELIEVED: Duration = Duration::from_secs(24 * 60 * 60);

/// The wait that the headers ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Limits {
    /// `Retry-After`, whether it came as seconds or as a date.
    pub(super) retry_after: Option<Duration>,
    /// How many requests are left until the reset.
    pub(super) remaining: Option<u64>,
    /// Of how many.
    pub(super) limit: Option<u64>,
    /// How long until the reset; zero if that is over.
    pub(super) reset: Option<Duration>,
}

impl Limits {
    /// Reads the headers of an answer that arrived at `now` of this machine's clock. Points in time are
    /// measured from the answer's own `Date`, since this machine's clock may be wrong.
    pub(super) fn read(headers: &HeaderMap, now: DateTime<Utc>) -> Self {
        let now = text(headers, "date").and_then(http_date).unwrap_or(now);
        let either = |name: &str| text(headers, &format!("x-{name}")).or_else(|| text(headers, name));
        Self {
            retry_after: text(headers, "retry-after").and_then(|value| retry_after(value, now)),
            remaining: either("ratelimit-remaining").and_then(|value| value.parse().ok()),
            limit: either("ratelimit-limit").and_then(|value| value.parse().ok()),
            reset: either("ratelimit-reset").and_then(point_in_time).map(|point| until(point, now)),
        }
    }

    /// The wait that a 429 names. Jira's reset is that of the very limit that was hit, whatever is said to remain
    /// of another.
    pub(super) fn named_wait_of_429(self, provider: Provider) -> Option<Duration> {
        match provider {
            Provider::Github | Provider::Gitlab => self.named_wait(),
            Provider::Jira => self.retry_after.or(self.reset),
        }
    }

    /// The wait that the service names: `Retry-After`, else until the reset if nothing remains.
    pub(super) fn named_wait(self) -> Option<Duration> {
        self.retry_after.or(if self.remaining == Some(0) { self.reset } else { None })
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// Seconds or a date; anything else, a negative number too, is as if the header were missing.
fn retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    if is_number(value) {
        let seconds = value.parse().unwrap_or(u64::MAX);
        return Some(Duration::from_secs(seconds).min(LONGEST_BELIEVED));
    }
    http_date(value).map(|point| until(point, now))
}

/// Seconds since 1970 (GitHub, GitLab) or an ISO time stamp, with or without seconds (Jira).
fn point_in_time(value: &str) -> Option<DateTime<Utc>> {
    if is_number(value) {
        let seconds = value.parse().unwrap_or(i64::MAX);
        return Some(DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC));
    }
    let with_zone = DateTime::parse_from_rfc3339(value).map(|point| point.to_utc());
    with_zone
        .or_else(|_| NaiveDateTime::parse_from_str(value, "%Y-%m-%dT%H:%MZ").map(|point| point.and_utc()))
        .ok()
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, RFC 9110 section 5.6.7.
fn http_date(value: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(value).ok().map(|point| point.to_utc())
}

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

fn until(point: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    (point - now).to_std().unwrap_or(Duration::ZERO).min(LONGEST_BELIEVED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-02-18T12:00:00Z".parse().unwrap()
    }

    fn read(pairs: &[(&'static str, &str)]) -> Limits {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        Limits::read(&headers, now())
    }

    fn seconds(count: u64) -> Option<Duration> {
        Some(Duration::from_secs(count))
    }

    #[test]
    fn retry_after_is_seconds_or_a_date_and_nonsense_is_no_wait() {
        for (value, expected) in [
            ("0", seconds(0)),
            ("1", seconds(1)),
            (" 61 ", seconds(61)),
            ("99999999999999", Some(LONGEST_BELIEVED)),
            ("99999999999999999999999999", Some(LONGEST_BELIEVED)),
            ("Wed, 18 Feb 2026 12:00:30 GMT", seconds(30)),
            ("Wed, 18 Feb 2026 11:00:00 GMT", seconds(0)),
            ("Fri, 18 Feb 2399 11:00:00 GMT", None),
            ("Thu, 18 Feb 2399 11:00:00 GMT", Some(LONGEST_BELIEVED)),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(read(&[("retry-after", value)]).retry_after, expected, "Retry-After: {value}");
        }
    }

    #[test]
    fn a_reset_is_epoch_seconds_or_iso_under_either_name() {
        let epoch = (now().timestamp() + 90).to_string();
        for (name, value, expected) in [
            ("x-ratelimit-reset", epoch.as_str(), seconds(90)),
            ("ratelimit-reset", epoch.as_str(), seconds(90)),
            ("x-ratelimit-reset", "2026-02-18T12:01:30Z", seconds(90)),
            ("x-ratelimit-reset", "2026-02-18T19:01:30+07:00", seconds(90)),
            ("x-ratelimit-reset", "2026-02-18T12:02Z", seconds(120)),
            ("x-ratelimit-reset", "1", seconds(0)),
            ("x-ratelimit-reset", "99999999999999", Some(LONGEST_BELIEVED)),
            ("x-ratelimit-reset", "99999999999999999999999999", Some(LONGEST_BELIEVED)),
            ("x-ratelimit-reset", "-1", None),
            ("x-ratelimit-reset", "later", None),
        ] {
            assert_eq!(read(&[(name, value)]).reset, expected, "{name}: {value}");
        }
    }

    #[test]
    fn a_wait_is_measured_on_the_services_own_clock() {
        let limits = read(&[
            ("date", "Wed, 18 Feb 2026 10:00:00 GMT"),
            ("retry-after", "Wed, 18 Feb 2026 10:00:07 GMT"),
        ]);
        assert_eq!(limits.retry_after, seconds(7), "this machine's clock is two hours ahead");
    }

    #[test]
    fn retry_after_goes_before_the_reset_and_the_reset_counts_when_nothing_remains() {
        let reset = (now().timestamp() + 90).to_string();
        let some_left = [("x-ratelimit-remaining", "7"), ("x-ratelimit-reset", reset.as_str())];
        let none_left = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset.as_str())];
        let both = [none_left[0], none_left[1], ("retry-after", "5")];
        assert_eq!(read(&some_left).named_wait(), None, "the limit that resets is not the one that was hit");
        assert_eq!(read(&none_left).named_wait(), seconds(90), "the primary limit names its reset");
        assert_eq!(read(&both).named_wait(), seconds(5), "Retry-After is meant for this very answer");
        assert_eq!(read(&[("retry-after", "x"), none_left[0], none_left[1]]).named_wait(), seconds(90));
        assert_eq!(read(&[]).named_wait(), None, "Enterprise sends no limit headers by default");
    }

    #[test]
    fn the_reset_of_a_jiras_429_is_its_wait() {
        let reset = [("x-ratelimit-reset", "2026-02-18T12:02Z")];
        let some_left = [("x-ratelimit-remaining", "7"), reset[0]];
        let both = [("retry-after", "5"), reset[0]];
        let wait = |pairs: &[_], provider| read(pairs).named_wait_of_429(provider);
        for headers in [&reset[..], &some_left[..]] {
            assert_eq!(wait(headers, Provider::Jira), seconds(120), "{headers:?}");
            assert_eq!(wait(headers, Provider::Github), None, "GitHub's may be another limit's: {headers:?}");
        }
        assert_eq!(wait(&both, Provider::Jira), seconds(5), "Retry-After goes before it");
        assert_eq!(wait(&[], Provider::Jira), None, "it may name none");
    }
}
