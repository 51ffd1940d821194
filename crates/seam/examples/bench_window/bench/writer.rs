//! Somebody who writes all the while, as a sync of many new commits does.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::card_key::Provenance;
use pdt_domain::commit::Commit;
use pdt_domain::graph::{Placed, Standing};
use pdt_domain::ids::{Name, RepositoryId, Sha};
use pdt_domain::provider::Provider;
use pdt_store::{Db, NewRepository, RecordTip};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How many commits a transaction brings, as a page of a service does.
const PAGE: usize = 100;

/// The pause between two pages: about what a service takes for one, with several asked for at once.
const PAUSE: Duration = Duration::from_millis(100);

/// The years that its commits are from, in minutes.
const MINUTES: usize = 5 * 365 * 24 * 60;

/// The writer, until it is told to end.
pub(super) struct Writer {
    stop: CancellationToken,
    task: JoinHandle<Result<usize>>,
}

impl Writer {
    /// Begins with a repository of its own.
    pub(super) async fn begin(folder: &Path) -> Result<Self> {
        let db = Db::open(&folder.join("pdt.db"))?;
        let repository = repository(&db).await?;
        let stop = CancellationToken::new();
        let task = tokio::spawn(write(db, repository, stop.clone()));
        Ok(Self { stop, task })
    }

    /// Ends it, and answers with how many commits it wrote.
    pub(super) async fn end(self) -> Result<usize> {
        self.stop.cancel();
        self.task.await?
    }
}

/// Takes away what was written, from a database that is kept. It takes a while.
pub(super) async fn tidy(folder: &Path) -> Result<()> {
    let db = Db::open(&folder.join("pdt.db"))?;
    let repository = repository(&db).await?;
    db.write(move |tx| tx.remove_repository(repository)).await?;
    Ok(db.close().await?)
}

/// The writer's repository, which may be left of a measurement that was ended early.
async fn repository(db: &Db) -> Result<RepositoryId> {
    let profile = db.read(|tx| tx.profile_by_name(&Name::default_profile())).await?;
    let profile = profile.context("the profile")?.id;
    let accounts = db.read(move |tx| tx.accounts(profile)).await?;
    let account = accounts.into_iter().find(|account| account.provider == Provider::Github);
    let new = NewRepository {
        account_id: account.context("an account")?.id,
        remote_id: "written meanwhile".to_owned(),
        owner: "bench".to_owned(),
        name: "pushes".to_owned(),
        provider: Provider::Github,
        url: "https://github.example.org/bench/pushes".to_owned(),
        default_branch: Some("main".to_owned()),
        now: Utc::now(),
    };
    db.write(move |tx| tx.insert_repository(&new)).await?;
    let all = db.read(move |tx| tx.repositories(profile)).await?;
    let own = all.into_iter().find(|repository| repository.full_name() == "bench/pushes");
    Ok(own.context("a repository of its own")?.id)
}

async fn write(db: Db, repository: RepositoryId, stop: CancellationToken) -> Result<usize> {
    let mut written = 0;
    while !stop.is_cancelled() {
        let page = page(written);
        db.write(move |tx| {
            let now = Utc::now();
            let shas: Vec<Sha> = page.iter().map(|placed| placed.commit.sha.clone()).collect();
            let Some(tip) = shas.last() else { return Ok(()) };
            let seen = RecordTip { name: "main", sha: tip, since: None, seen_at: now };
            let branch = tx.record_tip(repository, &seen)?;
            tx.store_commits(repository, &page, now)?;
            tx.set_reach(repository, branch, &shas, &[])?;
            let link = |sha: &Sha| (sha.clone(), vec![("TEAMA-7".to_owned(), Provenance::Message)]);
            tx.add_links(repository, &shas.iter().map(link).collect::<Vec<_>>())?;
            tx.mark_named(repository)
        })
        .await?;
        written += PAGE;
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
    db.close().await?;
    Ok(written)
}

fn page(written: usize) -> Vec<Placed> {
    let now = Utc::now();
    (written..written + PAGE).filter_map(|number| placed(number, now)).collect()
}

fn placed(number: usize, now: DateTime<Utc>) -> Option<Placed> {
    let sha =
        |number: usize| Sha::parse(&format!("{:08x}{number:032x}", number.wrapping_mul(0x9E37_79B1) as u32));
    // As in a first sync of a long history: a day with a hundred thousand commits would measure something else.
    let at = now - TimeDelta::minutes((number * 7919 % MINUTES) as i64);
    let commit = Commit {
        sha: sha(number).ok()?,
        parents: number.checked_sub(1).and_then(|parent| sha(parent).ok()).into_iter().collect(),
        message: format!("TEAMA-7: Change number {number}\n\nIt came while somebody looked."),
        author: "Ada Lovelace".to_owned(),
        author_email: "dev0@example.org".to_owned(),
        authored_at: at,
        committed_at: at,
    };
    Some(Placed { commit, standing: Standing::Kept })
}
