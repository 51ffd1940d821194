//! Accounts: connect, list, check, remove. A token is checked before anything is stored, and is stored in the
//! keychain alone.

use chrono::{DateTime, Utc};
use pdt_domain::address::BaseUrl;
use pdt_domain::ids::Name;
use pdt_domain::provider::Provider;
use pdt_domain::secret::Token;
use pdt_remote::http::{Kind, RemoteError};
use pdt_remote::source::{CommitSource, Credential};
use pdt_store::{
    Account, AccountState, Collects, JiraSite, JiraSiteAt, NewAccount, Profile, ReadTx, Standing, TokenLacks,
    WriteTx,
};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::error::Code;
use super::jira_site::{self, Found, SiteFound};
use super::status::zulu;
use super::{AccountHealth, ApiError, Engine, token_health};
use crate::connect::{Destination, commit_source_at};
use crate::jobs::lacks;
use crate::secrets::{SecretErrorKind, variable_of};

/// An account to connect.
#[derive(Debug, Clone)]
pub struct AddAccount {
    /// The profile it shall belong to; made if it is not there.
    pub profile: Name,
    /// The service.
    pub provider: Provider,
    /// Its address; the public one where none is given.
    pub url: Option<String>,
    /// What to call it; the service's or the host's name where none is given.
    pub name: Option<String>,
    /// The token; where none is given, the environment must hold it.
    pub token: Option<Token>,
    /// The e-mail address to sign in with: Jira Cloud only.
    pub email: Option<String>,
    /// The Jira projects to keep to, by their keys; all that the account sees where none are given.
    pub projects: Option<Vec<String>>,
    /// What to collect of a Jira beside the cards of sprints; what was chosen before where nothing is given.
    pub collects: Option<CollectsDto>,
}

/// What is collected of a Jira beside the cards of sprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct CollectsDto {
    /// Cards on boards without sprints.
    pub kanban: bool,
    /// Cards in backlogs and in planned sprints.
    pub backlog: bool,
}

/// An account as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccountDto {
    /// Its name within the profile.
    #[ts(type = "string")]
    pub name: Name,
    /// The service.
    #[ts(type = "\"github\" | \"gitlab\" | \"jira\"")]
    pub provider: Provider,
    /// The service's address.
    pub url: String,
    /// Whose token it is.
    pub login: String,
    /// The e-mail address that Jira Cloud asks for.
    pub email: Option<String>,
    /// The Jira projects it is limited to.
    pub projects: Option<Vec<String>>,
    /// `ok`, `refused` or `unchecked`.
    #[ts(type = "\"ok\" | \"refused\" | \"unchecked\"")]
    pub state: &'static str,
    /// Why it was refused.
    pub state_reason: Option<String>,
    /// The token's scopes, where the service tells them.
    pub scopes: Option<Vec<String>>,
    /// When the token expires, where the service tells it.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string | null")]
    pub expires_at: Option<DateTime<Utc>>,
    /// How good the token is, as far as is known without asking.
    pub health: AccountHealth,
    /// The scopes that the token lacks, as far as they are named.
    pub missing_scopes: Vec<String>,
    /// The page of the service on which a token is made.
    pub token_page: String,
    /// Until when the service wants no request; none where it may be asked.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string | null")]
    pub limited_until: Option<DateTime<Utc>>,
    /// What is collected beside the cards of sprints: Jira only.
    pub collects: Option<CollectsDto>,
}

/// A connected account, with what the person should know about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccountAddedDto {
    /// The account.
    #[serde(flatten)]
    pub account: AccountDto,
    /// Sentences for the person.
    pub notes: Vec<String>,
}

/// What a check of an account has found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AccountCheckDto {
    /// The account.
    #[serde(flatten)]
    pub account: AccountDto,
    /// Whether the service accepts its token.
    pub ok: bool,
    /// What was found, in a sentence.
    pub message: String,
}

