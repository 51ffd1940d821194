//! Word that something in the database is another than before, whoever changed it.

use std::time::Duration;

use pdt_store::Db;
use tokio::time::{Instant, sleep_until};

use super::{ApiError, Engine};

/// How often the database is looked at.
const EVERY: Duration = Duration::from_millis(500);

/// Tells of changes of the database while somebody waits for one, and does nothing at all otherwise.
#[derive(Debug)]
pub struct Changes {
    db: Db,
    /// The version that was told of last.
    seen: i64,
    next_look: Instant,
}

impl Engine {
    /// Word of what changes from now on, made by this program or another one, such as `pdt`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn changes(&self) -> Result<Changes, ApiError> {
        let db = self.core.db.clone();
        Ok(Changes { seen: db.data_version()?, db, next_look: Instant::now() + EVERY })
    }
}

impl Changes {
    /// Waits until something is another than it was when this last ended. Many changes at once are told once,
    /// and no two words come within half a second. May be dropped while it waits: the next call misses nothing.
    ///
    /// # Errors
    /// Those of the database, which is closed when PDT ends.
    pub async fn next(&mut self) -> Result<(), ApiError> {
        loop {
            sleep_until(self.next_look).await;
            let is_new = self.look()?;
            self.next_look = Instant::now() + EVERY;
            if is_new {
                return Ok(());
            }
        }
    }

    /// Whether something is another than it was when this was asked last. Does not wait for it.
    ///
    /// # Errors
    /// Those of the database, which is closed when PDT ends.
    pub fn look(&mut self) -> Result<bool, ApiError> {
        let version = self.db.data_version()?;
        let is_new = version != self.seen;
        self.seen = version;
        Ok(is_new)
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    /// SQLite takes it for no change where a value stays what it was.
    async fn write(db: &Db, value: &'static str) {
        db.write(move |tx| tx.set_setting("a", value)).await.unwrap();
    }

    #[tokio::test]
    async fn many_changes_of_two_programs_are_one_word() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pdt.db");
        let (own, other) = (Db::open(&path).unwrap(), Db::open(&path).unwrap());
        let seen = own.data_version().unwrap();
        let mut changes = Changes { db: own.clone(), seen, next_look: Instant::now() };
        assert!(!changes.look().unwrap(), "nothing has happened yet");
        for (db, value) in [(&own, "1"), (&other, "2"), (&other, "3")] {
            write(db, value).await;
        }
        changes.next().await.unwrap();
        assert!(!changes.look().unwrap(), "all of it is told");
        assert!(changes.next().now_or_never().is_none(), "the next word takes its time");
        write(&other, "4").await;
        changes.next().await.expect("a wait that was given up has lost nothing");
        own.close().await.unwrap();
        changes.next().await.expect_err("nobody waits for a database that is closed");
    }
}
