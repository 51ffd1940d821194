//! A large database: years of commits, cards with their histories, and runs, as they would have come by and by.
//!
//! The tables are the store's own, made by its migrations. Rows that are few come through the store; commits and cards
//! come by the shortest way, their indices after them, so that a million of them takes a minute or two.

mod cards;
mod commits;
mod dice;
mod places;
mod runs;
mod words;

use std::path::Path;

use anyhow::Result;
use chrono::{DateTime, SecondsFormat, TimeDelta, Timelike, Utc};
use pdt_store::Db;
use rusqlite::Connection;

pub(super) use words::RARE;

/// How long the person has used PDT.
const AGE: TimeDelta = TimeDelta::days(5 * 365);

/// How much there shall be in the profile that is looked at. A second one has a twentieth of the commits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) commits: usize,
    pub(crate) cards: usize,
    pub(crate) repositories: usize,
    pub(crate) runs: usize,
}

/// Makes the database where there is none. The same sizes give the same rows, but for the dates: the last ones are
/// today's.
pub(crate) async fn make(path: &Path, size: Size) -> Result<()> {
    let now = Utc::now().with_nanosecond(0).unwrap_or_default();
    let db = Db::open(path)?;
    let places = db.write(move |tx| places::fill(tx, size, now)).await?;
    let profile = places.profile;
    db.write(move |tx| runs::fill(tx, profile, size, now)).await?;
    db.close().await?;
    let conn = Connection::open(path)?;
    // Nobody else has it, and a machine that fails here begins anew.
    conn.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA cache_size = -524288; PRAGMA foreign_keys = OFF;",
    )?;
    let indices = take_indices(&conn)?;
    conn.execute_batch("BEGIN")?;
    commits::fill(&conn, &places, size, now)?;
    cards::fill(&conn, &places, size, now)?;
    conn.execute_batch(&indices)?;
    conn.execute_batch("COMMIT; PRAGMA journal_mode = WAL; PRAGMA locking_mode = NORMAL;")?;
    Ok(conn.close().map_err(|(_, error)| error)?)
}

/// Drops the indices of the large tables, and answers with the statements that make them again: all rows at once are
/// sorted quicker than each is put in its place.
fn take_indices(conn: &Connection) -> Result<String> {
    let mut statement = conn.prepare(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN
             ('commits', 'commit_branches', 'commit_links', 'jira_cards', 'card_keys', 'sprint_cards')",
    )?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found = found.collect::<Result<Vec<(String, String)>, _>>()?;
    for (name, _) in &found {
        conn.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    Ok(found.into_iter().map(|(_, sql)| sql + ";\n").collect())
}

/// As the store writes times.
fn time_text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// As it writes those of cards.
fn exact_time_text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
