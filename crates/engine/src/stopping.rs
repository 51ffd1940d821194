//! The system's own ways to say that a program shall end: Ctrl-C, and on Unix SIGTERM and the terminal's end.

use std::future::Future;

/// Listens from now on, and comes back when the process is asked to stop. Where the system does not let it listen,
/// never: then the system's own way of ending a process is still there.
///
/// # Panics
/// Outside a tokio runtime.
#[cfg(unix)]
pub fn asked_to_stop() -> impl Future<Output = ()> + Send {
    use tokio::signal::unix::{SignalKind, signal};

    let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
    let signals = kinds.map(signal);
    async move {
        let [Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)] = signals else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
}

/// Listens from now on, and comes back when the process is asked to stop. Where the system does not let it listen,
/// never: then the system's own way of ending a process is still there.
#[cfg(not(unix))]
pub fn asked_to_stop() -> impl Future<Output = ()> + Send {
    async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
