//! The tray icon, and the keeping of it true.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Local, Utc};
use pdt_domain::ids::Name;
use pdt_engine::api::{Changes, LiveDto, StatusDto};
use pdt_engine::controls::Controls;
use pdt_engine::machine::Machine;
use pdt_engine::supervisor::RunEnded;
use tauri::image::Image;
use tauri::include_image;
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::desktop::Resident;
use super::tray_menu::{TrayMenu, choose};
use super::tray_view::{Glyph, Known, Situation, View, view};

/// The pause before a tray that could not be built is tried again, and how often.
const AGAIN: Duration = Duration::from_secs(1);
const TRIES: usize = 10;

/// The pause between two looks while a sync goes on: a menu that changes quicker cannot be read.
const PAUSE: Duration = Duration::from_millis(500);

/// The icon as it stands in the tray.
struct Tray {
    icon: TrayIcon,
    menu: TrayMenu,
    shown: View,
}

/// Puts the icon into the tray as soon as there is one, and keeps it true.
pub(super) async fn keep(resident: Arc<Resident>) {
    let mut ears = Ears::open(&resident).await;
    let (mut tray, mut known) = (None, Vec::new());
    loop {
        let has_host = *ears.host.borrow_and_update();
        let is_news = ears.hear();
        if is_news {
            known = statuses(&resident).await;
        }
        if has_host && tray.is_none() {
            tray = build(&resident, &ears.view(&resident, &known)).await;
        }
        if is_news {
            add_attention(&resident, &mut known).await;
        }
        if let Some(tray) = &mut tray {
            show(tray, ears.view(&resident, &known));
        }
        resident.set_has_tray(has_host && tray.is_some());
        ears.wait().await;
    }
}

/// All that can make another icon, tooltip or menu. In between nothing happens.
struct Ears {
    host: watch::Receiver<bool>,
    live: watch::Receiver<LiveDto>,
    /// A run may be over before anybody has seen that it began.
    ended: broadcast::Receiver<RunEnded>,
    controls: watch::Receiver<Arc<Controls>>,
    machine: watch::Receiver<Machine>,
    /// Once a minute: words count minutes, and a pause ends.
    beat: watch::Receiver<DateTime<Utc>>,
    /// What others do to the database; none where it cannot be read.
    changes: Option<Changes>,
    /// When the database was last read, this was going on. While all of it stays the same, words alone change.
    read_at: Option<Circumstances>,
}

type Circumstances = ([Option<(Name, DateTime<Utc>)>; 2], Arc<Controls>, Machine);

impl Ears {
    async fn open(resident: &Resident) -> Self {
        Self {
            host: host(),
            live: resident.supervisor.live(),
            ended: resident.supervisor.ended(),
            controls: resident.engine.controls(),
            machine: resident.machine(),
            beat: resident.beat(),
            changes: resident.engine.changes().await.ok(),
            read_at: None,
        }
    }

    /// Whether the database has to be read again.
    fn hear(&mut self) -> bool {
        let live = self.live.borrow_and_update();
        let runs = [
            live.commits.as_ref().map(|run| (run.profile.clone(), run.started_at)),
            live.jira.as_ref().map(|run| (run.profile.clone(), run.started_at)),
        ];
        drop(live);
        // A keychain that comes is followed by a run. One that dies of being asked comes again and again.
        let machine = Machine { keychain: 0, ..*self.machine.borrow_and_update() };
        let now = Some((runs, self.controls.borrow_and_update().clone(), machine));
        let is_news = now != self.read_at;
        self.read_at = now;
        is_news
    }

    /// Waits until there is something to look at.
    async fn wait(&mut self) {
        tokio::select! {
            Ok(()) = self.host.changed() => {}
            // An icon that is not there yet is not kept waiting.
            Ok(()) = self.live.changed() => tokio::select! {
                Ok(()) = self.host.changed() => {}
                () = tokio::time::sleep(PAUSE) => {}
            },
            // Many at once are as good as one.
            Ok(_) | Err(RecvError::Lagged(_)) = self.ended.recv() => self.read_at = None,
            Ok(()) = self.controls.changed() => {}
            Ok(()) = self.machine.changed() => {}
            Ok(()) = self.beat.changed() => {
                if changed_by_others(&mut self.changes) {
                    self.read_at = None;
                }
            }
            else => std::future::pending().await,
        }
    }

