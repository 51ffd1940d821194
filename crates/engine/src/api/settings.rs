//! What a person may set, and whether the background loops pause.

use std::fmt::Display;
use std::time::Duration;

use chrono::{DateTime, Days, Local, NaiveTime, TimeDelta, TimeZone, Utc};
use pdt_domain::duration::go_duration;
use pdt_domain::quiet_hours::QuietHours;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use ts_rs::TS;

use super::{ApiError, Code, Engine};
use crate::controls::{Controls, Pause};
use crate::settings::{
    PDT_NOTIFY_FAILURES, PDT_NOTIFY_RECOVERIES, PDT_QUIET_HOURS, PDT_THEME, SYNC_ENABLED, SYNC_HISTORY_DAYS,
    SYNC_INTERVAL_COMMITS, SYNC_INTERVAL_JIRA, SYNC_ON_METERED, Setting, Settings, Source,
};

/// When a pause until tomorrow ends, in local time: at midnight nobody looks, and a pause that was begun shortly
/// before would be none.
const MORNING: NaiveTime = match NaiveTime::from_hms_opt(6, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// A setting that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SettingName {
    /// Whether the background loops run.
    SyncEnabled,
    /// The interval of the commits loop, as `15m` or `1h30m`.
    IntervalCommits,
    /// The interval of the Jira loop.
    IntervalJira,
    /// How many days back the first run of a repository looks.
    HistoryDays,
    /// Whether the background loops run while the network is metered.
    SyncOnMetered,
    /// Whether a notification tells of what begins to fail.
    NotifyFailures,
    /// Whether a notification tells of what works again.
    NotifyRecoveries,
    /// The hours without notifications, as `22:00-07:00`.
    QuietHours,
    /// Whether the window is light or dark: `system`, `light` or `dark`.
    Theme,
}

impl SettingName {
    fn variable(self) -> &'static str {
        match self {
            Self::SyncEnabled => SYNC_ENABLED,
            Self::IntervalCommits => SYNC_INTERVAL_COMMITS,
            Self::IntervalJira => SYNC_INTERVAL_JIRA,
            Self::HistoryDays => SYNC_HISTORY_DAYS,
            Self::SyncOnMetered => SYNC_ON_METERED,
            Self::NotifyFailures => PDT_NOTIFY_FAILURES,
            Self::NotifyRecoveries => PDT_NOTIFY_RECOVERIES,
            Self::QuietHours => PDT_QUIET_HOURS,
            Self::Theme => PDT_THEME,
        }
    }
}

/// Every setting as it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SettingsDto {
    /// Whether the background loops run: `true` or `false`.
    pub sync_enabled: SettingDto,
    /// The interval of the commits loop, as `15m` or `1h30m`.
    pub interval_commits: SettingDto,
    /// The interval of the Jira loop.
    pub interval_jira: SettingDto,
    /// How many days back the first run of a repository looks.
    pub history_days: SettingDto,
    /// Whether the background loops run while the network is metered.
    pub sync_on_metered: SettingDto,
    /// Whether a notification tells of what begins to fail.
    pub notify_failures: SettingDto,
    /// Whether a notification tells of what works again.
    pub notify_recoveries: SettingDto,
    /// The hours without notifications, as `22:00-07:00`; empty: none.
    pub quiet_hours: SettingDto,
    /// Whether the window is light or dark: `system`, `light` or `dark`.
    pub theme: SettingDto,
    /// The folder that holds the database.
    pub data_folder: String,
    /// The folder that holds the logs.
    pub logs_folder: String,
    /// Whether the background loops pause.
    pub is_paused: bool,
    /// When the pause ends by itself.
    #[serde(serialize_with = "super::status::zulu")]
    #[ts(type = "string | null")]
    pub paused_until: Option<DateTime<Utc>>,
}

/// A setting with the place it came from. Its value is text, as a variable would hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SettingDto {
    /// The value in force.
    pub value: String,
    /// The value where nobody has said anything.
    pub default: String,
    /// Where it came from. Only what nobody gave, or what was chosen in Settings, can be changed there.
    #[ts(type = "\"flag\" | \"environment\" | \"env_file\" | \"stored\" | \"default\"")]
    pub source: &'static str,
    /// The variable that would go before a choice.
    pub variable: &'static str,
}

/// For how long the background loops pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum PauseChoice {
    /// For an hour.
    Hour,
    /// Until the next morning.
    Tomorrow,
    /// Until the person resumes.
    Open,
}

