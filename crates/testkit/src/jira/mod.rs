//! A fake Jira, Cloud or Data Center: the agile API (boards, sprints, their cards) and what PDT needs of the
//! platform's.
//!
//! Behaviour after <https://developer.atlassian.com/cloud/jira/software/rest/>,
//! <https://developer.atlassian.com/cloud/jira/platform/rest/v3/> and the descriptions of the same for Data
//! Center, and after recorded answers where these are silent.

mod adf;
mod boards;
mod cards;
mod changelog;
mod entry;
mod fields;
mod headers;
mod jql;
mod lists;
mod people;
mod refusals;
mod routes;
mod search;
mod settings;
mod site;
mod sprints;
mod time;
mod wire;
pub mod world;

use anyhow::Result;

use crate::far::{Asked, Fake, Realm, Reply, Service};
use crate::faults::Refusal;
use entry::Door;

pub use settings::{Flavour, JiraSettings};
pub use world::{BoardType, Category, Edit, Filter, NewBoard, NewCard, NewSprint, SprintPhase, World};

/// The number that Atlassian's gateway has for the site.
const CLOUD_ID: &str = "3f5c1a7e-0d2b-4c6d-9e8f-a1b2c3d4e5f6";

/// A fake Jira. Made by [`FakeJira::start`].
pub type FakeJira = Fake<Jira>;

/// How Jira answers.
#[derive(Debug)]
pub struct Jira {
    settings: JiraSettings,
    realm: Realm,
    world: World,
}

impl FakeJira {
    /// Starts a fake Jira with an empty world on a port of its own.
    ///
    /// # Errors
    /// Where no socket can be opened.
    pub fn start(settings: JiraSettings) -> Result<Self> {
        Self::with_world(settings, &World::new())
    }

    /// Starts a fake Jira that tells of this world.
    ///
    /// # Errors
    /// Where no socket can be opened.
    pub fn with_world(settings: JiraSettings, world: &World) -> Result<Self> {
        Self::run(Jira { settings, realm: Realm::default(), world: world.clone() })
    }

    /// What it tells of.
    #[must_use]
    pub fn world(&self) -> World {
        self.service().world.clone()
    }

    /// The address that a person would give, with the context path.
    #[must_use]
    pub fn site(&self) -> String {
        format!("{}{}", self.url(), self.service().settings.context_path)
    }

    /// The site's number at the gateway, which this fake serves under `/ex/jira/CLOUDID`.
    #[must_use]
    pub fn cloud_id(&self) -> String {
        CLOUD_ID.to_owned()
    }
}

/// A request that came in by one of the doors.
#[derive(Clone, Copy)]
struct Call<'call> {
    jira: &'call Jira,
    asked: &'call Asked,
    /// The segments below site or gateway: they begin with `rest`.
    below: &'call [String],
    /// The address that links to itself begin with.
    base: &'call str,
    /// Who asks; empty where nobody is known.
    login: &'call str,
    /// Their address; empty likewise.
    email: &'call str,
}

impl Call<'_> {
    fn settings(&self) -> &JiraSettings {
        &self.jira.settings
    }
}

impl Service for Jira {
    fn realm(&self) -> &Realm {
        &self.realm
    }

    fn answer(&self, asked: &Asked) -> Reply {
        match Door::of(self, asked) {
            Some(door) => entry::answer(self, asked, &door),
            None => {
                Reply::html(404, "<!DOCTYPE html><html><title>Oops, you've found a dead link.</title></html>")
            }
        }
    }

    fn refuse(&self, asked: &Asked, refusal: &Refusal) -> Reply {
        refusals::refuse(self, asked, refusal)
    }

    fn route(&self, asked: &Asked) -> Vec<String> {
        Door::of(self, asked).map_or_else(|| asked.segments.clone(), |door| door.below.to_vec())
    }
}
