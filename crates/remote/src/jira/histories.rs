//! Whole changelogs, of cards whose own came cut.

use std::collections::BTreeMap;

use pdt_domain::jira::{Change, Deployment, joined_changes};

use super::listing::{Listing, Step};
use super::tokens::Tokens;
use super::{Jira, agile, unless_gone, unless_refused, wire};
use crate::encode_segment;
use crate::http::{Call, Kind, RemoteError};

/// How many cards one question may name.
/// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-changelog-bulkfetch-post>
const CARDS_AT_ONCE: usize = 1_000;

/// How many entries an answer to it shall bring.
const ENTRIES_AT_ONCE: u64 = 5_000;

/// How many entries of one card are asked for at once.
const PAGE: u64 = 100;

/// What was found, by the number of the card.
type Found = BTreeMap<String, Vec<Change>>;

impl Jira {
    /// All that ever changed on these cards, by their numbers, oldest first. Cards that are gone are absent.
    ///
    /// # Errors
    /// Those of [`Jira::boards`]; [`Kind::Unreadable`](crate::http::Kind::Unreadable) also where a server sends fewer
    /// entries than it says there are.
    pub async fn histories(&self, ids: &[String]) -> Result<BTreeMap<String, Vec<Change>>, RemoteError> {
        match self.deployment {
            Deployment::Cloud => self.histories_of_many(ids).await,
            Deployment::DataCenter => self.histories_with_cards(ids).await,
        }
    }

    /// Many cards at once; where that is refused, or too much, one by one.
    async fn histories_of_many(&self, ids: &[String]) -> Result<Found, RemoteError> {
        let mut found = Found::new();
        for (at, some) in ids.chunks(CARDS_AT_ONCE).enumerate() {
            let these = match self.histories_at_once(some).await {
                Err(error) if error.kind == Kind::TooLarge => None,
                answer => unless_refused(answer)?,
            };
            let Some(these) = these else {
                let rest = ids.get(at * CARDS_AT_ONCE..).unwrap_or_default();
                found.extend(self.histories_by_pages(rest).await?);
                break;
            };
            found.extend(these);
        }
        Ok(found)
    }

    /// Entries of one card may be spread over several pages, and stand in no order that PDT relies on.
    async fn histories_at_once(&self, ids: &[String]) -> Result<Found, RemoteError> {
        let question = [("issueIdsOrKeys", ids.into()), ("maxResults", ENTRIES_AT_ONCE.into())];
        let mut tokens = Tokens::new(self.platform("changelog/bulkfetch"), question);
        let mut found = Found::new();
        loop {
            let page: wire::Histories = self.client.send(tokens.call()).await?.json()?;
            let step = tokens.after(page.next_page_token.clone(), page.received());
            for (id, changes) in self.usable(page.by_card())? {
                found.entry(id).or_default().extend(changes);
            }
            match step {
                Step::Next => {}
                Step::End => return Ok(joined(found)),
                Step::Endless => return Err(self.client.endless()),
            }
        }
    }

    async fn histories_by_pages(&self, ids: &[String]) -> Result<Found, RemoteError> {
        let mut found = Found::new();
        for id in ids {
            let path = self.platform(&format!("issue/{}/changelog", encode_segment(id)));
            let listing: Listing<wire::History> = Listing::new(&self.client, Call::get(path), PAGE);
            let Some(entries) = unless_gone(listing.all().await)? else { continue };
            let changes: Vec<Change> =
                self.usable(entries.into_iter().map(|entry| entry.change()).collect())?;
            found.insert(id.clone(), joined_changes(changes));
        }
        Ok(found)
    }

    /// A company's own server has no list of changes: they come with the card, all of them.
    async fn histories_with_cards(&self, ids: &[String]) -> Result<Found, RemoteError> {
        let mut found = Found::new();
        for id in ids {
            let call = Call::get(agile(&format!("issue/{}", encode_segment(id))));
            let call = call.query("fields", "key").query("expand", "changelog");
            let Some(answer) = unless_gone(self.client.send(call).await)? else { continue };
            let changes = self.usable(answer.json::<wire::Issue>()?.whole_changelog())?;
            found.insert(id.clone(), changes);
        }
        Ok(found)
    }
}

fn joined(found: Found) -> Found {
    found.into_iter().map(|(id, changes)| (id, joined_changes(changes))).collect()
}
