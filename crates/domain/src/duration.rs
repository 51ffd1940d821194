//! Durations as Go writes them: `90s`, `15m`, `1h30m`.
//!
//! The old system was written in Go, and its `SYNC_INTERVAL_…` variables keep their spelling. The grammar is that
//! of Go's `time.ParseDuration` (<https://pkg.go.dev/time#ParseDuration>), without negative durations.

use std::time::Duration;

/// The longest duration that Go can hold, in nanoseconds: about 292 years.
const LONGEST: u128 = i64::MAX as u128;

/// The text is no duration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// There is no text at all.
    #[error("no duration is given; write one like 90s, 15m or 1h30m")]
    Empty,
    /// It begins with a minus sign.
    #[error("{0:?} is negative; a duration is zero or more, like 15m")]
    Negative(String),
    /// A number has no unit.
    #[error("{0:?} lacks a unit after a number; write {hint}", hint = unit_hint(.0))]
    NoUnit(String),
    /// A unit is none of Go's.
    #[error("{text:?} has the unknown unit {unit:?}; the units are h, m, s, ms, us and ns")]
    UnknownUnit {
        /// The whole text, cut to a bearable length.
        text: String,
        /// What stands where a unit should.
        unit: String,
    },
    /// Something else stands where a number should.
    #[error("{0:?} is not a duration; write one like 90s, 15m or 1h30m")]
    Malformed(String),
    /// More than Go's about 292 years.
    #[error("{0:?} is too long; the longest duration is about 292 years")]
    TooLong(String),
}

/// Reads a Go-style duration: decimal numbers, each with an optional fraction and a unit (`h`, `m`, `s`, `ms`,
/// `us` or `µs`, `ns`), or a bare `0`. White space is not part of it.
///
/// # Errors
/// [`DurationError`] with a sentence for the person who wrote the text.
pub fn parse_go_duration(text: &str) -> Result<Duration, DurationError> {
    if text.starts_with('-') {
        return Err(DurationError::Negative(shortened(text)));
    }
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    match rest {
        "" => return Err(DurationError::Empty),
        "0" => return Ok(Duration::ZERO),
        _ => {}
    }
    let mut nanoseconds: u128 = 0;
    while !rest.is_empty() {
        let (term, after) = parse_term(rest, text)?;
        nanoseconds += term;
        if nanoseconds > LONGEST {
            return Err(DurationError::TooLong(shortened(text)));
        }
        rest = after;
    }
    // The bound above leaves room: u64 nanoseconds reach twice as far.
    Ok(Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX)))
}

/// Writes a duration as [`parse_go_duration`] reads it, the shortest way: `15m`, `1h30m`, `90s` as `1m30s`. Parts of
/// a second are left out.
#[must_use]
pub fn go_duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")];
    let text: String =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count}{unit}")).collect();
    if text.is_empty() { "0s".to_owned() } else { text }
}

/// One number with its unit at the start of `rest`: its nanoseconds, at most a little above [`LONGEST`] times
/// two, and what follows it.
fn parse_term<'a>(rest: &'a str, text: &str) -> Result<(u128, &'a str), DurationError> {
    let (whole, rest) = split_digits(rest);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => split_digits(rest),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return Err(DurationError::Malformed(shortened(text)));
    }
    let unit_end = rest.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(rest.len());
    let (unit, rest) = rest.split_at(unit_end);
    let factor = nanoseconds_of(unit, text)?;
    let whole: u128 = match whole {
        "" => 0,
        digits => digits.parse().map_err(|_| DurationError::TooLong(shortened(text)))?,
    };
    let nanoseconds = whole.checked_mul(factor).filter(|product| *product <= LONGEST);
    let nanoseconds = nanoseconds.ok_or_else(|| DurationError::TooLong(shortened(text)))?;
    Ok((nanoseconds + fraction_of(fraction, factor), rest))
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

fn nanoseconds_of(unit: &str, text: &str) -> Result<u128, DurationError> {
    match unit {
        "ns" => Ok(1),
        // The micro sign and the Greek letter mu look alike, and Go takes both.
        "us" | "\u{b5}s" | "\u{3bc}s" => Ok(1_000),
        "ms" => Ok(1_000_000),
        "s" => Ok(1_000_000_000),
        "m" => Ok(60_000_000_000),
        "h" => Ok(3_600_000_000_000),
        "" => Err(DurationError::NoUnit(shortened(text))),
        other => Err(DurationError::UnknownUnit { text: shortened(text), unit: shortened(other) }),
    }
}

