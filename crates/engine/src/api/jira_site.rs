//! Finding out what kind of Jira is at an address, and how its token wants to be used.

use pdt_domain::address::BaseUrl;
use pdt_domain::ids::Name;
use pdt_domain::jira::Deployment;
use pdt_domain::provider::Provider;
use pdt_domain::secret::Token;
use pdt_remote::http::{Kind, RemoteError};
use pdt_remote::jira::{GATEWAY, Jira, gateway_root};
use pdt_remote::source::Credential;
use pdt_store::{Account, Profile};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::accounts::AddAccount;
use super::error::{Code, listed};
use super::{ApiError, Engine};
use crate::connect::{self, Destination};

/// What a service has told of an account that is to be connected.
pub(super) struct Found {
    pub(super) credential: Credential,
    /// The fingerprint of the credential.
    pub(super) print: String,
    /// What kind of Jira it is; `None` for other services.
    pub(super) site: Option<SiteFound>,
    /// What the person should know.
    pub(super) notes: Vec<String>,
}

/// A Jira, and where its API takes the token.
pub(super) struct SiteFound {
    pub(super) deployment: Deployment,
    /// The gateway, where the site itself does not take the token.
    pub(super) api_root: Option<String>,
}

/// Where Atlassian takes scoped tokens.
#[expect(
    clippy::expect_used,
    reason = "the text is a constant, and every test that opens the engine reads it"
)]
pub(super) fn gateway() -> Url {
    Url::parse(GATEWAY).expect("a constant that is an address")
}

/// The account as it can be asked for: address and project keys in their normal form.
///
/// # Errors
/// An e-mail address or a project key that cannot be one; either of them for another service.
pub(super) fn checked(wanted: AddAccount) -> Result<AddAccount, ApiError> {
    let email = wanted.email.map(|email| email.trim().to_owned()).filter(|email| !email.is_empty());
    let projects = wanted.projects.map(project_keys).transpose()?.filter(|keys| !keys.is_empty());
    let is_for_jira = email.is_some() || projects.is_some() || wanted.collects.is_some();
    if wanted.provider != Provider::Jira && is_for_jira {
        let message =
            format!("An account at {} takes no e-mail address and no projects.", wanted.provider.title());
        return Err(ApiError::new(Code::Usage, message));
    }
    if let Some(email) = &email {
        check_email(email)?;
    }
    Ok(AddAccount { email, projects, ..wanted })
}

/// Basic authentication parts name and token with a colon, and a header takes no control characters.
fn check_email(email: &str) -> Result<(), ApiError> {
    let parts = email.split_once('@');
    let is_odd = |c: char| c.is_control() || c.is_whitespace() || c == ':';
    if parts.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty()) && !email.contains(is_odd) {
        return Ok(());
    }
    Err(ApiError::new(Code::Usage, format!("{email:?} is not an e-mail address.")))
}

fn project_keys(given: Vec<String>) -> Result<Vec<String>, ApiError> {
    let words = given.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|word| !word.is_empty());
    let mut keys = Vec::new();
    for word in words {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if word.len() > 255 || !word.starts_with(|c: char| c.is_ascii_alphabetic()) || !word.chars().all(fits)
        {
            let shown: String = word.chars().take(80).collect();
            return Err(ApiError::new(Code::Usage, format!("{shown:?} is not a project's key."))
                .with_hint("It is what stands before the hyphen of its cards' keys, like ABC."));
        }
        let key = word.to_ascii_uppercase();
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    if keys.is_empty() && !given.is_empty() {
        return Err(ApiError::new(Code::Usage, "No project is named.")
            .with_hint("Write keys like ABC,XYZ, or none at all."));
    }
    Ok(keys)
}

