//! How long the window waits for its answers: every call of the window that reads, with a million commits, a hundred
//! thousand cards and five hundred repositories in the database, while somebody else writes into it as a sync does.
//! `cargo xtask bench window` builds this for release and starts it.

#![expect(clippy::print_stdout, reason = "a measurement is there to be read")]
#![expect(clippy::print_stderr, reason = "so is how far it is")]
#![expect(clippy::indexing_slicing, reason = "what a JSON document lacks reads as null")]

mod bench;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use bench::{Plan, Size};

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let mut plan = Plan {
        size: Size { commits: 1_000_000, cards: 100_000, repositories: 500, runs: 10_000 },
        rounds: 200,
        keep: None,
        only: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().with_context(|| format!("{word} needs a value"))?;
        match word.as_str() {
            "--commits" => plan.size.commits = value.parse()?,
            "--cards" => plan.size.cards = value.parse()?,
            "--repositories" => plan.size.repositories = value.parse()?,
            "--runs" => plan.size.runs = value.parse()?,
            "--rounds" => plan.rounds = value.parse()?,
            "--keep" => plan.keep = Some(PathBuf::from(value)),
            "--only" => plan.only = Some(value),
            _ => bail!("there is no {word}"),
        }
    }
    let report = bench::run(plan).await?;
    println!("{report}");
    let is_kept = report.slow().is_empty() && report.failed().is_empty();
    Ok(if is_kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