/// The nanoseconds of the digits after the point, cut below one nanosecond as Go cuts them.
fn fraction_of(digits: &str, factor: u128) -> u128 {
    // An hour has fewer than 10^13 nanoseconds: digits beyond the fourteenth cannot reach one.
    let digits = digits.get(..14).unwrap_or(digits);
    let value: u128 = digits.parse().unwrap_or(0);
    let scale = digits.chars().fold(1_u128, |scale, _| scale * 10);
    value * factor / scale
}

/// A text in a message is cut: nobody reads the thousandth character.
fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

/// What was probably meant by a number without a unit.
fn unit_hint(text: &str) -> String {
    match text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() < 6 {
        true => format!("{text}s for seconds or {text}m for minutes"),
        false => "one like 90s, 15m or 1h30m".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_duration_is_written_the_shortest_way() {
        let written = [0, 1, 90, 900, 1800, 3600, 5400, 3661].map(|s| go_duration(Duration::from_secs(s)));
        assert_eq!(written, ["0s", "1s", "1m30s", "15m", "30m", "1h", "1h30m", "1h1m1s"]);
    }

    #[test]
    fn a_duration_reads_as_in_go() {
        let known = [
            ("0", 0),
            ("+0", 0),
            ("0s", 0),
            ("90s", 90_000_000_000),
            ("15m", 900_000_000_000),
            ("1h30m", 5_400_000_000_000),
            ("1.5h", 5_400_000_000_000),
            (".5s", 500_000_000),
            ("5.s", 5_000_000_000),
            ("100ms", 100_000_000),
            ("2us", 2_000),
            ("2\u{b5}s", 2_000),
            ("2\u{3bc}s", 2_000),
            ("7ns", 7),
            ("0.9ns", 0),
            ("1m1m", 120_000_000_000),
            ("0.100000000000000000000h", 360_000_000_000),
            ("0.3333333333333333333h", 1_199_999_999_999),
            ("9223372036854775807ns", i64::MAX as u64),
        ];
        for (text, nanoseconds) in known {
            assert_eq!(parse_go_duration(text), Ok(Duration::from_nanos(nanoseconds)), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_refused_with_a_sentence() {
        let sentences = [
            ("", "no duration is given; write one like 90s, 15m or 1h30m"),
            ("15", "\"15\" lacks a unit after a number; write 15s for seconds or 15m for minutes"),
            ("1h30", "\"1h30\" lacks a unit after a number; write one like 90s, 15m or 1h30m"),
            ("-5m", "\"-5m\" is negative; a duration is zero or more, like 15m"),
            ("3d", "\"3d\" has the unknown unit \"d\"; the units are h, m, s, ms, us and ns"),
            ("15 m", "\"15 m\" has the unknown unit \" m\"; the units are h, m, s, ms, us and ns"),
            ("15M", "\"15M\" has the unknown unit \"M\"; the units are h, m, s, ms, us and ns"),
            ("soon", "\"soon\" is not a duration; write one like 90s, 15m or 1h30m"),
            (" 15m", "\" 15m\" is not a duration; write one like 90s, 15m or 1h30m"),
            (".s", "\".s\" is not a duration; write one like 90s, 15m or 1h30m"),
            (
                "9223372036854775808ns",
                "\"9223372036854775808ns\" is too long; the longest duration is about 292 years",
            ),
            ("3000000h", "\"3000000h\" is too long; the longest duration is about 292 years"),
        ];
        for (text, sentence) in sentences {
            assert_eq!(parse_go_duration(text).unwrap_err().to_string(), sentence);
        }
        let endless = parse_go_duration(&"9".repeat(1000)).unwrap_err().to_string();
        assert!(endless.len() < 200, "a long text is cut in the sentence: {endless}");
        let overflow = format!("{}h", "9".repeat(1000));
        assert!(matches!(parse_go_duration(&overflow), Err(DurationError::TooLong(_))), "never wraps around");
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), numbers in "[0-9.hmsun+-]{0,40}") {
            let _ = parse_go_duration(&text);
            let _ = parse_go_duration(&numbers);
        }

        #[test]
        fn whole_units_add_up(hours in 0_u64..1000, minutes in 0_u64..10_000, seconds in 0_u64..100_000) {
            let text = format!("{hours}h{minutes}m{seconds}s");
            let expected = Duration::from_secs(hours * 3600 + minutes * 60 + seconds);
            prop_assert_eq!(parse_go_duration(&text), Ok(expected));
        }
    }
}
