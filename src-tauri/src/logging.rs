//! Log lines go to files in the data folder, and the graver ones to standard error. See `docs/LOGGING.md`.

mod file;

use std::path::Path;
use std::sync::Arc;

use pdt_engine::api::Engine;
use pdt_engine::clock::SystemClock;
use tracing::Subscriber;
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use file::LogFile;

/// What is told in a terminal where nobody chose a filter: what somebody who looks for a fault needs.
const TERMINAL: &str = "warn";

/// What is kept in the files where nobody chose a filter: the course of events.
const KEPT: &str = "info";

/// Tells and keeps what `PDT_LOG` asks for. Files that cannot be written are told of, and PDT goes on without them.
pub(crate) fn listen(engine: &Engine, folder: &Path) {
    let chosen = engine.log_filter();
    let objection = chosen.as_deref().and_then(|chosen| EnvFilter::try_new(chosen).err());
    let chosen = chosen.filter(|_| objection.is_none());
    let filter = |default| EnvFilter::new(chosen.as_deref().unwrap_or(default));
    let (kept, refused) = match LogFile::open(folder, Arc::new(SystemClock)) {
        Ok(file) => (Some(lines(move || file.clone(), filter(KEPT))), None),
        Err(error) => (None, Some(error)),
    };
    tracing_subscriber::registry().with(kept).with(lines(std::io::stderr, filter(TERMINAL))).init();
    if let Some(error) = refused {
        tracing::warn!(folder = %folder.display(), %error, "no log is kept: the folder cannot be written");
    }
    let objection = objection.map(|reason| engine.unreadable_log_filter(&reason.to_string()));
    for warning in objection.into_iter().chain(engine.warnings()) {
        tracing::warn!(warning, "a setting cannot be used");
    }
}

/// Tells a process without an engine what `PDT_LOG` asks for. It keeps nothing: the files belong to the process that
/// stays.
pub(crate) fn listen_by_environment() {
    let filter = EnvFilter::try_from_env("PDT_LOG").unwrap_or_else(|_| EnvFilter::new(TERMINAL));
    tracing_subscriber::registry().with(lines(std::io::stderr, filter)).init();
}

/// A line an event. Those of other libraries are left out: nobody has promised that they hold no token.
fn lines<S, W>(writer: W, filter: EnvFilter) -> impl Layer<S> + use<S, W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let own = filter_fn(|metadata| metadata.target().starts_with("pdt"));
    let lines =
        tracing_subscriber::fmt::layer().with_writer(writer).with_ansi(false).log_internal_errors(false);
    lines.with_filter(filter.and(own))
}
