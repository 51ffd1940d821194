//! How a fake Jira is set up.

use chrono::FixedOffset;

/// Whose Jira it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flavour {
    /// Atlassian's own.
    #[default]
    Cloud,
    /// A company's own, also called Server.
    DataCenter,
}

/// How a fake Jira is set up. The default is a Cloud site; see [`data_center`](Self::data_center).
#[derive(Debug, Clone)]
pub struct JiraSettings {
    /// Whose Jira it is.
    pub flavour: Flavour,
    /// What stands between host and `rest`: empty, or such as `/jira`.
    pub context_path: String,
    /// The most boards, sprints or projects of a page, whatever is asked.
    pub page_cap: usize,
    /// The most cards of a page of the agile lists.
    pub issue_page_cap: usize,
    /// The most cards of such a page that carries changelogs.
    pub wide_page_cap: usize,
    /// The most entries of a changelog inside a card, and of a page of `/issue/KEY/changelog`.
    pub changelog_cap: usize,
    /// The most cards of a search that brings only ids and keys.
    pub ids_page_cap: usize,
    /// The site's time zone, in which it writes time stamps: an offset such as `+0700`.
    pub zone: String,
    /// The time zone of everybody's account, in which dates in JQL are read.
    pub account_zone: String,
    /// Whether `changelog/bulkfetch` is there. Data Center never has it.
    pub has_bulk_changelog: bool,
    /// Whether its times are seconds instead of milliseconds.
    pub bulk_changelog_in_seconds: bool,
    /// Whether the site refuses all tokens, because they are scoped ones: they work at the gateway, which the
    /// same fake serves under `/ex/jira/CLOUDID`.
    pub scoped_only: bool,
    /// Whether pages of sprints tell how many there are in all.
    pub sprint_pages_have_total: bool,
    /// The status with which a board without sprints answers when asked for them: 400, or 422.
    pub no_sprints_status: u16,
    /// Whether items of a changelog name the field's id.
    pub has_field_ids: bool,
    /// Whether cards come with all fields, whichever were asked for.
    pub ignores_fields: bool,
    /// The id of the field with the story points, different on each site.
    pub story_points_field: String,
    /// The id of the field with the sprints.
    pub sprint_field: String,
}

impl Default for JiraSettings {
    fn default() -> Self {
        Self {
            flavour: Flavour::Cloud,
            context_path: String::new(),
            page_cap: 50,
            issue_page_cap: 50,
            wide_page_cap: 50,
            changelog_cap: 100,
            ids_page_cap: 5000,
            zone: "+0700".to_owned(),
            account_zone: "+0700".to_owned(),
            has_bulk_changelog: true,
            bulk_changelog_in_seconds: false,
            scoped_only: false,
            sprint_pages_have_total: true,
            no_sprints_status: 400,
            has_field_ids: true,
            ignores_fields: false,
            story_points_field: "customfield_10016".to_owned(),
            sprint_field: "customfield_10020".to_owned(),
        }
    }
}

impl JiraSettings {
    /// A company's own Jira with a context path.
    #[must_use]
    pub fn data_center() -> Self {
        Self {
            flavour: Flavour::DataCenter,
            context_path: "/jira".to_owned(),
            changelog_cap: usize::MAX,
            ids_page_cap: 1000,
            has_bulk_changelog: false,
            sprint_pages_have_total: false,
            has_field_ids: false,
            story_points_field: "customfield_10004".to_owned(),
            sprint_field: "customfield_10001".to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn is_cloud(&self) -> bool {
        self.flavour == Flavour::Cloud
    }

    pub(super) fn site_offset(&self) -> FixedOffset {
        offset(&self.zone)
    }

    pub(super) fn account_offset(&self) -> FixedOffset {
        offset(&self.account_zone)
    }
}

/// `+0545` as an offset; UTC where it is none.
fn offset(zone: &str) -> FixedOffset {
    let utc = || FixedOffset::east_opt(0);
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: i32 = zone.trim_start_matches(['+', '-']).replace(':', "").parse().unwrap_or(0);
    let seconds = sign * (digits / 100 * 3600 + digits % 100 * 60);
    FixedOffset::east_opt(seconds).or_else(utc).unwrap_or_else(|| chrono::Offset::fix(&chrono::Utc))
}
