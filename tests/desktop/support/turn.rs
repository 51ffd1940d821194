//! Two desktops at a time: more of them would make every deadline a matter of luck. cargo-nextest is told so in its
//! configuration; `cargo test`, which runs all tests in one process, is held back here.

use std::sync::{Condvar, Mutex, PoisonError};

const AT_ONCE: usize = 2;

static RUNNING: Mutex<usize> = Mutex::new(0);
static ENDED: Condvar = Condvar::new();

/// The right to use a desktop, until it is dropped.
pub(super) struct Turn(());

impl Turn {
    pub(super) fn wait() -> Self {
        let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let mut running =
            ENDED.wait_while(running, |running| *running >= AT_ONCE).unwrap_or_else(PoisonError::into_inner);
        *running += 1;
        Self(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        ENDED.notify_one();
    }
}
