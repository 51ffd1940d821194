//! The rules: what is known becomes what is said. The same thing is never said twice.

use std::collections::BTreeSet;
use std::fmt::Display;

use chrono::{DateTime, NaiveDateTime, Utc};
use pdt_domain::ids::AccountId;
use pdt_domain::provider::Provider;
use pdt_domain::run::Outcome;
use pdt_store::{Account, BoardRow, Repository, Run, Standing};

use super::super::accounts::expires_soon;
use super::super::error::listed;
use super::causes::needs_person;
use super::{AttentionAction, AttentionDto};

const BROKEN: &str = "broken";
const WARNING: &str = "warning";
const PASSING: &str = "passing";

/// How many names a sentence lists before it counts the rest.
const MOST_NAMES: usize = 3;

/// What the rules look at: everything that is known of one profile.
pub(super) struct Facts {
    pub(super) now: DateTime<Utc>,
    /// An instant as the person's clock shows it.
    pub(super) local: fn(DateTime<Utc>) -> NaiveDateTime,
    pub(super) accounts: Vec<Account>,
    /// The accounts whose token a variable gives.
    pub(super) from_environment: BTreeSet<AccountId>,
    /// Why the keychain cannot serve; `None` where it can, or where nobody needs it.
    pub(super) keychain: Option<KeychainTrouble>,
    pub(super) repositories: Vec<Repository>,
    /// The boards of Jira accounts.
    pub(super) boards: Vec<BoardRow>,
    /// The last commits run that ended.
    pub(super) last_run: Option<Run>,
    /// The last Jira run that ended.
    pub(super) last_jira_run: Option<Run>,
    /// Settings that could not be read, a sentence each.
    pub(super) warnings: Vec<String>,
}

pub(super) struct KeychainTrouble {
    pub(super) is_locked: bool,
    pub(super) message: String,
    pub(super) hint: String,
}

/// What needs the person, what is broken first.
pub(super) fn attention(facts: &Facts) -> Vec<AttentionDto> {
    let mut items: Vec<AttentionDto> = facts.keychain().into_iter().collect();
    items.extend(facts.accounts.iter().filter_map(|account| facts.refused(account)));
    items.extend(facts.accounts.iter().filter_map(|account| facts.expired(account)));
    items.extend(facts.repositories.iter().filter(|row| !row.is_valid).map(invalid));
    items.extend(facts.boards.iter().filter(|row| !row.is_valid).filter_map(|row| facts.invalid_board(row)));
    items.extend(facts.accounts.iter().filter_map(|account| facts.limited(account)));
    if facts.is_offline() {
        items.push(offline());
    } else {
        items.extend(facts.accounts.iter().filter_map(|account| facts.behind(account)));
    }
    // All of these explain why a run failed; what follows does not.
    if items.is_empty() {
        items.extend(facts.failed_run());
    }
    items.extend(facts.incomplete_jira());
    items.extend(facts.accounts.iter().filter_map(|account| facts.expiring(account)));
    items.extend(facts.accounts.iter().filter_map(|account| facts.lacking(account)));
    items.extend(facts.warnings.iter().enumerate().map(|(at, warning)| setting(at, warning)));
    items.sort_by_key(|item| [BROKEN, WARNING, PASSING].iter().position(|it| *it == item.severity));
    items
}

impl Facts {
    fn keychain(&self) -> Option<AttentionDto> {
        let trouble = self.keychain.as_ref()?;
        let needing: Vec<&str> = self
            .accounts
            .iter()
            .filter(|row| self.needs_keychain(row))
            .map(|row| row.name.as_str())
            .collect();
        if trouble.is_locked {
            let whose = some_of(&needing);
            let detail = format!("Until it is unlocked, PDT cannot sign in with {whose}.");
            let action = AttentionAction::UnlockKeychain;
            return Some(item("keychain:locked", BROKEN, "The keychain is locked", Some(detail), action));
        }
        let title = trouble.message.trim_end_matches('.');
        Some(item("keychain:failing", BROKEN, title, Some(trouble.hint.clone()), AttentionAction::None))
    }

    fn needs_keychain(&self, account: &Account) -> bool {
        !self.from_environment.contains(&account.id)
    }

