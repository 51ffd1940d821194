//! Repositories: track, list, choose from what an account sees, remove.

use chrono::{DateTime, Utc};
use pdt_domain::address::{BaseUrl, RepositoryUrl};
use pdt_domain::ids::{Name, RepositoryId};
use pdt_domain::provider::Provider;
use pdt_remote::source::RemoteRepository;
use pdt_store::{Account, NewRepository, Profile, Repository};
use serde::Serialize;
use ts_rs::TS;

use super::accounts::names_of;
use super::error::Code;
use super::status::zulu;
use super::{ApiError, Engine};

/// A tracked repository as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RepositoryDto {
    /// Its row.
    #[ts(type = "number")]
    pub id: RepositoryId,
    /// The owner, or the whole namespace at GitLab.
    pub owner: String,
    /// The name within it.
    pub name: String,
    /// The service.
    #[ts(type = "\"github\" | \"gitlab\" | \"jira\"")]
    pub provider: Provider,
    /// Its page.
    pub url: String,
    /// The account through which it is read.
    #[ts(type = "string")]
    pub account: Name,
    /// Whether the service lets it be read.
    pub is_valid: bool,
    /// Why not.
    pub invalid_reason: Option<String>,
    /// When it was last up to date.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string | null")]
    pub last_synced_at: Option<DateTime<Utc>>,
    /// What went wrong the last time.
    pub last_error: Option<String>,
}

/// A repository that somebody asked to track.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AddedRepositoryDto {
    /// It, as it is tracked.
    #[serde(flatten)]
    pub repository: RepositoryDto,
    /// Whether it was tracked before it was asked for.
    pub was_tracked: bool,
}

/// A repository that an account can see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AvailableDto {
    /// The owner, or the whole namespace at GitLab.
    pub owner: String,
    /// The name within it.
    pub name: String,
    /// The service.
    #[ts(type = "\"github\" | \"gitlab\" | \"jira\"")]
    pub provider: Provider,
    /// Its page, which `repo add` takes.
    pub url: String,
    /// The account that sees it.
    #[ts(type = "string")]
    pub account: Name,
    /// Whether it is tracked already.
    pub tracked: bool,
}

/// What accounts can see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AvailableRepositoriesDto {
    /// The latest active first, account by account.
    pub repositories: Vec<AvailableDto>,
    /// Sentences for the person: what may be missing from the list.
    pub notes: Vec<String>,
}

impl Engine {
    /// Tracks a repository, after its service has let it be read.
    ///
    /// # Errors
    /// A malformed address; a host that no account knows, or several do; a repository that is not there or may
    /// not be read.
    pub async fn add_repository(
        &self,
        profile: &Name,
        url: &str,
        account: Option<&str>,
    ) -> Result<AddedRepositoryDto, ApiError> {
        let url = RepositoryUrl::parse(url)?;
        let profile_row = self.profile_or_empty(profile).await?;
        let accounts = match &profile_row {
            Some(profile) => self.accounts_of(profile).await?,
            None => Vec::new(),
        };
        let (account, base) = choose_account(accounts, &url, account)?;
        let profile = profile_row.ok_or_else(|| ApiError::unknown_profile(profile, &[]))?;
        let source = self.source_of(&profile, &account).await?;
        let path = url.below(&base);
        if account.provider == Provider::Github && path.len() != 2 {
            let message = format!("{:?} is not the address of a GitHub repository.", path.join("/"));
            return Err(ApiError::new(Code::Usage, message).with_hint("Write it as https://HOST/OWNER/NAME."));
        }
        let subject = format!("repository {}", path.join("/"));
        let found = source.repository(&path).await.map_err(|error| error.with_subject(subject))?;
        self.track(account, found).await
    }

