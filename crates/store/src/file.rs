//! The database as a file: where it is made, who may read it, and a first look that changes nothing.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::Migrations;

use crate::connection::PATIENCE;
use crate::error::{StoreError, StoreErrorKind};

/// Makes the file where it is missing, else looks whether it is one that PDT may open; then sees to its mode.
pub(crate) fn prepare(path: &Path, known: &Migrations<'_>) -> Result<(), StoreError> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => refuse_what_is_not_ours(path, known)?,
        Ok(_) => return Err(StoreError::new(StoreErrorKind::NotADatabase)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(path)?,
        Err(error) => return Err(StoreError::from_io(&error, path)),
    }
    for file in [path.to_owned(), beside(path, "-wal"), beside(path, "-shm")] {
        keep_private(&file);
    }
    Ok(())
}

/// The path of a file that belongs to the database, `pdt.db` and `-wal` giving `pdt.db-wal`.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Makes an empty file that only its owner can read and write. One that is there already stays.
///
/// SQLite gives the mode of the database to its write-ahead log and shared memory files, and takes an empty
/// file for an empty database.
pub(crate) fn create_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

fn create(path: &Path) -> Result<(), StoreError> {
    if let Some(folder) = path.parent() {
        create_private_folder(folder).map_err(|error| StoreError::from_io(&error, folder))?;
    }
    create_private(path).map_err(|error| StoreError::from_io(&error, path))
}

fn create_private_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Takes away what a restored copy or another tool may have allowed to others.
#[cfg(unix)]
fn keep_private(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let Ok(metadata) = fs::metadata(path) else {
        return;
    };
    if metadata.permissions().mode() & 0o777 == 0o600 {
        return;
    }
    if let Err(error) = fs::set_permissions(path, fs::Permissions::from_mode(0o600)) {
        tracing::warn!(path = %path.display(), %error, "the database file could not be made private");
    }
}

/// On Windows the user's folder already keeps others out.
#[cfg(not(unix))]
fn keep_private(_path: &Path) {}

fn refuse_what_is_not_ours(path: &Path, known: &Migrations<'_>) -> Result<(), StoreError> {
    let conn = look_at(path)?;
    let version: i32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let objects: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let pending = known.pending_migrations(&conn)?;
    if version < 0 || (version == 0 && objects > 0) {
        return Err(StoreError::new(StoreErrorKind::ForeignDatabase));
    }
    if pending < 0 {
        let (found, known) = (i64::from(version), i64::from(version) + i64::from(pending));
        return Err(StoreError::new(StoreErrorKind::NewerDatabase { found, known }));
    }
    Ok(())
}

/// A connection that leaves no trace.
///
/// Reading a database that has a write-ahead log makes the files of the log, even read-only; `immutable` does
/// not (<https://www.sqlite.org/uri.html#uriimmutable>), but it also does not see what is still in a log. So a
/// log that somebody left or is using is read in the ordinary way; its files are there already.
///
/// The header is not read with `std::fs`: to close a file lets go of all locks that this process has on it.
fn look_at(path: &Path) -> rusqlite::Result<Connection> {
    let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let has_log = fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
    let conn = if has_log {
        Connection::open_with_flags(path, read_only)?
    } else {
        Connection::open_with_flags(immutable_uri(path), read_only | OpenFlags::SQLITE_OPEN_URI)?
    };
    conn.busy_timeout(PATIENCE)?;
    Ok(conn)
}

/// An absolute path as SQLite's URI, each byte that could mean something else there as `%HH`.
fn immutable_uri(path: &Path) -> String {
    let mut uri = String::from("file://");
    let bytes = path.as_os_str().as_encoded_bytes();
    if !bytes.starts_with(b"/") && !bytes.starts_with(b"\\") {
        uri.push('/'); // A Windows path: `C:\…` becomes `file:///C:/…`.
    }
    for &byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'/' | b':' | b'-' | b'_' | b'.' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?immutable=1"
}

#[cfg(test)]
pub(crate) mod tests;
