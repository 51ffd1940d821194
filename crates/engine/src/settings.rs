//! What a person may set, where each value came from, and what could not be read.
//!
//! A value is looked for on the command line, then in the environment, then in the `.env` file of the
//! configuration folder, then among what was chosen in Settings; else the default holds. A value that cannot be
//! read gives a warning and the default, never an end.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use pdt_domain::duration::{go_duration, parse_go_duration};
use pdt_domain::quiet_hours::{NotHours, QuietHours};
use pdt_domain::run::Loop;
use pdt_domain::theme::{NotTheme, Theme};

use crate::environment::{Environment, VariableSource};
use crate::folders::{self, DataFolder, FolderError};
use crate::secrets::in_capitals;

/// Master switch of the background loops: `true`, `1`, `false` or `0`.
pub const SYNC_ENABLED: &str = "SYNC_ENABLED";
/// The interval of the commits loop, a Go-style duration of at least a second.
pub const SYNC_INTERVAL_COMMITS: &str = "SYNC_INTERVAL_COMMITS";
/// The interval of the Jira loop, likewise.
pub const SYNC_INTERVAL_JIRA: &str = "SYNC_INTERVAL_JIRA";
/// How many days back the first run of a repository looks: 1 to 3650.
pub const SYNC_HISTORY_DAYS: &str = "SYNC_HISTORY_DAYS";
/// Whether the background loops run while the network is metered: a switch like `SYNC_ENABLED`.
pub const SYNC_ON_METERED: &str = "SYNC_ON_METERED";
/// Whether a notification tells of what begins to fail, likewise.
pub const PDT_NOTIFY_FAILURES: &str = "PDT_NOTIFY_FAILURES";
/// Whether a notification tells of what works again, likewise.
pub const PDT_NOTIFY_RECOVERIES: &str = "PDT_NOTIFY_RECOVERIES";
/// The hours without notifications, in local time: `22:00-07:00`.
pub const PDT_QUIET_HOURS: &str = "PDT_QUIET_HOURS";
/// Whether the window is light or dark: `system`, `light` or `dark`.
pub const PDT_THEME: &str = "PDT_THEME";
/// The data folder.
pub const PDT_DATA_DIR: &str = "PDT_DATA_DIR";
/// The tracing filter.
pub const PDT_LOG: &str = "PDT_LOG";
/// Begins the name of a variable that holds a certificate file for a host: `PDT_CA_FILE_GIT_ACME_EXAMPLE` is the
/// PEM file that is trusted for `git.acme.example`, in addition to the system's certificates.
pub const PDT_CA_FILE: &str = "PDT_CA_FILE_";

const DEFAULT_INTERVAL_COMMITS: Duration = Duration::from_mins(15);
const DEFAULT_INTERVAL_JIRA: Duration = Duration::from_mins(30);
const DEFAULT_HISTORY_DAYS: u16 = 30;
const DEFAULT_LOG: &str = "info";
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);

/// The longest part of a value that a warning repeats, in characters.
const LONGEST_SHOWN: usize = 80;

/// Values by the name of their variable: those of the command line, or those chosen in Settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen(BTreeMap<String, OsString>);

impl Chosen {
    /// No values.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The same with one value more.
    #[must_use]
    pub fn with(mut self, variable: &str, value: impl Into<OsString>) -> Self {
        self.0.insert(variable.to_owned(), value.into());
        self
    }
}

impl<N: Into<String>, V: Into<OsString>> FromIterator<(N, V)> for Chosen {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(values: I) -> Self {
        Self(values.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A flag of the command line.
    Flag,
    /// The environment of the process.
    Environment,
    /// The `.env` file of the configuration folder.
    EnvFile,
    /// What was chosen in Settings.
    Stored,
    /// Nobody said anything, or nothing that can be read.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flag => "command line",
            Self::Environment => "environment",
            Self::EnvFile => ".env file",
            Self::Stored => "settings",
            Self::Default => "default",
        })
    }
}

/// A value with the place it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value in force.
    pub value: T,
    /// Where it came from.
    pub source: Source,
}

/// Every setting, as it is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Whether the background loops run. A sync by hand works either way.
    pub sync_enabled: Setting<bool>,
    /// The interval of the commits loop.
    pub interval_commits: Setting<Duration>,
    /// The interval of the Jira loop.
    pub interval_jira: Setting<Duration>,
    /// How many days back the first run of a repository looks.
    pub history_days: Setting<u16>,
    /// Whether the background loops run while the network is metered.
    pub sync_on_metered: Setting<bool>,
    /// Whether a notification tells of what begins to fail.
    pub notify_failures: Setting<bool>,
    /// Whether a notification tells of what works again.
    pub notify_recoveries: Setting<bool>,
    /// The hours without notifications.
    pub quiet_hours: Setting<Option<QuietHours>>,
    /// Whether the window is light or dark.
    pub theme: Setting<Theme>,
    /// The tracing filter as it was given; whether it can be read is for the one who builds the filter to say,
    /// with [`SettingWarning::new`].
    pub log: Setting<String>,
    /// The data folder; `None` where nobody chose one and the user has no home.
    data_dir: Option<Setting<PathBuf>>,
    /// Certificate files by the variable of their host.
    certificates: BTreeMap<String, Setting<PathBuf>>,
}

