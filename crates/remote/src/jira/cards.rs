//! Cards with their fields, and as much of their changelogs as comes with them.

use std::fmt;

use chrono::{DateTime, Utc};
use pdt_domain::jira::FetchedCard;

use super::listing::Listing;
use super::{Jira, agile, unless_gone, wire};
use crate::encode_segment;
use crate::http::{Call, RemoteError};

/// How many cards are asked for at once.
const PAGE: u64 = 100;

/// What PDT keeps of a card, beside the estimate, whose field differs from site to site.
const FIELDS: &str = "summary,description,status,assignee,issuetype,priority,labels,parent,subtasks,sprint,closedSprints,created,updated,comment";

/// The order in which lists are read, so that a card that changes meanwhile does not move between their pages.
pub(super) const IN_ORDER: &str = "ORDER BY created ASC";

/// Where cards are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In a sprint: now, or when it was closed.
    Sprint(i64),
    /// On a board.
    Board(i64),
    /// In a board's backlog.
    Backlog(i64),
}

impl Place {
    /// The path of its list.
    pub(super) fn path(self) -> String {
        agile(&match self {
            Self::Sprint(id) => format!("sprint/{id}/issue"),
            Self::Board(id) => format!("board/{id}/issue"),
            Self::Backlog(id) => format!("board/{id}/backlog"),
        })
    }
}

/// Which cards are asked for, and what of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CardsWanted {
    /// Only those that changed since then; all, where there is no time.
    pub updated_since: Option<DateTime<Utc>>,
    /// The fields that may hold the estimate, the likeliest first.
    pub story_points: Vec<String>,
}

impl CardsWanted {
    /// Jira reads a date in the account's time zone and to the minute; milliseconds since 1970 mean what they say.
    fn jql(&self) -> String {
        match self.updated_since {
            Some(since) => format!("updated >= {} {IN_ORDER}", since.timestamp_millis()),
            None => IN_ORDER.to_owned(),
        }
    }
}

/// The pages of a list of cards, fetched one at a time as they are asked for.
pub struct CardPages {
    jira: Jira,
    listing: Listing<wire::Issue>,
    story_points: Vec<String>,
}

impl CardPages {
    /// The next page, or `None` after the last; no page is empty, and no card comes twice. After an error there is
    /// no further page.
    ///
    /// # Errors
    /// Those of [`Jira::boards`](super::Jira::boards). What was cut short is always an error, never an end.
    pub async fn next(&mut self) -> Result<Option<Vec<FetchedCard>>, RemoteError> {
        let Some(issues) = self.listing.next().await? else { return Ok(None) };
        let cards = issues.into_iter().map(|issue| issue.card(&self.story_points)).collect();
        self.jira.usable(cards).map(Some)
    }
}

impl fmt::Debug for CardPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CardPages").field("jira", &self.jira).finish_non_exhaustive()
    }
}

impl Jira {
    /// The cards at a place, oldest first.
    /// <https://developer.atlassian.com/cloud/jira/software/rest/api-group-sprint/#api-rest-agile-1-0-sprint-sprintid-issue-get>
    #[must_use]
    pub fn cards(&self, place: Place, wanted: &CardsWanted) -> CardPages {
        let call = whole(Call::get(place.path()), &wanted.story_points).query("jql", wanted.jql());
        CardPages {
            jira: self.clone(),
            listing: Listing::new(&self.client, call, PAGE),
            story_points: wanted.story_points.clone(),
        }
    }

    /// One card by its number; `None` where it was deleted or is not shown. A card that was moved to another project
    /// comes with its new key.
    /// <https://developer.atlassian.com/cloud/jira/software/rest/api-group-issue/>
    ///
    /// # Errors
    /// Those of [`ApiClient::send`](crate::http::ApiClient::send), and
    /// [`Kind::Unreadable`](crate::http::Kind::Unreadable) where what came is no card.
    pub async fn card(&self, id: &str, story_points: &[String]) -> Result<Option<FetchedCard>, RemoteError> {
        let call = whole(Call::get(agile(&format!("issue/{}", encode_segment(id)))), story_points);
        let Some(answer) = unless_gone(self.client.send(call).await)? else { return Ok(None) };
        self.usable(answer.json::<wire::Issue>()?.card(story_points)).map(Some)
    }
}

/// A call that brings all that PDT keeps of a card.
fn whole(call: Call, story_points: &[String]) -> Call {
    let fields = std::iter::once(FIELDS).chain(story_points.iter().map(String::as_str));
    call.query("fields", fields.collect::<Vec<_>>().join(",")).query("expand", "changelog")
}
