//! Bringing the tables up to date.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::connection;
use crate::error::StoreError;
use crate::file::{beside, create_private};

/// All migrations, oldest first. A released one is never edited; a change is one more.
const LIST: &[M<'static>] = &[
    M::up(include_str!("../../../migrations/0001_commits.sql")).foreign_key_check(),
    M::up(include_str!("../../../migrations/0002_jira.sql")).foreign_key_check(),
    M::up(include_str!("../../../migrations/0003_background.sql")).foreign_key_check(),
    M::up(include_str!("../../../migrations/0004_dashboard.sql")).foreign_key_check(),
];

/// [`LIST`], to run.
pub(crate) static KNOWN: Migrations<'static> = Migrations::from_slice(LIST);

/// Makes the tables of an empty database, or adds what an older PDT did not have. All in one transaction:
/// whoever is killed meanwhile leaves the database as it was.
///
/// Nothing is written where nothing is missing.
pub(crate) fn bring_up_to_date(path: &Path, known: &Migrations<'_>) -> Result<(), StoreError> {
    if is_up_to_date(&connection::open(path)?, known)? {
        return Ok(());
    }
    let turn = take_turn(path)?;
    let mut conn = connection::open(path)?;
    if !is_up_to_date(&conn, known)? {
        keep_copy(&conn, path, known)?;
        use_log(&conn, path)?;
        migrate(&mut conn, known)?;
        fold_log(&conn);
    }
    turn.end();
    Ok(())
}

fn is_up_to_date(conn: &Connection, known: &Migrations<'_>) -> Result<bool, StoreError> {
    let journal: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    Ok(journal == "wal" && known.pending_migrations(conn)? == 0)
}

/// Foreign keys are off meanwhile, as SQLite's way to rebuild a table needs it
/// (<https://www.sqlite.org/lang_altertable.html#otheralter>); each migration checks them at its end.
fn migrate(conn: &mut Connection, known: &Migrations<'_>) -> Result<(), StoreError> {
    conn.pragma_update(None, "foreign_keys", false)?;
    let before = version(conn)?;
    known.to_latest(conn)?;
    tracing::info!(before, now = version(conn)?, "the database's tables were brought up to date");
    Ok(())
}

/// With the write-ahead log, readers do not wait for the writer. The mode stays with the file.
fn use_log(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    let mode: String = conn.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode != "wal" {
        // Everything works without, only that readers and the writer then wait for each other.
        tracing::warn!(path = %path.display(), mode, "the disk does not support SQLite's write-ahead log");
    }
    Ok(())
}

/// Puts what a migration wrote into the database's file, so that the log, which may have grown as large as the
/// database, takes no room beside another program that is open. Whoever reads meanwhile is not waited for: the log
/// stays then until it is folded as ever.
fn fold_log(conn: &Connection) {
    match try_to_fold_log(conn) {
        Ok(0) => {}
        Ok(_) => tracing::debug!("the log of the migration stays: another program reads the database"),
        Err(error) => tracing::debug!(%error, "the log of the migration stays"),
    }
}

/// Answers SQLite's word for whether somebody was in the way: 0 if nobody was.
fn try_to_fold_log(conn: &Connection) -> rusqlite::Result<i64> {
    conn.busy_timeout(Duration::ZERO)?;
    let busy = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    conn.busy_timeout(connection::PATIENCE)?;
    busy
}

fn version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Puts a copy of a database that has been in use beside it, named after the version that it is about to get.
///
/// The copy appears under its name when it is complete and on the disk. One of an earlier attempt is replaced:
/// that attempt changed nothing, so that the newer copy has all of it.
fn keep_copy(conn: &Connection, path: &Path, known: &Migrations<'_>) -> Result<(), StoreError> {
    let (before, pending) = (version(conn)?, known.pending_migrations(conn)?);
    if before == 0 || pending == 0 {
        return Ok(());
    }
    let copy = beside(path, &format!(".before-v{}", before + i64::from(pending)));
    let unfinished = beside(&copy, ".unfinished");
    let io = |error: std::io::Error| StoreError::from_io(&error, &copy);
    remove_if_there(&unfinished).map_err(io)?;
    create_private(&unfinished).map_err(io)?;
    conn.execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])?;
    File::options().write(true).open(&unfinished).and_then(|file| file.sync_all()).map_err(io)?;
    fs::rename(&unfinished, &copy).map_err(io)?;
    tracing::info!(copy = %copy.display(), "a copy of the database was kept");
    Ok(())
}

fn remove_if_there(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// A lock of the operating system, so that of two programs that start at once only one migrates. It ends with
/// its holder, however that ends.
struct Turn {
    file: File,
    path: PathBuf,
}

fn take_turn(path: &Path) -> Result<Turn, StoreError> {
    let path = beside(path, ".migrating");
    let io = |error: std::io::Error| StoreError::from_io(&error, &path);
    create_private(&path).map_err(io)?;
    let file = File::options().write(true).open(&path).map_err(io)?;
    file.lock().map_err(io)?;
    Ok(Turn { file, path })
}

impl Turn {
    /// Once the tables are up to date, the file is not needed: who still waits for it finds nothing to do.
    /// After a failure it stays, or a third program would not meet the second one's lock.
    fn end(self) {
        if let Err(error) = fs::remove_file(&self.path) {
            tracing::debug!(path = %self.path.display(), %error, "the migration's lock file stays");
        }
        drop(self.file);
    }
}

#[cfg(test)]
pub(crate) mod tests;
