//! The resident process as its parts see it.

use std::time::Duration;

use pdt_domain::run::Trigger;
use pdt_engine::api::{ApiError, Engine, SyncWhat};
use pdt_engine::supervisor::Supervisor;
use pdt_seam::calls::{Desktop, Host};
use tauri::AppHandle;
use tokio::sync::watch;

use super::window_process::WindowProcess;

/// How long the end of everything may take before PDT ends anyway.
const PATIENCE: Duration = Duration::from_millis(4500);

/// What the tray, the window and a second start act upon.
#[derive(Clone)]
pub(super) struct Resident {
    pub(super) app: AppHandle,
    pub(super) engine: Engine,
    pub(super) supervisor: Supervisor,
    window: WindowProcess,
    has_tray: watch::Sender<bool>,
}

impl Resident {
    pub(super) fn new(app: AppHandle, engine: Engine, supervisor: Supervisor) -> Self {
        Self {
            app,
            engine,
            supervisor,
            window: WindowProcess::default(),
            has_tray: watch::Sender::new(false),
        }
    }

    /// Shows the window, or brings it to the front.
    pub(super) fn show_window(&self) {
        self.window.show(&self.host());
    }

    /// Runs the loops of every profile, as *Sync now* says. Where nothing could be synced, the window says why.
    pub(super) async fn sync_now(&self) {
        let profiles = match self.engine.profiles().await {
            Ok(profiles) => profiles,
            Err(error) => return tracing::error!(%error, "the profiles could not be read"),
        };
        let tracked: Vec<_> = profiles.into_iter().filter(|profile| profile.repositories > 0).collect();
        if tracked.is_empty() {
            return self.show_window();
        }
        for profile in tracked {
            let synced = self.supervisor.sync(&profile.name, SyncWhat::Both, Trigger::Manual).await;
            if let Err(error) = synced {
                tracing::error!(profile = profile.name.as_str(), %error, "the sync could not run");
            }
        }
    }

    pub(super) fn set_has_tray(&self, has_tray: bool) {
        self.has_tray.send_replace(has_tray);
    }

    /// Closes the window, ends what runs with all it has fetched, closes the database, and ends the process.
    pub(super) async fn end(&self) {
        self.window.close();
        let ended = async {
            self.supervisor.shutdown().await;
            self.window.ended().await;
            if let Err(error) = self.engine.clone().close().await {
                tracing::warn!(%error, "the database was not closed");
            }
        };
        if tokio::time::timeout(PATIENCE, ended).await.is_err() {
            tracing::warn!("ending took too long; nothing that was fetched is lost");
        }
        self.app.exit(0);
    }

    fn host(&self) -> Host {
        Host {
            engine: self.engine.clone(),
            supervisor: self.supervisor.clone(),
            desktop: std::sync::Arc::new(self.clone()),
        }
    }
}

impl std::fmt::Debug for Resident {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Resident").field("has_tray", &*self.has_tray.borrow()).finish_non_exhaustive()
    }
}

impl Desktop for Resident {
    fn open_link(&self, url: &str) -> Result<(), ApiError> {
        tauri_plugin_opener::open_url(url, None::<&str>).map_err(|_| {
            ApiError::desktop("No browser could be started for this link.").with_hint(url.to_owned())
        })
    }

    fn has_tray(&self) -> bool {
        *self.has_tray.borrow()
    }

    fn close_window(&self) {
        self.window.close();
    }

    fn quit(&self) {
        let resident = self.clone();
        tauri::async_runtime::spawn(async move { resident.end().await });
    }
}
