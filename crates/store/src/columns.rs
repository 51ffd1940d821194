//! How values that SQLite has no type for stand in a column, and how they are read back.

use std::error::Error;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Utc};
use rusqlite::types::Type;
use rusqlite::{Row, RowIndex};
use serde::de::DeserializeOwned;

/// A time as it is stored: RFC 3339 in UTC with seconds, `2026-02-18T23:15:00Z`.
///
/// RFC 3339 has years of four digits only. A time outside them, which only a broken clock makes, is stored as
/// the nearest that fits, so that stored times always sort as text.
pub(crate) fn time_text(time: DateTime<Utc>) -> String {
    within_reach(time).to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A time that milliseconds matter to, `2026-02-18T23:15:00.000Z`; otherwise as [`time_text`]. One column holds
/// one kind: the two do not sort among each other.
pub(crate) fn exact_time_text(time: DateTime<Utc>) -> String {
    within_reach(time).to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn within_reach(time: DateTime<Utc>) -> DateTime<Utc> {
    time.clamp(year_start(0), year_start(10_000) - chrono::TimeDelta::milliseconds(1))
}

/// [`time_text`] for a time that may be missing.
pub(crate) fn optional_time_text(time: Option<DateTime<Utc>>) -> Option<String> {
    time.map(time_text)
}

fn year_start(year: i32) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    NaiveDateTime::new(day, NaiveTime::MIN).and_utc()
}

/// Strings as they stand in a column that holds a JSON array.
pub(crate) fn json_array(strings: &[String]) -> String {
    serde_json::Value::from(strings).to_string()
}

/// Reading columns into PDT's own types. A value that is none is an error, never a default.
pub(crate) trait Columns {
    /// A time; see [`time_text`].
    fn time(&self, column: &str) -> rusqlite::Result<DateTime<Utc>>;

    /// A time that may be missing.
    fn optional_time(&self, column: &str) -> rusqlite::Result<Option<DateTime<Utc>>>;

    /// A stored word, by its type's `FromStr`.
    fn word<T>(&self, column: &str) -> rusqlite::Result<T>
    where
        T: FromStr<Err: Error + Send + Sync + 'static>;

    /// A stored word that may be missing.
    fn optional_word<T>(&self, column: &str) -> rusqlite::Result<Option<T>>
    where
        T: FromStr<Err: Error + Send + Sync + 'static>;

    /// A text with rules of its own, such as a SHA or a name.
    fn checked<T>(&self, column: &str) -> rusqlite::Result<T>
    where
        T: TryFrom<String, Error: Error + Send + Sync + 'static>;

    /// Such a text that may be missing.
    fn optional_checked<T>(&self, column: &str) -> rusqlite::Result<Option<T>>
    where
        T: TryFrom<String, Error: Error + Send + Sync + 'static>;

    /// A JSON document.
    fn json<T: DeserializeOwned>(&self, column: &str) -> rusqlite::Result<T>;

    /// A JSON document that may be missing.
    fn optional_json<T: DeserializeOwned>(&self, column: &str) -> rusqlite::Result<Option<T>>;
}

impl Columns for Row<'_> {
    fn time(&self, column: &str) -> rusqlite::Result<DateTime<Utc>> {
        read_time(&self.get::<_, String>(column)?)
    }

    fn optional_time(&self, column: &str) -> rusqlite::Result<Option<DateTime<Utc>>> {
        self.get::<_, Option<String>>(column)?.map(|text| read_time(&text)).transpose()
    }

    fn word<T>(&self, column: &str) -> rusqlite::Result<T>
    where
        T: FromStr<Err: Error + Send + Sync + 'static>,
    {
        self.get::<_, String>(column)?.parse().map_err(unreadable)
    }

    fn optional_word<T>(&self, column: &str) -> rusqlite::Result<Option<T>>
    where
        T: FromStr<Err: Error + Send + Sync + 'static>,
    {
        self.get::<_, Option<String>>(column)?.map(|text| text.parse().map_err(unreadable)).transpose()
    }

    fn checked<T>(&self, column: &str) -> rusqlite::Result<T>
    where
        T: TryFrom<String, Error: Error + Send + Sync + 'static>,
    {
        T::try_from(self.get(column)?).map_err(unreadable)
    }

    fn optional_checked<T>(&self, column: &str) -> rusqlite::Result<Option<T>>
    where
        T: TryFrom<String, Error: Error + Send + Sync + 'static>,
    {
        self.get::<_, Option<String>>(column)?.map(|text| T::try_from(text).map_err(unreadable)).transpose()
    }

    fn json<T: DeserializeOwned>(&self, column: &str) -> rusqlite::Result<T> {
        serde_json::from_str(self.get_ref(column)?.as_str()?).map_err(unreadable)
    }

    fn optional_json<T: DeserializeOwned>(&self, column: &str) -> rusqlite::Result<Option<T>> {
        let text = self.get_ref(column)?.as_str_or_null()?;
        text.map(|text| serde_json::from_str(text).map_err(unreadable)).transpose()
    }
}

/// A text where it lies, without a copy of it; an empty one where there is none.
pub(crate) fn text_of<'r>(row: &'r Row<'_>, column: impl RowIndex) -> rusqlite::Result<&'r str> {
    Ok(row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)?.unwrap_or_default())
}

/// Reads a stored time.
pub(crate) fn read_time(text: &str) -> rusqlite::Result<DateTime<Utc>> {
    let time =
        DateTime::parse_from_rfc3339(text).map_err(|error| unreadable(NotATime(text.into(), error)))?;
    Ok(time.to_utc())
}

#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a time: {1}")]
struct NotATime(String, chrono::ParseError);

pub(crate) fn unreadable(error: impl Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
}
