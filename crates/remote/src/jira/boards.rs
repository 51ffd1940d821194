//! Boards and their sprints.

use pdt_domain::jira::{Board, Sprint};

use super::listing::Listing;
use super::{Jira, agile, unless_gone, wire};
use crate::http::{Call, Kind, RemoteError};

/// More is never granted for boards and sprints, whatever is asked.
const PAGE: u64 = 50;

/// Which of a board's sprints are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sprints {
    /// All there ever were. They come closed first.
    All,
    /// Those that go on, and those that are planned.
    Open,
}

impl Jira {
    /// All boards that the account may see, of every kind, each once.
    /// <https://developer.atlassian.com/cloud/jira/software/rest/api-group-board/>
    ///
    /// # Errors
    /// Those of [`ApiClient::send`](crate::http::ApiClient::send); [`Kind::PageLoop`] where the list does not end,
    /// and [`Kind::Unreadable`] where it holds what is no board. No list is ever cut short without an error.
    pub async fn boards(&self) -> Result<Vec<Board>, RemoteError> {
        let listing: Listing<wire::Board> = Listing::new(&self.client, Call::get(agile("board")), PAGE);
        let boards = listing.all().await?;
        self.usable(boards.into_iter().map(Board::try_from).collect())
    }

    /// A board's sprints, each once; `None` where it is no board for sprints, which Jira says with 400 or 422.
    ///
    /// # Errors
    /// Those of [`Jira::boards`].
    pub async fn sprints(&self, board: i64, which: Sprints) -> Result<Option<Vec<Sprint>>, RemoteError> {
        let call = Call::get(agile(&format!("board/{board}/sprint")));
        let call = match which {
            Sprints::All => call,
            Sprints::Open => call.query("state", "active,future"),
        };
        let listing: Listing<wire::Sprint> = Listing::new(&self.client, call, PAGE);
        match listing.all().await {
            Ok(sprints) => self.usable(sprints.into_iter().map(Sprint::try_from).collect()).map(Some),
            Err(error) if holds_none(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// One sprint, whichever boards show it; `None` where it was deleted.
    /// <https://developer.atlassian.com/cloud/jira/software/rest/api-group-sprint/>
    ///
    /// # Errors
    /// Those of [`ApiClient::send`](crate::http::ApiClient::send).
    pub async fn sprint(&self, id: i64) -> Result<Option<Sprint>, RemoteError> {
        let answer = self.client.send(Call::get(agile(&format!("sprint/{id}")))).await;
        let Some(answer) = unless_gone(answer)? else { return Ok(None) };
        self.usable(answer.json::<wire::Sprint>()?.try_into()).map(Some)
    }
}

fn holds_none(error: &RemoteError) -> bool {
    error.kind == Kind::Unprocessable && matches!(error.status(), Some(400 | 422))
}
