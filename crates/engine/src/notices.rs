//! Which notifications a person gets: one when something begins to fail for a reason that they can act on, one when it
//! works again, and nothing else. Pure: what was told, what fails now and the person's wishes come in.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use pdt_domain::ids::Name;
use pdt_domain::run::Loop;
use pdt_store::NoticeRow;

/// In how many runs one after the other something must fail that may have been a moment's.
const RUNS_TO_BE_SURE: u32 = 2;

/// Something that fails now and that the person can act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cause {
    /// What fails and why: the same word for as long as it does.
    pub(crate) id: String,
    /// The account that it is about, where it is about one.
    pub(crate) account: Option<Name>,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) place: Place,
    pub(crate) certainty: Certainty,
    /// The loop whose runs meet it; `None` where those of both do.
    pub(crate) sync_loop: Option<Loop>,
}

/// Where in the window something can be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Overview,
    Accounts,
    Repositories,
    Board,
}

impl Place {
    fn route(self) -> &'static str {
        match self {
            Self::Overview => "#/overview",
            Self::Accounts => "#/accounts",
            Self::Repositories => "#/repositories",
            Self::Board => "#/board",
        }
    }
}

/// Whether seeing it once is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certainty {
    /// It stays until somebody acts.
    Certain,
    /// A service has its moods, and a keychain comes up after the desktop: the next run tells.
    Likely,
}

/// What the person wants to be told now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wishes {
    pub(crate) failures: bool,
    pub(crate) recoveries: bool,
    /// Whether it is no time for it: then it is told after a later run, if it is still true.
    pub(crate) is_quiet: bool,
}

/// A notification that the person is to get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is about, in a few words.
    pub title: String,
    /// The rest, in a sentence or two.
    pub body: String,
    /// The address of the view that a click opens.
    pub route: &'static str,
    /// What to keep in mind once it was shown.
    pub(crate) cause: String,
    pub(crate) kind: Kind,
}

/// What a notification tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Failure,
    Recovery,
}

/// What follows from a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// What to keep in mind, whether the person is told or not.
    pub(crate) keep: Vec<NoticeRow>,
    /// What to forget.
    pub(crate) forget: Vec<String>,
    /// What to tell.
    pub(crate) tell: Vec<Notice>,
}

/// Looks at what fails after a run of `of`. `accounts` are those there are.
pub(crate) fn judge(
    known: &[NoticeRow],
    causes: &[Cause],
    accounts: &BTreeSet<Name>,
    of: Loop,
    wishes: Wishes,
) -> Verdict {
    let mut verdict = Verdict::default();
    for cause in causes {
        let row = known.iter().find(|row| row.cause == cause.id);
        verdict.failing(cause, row, of, wishes);
    }
    for row in known.iter().filter(|row| causes.iter().all(|cause| cause.id != row.cause)) {
        verdict.passed(row, accounts, wishes);
    }
    verdict
}

impl Verdict {
    fn failing(&mut self, cause: &Cause, known: Option<&NoticeRow>, of: Loop, wishes: Wishes) {
        let row = match known {
            Some(row) if row.told_at.is_some() => return,
            row => cause.met_after(of, row.cloned().unwrap_or_else(|| cause.row())),
        };
        let is_sure = cause.certainty == Certainty::Certain || row.commits.max(row.jira) >= RUNS_TO_BE_SURE;
        if is_sure && wishes.failures && !wishes.is_quiet {
            self.tell.push(cause.notice());
        }
        if known != Some(&row) {
            self.keep.push(row);
        }
    }

    /// What was told is told once more when it is over, unless it went away with its account.
    fn passed(&mut self, row: &NoticeRow, accounts: &BTreeSet<Name>, wishes: Wishes) {
        let is_there = row.account.as_ref().is_none_or(|account| accounts.contains(account));
        match () {
            () if row.told_at.is_none() || !is_there || !wishes.recoveries => {
                self.forget.push(row.cause.clone())
            }
            () if wishes.is_quiet => {}
            () => self.tell.push(recovery(row)),
        }
    }
}

impl Cause {
    fn row(&self) -> NoticeRow {
        let (cause, account, title) = (self.id.clone(), self.account.clone(), self.title.clone());
        NoticeRow { cause, account, title, commits: 0, jira: 0, told_at: None }
    }

    /// A run of another loop says nothing of it. Both loops run at the start: what both meet then was met once by
    /// each, and not twice.
    fn met_after(&self, of: Loop, row: NoticeRow) -> NoticeRow {
        match of {
            _ if self.sync_loop.is_some_and(|own| own != of) => row,
            Loop::Commits => NoticeRow { commits: row.commits.saturating_add(1), ..row },
            Loop::Jira => NoticeRow { jira: row.jira.saturating_add(1), ..row },
        }
    }

    fn notice(&self) -> Notice {
        Notice {
            title: self.title.clone(),
            body: self.body.clone(),
            route: self.place.route(),
            cause: self.id.clone(),
            kind: Kind::Failure,
        }
    }

    /// As it is remembered once the person was told.
    pub(crate) fn told(row: NoticeRow, now: DateTime<Utc>) -> NoticeRow {
        NoticeRow { told_at: Some(now), ..row }
    }
}

fn recovery(row: &NoticeRow) -> Notice {
    let title = match &row.account {
        Some(account) => format!("{} works again", account.as_str()),
        None => "PDT can sync again".to_owned(),
    };
    Notice {
        title,
        body: format!("Over: {}.", row.title.trim_end_matches('.')),
        route: Place::Overview.route(),
        cause: row.cause.clone(),
        kind: Kind::Recovery,
    }
}

#[cfg(test)]
mod tests;
