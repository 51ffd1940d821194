//! The tray icon and its menu.

use std::sync::Arc;
use std::time::Duration;

use pdt_engine::api::StatusDto;
use tauri::image::Image;
use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry, include_image};
use tokio::sync::watch;

use super::desktop::Resident;
use super::tray_view::{Glyph, Known, View, view};

/// How often the words are looked at again while nothing happens: they count minutes.
const MINUTE: Duration = Duration::from_secs(60);

/// The pause before a tray that could not be built is tried again, and how often.
const AGAIN: Duration = Duration::from_secs(1);
const TRIES: usize = 10;

/// The pause between two looks while a sync goes on: a menu that changes quicker cannot be read.
const PAUSE: Duration = Duration::from_millis(500);

const COMMITS: &str = "commits";
const JIRA: &str = "jira";
const SYNC: &str = "sync";
const DASHBOARD: &str = "dashboard";
const QUIT: &str = "quit";

/// The icon as it stands in the tray.
struct Tray {
    icon: TrayIcon,
    commits: MenuItem<Wry>,
    jira: MenuItem<Wry>,
    shown: View,
}

/// Puts the icon into the tray as soon as there is one, and keeps it true.
pub(super) async fn keep(resident: Arc<Resident>) {
    let mut host = host();
    let mut live = resident.supervisor.live();
    let mut tray = None;
    loop {
        let has_host = *host.borrow_and_update();
        live.mark_unchanged();
        let mut known = statuses(&resident).await;
        if has_host && tray.is_none() {
            tray = build(&resident, &view_of(&resident, &known)).await;
        }
        add_attention(&resident, &mut known).await;
        if let Some(tray) = &mut tray {
            show(tray, view_of(&resident, &known));
        }
        resident.set_has_tray(has_host && tray.is_some());
        tokio::select! {
            _ = host.changed() => {}
            _ = live.changed() => {}
            () = tokio::time::sleep(MINUTE) => {}
        }
        // An icon that is not there yet is not kept waiting.
        if tray.is_some() {
            tokio::time::sleep(PAUSE).await;
        }
    }
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

fn view_of(resident: &Resident, known: &[Known]) -> View {
    view(known, &resident.supervisor.live_now(), resident.engine.now())
}

/// Builds the icon. A panel may own the tray's name some moments before it answers.
async fn build(resident: &Resident, shown: &View) -> Option<Tray> {
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

fn try_build(resident: &Resident, shown: &View) -> tauri::Result<Tray> {
    let app = &resident.app;
    let line = |id, text: &str| MenuItem::with_id(app, id, text, false, None::<&str>);
    let (commits, jira) = (line(COMMITS, &shown.commits)?, line(JIRA, &shown.jira)?);
    let clicked = resident.clone();
    let activated = resident.clone();
    let icon = TrayIconBuilder::with_id("pdt")
        .title("PDT")
        .tooltip(&shown.tooltip)
        .icon(image(shown.glyph))
        .icon_as_template(cfg!(target_os = "macos"))
        .menu(&menu(app, [&commits, &jira])?)
        .show_menu_on_left_click(false)
        .on_menu_event(move |_, event| choose(&clicked, event.id().as_ref()))
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
        .build(app)?;
    Ok(Tray { icon, commits, jira, shown: shown.clone() })
}

fn menu(app: &AppHandle, [commits, jira]: [&MenuItem<Wry>; 2]) -> tauri::Result<Menu<Wry>> {
    let item = |id, text| MenuItem::with_id(app, id, text, true, None::<&str>);
    let line = || PredefinedMenuItem::separator(app);
    let (sync, dashboard, quit) =
        (item(SYNC, "Sync now")?, item(DASHBOARD, "Open dashboard")?, item(QUIT, "Quit PDT")?);
    let items: [&dyn IsMenuItem<Wry>; 7] = [commits, jira, &line()?, &sync, &line()?, &dashboard, &quit];
    Menu::with_items(app, &items)
}

fn choose(resident: &Resident, id: &str) {
    let resident = resident.clone();
    match id {
        SYNC => drop(tauri::async_runtime::spawn(async move { resident.sync_now().await })),
        DASHBOARD => resident.show_window(),
        QUIT => drop(tauri::async_runtime::spawn(async move { resident.end().await })),
        _ => {}
    }
}

/// Changes what has changed, in place: an icon that is set anew flickers, and a menu that is built anew closes.
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
    if view.commits != tray.shown.commits {
        changed(tray.commits.set_text(&view.commits));
    }
    if view.jira != tray.shown.jira {
        changed(tray.jira.set_text(&view.jira));
    }
    tray.shown = view;
}

fn image(glyph: Glyph) -> Image<'static> {
    match glyph {
        Glyph::Idle => include_image!("src-tauri/icons/tray/idle.png"),
        Glyph::Syncing => include_image!("src-tauri/icons/tray/syncing.png"),
        Glyph::NeedsYou => include_image!("src-tauri/icons/tray/needs-you.png"),
    }
}
