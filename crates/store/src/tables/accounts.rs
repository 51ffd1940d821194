//! Table `accounts`: one credential at one host. The credential itself is in the keychain, never here.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use pdt_domain::ids::{AccountId, Name, ProfileId};
use pdt_domain::provider::Provider;
use rusqlite::{OptionalExtension, Row, named_params};

use super::token_lacks::TokenLacks;
use crate::columns::{Columns, json_array, optional_time_text, time_text};
use crate::error::{StoreError, StoreErrorKind};
use crate::tx::{ReadTx, WriteTx};

/// A row of `accounts`.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Its row.
    pub id: AccountId,
    /// Whose it is.
    pub profile_id: ProfileId,
    /// The kind of service.
    pub provider: Provider,
    /// Its name, unique within the profile.
    pub name: Name,
    /// The service's base URL without a slash at its end.
    pub url: String,
    /// The login name there, as the service tells it.
    pub login: String,
    /// The e-mail address to log in with: Jira Cloud only.
    pub email: Option<String>,
    /// The Jira projects that the person limited the account to; `None`: all that it sees.
    pub projects: Option<Vec<String>>,
    /// What the service thought of its credential when last asked.
    pub state: AccountState,
    /// Until when the service wants not to be asked.
    pub limited_until: Option<DateTime<Utc>>,
    /// What its credential lacks.
    pub lacks: TokenLacks,
    /// The fingerprint of the credential that `state` is about.
    pub credential_print: Option<String>,
    /// When it was added.
    pub created_at: DateTime<Utc>,
}

/// What a service thought of an account's credential, and what it told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountState {
    /// Whether it lets the account in.
    pub standing: Standing,
    /// Why not, in a sentence.
    pub reason: Option<String>,
    /// The credential's scopes; `None`: not told.
    pub scopes: Option<Vec<String>>,
    /// When the credential expires; `None`: never, or not told.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Whether a service lets an account in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Ok,
    /// It refused the credential.
    Refused,
    /// It was not asked yet.
    Unchecked,
}

impl Standing {
    /// The word stored in the database and shown in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Refused => "refused",
            Self::Unchecked => "unchecked",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The word is no standing of an account.
#[derive(Debug, thiserror::Error)]
#[error("unknown account state {0:?}")]
pub struct UnknownStanding(String);

impl FromStr for Standing {
    type Err = UnknownStanding;

    fn from_str(text: &str) -> Result<Self, UnknownStanding> {
        [Self::Ok, Self::Refused, Self::Unchecked]
            .into_iter()
            .find(|standing| standing.as_str() == text)
            .ok_or_else(|| UnknownStanding(text.to_owned()))
    }
}

/// An account to add, or to add again with another credential.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAccount {
    /// Whose it is.
    pub profile_id: ProfileId,
    /// The kind of service.
    pub provider: Provider,
    /// Its name.
    pub name: Name,
    /// The service's base URL without a slash at its end.
    pub url: String,
    /// The login name there.
    pub login: String,
    /// The e-mail address to log in with: Jira Cloud only.
    pub email: Option<String>,
    /// The Jira projects to limit it to; `None`: all that it sees.
    pub projects: Option<Vec<String>>,
    /// What the service thinks of its credential.
    pub state: AccountState,
    /// The credential's fingerprint.
    pub credential_print: Option<String>,
    /// The present time.
    pub now: DateTime<Utc>,
}

/// The columns of [`Account`], for `SELECT`.
const COLUMNS: &str =
    "id, profile_id, provider, name, url, login, email, projects, state, state_reason, scopes,
     expires_at, limited_until, missing_scopes, single_sign_on, credential_print, created_at";

impl Account {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: AccountId(row.get("id")?),
            profile_id: ProfileId(row.get("profile_id")?),
            provider: row.word("provider")?,
            name: row.checked("name")?,
            url: row.get("url")?,
            login: row.get("login")?,
            email: row.get("email")?,
            projects: row.optional_json("projects")?,
            state: AccountState::from_row(row)?,
            limited_until: row.optional_time("limited_until")?,
            lacks: TokenLacks::from_row(row)?,
            credential_print: row.get("credential_print")?,
            created_at: row.time("created_at")?,
        })
    }
}

impl AccountState {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let scopes: Option<String> = row.get("scopes")?;
        Ok(Self {
            standing: row.word("state")?,
            reason: row.get("state_reason")?,
            scopes: scopes.map(|text| text.split_whitespace().map(str::to_owned).collect()),
            expires_at: row.optional_time("expires_at")?,
        })
    }

    fn scopes_text(&self) -> Option<String> {
        self.scopes.as_ref().map(|scopes| scopes.join(" "))
    }
}

