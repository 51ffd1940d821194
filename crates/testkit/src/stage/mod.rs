//! A stage for tests on a real desktop that nobody looks at: a home, a runtime folder, a session bus, a display,
//! and, as wanted, a panel with a tray, a window manager, a keychain and a notification service.
//!
//! Nothing of the person's own session is reached: every program gets its environment from the stage. Whatever was
//! started ends with the stage, also where the test itself was killed.
//!
//! Programs of others tell nobody when they are ready, so here, and only here, they are asked again and again until
//! a deadline ([`wait_until`]).

mod bus;
mod keychain;
mod notifications;
mod panel;
mod place;
mod plan;
mod portal;
mod processes;
mod running;
mod screen;
mod tray;
mod wait;
mod watch;

use anyhow::Result;
use tempfile::TempDir;

pub use bus::Bus;
pub use keychain::KEYRING_PASSWORD;
pub use notifications::Shown;
pub use place::show_logs;
pub use plan::StagePlan;
pub use portal::{Answers, Portal, Scheme};
pub use processes::Process;
pub use running::Running;
pub use tray::{Icon, MenuEntry, TrayItem};
pub use wait::{wait_for, wait_until};
pub use watch::TrayWatch;

use place::Place;

/// Where programs run that need a desktop. Everything on it ends when it is dropped.
#[derive(Debug)]
pub struct Stage {
    place: Place,
    /// The scenery, in the order in which it goes.
    props: Vec<Running>,
    /// Ends everything else if we cannot; none where somebody else raised the stage.
    keeper: Option<Running>,
    _folder: Option<TempDir>,
}

impl Stage {
    /// A stage with a home, a runtime folder and a session bus; the plan says what else, and
    /// [`raise`](StagePlan::raise) makes it.
    pub fn plan() -> StagePlan {
        StagePlan::default()
    }

    /// The stage that this very process was started on (by [`command`](Self::command)), if it was: what is
    /// started through it ends with the stage.
    #[must_use]
    pub fn around_us() -> Option<Self> {
        let place = Place::around_us()?;
        Some(Self { place, props: Vec::new(), keeper: None, _folder: None })
    }

    /// Ends what was started through us, then whatever else is left on the stage: services that the bus started, and
    /// programs that moved out of the stage's process group.
    ///
    /// # Errors
    /// Where a process could not be looked at, or not be ended.
    fn clear(&mut self) -> Result<()> {
        self.props.clear();
        if self.keeper.take().is_some() {
            let left = self.processes()?;
            processes::kill(&left)?;
        }
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.place.show_logs();
            self.keep_picture();
        }
        // A stage that cannot be cleared has nobody left to tell; its keeper still ends what it can.
        let _ = self.clear();
    }
}
