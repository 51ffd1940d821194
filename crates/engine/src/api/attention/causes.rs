//! What of it all a notification tells: what fails for a reason that the person can act on, once an account and cause.

use pdt_store::{Account, Standing};

use super::rules::Facts;
use crate::notices::{Cause, Certainty, Place};

impl Facts {
    /// What fails now and will not pass by itself.
    pub(super) fn causes(&self) -> Vec<Cause> {
        let accounts = self.accounts.iter();
        self.keychain_cause()
            .into_iter()
            .chain(accounts.flat_map(|account| self.causes_of(account)))
            .collect()
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
        })
    }

    fn causes_of(&self, account: &Account) -> Vec<Cause> {
        let of = |what: &str, title, body, place, certainty| {
            let (id, account) = (format!("account:{}:{what}", account.name), Some(account.name.clone()));
            Cause { id, account, title, body, place, certainty }
        };
        let token = self
            .token_cause(account)
            .map(|(title, body)| of("token", title, body, Place::Accounts, Certainty::Certain));
        let repositories = self
            .repositories_cause(account)
            .map(|(title, body)| of("repositories", title, body, Place::Repositories, Certainty::Likely));
        let boards = self
            .boards_cause(account)
            .map(|(title, body)| of("boards", title, body, Place::Board, Certainty::Likely));
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