    /// The tracked repositories of a profile, by owner and name.
    ///
    /// # Errors
    /// An unknown profile; those of the database.
    pub async fn repositories(&self, profile: &Name) -> Result<Vec<RepositoryDto>, ApiError> {
        let Some(profile) = self.profile_or_empty(profile).await? else { return Ok(Vec::new()) };
        let id = profile.id;
        let (accounts, rows) =
            self.core.db.read(move |tx| Ok((tx.accounts(id)?, tx.repositories(id)?))).await?;
        let listed = rows.into_iter().filter_map(|row| {
            let account = accounts.iter().find(|account| account.id == row.account_id)?;
            Some(dto(row, account.name.clone()))
        });
        Ok(listed.collect())
    }

    /// The repositories that one account, or every one, can see.
    ///
    /// # Errors
    /// An unknown profile or account; those of keychain and service.
    pub async fn available_repositories(
        &self,
        profile: &Name,
        account: Option<&str>,
    ) -> Result<AvailableRepositoriesDto, ApiError> {
        let mut available = AvailableRepositoriesDto { repositories: Vec::new(), notes: Vec::new() };
        let Some(profile) = self.profile_or_empty(profile).await? else { return Ok(available) };
        let id = profile.id;
        let tracked = self.core.db.read(move |tx| tx.repositories(id)).await?;
        for account in self.hosting_accounts(&profile, account).await? {
            let seen = self.source_of(&profile, &account).await?.available().await?;
            if seen.incomplete {
                available.notes.push(format!(
                    "The list of {} is not complete: an organisation asks for single sign-on of its token.",
                    account.name
                ));
            }
            let seen = seen.repositories.into_iter().map(|found| available_dto(found, &account, &tracked));
            available.repositories.extend(seen);
        }
        Ok(available)
    }

    /// Stops tracking a repository and removes its history from the database.
    ///
    /// # Errors
    /// A repository that is not tracked, or a name that several have.
    pub async fn remove_repository(
        &self,
        profile: &Name,
        which: &str,
        account: Option<&str>,
    ) -> Result<RepositoryDto, ApiError> {
        if looks_like_address(which) {
            RepositoryUrl::parse(which)?;
        }
        let tracked = self.repositories(profile).await?;
        let mut matching: Vec<_> = tracked
            .into_iter()
            .filter(|row| is_meant(row, which) && account.is_none_or(|name| row.account.as_str() == name))
            .collect();
        let found = matching.pop().ok_or_else(|| {
            ApiError::new(Code::Unknown, format!("The repository {which:?} is not tracked in this profile."))
                .with_hint("Write its URL, or owner/name as the list of repositories has it.")
        })?;
        if let Some(other) = matching.pop() {
            let (one, another) = (&found.account, &other.account);
            let message = if found.url == other.url {
                format!("{which:?} is tracked through several accounts: {one} and {another}.")
            } else {
                format!("{which:?} could be {} or {}.", found.url, other.url)
            };
            let hint = "Write its whole URL, or name the account.";
            return Err(ApiError::new(Code::Conflict, message).with_hint(hint));
        }
        let id = found.id;
        self.core.db.write(move |tx| tx.remove_repository(id)).await?;
        Ok(found)
    }

    async fn hosting_accounts(
        &self,
        profile: &Profile,
        name: Option<&str>,
    ) -> Result<Vec<Account>, ApiError> {
        let accounts = self.accounts_of(profile).await?;
        let hosting = accounts.iter().filter(|account| account.provider != Provider::Jira);
        let chosen: Vec<_> = hosting
            .filter(|account| name.is_none_or(|name| account.name.as_str() == name))
            .cloned()
            .collect();
        match name {
            Some(name) if chosen.is_empty() => Err(ApiError::unknown_account(name, names_of(&accounts))),
            Some(_) | None => Ok(chosen),
        }
    }

