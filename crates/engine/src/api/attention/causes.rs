//! What of it all a notification tells: what fails for a reason that the person can act on, once an account and cause.

use pdt_domain::run::Loop;
use pdt_store::{Account, Run, Standing};
use serde::Deserialize;

use super::rules::Facts;
use crate::notices::{Cause, Certainty, Place};

impl Facts {
    /// What fails now and will not pass by itself.
    pub(super) fn causes(&self) -> Vec<Cause> {
        let accounts = self.accounts.iter();
        let mut causes: Vec<Cause> = self.keychain_cause().into_iter().collect();
        causes.extend(accounts.flat_map(|account| self.causes_of(account)));
        for (of, run) in [(Loop::Commits, &self.last_run), (Loop::Jira, &self.last_jira_run)] {
            let is_said = causes.iter().any(|cause| cause.sync_loop.is_none_or(|own| own == of));
            causes.extend(run.as_ref().filter(|_| !is_said).and_then(|run| run_cause(of, run)));
        }
        causes
    }

    fn keychain_cause(&self) -> Option<Cause> {
        let trouble = self.keychain.as_ref()?;
        let title = if trouble.is_locked { "The keychain is locked" } else { trouble.message.as_str() };
        Some(Cause {
            id: "keychain".to_owned(),
            account: None,
            title: title.trim_end_matches('.').to_owned(),
            body: trouble.hint.clone(),
            place: Place::Overview,
            certainty: Certainty::Likely,
            sync_loop: None,
        })
    }

    fn causes_of(&self, account: &Account) -> Vec<Cause> {
        let of = |what: &str, (title, body), place, certainty, sync_loop| {
            let (id, account) = (format!("account:{}:{what}", account.name), Some(account.name.clone()));
            Cause { id, account, title, body, place, certainty, sync_loop }
        };
        let (sure, likely) = (Certainty::Certain, Certainty::Likely);
        let token = self.token_cause(account).map(|told| of("token", told, Place::Accounts, sure, None));
        let repositories = self
            .repositories_cause(account)
            .map(|told| of("repositories", told, Place::Repositories, likely, Some(Loop::Commits)));
        let boards =
            self.boards_cause(account).map(|told| of("boards", told, Place::Board, likely, Some(Loop::Jira)));
        [token, repositories, boards].into_iter().flatten().collect()
    }

    /// An account whose token is refused, or has expired.
    fn token_cause(&self, account: &Account) -> Option<(String, String)> {
        let item = match account.state.standing {
            Standing::Refused => self.refused(account),
            Standing::Ok | Standing::Unchecked => self.expired(account),
        }?;
        Some((item.title, "Replace it, and PDT goes on.".to_owned()))
    }

    fn repositories_cause(&self, account: &Account) -> Option<(String, String)> {
        let invalid = self.repositories.iter().filter(|row| !row.is_valid && row.account_id == account.id);
        let invalid = invalid.map(|row| (row.full_name(), row.invalid_reason.clone())).collect();
        cannot_be_read(invalid, "repositories", account)
    }

    fn boards_cause(&self, account: &Account) -> Option<(String, String)> {
        let invalid = self.boards.iter().filter(|row| !row.is_valid && row.account_id == account.id);
        let invalid =
            invalid.map(|row| (format!("Board {}", row.name), row.invalid_reason.clone())).collect();
        cannot_be_read(invalid, "boards", account)
    }
}

/// A run that brought nothing, for a reason that a person can act on and that nothing else has said: a token that is
/// not in the keychain, a site that refuses everything, a certificate.
fn run_cause(of: Loop, run: &Run) -> Option<Cause> {
    let (title, place) = match of {
        Loop::Commits => ("Commits cannot be synced", Place::Repositories),
        Loop::Jira => ("Jira cannot be synced", Place::Board),
    };
    needs_person(run).then(|| Cause {
        id: format!("run:{of}"),
        account: None,
        title: title.to_owned(),
        body: run.error.clone().unwrap_or_default(),
        place,
        certainty: Certainty::Likely,
        sync_loop: Some(of),
    })
}

/// Whether nothing but a person's doing will help.
pub(super) fn needs_person(run: &Run) -> bool {
    let receipt = run.receipt_json.as_deref().and_then(|stored| serde_json::from_str::<Stored>(stored).ok());
    receipt.is_some_and(|receipt| receipt.needs_person)
}

/// What is read of a stored receipt.
#[derive(Deserialize)]
struct Stored {
    #[serde(default)]
    needs_person: bool,
}

/// One sentence for however many there are.
fn cannot_be_read(
    invalid: Vec<(String, Option<String>)>,
    things: &str,
    account: &Account,
) -> Option<(String, String)> {
    let (name, reason) = invalid.first()?;
    let reason = reason.clone().unwrap_or_default();
    Some(match invalid.len() {
        1 => (format!("{name} cannot be read"), reason),
        several => {
            (format!("{several} {things} of {} cannot be read", account.name), format!("{name}: {reason}"))
        }
    })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use pdt_domain::ids::{ProfileId, RunId};
    use pdt_domain::run::{Outcome, Trigger};

    use super::*;

    fn run(receipt: Option<&str>) -> Run {
        let time = DateTime::UNIX_EPOCH;
        Run {
            id: RunId(1),
            profile_id: ProfileId(1),
            sync_loop: Loop::Jira,
            trigger: Trigger::Schedule,
            started_at: time,
            finished_at: Some(time),
            outcome: Some(Outcome::Failed),
            reason: None,
            error: Some("jira: the site refuses it".to_owned()),
            requests: 1,
            receipt_json: receipt.map(str::to_owned),
        }
    }

    #[test]
    fn a_run_that_only_a_person_can_help_is_a_cause_and_one_that_may_pass_is_none() {
        let cause = run_cause(Loop::Jira, &run(Some(r#"{"accounts": [], "needs_person": true}"#))).unwrap();
        assert_eq!((cause.id.as_str(), cause.body.as_str()), ("run:jira", "jira: the site refuses it"));
        assert_eq!((cause.sync_loop, cause.certainty), (Some(Loop::Jira), Certainty::Likely));
        for receipt in [None, Some("{}"), Some(r#"{"needs_person": false}"#), Some("[]")] {
            assert_eq!(run_cause(Loop::Jira, &run(receipt)), None, "{receipt:?}");
        }
    }
}
