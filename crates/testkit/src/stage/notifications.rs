//! Notifications, as dunst shows them.

use std::collections::HashMap;

use anyhow::Result;
use zbus::zvariant::OwnedValue;

use super::bus::READY;
use super::{Running, Stage, wait_until};

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// What dunst answers to beside what every notification service does.
const DUNST: &str = "org.dunstproject.cmd0";

/// A notification that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its first line.
    pub title: String,
    /// The rest.
    pub body: String,
}

impl Stage {
    /// Starts the notification service and waits until it is there. Dropping it kills it.
    ///
    /// # Errors
    /// Where it does not come up.
    pub fn start_notifications(&self) -> Result<Running> {
        let service = self.start(&mut self.command("dunst"))?;
        self.wait_for_name(SERVICE)?;
        Ok(service)
    }

    /// Waits until a notification is on the display.
    ///
    /// # Errors
    /// Where none comes.
    pub fn wait_for_notification(&self) -> Result<()> {
        let dunst = self.bus()?.proxy(SERVICE, PATH, DUNST)?;
        let displayed = || dunst.get_property::<u32>("displayedLength").unwrap_or_default();
        wait_until("a notification", READY, || displayed() > 0)
    }

    /// Clicks the notification on the display, as a person does who wants to see what it is about.
    ///
    /// # Errors
    /// Where there is none.
    pub fn click_notification(&self) -> Result<()> {
        Ok(self.bus()?.proxy(SERVICE, PATH, DUNST)?.call("NotificationAction", &0_u32)?)
    }

    /// Takes every notification off the display and answers with all that were ever shown, the oldest first.
    ///
    /// # Errors
    /// Where there is no notification service.
    pub fn notifications(&self) -> Result<Vec<Shown>> {
        let dunst = self.bus()?.proxy(SERVICE, PATH, DUNST)?;
        dunst.call::<_, _, ()>("NotificationCloseAll", &())?;
        let history: Vec<HashMap<String, OwnedValue>> = dunst.call("NotificationListHistory", &())?;
        let text = |entry: &HashMap<String, OwnedValue>, key: &str| {
            let value = entry.get(key).and_then(|value| <&str>::try_from(value).ok());
            value.unwrap_or_default().to_owned()
        };
        let shown =
            history.iter().map(|entry| Shown { title: text(entry, "summary"), body: text(entry, "body") });
        Ok(shown.rev().collect())
    }
}
