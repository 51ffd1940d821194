//! `pdt run`: both loops in the foreground, until somebody asks it to stop.

use pdt_engine::api::Engine;
use pdt_engine::machine;
use pdt_engine::supervisor::Supervisor;
use pdt_engine::worker::{Seat, Worker};

use crate::context::{Answer, Context};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::stream;

/// Who is the worker already is said, and is no failure of this one.
const TAKEN: &str = "PDT syncs in the background already: the tray app does, or another `pdt run`.";

/// Syncs every profile until `stop` comes back. What was fetched until then is kept.
pub(crate) async fn run(context: &Context, stop: impl Future<Output = ()>) -> Result<Answer, Failure> {
    let engine = &context.engine;
    // The answer in the end is this profile's status: that there is none is better said now than after days.
    engine.status(&context.profile).await?;
    let Some(seat) = Seat::take(engine)? else {
        return Err(Failure { sentence: TAKEN.to_owned(), exit: Exit::AlreadyRunning });
    };
    let supervisor = Supervisor::new(engine.clone());
    let worker = Worker::start(seat, &supervisor, machine::follow(engine.clock()));
    stream::tell(&greeting(engine));
    stop.await;
    stream::tell("Stopping. What was fetched is kept.");
    worker.stop().await;
    supervisor.shutdown().await;
    let status = engine.status(&context.profile).await?;
    context.answer(&status, |_| String::new())
}

fn greeting(engine: &Engine) -> String {
    let settings = engine.settings();
    match (settings.sync_enabled.value.as_str(), settings.is_paused) {
        ("false", _) => {
            "SYNC_ENABLED is false: nothing is synced until that changes. Ctrl-C ends this.".to_owned()
        }
        (_, true) => "The background sync is paused. Ctrl-C ends this.".to_owned(),
        (_, false) => format!(
            "Syncing commits every {} and Jira every {}. Ctrl-C ends this.",
            settings.interval_commits.value, settings.interval_jira.value
        ),
    }
}
