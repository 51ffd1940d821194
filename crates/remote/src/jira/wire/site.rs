//! The server, persons, projects and fields.

use pdt_domain::jira::Deployment;
use serde::Deserialize;

use super::super::listing::Item;
use super::super::site::ServerInfo;
use super::Odd;
use super::value::{Text, filled};

/// Fields for estimates in points of team-managed projects have a type of their own.
const POINTS_TYPE: &str = "com.pyxis.greenhopper.jira:jsw-story-points";

/// What the other fields for them are called; their type says only that they hold a number.
const POINTS_NAMES: [&str; 2] = ["story points", "story point estimate"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::jira) struct Server {
    deployment_type: Option<String>,
    base_url: Option<String>,
    version: Option<String>,
}

impl From<Server> for ServerInfo {
    fn from(wire: Server) -> Self {
        let is_cloud = wire.deployment_type.is_some_and(|word| word.eq_ignore_ascii_case("cloud"));
        Self {
            deployment: if is_cloud { Deployment::Cloud } else { Deployment::DataCenter },
            base_url: filled(wire.base_url),
            version: filled(wire.version),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::jira) struct Tenant {
    cloud_id: Option<String>,
}

impl Tenant {
    /// It becomes a part of addresses, so nothing is let through that could lead elsewhere.
    pub(in crate::jira) fn cloud_id(self) -> Result<String, Odd> {
        let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let id = self.cloud_id.filter(|id| (1..=64).contains(&id.len()) && id.chars().all(fits));
        id.ok_or_else(|| Odd::without("a site", "a usable cloud id"))
    }
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::jira) struct Person {
    account_id: Option<String>,
    key: Option<String>,
    name: Option<String>,
    display_name: Option<String>,
    email_address: Option<String>,
    pub(in crate::jira) time_zone: Option<String>,
}

impl Person {
    /// Account id (Cloud) or user key (Data Center).
    pub(in crate::jira) fn id(&self) -> Option<String> {
        filled(self.account_id.clone()).or_else(|| filled(self.key.clone()))
    }

    /// What a person is called.
    pub(super) fn title(self) -> Option<String> {
        filled(self.display_name).or(filled(self.name))
    }

    /// What an account is called.
    pub(in crate::jira) fn login(&self) -> Result<String, Odd> {
        let names = [&self.display_name, &self.name, &self.email_address];
        let name = names.into_iter().find_map(|name| filled(name.clone()));
        name.ok_or_else(|| Odd::without("an account", "a name"))
    }
}

#[derive(Deserialize)]
pub(in crate::jira) struct Project {
    id: Option<Text>,
    key: Option<String>,
}

impl Project {
    pub(in crate::jira) fn key(self) -> Result<String, Odd> {
        filled(self.key).ok_or_else(|| Odd::without("a project", "its key"))
    }
}

impl Item for Project {
    fn number(&self) -> Option<String> {
        self.id.as_ref().map(|id| id.0.clone())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::jira) struct Field {
    pub(in crate::jira) id: Option<String>,
    name: Option<String>,
    untranslated_name: Option<String>,
    schema: Option<Schema>,
}

#[derive(Deserialize)]
struct Schema {
    #[serde(rename = "type")]
    kind: Option<String>,
    custom: Option<String>,
}

impl Field {
    /// How likely it holds a card's estimate in points, 0 before 1; `None` where it does not.
    pub(in crate::jira) fn rank(&self) -> Option<u8> {
        let schema = self.schema.as_ref()?;
        let custom = schema.custom.as_deref()?;
        if custom == POINTS_TYPE {
            return Some(0);
        }
        let is_number = schema.kind.as_deref() == Some("number") || custom.ends_with(":float");
        let place = POINTS_NAMES.iter().position(|name| is_number && self.is_called(name))?;
        u8::try_from(place + 1).ok()
    }

    fn is_called(&self, name: &str) -> bool {
        let names = [&self.untranslated_name, &self.name];
        names.into_iter().flatten().any(|own| own.trim().eq_ignore_ascii_case(name))
    }
}