impl Settings {
    /// Reads every setting.
    ///
    /// What was chosen in Settings is stored in the database, and the database is found through the data folder:
    /// a caller first loads with [`Chosen::none`] for `stored`, opens the database of [`Settings::data_folder`],
    /// and loads again. A stored data folder is therefore not looked at.
    #[must_use]
    pub fn load(flags: &Chosen, environment: &Environment, stored: &Chosen) -> (Self, Vec<SettingWarning>) {
        let mut reader = Reader { flags, environment, stored, warnings: Vec::new() };
        let settings = Self {
            sync_enabled: reader.read(SYNC_ENABLED, true, parse_switch),
            interval_commits: reader.read(SYNC_INTERVAL_COMMITS, DEFAULT_INTERVAL_COMMITS, parse_interval),
            interval_jira: reader.read(SYNC_INTERVAL_JIRA, DEFAULT_INTERVAL_JIRA, parse_interval),
            history_days: reader.read(SYNC_HISTORY_DAYS, DEFAULT_HISTORY_DAYS, parse_history_days),
            sync_on_metered: reader.read(SYNC_ON_METERED, false, parse_switch),
            notify_failures: reader.read(PDT_NOTIFY_FAILURES, true, parse_switch),
            notify_recoveries: reader.read(PDT_NOTIFY_RECOVERIES, true, parse_switch),
            quiet_hours: reader.read(PDT_QUIET_HOURS, None, parse_quiet_hours),
            theme: reader.read(PDT_THEME, Theme::default(), parse_theme),
            log: reader.read(PDT_LOG, DEFAULT_LOG.to_owned(), |text| Ok(text.to_owned())),
            data_dir: reader.data_dir(),
            certificates: reader.certificates(),
        };
        (settings, reader.warnings)
    }

    /// Every setting as it is where nobody has said anything.
    #[must_use]
    pub fn defaults() -> Self {
        Self::load(&Chosen::none(), &Environment::default(), &Chosen::none()).0
    }

    /// Why a value cannot be used for a variable, as a clause without its full stop; `None` where it can.
    #[must_use]
    pub fn objection(variable: &str, value: &str) -> Option<String> {
        let chosen = Chosen::none().with(variable, value);
        let (_, warnings) = Self::load(&Chosen::none(), &Environment::default(), &chosen);
        warnings.into_iter().find(|warning| warning.variable == variable).map(|warning| warning.reason)
    }

    /// Where a variable has a value that goes before a choice in Settings, whether it can be used or not.
    #[must_use]
    pub fn given(flags: &Chosen, environment: &Environment, variable: &str) -> Option<Source> {
        let stored = &Chosen::none();
        Reader { flags, environment, stored, warnings: Vec::new() }.find(variable).map(|(_, source)| source)
    }

    /// The interval of a loop.
    #[must_use]
    pub fn interval(&self, of: Loop) -> Duration {
        match of {
            Loop::Commits => self.interval_commits.value,
            Loop::Jira => self.interval_jira.value,
        }
    }

    /// The folder that holds the data.
    ///
    /// # Errors
    /// [`FolderError`] where nobody chose a folder and the user has no home.
    pub fn data_folder(&self) -> Result<DataFolder, FolderError> {
        let chosen = self.data_dir.as_ref().ok_or(FolderError::Homeless)?;
        DataFolder::at(&chosen.value)
    }

    /// Where the choice of the data folder came from.
    #[must_use]
    pub fn data_folder_source(&self) -> Source {
        self.data_dir.as_ref().map_or(Source::Default, |chosen| chosen.source)
    }

    /// The certificate file (PEM) trusted for a host, in addition to the system's certificates.
    #[must_use]
    pub fn certificate_for(&self, host: &str) -> Option<&Path> {
        self.certificates.get(&certificate_variable(host)).map(|file| file.value.as_path())
    }
}

/// The variable that holds the certificate file of a host: its name in capitals, other characters as `_`.
#[must_use]
pub fn certificate_variable(host: &str) -> String {
    format!("{PDT_CA_FILE}{}", in_capitals(host))
}

/// A value that cannot be used, so that the default is. `Display` is a sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable}={value:?} ({source_of_value}) cannot be used: {reason}. {instead}")]
pub struct SettingWarning {
    variable: String,
    value: String,
    source_of_value: Source,
    reason: String,
    instead: String,
}

impl SettingWarning {
    /// A warning: `reason` and `instead` tell why the value cannot be used and what is used in its place, the
    /// reason as a clause without its full stop, the other as a sentence.
    #[must_use]
    pub fn new(variable: &str, value: &str, source: Source, reason: &str, instead: &str) -> Self {
        Self {
            variable: variable.to_owned(),
            value: shown(value),
            source_of_value: source,
            reason: reason.to_owned(),
            instead: instead.to_owned(),
        }
    }

