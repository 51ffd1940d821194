use std::sync::mpsc;

use super::*;

fn new_database() -> (tempfile::TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("pdt.db")).unwrap();
    (folder, db)
}

/// The size of SQLite's pages, in bytes.
const PAGE: usize = 4096;

fn failure() -> StoreError {
    StoreError::new(StoreErrorKind::Other).with_detail("a test wants it")
}

fn count_up(tx: &WriteTx<'_>) -> Result<(), StoreError> {
    let count: u32 = tx.setting("count")?.map_or(0, |text| text.parse().unwrap());
    tx.set_setting("count", &(count + 1).to_string())
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let (_folder, db) = new_database();
    let tries =
        ["INSERT INTO settings VALUES ('a', 'b')", "CREATE TABLE t (x TEXT)", "PRAGMA user_version = 9"];
    for sql in tries {
        let answer = db.read(move |tx| Ok(tx.conn.execute_batch(sql)?)).await;
        assert_eq!(answer.unwrap_err().kind(), StoreErrorKind::ReadOnly, "{sql} is refused");
    }
    assert_eq!(db.read(|tx| tx.setting("a")).await.unwrap(), None, "nothing was written");
}

#[tokio::test]
async fn a_write_that_fails_leaves_nothing() {
    let (_folder, db) = new_database();
    let answer = db
        .write(|tx| {
            tx.set_setting("a", "b")?;
            Err::<(), _>(failure())
        })
        .await;
    assert_eq!(answer.unwrap_err().kind(), StoreErrorKind::Other, "the error comes through");
    assert_eq!(db.read(|tx| tx.setting("a")).await.unwrap(), None, "what it wrote before is undone");
}

#[tokio::test]
async fn a_write_that_panics_leaves_nothing_and_the_next_one_works() {
    let (_folder, db) = new_database();
    let panicking = db.clone();
    let task = tokio::spawn(async move {
        panicking
            .write::<(), _>(|tx| {
                tx.set_setting("a", "b")?;
                panic!("a test wants it")
            })
            .await
    });
    assert!(task.await.unwrap_err().is_panic(), "the panic reaches who asked");
    assert_eq!(db.read(|tx| tx.setting("a")).await.unwrap(), None, "what it wrote before is undone");
    db.write(|tx| tx.set_setting("a", "c")).await.expect("the connection is sound");
}

