//! An account during a run: its source, and whether it may still be asked.

use std::sync::OnceLock;

use chrono::{DateTime, Utc};
use pdt_domain::address::BaseUrl;
use pdt_domain::ids::AccountId;
use pdt_domain::run::Trigger;
use pdt_remote::http::{Kind, RemoteError};
use pdt_remote::source::CommitSource;
use pdt_store::{Account, AccountState, Standing};

use super::{Fault, JobError, Order};
use crate::connect::{Destination, commit_source};
use crate::core::Core;

/// The way to one account's service, or why there is none.
pub(super) struct AccountAccess {
    account: Account,
    source: Result<Box<dyn CommitSource>, Fault>,
    /// Set by the first answer that brought what was asked for: the token is good.
    served: OnceLock<()>,
    /// Set by the first answer that concerns the whole account: nobody asks after that.
    closed: OnceLock<Fault>,
}

impl AccountAccess {
    pub(super) async fn open(core: &Core, order: &Order, account: Account) -> Self {
        let source = connect(core, order, &account).await;
        Self { account, source, served: OnceLock::new(), closed: OnceLock::new() }
    }

    pub(super) fn id(&self) -> AccountId {
        self.account.id
    }

    /// The source, unless something is known that would meet every request.
    pub(super) fn source(&self) -> Result<&dyn CommitSource, Fault> {
        match (self.closed.get(), &self.source) {
            (Some(fault), _) | (None, Err(fault)) => Err(fault.clone()),
            (None, Ok(source)) => Ok(source.as_ref()),
        }
    }

    /// Takes note of an answer that brought what was asked for.
    pub(super) fn note_served(&self) {
        // The first one stays; the others say the same.
        let _ = self.served.set(());
    }

    /// Takes note of an answer that concerns the whole account.
    pub(super) fn consider(&self, error: &RemoteError) {
        if matches!(error.kind, Kind::TokenRefused | Kind::Limited { .. }) {
            // The first one stays; the others say the same.
            let _ = self.closed.set(Fault::from_remote(error));
        }
    }

    pub(super) fn requests(&self) -> u64 {
        self.source.as_ref().map_or(0, |source| source.requests())
    }

    /// Stores what the run has learnt of the account.
    pub(super) async fn note_standing(&self, core: &Core) -> Result<(), JobError> {
        // Who was not asked has taught nothing: a limit or a refusal known from before stays.
        if self.source.is_err() {
            return Ok(());
        }
        let fault = self.closed.get();
        let refused = fault.filter(|fault| fault.token_refused).map(|fault| fault.message.clone());
        let until = fault.and_then(|fault| fault.limited_until);
        let (account, was) = (self.account.id, self.account.state.clone());
        let served = self.served.get().is_some();
        core.db
            .write(move |tx| {
                tx.set_limited_until(account, until)?;
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

async fn connect(core: &Core, order: &Order, account: &Account) -> Result<Box<dyn CommitSource>, Fault> {
    if order.trigger != Trigger::Manual
        && let Some(fault) = known_obstacle(account, core.now())
    {
        return Err(fault);
    }
    let base = BaseUrl::parse(&account.url).map_err(|error| Fault::saying(error.to_string()))?;
    let profile = order.profile;
    let profiles =
        core.db.read(move |tx| tx.profiles()).await.map_err(|error| Fault::saying(error.to_string()))?;
    let profile = profiles
        .into_iter()
        .find(|row| row.id == profile)
        .ok_or_else(|| Fault::saying("The profile was removed while the run was going on."))?;
    let token = core.secrets.token(&profile.name, &account.name).await;
    let token = token.map_err(|error| Fault::saying(error.to_string()))?;
    let to = Destination { account: account.name.as_str(), provider: account.provider, base: &base };
    commit_source(core, &to, token, order.cancel.clone()).map_err(|error| Fault::from_remote(&error))
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