impl ReadTx<'_> {
    /// A profile's accounts, by name.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn accounts(&self, profile: ProfileId) -> Result<Vec<Account>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM accounts WHERE profile_id = ?1 ORDER BY name");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([profile.0], Account::from_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// A profile's account of this name.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn account_by_name(&self, profile: ProfileId, name: &Name) -> Result<Option<Account>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM accounts WHERE profile_id = ?1 AND name = ?2");
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(statement.query_row((profile.0, name.as_str()), Account::from_row).optional()?)
    }
}

impl WriteTx<'_> {
    /// Adds an account, or gives the one of this name another credential: its repositories and their history
    /// stay, and a limit of the old credential is forgotten. Where it sees other projects from now on, or other
    /// people's, its [places are forgotten](Self::forget_places).
    ///
    /// # Errors
    /// [`StoreErrorKind::AccountElsewhere`] where the account of this name is at another service or address.
    pub fn upsert_account(&self, account: &NewAccount) -> Result<AccountId, StoreError> {
        let known = self.account_by_name(account.profile_id, &account.name)?;
        let id = self.write_account(account)?;
        if known.is_some_and(|known| known.login != account.login || known.projects != account.projects) {
            self.forget_places(id)?;
        }
        Ok(id)
    }

    fn write_account(&self, account: &NewAccount) -> Result<AccountId, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "INSERT INTO accounts (profile_id, provider, name, url, login, email, projects, state, state_reason,
                 scopes, expires_at, credential_print, created_at)
             VALUES (:profile_id, :provider, :name, :url, :login, :email, :projects, :state, :state_reason,
                 :scopes, :expires_at, :credential_print, :now)
             ON CONFLICT (profile_id, name) DO UPDATE SET
                 login = excluded.login, email = excluded.email, projects = excluded.projects,
                 state = excluded.state, state_reason = excluded.state_reason, scopes = excluded.scopes,
                 expires_at = excluded.expires_at, credential_print = excluded.credential_print,
                 limited_until = NULL, missing_scopes = NULL, single_sign_on = NULL
             WHERE provider = excluded.provider AND url = excluded.url
             RETURNING id",
        )?;
        let id = statement
            .query_row(
                named_params! {
                    ":profile_id": account.profile_id.0,
                    ":provider": account.provider.as_str(),
                    ":name": account.name.as_str(),
                    ":url": account.url,
                    ":login": account.login,
                    ":email": account.email,
                    ":projects": account.projects.as_deref().map(json_array),
                    ":state": account.state.standing.as_str(),
                    ":state_reason": account.state.reason,
                    ":scopes": account.state.scopes_text(),
                    ":expires_at": optional_time_text(account.state.expires_at),
                    ":credential_print": account.credential_print,
                    ":now": time_text(account.now),
                },
                |row| row.get(0).map(AccountId),
            )
            .optional()?;
        id.ok_or_else(|| StoreError::new(StoreErrorKind::AccountElsewhere).with_detail(account.name.as_str()))
    }

    /// Records what the service thinks of the account's credential.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn set_account_state(&self, account: AccountId, state: &AccountState) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE accounts SET state = ?2, state_reason = ?3, scopes = ?4, expires_at = ?5 WHERE id = ?1",
            )?
            .execute((
                account.0,
                state.standing.as_str(),
                &state.reason,
                state.scopes_text(),
                optional_time_text(state.expires_at),
            ))?;
        Ok(())
    }

    /// Records until when the service wants not to be asked; `None` lifts it.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn set_limited_until(
        &self,
        account: AccountId,
        until: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE accounts SET limited_until = ?2 WHERE id = ?1")?
            .execute((account.0, optional_time_text(until)))?;
        Ok(())
    }

    /// Removes an account with its repositories, their commits and everything else of it.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn remove_account(&self, account: AccountId) -> Result<(), StoreError> {
        for repository in self.repositories_of_account(account)? {
            self.remove_repository(repository.id)?;
        }
        // Cards before their sprints, each of which would first be taken out of every card that stands in it; and
        // in the order in which they lie in the file.
        self.conn
            .prepare_cached(
                "DELETE FROM jira_cards WHERE id IN (SELECT id FROM jira_cards WHERE account_id = ?1)",
            )?
            .execute([account.0])?;
        self.conn.prepare_cached("DELETE FROM accounts WHERE id = ?1")?.execute([account.0])?;
        Ok(())
    }
}
