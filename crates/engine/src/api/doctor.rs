//! What works and what does not.

use pdt_domain::ids::Name;
use serde::Serialize;

use super::{AccountCheckDto, ApiError, Engine};

/// The findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoctorDto {
    /// One entry a thing that was looked at.
    pub checks: Vec<CheckDto>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckDto {
    /// What was looked at.
    pub name: String,
    /// Whether it works.
    pub ok: bool,
    /// What was found.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl DoctorDto {
    /// The findings where the engine could not even be opened.
    #[must_use]
    pub fn of_unopened(error: &ApiError) -> Self {
        Self { checks: vec![failed("database", &error.message, error.hint.clone())] }
    }

    /// Whether everything works.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.checks.iter().all(|check| check.ok)
    }
}

impl Engine {
    /// Looks at everything that PDT depends on, for one profile. Asks each account's service once.
    ///
    /// # Errors
    /// An unknown profile.
    pub async fn doctor(&self, profile: &Name) -> Result<DoctorDto, ApiError> {
        let accounts = self.check_accounts(profile, None).await?;
        let needs_keychain =
            accounts.iter().any(|check| !self.core.secrets.environment_has(&check.account.name))
                || accounts.is_empty();
        let mut checks = vec![self.look_at_database().await, self.look_at_keychain(needs_keychain).await];
        checks.extend(self.warnings().iter().map(|warning| failed("settings", warning, None)));
        checks.extend(accounts.into_iter().map(of_account));
        checks.extend(self.invalid_repositories(profile).await?);
        Ok(DoctorDto { checks })
    }

    async fn look_at_database(&self) -> CheckDto {
        let path = self.core.folder.database();
        match self.core.db.read(|tx| tx.check_integrity()).await {
            Ok(()) => passed("database", format!("{} is sound.", path.display())),
            Err(error) => failed("database", &error.to_string(), None),
        }
    }

    /// A keychain that nothing needs is not missed.
    async fn look_at_keychain(&self, is_needed: bool) -> CheckDto {
        match self.core.secrets.probe().await {
            Ok(()) => passed("keychain", "The system's keychain answers.".to_owned()),
            Err(error) if is_needed => failed("keychain", &error.message(), Some(error.hint())),
            Err(error) => {
                let message = format!("{} Every token comes from the environment.", error.message());
                passed("keychain", message)
            }
        }
    }

    async fn invalid_repositories(&self, profile: &Name) -> Result<Vec<CheckDto>, ApiError> {
        let rows = self.repositories(profile).await?.into_iter().filter(|row| !row.is_valid);
        let check = |row: super::RepositoryDto| {
            let name = format!("repository {}/{}", row.owner, row.name);
            failed(&name, row.invalid_reason.as_deref().unwrap_or("It cannot be read."), None)
        };
        Ok(rows.map(check).collect())
    }
}

fn of_account(check: AccountCheckDto) -> CheckDto {
    CheckDto {
        name: format!("account {}", check.account.name),
        ok: check.ok,
        message: check.message,
        hint: None,
    }
}

fn passed(name: &str, message: String) -> CheckDto {
    CheckDto { name: name.to_owned(), ok: true, message, hint: None }
}

fn failed(name: &str, message: &str, hint: Option<String>) -> CheckDto {
    CheckDto { name: name.to_owned(), ok: false, message: message.to_owned(), hint }
}
