use rusqlite_migration::M;

use super::*;
use crate::db::Db;
use crate::migrations::tests::NEWEST;

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pdt.db");
    (folder, path)
}

/// All files of the folder with their bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[cfg(unix)]
pub(crate) fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// A database that a PDT with 98 more migrations has left behind.
fn newer_database(path: &Path) {
    drop(Db::open(path).unwrap());
    Connection::open(path).unwrap().pragma_update(None, "user_version", 99).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn the_database_and_what_belongs_to_it_are_for_their_owner_only() {
    let (folder, _) = folder();
    let path = folder.path().join("deep/er/pdt.db");
    let db = Db::open(&path).unwrap();
    db.write(|tx| tx.set_setting("a", "b")).await.unwrap();
    assert_eq!(db.read(|tx| tx.setting("a")).await.unwrap().as_deref(), Some("b"), "it is in use");
    for file in [path.clone(), beside(&path, "-wal"), beside(&path, "-shm")] {
        assert_eq!(mode(&file), 0o600, "{} is private", file.display());
    }
    for made in [path.parent().unwrap(), path.parent().unwrap().parent().unwrap()] {
        assert_eq!(mode(made), 0o700, "{} is private", made.display());
    }
}

#[cfg(unix)]
#[test]
fn a_database_that_others_may_read_becomes_private() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = folder();
    drop(Db::open(&path).unwrap());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    drop(Db::open(&path).unwrap());
    assert_eq!(mode(&path), 0o600, "a restored copy is as private as what was lost");
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_there_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = folder();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    drop(Db::open(&path).unwrap());
    assert_eq!(mode(folder.path()), 0o755, "PDT does not take away what it did not give");
}

#[test]
fn a_newer_database_is_refused_and_not_touched() {
    let (folder, path) = folder();
    newer_database(&path);
    let (before, changed_at) = (files(folder.path()), fs::metadata(&path).unwrap().modified().unwrap());
    let error = Db::open(&path).unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::NewerDatabase { found: 99, known: NEWEST }, "{error}");
    assert!(error.to_string().contains("update PDT"), "the person learns what to do: {error}");
    assert_eq!(files(folder.path()), before, "no byte differs, and no file came beside it");
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), changed_at, "it was not written");
}

#[test]
fn a_newer_database_is_recognised_by_what_is_still_in_its_log() {
    let (_folder, path) = folder();
    drop(Db::open(&path).unwrap());
    // What a crash leaves: the log holds the newer version, the file does not yet.
    let writer = Connection::open(&path).unwrap();
    writer.pragma_update(None, "user_version", 99).unwrap();
    let crashed = tempfile::tempdir().unwrap();
    let copy = crashed.path().join("pdt.db");
    for suffix in ["", "-wal"] {
        fs::copy(beside(&path, suffix), beside(&copy, suffix)).unwrap();
    }
    let parts = ["", "-wal"].map(|suffix| beside(&copy, suffix));
    let before = parts.clone().map(|part| fs::read(part).unwrap());
    let error = Db::open(&copy).unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::NewerDatabase { found: 99, known: NEWEST }, "{error}");
    assert_eq!(parts.map(|part| fs::read(part).unwrap()), before, "the file and its log are as they were");
}

/// What stands in the place of the database, what PDT takes it for, and how it comes there.
type Stranger = (&'static str, StoreErrorKind, fn(&Path));

#[test]
fn what_is_not_pdts_is_refused_and_not_touched() {
    let cases: [Stranger; 4] = [
        ("a letter", StoreErrorKind::NotADatabase, |path| fs::write(path, "Dear Ada, ".repeat(900)).unwrap()),
        ("a short note", StoreErrorKind::NotADatabase, |path| fs::write(path, "milk, bread, eggs").unwrap()),
        ("another program's database", StoreErrorKind::ForeignDatabase, |path| {
            Connection::open(path).unwrap().execute_batch("CREATE TABLE songs (title TEXT)").unwrap();
        }),
        ("a database with holes", StoreErrorKind::Damaged, |path| {
            drop(Db::open(path).unwrap());
            let mut bytes = fs::read(path).unwrap();
            bytes[100..4096].fill(0xA5);
            fs::write(path, bytes).unwrap();
        }),
    ];
    for (what, kind, make) in cases {
        let (folder, path) = folder();
        make(&path);
        let before = files(folder.path());
        let error = Db::open(&path).expect_err(what);
        assert_eq!(error.kind(), kind, "{what}: {error}");
        assert_eq!(files(folder.path()), before, "{what} is as it was");
    }
}

#[test]
fn a_folder_in_the_place_of_the_database_is_refused() {
    let (folder, _) = folder();
    let error = Db::open(folder.path()).unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::NotADatabase, "{error}");
}

#[test]
fn an_empty_file_is_an_empty_database() {
    let (_folder, path) = folder();
    fs::write(&path, "").unwrap();
    Db::open(&path).expect("a start that was killed early leaves such a file");
}

#[test]
fn a_path_may_hold_what_means_something_in_a_uri() {
    let (folder, _) = folder();
    let path = folder.path().join("100% \"ma foi\"? #1 & Käse;'").join("pdt.db");
    drop(Db::open(&path).unwrap());
    drop(Db::open(&path).expect("the second opening looks at the same file"));
    newer_database(&beside(&path, "2"));
    assert!(Db::open(&beside(&path, "2")).is_err(), "the look sees this file's version");
}

#[cfg(unix)]
#[test]
fn a_path_need_not_be_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let (folder, _) = folder();
    let path = folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9")).join("pdt.db");
    drop(Db::open(&path).unwrap());
    Db::open(&path).expect("file names are bytes");
}

#[cfg(unix)]
#[test]
fn a_place_without_the_right_to_write_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = folder();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    drop(Db::open(&path).unwrap());
    fs::copy(&path, closed.join("pdt.db")).unwrap();
    fs::set_permissions(closed.join("pdt.db"), fs::Permissions::from_mode(0o400)).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o500)).unwrap();
    if fs::write(closed.join("probe"), "").is_ok() {
        return; // Root may write anywhere.
    }
    let missing = Db::open(&closed.join("new.db")).unwrap_err();
    assert_eq!(missing.kind(), StoreErrorKind::PermissionDenied, "{missing}");
    assert!(missing.to_string().contains("closed"), "the folder is named: {missing}");
    let present = Db::open(&closed.join("pdt.db")).unwrap_err();
    let denied = [StoreErrorKind::ReadOnly, StoreErrorKind::PermissionDenied].contains(&present.kind());
    assert!(denied, "not at the first write, but at once: {present}");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn the_look_counts_all_migrations() {
    let (_folder, path) = folder();
    drop(Db::open(&path).unwrap());
    let empty = Migrations::new(Vec::<M<'static>>::new());
    let error = prepare(&path, &empty).unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::NewerDatabase { found: NEWEST, known: 0 }, "{error}");
}
