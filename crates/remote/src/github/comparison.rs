//! The difference between two commits, to its end.
//!
//! <https://docs.github.com/en/rest/commits/commits#compare-two-commits>: oldest first; paged only when a page
//! is asked for, otherwise cut at 250 commits.

use futures::{StreamExt, stream};

use super::wire;
use crate::http::{ApiClient, Call, Kind, RemoteError};
use crate::source::{CommitPage, CommitPages};

const PAGE: usize = 100;

struct Place {
    next: Option<Call>,
    received: usize,
    pages: usize,
}

/// The pages of the comparison at `path`.
pub(super) fn pages(client: &ApiClient, path: &str) -> CommitPages<'static> {
    let first = Call::get(path).query("per_page", PAGE.to_string()).query("page", "1");
    let begin = Place { next: Some(first), received: 0, pages: 0 };
    let client = client.clone();
    stream::try_unfold(begin, move |place| {
        let client = client.clone();
        async move { page(&client, place).await }
    })
    .boxed()
}

async fn page(client: &ApiClient, mut place: Place) -> Result<Option<(CommitPage, Place)>, RemoteError> {
    let Some(call) = place.next.take() else { return Ok(None) };
    let answer = client.send(call).await?;
    let comparison: wire::Comparison = answer.json()?;
    let total = comparison.total_commits;
    place.received += comparison.commits.len();
    place.pages += 1;
    place.next = answer.next().map(Call::absolute);
    check(client, &place, total)?;
    let commits = comparison.commits.into_iter().map(Into::into).collect();
    Ok(Some((CommitPage { commits, has_next: place.next.is_some(), total: Some(total) }, place)))
}

/// The service says how many commits there are: fewer would be a list cut in silence, more pages one that
/// does not end.
fn check(client: &ApiClient, place: &Place, total: usize) -> Result<(), RemoteError> {
    if place.next.is_none() && place.received < total {
        let said = format!("{} of {total} commits of a comparison came", place.received);
        return Err(client.error(Kind::Unprocessable, &said));
    }
    if place.next.is_some() && place.pages > total.div_ceil(PAGE) {
        return Err(client.error(Kind::PageLoop, "a comparison does not end"));
    }
    Ok(())
}
