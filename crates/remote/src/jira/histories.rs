//! Whole changelogs, of cards whose own came cut.

use std::collections::{BTreeMap, HashSet};

use futures::{StreamExt, stream};
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

/// How many cards are asked for side by side where each needs requests of its own. The client lets fewer through.
const SIDE_BY_SIDE: usize = 8;

/// A card whose changelog came cut.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CutHistory {
    /// Jira's number of the card.
    pub id: String,
    /// The numbers of the entries that are known.
    pub known: HashSet<String>,
    /// How many entries there are beside these; `None` where that is not known.
    pub missing: Option<usize>,
}

impl CutHistory {
    /// The whole changelog of a card.
    #[must_use]
    pub fn whole(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }
}

/// What came of asking for changelogs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Histories {
    /// What is missing, by the number of the card, oldest first; entries that are known may come along. Cards that are
    /// gone are absent.
    pub found: BTreeMap<String, Vec<Change>>,
    /// The cards whose changelog could not be read, and why; the others could.
    pub failed: Vec<(String, RemoteError)>,
}

impl Histories {
    /// Takes what came of one card. An error that would meet every other card as well ends it all.
    fn take(&mut self, id: &str, came: Result<Option<Vec<Change>>, RemoteError>) -> Result<(), RemoteError> {
        match came {
            Ok(Some(changes)) => drop(self.found.insert(id.to_owned(), changes)),
            Ok(None) => {}
            Err(error) if is_of_the_account(&error.kind) => return Err(error),
            Err(error) => self.failed.push((id.to_owned(), error)),
        }
        Ok(())
    }
}

fn is_of_the_account(kind: &Kind) -> bool {
    matches!(kind, Kind::TokenRefused | Kind::Limited { .. } | Kind::Offline | Kind::Cancelled)
}

/// What was found, by the number of the card.
type Found = BTreeMap<String, Vec<Change>>;

impl Jira {
    /// What is missing of these cards' changelogs.
    ///
    /// # Errors
    /// Those of [`Jira::boards`]; [`Kind::Unreadable`] also where a server sends fewer entries than it says there are.
    pub async fn histories(&self, cut: &[CutHistory]) -> Result<Histories, RemoteError> {
        match self.deployment {
            Deployment::Cloud => self.histories_of_many(cut).await,
            Deployment::DataCenter => self.histories_with_cards(cut).await,
        }
    }

    /// Many cards at once; where that is refused, or too much, one by one.
    async fn histories_of_many(&self, cut: &[CutHistory]) -> Result<Histories, RemoteError> {
        let mut all = Histories::default();
        for (at, some) in cut.chunks(CARDS_AT_ONCE).enumerate() {
            let these = match self.histories_at_once(some).await {
                Err(error) if error.kind == Kind::TooLarge => None,
                answer => unless_refused(answer)?,
            };
            let Some(these) = these else {
                let rest = cut.get(at * CARDS_AT_ONCE..).unwrap_or_default();
                self.histories_by_pages(rest, &mut all).await?;
                break;
            };
            all.found.extend(these);
        }
        Ok(all)
    }

    /// Entries of one card may be spread over several pages, and stand in no order that PDT relies on.
    async fn histories_at_once(&self, cut: &[CutHistory]) -> Result<Found, RemoteError> {
        let ids: Vec<&str> = cut.iter().map(|card| card.id.as_str()).collect();
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

    async fn histories_by_pages(&self, cut: &[CutHistory], all: &mut Histories) -> Result<(), RemoteError> {
        let asking: Vec<_> = cut.iter().map(|card| self.history_by_pages(card)).collect();
        let mut coming = stream::iter(asking).buffered(SIDE_BY_SIDE).zip(stream::iter(cut));
        while let Some((came, card)) = coming.next().await {
            all.take(&card.id, came)?;
        }
        Ok(())
    }

    /// Pages come oldest first, and what is known are the newest: no more are read than hold what is missing.
    async fn history_by_pages(&self, card: &CutHistory) -> Result<Option<Vec<Change>>, RemoteError> {
        let path = self.platform(&format!("issue/{}/changelog", encode_segment(&card.id)));
        let mut listing: Listing<wire::History> = Listing::new(&self.client, Call::get(path), PAGE);
        let mut changes: Vec<Change> = Vec::new();
        let has_all = |changes: &[Change]| {
            let new = changes.iter().filter(|change| !card.known.contains(&change.id)).count();
            card.missing.is_some_and(|missing| new >= missing)
        };
        while !has_all(&changes) {
            let Some(page) = unless_gone(listing.next().await)? else { return Ok(None) };
            let Some(page) = page else { break };
            changes.extend(
                self.usable(page.into_iter().map(|entry| entry.change()).collect::<Result<Vec<_>, _>>())?,
            );
        }
        Ok(Some(joined_changes(changes)))
    }

    /// A company's own server has no list of changes: they come with the card, all of them.
    async fn histories_with_cards(&self, cut: &[CutHistory]) -> Result<Histories, RemoteError> {
        let mut all = Histories::default();
        for CutHistory { id, .. } in cut {
            all.take(id, self.history_with_card(id).await)?;
        }
        Ok(all)
    }

    async fn history_with_card(&self, id: &str) -> Result<Option<Vec<Change>>, RemoteError> {
        let call = Call::get(agile(&format!("issue/{}", encode_segment(id))));
        let call = call.query("fields", "key").query("expand", "changelog");
        let Some(answer) = unless_gone(self.client.send(call).await)? else { return Ok(None) };
        self.usable(answer.json::<wire::Issue>()?.whole_changelog()).map(Some)
    }
}

fn joined(found: Found) -> Found {
    found.into_iter().map(|(id, changes)| (id, joined_changes(changes))).collect()
}
