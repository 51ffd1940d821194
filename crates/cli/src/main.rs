//! `pdt`: the engine without a window, for scripts, for servers, and for people who prefer it.
//!
//! The grammar is in `args`, each area's commands in `commands`, what is printed in `output`. Everything else is
//! the engine's: this crate calls `pdt_engine::api` and nothing below it.

mod args;
mod commands;
mod context;
mod exit;
mod failure;
mod output;
mod progress;
mod token;

use std::io::IsTerminal;
use std::process::ExitCode;

use anyhow::Context as _;
use chrono::Utc;
use clap::Parser;
use pdt_engine::api::{DoctorDto, Engine, Startup};
use tokio::runtime::Runtime;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use args::{Cli, Command, EngineCommand, Global};
use commands::paper;
use context::{Answer, Context, Reader};
use exit::Exit;
use failure::Failure;
use output::stream;
use output::terminal::Terminal;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(refusal) => return refuse(&refusal),
    };
    match answer(cli).and_then(|answer| print(&answer)) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            failure.tell();
            failure.exit.into()
        }
    }
}

/// Help and version go to standard output and are no failure; everything else is wrong usage.
fn refuse(refusal: &clap::Error) -> ExitCode {
    // Where nobody listens, nobody can be told that nobody listens.
    let _ = refusal.print();
    if refusal.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() }
}

fn answer(cli: Cli) -> Result<Answer, Failure> {
    match cli.command {
        Command::Completions { shell } => Ok(Answer::text(paper::completions(shell))),
        Command::Man => Ok(Answer::text(paper::manual()?)),
        Command::Engine(command) => {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
            let runtime = runtime.context("The program could not start.")?;
            finish(runtime, serve(cli.global, command))
        }
    }
}

/// Ends with the work. A look-up of a name may hang in a thread for half a minute, and nobody waits for it any more.
fn finish<T>(runtime: Runtime, work: impl Future<Output = T>) -> T {
    let answer = runtime.block_on(work);
    runtime.shutdown_background();
    answer
}

/// Opens the engine, runs one command, and closes the engine whatever came of it.
async fn serve(global: Global, command: EngineCommand) -> Result<Answer, Failure> {
    let reader = if global.json { Reader::Program } else { Reader::Person(Terminal::of_stdout()) };
    let engine = match Engine::open(Startup { data_dir: global.data_dir }) {
        Ok(engine) => engine,
        Err(error) if matches!(command, EngineCommand::Doctor) => {
            return commands::doctor::tell(&DoctorDto::of_unopened(&error), reader);
        }
        Err(error) => return Err(error.into()),
    };
    listen_to_log(&engine, &command);
    let context = Context { engine, profile: global.profile, reader, now: Utc::now() };
    let answer = commands::run(command, &context).await;
    let closed = context.engine.close().await;
    let answer = answer?;
    closed?;
    Ok(answer)
}

fn print(answer: &Answer) -> Result<Exit, Failure> {
    stream::print(&answer.output).context("The answer could not be written to standard output")?;
    Ok(answer.exit)
}

/// Log lines go to standard error where `PDT_LOG` asks for them. By itself a command says what it has to say; what
/// runs for long tells the course of events. Lines of other libraries are left out: nobody has promised that they hold
/// no token.
fn listen_to_log(engine: &Engine, command: &EngineCommand) {
    let by_itself = matches!(command, EngineCommand::Run).then(|| EnvFilter::new("info"));
    let filter = match engine.log_filter().map(EnvFilter::try_new) {
        Some(Ok(chosen)) => Some(chosen),
        Some(Err(error)) => {
            commands::warn(&engine.unreadable_log_filter(&error.to_string()));
            by_itself
        }
        None => by_itself,
    };
    let Some(filter) = filter else { return };
    let own = filter_fn(|metadata| metadata.target().starts_with("pdt"));
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .log_internal_errors(false);
    tracing_subscriber::registry().with(lines.with_filter(own)).with(filter).init();
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_thread_that_hangs_does_not_keep_the_program_from_ending() {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let (hold, held) = mpsc::channel::<()>();
        runtime.spawn_blocking(move || held.recv());
        assert_eq!(finish(runtime, async { 7 }), 7, "it comes back while the thread hangs");
        drop(hold);
    }
}
