//! What a person can change while PDT runs: settings, and a pause of the background loops. Who acts upon them is told
//! of each change.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, SecondsFormat, Utc};
use pdt_store::Db;
use tokio::sync::watch;

use crate::environment::Environment;
use crate::settings::{Chosen, Settings, Source};

/// Where a pause is stored among the settings. No variable has this name.
const PAUSE: &str = "paused_until";

/// What is stored for a pause without an end.
const OPEN: &str = "resumed";

/// What is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Controls {
    /// The settings.
    pub settings: Settings,
    /// Settings that could not be read, a sentence each.
    pub warnings: Vec<String>,
    /// The pause that was chosen last; it may be over.
    pause: Option<Pause>,
}

/// A pause of the background loops. A sync by hand works all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// Until then.
    Until(DateTime<Utc>),
    /// Until the person resumes.
    Open,
}

impl Pause {
    fn to_text(self) -> String {
        match self {
            Self::Until(end) => end.to_rfc3339_opts(SecondsFormat::Secs, true),
            Self::Open => OPEN.to_owned(),
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        match text {
            OPEN => Some(Self::Open),
            time => Some(Self::Until(DateTime::parse_from_rfc3339(time).ok()?.to_utc())),
        }
    }

    /// When it ends by itself.
    #[must_use]
    pub fn end(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Until(end) => Some(end),
            Self::Open => None,
        }
    }
}

impl Controls {
    /// The pause that holds at this time.
    #[must_use]
    pub fn pause(&self, now: DateTime<Utc>) -> Option<Pause> {
        self.pause.filter(|pause| pause.end().is_none_or(|end| now < end))
    }
}

/// Keeps what is in force. Cheap to clone; clones share everything.
#[derive(Clone)]
pub(crate) struct Desk(Arc<Inner>);

struct Inner {
    /// What was given on the command line.
    flags: Chosen,
    environment: Environment,
    /// What was wrong with the files that the environment came from.
    file_warnings: Vec<String>,
    in_force: watch::Sender<Arc<Controls>>,
    /// How many readings have begun.
    readings: AtomicU64,
    /// The reading that is in force, by its number.
    newest: Mutex<u64>,
}

impl Desk {
    /// With what is stored in the database.
    pub(crate) fn new(
        flags: Chosen,
        environment: Environment,
        file_warnings: Vec<String>,
        stored: &BTreeMap<String, String>,
    ) -> Self {
        let controls = Arc::new(controls(&flags, &environment, &file_warnings, stored));
        let in_force = watch::Sender::new(controls);
        let (readings, newest) = (AtomicU64::new(0), Mutex::new(0));
        Self(Arc::new(Inner { flags, environment, file_warnings, in_force, readings, newest }))
    }

    /// What is in force now.
    pub(crate) fn now(&self) -> Arc<Controls> {
        self.0.in_force.borrow().clone()
    }

    /// What is in force, and each change.
    pub(crate) fn watch(&self) -> watch::Receiver<Arc<Controls>> {
        self.0.in_force.subscribe()
    }

    /// Where a variable has a value that goes before a choice in Settings.
    pub(crate) fn given(&self, variable: &str) -> Option<Source> {
        Settings::given(&self.0.flags, &self.0.environment, variable)
    }

    /// Stores a choice, or forgets the one that was made, and acts upon it at once.
    pub(crate) async fn choose(
        &self,
        db: &Db,
        key: &'static str,
        value: Option<String>,
    ) -> Result<(), pdt_store::StoreError> {
        db.write(move |tx| match &value {
            Some(value) => tx.set_setting(key, value),
            None => tx.forget_setting(key),
        })
        .await?;
        self.read_again(db).await
    }

    /// Stores a pause, or its end.
    pub(crate) async fn set_pause(&self, db: &Db, pause: Option<Pause>) -> Result<(), pdt_store::StoreError> {
        self.choose(db, PAUSE, pause.map(Pause::to_text)).await
    }

    /// Takes over what this program or another one has stored.
    pub(crate) async fn read_again(&self, db: &Db) -> Result<(), pdt_store::StoreError> {
        let Inner { flags, environment, file_warnings, in_force, readings, newest } = &*self.0;
        let number = readings.fetch_add(1, Ordering::SeqCst) + 1;
        let stored = db.read(|tx| tx.all_settings()).await?;
        let read = controls(flags, environment, file_warnings, &stored);
        let mut newest = newest.lock().unwrap_or_else(PoisonError::into_inner);
        // One that began earlier may have read what a choice has changed since.
        if number < *newest {
            return Ok(());
        }
        *newest = number;
        in_force.send_if_modified(|controls| {
            let is_new = **controls != read;
            *controls = Arc::new(read);
            is_new
        });
        Ok(())
    }
}

fn controls(
    flags: &Chosen,
    environment: &Environment,
    file_warnings: &[String],
    stored: &BTreeMap<String, String>,
) -> Controls {
    let pause = stored.get(PAUSE).and_then(|text| Pause::from_text(text));
    let chosen = stored.iter().fold(Chosen::none(), |chosen, (key, value)| chosen.with(key, value));
    let (settings, warnings) = Settings::load(flags, environment, &chosen);
    let warnings = warnings.iter().map(ToString::to_string);
    Controls { settings, warnings: file_warnings.iter().cloned().chain(warnings).collect(), pause }
}