impl Engine {
    /// Connects an account, or replaces the token of one with the same name and address.
    ///
    /// # Errors
    /// A malformed address or name; a name that another address has; a token that the service refuses; a
    /// keychain that cannot take it. Nothing is stored then.
    pub async fn add_account(&self, wanted: AddAccount) -> Result<AccountAddedDto, ApiError> {
        let given = wanted.token.as_ref().map(|token| Token::parse(token.expose())).transpose()?;
        let wanted = jira_site::checked(AddAccount { token: given, ..wanted })?;
        let base = base_url(&wanted)?;
        let name = Name::parse(&wanted.name.clone().unwrap_or_else(|| default_name(wanted.provider, &base)))?;
        self.check_is_free(&wanted, &name, &base).await?;
        let token = match wanted.token.clone() {
            Some(token) => token,
            None if self.core.secrets.environment_has(&name) => {
                self.core.secrets.token(&wanted.profile, &name).await?
            }
            None => return Err(no_token(&name)),
        };
        let found = self.ask(&wanted, &name, &base, token.clone()).await?;
        let mut notes = notes_on(wanted.provider, &found.credential, self.core.now());
        notes.extend(found.notes.clone());
        // A token that the environment gives stays where it is, and goes before any other.
        if wanted.token.is_some() {
            self.check_is_not_shadowed(&wanted.profile, &name, &token).await?;
            notes.extend(self.keep_token(&wanted, &name, &token).await?);
        }
        let account = self.store_account(&wanted, &name, &base, found).await?;
        Ok(AccountAddedDto { account: self.shown(account).await?, notes })
    }

    /// Asks the service whether it accepts the token, and what it is.
    async fn ask(
        &self,
        wanted: &AddAccount,
        name: &Name,
        base: &BaseUrl,
        token: Token,
    ) -> Result<Found, ApiError> {
        if wanted.provider == Provider::Jira {
            return self.ask_jira(wanted, name, base, token).await;
        }
        let source = self.source(wanted.provider, name, base, token)?;
        let credential = source.credential().await?;
        Ok(Found { credential, print: source.credential_print(), site: None, notes: Vec::new() })
    }

