//! The desktop's portal, as far as it says whether the desktop is light or dark
//! (<https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>).

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Result;
use zbus::blocking::{Connection, connection};
use zbus::fdo;
use zbus::zvariant::{OwnedValue, Value};

use super::Stage;

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";
const SCHEME: (&str, &str) = ("org.freedesktop.appearance", "color-scheme");

/// What the person has chosen for the desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Nothing.
    Unchosen,
    /// Dark.
    Dark,
    /// Light.
    Light,
}

/// How the portal answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// As portals do since 2023.
    AsNow,
    /// As they did before.
    AsBefore,
    /// It hears the question, and says nothing.
    Never,
}

/// A portal on the stage's bus. It goes when it is dropped.
#[derive(Debug)]
pub struct Portal {
    connection: Connection,
    scheme: Arc<AtomicU32>,
}

impl Stage {
    /// Starts a portal.
    ///
    /// # Errors
    /// Where the bus is gone, or has a portal.
    pub fn start_portal(&self, scheme: Scheme, answers: Answers) -> Result<Portal> {
        let builder = connection::Builder::address(self.place.bus_address().as_str())?;
        let scheme = Arc::new(AtomicU32::new(scheme.number()));
        let settings = Settings { scheme: Arc::clone(&scheme), answers };
        let connection = builder.serve_at(PATH, settings)?.name(NAME)?.build()?;
        Ok(Portal { connection, scheme })
    }
}

impl Portal {
    /// The person chooses again; whoever listens is told.
    ///
    /// # Errors
    /// Where the bus is gone.
    pub fn choose(&self, scheme: Scheme) -> Result<()> {
        let number = scheme.number();
        self.scheme.store(number, Ordering::SeqCst);
        let (namespace, name) = SCHEME;
        let told = (namespace, name, Value::from(number));
        Ok(self.connection.emit_signal(None::<&str>, PATH, SETTINGS, "SettingChanged", &told)?)
    }
}

impl Scheme {
    fn number(self) -> u32 {
        match self {
            Self::Unchosen => 0,
            Self::Dark => 1,
            Self::Light => 2,
        }
    }
}

#[derive(Debug)]
struct Settings {
    scheme: Arc<AtomicU32>,
    answers: Answers,
}

#[zbus::interface(name = "org.freedesktop.portal.Settings")]
impl Settings {
    async fn read_one(&self, namespace: &str, key: &str) -> fdo::Result<OwnedValue> {
        match self.answers {
            Answers::AsNow => self.value(namespace, key),
            Answers::AsBefore => Err(fdo::Error::UnknownMethod("No such method “ReadOne”".to_owned())),
            Answers::Never => std::future::pending().await,
        }
    }

    async fn read(&self, namespace: &str, key: &str) -> fdo::Result<OwnedValue> {
        let value = self.value(namespace, key)?;
        Ok(Value::Value(Box::new(value.into())).try_into().map_err(zbus::Error::from)?)
    }
}

impl Settings {
    fn value(&self, namespace: &str, key: &str) -> fdo::Result<OwnedValue> {
        if (namespace, key) == SCHEME {
            return Ok(OwnedValue::from(self.scheme.load(Ordering::SeqCst)));
        }
        Err(fdo::Error::Failed("Requested setting not found".to_owned()))
    }
}
