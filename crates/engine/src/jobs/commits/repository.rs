//! One repository of a run: ask where its branches stand, read the ones that moved, conclude.

use std::sync::Arc;

use chrono::TimeDelta;
use pdt_domain::commit::Tip;
use pdt_remote::source::{Look, RemoteRepository, Snapshot};
use pdt_store::{Branch, RecordTip, Repository, StoreError, WriteTx};

use super::branch::Reader;
use super::visit::Visit;
use super::{Access, RepositoryReceipt, keys};
use crate::core::Core;
use crate::jobs::fault::Fault;
use crate::jobs::receipt::Entry;
use crate::jobs::run::Order;
use crate::progress::CommitStep;

/// Syncs one repository. Whatever goes wrong ends here: it is written down and told, and stops no other.
pub(super) async fn sync(
    core: &Core,
    order: &Order,
    access: Option<Arc<Access>>,
    repository: Repository,
) -> RepositoryReceipt {
    let (id, name) = (repository.id, repository.full_name());
    let mut receipt = RepositoryReceipt::new(id, name.clone(), repository.provider);
    order.tell(CommitStep::Repository { id, name });
    if let Err(fault) = attempt(core, order, access, repository, &mut receipt).await {
        remember(core, order, &receipt, &fault).await;
        receipt.fault = Some(fault);
    }
    order.tell(CommitStep::Finished {
        id,
        name: receipt.name.clone(),
        new_commits: receipt.new_commits,
        error: receipt.error(),
    });
    receipt
}

async fn attempt(
    core: &Core,
    order: &Order,
    access: Option<Arc<Access>>,
    repository: Repository,
    receipt: &mut RepositoryReceipt,
) -> Result<(), Fault> {
    let access =
        access.ok_or_else(|| Fault::saying("Its account was removed while the run was going on."))?;
    let visit = Visit { core, order, access: &access, source: access.source()?.as_ref(), repository };
    visit.make(receipt).await
}

/// Writes a fault down. A refusal that is the repository's own makes it invalid; anything else leaves its
/// validity alone, and a person who stops a run has not found a fault.
async fn remember(core: &Core, order: &Order, receipt: &RepositoryReceipt, fault: &Fault) {
    if order.cancel.is_cancelled() {
        return;
    }
    let (id, message, refused) = (receipt.id, fault.message.clone(), fault.refused);
    let written = core.db.write(move |tx| {
        if refused {
            tx.mark_repository_invalid(id, &message, &message)
        } else {
            tx.note_repository_error(id, &message)
        }
    });
    if let Err(error) = written.await {
        tracing::error!(repository = receipt.name, %error, "a repository's fault could not be stored");
    }
}

