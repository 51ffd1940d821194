//! What needs the person, each thing once and with its way out.

mod causes;
mod rules;

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::Local;
use pdt_domain::ids::{Name, RepositoryId, RunId};
use pdt_domain::provider::Provider;
use pdt_domain::run::Loop;
use pdt_store::{Account, Profile, ReadTx};
use serde::Serialize;
use ts_rs::TS;

use super::{ApiError, Engine};
use crate::notices::Cause;
use crate::secrets::SecretErrorKind;
use rules::{Facts, KeychainTrouble};

/// How long the person may take to unlock the keychain.
const UNLOCKING: Duration = Duration::from_mins(2);

/// Something that needs the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AttentionDto {
    /// The same for the same thing, each time it is asked for.
    pub id: String,
    /// Whether it works no more (`broken`), will stop or should be looked at (`warning`), or passes by itself and is
    /// nobody's task (`passing`).
    #[ts(type = "\"broken\" | \"warning\" | \"passing\"")]
    pub severity: &'static str,
    /// What is wrong, in a few words.
    pub title: String,
    /// More about it, in sentences.
    pub detail: Option<String>,
    /// What the person can do about it.
    pub action: AttentionAction,
}

/// The way out of something that needs the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AttentionAction {
    /// Give an account another token.
    ReplaceToken {
        /// The account's name.
        #[ts(type = "string")]
        account: Name,
    },
    /// Ask an account's service once more: its token is given in a way that a window cannot change.
    CheckAccount {
        /// The account's name.
        #[ts(type = "string")]
        account: Name,
    },
    /// Look at a repository.
    ShowRepository {
        /// Its row.
        #[ts(type = "number")]
        repository: RepositoryId,
    },
    /// Look at the boards of Jira.
    ShowBoard,
    /// Have the system ask for the keychain's password.
    UnlockKeychain,
    /// Look at a run.
    ShowRun {
        /// Its row.
        #[ts(type = "number")]
        id: RunId,
    },
    /// Look at the settings.
    ShowSettings,
    /// Sync now.
    Sync,
    /// There is nothing to press.
    None,
}

impl Engine {
    /// What needs the person, what is broken first and what passes by itself last. Asks no service.
    ///
    /// # Errors
    /// An unknown profile; those of the database.
    pub async fn attention(&self, profile: &Name) -> Result<Vec<AttentionDto>, ApiError> {
        let profile = self.profile_or_empty(profile).await?;
        Ok(rules::attention(&self.facts(profile).await?))
    }

    /// Has the system ask the person to unlock the keychain, and waits for the answer, two minutes at most.
    ///
    /// # Errors
    /// Where the person says no or nothing, or there is nothing to unlock.
    pub async fn unlock_keychain(&self) -> Result<(), ApiError> {
        Ok(self.core.secrets.unlock(UNLOCKING).await?)
    }

    /// What fails in a profile now and will not pass by itself.
    pub(super) async fn causes(&self, profile: Profile) -> Result<Vec<Cause>, ApiError> {
        Ok(self.facts(Some(profile)).await?.causes())
    }

    async fn facts(&self, profile: Option<Profile>) -> Result<Facts, ApiError> {
        let mut facts = Facts {
            now: self.core.now(),
            local: |instant| instant.with_timezone(&Local).naive_local(),
            accounts: Vec::new(),
            from_environment: BTreeSet::new(),
            keychain: None,
            repositories: Vec::new(),
            boards: Vec::new(),
            last_run: None,
            last_jira_run: None,
            warnings: self.warnings(),
        };
        let Some(Profile { id, .. }) = profile else { return Ok(facts) };
        let read = move |tx: &ReadTx<'_>| {
            let accounts = tx.accounts(id)?;
            let jira = accounts.iter().filter(|account| account.provider == Provider::Jira);
            let boards = jira.map(|account| tx.boards(account.id)).collect::<Result<Vec<_>, _>>()?.concat();
            // What was said of accounts that are gone says nothing of what is there.
            let has_jira = accounts.iter().any(|account| account.provider == Provider::Jira);
            let jira_run = if has_jira { tx.last_run(id, Loop::Jira)? } else { None };
            let runs = [tx.last_run(id, Loop::Commits)?, jira_run];
            Ok((accounts, tx.repositories(id)?, boards, runs))
        };
        (facts.accounts, facts.repositories, facts.boards, [facts.last_run, facts.last_jira_run]) =
            self.core.db.read(read).await?;
        let has = |account: &&Account| self.core.secrets.environment_has(&account.name);
        facts.from_environment = facts.accounts.iter().filter(has).map(|account| account.id).collect();
        if facts.from_environment.len() < facts.accounts.len() {
            facts.keychain = self.keychain_trouble().await;
        }
        Ok(facts)
    }

    async fn keychain_trouble(&self) -> Option<KeychainTrouble> {
        let error = self.core.secrets.probe().await.err()?;
        let is_locked = error.kind() == SecretErrorKind::Locked;
        Some(KeychainTrouble { is_locked, message: error.message(), hint: error.hint() })
    }
}
