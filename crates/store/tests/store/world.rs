//! A small database to test with: one profile, one GitHub account, and the words to fill it.

use chrono::{DateTime, Utc};
use pdt_domain::commit::Commit;
use pdt_domain::graph::{Placed, Standing};
use pdt_domain::ids::{AccountId, BranchId, Name, ProfileId, RepositoryId, Sha};
use pdt_domain::provider::Provider;
use pdt_store::{AccountState, Db, NewAccount, NewRepository, ReadTx, RecordTip, StoreError, WriteTx};

/// The database and the rows that most tests begin with.
pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) profile: ProfileId,
    pub(crate) account: AccountId,
    _folder: tempfile::TempDir,
}

impl World {
    /// Profile `default` with the GitHub account `github`.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("pdt.db")).unwrap();
        let (profile, account) = db
            .write(|tx| {
                let profile = tx.ensure_profile(&Name::default_profile(), at("2026-02-01T00:00:00Z"))?;
                Ok((profile, tx.upsert_account(&new_account(profile, "github"))?))
            })
            .await
            .unwrap();
        Self { db, profile, account, _folder: folder }
    }

    /// Another profile with an account `github` of its own.
    pub(crate) async fn another_profile(&self, profile: &'static str) -> (ProfileId, AccountId) {
        self.write(move |tx| {
            let profile = tx.ensure_profile(&name(profile), at("2026-02-01T00:00:00Z"))?;
            Ok((profile, tx.upsert_account(&new_account(profile, "github"))?))
        })
        .await
    }

    /// A tracked repository `acme/<repo>` of the first account with `main` as its default branch.
    pub(crate) async fn repository(&self, repo: &'static str) -> RepositoryId {
        let account = self.account;
        self.write(move |tx| Ok(tx.insert_repository(&new_repository(account, repo))?.unwrap())).await
    }

    pub(crate) async fn write<T, F>(&self, work: F) -> T
    where
        T: Send + 'static,
        F: FnOnce(&WriteTx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.db.write(work).await.unwrap()
    }

    pub(crate) async fn read<T, F>(&self, work: F) -> T
    where
        T: Send + 'static,
        F: FnOnce(&ReadTx<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.db.read(work).await.unwrap()
    }

    /// Every row of every table, to see that nothing has changed.
    pub(crate) fn everything(&self) -> Vec<String> {
        let conn = rusqlite::Connection::open(self.db.path()).unwrap();
        let tables = rows(
            &conn,
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
             AND name NOT LIKE 'sqlite_%' ORDER BY name",
        );
        tables
            .iter()
            .flat_map(|table| {
                let all = rows(&conn, &format!("SELECT * FROM {table} ORDER BY 1, 2"));
                all.into_iter().map(move |row| format!("{table}: {row}"))
            })
            .collect()
    }

    /// What a person's own tool reads: each row as one line.
    pub(crate) fn ask_by_hand(&self, sql: &str) -> Vec<String> {
        rows(&rusqlite::Connection::open(self.db.path()).unwrap(), sql)
    }
}

fn rows(conn: &rusqlite::Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).unwrap();
    let columns = statement.column_count();
    let line = |row: &rusqlite::Row<'_>| {
        let values = (0..columns).map(|column| match row.get_ref(column).unwrap() {
            rusqlite::types::ValueRef::Null => "-".to_owned(),
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            rusqlite::types::ValueRef::Real(number) => number.to_string(),
            rusqlite::types::ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
            rusqlite::types::ValueRef::Blob(bytes) => panic!("no column holds {bytes:?}"),
        });
        Ok(values.collect::<Vec<_>>().join(" | "))
    };
    statement.query_map([], line).unwrap().collect::<Result<_, _>>().unwrap()
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

pub(crate) fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub(crate) fn sha(number: u32) -> Sha {
    Sha::parse(&format!("{number:040x}")).unwrap()
}

pub(crate) fn new_account(profile_id: ProfileId, account: &str) -> NewAccount {
    NewAccount {
        profile_id,
        provider: Provider::Github,
        name: name(account),
        url: "https://github.com".into(),
        login: "ada".into(),
        email: None,
        projects: None,
        state: AccountState {
            standing: pdt_store::Standing::Ok,
            reason: None,
            scopes: None,
            expires_at: None,
        },
        credential_print: None,
        now: at("2026-02-01T00:00:00Z"),
    }
}

pub(crate) fn new_repository(account_id: AccountId, repo: &str) -> NewRepository {
    NewRepository {
        account_id,
        remote_id: format!("id of {repo}"),
        owner: "acme".into(),
        name: repo.into(),
        provider: Provider::Github,
        url: format!("https://github.com/acme/{repo}"),
        default_branch: Some("main".into()),
        now: at("2026-02-01T00:00:00Z"),
    }
}

/// Commit `number`, written in minute `number` of 18 February 2026, with the one before it as its parent.
pub(crate) fn commit(number: u32) -> Placed {
    let date = at("2026-02-18T00:00:00Z") + chrono::TimeDelta::minutes(i64::from(number));
    let commit = Commit {
        sha: sha(number),
        parents: number.checked_sub(1).map(sha).into_iter().collect(),
        message: format!("Change number {number}"),
        author: "Ada".into(),
        author_email: "ada@example.org".into(),
        authored_at: date,
        committed_at: date,
    };
    Placed { commit, standing: Standing::Kept }
}

/// The present time of most tests.
pub(crate) fn now() -> DateTime<Utc> {
    at("2026-02-18T23:15:00Z")
}

/// A branch as listed now.
pub(crate) fn tip<'a>(branch: &'a str, sha: &'a Sha) -> RecordTip<'a> {
    RecordTip { name: branch, sha, since: None, seen_at: now() }
}

/// A branch that reaches these commits.
pub(crate) fn branch_reaching(
    tx: &WriteTx<'_>,
    repository: RepositoryId,
    branch: &str,
    numbers: &[u32],
) -> Result<BranchId, StoreError> {
    let shas: Vec<Sha> = numbers.iter().copied().map(sha).collect();
    let branch = tx.record_tip(repository, &tip(branch, shas.last().unwrap()))?;
    tx.set_reach(repository, branch, &shas, &[])?;
    Ok(branch)
}