    pub(super) fn refused(&self, account: &Account) -> Option<AttentionDto> {
        if account.state.standing != Standing::Refused {
            return None;
        }
        let title = format!("{} refused the token of {}", account.provider.title(), account.name);
        Some(self.about_token(account, "refused", BROKEN, title, account.state.reason.clone()))
    }

    pub(super) fn expired(&self, account: &Account) -> Option<AttentionDto> {
        let expiry = expiry(account).filter(|expiry| *expiry <= self.now)?;
        let title = format!("The token of {} expired on {}", account.name, expiry.format("%Y-%m-%d"));
        Some(self.about_token(account, "expired", BROKEN, title, None))
    }

    fn expiring(&self, account: &Account) -> Option<AttentionDto> {
        let expiry =
            expiry(account).filter(|expiry| *expiry > self.now && expires_soon(*expiry, self.now))?;
        let title = format!("The token of {} expires on {}", account.name, expiry.format("%Y-%m-%d"));
        Some(self.about_token(account, "expiring", WARNING, title, None))
    }

    /// What the service has said that the token lacks. A token that is refused or has expired has another trouble.
    fn lacking(&self, account: &Account) -> Option<AttentionDto> {
        if account.state.standing == Standing::Refused || self.expired(account).is_some() {
            return None;
        }
        let name = &account.name;
        if let Some(organizations) = &account.lacks.single_sign_on {
            let who =
                if organizations.is_empty() { "An organisation".to_owned() } else { some_of(organizations) };
            let title = format!("The token of {name} is not authorised for single sign-on");
            let detail =
                format!("{who} asks for it. Authorise the token there, or give the account another one.");
            return Some(self.about_token(account, "single-sign-on", WARNING, title, Some(detail)));
        }
        let what = match account.lacks.scopes.as_deref()? {
            [] => "a right".to_owned(),
            scopes => format!("the right {}", some_of(scopes)),
        };
        let title = format!("The token of {name} lacks {what}");
        let detail =
            "Something could not be read for want of it. Give the account a token that has it.".to_owned();
        Some(self.about_token(account, "scope", WARNING, title, Some(detail)))
    }

    /// Another token is the way out, unless a variable would go before it.
    fn about_token(
        &self,
        account: &Account,
        what: &str,
        severity: &'static str,
        title: String,
        detail: Option<String>,
    ) -> AttentionDto {
        let (id, name) = (format!("account:{}:{what}", account.name), account.name.clone());
        if self.needs_keychain(account) {
            return item(&id, severity, &title, detail, AttentionAction::ReplaceToken { account: name });
        }
        let variable = crate::secrets::variable_of(&name);
        let way_out = format!("Its token comes from {variable}: change that, and start PDT again.");
        let detail = detail.into_iter().chain([way_out]).collect::<Vec<_>>().join(" ");
        item(&id, severity, &title, Some(detail), AttentionAction::CheckAccount { account: name })
    }

    fn limited(&self, account: &Account) -> Option<AttentionDto> {
        let until = self.limited_until(account)?;
        let (id, service) = (format!("account:{}:limited", account.name), account.provider.title());
        let title = format!("{service} wants no requests of {} until {until}", account.name);
        let detail = "PDT goes on by itself after that.".to_owned();
        Some(item(&id, PASSING, &title, Some(detail), AttentionAction::None))
    }

    /// As the person's clock will show it; with its day where that is not today.
    fn limited_until(&self, account: &Account) -> Option<String> {
        let until = (self.local)(account.limited_until.filter(|until| *until > self.now)?);
        let is_today = until.date() == (self.local)(self.now).date();
        Some(until.format(if is_today { "%H:%M" } else { "%Y-%m-%d %H:%M" }).to_string())
    }

    /// A run is stored as skipped only where everything that it asked for met a machine without network.
    fn is_offline(&self) -> bool {
        let runs = [&self.last_run, &self.last_jira_run];
        runs.into_iter().flatten().any(|run| run.outcome == Some(Outcome::Skipped))
    }

    fn invalid_board(&self, row: &BoardRow) -> Option<AttentionDto> {
        let account = self.accounts.iter().find(|account| account.id == row.account_id)?;
        let title = format!("Board {} of {} cannot be read", row.name, account.name);
        let id = format!("board:{}:invalid", row.id);
        Some(item(&id, BROKEN, &title, row.invalid_reason.clone(), AttentionAction::ShowBoard))
    }

