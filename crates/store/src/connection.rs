//! Opening connections: the settings of SQLite that PDT relies on, and why.

use std::path::Path;
use std::time::Duration;

use rusqlite::ffi::SQLITE_READONLY;
use rusqlite::{Connection, MAIN_DB, OpenFlags};

/// How long a connection waits for another program's write before it gives up.
///
/// A write of PDT is one page of rows, a few milliseconds. Who holds the database for longer is a person's own
/// tool with a transaction left open.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// How many prepared statements a connection keeps: somewhat more than there are methods.
const STATEMENTS: usize = 192;

/// The one connection that writes.
///
/// `synchronous = FULL` waits for the disk once a transaction. `NORMAL` would be as safe for the file's
/// consistency, but a power cut could undo a link that a person has just made and seen. A transaction is a
/// page from the network, so the wait is lost in that of the network.
///
/// `cache_size` is 64 MB (the negative number is in KiB): bulk loads were measured at 137,000 rows a second with
/// it, at 85,000 with SQLite's default of 2 MB. It fills only as it is used.
pub(crate) fn writer(path: &Path) -> rusqlite::Result<Connection> {
    let conn = open(path)?;
    conn.execute_batch("PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;")?;
    conn.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    Ok(conn)
}

/// A connection that cannot write.
///
/// It is `query_only` rather than opened read-only, because a read-only connection cannot make the shared
/// memory file that readers of a write-ahead log need when they come first.
pub(crate) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let conn = open(path)?;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -16384;")?;
    Ok(conn)
}

/// A connection with what all of them have: patience, foreign keys, and no trust in what another program may
/// have put into the schema.
pub(crate) fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    // SQLite opens a file that may not be written for reading, and would say so only at the first write.
    if conn.is_readonly(MAIN_DB)? {
        return Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(SQLITE_READONLY), None));
    }
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.execute_batch("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;")?;
    Ok(conn)
}
