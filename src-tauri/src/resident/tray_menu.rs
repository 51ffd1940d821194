//! The tray's menu. Its texts change in place: a menu that is built anew closes.

use std::sync::Arc;

use pdt_engine::api::{PauseChoice, SyncWhat};
use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Wry};

use super::desktop::Resident;
use super::tray_view::{Offer, View};

/// Where *Pause* or *Resume* stands, from 0.
const OFFER_AT: usize = 4;

/// The menu as it is shown.
pub(super) struct TrayMenu {
    pub(super) menu: Menu<Wry>,
    commits: MenuItem<Wry>,
    jira: MenuItem<Wry>,
    pause: Submenu<Wry>,
    resume: MenuItem<Wry>,
}

/// What a person can choose.
#[derive(Debug, Clone, Copy)]
enum Choice {
    Sync(SyncWhat),
    Pause(PauseChoice),
    Resume,
    Dashboard,
    Settings,
    Logs,
    Quit,
}

impl Choice {
    const ALL: [Self; 11] = [
        Self::Sync(SyncWhat::Both),
        Self::Sync(SyncWhat::Commits),
        Self::Sync(SyncWhat::Jira),
        Self::Pause(PauseChoice::Hour),
        Self::Pause(PauseChoice::Tomorrow),
        Self::Pause(PauseChoice::Open),
        Self::Resume,
        Self::Dashboard,
        Self::Settings,
        Self::Logs,
        Self::Quit,
    ];

    /// The name by which the menu tells of it, and its text.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Sync(SyncWhat::Both) => ("sync", "Everything"),
            Self::Sync(SyncWhat::Commits) => ("sync-commits", "Commits"),
            Self::Sync(SyncWhat::Jira) => ("sync-jira", "Jira"),
            Self::Pause(PauseChoice::Hour) => ("pause-hour", "For an hour"),
            Self::Pause(PauseChoice::Tomorrow) => ("pause-tomorrow", "Until tomorrow"),
            Self::Pause(PauseChoice::Open) => ("pause-open", "Until I resume"),
            Self::Resume => ("resume", "Resume"),
            Self::Dashboard => ("dashboard", "Open dashboard"),
            Self::Settings => ("settings", "Settings…"),
            Self::Logs => ("logs", "Open logs"),
            Self::Quit => ("quit", "Quit PDT"),
        }
    }

    fn item(self, app: &AppHandle) -> tauri::Result<MenuItem<Wry>> {
        let (name, text) = self.words();
        MenuItem::with_id(app, name, text, true, None::<&str>)
    }
}

/// The submenu of these choices.
fn submenu(app: &AppHandle, text: &str, choices: [Choice; 3]) -> tauri::Result<Submenu<Wry>> {
    let submenu = Submenu::new(app, text, true)?;
    choices.into_iter().try_for_each(|choice| submenu.append(&choice.item(app)?))?;
    Ok(submenu)
}

impl TrayMenu {
    pub(super) fn build(app: &AppHandle, view: &View) -> tauri::Result<Self> {
        let state = |id, text: &str| MenuItem::with_id(app, id, text, false, None::<&str>);
        let (commits, jira) = (state("commits", &view.commits)?, state("jira", &view.jira)?);
        let sync = [SyncWhat::Both, SyncWhat::Commits, SyncWhat::Jira].map(Choice::Sync);
        let sync = submenu(app, "Sync now", sync)?;
        let pause = [PauseChoice::Hour, PauseChoice::Tomorrow, PauseChoice::Open].map(Choice::Pause);
        let pause = submenu(app, "Pause", pause)?;
        let resume = Choice::Resume.item(app)?;
        let offer: &dyn IsMenuItem<Wry> = match view.offer {
            Offer::Pause => &pause,
            Offer::Resume => &resume,
        };
        let line = || PredefinedMenuItem::separator(app);
        let menu = Menu::with_items(app, &[&commits, &jira, &line()?, &sync, offer, &line()?])?;
        let last = [Choice::Dashboard, Choice::Settings, Choice::Logs, Choice::Quit];
        last.into_iter().try_for_each(|choice| menu.append(&choice.item(app)?))?;
        Ok(Self { menu, commits, jira, pause, resume })
    }

    /// Changes what is another than before.
    pub(super) fn show(&self, before: &View, now: &View) -> tauri::Result<()> {
        if now.commits != before.commits {
            self.commits.set_text(&now.commits)?;
        }
        if now.jira != before.jira {
            self.jira.set_text(&now.jira)?;
        }
        if now.offer != before.offer {
            let (old, new): (&dyn IsMenuItem<Wry>, &dyn IsMenuItem<Wry>) = match now.offer {
                Offer::Pause => (&self.resume, &self.pause),
                Offer::Resume => (&self.pause, &self.resume),
            };
            self.menu.remove(old)?;
            self.menu.insert(new, OFFER_AT)?;
        }
        Ok(())
    }
}

/// Does what was chosen by its name.
pub(super) fn choose(resident: &Arc<Resident>, id: &str) {
    let Some(choice) = Choice::ALL.into_iter().find(|choice| choice.words().0 == id) else { return };
    let resident = Arc::clone(resident);
    tauri::async_runtime::spawn(async move { act(&resident, choice).await });
}

async fn act(resident: &Resident, choice: Choice) {
    let done = match choice {
        Choice::Sync(what) => {
            resident.sync_now(what).await;
            Ok(())
        }
        Choice::Pause(choice) => resident.engine.pause(choice).await,
        Choice::Resume => resident.engine.resume().await,
        Choice::Dashboard => {
            resident.show_window();
            Ok(())
        }
        Choice::Settings => {
            resident.show_view("#/settings");
            Ok(())
        }
        Choice::Logs => resident.open_logs(),
        Choice::Quit => {
            resident.end().await;
            Ok(())
        }
    };
    if let Err(error) = done {
        tracing::error!(?choice, %error, "what was chosen in the tray's menu could not be done");
    }
}
