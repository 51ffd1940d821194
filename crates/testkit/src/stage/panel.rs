//! A desktop's panel: the tray's watcher and host.

use std::fs;

use anyhow::Result;

use super::bus::READY;
use super::tray::{WATCHER, WATCHER_PATH};
use super::{Running, Stage, wait_until};

/// One panel at the top whose only plugin is the tray, at its left end.
const CONFIGURATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="icon-size" type="uint" value="22"/>
      <property name="size" type="uint" value="30"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
      <property name="known-legacy-items" type="array"/>
    </property>
  </property>
</channel>
"#;

/// Where the only icon is, in pixels from the display's upper left corner.
const ICON: (&str, &str) = ("15", "15");

impl Stage {
    /// Starts a panel with a tray and waits until it takes icons. Dropping it kills it, as a crash would; another
    /// one may be started afterwards.
    ///
    /// # Errors
    /// Where it does not come up.
    pub fn start_panel(&self) -> Result<Running> {
        let folder = self.home().join(".config/xfce4/xfconf/xfce-perchannel-xml");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("xfce4-panel.xml"), CONFIGURATION)?;
        let panel = self.start(self.command("xfce4-panel").arg("--disable-wm-check"))?;
        self.wait_for_name(WATCHER)?;
        let watcher = self.bus()?.proxy(WATCHER, WATCHER_PATH, WATCHER)?;
        wait_until("a tray", READY, || {
            watcher.get_property::<bool>("IsStatusNotifierHostRegistered").unwrap_or(false)
        })?;
        Ok(panel)
    }

    /// Clicks the tray's only icon with the right mouse button, so that its menu shows.
    ///
    /// # Errors
    /// Where there is no display.
    pub fn right_click_icon(&self) -> Result<()> {
        self.run("xdotool", &["mousemove", ICON.0, ICON.1, "click", "3"]).map(drop)
    }

    /// Clicks the tray's only icon with the left mouse button.
    ///
    /// # Errors
    /// Where there is no display.
    pub fn left_click_icon(&self) -> Result<()> {
        self.run("xdotool", &["mousemove", ICON.0, ICON.1, "click", "1"]).map(drop)
    }
}
