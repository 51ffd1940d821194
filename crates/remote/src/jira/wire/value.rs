//! Values that come in several forms: numbers as text, times as text or number, anything at all.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Numbers from here on are milliseconds since 1970; as seconds they would be in the year 5138.
const FIRST_MILLISECONDS: i64 = 100_000_000_000;

/// A number that may come as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number(pub(super) i64);

/// A text that may come as a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text(pub(super) String);

/// A point in time, or what stands in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment(Option<DateTime<Utc>>);

impl Moment {
    /// The time, if it is one.
    pub(super) fn time(&self) -> Option<DateTime<Utc>> {
        self.0
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Whole(i64),
    Broken(f64),
    Text(String),
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = match Scalar::deserialize(deserializer)? {
            Scalar::Whole(number) => Some(number),
            Scalar::Broken(_) => None,
            Scalar::Text(text) => text.trim().parse().ok(),
        };
        number.map(Self).ok_or_else(|| serde::de::Error::custom("no whole number"))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Scalar::deserialize(deserializer)? {
            Scalar::Whole(number) => number.to_string(),
            Scalar::Broken(number) => number.to_string(),
            Scalar::Text(text) => text,
        }))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Scalar::deserialize(deserializer)? {
            Scalar::Whole(number) => from_number(number),
            #[expect(clippy::cast_possible_truncation, reason = "a fraction of a second or of a millisecond")]
            Scalar::Broken(number) => from_number(number as i64),
            Scalar::Text(text) => from_text(text.trim()),
        }))
    }
}

/// Seconds or milliseconds since 1970, told apart by their size.
fn from_number(number: i64) -> Option<DateTime<Utc>> {
    if number.abs() < FIRST_MILLISECONDS {
        DateTime::from_timestamp(number, 0)
    } else {
        DateTime::from_timestamp_millis(number)
    }
}

/// `2026-02-18T23:15:00.000+0700`, as cards and their changelogs have it, RFC 3339, as sprints have it, or a number.
fn from_text(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(number) = text.parse() {
        return from_number(number);
    }
    let time = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"));
    time.ok().map(|time| time.to_utc())
}

/// Any value as text; nothing, where there is none.
pub(super) fn text_of(value: Option<Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        Value::String(text) => Some(text),
        other @ (Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            Some(other.to_string())
        }
    }
}

/// A text that says something.
pub(super) fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(json: &str) -> Option<String> {
        let moment: Moment = serde_json::from_str(json).unwrap();
        moment.time().map(|time| time.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
    }

    #[test]
    fn a_time_is_read_in_every_form_it_comes_in() {
        for (json, expected) in [
            (r#""2026-02-18T23:15:00.000+0700""#, Some("2026-02-18T16:15:00.000Z")),
            (r#""2026-02-18T23:15:00.250+0545""#, Some("2026-02-18T17:30:00.250Z")),
            (r#""2026-02-18T23:15:00-0330""#, Some("2026-02-19T02:45:00.000Z")),
            (r#""2026-02-18T23:15:00.000+07:00""#, Some("2026-02-18T16:15:00.000Z")),
            (r#""2026-02-18T23:15:00Z""#, Some("2026-02-18T23:15:00.000Z")),
            ("1771431300", Some("2026-02-18T16:15:00.000Z")),
            (r#""1771431300""#, Some("2026-02-18T16:15:00.000Z")),
            ("1771431300250", Some("2026-02-18T16:15:00.250Z")),
            ("1771431300.5", Some("2026-02-18T16:15:00.000Z")),
            (r#""2026-02-18""#, None),
            (r#""""#, None),
            ("9223372036854775807", None),
        ] {
            assert_eq!(time(json).as_deref(), expected, "{json}");
        }
    }

    #[test]
    fn a_number_may_be_text_and_a_text_a_number() {
        let number = |json| serde_json::from_str::<Number>(json).map(|number| number.0).ok();
        assert_eq!((number("84"), number(r#"" 84 ""#)), (Some(84), Some(84)));
        assert_eq!((number("8.4"), number(r#""x""#), number("{}")), (None, None, None), "nor is this one");
        let text = |json| serde_json::from_str::<Text>(json).map(|text| text.0).ok();
        assert_eq!((text("84").as_deref(), text(r#""84""#).as_deref()), (Some("84"), Some("84")));
    }

    #[test]
    fn any_value_has_a_text() {
        let text = |json: &str| text_of(Some(serde_json::from_str(json).unwrap()));
        assert_eq!(text("null"), None);
        assert_eq!(text(r#""a, b""#).as_deref(), Some("a, b"));
        assert_eq!(text("5").as_deref(), Some("5"));
        assert_eq!(text("[1]").as_deref(), Some("[1]"));
        assert_eq!(text_of(None), None, "what is missing has none");
    }
}
