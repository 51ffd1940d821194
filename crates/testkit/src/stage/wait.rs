//! Waiting for programs that have no way of telling us.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long to wait before asking again.
const PAUSE: Duration = Duration::from_millis(40);

/// Asks `probe` until it has an answer. For programs of others only, which cannot tell when something is so.
///
/// # Errors
/// Where there is none within `patience`; the message names `what` was waited for.
pub fn wait_for<T>(what: &str, patience: Duration, mut probe: impl FnMut() -> Option<T>) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = probe() {
            return Ok(answer);
        }
        if start.elapsed() > patience {
            bail!("{what}: not within {patience:?}");
        }
        thread::sleep(PAUSE);
    }
}

/// Asks `probe` until it says yes. For programs of others only.
///
/// # Errors
/// Where it does not within `patience`; the message names `what` was waited for.
pub fn wait_until(what: &str, patience: Duration, mut probe: impl FnMut() -> bool) -> Result<()> {
    wait_for(what, patience, || probe().then_some(()))
}
