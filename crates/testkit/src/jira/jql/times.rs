//! Times in queries.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// Milliseconds of the epoch, a date (with or without hour and minute) in the account's zone, or a time ago such
/// as `-2h`. Seconds cannot be said.
pub(super) fn read(text: &str, zone: FixedOffset, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let millis =
        text.parse().ok().filter(|_| !text.starts_with('-')).and_then(DateTime::from_timestamp_millis);
    millis.or_else(|| local(text, zone)).or_else(|| ago(text, now))
}

fn local(text: &str, zone: FixedOffset) -> Option<DateTime<Utc>> {
    let text = text.replace('/', "-");
    let whole = NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M").ok();
    let day = || NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().map(|day| day.and_time(NaiveTime::MIN));
    let local = whole.or_else(day)?;
    local.and_local_timezone(zone).single().map(|time| time.with_timezone(&Utc))
}

fn ago(text: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let text = text.strip_prefix('-')?;
    let number: i64 = text.get(..text.len() - 1)?.parse().ok()?;
    let ago = match text.chars().last()? {
        'm' => Duration::minutes(number),
        'h' => Duration::hours(number),
        'd' => Duration::days(number),
        'w' => Duration::weeks(number),
        _ => return None,
    };
    Some(now - ago)
}