    async fn track(&self, account: Account, found: RemoteRepository) -> Result<AddedRepositoryDto, ApiError> {
        let new = NewRepository {
            account_id: account.id,
            remote_id: found.remote_id.clone(),
            owner: found.owner,
            name: found.name,
            provider: account.provider,
            url: found.url,
            default_branch: found.default_branch,
            now: self.core.now(),
        };
        let (added, rows) = self
            .core
            .db
            .write(move |tx| Ok((tx.insert_repository(&new)?, tx.repositories_of_account(new.account_id)?)))
            .await?;
        let row = rows.into_iter().find(|row| row.remote_id == found.remote_id);
        let row =
            row.ok_or_else(|| ApiError::new(Code::Storage, "The repository could not be read back."))?;
        Ok(AddedRepositoryDto { repository: dto(row, account.name), was_tracked: added.is_none() })
    }
}

/// The account at the repository's host: the named one, or the only one there.
fn choose_account(
    accounts: Vec<Account>,
    url: &RepositoryUrl,
    name: Option<&str>,
) -> Result<(Account, BaseUrl), ApiError> {
    if let Some(name) = name
        && !accounts.iter().any(|account| account.name.as_str() == name)
    {
        return Err(ApiError::unknown_account(name, names_of(&accounts)));
    }
    let mut fitting: Vec<(Account, BaseUrl)> = accounts
        .into_iter()
        .filter(|account| account.provider != Provider::Jira)
        .filter(|account| name.is_none_or(|name| account.name.as_str() == name))
        .filter_map(|account| Some((BaseUrl::parse(&account.url).ok()?, account)))
        .filter(|(base, _)| url.is_at(base))
        .map(|(base, account)| (account, base))
        .collect();
    match (fitting.pop(), fitting.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(last), false) => Err(several(&fitting, &last.0, url)),
        (None, _) => Err(no_account(url, name)),
    }
}

fn several(others: &[(Account, BaseUrl)], last: &Account, url: &RepositoryUrl) -> ApiError {
    let names = others.iter().map(|(account, _)| account).chain([last]);
    let names: Vec<_> = names.map(|account| format!("{:?}", account.name.as_str())).collect();
    let message = format!("Several accounts are at {}: {}.", url.host(), names.join(", "));
    ApiError::new(Code::Conflict, message).with_hint("Name the one to read it through.")
}

fn no_account(url: &RepositoryUrl, name: Option<&str>) -> ApiError {
    match name {
        Some(name) => ApiError::new(Code::Unknown, format!("The account {name:?} is not at {}.", url.host())),
        None => ApiError::new(Code::Unknown, format!("No account of this profile is at {}.", url.host()))
            .with_hint("Connect an account there first."),
    }
}

/// Whether it is meant to be a URL rather than `owner/name`.
fn looks_like_address(which: &str) -> bool {
    which.contains(':')
}

/// Whether a person who writes `which` can mean this repository.
fn is_meant(row: &RepositoryDto, which: &str) -> bool {
    let full_name = format!("{}/{}", row.owner, row.name);
    if full_name.eq_ignore_ascii_case(which) || row.url == which {
        return true;
    }
    match (RepositoryUrl::parse(which), RepositoryUrl::parse(&row.url)) {
        (Ok(wanted), Ok(own)) => {
            let same_path = wanted.path().join("/").eq_ignore_ascii_case(&own.path().join("/"));
            same_path && wanted.host().eq_ignore_ascii_case(own.host())
        }
        _ => false,
    }
}

fn dto(row: Repository, account: Name) -> RepositoryDto {
    RepositoryDto {
        id: row.id,
        owner: row.owner,
        name: row.name,
        provider: row.provider,
        url: row.url,
        account,
        is_valid: row.is_valid,
        invalid_reason: row.invalid_reason,
        last_synced_at: row.last_synced_at,
        last_error: row.last_error,
    }
}

fn available_dto(found: RemoteRepository, account: &Account, tracked: &[Repository]) -> AvailableDto {
    let is_tracked =
        tracked.iter().any(|row| row.account_id == account.id && row.remote_id == found.remote_id);
    AvailableDto {
        owner: found.owner,
        name: found.name,
        provider: account.provider,
        url: found.url,
        account: account.name.clone(),
        tracked: is_tracked,
    }
}
