//! Which cards are where, by number and key alone.

use std::collections::HashSet;

use pdt_domain::jira::Deployment;

use super::cards::{IN_ORDER, Place};
use super::listing::{Listing, Step};
use super::tokens::Tokens;
use super::{Jira, unless_refused, wire};
use crate::http::{Call, RemoteError};

/// How many cards are asked for at once where only their numbers are wanted.
const CLOUD_PAGE: u64 = 5_000;

/// The same for a company's own server, which grants no more.
const DATA_CENTER_PAGE: u64 = 1_000;

/// How many sprints one search names, so that it fits into an address.
const SPRINTS_AT_ONCE: usize = 200;

/// A card that is somewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Member {
    /// Jira's number as text.
    pub id: String,
    /// Its present key, upper-case.
    pub key: String,
}

impl Jira {
    /// The cards that are in any of these sprints, each once. `None` where the server does not take the search: each
    /// sprint has to be [`listed`](Jira::listed) instead.
    /// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-post>
    ///
    /// # Errors
    /// Those of [`Jira::boards`]; [`Kind::PageLoop`](crate::http::Kind::PageLoop) also where a page's token comes a
    /// second time.
    pub async fn members(&self, sprints: &[i64]) -> Result<Option<Vec<Member>>, RemoteError> {
        let mut members = Vec::new();
        for some in sprints.chunks(SPRINTS_AT_ONCE) {
            let Some(found) = unless_refused(self.search(&jql(some)).await)? else { return Ok(None) };
            members.extend(found);
        }
        let mut seen = HashSet::new();
        members.retain(|member: &Member| seen.insert(member.id.clone()));
        Ok(Some(members))
    }

    /// The cards at a place, each once, by its own list.
    ///
    /// # Errors
    /// Those of [`Jira::boards`].
    pub async fn listed(&self, place: Place) -> Result<Vec<Member>, RemoteError> {
        let call = Call::get(place.path()).query("fields", "key").query("jql", IN_ORDER);
        self.members_of(Listing::new(&self.client, call, DATA_CENTER_PAGE)).await
    }

    async fn search(&self, jql: &str) -> Result<Vec<Member>, RemoteError> {
        match self.deployment {
            Deployment::Cloud => self.search_by_token(jql).await,
            Deployment::DataCenter => {
                let call = Call::get(self.platform("search")).query("jql", jql).query("fields", "key");
                self.members_of(Listing::new(&self.client, call, DATA_CENTER_PAGE)).await
            }
        }
    }

    async fn members_of(&self, listing: Listing<wire::Issue>) -> Result<Vec<Member>, RemoteError> {
        let issues = listing.all().await?;
        self.usable(issues.iter().map(wire::Issue::member).collect())
    }

    async fn search_by_token(&self, jql: &str) -> Result<Vec<Member>, RemoteError> {
        let question =
            [("jql", jql.into()), ("fields", vec!["key"].into()), ("maxResults", CLOUD_PAGE.into())];
        let mut tokens = Tokens::new(self.platform("search/jql"), question);
        let mut members: Vec<Member> = Vec::new();
        loop {
            let page: wire::Found = self.client.send(tokens.call()).await?.json()?;
            let found: Vec<Member> = self.usable(page.issues.iter().map(wire::Issue::member).collect())?;
            let step = tokens.after(page.next_token(), found.len());
            members.extend(found);
            match step {
                Step::Next => {}
                Step::End => return Ok(members),
                Step::Endless => return Err(self.client.endless()),
            }
        }
    }
}

fn jql(sprints: &[i64]) -> String {
    let sprints: Vec<String> = sprints.iter().map(i64::to_string).collect();
    format!("sprint in ({}) {IN_ORDER}", sprints.join(","))
}
