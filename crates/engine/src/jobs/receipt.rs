//! What a run leaves behind: what came, what is missing, and why.

use chrono::{DateTime, SecondsFormat, Utc};
use pdt_domain::ids::Name;
use pdt_domain::run::Outcome;
use pdt_remote::http::Quota;
use serde_json::Value;

use super::fault::Fault;
use crate::schedule::{Outlook, Reason};

/// One thing that a run brings up to date: a repository, or a Jira account.
pub(crate) trait Entry {
    /// What several of them are called.
    const THINGS: &'static str;

    /// What this one is called.
    fn name(&self) -> &str;

    /// What kept the whole of it from being read.
    fn fault(&self) -> Option<&Fault>;

    /// What went wrong, in one sentence; `None` where nothing did.
    fn error(&self) -> Option<String>;

    /// Until when the service wants no request, where it said so for this thing or for a part of it.
    fn limited_until(&self) -> Option<DateTime<Utc>> {
        self.fault().and_then(|fault| fault.limited_until)
    }

    /// Its row, where nothing has changed: most of many things have not, and a receipt of each would fill the database.
    fn unchanged_row(&self) -> Option<i64> {
        None
    }

    /// Its part of the receipt as it is stored. Keys may be added and never change their meaning.
    fn stored(&self) -> Value;
}

/// What a run has asked of an account's service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) account: Name,
    /// Every HTTP request, tries and unchanged answers included.
    pub(crate) requests: u64,
    /// How many more the service allows, where it says so.
    pub(crate) quota: Option<Quota>,
}

impl Usage {
    /// Its part of the receipt as it is stored. Keys may be added and never change their meaning.
    fn stored(&self) -> Value {
        serde_json::json!({
            "account": self.account,
            "requests": self.requests,
            "remaining": self.quota.map(|quota| quota.remaining),
            "limit": self.quota.and_then(|quota| quota.limit),
            "resets_at": self.quota.and_then(|quota| quota.resets_at).map(seconds),
        })
    }
}

fn seconds(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A run's receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Receipt<E> {
    pub(crate) entries: Vec<E>,
    /// Every HTTP request, tries and unchanged answers included.
    pub(crate) requests: u64,
    usage: Vec<Usage>,
    cancelled: bool,
}

impl<E: Entry> Receipt<E> {
    pub(crate) fn new(entries: Vec<E>, usage: Vec<Usage>, cancelled: bool) -> Self {
        let requests = usage.iter().map(|usage| usage.requests).sum();
        Self { entries, requests, usage, cancelled }
    }

    fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.entries.iter().filter_map(Entry::fault)
    }

    /// Until when an account of this run is limited, the latest of several.
    pub(crate) fn limited_until(&self) -> Option<DateTime<Utc>> {
        self.entries.iter().filter_map(Entry::limited_until).max()
    }

    /// A limit or a stop is never a failure; a run without network was not to be had; a run of which nothing
    /// came has failed; one of which something is missing is partial.
    pub(crate) fn outcome(&self) -> Outcome {
        let all =
            |test: fn(&Fault) -> bool| self.faults().count() == self.entries.len() && self.faults().all(test);
        let clean = self.entries.iter().all(|entry| entry.error().is_none());
        if clean {
            Outcome::Ok
        } else if all(|fault| fault.offline) {
            Outcome::Skipped
        } else if self.cancelled || self.limited_until().is_some() || !all(|_| true) {
            Outcome::Partial
        } else {
            Outcome::Failed
        }
    }

    /// What it means for the next run.
    pub(crate) fn outlook(&self) -> Outlook {
        let limits = self.entries.iter().filter_map(Entry::limited_until);
        if let Some(until) = limits.min() {
            let is_all = self.entries.iter().all(|entry| entry.limited_until().is_some());
            return Outlook::Limited { until, is_all };
        }
        let brought_nothing = matches!(self.outcome(), Outcome::Failed | Outcome::Skipped);
        let passing = |test: fn(&Fault) -> bool| self.faults().filter(|fault| fault.may_pass()).any(test);
        match () {
            () if self.cancelled || !brought_nothing || !passing(|_| true) => Outlook::AsUsual,
            () if passing(|fault| fault.keychain) => Outlook::TryAgain(Reason::Keychain),
            () if passing(|fault| fault.offline) => Outlook::TryAgain(Reason::Offline),
            () => Outlook::TryAgain(Reason::Service),
        }
    }

    /// Why the run was skipped, cut short or must wait.
    pub(crate) fn reason(&self) -> Option<String> {
        if self.cancelled && self.outcome() != Outcome::Ok {
            return Some("stopped before it was done".to_owned());
        }
        match self.limited_until() {
            Some(until) => Some(format!("limited until {}", until.format("%Y-%m-%dT%H:%M:%SZ"))),
            None => (self.outcome() == Outcome::Skipped).then(|| "this machine is offline".to_owned()),
        }
    }

    /// The run's error in one sentence; `None` after a clean run.
    pub(crate) fn error(&self) -> Option<String> {
        let failed: Vec<_> =
            self.entries.iter().filter_map(|entry| Some((entry.name(), entry.error()?))).collect();
        let (name, error) = failed.first()?;
        Some(match failed.len() {
            1 => format!("{name}: {error}"),
            several => {
                format!("{several} of {} {} failed, first {name}: {error}", self.entries.len(), E::THINGS)
            }
        })
    }

    /// The receipt as it is stored with the run: what is to be told of each thing, and the rows of those that have
    /// not changed.
    pub(crate) fn to_json(&self) -> String {
        let unchanged: Vec<i64> = self.entries.iter().filter_map(Entry::unchanged_row).collect();
        let told = self.entries.iter().filter(|entry| entry.unchanged_row().is_none());
        let told: Vec<Value> = told.map(Entry::stored).collect();
        let needs_person = self.outcome() == Outcome::Failed && self.faults().any(|fault| fault.needs_person);
        let usage: Vec<Value> = self.usage.iter().map(Usage::stored).collect();
        serde_json::json!({
            E::THINGS: told, "unchanged": unchanged, "needs_person": needs_person, "usage": usage,
        })
        .to_string()
    }
}
