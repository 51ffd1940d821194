//! What a shell (the command line, the tray app) may call. One method a thing that a person can ask for; each
//! answers with a document of its own or with an [`ApiError`] that is ready to be shown.

mod about;
mod accounts;
mod attention;
mod burndown;
mod card_details;
mod cards;
mod changes;
mod closing;
mod commit_show;
mod commit_suggestions;
mod commit_walk;
mod commits;
mod days;
mod doctor;
mod error;
mod jira_site;
mod links;
mod live;
mod notices;
mod overview;
mod profiles;
mod removal;
mod repositories;
mod runs;
mod settings;
mod sprints;
mod status;
mod sync;
mod token_health;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use pdt_domain::ids::Name;
use pdt_store::{Account, Db, Profile};
use url::Url;

use crate::clock::{Clock, SystemClock};
use crate::controls::Desk;
use crate::core::Core;
use crate::environment::Environment;
use crate::folders::{DataFolder, dotenv_file};
use crate::secrets::Secrets;
use crate::settings::{Chosen, PDT_DATA_DIR, PDT_LOG, SettingWarning, Settings, Source};

pub use crate::notices::Notice;
pub use about::AboutDto;
pub use accounts::{AccountAddedDto, AccountCheckDto, AccountDto, AddAccount, CollectsDto};
pub use attention::{AttentionAction, AttentionDto};
pub use burndown::{BurndownChangeDto, BurndownDto, BurndownKind, BurndownUnit};
pub use card_details::{CardDetailsDto, ChangeDto, ChangeItemDto, RelativeDto, SprintRefDto};
pub use cards::{CardDto, CardQuery, CardShowDto, Removed};
pub use changes::Changes;
pub use closing::ClosingChoice;
pub use commit_show::{CommitLinkDto, CommitShowDto, FoundCardDto, SuggestionDto, Why};
pub use commit_walk::{AuthorDto, CommitFacetsDto, CommitRowDto, CommitWalkDto};
pub use commits::{CommitDto, CommitQuery, LinkDto};
pub use doctor::{CheckDto, DoctorDto};
pub use error::{ApiError, Code, ExitClass};
pub use live::{FailedDto, JiraFailedDto, JiraReadingDto, JiraRunDto, LiveDto, ReadingDto, RunDto};
pub use overview::{OverviewDto, SeriesDto, SprintProgressDto, StatusCountDto};
pub use profiles::ProfileDto;
pub use removal::RemovalDto;
pub use repositories::{AddedRepositoryDto, AvailableDto, AvailableRepositoriesDto, RepositoryDto};
pub use runs::{RunAccountDto, RunEntryDto, RunQuery, RunShowDto, RunSummaryDto};
pub use settings::{PauseChoice, SettingDto, SettingName, SettingsDto};
pub use sprints::SprintDto;
pub use status::{Health, LoopStatusDto, StatusDto};
pub use sync::{CommitResultDto, JiraResultDto, LoopDto, SyncDto, SyncWhat};
pub use token_health::AccountHealth;

/// How the engine is to be opened.
#[derive(Debug, Clone, Default)]
pub struct Startup {
    /// A data folder given on the command line; goes before the environment's.
    pub data_dir: Option<PathBuf>,
}

impl Startup {
    fn flags(&self) -> Chosen {
        match &self.data_dir {
            Some(folder) => Chosen::none().with(PDT_DATA_DIR, OsString::from(folder)),
            None => Chosen::none(),
        }
    }
}

/// The open engine. Cheap to clone; clones share everything.
#[derive(Clone)]
pub struct Engine {
    pub(crate) core: Core,
}

impl Engine {
    /// Opens the engine with the process's environment, the system's keychain and the wall clock.
    ///
    /// # Errors
    /// Where the data folder or the database cannot be used.
    pub fn open(startup: Startup) -> Result<Self, ApiError> {
        let environment = Environment::of_process();
        let (environment, file_warnings) = match dotenv_file() {
            Some(file) => environment.with_file(&file),
            None => (environment, Vec::new()),
        };
        let secrets = Secrets::from_system(environment.clone());
        let jira_gateway = jira_site::gateway();
        let parts = Parts { environment, secrets, clock: Arc::new(SystemClock), jira_gateway };
        Self::open_warned(startup, parts, file_warnings.iter().map(ToString::to_string).collect())
    }

