//! What the server is, whom the token belongs to, and what a site has once: its projects and its fields.

use chrono::{DateTime, Utc};
use pdt_domain::jira::Deployment;

use super::listing::Listing;
use super::{Jira, unless_refused, wire};
use crate::http::{Answer, Call, Kind, RemoteError};

/// What a server says that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerInfo {
    /// Whose Jira it is.
    pub deployment: Deployment,
    /// The address that it calls its own.
    pub base_url: Option<String>,
    /// Its version.
    pub version: Option<String>,
}

/// Whom a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Myself {
    /// The display name, else the name to sign in with, else the e-mail address.
    pub login: String,
    /// The person's id on the site: account id (Cloud) or user key (Data Center).
    pub id: Option<String>,
    /// The time zone that Jira reckons in for this account.
    pub time_zone: Option<String>,
    /// The server's clock.
    pub server_time: Option<DateTime<Utc>>,
}

impl Jira {
    /// Asks the server what it is, without saying who asks, unless it wants to know. A server that does not say is
    /// taken for a company's own.
    /// <https://developer.atlassian.com/cloud/jira/platform/rest/v2/api-group-server-info/>
    ///
    /// # Errors
    /// Those of [`ApiClient::send`](crate::http::ApiClient::send).
    pub async fn server_info(&self) -> Result<ServerInfo, RemoteError> {
        let call = Call::get("rest/api/2/serverInfo");
        let answer = match self.client.send(call.clone().anonymous()).await {
            Err(error) if error.kind == Kind::Forbidden => self.client.send(call).await?,
            other => other?,
        };
        Ok(answer.json::<wire::Server>()?.into())
    }

    /// The number that the gateway knows a Cloud site by; asked for at the site itself, without saying who asks.
    /// <https://support.atlassian.com/jira/kb/retrieve-my-atlassian-sites-cloud-id/>
    ///
    /// # Errors
    /// Those of [`ApiClient::send`](crate::http::ApiClient::send); [`Kind::Unreadable`] where it is no such number.
    pub async fn cloud_id(&self) -> Result<String, RemoteError> {
        let answer = self.client.send(Call::get("_edge/tenant_info").anonymous()).await?;
        self.usable(answer.json::<wire::Tenant>()?.cloud_id())
    }

    /// Whom the token belongs to. This is the one question that no Jira answers to a stranger.
    /// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/>
    ///
    /// # Errors
    /// Those of [`ApiClient::send`](crate::http::ApiClient::send).
    pub async fn myself(&self) -> Result<Myself, RemoteError> {
        let answer = self.client.send(Call::get(self.platform("myself"))).await?;
        let person: wire::Person = answer.json()?;
        Ok(Myself {
            login: self.usable(person.login())?,
            id: person.id(),
            time_zone: person.time_zone,
            server_time: clock(&answer),
        })
    }

    /// The keys of all projects that the site shows this account.
    /// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-search-get>
    ///
    /// # Errors
    /// Those of [`ApiClient::send`](crate::http::ApiClient::send); [`Kind::PageLoop`] where the list does not end.
    pub async fn projects(&self) -> Result<Vec<String>, RemoteError> {
        let paged: Option<Vec<wire::Project>> = match self.deployment {
            Deployment::Cloud => {
                let listing = Listing::new(&self.client, Call::get(self.platform("project/search")), 50);
                unless_refused(listing.all().await)?
            }
            Deployment::DataCenter => None,
        };
        let projects = match paged {
            Some(projects) => projects,
            // The older list, all in one answer, which every kind of Jira has.
            None => self.client.send(Call::get(self.platform("project"))).await?.json()?,
        };
        self.usable(projects.into_iter().map(wire::Project::key).collect())
    }

    /// The ids of the fields that hold a card's estimate in points, the likeliest first; a site names them as it
    /// likes, and may have several.
    /// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/>
    ///
    /// # Errors
    /// Those of [`ApiClient::send`](crate::http::ApiClient::send).
    pub async fn story_point_fields(&self) -> Result<Vec<String>, RemoteError> {
        let answer = self.client.send(Call::get(self.platform("field"))).await?;
        let fields: Vec<wire::Field> = answer.json()?;
        let mut ranked: Vec<(u8, String)> =
            fields.into_iter().filter_map(|field| Some((field.rank()?, field.id?))).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        Ok(ranked.into_iter().map(|(_, id)| id).collect())
    }
}

fn clock(answer: &Answer) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(answer.header("date")?).ok().map(|time| time.to_utc())
}
