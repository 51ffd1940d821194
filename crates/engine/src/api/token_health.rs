//! How good the token of an account is, as far as is known without asking its service.

use chrono::{DateTime, Utc};
use pdt_domain::provider::Provider;
use pdt_store::{Account, Standing};
use serde::Serialize;
use ts_rs::TS;
use url::Url;

use super::accounts::expires_soon;

/// How good the token of an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AccountHealth {
    /// The service accepts it.
    Valid,
    /// The service was not asked yet.
    Unchecked,
    /// The service does not accept it.
    Refused,
    /// It lacks a scope or a permission.
    MissingScope,
    /// It expires within 14 days.
    ExpiresSoon,
    /// It has expired.
    Expired,
    /// An organisation wants it authorised for its single sign-on.
    BlockedBySso,
}

impl AccountHealth {
    /// What is known of an account's token, the worst first.
    pub(super) fn of(account: &Account, now: DateTime<Utc>) -> Self {
        let (expiry, standing) = (account.state.expires_at, account.state.standing);
        match standing {
            _ if expiry.is_some_and(|expiry| expiry <= now) => Self::Expired,
            Standing::Refused if account.lacks.scopes.is_some() => Self::MissingScope,
            Standing::Refused => Self::Refused,
            Standing::Ok | Standing::Unchecked if account.lacks.single_sign_on.is_some() => {
                Self::BlockedBySso
            }
            Standing::Ok | Standing::Unchecked if account.lacks.scopes.is_some() => Self::MissingScope,
            Standing::Ok | Standing::Unchecked if expiry.is_some_and(|expiry| expires_soon(expiry, now)) => {
                Self::ExpiresSoon
            }
            Standing::Ok if lacks_repo(account) => Self::MissingScope,
            Standing::Ok => Self::Valid,
            Standing::Unchecked => Self::Unchecked,
        }
    }
}

/// The scopes that a token lacks, as far as they are named: what its service has said, and what private repositories
/// of GitHub need.
pub(super) fn missing_scopes(account: &Account) -> Vec<String> {
    let said = account.lacks.scopes.clone().unwrap_or_default();
    let is_said = said.iter().any(|scope| scope == REPO);
    let repo = (lacks_repo(account) && !is_said).then(|| REPO.to_owned());
    said.into_iter().chain(repo).collect()
}

/// The scope that lets a classic token of GitHub read private repositories.
const REPO: &str = "repo";

/// Tokens that are given single permissions have no scopes, and GitHub tells none.
fn lacks_repo(account: &Account) -> bool {
    let scopes = account.state.scopes.as_ref();
    account.provider == Provider::Github
        && scopes.is_some_and(|scopes| !scopes.iter().any(|scope| scope == REPO))
}

/// Where Atlassian makes the tokens of all its Cloud sites.
const ATLASSIAN: &str = "https://id.atlassian.com/manage-profile/security/api-tokens";

/// The page of an account's host on which a token is made.
pub(super) fn token_page(account: &Account) -> String {
    let path = match account.provider {
        Provider::Github => "/settings/tokens/new?scopes=repo,read:org&description=PDT",
        Provider::Gitlab => "/-/user_settings/personal_access_tokens?name=PDT&scopes=read_api",
        Provider::Jira if is_cloud(account) => return ATLASSIAN.to_owned(),
        Provider::Jira => {
            "/secure/ViewProfile.jspa?selectedTab=com.atlassian.pats.pats-plugin:jira-user-personal-access-tokens"
        }
    };
    format!("{}{path}", account.url)
}