impl Visit<'_> {
    async fn make(self, receipt: &mut RepositoryReceipt) -> Result<(), Fault> {
        let id = self.repository.id;
        let known = self.core.db.read(move |tx| tx.branches(id)).await?;
        let validator = self.validator(&known).await?;
        let look = self.source.look(&self.reference(), validator).await.map_err(|error| self.fault(error))?;
        self.access.note_served();
        match look {
            Look::Unchanged => self.note_unchanged(&known, receipt).await,
            Look::Changed(snapshot) => self.take(&known, *snapshot, receipt).await,
        }
    }

    fn resource(&self) -> String {
        format!("repository/{}", self.repository.remote_id)
    }

    /// The validator of the last complete run, with this token; none before the first complete run and while
    /// something is still to be read, because "unchanged" would then be taken for "complete".
    async fn validator(&self, known: &[Branch]) -> Result<Option<String>, StoreError> {
        if self.repository.last_synced_at.is_none() || known.iter().any(Branch::is_behind) {
            return Ok(None);
        }
        let (account, resource, print) =
            (self.repository.account_id, self.resource(), self.source.credential_print());
        self.core.db.read(move |tx| tx.validator(account, &resource, &print)).await
    }

    async fn note_unchanged(&self, known: &[Branch], receipt: &mut RepositoryReceipt) -> Result<(), Fault> {
        receipt.branches = known.iter().filter(|branch| branch.deleted_at.is_none()).count();
        let (id, now) = (self.repository.id, self.core.now());
        Ok(self.core.db.write(move |tx| tx.mark_repository_synced(id, now)).await?)
    }

    async fn take(
        mut self,
        known: &[Branch],
        snapshot: Snapshot,
        receipt: &mut RepositoryReceipt,
    ) -> Result<(), Fault> {
        let Snapshot { repository, tips, validator } = snapshot;
        let branches = self.record(known, &repository, &tips).await?;
        self.repository.owner = repository.owner;
        self.repository.name = repository.name;
        self.repository.default_branch = repository.default_branch;
        receipt.name = self.repository.full_name();
        receipt.branches = tips.len();
        if branches.iter().any(Branch::is_behind) {
            Reader::open(&self, branches, tips).await?.read_all(receipt).await?;
        }
        self.conclude(validator, receipt).await
    }

    /// Stores where the branches stand now, in one transaction, and answers with all of them.
    async fn record(
        &self,
        known: &[Branch],
        found: &RemoteRepository,
        tips: &[Tip],
    ) -> Result<Vec<Branch>, StoreError> {
        let now = self.core.now();
        let days = TimeDelta::days(i64::from(self.core.controls().settings.history_days.value));
        let window_start = self.repository.window_start.unwrap_or(now - days);
        // In the first run everything is read from the window's start; a branch that comes later is new as a
        // whole. A first run that was cut off before any branch was done is still the first.
        let is_first = self.repository.window_start.is_none()
            || (!known.is_empty() && known.iter().all(|branch| branch.walked_sha.is_none()));
        let since = is_first.then_some(window_start);
        let (before, found, tips) = (self.repository.clone(), found.clone(), tips.to_vec());
        let gone: Vec<_> = known
            .iter()
            .filter(|branch| branch.deleted_at.is_none() && tips.iter().all(|tip| tip.branch != branch.name))
            .map(|branch| branch.id)
            .collect();
        let record = move |tx: &WriteTx<'_>| {
            refresh_repository(tx, &before, &found)?;
            tx.set_window_start(before.id, window_start)?;
            for Tip { branch, sha, .. } in &tips {
                tx.record_tip(before.id, &RecordTip { name: branch, sha, since, seen_at: now })?;
            }
            for branch in gone {
                tx.mark_branch_deleted(branch, now)?;
            }
            tx.branches(before.id)
        };
        self.core.db.write(record).await
    }

    /// Ends the visit: names what is left to name, and, only if nothing is missing, stores the validator.
    async fn conclude(&self, validator: Option<String>, receipt: &RepositoryReceipt) -> Result<(), Fault> {
        let (repository, error) = (self.repository.clone(), receipt.error());
        let (resource, print, now) = (self.resource(), self.source.credential_print(), self.core.now());
        let profile = self.order.profile;
        let conclude = move |tx: &WriteTx<'_>| {
            keys::name_by_branch(tx, profile, &repository)?;
            tx.refresh_home_branches(repository.id)?;
            match (error, validator) {
                (Some(error), _) => {
                    tx.forget_validator(repository.account_id, &resource)?;
                    tx.note_repository_error(repository.id, &error)
                }
                (None, validator) => {
                    if let Some(etag) = validator {
                        tx.store_validator(repository.account_id, &resource, &etag, &print)?;
                    }
                    tx.mark_repository_synced(repository.id, now)
                }
            }
        };
        Ok(self.core.db.write(conclude).await?)
    }
}

/// A repository that was renamed or moved keeps its row; its name, address and default branch follow.
fn refresh_repository(
    tx: &WriteTx<'_>,
    before: &Repository,
    found: &RemoteRepository,
) -> Result<(), StoreError> {
    if (&before.owner, &before.name, &before.url) != (&found.owner, &found.name, &found.url) {
        tx.rename_repository(before.id, &found.owner, &found.name, &found.url)?;
    }
    if before.default_branch != found.default_branch {
        tx.set_default_branch(before.id, found.default_branch.as_deref())?;
    }
    Ok(())
}
