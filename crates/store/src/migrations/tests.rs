use std::process::Command;
use std::sync::{Arc, Barrier};

use pdt_domain::ids::Name;
use rusqlite::OpenFlags;

use super::*;
use crate::db::Db;
use crate::error::StoreErrorKind;

/// The version of a database that this PDT makes.
pub(crate) const NEWEST: i64 = LIST.len() as i64;

/// What a later PDT may bring: a new table and a new column.
const FAKE: &str =
    "ALTER TABLE profiles ADD COLUMN colour TEXT; CREATE TABLE fake (id INTEGER PRIMARY KEY) STRICT;";

fn with_one_more(sql: &'static str) -> Migrations<'static> {
    Migrations::new([LIST, &[M::up(sql).foreign_key_check()]].concat())
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pdt.db");
    (folder, path)
}

/// A database as PDT leaves it, with a profile in it.
fn used_database(path: &Path) {
    drop(Db::open(path).unwrap());
    let conn = connection::open(path).unwrap();
    conn.execute("INSERT INTO profiles (name, created_at) VALUES ('default', '2026-02-18T23:15:00Z')", [])
        .unwrap();
}

fn names_beside(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path.parent().unwrap()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn look(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn strings(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// The copy that is kept of a database before it is brought to a version.
fn copied_before(version: usize) -> String {
    format!("pdt.db.before-v{version}")
}

#[test]
fn the_schema_is_what_was_reviewed() {
    let (_folder, path) = folder();
    drop(Db::open(&path).unwrap());
    let schema = strings(
        &look(&path),
        "SELECT type || ' ' || name || char(10) || sql || char(10) FROM sqlite_schema
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name",
    );
    insta::assert_snapshot!(schema.join("\n"));
}

#[test]
fn every_table_is_strict_and_the_file_is_sound() {
    let (_folder, path) = folder();
    used_database(&path);
    let conn = look(&path);
    let lax = strings(
        &conn,
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    );
    assert_eq!(lax, Vec::<String>::new(), "a column without a type hides mistakes");
    assert_eq!(strings(&conn, "PRAGMA integrity_check"), ["ok"], "the file is sound");
    let broken = strings(&conn, "SELECT \"table\" FROM pragma_foreign_key_check");
    assert_eq!(broken, Vec::<String>::new(), "no row lacks its owner");
    assert_eq!(strings(&conn, "PRAGMA journal_mode"), ["wal"], "readers do not wait for the writer");
}

#[test]
fn every_view_answers_and_none_can_be_written() {
    let (_folder, path) = folder();
    used_database(&path);
    let conn = connection::open(&path).unwrap();
    let views = strings(&conn, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name");
    let known = [
        "v_card_changes",
        "v_card_keys",
        "v_card_sprints",
        "v_cards",
        "v_commit_branches",
        "v_commit_links",
        "v_commits",
        "v_runs",
        "v_sprints",
    ];
    assert_eq!(views, known, "all are checked");
    for view in views {
        let count: i64 = conn
            .query_row(&format!("SELECT count(*) FROM (SELECT * FROM {view})"), [], |row| row.get(0))
            .unwrap();
        assert_eq!(count, 0, "{view} answers in a database without commits, cards and runs");
        assert!(conn.execute(&format!("DELETE FROM {view}"), []).is_err(), "{view} is read-only by nature");
    }
}

#[test]
fn a_second_opening_writes_nothing() {
    let (_folder, path) = folder();
    used_database(&path);
    let before = fs::read(&path).unwrap();
    drop(Db::open(&path).unwrap());
    assert_eq!(fs::read(&path).unwrap(), before, "nothing is missing, so nothing is done");
    assert_eq!(names_beside(&path), ["pdt.db"], "no copy, no lock, no log is left");
}

#[test]
fn an_older_database_moves_forward_and_a_copy_stays() {
    let (_folder, path) = folder();
    used_database(&path);
    drop(Db::open_with(&path, &with_one_more(FAKE)).unwrap());
    assert_eq!(
        names_beside(&path),
        ["pdt.db".to_owned(), copied_before(LIST.len() + 1)],
        "the copy says before what it was made"
    );

    let now = look(&path);
    assert_eq!(version(&now).unwrap(), NEWEST + 1, "the file has the newer tables");
    assert_eq!(strings(&now, "SELECT name FROM profiles WHERE colour IS NULL"), ["default"], "its rows stay");

    let copy = path.with_file_name(copied_before(LIST.len() + 1));
    let then = look(&copy);
    assert_eq!(version(&then).unwrap(), NEWEST, "the copy has the older tables");
    assert_eq!(strings(&then, "SELECT name FROM profiles"), ["default"], "the copy has the rows");
    #[cfg(unix)]
    assert_eq!(crate::file::tests::mode(&copy), 0o600, "the copy is as private as the database");
}

/// What the first PDT kept: a Jira account, limited to projects, beside a commit with its links.
const FIRST: &str = "
    INSERT INTO profiles (name, created_at) VALUES ('default', '2026-02-18T23:15:00Z');
    INSERT INTO accounts (profile_id, provider, name, url, login, projects, state, created_at)
    VALUES (1, 'github', 'github', 'https://github.com', 'ada', NULL, 'ok', '2026-02-18T23:15:00Z'),
           (1, 'jira', 'site', 'https://acme.example.org', 'ada', '[\"ABC\"]', 'ok', '2026-02-18T23:15:00Z');
    INSERT INTO repositories (account_id, remote_id, owner, name, provider, url, created_at)
    VALUES (1, '1', 'acme', 'widgets', 'github', 'u', '2026-02-18T23:15:00Z');
    INSERT INTO commits (repository_id, sha, message, author, author_email, date, committed_at, jira_card_key,
        has_link, first_seen_at)
    VALUES (1, '01', 'ABC-1', 'Ada', 'ada@example.org', '2026-02-18T23:15:00Z', '2026-02-18T23:15:00Z', 'ABC-1',
        1, '2026-02-18T23:15:00Z');
    INSERT INTO commit_links VALUES (1, 'ABC-1', 'message', 0, 0), (1, 'ABC-2', 'manual', 1, 1);
    INSERT INTO jira_projects VALUES (2, 'ABC');
";

#[test]
fn a_database_of_the_first_pdt_keeps_what_it_has_and_can_keep_cards() {
    let (_folder, path) = folder();
    drop(Db::open_with(&path, &Migrations::from_slice(&LIST[..1])).unwrap());
    connection::open(&path).unwrap().execute_batch(FIRST).unwrap();
    let kept = |conn: &Connection| {
        let questions = [
            "SELECT group_concat(name || ' ' || coalesce(projects, ''), ', ') FROM accounts",
            "SELECT group_concat(message || ' ' || jira_card_key || ' ' || has_link) FROM commits",
            "SELECT group_concat(card_key || ' ' || provenance || ' ' || removed, ', ') FROM commit_links",
            "SELECT group_concat(key) FROM jira_projects",
        ];
        questions.map(|sql| strings(conn, sql))
    };
    let before = kept(&look(&path));
    drop(Db::open(&path).unwrap());

    let now = look(&path);
    assert_eq!(version(&now).unwrap(), NEWEST, "the file has the newer tables");
    assert_eq!(kept(&now), before, "its rows stay");
    let unlinked = strings(&now, "SELECT name FROM profiles WHERE linked_projects IS NULL");
    assert_eq!(unlinked, ["default"], "nobody knows with which projects its links were made");
    assert_eq!(strings(&now, "SELECT card_key FROM v_cards"), Vec::<String>::new(), "no card is known yet");
    assert_eq!(
        strings(&now, "SELECT CAST(commit_count AS TEXT) FROM repositories"),
        ["1"],
        "its commits are counted"
    );
    drop(now);
    assert!(names_beside(&path).contains(&copied_before(LIST.len())), "a copy stays");
}

#[test]
fn a_kept_copy_can_take_the_place_of_the_database() {
    let (_folder, path) = folder();
    used_database(&path);
    drop(Db::open_with(&path, &with_one_more(FAKE)).unwrap());
    fs::rename(path.with_file_name(copied_before(LIST.len() + 1)), &path).unwrap();
    drop(Db::open(&path).unwrap());
    assert_eq!(strings(&look(&path), "SELECT name FROM profiles"), ["default"], "the way back is a renaming");
}

#[test]
fn a_new_database_leaves_no_copy() {
    let (_folder, path) = folder();
    drop(Db::open_with(&path, &with_one_more(FAKE)).unwrap());
    assert_eq!(names_beside(&path), ["pdt.db"], "there was nothing to copy");
}

#[test]
fn a_migration_that_fails_leaves_the_database_as_it_was() {
    let (_folder, path) = folder();
    used_database(&path);
    let failing =
        with_one_more("CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);");
    let error = Db::open_with(&path, &failing).unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Other, "{error}");
    let conn = look(&path);
    assert_eq!(version(&conn).unwrap(), NEWEST, "the version stays");
    let half = strings(&conn, "SELECT name FROM sqlite_schema WHERE name = 'half'");
    assert_eq!(half, Vec::<String>::new(), "what the migration did before it failed is undone");
    drop(conn);
    drop(Db::open(&path).expect("the older PDT still opens it"));
    drop(Db::open_with(&path, &with_one_more(FAKE)).expect("a corrected migration works afterwards"));
}

#[test]
fn a_migration_that_breaks_a_reference_is_undone() {
    let (_folder, path) = folder();
    used_database(&path);
    let breaking = with_one_more(
        "INSERT INTO accounts (profile_id, provider, name, url, login, state, created_at)
         VALUES (99, 'github', 'x', 'u', 'l', 'ok', '2026-02-18T23:15:00Z');",
    );
    assert!(Db::open_with(&path, &breaking).is_err(), "an account without a profile is noticed");
    assert_eq!(version(&look(&path)).unwrap(), NEWEST, "the version stays");
}

/// Names the database to the program that dies with it.
const DIES_WITH: &str = "PDT_STORE_TEST_DIES_WITH";

#[test]
fn a_program_killed_in_the_middle_leaves_the_database_as_it_was() {
    // This very test, started as a program of its own, is the one that dies.
    if let Some(path) = std::env::var_os(DIES_WITH) {
        return die_in_the_middle(Path::new(&path));
    }
    let (_folder, path) = folder();
    used_database(&path);
    let killed = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "migrations::tests::a_program_killed_in_the_middle_leaves_the_database_as_it_was"])
        .env(DIES_WITH, &path)
        .output()
        .unwrap();
    assert!(!killed.status.success(), "the program died: {killed:?}");
    assert!(names_beside(&path).contains(&"pdt.db.migrating".to_owned()), "it died while it had the lock");

    let db = Db::open(&path).expect("the older PDT opens it at once");
    drop(db);
    assert_eq!(version(&look(&path)).unwrap(), NEWEST, "the version stays");
    assert_eq!(strings(&look(&path), "SELECT name FROM profiles"), ["default"], "the rows stay");
    drop(Db::open_with(&path, &with_one_more(FAKE)).expect("the next try goes through"));
    assert_eq!(
        names_beside(&path),
        ["pdt.db".to_owned(), copied_before(LIST.len() + 1)],
        "what the dead program left is cleared away"
    );
}

fn die_in_the_middle(path: &Path) {
    let deadly = M::up_with_hook(FAKE, |_: &rusqlite::Transaction<'_>| std::process::abort());
    let list = Migrations::new([LIST, &[deadly]].concat());
    drop(Db::open_with(path, &list));
}

#[test]
fn programs_that_start_at_once_migrate_once() {
    let (_folder, path) = folder();
    used_database(&path);
    // Twice the same migration would leave 2.
    let counting = "CREATE TABLE IF NOT EXISTS counted (n INTEGER) STRICT; INSERT INTO counted VALUES (1);";
    let start = Arc::new(Barrier::new(8));
    let programs: Vec<_> = (0..8)
        .map(|_| {
            let (start, path) = (Arc::clone(&start), path.clone());
            std::thread::spawn(move || {
                start.wait();
                Db::open_with(&path, &with_one_more(counting)).map(drop)
            })
        })
        .collect();
    for program in programs {
        program.join().unwrap().expect("each of them can open it");
    }
    assert_eq!(
        strings(&look(&path), "SELECT count(*) || '' FROM counted"),
        ["1"],
        "one did it, all others waited"
    );
}

#[test]
fn programs_that_start_at_once_make_one_new_database() {
    let (_folder, path) = folder();
    let start = Arc::new(Barrier::new(8));
    let programs: Vec<_> = (0..8)
        .map(|_| {
            let (start, path) = (Arc::clone(&start), path.clone());
            std::thread::spawn(move || {
                start.wait();
                Db::open(&path)
            })
        })
        .collect();
    for program in programs {
        program.join().unwrap().expect("each of them can open it");
    }
    assert_eq!(version(&look(&path)).unwrap(), NEWEST, "its tables are there");
}

#[tokio::test]
async fn a_running_program_goes_on_while_a_newer_one_migrates() {
    let (_folder, path) = folder();
    let running = Db::open(&path).unwrap();
    let newer = Db::open_with(&path, &with_one_more(FAKE)).unwrap();
    let now = chrono::DateTime::UNIX_EPOCH;
    running
        .write(move |tx| tx.ensure_profile(&Name::default_profile(), now))
        .await
        .expect("columns and tables were added, none was taken");
    assert_eq!(newer.read(|tx| tx.profiles()).await.unwrap().len(), 1, "they share the file");
}

/// A database before the dashboard, with this receipt of a run.
fn before_the_dashboard(path: &Path, receipt: &str) {
    drop(Db::open_with(path, &Migrations::from_slice(&LIST[..3])).unwrap());
    let conn = connection::open(path).unwrap();
    conn.execute_batch(FIRST).unwrap();
    conn.execute(
        "INSERT INTO runs (profile_id, loop, trigger, started_at, receipt)
         VALUES (1, 'commits', 'manual', '2026-02-18T23:15:00Z', ?1)",
        [receipt],
    )
    .unwrap();
}

#[test]
fn an_odd_receipt_does_not_keep_a_database_from_moving_forward() {
    let (_folder, path) = folder();
    before_the_dashboard(&path, r#"{"repositories": ["odd", 7, {"new_commits": 2}]}"#);
    drop(Db::open(&path).unwrap());
    assert_eq!(strings(&look(&path), "SELECT new_items || '' FROM runs"), ["2"], "only entries count");
}

#[test]
fn a_migration_leaves_no_long_log_beside_a_program_that_is_open() {
    let (_folder, path) = folder();
    used_database(&path);
    let open = connection::open(&path).unwrap();
    assert_eq!(strings(&open, "SELECT name FROM profiles"), ["default"], "it has opened the file");
    bring_up_to_date(&path, &with_one_more(FAKE)).unwrap();
    let log = fs::metadata(path.with_file_name("pdt.db-wal")).unwrap();
    assert_eq!(log.len(), 0, "what the migration wrote is in the database");
    drop(open);
}

#[test]
fn who_reads_during_a_migration_does_not_keep_the_program_from_starting() {
    let (_folder, path) = folder();
    used_database(&path);
    let open = connection::open(&path).unwrap();
    open.execute_batch("BEGIN").unwrap();
    assert_eq!(strings(&open, "SELECT name FROM profiles"), ["default"], "it reads");
    bring_up_to_date(&path, &with_one_more(FAKE)).unwrap();
    assert_eq!(version(&look(&path)).unwrap(), NEWEST + 1, "only the log stays");
}
