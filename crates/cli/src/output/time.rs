//! Times as people say them.

use chrono::{DateTime, Local, Utc};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long ago, or in how long: `just now`, `3 min ago`, `in 12 min`, `yesterday`, `5 days ago`; beyond a month
/// the day itself in local time.
pub(crate) fn from_now(time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (now - time).num_seconds();
    match seconds.abs() {
        0..MINUTE if seconds >= 0 => "just now".to_owned(),
        0..MINUTE => "in less than a minute".to_owned(),
        away @ MINUTE..HOUR => relative(&format!("{} min", away / MINUTE), seconds),
        away @ HOUR..DAY => relative(&format!("{} h", away / HOUR), seconds),
        DAY..172_800 if seconds > 0 => "yesterday".to_owned(),
        away @ DAY..2_592_000 => relative(&days(away / DAY), seconds),
        _ => day(time),
    }
}

/// The same for a time that may be missing.
pub(crate) fn from_now_or_never(time: Option<DateTime<Utc>>, now: DateTime<Utc>) -> String {
    time.map_or_else(|| "never".to_owned(), |time| from_now(time, now))
}

/// The day in local time: `2026-02-18`.
pub(crate) fn day(time: DateTime<Utc>) -> String {
    time.with_timezone(&Local).format("%Y-%m-%d").to_string()
}

/// Day and minute in local time: `2026-02-18 23:15`.
pub(crate) fn minute(time: DateTime<Utc>) -> String {
    time.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string()
}

fn days(count: i64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

fn relative(span: &str, seconds: i64) -> String {
    if seconds > 0 { format!("{span} ago") } else { format!("in {span}") }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_time_is_told_as_people_say_it() {
        let now = DateTime::from_timestamp(1_771_456_500, 0).expect("a time");
        let told = [
            (0, "just now"),
            (59, "just now"),
            (60, "1 min ago"),
            (3 * 60 + 59, "3 min ago"),
            (59 * 60 + 59, "59 min ago"),
            (3600, "1 h ago"),
            (86_399, "23 h ago"),
            (86_400, "yesterday"),
            (172_799, "yesterday"),
            (172_800, "2 days ago"),
            (29 * 86_400, "29 days ago"),
            (-1, "in less than a minute"),
            (-60, "in 1 min"),
            (-12 * 60, "in 12 min"),
            (-7200, "in 2 h"),
            (-86_400, "in 1 day"),
            (-3 * 86_400, "in 3 days"),
        ];
        for (seconds, words) in told {
            assert_eq!(from_now(now - TimeDelta::seconds(seconds), now), words, "{seconds} seconds ago");
        }
    }

    #[test]
    fn a_time_long_ago_or_never_is_told_too() {
        let now = DateTime::from_timestamp(1_771_456_500, 0).expect("a time");
        let long_ago = from_now(DateTime::UNIX_EPOCH + TimeDelta::days(365), now);
        assert!(long_ago.starts_with("197"), "the day itself, in local time: {long_ago}");
        assert_eq!(from_now_or_never(None, now), "never");
        for extreme in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert!(!from_now(extreme, now).is_empty(), "no time makes it panic");
        }
    }
}