impl Engine {
    /// Every setting as it is in force.
    #[must_use]
    pub fn settings(&self) -> SettingsDto {
        let controls = self.core.controls();
        let (settings, defaults) = (&controls.settings, &Settings::defaults());
        let pause = controls.pause(self.core.now());
        let days = plain(&settings.history_days, &defaults.history_days, SYNC_HISTORY_DAYS);
        let hours = shown(&settings.quiet_hours, &defaults.quiet_hours, PDT_QUIET_HOURS, hours_text);
        let interval = |of: fn(&Settings) -> &Setting<Duration>, variable| {
            shown(of(settings), of(defaults), variable, |value| go_duration(*value))
        };
        let switch =
            |of: fn(&Settings) -> &Setting<bool>, variable| plain(of(settings), of(defaults), variable);
        SettingsDto {
            sync_enabled: switch(|all| &all.sync_enabled, SYNC_ENABLED),
            interval_commits: interval(|all| &all.interval_commits, SYNC_INTERVAL_COMMITS),
            interval_jira: interval(|all| &all.interval_jira, SYNC_INTERVAL_JIRA),
            history_days: days,
            sync_on_metered: switch(|all| &all.sync_on_metered, SYNC_ON_METERED),
            notify_failures: switch(|all| &all.notify_failures, PDT_NOTIFY_FAILURES),
            notify_recoveries: switch(|all| &all.notify_recoveries, PDT_NOTIFY_RECOVERIES),
            quiet_hours: hours,
            theme: plain(&settings.theme, &defaults.theme, PDT_THEME),
            data_folder: self.core.folder.path().display().to_string(),
            logs_folder: self.core.folder.logs().display().to_string(),
            is_paused: pause.is_some(),
            paused_until: pause.and_then(Pause::end),
        }
    }

    /// Changes a setting at once; `None` goes back to the default. An empty text is no value either.
    ///
    /// # Errors
    /// A value that cannot be used; a setting that the environment decides; those of the database.
    pub async fn change_setting(
        &self,
        name: SettingName,
        value: Option<String>,
    ) -> Result<SettingsDto, ApiError> {
        let variable = name.variable();
        let value = value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        if let Some(reason) = value.as_deref().and_then(|value| Settings::objection(variable, value)) {
            return Err(ApiError::new(Code::Usage, format!("This cannot be used: {reason}.")));
        }
        if let Some(source) = self.core.desk.given(variable) {
            let message = format!("{variable} is set ({source}) and goes before what is chosen here.");
            return Err(
                ApiError::new(Code::Conflict, message).with_hint("Change it there, and start PDT again.")
            );
        }
        self.core.desk.choose(&self.core.db, variable, value).await?;
        Ok(self.settings())
    }

    /// Settings and pause as they are in force, and each change.
    #[must_use]
    pub fn controls(&self) -> watch::Receiver<std::sync::Arc<Controls>> {
        self.core.desk.watch()
    }

    /// Takes over what another program has chosen.
    pub(crate) async fn read_controls_again(&self) {
        if let Err(error) = self.core.desk.read_again(&self.core.db).await {
            tracing::warn!(%error, "the settings could not be read again");
        }
    }

    /// Pauses the background loops. What runs is stopped; what it has fetched is kept.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn pause(&self, choice: PauseChoice) -> Result<(), ApiError> {
        let now = self.core.now();
        let pause = match choice {
            PauseChoice::Hour => Pause::Until(now + TimeDelta::hours(1)),
            PauseChoice::Tomorrow => Pause::Until(morning_after(now.with_timezone(&Local))),
            PauseChoice::Open => Pause::Open,
        };
        Ok(self.core.desk.set_pause(&self.core.db, Some(pause)).await?)
    }

    /// Ends a pause. What has become due runs at once.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn resume(&self) -> Result<(), ApiError> {
        Ok(self.core.desk.set_pause(&self.core.db, None).await?)
    }
}

fn hours_text(hours: &Option<QuietHours>) -> String {
    hours.map_or_else(String::new, |hours| hours.to_string())
}

fn plain<T: Display>(setting: &Setting<T>, default: &Setting<T>, variable: &'static str) -> SettingDto {
    shown(setting, default, variable, ToString::to_string)
}

fn shown<T>(
    setting: &Setting<T>,
    default: &Setting<T>,
    variable: &'static str,
    text: impl Fn(&T) -> String,
) -> SettingDto {
    let source = match setting.source {
        Source::Flag => "flag",
        Source::Environment => "environment",
        Source::EnvFile => "env_file",
        Source::Stored => "stored",
        Source::Default => "default",
    };
    SettingDto { value: text(&setting.value), default: text(&default.value), source, variable }
}

/// The morning of the day after. Where the clocks are changed and there is no such moment, a day later.
fn morning_after<Z: TimeZone>(now: DateTime<Z>) -> DateTime<Utc> {
    let morning = now.date_naive().checked_add_days(Days::new(1)).map(|day| day.and_time(MORNING));
    let morning = morning.and_then(|morning| now.timezone().from_local_datetime(&morning).earliest());
    morning.map_or_else(|| now.to_utc() + TimeDelta::days(1), |morning| morning.to_utc())
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    #[test]
    fn tomorrow_begins_in_the_morning_where_the_person_is() {
        let zone = FixedOffset::east_opt(5 * 3600 + 2700).unwrap();
        for (now, morning) in [
            ("2026-02-18T23:55:00+05:45", "2026-02-19T06:00:00+05:45"),
            ("2026-02-18T00:05:00+05:45", "2026-02-19T06:00:00+05:45"),
        ] {
            let now = DateTime::parse_from_rfc3339(now).unwrap().with_timezone(&zone);
            assert_eq!(morning_after(now), DateTime::parse_from_rfc3339(morning).unwrap(), "{now}");
        }
    }
}
