//! A fake GitHub: REST and the one GraphQL query that lists refs.
//!
//! Behaviour after <https://docs.github.com/en/rest> (its pages on pagination, rate limits, best practices and
//! each route) and recorded answers.

mod activity;
mod branches;
mod commits;
mod compare;
mod graphql;
mod headers;
mod refusals;
mod routes;
mod wire;

use anyhow::Result;
use chrono::{DateTime, Utc};

use crate::far::shelf::Shelved;
use crate::far::tokens::{Allowance, Grant};
use crate::far::{Asked, Fake, Realm, Reply, Service};
use crate::faults::Refusal;
use crate::git::Since;

/// A fake GitHub. Made by [`FakeGithub::start`].
pub type FakeGithub = Fake<Github>;

/// How a fake GitHub is set up. By default an Enterprise server with its API under `/api/v3` and
/// `/api/graphql`, with the limit headers of github.com.
#[derive(Debug, Clone, Default)]
pub struct GithubSettings {
    flavour: Flavour,
    limits: Limits,
    graphql: Graphql,
    since: Since,
    poll_interval: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Flavour {
    #[default]
    Enterprise,
    DotCom,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Limits {
    #[default]
    Kept,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Graphql {
    #[default]
    Served,
    Absent,
}

impl GithubSettings {
    /// As `api.github.com`: the API at the root, without a prefix.
    #[must_use]
    pub fn dot_com(mut self) -> Self {
        self.flavour = Flavour::DotCom;
        self
    }

    /// Without limits and their headers, and `/rate_limit` is 404: an Enterprise server as installed.
    #[must_use]
    pub fn without_limits(mut self) -> Self {
        self.limits = Limits::Unknown;
        self
    }

    /// Without GraphQL: 404.
    #[must_use]
    pub fn without_graphql(mut self) -> Self {
        self.graphql = Graphql::Absent;
        self
    }

    /// With this treatment of `since`, instead of git's own.
    #[must_use]
    pub fn since(mut self, since: Since) -> Self {
        self.since = since;
        self
    }

    /// With `x-poll-interval` in seconds on every answer.
    #[must_use]
    pub fn poll_interval(mut self, seconds: u64) -> Self {
        self.poll_interval = Some(seconds);
        self
    }
}

/// How GitHub answers.
#[derive(Debug)]
pub struct Github {
    settings: GithubSettings,
    realm: Realm,
}

impl FakeGithub {
    /// Starts a fake GitHub on a port of its own.
    ///
    /// # Errors
    /// Where no socket can be opened.
    pub fn start(settings: GithubSettings) -> Result<Self> {
        Self::run(Github { settings, realm: Realm::default() })
    }

    /// Leaves a login this many GraphQL requests until `reset`; REST has an allowance of its own.
    pub fn set_graphql_remaining(&self, login: &str, remaining: u64, reset: DateTime<Utc>) {
        let allowance = Allowance { limit: 5000.max(remaining), remaining, reset };
        self.service().realm.tokens.set_allowance(&format!("{login} graphql"), allowance);
    }
}

/// A request by somebody who is known.
#[derive(Clone, Copy)]
struct Call<'call> {
    github: &'call Github,
    asked: &'call Asked,
    grant: &'call Grant,
}

impl Call<'_> {
    /// The API's own URL, such as `http://127.0.0.1:1234/api/v3`.
    fn api(&self) -> String {
        format!("{}{}", self.asked.origin, self.github.prefix())
    }

    /// Whether this person may know that the repository exists.
    fn may_see(&self, shelved: &Shelved) -> bool {
        use crate::far::tokens::TokenKind::{Classic, FineGrained};
        let by_token = match self.grant.kind {
            Classic => self.grant.has_one_of(&["repo"]),
            FineGrained => true,
        };
        by_token && shelved.is_open_to(&self.grant.login)
    }
}

impl Github {
    fn prefix(&self) -> &'static str {
        match self.settings.flavour {
            Flavour::Enterprise => "/api/v3",
            Flavour::DotCom => "",
        }
    }

    /// The segments below the API's prefix; GraphQL is `["graphql"]`. None outside the API.
    fn below_prefix<'asked>(&self, asked: &'asked Asked) -> Option<&'asked [String]> {
        let segments = asked.segments.as_slice();
        match (self.settings.flavour, segments) {
            (Flavour::Enterprise, [api, rest @ ..]) if api == "api" => match rest {
                [version, rest @ ..] if version == "v3" => Some(rest),
                [graphql] if graphql == "graphql" => Some(rest),
                _ => None,
            },
            (Flavour::Enterprise, _) => None,
            (Flavour::DotCom, _) => Some(segments),
        }
    }
}

impl Service for Github {
    fn realm(&self) -> &Realm {
        &self.realm
    }

    fn answer(&self, asked: &Asked) -> Reply {
        if asked.header("user-agent").is_none_or(str::is_empty) {
            return refusals::no_user_agent();
        }
        if self.below_prefix(asked).is_none() {
            return Reply::html(404, "<!DOCTYPE html><html><title>Page not found</title></html>");
        }
        let Some(token) = asked.credential() else {
            return headers::dress_anonymous(self, refusals::not_signed_in());
        };
        let known = self.realm.tokens.find(token);
        let Some(grant) = known.filter(|grant| grant.state == crate::far::tokens::TokenState::Valid) else {
            return headers::dress_anonymous(self, self.refuse(asked, &Refusal::BadToken));
        };
        let call = Call { github: self, asked, grant: &grant };
        let reply = headers::limit_reached(&call).unwrap_or_else(|| routes::answer(&call));
        headers::dress(&call, reply)
    }

    fn refuse(&self, asked: &Asked, refusal: &Refusal) -> Reply {
        refusals::refuse(self, asked, refusal)
    }

    fn route(&self, asked: &Asked) -> Vec<String> {
        let below = self.below_prefix(asked).unwrap_or(&asked.segments);
        let by_id = |id: &String| self.realm.shelf.by_id(id.parse().ok()?);
        match below {
            [word, id, rest @ ..] if word == "repositories" => by_id(id).map_or(below.to_vec(), |shelved| {
                let name = ["repos", shelved.owner(), shelved.name()].map(str::to_owned);
                [&name[..], rest].concat()
            }),
            _ => below.to_vec(),
        }
    }
}
