//! Times as Jira writes them.

use chrono::{DateTime, SecondsFormat, Utc};

use super::JiraSettings;

impl JiraSettings {
    /// `2026-02-18T23:15:00.000+0700`: the site's zone, without a colon.
    pub(super) fn stamp(&self, time: DateTime<Utc>) -> String {
        time.with_timezone(&self.site_offset()).format("%Y-%m-%dT%H:%M:%S%.3f%z").to_string()
    }

    /// Dates of sprints are RFC 3339: with `Z` on Cloud, in the site's zone elsewhere.
    pub(super) fn sprint_date(&self, time: DateTime<Utc>) -> String {
        if self.is_cloud() {
            time.to_rfc3339_opts(SecondsFormat::Millis, true)
        } else {
            time.with_timezone(&self.site_offset()).to_rfc3339_opts(SecondsFormat::Millis, false)
        }
    }

    /// The name of the accounts' time zone, which has no daylight saving time.
    pub(super) fn zone_name(&self) -> String {
        let seconds = self.account_offset().local_minus_utc();
        match (seconds, seconds % 3600) {
            (0, _) => "Etc/UTC".to_owned(),
            (20_700, _) => "Asia/Kathmandu".to_owned(),
            // The sign is the other way round in these names.
            (_, 0) => format!("Etc/GMT{:+}", -seconds / 3600),
            _ => "Asia/Kolkata".to_owned(),
        }
    }
}