    /// The variable whose value cannot be used.
    #[must_use]
    pub fn variable(&self) -> &str {
        &self.variable
    }
}

fn shown(value: &str) -> String {
    let mut shown: String = value.chars().take(LONGEST_SHOWN).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    shown
}

/// Looks a variable up through all layers and gathers what cannot be read.
struct Reader<'a> {
    flags: &'a Chosen,
    environment: &'a Environment,
    stored: &'a Chosen,
    warnings: Vec<SettingWarning>,
}

impl Reader<'_> {
    fn find(&self, variable: &str) -> Option<(OsString, Source)> {
        let given = |chosen: &Chosen, source| Some((chosen.0.get(variable)?.clone(), source));
        given(self.flags, Source::Flag)
            .or_else(|| self.in_environment(variable))
            .or_else(|| given(self.stored, Source::Stored))
    }

    fn in_environment(&self, variable: &str) -> Option<(OsString, Source)> {
        let (value, place) = self.environment.get(variable)?;
        let source = match place {
            VariableSource::Process => Source::Environment,
            VariableSource::File => Source::EnvFile,
        };
        Some((value.to_owned(), source))
    }

    fn read<T: Shown>(
        &mut self,
        variable: &str,
        default: T,
        parse: fn(&str) -> Result<T, String>,
    ) -> Setting<T> {
        let Some((value, source)) = self.find(variable) else {
            return Setting { value: default, source: Source::Default };
        };
        let parsed =
            value.to_str().ok_or_else(|| "it is not UTF-8".to_owned()).and_then(|text| parse(text.trim()));
        match parsed {
            Ok(value) => Setting { value, source },
            Err(reason) => {
                let instead = format!("The default {} is used.", default.shown());
                self.warn(variable, &value, source, &reason, &instead);
                Setting { value: default, source: Source::Default }
            }
        }
    }

    fn warn(&mut self, variable: &str, value: &OsString, source: Source, reason: &str, instead: &str) {
        let value = value.to_string_lossy();
        self.warnings.push(SettingWarning::new(variable, &value, source, reason, instead));
    }

    fn data_dir(&self) -> Option<Setting<PathBuf>> {
        let flag = self.flags.0.get(PDT_DATA_DIR).map(|value| (value.clone(), Source::Flag));
        match flag.or_else(|| self.in_environment(PDT_DATA_DIR)) {
            Some((value, source)) => Some(Setting { value: value.into(), source }),
            None => Some(Setting { value: folders::platform_data_folder()?, source: Source::Default }),
        }
    }

    fn certificates(&mut self) -> BTreeMap<String, Setting<PathBuf>> {
        let given =
            |chosen: &Chosen| chosen.0.keys().filter(|name| name.starts_with(PDT_CA_FILE)).cloned().collect();
        let mut variables: BTreeSet<String> = given(self.stored);
        variables.extend(given(self.flags));
        variables.extend(self.environment.names(PDT_CA_FILE).map(str::to_owned));
        variables.into_iter().filter_map(|name| Some((name.clone(), self.certificate(&name)?))).collect()
    }

    fn certificate(&mut self, variable: &str) -> Option<Setting<PathBuf>> {
        let (value, source) = self.find(variable)?;
        let path = PathBuf::from(&value);
        match fs::File::open(&path).and_then(|_| std::path::absolute(&path)) {
            Ok(path) => Some(Setting { value: path, source }),
            Err(cause) => {
                let reason = format!("the file cannot be opened: {cause}");
                self.warn(variable, &value, source, &reason, "Only the system's certificates are trusted.");
                None
            }
        }
    }
}

fn parse_switch(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err("write true, 1, false or 0".to_owned()),
    }
}

fn parse_interval(text: &str) -> Result<Duration, String> {
    let interval = parse_go_duration(text).map_err(|error| error.to_string())?;
    if interval < SHORTEST_INTERVAL {
        return Err("an interval is a second or more".to_owned());
    }
    Ok(interval)
}

fn parse_quiet_hours(text: &str) -> Result<Option<QuietHours>, String> {
    text.parse().map(Some).map_err(|error: NotHours| error.to_string())
}

fn parse_theme(text: &str) -> Result<Theme, String> {
    text.parse().map_err(|error: NotTheme| error.to_string())
}

fn parse_history_days(text: &str) -> Result<u16, String> {
    let days = text.parse().ok().filter(|days| (1..=3650).contains(days));
    days.ok_or_else(|| "write a whole number of days from 1 to 3650".to_owned())
}

/// How a default is named in a warning, the way a person would write it.
trait Shown {
    fn shown(&self) -> String;
}

impl Shown for bool {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for u16 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for String {
    fn shown(&self) -> String {
        self.clone()
    }
}

impl Shown for Duration {
    fn shown(&self) -> String {
        go_duration(*self)
    }
}

impl Shown for Theme {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for Option<QuietHours> {
    fn shown(&self) -> String {
        self.map_or_else(|| "none".to_owned(), |hours| hours.to_string())
    }
}