impl Engine {
    /// Asks a Jira what it is and whether it accepts the token, at its own address and, where Cloud does not take the
    /// token there, at the gateway.
    pub(super) async fn ask_jira(
        &self,
        wanted: &AddAccount,
        name: &Name,
        base: &BaseUrl,
        token: Token,
    ) -> Result<Found, ApiError> {
        let by_email = if wanted.email.is_some() { Deployment::Cloud } else { Deployment::DataCenter };
        let email = wanted.email.as_deref();
        let to = Destination { account: name.as_str(), provider: Provider::Jira, base, email };
        let at = |deployment, root| {
            connect::jira(&self.core, &to, (deployment, root), token.clone(), CancellationToken::new())
        };
        let asking = at(by_email, connect::site_root(base))?;
        let deployment = match asking.server_info().await {
            Ok(info) => info.deployment,
            // Some servers keep what they are to themselves; then the e-mail address decides.
            Err(error) if error.kind.is_refusal() || error.kind == Kind::Unprocessable => by_email,
            Err(error) => return Err(error.into()),
        };
        let jira = at(deployment, connect::site_root(base))?;
        match jira.myself().await {
            Ok(me) => self.found(&jira, me.login, None, wanted).await,
            Err(error) if error.kind == Kind::TokenRefused && deployment == by_email => {
                if deployment == Deployment::DataCenter {
                    return Err(error.into());
                }
                let root = self.gateway(&jira).await;
                let Some(root) = root else { return Err(error.into()) };
                let jira = at(deployment, root.clone())?;
                // What the site has said concerns the person, unless the gateway knows the token and says more.
                let more_telling = |there: RemoteError| {
                    if matches!(there.kind, Kind::MissingScope { .. } | Kind::Limited { .. }) {
                        there
                    } else {
                        error
                    }
                };
                let me = jira.myself().await.map_err(more_telling)?;
                self.found(&jira, me.login, Some(root), wanted).await
            }
            Err(error) => Err(explained(error, by_email, deployment)),
        }
    }

    /// The way to the Jira of a stored account, with the token that is kept for it.
    pub(super) async fn jira_of(&self, profile: &Profile, account: &Account) -> Result<Jira, ApiError> {
        let base = BaseUrl::parse(&account.url)?;
        let token = self.core.secrets.token(&profile.name, &account.name).await?;
        let opened = connect::stored_jira(&self.core, account, &base, token, CancellationToken::new());
        opened.await.map_err(|fault| ApiError::new(Code::Service, fault.message))
    }

    /// Where Atlassian takes the scoped tokens of this site. A site that names none has none.
    /// <https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/>
    async fn gateway(&self, jira: &Jira) -> Option<Url> {
        let id = jira.cloud_id().await.ok()?;
        Some(gateway_root(&self.core.jira_gateway, &id))
    }

    async fn found(
        &self,
        jira: &Jira,
        login: String,
        gateway: Option<Url>,
        wanted: &AddAccount,
    ) -> Result<Found, ApiError> {
        let notes = match &wanted.projects {
            Some(chosen) => note_on_projects(chosen, &jira.projects().await?),
            None => Vec::new(),
        };
        let api_root = gateway.map(String::from);
        Ok(Found {
            credential: Credential { login, scopes: None, expires_at: None },
            print: jira.credential_print(),
            site: Some(SiteFound { deployment: jira.deployment(), api_root }),
            notes,
        })
    }
}

/// Chosen projects that the account does not see: written wrongly, or not there yet.
fn note_on_projects(chosen: &[String], seen: &[String]) -> Vec<String> {
    let unseen: Vec<&String> =
        chosen.iter().filter(|key| !seen.iter().any(|seen| seen.eq_ignore_ascii_case(key))).collect();
    let note = listed(&unseen).map(|keys| match unseen.len() {
        1 => format!("The account sees no project {keys}."),
        _ => format!("The account sees no projects {keys}."),
    });
    note.into_iter().collect()
}

/// A refusal, and what stands behind it where the e-mail address does not fit the kind of Jira.
fn explained(error: RemoteError, given: Deployment, found: Deployment) -> ApiError {
    let refused = matches!(error.kind, Kind::TokenRefused | Kind::Forbidden | Kind::NotFound);
    let error = ApiError::from(error);
    match (given, found) {
        (Deployment::DataCenter, Deployment::Cloud) if refused => error.with_hint(
            "This is a Jira Cloud site: it wants the e-mail address of the token's owner as well.",
        ),
        (Deployment::Cloud, Deployment::DataCenter) if refused => error.with_hint(
            "This is a Jira Data Center: it takes a personal access token alone, without an e-mail address.",
        ),
        (_, _) => error,
    }
}
