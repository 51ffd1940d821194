//! The measurement: a large database, somebody who writes, and every call many times.

mod calls;
mod figures;
mod host;
mod large;
mod sample;
mod walks;
mod writer;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;
use pdt_seam::calls::Host;

pub(crate) use figures::Report;
pub(crate) use large::Size;
use sample::Sample;
use writer::Writer;

/// Every answer may take so long at the 99th percentile.
pub(crate) const MOST: Duration = Duration::from_millis(50);

/// What is to be measured.
#[derive(Debug)]
pub(crate) struct Plan {
    /// How much is in the database.
    pub(crate) size: Size,
    /// How often each call is made.
    pub(crate) rounds: usize,
    /// The folder that the database is kept in for the next time; else a throw-away one.
    pub(crate) keep: Option<PathBuf>,
    /// Only calls with this in their names.
    pub(crate) only: Option<String>,
}

pub(crate) async fn run(plan: Plan) -> Result<Report> {
    let throw_away = tempfile::tempdir()?;
    let folder = plan.keep.clone().unwrap_or_else(|| throw_away.path().to_owned());
    let mut report = Report::default();
    prepare(&folder, plan.size, &mut report).await?;
    let host = host::over(&folder)?;
    let writer = Writer::begin(&folder).await?;
    let outcome = measure(&plan, &host, &mut report).await;
    report.written(writer.end().await?);
    outcome?;
    if plan.keep.is_some() {
        writer::tidy(&folder).await?;
    }
    Ok(report)
}

/// The database, made unless it was kept.
async fn prepare(folder: &Path, size: Size, report: &mut Report) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let file = folder.join("pdt.db");
    if !file.exists() {
        // A program that is stopped half-way leaves nothing that looks whole.
        let unfinished = folder.join("unfinished.db");
        for rest in ["", "-wal", "-shm", "-journal"] {
            let _ = std::fs::remove_file(folder.join(format!("unfinished.db{rest}")));
        }
        let begun = Instant::now();
        large::make(&unfinished, size).await?;
        std::fs::rename(&unfinished, &file)?;
        report.note(format!("the database was made in {:.1} s", begun.elapsed().as_secs_f64()));
    }
    report.note(format!("{} MB of database", std::fs::metadata(&file)?.len() / 1_000_000));
    Ok(())
}

async fn measure(plan: &Plan, host: &Host, report: &mut Report) -> Result<()> {
    let sample = Sample::take(host).await?;
    let is_wanted = |name: &str| plan.only.as_ref().is_none_or(|only| name.contains(only.as_str()));
    report.call(calls::nothing_at_all(plan.rounds).await?);
    for call in calls::ALL.iter().filter(|call| is_wanted(call.label)) {
        report.call(calls::measure(host, &sample, call, plan.rounds).await);
    }
    for walk in walks::all(&sample).into_iter().filter(|walk| is_wanted(&walk.label)) {
        walks::measure(host, &walk, plan.rounds, report).await?;
    }
    Ok(())
}