#[tokio::test]
async fn a_write_sees_its_own_changes() {
    let (_folder, db) = new_database();
    let seen = db
        .write(|tx| {
            tx.set_setting("a", "b")?;
            tx.setting("a")
        })
        .await;
    assert_eq!(seen.unwrap().as_deref(), Some("b"), "reading works inside a write");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_sees_one_state_however_long_it_takes() {
    let (_folder, db) = new_database();
    db.write(|tx| tx.set_setting("a", "before")).await.unwrap();
    let (began, has_begun) = mpsc::channel();
    let (wrote, has_written) = mpsc::channel::<()>();
    let reading = tokio::spawn({
        let db = db.clone();
        async move {
            db.read(move |tx| {
                let first = tx.setting("a")?;
                began.send(()).unwrap();
                has_written.recv().unwrap();
                Ok((first, tx.setting("a")?))
            })
            .await
        }
    });
    tokio::task::spawn_blocking(move || has_begun.recv().unwrap()).await.unwrap();
    db.write(|tx| tx.set_setting("a", "after")).await.expect("a writer does not wait for a reader");
    wrote.send(()).unwrap();
    let (first, second) = reading.await.unwrap().unwrap();
    assert_eq!(first.as_deref(), Some("before"), "it read before the write");
    assert_eq!(second, first, "and its second question has the same answer");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_writers_on_one_file_lose_nothing() {
    let (_folder, one) = new_database();
    let two = Db::open(one.path()).unwrap();
    let writers: Vec<_> = [one.clone(), two.clone(), one.clone(), two]
        .into_iter()
        .map(|db| {
            tokio::spawn(async move {
                for _ in 0..50 {
                    db.write(count_up).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let count = one.read(|tx| tx.setting("count")).await.unwrap();
    assert_eq!(count.as_deref(), Some("200"), "each write began with what the last one left");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_read_at_once() {
    let (_folder, db) = new_database();
    let everybody_reads = Arc::new(std::sync::Barrier::new(8));
    let readers: Vec<_> = (0..8)
        .map(|_| {
            let (db, barrier) = (db.clone(), Arc::clone(&everybody_reads));
            tokio::spawn(async move {
                db.read(move |tx| {
                    barrier.wait();
                    tx.setting("a")
                })
                .await
            })
        })
        .collect();
    for reader in readers {
        assert_eq!(reader.await.unwrap().unwrap(), None, "no reader waits for another");
    }
    let kept = lock(&db.0.readers).as_ref().unwrap().len();
    assert_eq!(kept, KEPT_READERS, "only some connections stay open");
}

#[tokio::test]
async fn closing_folds_the_log_into_the_file_and_ends_all_clones() {
    let (_folder, db) = new_database();
    db.write(|tx| tx.set_setting("a", "b")).await.unwrap();
    db.read(|tx| tx.setting("a")).await.unwrap();
    let (clone, path) = (db.clone(), db.path().to_owned());
    db.close().await.unwrap();
    for suffix in ["-wal", "-shm"] {
        assert!(!file::beside(&path, suffix).exists(), "pdt.db{suffix} is gone, the file has all");
    }
    let read = clone.read(|tx| tx.setting("a")).await.unwrap_err();
    assert_eq!(read.kind(), StoreErrorKind::Closed, "a clone cannot read any more");
    let write = clone.write(|tx| tx.set_setting("a", "c")).await.unwrap_err();
    assert_eq!(write.kind(), StoreErrorKind::Closed, "nor write");
    clone.close().await.expect("closing twice is no error");
    let again = Db::open(&path).unwrap();
    assert_eq!(again.read(|tx| tx.setting("a")).await.unwrap().as_deref(), Some("b"), "nothing is lost");
}

#[tokio::test]
async fn memory_is_given_back_without_losing_anything() {
    let (_folder, db) = new_database();
    db.write(count_up).await.unwrap();
    db.release_memory().await.unwrap();
    db.write(count_up).await.unwrap();
    assert_eq!(
        db.read(|tx| tx.setting("count")).await.unwrap().as_deref(),
        Some("2"),
        "it goes on as before"
    );
}

#[tokio::test]
async fn the_version_tells_of_every_change_whoever_made_it_and_of_nothing_else() {
    let (_folder, db) = new_database();
    let other = Db::open(db.path()).unwrap();
    let first = db.data_version().unwrap();
    db.read(|tx| tx.setting("count")).await.unwrap();
    other.read(|tx| tx.setting("count")).await.unwrap();
    db.release_memory().await.unwrap();
    assert_eq!(db.data_version().unwrap(), first, "reading changes nothing");
    other.write(count_up).await.unwrap();
    let second = db.data_version().unwrap();
    assert_ne!(second, first, "another program has written");
    db.write(count_up).await.unwrap();
    let third = db.data_version().unwrap();
    assert_ne!(third, second, "so has this one");
    let failed = other.write(|tx| count_up(tx).and(Err::<(), _>(failure()))).await;
    failed.expect_err("it is undone");
    assert_eq!(db.data_version().unwrap(), third, "what was undone is no change");
    db.clone().close().await.unwrap();
    assert_eq!(db.data_version().unwrap_err().kind(), StoreErrorKind::Closed, "nothing is opened anew");
}

#[tokio::test]
async fn an_error_names_the_file() {
    let (_folder, db) = new_database();
    let error = db.read(|tx| Ok(tx.conn.execute_batch("DELETE FROM runs")?)).await.unwrap_err();
    assert!(error.to_string().contains("pdt.db"), "who reads it knows which file: {error}");
}

#[tokio::test]
async fn a_power_cut_does_not_undo_what_was_reported_as_done() {
    let (_folder, db) = new_database();
    let level =
        db.write(|tx| Ok(tx.conn.pragma_query_value(None, "synchronous", |row| row.get::<_, i64>(0))?));
    assert_eq!(level.await.unwrap(), 2, "the writer waits for the disk: FULL");
}

#[tokio::test]
async fn a_sound_file_passes_the_check_and_a_damaged_one_is_named() {
    let (_folder, db) = new_database();
    db.read(|tx| tx.check_integrity()).await.expect("a new file is sound");
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'runs_by_loop'";
    let page: u32 = db.read(move |tx| Ok(tx.conn.query_row(root, [], |row| row.get(0))?)).await.unwrap();
    let page = page as usize;
    let path = db.path().to_owned();
    db.close().await.unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[(page - 1) * PAGE..page * PAGE].fill(0xA5);
    std::fs::write(&path, bytes).unwrap();
    let db = Db::open(&path).unwrap();
    let error = db.read(|tx| tx.check_integrity()).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Damaged, "{error}");
    assert!(error.to_string().contains(&format!("page {page}")), "it says what was found: {error}");
    assert_eq!(error.to_string().lines().count(), 1, "in one sentence: {error}");
}