/// Only Jira Cloud asks for an e-mail address; sites below atlassian.net are always Cloud.
fn is_cloud(account: &Account) -> bool {
    let host = Url::parse(&account.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    account.email.is_some() || host.is_some_and(|host| host.ends_with(".atlassian.net"))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use pdt_domain::ids::{AccountId, Name, ProfileId};
    use pdt_store::{AccountState, TokenLacks};

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-02-18T12:00:00Z".parse().unwrap()
    }

    fn account(standing: Standing) -> Account {
        Account {
            id: AccountId(1),
            profile_id: ProfileId(1),
            provider: Provider::Github,
            name: Name::parse("work").unwrap(),
            url: "https://github.com".to_owned(),
            login: "ada".to_owned(),
            email: None,
            projects: None,
            state: AccountState { standing, reason: None, scopes: None, expires_at: None },
            limited_until: None,
            lacks: TokenLacks::default(),
            credential_print: None,
            created_at: now(),
        }
    }

    fn expiring(standing: Standing, after: TimeDelta) -> Account {
        let mut account = account(standing);
        account.state.expires_at = Some(now() + after);
        account
    }

    fn lacking(standing: Standing, scopes: Option<&[&str]>, single_sign_on: Option<&[&str]>) -> Account {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let lacks = TokenLacks { scopes: scopes.map(owned), single_sign_on: single_sign_on.map(owned) };
        Account { lacks, ..account(standing) }
    }

    fn granted(scopes: &[&str]) -> Account {
        let mut account = account(Standing::Ok);
        account.state.scopes = Some(scopes.iter().map(|scope| (*scope).to_owned()).collect());
        account
    }

    #[test]
    fn the_worst_that_is_known_is_said() {
        let table = [
            (account(Standing::Ok), AccountHealth::Valid),
            (account(Standing::Unchecked), AccountHealth::Unchecked),
            (account(Standing::Refused), AccountHealth::Refused),
            (expiring(Standing::Ok, TimeDelta::days(14)), AccountHealth::Valid),
            (expiring(Standing::Ok, TimeDelta::days(13)), AccountHealth::ExpiresSoon),
            (expiring(Standing::Unchecked, TimeDelta::days(13)), AccountHealth::ExpiresSoon),
            (expiring(Standing::Ok, TimeDelta::zero()), AccountHealth::Expired),
            (expiring(Standing::Refused, TimeDelta::zero()), AccountHealth::Expired),
            (lacking(Standing::Ok, Some(&[]), None), AccountHealth::MissingScope),
            (lacking(Standing::Refused, Some(&["read_api"]), None), AccountHealth::MissingScope),
            (lacking(Standing::Ok, Some(&[]), Some(&["acme"])), AccountHealth::BlockedBySso),
            (granted(&["repo", "read:org"]), AccountHealth::Valid),
            (granted(&["public_repo"]), AccountHealth::MissingScope),
        ];
        for (account, expected) in table {
            assert_eq!(AccountHealth::of(&account, now()), expected, "{account:?}");
        }
    }

    #[test]
    fn each_missing_scope_is_named_once() {
        assert_eq!(missing_scopes(&granted(&[])), ["repo"]);
        assert_eq!(missing_scopes(&granted(&["repo"])), [""; 0]);
        assert_eq!(missing_scopes(&account(Standing::Ok)), [""; 0], "GitHub tells no scopes of this token");
        let both = Account { lacks: lacking(Standing::Ok, Some(&["repo"]), None).lacks, ..granted(&[]) };
        assert_eq!(missing_scopes(&both), ["repo"]);
    }

    #[test]
    fn a_token_is_made_at_its_own_host() {
        let at = |provider, url: &str, email: Option<&str>| {
            let (url, email) = (url.to_owned(), email.map(str::to_owned));
            token_page(&Account { provider, url, email, ..account(Standing::Ok) })
        };
        assert_eq!(
            at(Provider::Github, "https://git.example", None),
            "https://git.example/settings/tokens/new?scopes=repo,read:org&description=PDT"
        );
        assert_eq!(
            at(Provider::Gitlab, "https://git.example/lab", None),
            "https://git.example/lab/-/user_settings/personal_access_tokens?name=PDT&scopes=read_api"
        );
        assert_eq!(at(Provider::Jira, "https://acme.atlassian.net", None), ATLASSIAN);
        assert_eq!(at(Provider::Jira, "https://jira.acme.example", Some("ada@acme.example")), ATLASSIAN);
        let own = at(Provider::Jira, "https://acme.example/jira", None);
        assert!(own.starts_with("https://acme.example/jira/secure/ViewProfile.jspa?"), "{own}");
    }
}
