//! A repository while it is being synced: what each step of the sync needs to know of it.

use pdt_remote::http::RemoteError;
use pdt_remote::source::{CommitSource, RepositoryRef};
use pdt_store::Repository;

use super::Access;
use crate::core::Core;
use crate::jobs::fault::Fault;
use crate::jobs::run::Order;

/// A repository while it is being synced.
pub(super) struct Visit<'a> {
    pub(super) core: &'a Core,
    pub(super) order: &'a Order,
    pub(super) access: &'a Access,
    pub(super) source: &'a dyn CommitSource,
    pub(super) repository: Repository,
}

impl Visit<'_> {
    /// How the service is to be asked for it.
    pub(super) fn reference(&self) -> RepositoryRef {
        let Repository { remote_id, owner, name, .. } = self.repository.clone();
        RepositoryRef { remote_id, owner, name }
    }

    /// What an answer means for this repository, and for its account.
    pub(super) fn fault(&self, error: RemoteError) -> Fault {
        let error = error.with_subject(format!("repository {}", self.repository.full_name()));
        self.access.consider(&error);
        Fault::from_remote(&error)
    }
}
