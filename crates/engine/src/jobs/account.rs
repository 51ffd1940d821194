//! An account during a run: the way to its service, and whether it may still be asked.

use std::sync::{Mutex, OnceLock, PoisonError};

use chrono::{DateTime, Utc};
use pdt_domain::ids::AccountId;
use pdt_domain::run::Trigger;
use pdt_domain::secret::Token;
use pdt_remote::http::{Kind, Quota, RemoteError};
use pdt_remote::jira::Jira;
use pdt_remote::source::CommitSource;
use pdt_store::{Account, AccountState, Standing, TokenLacks};

use super::fault::Fault;
use super::lacks;
use super::receipt::Usage;
use super::run::{JobError, Order};
use crate::core::Core;

/// The way to a service, of whichever kind.
pub(crate) trait Way {
    /// How many HTTP requests were sent so far.
    fn requests(&self) -> u64;

    /// How many more the service allows; `None` where it does not say.
    fn quota(&self) -> Option<Quota>;
}

impl Way for Box<dyn CommitSource> {
    fn requests(&self) -> u64 {
        self.as_ref().requests()
    }

    fn quota(&self) -> Option<Quota> {
        self.as_ref().quota()
    }
}

impl Way for Jira {
    fn requests(&self) -> u64 {
        Self::requests(self)
    }

    fn quota(&self) -> Option<Quota> {
        Self::quota(self)
    }
}

/// The way to one account's service, or why there is none.
pub(crate) struct AccountAccess<W> {
    account: Account,
    source: Result<W, Fault>,
    /// Set by the first answer that brought what was asked for: the token is good.
    served: OnceLock<()>,
    /// Set by the first answer that concerns the whole account: nobody asks after that.
    closed: OnceLock<Fault>,
    /// Set by the first error that leaves open whether the token may read what was asked for.
    unanswered: OnceLock<()>,
    /// What answers have said that the token lacks.
    lacks: Mutex<TokenLacks>,
}

impl<W: Way> AccountAccess<W> {
    /// Opens the way with the account's token, unless something is known that would meet every request.
    pub(crate) async fn open<Connecting>(
        core: &Core,
        order: &Order,
        account: Account,
        connect: impl FnOnce(Account, Token) -> Connecting,
    ) -> Self
    where
        Connecting: Future<Output = Result<W, Fault>>,
    {
        let source = match token(core, order, &account).await {
            Ok(token) => connect(account.clone(), token).await,
            Err(fault) => Err(fault),
        };
        Self::new(account, source)
    }

    fn new(account: Account, source: Result<W, Fault>) -> Self {
        let (served, unanswered) = (OnceLock::new(), OnceLock::new());
        Self { account, source, served, closed: OnceLock::new(), unanswered, lacks: Mutex::default() }
    }

    /// Its row as it was when the run began.
    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    pub(crate) fn id(&self) -> AccountId {
        self.account.id
    }

    /// The source, unless something is known that would meet every request.
    pub(crate) fn source(&self) -> Result<&W, Fault> {
        match (self.closed.get(), &self.source) {
            (Some(fault), _) | (None, Err(fault)) => Err(fault.clone()),
            (None, Ok(source)) => Ok(source),
        }
    }

    /// Takes note of an answer that brought what was asked for.
    pub(crate) fn note_served(&self) {
        // The first one stays; the others say the same.
        let _ = self.served.set(());
    }

    /// Takes note of an answer that concerns the whole account.
    pub(crate) fn consider(&self, error: &RemoteError) {
        self.note_kind(&error.kind);
        if matches!(error.kind, Kind::TokenRefused | Kind::Limited { .. }) {
            // The first one stays; the others say the same.
            let _ = self.closed.set(Fault::from_remote(error));
        }
    }

    fn note_kind(&self, kind: &Kind) {
        lacks::note(&mut self.lacks.lock().unwrap_or_else(PoisonError::into_inner), kind);
        if !lacks::is_answered(kind) {
            // The first one stays; the others say the same.
            let _ = self.unanswered.set(());
        }
    }

    /// Whether the service has answered all that it was asked: only then is what it does not refuse allowed.
    fn was_served_to_the_end(&self) -> bool {
        self.served.get().is_some() && self.closed.get().is_none() && self.unanswered.get().is_none()
    }

    /// What the run has asked of its service.
    pub(crate) fn usage(&self) -> Usage {
        Usage {
            account: self.account.name.clone(),
            requests: self.source.as_ref().map_or(0, Way::requests),
            quota: self.source.as_ref().ok().and_then(Way::quota),
        }
    }

