//! The commits loop: one run for one profile.

mod branch;
mod keys;
mod receipt;
mod repository;
mod visit;

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::{StreamExt, stream};
use pdt_domain::ids::AccountId;
use pdt_domain::run::Loop;
use pdt_remote::source::CommitSource;
use pdt_store::Repository;

use super::account::AccountAccess;
use super::links;
use super::receipt::Receipt;
use super::run::{self, Ended, JobError, Order};
use crate::connect::commit_source;
use crate::core::Core;
use crate::progress::CommitStep;
pub(crate) use receipt::RepositoryReceipt;

/// How many repositories are read at once. Each account's client has its own, smaller limit of requests.
const AT_ONCE: usize = 8;

/// An account whose repositories are read.
type Access = AccountAccess<Box<dyn CommitSource>>;

/// Makes one run, unless one is going on.
///
/// # Errors
/// [`JobError`] where neither work nor its result could be stored.
pub(crate) async fn run(core: &Core, order: &Order) -> Result<Ended<RepositoryReceipt>, JobError> {
    let profile = order.profile;
    let find = move |tx: &pdt_store::ReadTx<'_>| tx.repositories(profile);
    run::run(core, order, Loop::Commits, find, |repositories| work(core, order, repositories)).await
}

async fn work(
    core: &Core,
    order: &Order,
    repositories: Vec<Repository>,
) -> Result<Receipt<RepositoryReceipt>, JobError> {
    order.tell(CommitStep::Begun { repositories: repositories.len() });
    let accesses = open_accounts(core, order, &repositories).await?;
    let work = repositories.into_iter().enumerate().map(|(position, repository)| {
        let access = accesses.get(&repository.account_id).cloned();
        async move { (position, repository::sync(core, order, access, repository).await) }
    });
    let mut receipts: Vec<(usize, RepositoryReceipt)> =
        stream::iter(work).buffer_unordered(AT_ONCE).collect().await;
    receipts.sort_by_key(|(position, _)| *position);
    for access in accesses.values() {
        access.note_standing(core, order).await?;
    }
    links::renew(core, order.profile).await?;
    let usage = accesses.values().map(|access| access.usage()).collect();
    let repositories = receipts.into_iter().map(|(_, receipt)| receipt).collect();
    Ok(Receipt::new(repositories, usage, order.cancel.is_cancelled()))
}

async fn open_accounts(
    core: &Core,
    order: &Order,
    repositories: &[Repository],
) -> Result<BTreeMap<AccountId, Arc<Access>>, JobError> {
    let profile = order.profile;
    let accounts = core.db.read(move |tx| tx.accounts(profile)).await?;
    let used = accounts
        .into_iter()
        .filter(|account| repositories.iter().any(|repository| repository.account_id == account.id));
    let opened = used.map(|account| async move {
        let connect =
            |account, token| async move { commit_source(core, &account, token, order.cancel.clone()) };
        let access = AccountAccess::open(core, order, account, connect).await;
        (access.id(), Arc::new(access))
    });
    Ok(futures::future::join_all(opened).await.into_iter().collect())
}
