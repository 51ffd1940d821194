//! The Jira loop: one run for one profile.
//!
//! A site is read from the outside inwards: its boards, the sprints of each board, the cards of each active sprint,
//! and what is missing of their changelogs. Each sprint has a cursor of its own, the start of the last run that read
//! its cards to the end, so that what cannot be read holds up nothing else.

mod boards;
mod cards;
mod histories;
mod lookups;
mod members;
mod places;
mod receipt;
mod site;
mod visit;

use futures::{StreamExt, stream};
use pdt_domain::address::BaseUrl;
use pdt_domain::provider::Provider;
use pdt_domain::run::Loop;
use pdt_domain::secret::Token;
use pdt_remote::jira::Jira;
use pdt_store::{Account, ReadTx};

use super::account::AccountAccess;
use super::fault::Fault;
use super::links;
use super::receipt::{Receipt, Usage};
use super::run::{self, Ended, JobError, Order};
use crate::connect;
use crate::core::Core;
use crate::progress::JiraStep;
pub(crate) use receipt::AccountReceipt;

/// How many sites are read at once.
const SITES_AT_ONCE: usize = 4;

/// A Jira account that is read.
type Access = AccountAccess<Jira>;

/// Makes one run, unless one is going on.
///
/// # Errors
/// [`JobError`] where neither work nor its result could be stored.
pub(crate) async fn run(core: &Core, order: &Order) -> Result<Ended<AccountReceipt>, JobError> {
    let profile = order.profile;
    let find = move |tx: &ReadTx<'_>| {
        let accounts = tx.accounts(profile)?;
        Ok(accounts.into_iter().filter(|account| account.provider == Provider::Jira).collect())
    };
    run::run(core, order, Loop::Jira, find, |accounts| work(core, order, accounts)).await
}

async fn work(
    core: &Core,
    order: &Order,
    accounts: Vec<Account>,
) -> Result<Receipt<AccountReceipt>, JobError> {
    order.tell(JiraStep::Begun { accounts: accounts.len() });
    let work = accounts.into_iter().map(|account| async move {
        let connect = |account, token| open(core, order, account, token);
        let access = AccountAccess::open(core, order, account, connect).await;
        let receipt = site::sync(core, order, &access).await;
        access.note_standing(core, order).await?;
        Ok::<_, JobError>((receipt, access.usage()))
    });
    let ended: Vec<Result<(AccountReceipt, Usage), JobError>> =
        stream::iter(work).buffered(SITES_AT_ONCE).collect().await;
    let (receipts, usage) = ended.into_iter().collect::<Result<(Vec<_>, Vec<_>), _>>()?;
    links::renew(core, order.profile).await?;
    Ok(Receipt::new(receipts, usage, order.cancel.is_cancelled()))
}

/// The way to the account's site.
async fn open(core: &Core, order: &Order, account: Account, token: Token) -> Result<Jira, Fault> {
    let base = BaseUrl::parse(&account.url).map_err(|error| Fault::saying(error.to_string()))?;
    connect::stored_jira(core, &account, &base, token, order.cancel.clone()).await
}
