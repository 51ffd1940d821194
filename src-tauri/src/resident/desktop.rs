//! The resident process as its parts see it.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use pdt_domain::run::Trigger;
use pdt_engine::api::{ApiError, Engine, SyncWhat};
use pdt_engine::machine::Machine;
use pdt_engine::supervisor::Supervisor;
use pdt_engine::worker::Worker;
use pdt_seam::calls::{Autostart, Desktop, Host};
use tauri::AppHandle;
use tokio::sync::watch;

use super::autostart::AtLogin;
use super::window_process::WindowProcess;
use super::{elsewhere, notifier};

/// How long the end of everything may take before PDT ends anyway.
const PATIENCE: Duration = Duration::from_millis(4500);

/// What the tray, the window and a second start act upon.
#[derive(Clone)]
pub(super) struct Resident {
    pub(super) app: AppHandle,
    pub(super) engine: Engine,
    pub(super) supervisor: Supervisor,
    /// The loops in the background; none once PDT is ending.
    worker: Arc<Mutex<Option<Worker>>>,
    beat: watch::Receiver<DateTime<Utc>>,
    machine: watch::Receiver<Machine>,
    at_login: AtLogin,
    window: WindowProcess,
    has_tray: watch::Sender<bool>,
    is_ending: Arc<AtomicBool>,
}

impl Resident {
    pub(super) fn new(app: AppHandle, engine: Engine, supervisor: Supervisor, worker: Worker) -> Self {
        Self {
            at_login: AtLogin::of_this_program(&app),
            app,
            engine,
            supervisor,
            beat: worker.beat(),
            machine: worker.machine(),
            worker: Arc::new(Mutex::new(Some(worker))),
            window: WindowProcess::default(),
            has_tray: watch::Sender::new(false),
            is_ending: Arc::default(),
        }
    }

    /// Shows the window, or brings it to the front.
    pub(super) fn show_window(&self) {
        self.window.show(&self.host());
    }

    /// Shows the window with the view at this address.
    pub(super) fn show_view(&self, route: &str) {
        self.window.show_view(&self.host(), route);
    }

    /// Shows the folder of the log files.
    pub(super) fn open_logs(&self) -> Result<(), ApiError> {
        self.open_folder(&self.engine.logs_folder())
    }

    /// Runs loops of every profile, as *Sync now* says. Where nothing could be synced, the window says why.
    pub(super) async fn sync_now(&self, what: SyncWhat) {
        let profiles = match self.engine.profiles().await {
            Ok(profiles) => profiles,
            Err(error) => return tracing::error!(%error, "the profiles could not be read"),
        };
        let connected: Vec<_> = profiles.into_iter().filter(|profile| profile.accounts > 0).collect();
        if connected.is_empty() {
            return self.show_window();
        }
        for profile in connected {
            if let Err(error) = self.supervisor.sync(&profile.name, what, Trigger::Manual).await {
                tracing::error!(profile = profile.name.as_str(), %error, "the sync could not run");
            }
        }
    }

    /// Changes once a minute.
    pub(super) fn beat(&self) -> watch::Receiver<DateTime<Utc>> {
        self.beat.clone()
    }

    /// What is known of the machine.
    pub(super) fn machine(&self) -> watch::Receiver<Machine> {
        self.machine.clone()
    }

    /// Has what starts PDT at login follow the program, where that was moved.
    pub(super) fn follow_a_move(&self) {
        self.at_login.follow_a_move();
    }

    pub(super) fn set_has_tray(&self, has_tray: bool) {
        self.has_tray.send_replace(has_tray);
    }

    /// Closes the window, ends what runs with all it has fetched, closes the database, and ends the process.
    pub(super) async fn end(&self) {
        // Who asks a second time must not cut off what the first one is saving.
        if self.is_ending.swap(true, Ordering::SeqCst) {
            return;
        }
        self.window.close();
        let worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner).take();
        let ended = async {
            if let Some(worker) = worker {
                worker.stop().await;
            }
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
            desktop: Arc::new(self.clone()),
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
        elsewhere::open(url).map_err(|_| {
            ApiError::desktop("No browser could be started for this link.").with_hint(url.to_owned())
        })
    }

    fn open_folder(&self, folder: &Path) -> Result<(), ApiError> {
        elsewhere::open(folder).map_err(|_| {
            ApiError::desktop("No file manager could be started for this folder.")
                .with_hint(folder.display().to_string())
        })
    }

    fn autostart(&self) -> Result<bool, ApiError> {
        self.at_login.is_on()
    }

    fn set_autostart(&self, choice: Autostart) -> Result<(), ApiError> {
        match choice {
            Autostart::On => self.at_login.turn_on(),
            Autostart::Off => self.at_login.turn_off(),
        }
    }

    fn test_notification(&self) -> BoxFuture<'_, Result<(), ApiError>> {
        notifier::show_test(self).boxed()
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
