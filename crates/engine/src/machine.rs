//! What the system tells of the machine: sleep and waking, the network, the keychain.
//!
//! Nobody is asked again and again: on Linux two buses tell of a change, and nothing happens in between. On other
//! systems only a jump of the clock is heard of.

#[cfg(not(any(target_os = "macos", windows)))]
mod buses;
mod teller;

use std::sync::Arc;

use tokio::sync::watch;

use crate::clock::Clock;
#[cfg(not(any(target_os = "macos", windows)))]
pub use buses::Buses;
use teller::{Teller, Witness};

/// What the system tells of the machine. Cheap to compare; the latest wins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Machine {
    /// Whether it is about to sleep or asleep.
    pub is_asleep: bool,
    /// How often it has woken since it is watched.
    pub wakes: u64,
    /// Whether there is a network; `None` where nobody tells, or who tells may not know of all.
    pub network: Option<bool>,
    /// Whether the network is metered, as far as the system tells.
    pub is_metered: bool,
    /// Grows whenever the keychain appears, or its lock may have changed. Reading from it changes nothing.
    pub keychain: u64,
}

/// Keeps watch over the machine until it and all its receivers are gone.
#[derive(Debug)]
pub struct Watchman {
    teller: Arc<Teller>,
    /// Keeps the watch going where nobody else looks.
    machine: watch::Receiver<Machine>,
}

/// Begins to watch the machine. A system that tells nothing is no error: then nothing ever changes.
///
/// # Panics
/// Outside a tokio runtime.
pub fn follow(clock: Arc<dyn Clock>) -> Watchman {
    #[cfg(not(any(target_os = "macos", windows)))]
    return follow_on(Buses::of_this_session(), clock);
    #[cfg(any(target_os = "macos", windows))]
    return Watchman::new(clock);
}

/// Like [`follow`], on buses of one's own.
///
/// # Panics
/// Outside a tokio runtime.
#[cfg(not(any(target_os = "macos", windows)))]
pub fn follow_on(buses: Buses, clock: Arc<dyn Clock>) -> Watchman {
    let watchman = Watchman::new(clock);
    tokio::spawn(buses::follow(buses, Arc::clone(&watchman.teller)));
    watchman
}

impl Watchman {
    fn new(clock: Arc<dyn Clock>) -> Self {
        let (teller, machine) = Teller::new(clock);
        Self { teller: Arc::new(teller), machine }
    }

    /// What is known of the machine, now and whenever it changes.
    #[must_use]
    pub fn machine(&self) -> watch::Receiver<Machine> {
        self.machine.clone()
    }

    /// Takes it from somebody who saw the clock jump that the machine has slept. A wake that the system tells as well
    /// counts once.
    pub fn clock_jumped(&self) {
        self.teller.woke(Witness::Clock);
    }
}
