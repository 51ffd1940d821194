//! What would be deleted, told before it is.

use pdt_domain::ids::{Name, RepositoryId};
use pdt_store::{ReadTx, RemovalCounts};
use serde::Serialize;
use ts_rs::TS;

use super::accounts::names_of;
use super::error::Code;
use super::{ApiError, Engine};

/// What would be deleted with a repository or an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RemovalDto {
    /// Repositories.
    pub repositories: u32,
    /// Commits.
    pub commits: u32,
    /// Links that a person made or took away.
    pub manual_links: u32,
    /// Cards.
    pub cards: u32,
}

impl Engine {
    /// What removing a repository, by its number, would delete.
    ///
    /// # Errors
    /// An unknown profile or repository; those of the database.
    pub async fn repository_removal(&self, profile: &Name, id: i64) -> Result<RemovalDto, ApiError> {
        let (profile, id) = (self.profile(profile).await?.id, RepositoryId(id));
        let read = move |tx: &ReadTx<'_>| {
            let is_there = tx.repositories(profile)?.iter().any(|row| row.id == id);
            is_there.then(|| tx.counts_of_repository(id)).transpose()
        };
        let counts = self.core.db.read(read).await?;
        let unknown = || ApiError::new(Code::Unknown, "This repository is not tracked any more.");
        Ok(counts.ok_or_else(unknown)?.into())
    }

    /// What removing an account would delete.
    ///
    /// # Errors
    /// An unknown profile or account; those of the database.
    pub async fn account_removal(&self, profile: &Name, name: &str) -> Result<RemovalDto, ApiError> {
        let accounts = self.accounts_of(&self.profile(profile).await?).await?;
        let account = accounts.iter().find(|account| account.name.as_str() == name);
        let id = account.ok_or_else(|| ApiError::unknown_account(name, names_of(&accounts)))?.id;
        Ok(self.core.db.read(move |tx| tx.counts_of_account(id)).await?.into())
    }
}

impl From<RemovalCounts> for RemovalDto {
    fn from(counts: RemovalCounts) -> Self {
        let RemovalCounts { repositories, commits, manual_links, cards } = counts;
        Self { repositories, commits, manual_links, cards }
    }
}
