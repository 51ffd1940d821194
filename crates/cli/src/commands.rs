//! The commands, by area. Each asks the engine for one thing and shows the answer.

mod account;
mod card;
mod choose;
mod commit;
pub(crate) mod doctor;
pub(crate) mod paper;
mod profile;
mod repo;
mod run;
mod sprint;
mod status;
mod sync;

use pdt_engine::stopping::asked_to_stop;

use crate::args::EngineCommand;
use crate::context::{Answer, Context};
use crate::failure::Failure;
use crate::output::stream;
use crate::output::table::{Entry, Tone};
use crate::output::text::harmless_lines;

/// Runs one command.
pub(crate) async fn run(command: EngineCommand, context: &Context) -> Result<Answer, Failure> {
    match command {
        EngineCommand::Account(command) => account::run(command, context).await,
        EngineCommand::Repo(command) => repo::run(command, context).await,
        EngineCommand::Sync(args) => {
            warn_of_settings(context);
            sync::run(&args, context).await
        }
        EngineCommand::Run => {
            let stop = asked_to_stop();
            warn_of_settings(context);
            run::run(context, stop).await
        }
        EngineCommand::Status => {
            warn_of_settings(context);
            status::run(context).await
        }
        EngineCommand::Commit(command) => commit::run(command, context).await,
        EngineCommand::Sprint(command) => sprint::run(&command, context).await,
        EngineCommand::Card(command) => card::run(command, context).await,
        EngineCommand::Profile(command) => profile::run(&command, context).await,
        EngineCommand::Doctor => doctor::run(context).await,
    }
}

/// Settings that could not be read: they decide what the loops do, so their commands say so.
fn warn_of_settings(context: &Context) {
    context.engine.warnings().iter().for_each(|warning| warn(warning));
}

/// Something that the person set and PDT cannot use.
pub(crate) fn warn(warning: &str) {
    stream::tell(&format!("warning: {}", harmless_lines(warning)));
}

/// What the person should know beside the answer.
fn note(notes: &[String]) {
    for note in notes {
        stream::tell(&format!("note: {}", harmless_lines(note)));
    }
}

/// Whether something that was looked at works.
fn verdict(ok: bool) -> Entry {
    if ok { Entry::toned("ok", Tone::Good) } else { Entry::toned("failed", Tone::Bad) }
}
