//! The open database: one connection that writes, a few that read, and the way to both from async code.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};
use rusqlite_migration::Migrations;

use crate::error::{StoreError, StoreErrorKind};
use crate::tx::{ReadTx, WriteTx};
use crate::{connection, file, migrations};

/// How many connections for reading are kept open between reads. More are opened when more read at once.
const KEPT_READERS: usize = 4;

/// The open database. Cheap to clone; all clones are the same connections.
///
/// Writers wait for each other, also across processes; readers wait for nobody.
#[derive(Debug, Clone)]
pub struct Db(Arc<Connections>);

#[derive(Debug)]
struct Connections {
    path: PathBuf,
    /// `None` once it is closed.
    writer: Mutex<Option<Connection>>,
    /// `None` once it is closed.
    readers: Mutex<Option<Vec<Connection>>>,
    /// The connection that tells versions; `None` until somebody asks, and once it is closed.
    watcher: Mutex<Option<Connection>>,
}

impl Db {
    /// Opens the database, and makes it, its folder and its tables where they are missing.
    ///
    /// The file is for its owner only (mode 0600), so is a folder made for it (0700). Tables of an older PDT are
    /// brought up to date, after a copy was put beside the file (`pdt.db.before-v2`). Blocks: not for a task.
    ///
    /// # Errors
    /// A file that is no database, is damaged, is another program's or was written by a newer PDT is refused
    /// without a change to it; so is a place where this user may not write. [`StoreError::kind`] tells which.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, &migrations::KNOWN)
    }

    pub(crate) fn open_with(path: &Path, known: &Migrations<'_>) -> Result<Self, StoreError> {
        let path = std::path::absolute(path).map_err(|error| StoreError::from_io(&error, path))?;
        let open = || {
            file::prepare(&path, known)?;
            migrations::bring_up_to_date(&path, known)?;
            Ok(connection::writer(&path)?)
        };
        let writer = open().map_err(|error: StoreError| error.at(&path))?;
        let (writer, readers) = (Mutex::new(Some(writer)), Mutex::new(Some(Vec::new())));
        Ok(Self(Arc::new(Connections { path, writer, readers, watcher: Mutex::new(None) })))
    }

    /// Asks the database. All questions of one `work` see the same state of it.
    ///
    /// # Errors
    /// Those of `work`, and what keeps the database from being read.
    pub async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&ReadTx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.in_background(move |connections| connections.read(work)).await
    }

    /// Asks the database on the calling thread, which it blocks: for the start, before there are tasks.
    ///
    /// # Errors
    /// Those of `work`, and what keeps the database from being read.
    pub fn read_now<T>(
        &self,
        work: impl FnOnce(&ReadTx<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.0.read(work).map_err(|error| error.at(&self.0.path))
    }

    /// Changes the database: all of `work` is kept when it answers `Ok`, none of it otherwise.
    ///
    /// # Errors
    /// Those of `work`, and what keeps the database from being written; in each case nothing was changed.
    pub async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&WriteTx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.in_background(move |connections| connections.write(work)).await
    }

    /// A number that is another one after every change that anybody has made to the database: this program or
    /// another one. Says nothing about what changed, and costs no read of the file's pages.
    ///
    /// Answers on the calling thread, which may be a task's: it looks at memory that all connections share, and waits
    /// for nobody who reads or writes. A thread of its own would be woken for it, and once more to end.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.0.data_version().map_err(|error| error.at(&self.0.path))
    }

    /// Gives back the memory that its caches hold, for a program that stays in the background.
    ///
    /// # Errors
    /// [`StoreErrorKind::Closed`] once it is closed.
    pub async fn release_memory(&self) -> Result<(), StoreError> {
        self.in_background(Connections::release_memory).await
    }

    /// Closes the database for all clones, after what is being written, and folds the write-ahead log into the
    /// file. Later reads and writes fail with [`StoreErrorKind::Closed`]; reads still going on end by themselves.
    ///
    /// # Errors
    /// What SQLite has against it. The data is safe nevertheless: the log is read again at the next opening.
    pub async fn close(self) -> Result<(), StoreError> {
        self.in_background(Connections::close).await
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// SQLite blocks, so that it works on a thread that may.
    async fn in_background<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connections) -> Result<T, StoreError> + Send + 'static,
    {
        let connections = Arc::clone(&self.0);
        let task = move || work(&connections).map_err(|error| error.at(&connections.path));
        match tokio::task::spawn_blocking(task).await {
            Ok(answer) => answer,
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            // The runtime is going down and never started it.
            Err(_) => Err(StoreError::new(StoreErrorKind::Closed).at(&self.0.path)),
        }
    }
}

impl Connections {
    fn read<T>(&self, work: impl FnOnce(&ReadTx<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut conn = self.take_reader()?;
        let answer = {
            // The transaction is what makes it one snapshot. It wrote nothing, so that dropping it is the end.
            let tx = conn.transaction_with_behavior(TransactionBehavior::Deferred)?;
            work(&ReadTx::new(&tx))
        };
        self.give_back(conn);
        answer
    }

    fn write<T>(&self, work: impl FnOnce(&WriteTx<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = lock(&self.writer);
        let conn = writer.as_mut().ok_or_else(closed)?;
        // Immediate: it waits for its turn before it reads, so that what it reads is what it changes.
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = work(&WriteTx::new(&tx))?;
        tx.commit()?;
        Ok(answer)
    }

    fn take_reader(&self) -> Result<Connection, StoreError> {
        let kept = lock(&self.readers).as_mut().ok_or_else(closed)?.pop();
        match kept {
            Some(conn) => Ok(conn),
            None => Ok(connection::reader(&self.path)?),
        }
    }

    fn give_back(&self, conn: Connection) {
        if let Some(readers) = lock(&self.readers).as_mut()
            && readers.len() < KEPT_READERS
        {
            readers.push(conn);
        }
    }

    /// `data_version` tells of the changes that other connections than the asking one have made, and two
    /// connections count differently: one connection is kept for it, which never writes.
    /// <https://sqlite.org/pragma.html#pragma_data_version>
    fn data_version(&self) -> Result<i64, StoreError> {
        let mut watcher = lock(&self.watcher);
        if lock(&self.readers).is_none() {
            return Err(closed());
        }
        let conn = match watcher.take() {
            Some(conn) => conn,
            None => connection::reader(&self.path)?,
        };
        Ok(watcher.insert(conn).query_row("PRAGMA data_version", [], |row| row.get(0))?)
    }

    fn release_memory(&self) -> Result<(), StoreError> {
        *lock(&self.readers).as_mut().ok_or_else(closed)? = Vec::new();
        Ok(lock(&self.writer).as_ref().ok_or_else(closed)?.release_memory()?)
    }

    fn close(&self) -> Result<(), StoreError> {
        drop(lock(&self.readers).take());
        drop(lock(&self.watcher).take());
        let Some(conn) = lock(&self.writer).take() else {
            return Ok(());
        };
        // A reader that is still going on keeps the log; this folds in what it can and does not wait for it.
        conn.busy_timeout(std::time::Duration::ZERO)?;
        conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        conn.close().map_err(|(_, error)| error.into())
    }
}

/// A panic in `work` rolled its transaction back, so that the connection behind a poisoned lock is sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn closed() -> StoreError {
    StoreError::new(StoreErrorKind::Closed)
}

#[cfg(test)]
mod tests;