    /// A Jira run that did not bring everything, unless what kept it from that is said already.
    fn incomplete_jira(&self) -> Option<AttentionDto> {
        let run = self.last_jira_run.as_ref()?;
        let error = run.error.as_ref()?;
        let is_jira = |account: &&Account| account.provider == Provider::Jira;
        let is_said = self.accounts.iter().filter(is_jira).any(|account| {
            account.state.standing == Standing::Refused || self.limited_until(account).is_some()
        }) || self.boards.iter().any(|row| !row.is_valid)
            || self.keychain.is_some();
        let (severity, title) = match run.outcome? {
            Outcome::Failed => (BROKEN, "The last sync of Jira failed"),
            Outcome::Partial => (WARNING, "The last sync of Jira did not bring everything"),
            Outcome::Ok | Outcome::Skipped => return None,
        };
        (!is_said).then(|| item("run:jira", severity, title, Some(error.clone()), way_out(run)))
    }

    /// The repositories of an account that the last run did not bring up to date, unless that is said already.
    fn behind(&self, account: &Account) -> Option<AttentionDto> {
        let is_said = account.state.standing == Standing::Refused
            || self.limited_until(account).is_some()
            || (self.keychain.is_some() && self.needs_keychain(account));
        let failing = self.repositories.iter().filter(|row| row.is_valid && row.account_id == account.id);
        let failing: Vec<(String, &str)> =
            failing.filter_map(|row| Some((row.full_name(), row.last_error.as_deref()?))).collect();
        let (name, error) = failing.first().filter(|_| !is_said)?;
        let (title, detail) = match failing.len() {
            1 => (format!("{name} is not up to date"), (*error).to_owned()),
            several => (
                format!("{several} repositories of {} are not up to date", account.name),
                format!("{name}: {error}"),
            ),
        };
        let id = format!("account:{}:behind", account.name);
        Some(item(&id, WARNING, &title, Some(detail), AttentionAction::Sync))
    }

    fn failed_run(&self) -> Option<AttentionDto> {
        let run = self.last_run.as_ref().filter(|run| run.outcome == Some(Outcome::Failed))?;
        Some(item("run:commits:failed", BROKEN, "The last sync failed", run.error.clone(), way_out(run)))
    }
}

/// A run that only a person's doing can help would fail again: its receipt says more.
fn way_out(run: &Run) -> AttentionAction {
    if needs_person(run) { AttentionAction::ShowRun { id: run.id } } else { AttentionAction::Sync }
}

/// When the token expires, where that still matters.
fn expiry(account: &Account) -> Option<DateTime<Utc>> {
    account.state.expires_at.filter(|_| account.state.standing != Standing::Refused)
}

fn invalid(row: &Repository) -> AttentionDto {
    let title = format!("{} cannot be read", row.full_name());
    let action = AttentionAction::ShowRepository { repository: row.id };
    item(&format!("repository:{}:invalid", row.id), BROKEN, &title, row.invalid_reason.clone(), action)
}

fn offline() -> AttentionDto {
    let detail = "The last sync reached no service. PDT goes on when it can.".to_owned();
    item("run:commits:offline", PASSING, "This machine was offline", Some(detail), AttentionAction::Sync)
}

fn setting(at: usize, warning: &str) -> AttentionDto {
    let (id, detail) = (format!("setting:{at}"), warning.to_owned());
    item(&id, WARNING, "A setting needs a look", Some(detail), AttentionAction::ShowSettings)
}

/// `a`, `a and b`, `a, b, c and 4 more`.
fn some_of<T: Display>(names: &[T]) -> String {
    let shown = names.iter().take(MOST_NAMES).map(ToString::to_string);
    let more = names.len().checked_sub(MOST_NAMES).filter(|more| *more > 0);
    let shown: Vec<String> = shown.chain(more.map(|more| format!("{more} more"))).collect();
    listed(&shown).unwrap_or_default()
}

fn item(
    id: &str,
    severity: &'static str,
    title: &str,
    detail: Option<String>,
    action: AttentionAction,
) -> AttentionDto {
    AttentionDto { id: id.to_owned(), severity, title: title.to_owned(), detail, action }
}

#[cfg(test)]
mod tests;
