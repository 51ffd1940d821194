//! Notifications: what the engine wants told after a run, and the way from a click to the place that it is about.

#[cfg(target_os = "linux")]
mod service;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use pdt_engine::api::{ApiError, Notice};
use pdt_engine::supervisor::RunEnded;
use tauri_plugin_notification::{ActionPerformed, NotificationExt};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::desktop::Resident;

/// Where a click leads, among what a notification carries.
const ROUTE: &str = "route";

/// The view that the test notification opens.
const SETTINGS: &str = "#/settings";

/// Shows what is to be told after each run, until the last run has ended.
pub(super) async fn keep(resident: Arc<Resident>, mut ended: Receiver<RunEnded>) {
    let mut machine = resident.machine();
    let (mut wakes, mut woke_at) = (machine.borrow().wakes, None);
    loop {
        tokio::select! {
            biased;
            Ok(()) = machine.changed() => {
                let now = machine.borrow_and_update().wakes;
                if now != std::mem::replace(&mut wakes, now) {
                    woke_at = Some(resident.engine.now());
                }
            }
            run = ended.recv() => match run {
                Ok(run) => tell(&resident, &run, woke_at).await,
                // The next run of the same loop tells what these would have told.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
        }
    }
}

async fn tell(resident: &Resident, run: &RunEnded, woke_at: Option<DateTime<Utc>>) {
    let profile = run.profile.as_str();
    let notices = match resident.engine.notices(&run.profile, run.sync_loop, woke_at).await {
        Ok(notices) => notices,
        Err(error) => return tracing::warn!(profile, %error, "what is to be told could not be read"),
    };
    for notice in notices {
        // What was not shown comes again after the next run.
        if let Err(error) = show(resident, &notice).await {
            return tracing::warn!(profile, %error, "a notification could not be shown");
        }
        if let Err(error) = resident.engine.notice_shown(&run.profile, &notice).await {
            tracing::warn!(profile, %error, "a notification that was shown could not be noted");
        }
    }
}

async fn show(resident: &Resident, notice: &Notice) -> Result<(), ApiError> {
    send(resident, &notice.title, &notice.body, notice.route).await
}

/// Shows a notification, so that the person sees what they look like.
pub(super) async fn show_test(resident: &Resident) -> Result<(), ApiError> {
    let body = "This is how PDT tells you that something needs you. A click opens the place.";
    send(resident, "Notifications work", body, SETTINGS).await
}

async fn send(resident: &Resident, title: &str, body: &str, route: &str) -> Result<(), ApiError> {
    #[cfg(target_os = "linux")]
    let body = &service::ready().await?.plain(body);
    let shown = resident.app.notification().builder().title(title).body(body).extra(ROUTE, route).show();
    shown.map_err(|error| ApiError::desktop(format!("The system shows no notification: {error}.")))
}

/// Opens the window where a notification that is clicked says. To be called before the first one is shown: clicks on
/// earlier ones are not told.
pub(super) fn follow_clicks(resident: &Arc<Resident>) {
    let clicked = Arc::clone(resident);
    let followed = resident.app.notification().on_action(move |performed| match route(performed) {
        Some(route) => clicked.show_view(route),
        None => clicked.show_window(),
    });
    if let Err(error) = followed {
        tracing::warn!(%error, "a click on a notification will do nothing");
    }
}

fn route(performed: &ActionPerformed) -> Option<&str> {
    performed.notification()?.extra().get(ROUTE)?.as_str()
}