    /// Stores what the run has learnt of the account.
    pub(crate) async fn note_standing(&self, core: &Core, order: &Order) -> Result<(), JobError> {
        // Who was not asked has taught nothing: a limit or a refusal known from before stays.
        if self.source.is_err() {
            return Ok(());
        }
        let fault = self.closed.get();
        let refused = fault.filter(|fault| fault.token_refused).map(|fault| fault.message.clone());
        let until = fault.and_then(|fault| fault.limited_until);
        let is_whole = self.was_served_to_the_end() && !order.cancel.is_cancelled();
        let (account, was) = (self.account.id, self.account.state.clone());
        let served = self.served.get().is_some();
        let lacks = self.lacks.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (profile, name) = (self.account.profile_id, self.account.name.clone());
        let print = self.account.credential_print.clone();
        core.db
            .write(move |tx| {
                // What the run has learnt is about its own token, which may have been replaced meanwhile.
                let now = tx.account_by_name(profile, &name)?;
                if now.is_none_or(|now| now.id != account || now.credential_print != print) {
                    return Ok(());
                }
                tx.set_limited_until(account, until)?;
                // A run that was cut short has not asked for everything, and what it was not told may still be so.
                if lacks != TokenLacks::default() || is_whole {
                    tx.set_token_lacks(account, &lacks)?;
                }
                match refused {
                    Some(reason) => tx.set_account_state(
                        account,
                        &AccountState { standing: Standing::Refused, reason: Some(reason), ..was },
                    ),
                    None if served && was.standing != Standing::Ok => tx.set_account_state(
                        account,
                        &AccountState { standing: Standing::Ok, reason: None, ..was },
                    ),
                    None => Ok(()),
                }
            })
            .await?;
        Ok(())
    }
}

async fn token(core: &Core, order: &Order, account: &Account) -> Result<Token, Fault> {
    if order.trigger != Trigger::Manual
        && let Some(fault) = known_obstacle(account, core.now())
    {
        return Err(fault);
    }
    let profile = order.profile;
    let profiles =
        core.db.read(move |tx| tx.profiles()).await.map_err(|error| Fault::saying(error.to_string()))?;
    let profile = profiles
        .into_iter()
        .find(|row| row.id == profile)
        .ok_or_else(|| Fault::saying("The profile was removed while the run was going on."))?;
    let token = core.secrets.token(&profile.name, &account.name).await;
    token.map_err(|error| Fault::of_keychain(&error))
}

/// What was learnt earlier and spares asking, unless a person asks for it.
fn known_obstacle(account: &Account, now: DateTime<Utc>) -> Option<Fault> {
    if account.state.standing == Standing::Refused {
        let message = account.state.reason.clone().unwrap_or_else(|| "The token was refused.".to_owned());
        return Some(Fault { token_refused: true, ..Fault::saying(message) });
    }
    let until = account.limited_until.filter(|until| *until > now)?;
    let message =
        format!("{} asked PDT to wait until {}.", account.provider.title(), until.format("%H:%M UTC"));
    Some(Fault { limited_until: Some(until), ..Fault::saying(message) })
}

#[cfg(test)]
mod tests {
    use pdt_domain::ids::{Name, ProfileId};
    use pdt_domain::provider::Provider;

    use super::*;

    fn access() -> AccountAccess<Box<dyn CommitSource>> {
        let account = Account {
            id: AccountId(1),
            profile_id: ProfileId(1),
            provider: Provider::Github,
            name: Name::parse("work").unwrap(),
            url: "https://github.com".to_owned(),
            login: "ada".to_owned(),
            email: None,
            projects: None,
            state: AccountState { standing: Standing::Ok, reason: None, scopes: None, expires_at: None },
            limited_until: None,
            lacks: TokenLacks::default(),
            credential_print: None,
            created_at: DateTime::UNIX_EPOCH,
        };
        AccountAccess::new(account, Err(Fault::saying("Nobody is asked here.")))
    }

    #[test]
    fn what_a_token_lacks_is_forgotten_only_after_a_run_that_was_answered_to_the_end() {
        assert!(!access().was_served_to_the_end(), "nothing was asked");
        for kind in [Kind::NotFound, Kind::Unprocessable, Kind::MissingScope { scope: None }] {
            let access = access();
            access.note_served();
            access.note_kind(&kind);
            assert!(access.was_served_to_the_end(), "{kind:?} is an answer");
        }
        let limited = Kind::Limited { until: DateTime::UNIX_EPOCH };
        for kind in [Kind::Offline, Kind::Passing, Kind::Certificate, Kind::Unreadable, limited] {
            let access = access();
            access.note_served();
            access.note_kind(&kind);
            assert!(!access.was_served_to_the_end(), "{kind:?} says nothing of the token");
        }
    }
}