    /// The data folder that [`Engine::open`] would use, without opening anything.
    ///
    /// # Errors
    /// A user without a home, or an impossible path.
    pub fn data_folder(startup: &Startup) -> Result<DataFolder, ApiError> {
        let environment = Environment::of_process();
        let environment = match dotenv_file() {
            Some(file) => environment.with_file(&file).0,
            None => environment,
        };
        let (settings, _) = Settings::load(&startup.flags(), &environment, &Chosen::none());
        Ok(settings.data_folder()?)
    }

    /// Opens the engine with parts of the caller's choice, as tests do.
    ///
    /// # Errors
    /// Where the data folder or the database cannot be used.
    pub fn open_with(startup: Startup, parts: Parts) -> Result<Self, ApiError> {
        Self::open_warned(startup, parts, Vec::new())
    }

    /// With what was wrong with the files that the environment came from.
    fn open_warned(startup: Startup, parts: Parts, file_warnings: Vec<String>) -> Result<Self, ApiError> {
        let flags = startup.flags();
        let (early, _) = Settings::load(&flags, &parts.environment, &Chosen::none());
        let folder = early.data_folder()?;
        folder.create()?;
        let db = Db::open(&folder.database())?;
        let stored = db.read_now(|tx| tx.all_settings())?;
        let print_salt = stored.get(pdt_store::PRINT_SALT).cloned().unwrap_or_default();
        let core = Core {
            db,
            secrets: parts.secrets,
            desk: Desk::new(flags, parts.environment, file_warnings, &stored),
            clock: parts.clock,
            folder: Arc::new(folder),
            print_salt: print_salt.into(),
            jira_gateway: Arc::new(parts.jira_gateway),
        };
        Ok(Self { core })
    }

    /// Settings that could not be read, a sentence each; `sync` and `status` show them.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        self.core.controls().warnings.clone()
    }

    /// The tracing filter that somebody chose; `None` where nobody did.
    #[must_use]
    pub fn log_filter(&self) -> Option<String> {
        let log = &self.core.controls().settings.log;
        (log.source != Source::Default).then(|| log.value.clone())
    }

    /// The warning for a filter that cannot be read.
    #[must_use]
    pub fn unreadable_log_filter(&self, reason: &str) -> String {
        let log = &self.core.controls().settings.log;
        SettingWarning::new(PDT_LOG, &log.value, log.source, reason, "The default is used.").to_string()
    }

    /// Closes the database after what is being written.
    ///
    /// # Errors
    /// What SQLite has against it; no data is lost by it.
    pub async fn close(self) -> Result<(), ApiError> {
        Ok(self.core.db.close().await?)
    }

    /// Gives back the memory of caches, for a program that stays in the background.
    pub async fn release_memory(&self) {
        if let Err(error) = self.core.db.release_memory().await {
            tracing::warn!(%error, "the database keeps its caches");
        }
    }

    /// Where the time comes from.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.core.clock)
    }

    /// The present second.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.core.now()
    }

    /// The profile of this name.
    async fn profile(&self, name: &Name) -> Result<Profile, ApiError> {
        let wanted = name.clone();
        let found = self.core.db.read(move |tx| tx.profile_by_name(&wanted)).await?;
        match found {
            Some(profile) => Ok(profile),
            None => {
                let there = self.core.db.read(|tx| tx.profiles()).await?;
                let names: Vec<Name> = there.into_iter().map(|profile| profile.name).collect();
                Err(ApiError::unknown_profile(name, &names))
            }
        }
    }

    /// The profile of this name; `None` for the default profile as long as nothing was put into it.
    async fn profile_or_empty(&self, name: &Name) -> Result<Option<Profile>, ApiError> {
        match self.profile(name).await {
            Ok(profile) => Ok(Some(profile)),
            Err(error) if error.code == Code::Unknown && *name == Name::default_profile() => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn accounts_of(&self, profile: &Profile) -> Result<Vec<Account>, ApiError> {
        let id = profile.id;
        Ok(self.core.db.read(move |tx| tx.accounts(id)).await?)
    }
}

/// What the engine is made of, beside the database.
pub struct Parts {
    /// Where settings and tokens may come from.
    pub environment: Environment,
    /// Where tokens are kept.
    pub secrets: Secrets,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where Atlassian takes scoped tokens of its Cloud.
    pub jira_gateway: Url,
}