    fn view(&self, resident: &Resident, known: &[Known]) -> View {
        let (controls, now) = (self.controls.borrow().clone(), resident.engine.now());
        view(&Situation {
            profiles: known,
            live: &self.live.borrow(),
            is_enabled: controls.settings.sync_enabled.value,
            pause: controls.pause(now),
            has_network: self.machine.borrow().network != Some(false),
            now,
            local: |instant| instant.with_timezone(&Local).naive_local(),
        })
    }
}

/// Whether there was a change of the database since it was asked last.
fn changed_by_others(changes: &mut Option<Changes>) -> bool {
    let Some(changes) = changes else { return false };
    // A database that is closed does not change any more.
    changes.look().unwrap_or(false)
}

/// Whether the desktop has a tray.
#[cfg(target_os = "linux")]
fn host() -> watch::Receiver<bool> {
    let (present, host) = watch::channel(false);
    tauri::async_runtime::spawn(super::tray_host::follow(present));
    host
}

#[cfg(not(target_os = "linux"))]
fn host() -> watch::Receiver<bool> {
    watch::channel(true).1
}

/// How the loops of every profile stand. What cannot be read is left out here, and said by the window.
async fn statuses(resident: &Resident) -> Vec<Known> {
    let mut known = Vec::new();
    for profile in resident.engine.profiles().await.unwrap_or_default() {
        match resident.engine.status(&profile.name).await {
            Ok(StatusDto { commits, jira }) => {
                known.push(Known { profile: profile.name, commits, jira, attention: Vec::new() })
            }
            Err(error) => {
                tracing::warn!(profile = profile.name.as_str(), %error, "the status could not be read")
            }
        }
    }
    known
}

/// What needs the person. A keychain may take its time to answer, so that the icon does not wait for it.
async fn add_attention(resident: &Resident, known: &mut [Known]) {
    for known in known {
        match resident.engine.attention(&known.profile).await {
            Ok(attention) => known.attention = attention,
            Err(error) => {
                tracing::warn!(profile = known.profile.as_str(), %error, "attention could not be read")
            }
        }
    }
}

/// Builds the icon. A panel may own the tray's name some moments before it answers.
async fn build(resident: &Arc<Resident>, shown: &View) -> Option<Tray> {
    for _ in 0..TRIES {
        match try_build(resident, shown) {
            Ok(tray) => return Some(tray),
            Err(error) => tracing::info!(%error, "the tray does not take the icon yet"),
        }
        tokio::time::sleep(AGAIN).await;
    }
    tracing::warn!("the tray does not take the icon; the window shows everything");
    None
}

fn try_build(resident: &Arc<Resident>, shown: &View) -> tauri::Result<Tray> {
    let menu = TrayMenu::build(&resident.app, shown)?;
    let (chosen, activated) = (Arc::clone(resident), Arc::clone(resident));
    let icon = TrayIconBuilder::with_id("pdt")
        .title("PDT")
        .tooltip(&shown.tooltip)
        .icon(image(shown.glyph))
        .icon_as_template(cfg!(target_os = "macos"))
        .menu(&menu.menu)
        .show_menu_on_left_click(false)
        .on_menu_event(move |_, event| choose(&chosen, event.id().as_ref()))
        .on_tray_icon_event(move |_, event| {
            if let TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } = event
            {
                activated.show_window();
            }
        })
        .build(&resident.app)?;
    Ok(Tray { icon, menu, shown: shown.clone() })
}

/// Changes what has changed, in place: an icon that is set anew flickers.
fn show(tray: &mut Tray, view: View) {
    let changed = |result: tauri::Result<()>| {
        if let Err(error) = result {
            tracing::warn!(%error, "the tray could not be changed");
        }
    };
    if view.glyph != tray.shown.glyph {
        changed(tray.icon.set_icon(Some(image(view.glyph))));
    }
    if view.tooltip != tray.shown.tooltip {
        changed(tray.icon.set_tooltip(Some(&view.tooltip)));
    }
    changed(tray.menu.show(&tray.shown, &view));
    tray.shown = view;
}

fn image(glyph: Glyph) -> Image<'static> {
    match glyph {
        Glyph::NeedsYou => include_image!("src-tauri/icons/tray/needs-you.png"),
        Glyph::Syncing => include_image!("src-tauri/icons/tray/syncing.png"),
        Glyph::Paused => include_image!("src-tauri/icons/tray/paused.png"),
        Glyph::Offline => include_image!("src-tauri/icons/tray/offline.png"),
        Glyph::Idle => include_image!("src-tauri/icons/tray/idle.png"),
    }
}