    /// The accounts of a profile, by name.
    ///
    /// # Errors
    /// An unknown profile; those of the database.
    pub async fn accounts(&self, profile: &Name) -> Result<Vec<AccountDto>, ApiError> {
        let Some(profile) = self.profile_or_empty(profile).await? else { return Ok(Vec::new()) };
        let id = profile.id;
        let read = move |tx: &ReadTx<'_>| {
            let accounts = tx.accounts(id)?.into_iter();
            accounts.map(|account| Ok((tx.jira_site(account.id)?, account))).collect::<Result<Vec<_>, _>>()
        };
        let accounts = self.core.db.read(read).await?;
        let now = self.core.now();
        Ok(accounts.into_iter().map(|(site, account)| AccountDto::of(account, site.as_ref(), now)).collect())
    }

    /// Asks the services of one account, or of all, whether they accept the token.
    ///
    /// # Errors
    /// An unknown profile or account; those of the database. What a check has found is part of the answer.
    pub async fn check_accounts(
        &self,
        profile: &Name,
        name: Option<&str>,
    ) -> Result<Vec<AccountCheckDto>, ApiError> {
        let profile = self.profile_or_empty(profile).await?;
        let accounts = match &profile {
            Some(profile) => self.accounts_of(profile).await?,
            None => Vec::new(),
        };
        let chosen: Vec<Account> = accounts
            .iter()
            .filter(|account| name.is_none_or(|name| account.name.as_str() == name))
            .cloned()
            .collect();
        if let (Some(name), true) = (name, chosen.is_empty()) {
            return Err(ApiError::unknown_account(name, names_of(&accounts)));
        }
        let Some(profile) = profile else { return Ok(Vec::new()) };
        let checks = chosen.into_iter().map(|account| self.check_account(&profile, account));
        futures::future::try_join_all(checks).await
    }

    /// Removes an account with its repositories and their history, and its token from the keychain.
    ///
    /// # Errors
    /// An unknown profile or account; a keychain that is there and does not answer: nothing is removed then.
    pub async fn remove_account(&self, profile: &Name, name: &str) -> Result<AccountDto, ApiError> {
        let profile = self.profile(profile).await?;
        let accounts = self.accounts_of(&profile).await?;
        let account = accounts.iter().find(|account| account.name.as_str() == name).cloned();
        let account = account.ok_or_else(|| ApiError::unknown_account(name, names_of(&accounts)))?;
        match self.core.secrets.delete(&profile.name, &account.name).await {
            Err(error) if error.kind() != SecretErrorKind::Absent => return Err(error.into()),
            // Where there is no keychain, there is no token in it.
            Ok(()) | Err(_) => {}
        }
        let (id, shown) = (account.id, self.shown(account).await?);
        self.core.db.write(move |tx| tx.remove_account(id)).await?;
        Ok(shown)
    }

    async fn shown(&self, account: Account) -> Result<AccountDto, ApiError> {
        let id = account.id;
        let site = self.core.db.read(move |tx| tx.jira_site(id)).await?;
        Ok(AccountDto::of(account, site.as_ref(), self.core.now()))
    }

    pub(super) fn source(
        &self,
        provider: Provider,
        name: &Name,
        base: &BaseUrl,
        token: Token,
    ) -> Result<Box<dyn CommitSource>, RemoteError> {
        let to = Destination { account: name.as_str(), provider, base, email: None };
        commit_source_at(&self.core, &to, token, CancellationToken::new())
    }

    /// The source behind a stored account, with the token that is kept for it.
    pub(super) async fn source_of(
        &self,
        profile: &Profile,
        account: &Account,
    ) -> Result<Box<dyn CommitSource>, ApiError> {
        let base = BaseUrl::parse(&account.url)?;
        let token = self.core.secrets.token(&profile.name, &account.name).await?;
        Ok(self.source(account.provider, &account.name, &base, token)?)
    }

    async fn check_is_free(&self, wanted: &AddAccount, name: &Name, base: &BaseUrl) -> Result<(), ApiError> {
        let Ok(profile) = self.profile(&wanted.profile).await else { return Ok(()) };
        let (id, own) = (profile.id, name.clone());
        match self.core.db.read(move |tx| tx.account_by_name(id, &own)).await? {
            Some(other) if other.provider != wanted.provider || other.url != base.as_str() => {
                let message = format!("There is an account {:?} already, at {}.", name.as_str(), other.url);
                Err(ApiError::new(Code::Conflict, message).with_hint("Give this one another name."))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// A token that was checked and would never be used has not been checked.
    async fn check_is_not_shadowed(
        &self,
        profile: &Name,
        name: &Name,
        token: &Token,
    ) -> Result<(), ApiError> {
        if !self.core.secrets.environment_has(name) || self.core.secrets.token(profile, name).await? == *token
        {
            return Ok(());
        }
        let variable = variable_of(name);
        let message = format!("{variable} is set to another token, and goes before the one that was given.");
        Err(ApiError::new(Code::Conflict, message)
            .with_hint(format!("Unset {variable}, or set it to the new token.")))
    }

    /// Puts the token into the keychain; where none can serve, the environment may stand in for it.
    async fn keep_token(
        &self,
        wanted: &AddAccount,
        name: &Name,
        token: &Token,
    ) -> Result<Option<String>, ApiError> {
        let stored = self.core.secrets.store(&wanted.profile, name, token).await;
        match stored {
            Ok(()) if self.core.secrets.environment_has(name) => Ok(Some(format!(
                "The token is in the keychain, but {} is set and goes before it.",
                variable_of(name)
            ))),
            Ok(()) => Ok(None),
            Err(error) if self.core.secrets.environment_has(name) => {
                Ok(Some(format!("{} The token of {} is used.", error.message(), variable_of(name))))
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn store_account(
        &self,
        wanted: &AddAccount,
        name: &Name,
        base: &BaseUrl,
        found: Found,
    ) -> Result<Account, ApiError> {
        let (wanted, name, now) = (wanted.clone(), name.clone(), self.core.now());
        let url = base.as_str().to_owned();
        let stored = self.core.db.write(move |tx| {
            let profile_id = tx.ensure_profile(&wanted.profile, now)?;
            let account = tx.upsert_account(&NewAccount {
                profile_id,
                provider: wanted.provider,
                name: name.clone(),
                url,
                login: found.credential.login.clone(),
                email: wanted.email.clone(),
                projects: wanted.projects.clone(),
                state: accepted(&found.credential),
                credential_print: Some(found.print),
                now,
            })?;
            if let Some(site) = found.site {
                let before = tx.jira_site(account)?.map(|site| site.collects).unwrap_or_default();
                let collects = wanted.collects.map_or(before, Collects::from);
                let SiteFound { deployment, api_root } = site;
                tx.set_jira_site(&JiraSiteAt { account, deployment, api_root, collects })?;
            }
            tx.account_by_name(profile_id, &name)
        });
        stored.await?.ok_or_else(|| ApiError::new(Code::Storage, "The account could not be read back."))
    }

    async fn check_account(
        &self,
        profile: &Profile,
        mut account: Account,
    ) -> Result<AccountCheckDto, ApiError> {
        let asked = self.credential_of(profile, &account).await;
        let (ok, message) = match asked {
            Ok(credential) => {
                // What a run was not allowed to read, only a run can find allowed.
                if account.state.standing == Standing::Refused {
                    account.lacks = TokenLacks::default();
                }
                account.state = accepted(&credential);
                let notes = notes_on(account.provider, &credential, self.core.now());
                (true, [vec![format!("Signed in as {}.", credential.login)], notes].concat().join(" "))
            }
            Err((kind, error)) => {
                if let Some(kind) = &kind {
                    lacks::note(&mut account.lacks, kind);
                }
                if let Some(Kind::TokenRefused | Kind::MissingScope { .. }) = kind {
                    account.state.standing = Standing::Refused;
                    account.state.reason = Some(error.message.clone());
                }
                (false, [Some(error.message), error.hint].into_iter().flatten().collect::<Vec<_>>().join(" "))
            }
        };
        let (id, state, lacks) = (account.id, account.state.clone(), account.lacks.clone());
        let note = move |tx: &WriteTx<'_>| {
            tx.set_account_state(id, &state)?;
            tx.set_token_lacks(id, &lacks)
        };
        self.core.db.write(note).await?;
        Ok(AccountCheckDto { account: self.shown(account).await?, ok, message })
    }

    /// Asks the service of a stored account whom its token belongs to.
    async fn credential_of(
        &self,
        profile: &Profile,
        account: &Account,
    ) -> Result<Credential, (Option<Kind>, ApiError)> {
        let refused = |error: RemoteError| (Some(error.kind.clone()), ApiError::from(error));
        if account.provider == Provider::Jira {
            let jira = self.jira_of(profile, account).await.map_err(|error| (None, error))?;
            let me = jira.myself().await.map_err(refused)?;
            return Ok(Credential { login: me.login, scopes: None, expires_at: None });
        }
        let source = self.source_of(profile, account).await.map_err(|error| (None, error))?;
        source.credential().await.map_err(refused)
    }
}

pub(super) fn names_of(accounts: &[Account]) -> impl Iterator<Item = &Name> {
    accounts.iter().map(|account| &account.name)
}

fn base_url(wanted: &AddAccount) -> Result<BaseUrl, ApiError> {
    Ok(match (&wanted.url, wanted.provider) {
        (Some(url), Provider::Github | Provider::Gitlab | Provider::Jira) => BaseUrl::parse(url)?,
        (None, Provider::Github) => BaseUrl::github_com(),
        (None, Provider::Gitlab) => BaseUrl::gitlab_com(),
        (None, Provider::Jira) => {
            return Err(ApiError::new(Code::Usage, "The address of the Jira is missing.")
                .with_hint("It is what the browser shows, like https://acme.atlassian.net."));
        }
    })
}

fn default_name(provider: Provider, base: &BaseUrl) -> String {
    let is_public = *base == BaseUrl::github_com() || *base == BaseUrl::gitlab_com();
    if is_public { provider.as_str().to_owned() } else { base.host_port() }
}

fn no_token(name: &Name) -> ApiError {
    let hint = format!(
        "Give it on standard input (pdt account add … --token-stdin < FILE), or in the variable {}.",
        variable_of(name)
    );
    ApiError::new(Code::Usage, format!("There is no token for the account {:?}.", name.as_str()))
        .with_hint(hint)
}

fn accepted(credential: &Credential) -> AccountState {
    AccountState {
        standing: Standing::Ok,
        reason: None,
        scopes: credential.scopes.clone(),
        expires_at: credential.expires_at,
    }
}

/// What a person should know about a token that works.
fn notes_on(provider: Provider, credential: &Credential, now: DateTime<Utc>) -> Vec<String> {
    let mut notes = Vec::new();
    let lacks_repo = |scopes: &Vec<String>| !scopes.iter().any(|scope| scope == "repo");
    if provider == Provider::Github && credential.scopes.as_ref().is_some_and(lacks_repo) {
        notes.push("The token has no scope \"repo\": private repositories stay out of reach.".to_owned());
    }
    if let Some(expiry) = credential.expires_at {
        let when = expiry.format("%Y-%m-%d");
        if expires_soon(expiry, now) {
            notes.push(format!("The token expires on {when}: make a new one before that."));
        }
    }
    notes
}

/// Whether it is time to make a new token.
pub(super) fn expires_soon(expiry: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    expiry.signed_duration_since(now).num_days() < 14
}

impl AccountDto {
    fn of(account: Account, site: Option<&JiraSite>, now: DateTime<Utc>) -> Self {
        Self {
            health: AccountHealth::of(&account, now),
            missing_scopes: token_health::missing_scopes(&account),
            token_page: token_health::token_page(&account),
            limited_until: account.limited_until.filter(|until| *until > now),
            collects: site.map(|site| CollectsDto::from(site.collects)),
            name: account.name,
            provider: account.provider,
            url: account.url,
            login: account.login,
            email: account.email,
            projects: account.projects,
            state: account.state.standing.as_str(),
            state_reason: account.state.reason,
            scopes: account.state.scopes,
            expires_at: account.state.expires_at,
        }
    }
}

impl From<Collects> for CollectsDto {
    fn from(Collects { kanban, backlog }: Collects) -> Self {
        Self { kanban, backlog }
    }
}

impl From<CollectsDto> for Collects {
    fn from(CollectsDto { kanban, backlog }: CollectsDto) -> Self {
        Self { kanban, backlog }
    }
}
