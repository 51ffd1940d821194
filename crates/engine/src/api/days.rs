//! Days as the person's clock has them.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};

/// The last days up to today, the oldest first.
pub(super) fn last(today: NaiveDate, days: u32) -> Vec<NaiveDate> {
    let back = |count: u32| today.checked_sub_days(Days::new(u64::from(count)));
    (0..days).rev().filter_map(back).collect()
}

/// Where each of these days begins, and where the last one ends.
pub(super) fn moments<Z: TimeZone>(zone: &Z, days: &[NaiveDate]) -> Vec<DateTime<Utc>> {
    let end = days.last().and_then(|day| day.checked_add_days(Days::new(1)));
    days.iter().copied().chain(end).map(|day| start_of(zone, day)).collect()
}

/// The first instant of a day. Where clocks were put forward at midnight, the day begins later.
pub(super) fn start_of<Z: TimeZone>(zone: &Z, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let hours = (0..24).filter_map(|hour| midnight.checked_add_signed(TimeDelta::hours(hour)));
    let first = hours.filter_map(|naive| zone.from_local_datetime(&naive).earliest()).next();
    first.map_or_else(|| midnight.and_utc(), |local| local.to_utc())
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    #[test]
    fn a_day_is_that_of_the_person_and_the_last_one_is_today() {
        let zone = FixedOffset::east_opt(5 * 3600 + 2700).unwrap();
        let days = last("2026-03-01".parse().unwrap(), 3);
        let written: Vec<String> = days.iter().map(ToString::to_string).collect();
        assert_eq!(written, ["2026-02-27", "2026-02-28", "2026-03-01"]);
        let moments: Vec<String> = moments(&zone, &days).iter().map(ToString::to_string).collect();
        let expected = [
            "2026-02-26 18:15:00 UTC",
            "2026-02-27 18:15:00 UTC",
            "2026-02-28 18:15:00 UTC",
            "2026-03-01 18:15:00 UTC",
        ];
        assert_eq!(moments, expected);
    }
}
