//! Hearing of icons at the moment when they come.

use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::Stage;
use super::tray::{WATCHER, WATCHER_PATH};

/// Tells when an icon comes into the tray.
#[derive(Debug)]
pub struct TrayWatch(Receiver<Instant>);

impl Stage {
    /// Listens from now on.
    ///
    /// # Errors
    /// Where there is no tray.
    pub fn watch_tray(&self) -> Result<TrayWatch> {
        let watcher = self.bus()?.proxy(WATCHER, WATCHER_PATH, WATCHER)?;
        let signals = watcher.receive_signal("StatusNotifierItemRegistered")?;
        let (tell, told) = channel();
        // It ends with the bus, or at the first signal that nobody wants to hear of.
        thread::spawn(move || signals.into_iter().try_for_each(|_| tell.send(Instant::now())));
        Ok(TrayWatch(told))
    }
}

impl TrayWatch {
    /// Waits for the next icon and answers with the moment when it came.
    ///
    /// # Errors
    /// Where none comes within `patience`.
    pub fn next(&self, patience: Duration) -> Result<Instant> {
        self.0.recv_timeout(patience).context("no icon came into the tray")
    }
}
