//! A site while it is being read: what each step needs to know of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::{AccountId, BoardId, SprintId};
use pdt_domain::jira::project_of;
use pdt_remote::http::RemoteError;
use pdt_remote::jira::Jira;
use pdt_store::{Account, JiraSite, ListedBoard};

use super::{Access, AccountReceipt};
use crate::core::Core;
use crate::jobs::fault::Fault;
use crate::jobs::jira::receipt::FailedPart;
use crate::jobs::run::Order;

/// How long what rarely changes is believed: projects, fields, closed sprints.
const BELIEVED: TimeDelta = TimeDelta::hours(24);

/// A site while it is being read.
pub(super) struct Visit<'a> {
    pub(super) core: &'a Core,
    pub(super) order: &'a Order,
    pub(super) access: &'a Access,
    pub(super) jira: &'a Jira,
    pub(super) account: &'a Account,
    pub(super) site: JiraSite,
    /// The start of the run by the earlier of the two clocks, the site's and this machine's: what changes after it
    /// is for the next run.
    pub(super) begun: DateTime<Utc>,
    /// The projects that the account was limited to, upper-case.
    pub(super) chosen: Option<BTreeSet<String>>,
    gathered: Mutex<Gathered>,
}

/// What the steps gather while they run side by side.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Cards received.
    pub(super) fetched: usize,
    pub(super) new_cards: usize,
    pub(super) changed_cards: usize,
    pub(super) removed_cards: usize,
    /// Sprints whose cards were read to the end.
    pub(super) read_sprints: usize,
    pub(super) failed: Vec<FailedPart>,
    /// Keys of the projects that boards and cards were seen in.
    pub(super) projects: BTreeSet<String>,
    /// How many entries the changelogs of cards have, by Jira's number, where the site told it in this run.
    pub(super) totals: BTreeMap<String, usize>,
    /// Sprints that a board has listed in this run.
    pub(super) shown: BTreeSet<SprintId>,
    /// Open sprints that a board has shown before and not in this run.
    pub(super) missing: Vec<(BoardId, SprintId)>,
    /// Cards, by Jira's number, that are no longer where they were, or are where nobody saw them come.
    pub(super) strays: BTreeSet<String>,
}

impl Gathered {
    /// Takes what a board has listed.
    pub(super) fn take_board(&mut self, board: BoardId, listed: ListedBoard) {
        self.shown.extend(listed.shown);
        self.missing.extend(listed.missing.into_iter().map(|sprint| (board, sprint)));
    }
}

impl<'a> Visit<'a> {
    pub(super) fn new(
        core: &'a Core,
        order: &'a Order,
        access: &'a Access,
        jira: &'a Jira,
        (site, begun): (JiraSite, DateTime<Utc>),
    ) -> Self {
        let account = access.account();
        let chosen = account.projects.as_ref();
        let chosen = chosen.map(|keys| keys.iter().map(|key| key.to_ascii_uppercase()).collect());
        Self { core, order, access, jira, account, site, begun, chosen, gathered: Mutex::default() }
    }

    pub(super) fn id(&self) -> AccountId {
        self.account.id
    }

    /// Whether something that was read then has to be read again.
    pub(super) fn is_old(&self, read_at: Option<DateTime<Utc>>) -> bool {
        // A time to come is that of a clock that was wrong.
        read_at.is_none_or(|at| self.begun - at >= BELIEVED || at - self.begun >= BELIEVED)
    }

    /// Whether the account collects cards with this key.
    pub(super) fn collects(&self, key: &str) -> bool {
        self.chosen.as_ref().is_none_or(|chosen| chosen.contains(&project_of(key).to_ascii_uppercase()))
    }

    pub(super) fn gathered(&self) -> MutexGuard<'_, Gathered> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What an answer means for the part of the site that was asked for.
    pub(super) fn fault(&self, error: RemoteError, part: &str) -> Fault {
        let error = error.with_subject(format!("the {part}"));
        self.access.consider(&error);
        Fault::from_remote(&error)
    }

    /// Ends the whole visit where the fault meets everything; else takes note that this part is missing.
    pub(super) fn note(&self, part: &str, fault: Fault) -> Result<Fault, Fault> {
        if fault.is_of_the_account() || self.order.cancel.is_cancelled() {
            return Err(fault);
        }
        let failed = FailedPart { part: part.to_owned(), error: fault.message.clone() };
        self.gathered().failed.push(failed);
        Ok(fault)
    }

    /// Puts what was gathered into the receipt.
    pub(super) fn hand_over(self, receipt: &mut AccountReceipt) {
        let gathered = self.gathered.into_inner().unwrap_or_else(PoisonError::into_inner);
        receipt.fetched = gathered.fetched;
        receipt.new_cards = gathered.new_cards;
        receipt.changed_cards = gathered.changed_cards;
        receipt.removed_cards = gathered.removed_cards;
        receipt.read_sprints = gathered.read_sprints;
        receipt.failed = gathered.failed;
        // Steps that run side by side end in any order.
        receipt.failed.sort_by(|one, other| one.part.cmp(&other.part));
    }
}
