//! The hours of a day in which nobody wants to be told anything.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveTime;

/// Hours of each day, in local time: `22:00-07:00`. They may go past midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    from: NaiveTime,
    until: NaiveTime,
}

impl QuietHours {
    /// Whether a time of day lies within them: from the first minute on, and before the last one.
    #[must_use]
    pub fn contain(&self, time: NaiveTime) -> bool {
        if self.from < self.until {
            self.from <= time && time < self.until
        } else {
            self.from <= time || time < self.until
        }
    }
}

/// The text is no hours of a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("write the hours of a day like 22:00-07:00, or nothing for none")]
pub struct NotHours;

impl FromStr for QuietHours {
    type Err = NotHours;

    fn from_str(text: &str) -> Result<Self, NotHours> {
        let (from, until) = text.split_once('-').ok_or(NotHours)?;
        let (from, until) = (time_of_day(from)?, time_of_day(until)?);
        if from == until { Err(NotHours) } else { Ok(Self { from, until }) }
    }
}

fn time_of_day(text: &str) -> Result<NaiveTime, NotHours> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| NotHours)
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.format("%H:%M"), self.until.format("%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveTime {
        time_of_day(text).unwrap()
    }

    #[test]
    fn hours_begin_with_their_first_minute_and_end_before_their_last_also_past_midnight() {
        let night: QuietHours = "22:00-07:00".parse().unwrap();
        let within = ["22:00", "23:59", "00:00", "06:59"].map(|time| night.contain(at(time)));
        let outside = ["07:00", "12:00", "21:59"].map(|time| night.contain(at(time)));
        assert_eq!((within, outside), ([true; 4], [false; 3]), "past midnight");
        let noon: QuietHours = "12:00-13:30".parse().unwrap();
        assert_eq!(
            ["11:59", "12:00", "13:29", "13:30"].map(|time| noon.contain(at(time))),
            [false, true, true, false]
        );
    }

    #[test]
    fn hours_are_written_as_they_are_read_and_what_is_none_is_refused() {
        for text in ["22:00-07:00", "00:00-23:59"] {
            assert_eq!(text.parse::<QuietHours>().map(|hours| hours.to_string()), Ok(text.to_owned()));
        }
        assert_eq!(
            " 9:05 - 17:00".parse::<QuietHours>().unwrap().to_string(),
            "09:05-17:00",
            "spaces do no harm"
        );
        for text in
            ["", "22:00", "22-7", "24:00-07:00", "22:00-22:00", "22:00-07:00-08:00", "a-b", "２２:00-07:00"]
        {
            assert_eq!(text.parse::<QuietHours>(), Err(NotHours), "{text:?}");
        }
    }
}
