//! Where the system itself keeps a list of what starts at login.

use pdt_engine::api::ApiError;
use tauri::AppHandle;
use tauri::plugin::TauriPlugin;
use tauri_plugin_autostart::ManagerExt;

/// This program on the system's list.
#[derive(Debug, Clone)]
pub(in crate::resident) struct AtLogin(AppHandle);

impl AtLogin {
    pub(in crate::resident) fn of_this_program(app: &AppHandle) -> Self {
        Self(app.clone())
    }

    /// What the app is built with.
    pub(in crate::resident) fn plugin() -> TauriPlugin<tauri::Wry> {
        tauri_plugin_autostart::Builder::new().app_name("PDT").arg("--hidden").build()
    }

    pub(in crate::resident) fn is_on(&self) -> Result<bool, ApiError> {
        let said = self.0.autolaunch().is_enabled();
        said.map_err(|error| {
            ApiError::desktop(format!("The system does not say whether PDT starts at login: {error}."))
        })
    }

    pub(in crate::resident) fn turn_on(&self) -> Result<(), ApiError> {
        let turned = self.0.autolaunch().enable();
        turned.map_err(|error| ApiError::desktop(format!("PDT cannot be made to start at login: {error}.")))
    }

    pub(in crate::resident) fn turn_off(&self) -> Result<(), ApiError> {
        let turned = self.0.autolaunch().disable();
        turned.map_err(|error| ApiError::desktop(format!("PDT still starts at login: {error}.")))
    }

    /// Keeps it on after the program was moved. The system does not tell which program it would start, so that this one
    /// is named again.
    pub(in crate::resident) fn follow_a_move(&self) {
        let followed = self.is_on().and_then(|is_on| if is_on { self.turn_on() } else { Ok(()) });
        if let Err(error) = followed {
            tracing::warn!(%error, "what starts at login may be an older PDT");
        }
    }
}
