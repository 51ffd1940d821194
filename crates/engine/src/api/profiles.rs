//! Profiles.

use pdt_domain::ids::Name;
use serde::Serialize;
use ts_rs::TS;

use super::{ApiError, Engine};

/// A profile as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProfileDto {
    /// Its name.
    #[ts(type = "string")]
    pub name: Name,
    /// How many accounts it owns.
    pub accounts: usize,
    /// How many repositories are tracked through them.
    pub repositories: usize,
}

impl Engine {
    /// Every profile, by name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn profiles(&self) -> Result<Vec<ProfileDto>, ApiError> {
        let list = self.core.db.read(|tx| {
            let count = |profile: pdt_store::Profile| {
                let accounts = tx.accounts(profile.id)?.len();
                let repositories = tx.repositories(profile.id)?.len();
                Ok(ProfileDto { name: profile.name, accounts, repositories })
            };
            tx.profiles()?.into_iter().map(count).collect()
        });
        Ok(list.await?)
    }
}
