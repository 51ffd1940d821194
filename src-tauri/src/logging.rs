//! Log lines go to standard error.

use pdt_engine::api::Engine;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// What is told where nobody chose a filter: what somebody who looks for a fault needs.
const DEFAULT: &str = "warn";

/// Tells what `PDT_LOG` asks for. Lines of other libraries are left out: nobody has promised that they hold no token.
pub(crate) fn listen(engine: &Engine) {
    let chosen = engine.log_filter().unwrap_or(DEFAULT);
    let parsed = EnvFilter::try_new(chosen);
    let warning = parsed.as_ref().err().map(|error| engine.unreadable_log_filter(&error.to_string()));
    listen_with(parsed.unwrap_or_else(|_| EnvFilter::new(DEFAULT)));
    for warning in warning.iter().chain(engine.warnings()) {
        tracing::warn!("{warning}");
    }
}

/// As [`listen`], in a process without an engine.
pub(crate) fn listen_by_environment() {
    listen_with(EnvFilter::try_from_env("PDT_LOG").unwrap_or_else(|_| EnvFilter::new(DEFAULT)));
}

fn listen_with(filter: EnvFilter) {
    let own = filter_fn(|metadata| metadata.target().starts_with("pdt"));
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .log_internal_errors(false);
    tracing_subscriber::registry().with(lines.with_filter(own)).with(filter).init();
}
