//! Icons in the tray and their menus, as a panel sees them on the bus.

use std::collections::HashMap;

use anyhow::{Context, Result, anyhow, bail};
use zbus::blocking::Proxy;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

use super::{Bus, Stage};

/// The bus name and interface of the program that keeps the list of icons.
pub(super) const WATCHER: &str = "org.kde.StatusNotifierWatcher";
pub(super) const WATCHER_PATH: &str = "/StatusNotifierWatcher";

const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// An icon that a program has put into the tray.
#[derive(Debug)]
pub struct TrayItem {
    bus: Bus,
    item: Proxy<'static>,
    pid: u32,
}

/// A picture of an icon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Icon {
    /// Pixels from left to right.
    pub width: i32,
    /// Pixels from top to bottom.
    pub height: i32,
    /// Alpha, red, green and blue of each pixel.
    pub argb: Vec<u8>,
}

/// An entry of a menu, with those of its submenu.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MenuEntry {
    /// Its number within the menu.
    pub id: i32,
    /// What is written on it, without the mark of its key; empty for a line between entries.
    pub label: String,
    /// Whether it can be chosen.
    pub enabled: bool,
    /// What opens beside it.
    pub entries: Vec<MenuEntry>,
}

impl Stage {
    /// All icons that the tray's watcher lists now.
    ///
    /// # Errors
    /// Where there is no watcher.
    pub fn tray(&self) -> Result<Vec<TrayItem>> {
        let bus = self.bus()?;
        let watcher = bus.proxy(WATCHER, WATCHER_PATH, WATCHER)?;
        let names: Vec<String> = watcher.get_property("RegisteredStatusNotifierItems")?;
        // One that goes at this very moment is none.
        Ok(names.iter().filter_map(|name| TrayItem::find(&bus, name).ok()).collect())
    }

    /// The icons of one process.
    ///
    /// # Errors
    /// Where there is no watcher.
    pub fn icons_of(&self, pid: u32) -> Result<Vec<TrayItem>> {
        let all = self.tray()?;
        Ok(all.into_iter().filter(|item| item.pid == pid).collect())
    }
}

impl TrayItem {
    fn find(bus: &Bus, name: &str) -> Result<Self> {
        let slash = name.find('/').unwrap_or(name.len());
        let (service, path) = name.split_at(slash);
        let path = if path.is_empty() { "/StatusNotifierItem" } else { path };
        let pid = bus.process_of(service)?;
        Ok(Self { item: bus.proxy(service, path, ITEM)?, bus: bus.clone(), pid })
    }

    /// The process that put it there.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Its title.
    ///
    /// # Errors
    /// Where it is gone.
    pub fn title(&self) -> Result<String> {
        Ok(self.item.get_property("Title")?)
    }

    /// `Active`, `Passive` or `NeedsAttention`.
    ///
    /// # Errors
    /// Where it is gone.
    pub fn status(&self) -> Result<String> {
        Ok(self.item.get_property("Status")?)
    }

    /// The title and the text of its tooltip, a line each.
    ///
    /// # Errors
    /// Where it is gone or has none.
    pub fn tooltip(&self) -> Result<String> {
        type ToolTip = (String, Vec<(i32, i32, Vec<u8>)>, String, String);
        let (_, _, title, text): ToolTip = self.item.get_property::<OwnedValue>("ToolTip")?.try_into()?;
        Ok(format!("{title}\n{text}").trim().to_owned())
    }

    /// Its pictures, in the sizes that it has.
    ///
    /// # Errors
    /// Where it is gone.
    pub fn icons(&self) -> Result<Vec<Icon>> {
        let pictures: Vec<(i32, i32, Vec<u8>)> =
            self.item.get_property::<OwnedValue>("IconPixmap")?.try_into()?;
        Ok(pictures.into_iter().map(|(width, height, argb)| Icon { width, height, argb }).collect())
    }

    /// What a left click does.
    ///
    /// # Errors
    /// Where it is gone, or knows no left click.
    pub fn activate(&self) -> Result<()> {
        Ok(self.item.call("Activate", &(0_i32, 0_i32))?)
    }

    /// Its menu, as the one entry that holds all others.
    ///
    /// # Errors
    /// Where it is gone.
    pub fn menu(&self) -> Result<MenuEntry> {
        let none: Vec<String> = Vec::new();
        let (_, layout): (u32, Layout) = self.menu_proxy()?.call("GetLayout", &(0_i32, -1_i32, none))?;
        MenuEntry::read(layout)?.context("the menu is hidden")
    }

    /// Chooses the entry that is reached by these labels, from the menu into its submenus.
    ///
    /// # Errors
    /// Where there is no such entry, or it cannot be chosen.
    pub fn choose(&self, labels: &[&str]) -> Result<()> {
        let menu = self.menu()?;
        let entry = labels.iter().try_fold(&menu, |entry, label| {
            entry.entry(label).ok_or_else(|| anyhow!("there is no {label:?} in {:?}", entry.labels()))
        })?;
        if !entry.enabled {
            bail!("{labels:?} cannot be chosen");
        }
        let event = (entry.id, "clicked", Value::from(""), 0_u32);
        Ok(self.menu_proxy()?.call("Event", &event)?)
    }

    fn menu_proxy(&self) -> Result<Proxy<'static>> {
        let path: OwnedObjectPath = self.item.get_property("Menu")?;
        self.bus.proxy(self.item.destination().as_str(), path.as_str(), MENU)
    }
}

/// An entry as `com.canonical.dbusmenu` sends it: its number, its properties, its submenu.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

impl MenuEntry {
    /// The first entry of this label.
    #[must_use]
    pub fn entry(&self, label: &str) -> Option<&Self> {
        self.entries.iter().find(|entry| entry.label == label)
    }

    /// The labels of its entries, from top to bottom.
    #[must_use]
    pub fn labels(&self) -> Vec<&str> {
        self.entries.iter().map(|entry| entry.label.as_str()).collect()
    }

    /// What shows of an entry; nothing, where it is hidden.
    fn read((id, properties, entries): Layout) -> Result<Option<Self>> {
        let text = |name: &str| properties.get(name).and_then(|value| <&str>::try_from(value).ok());
        let is = |name: &str| properties.get(name).and_then(|value| bool::try_from(value).ok());
        if is("visible") == Some(false) {
            return Ok(None);
        }
        let entries = entries.into_iter().map(|entry| Self::read(Layout::try_from(entry)?));
        let entries = entries.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
        let label = without_mnemonic(text("label").unwrap_or_default());
        Ok(Some(Self { id, label, enabled: is("enabled").unwrap_or(true), entries }))
    }
}

/// An underscore stands before the key that chooses the entry; two of them are one.
fn without_mnemonic(label: &str) -> String {
    label.replace("__", "\0").replace('_', "").replace('\0', "_")
}
