//! Lists, page by page, to their end.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use url::Url;

use super::{Answer, ApiClient, Call, RemoteError};

/// More pages than any list that PDT reads can have.
const MOST_PAGES: usize = 10_000;

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// What is on it, in the service's order. Empty for a list that did not change, and for the page that
    /// GitLab announces after a full last one.
    pub items: Vec<T>,
    /// The answer it came in.
    pub answer: Answer,
    /// Whether another page follows.
    pub has_next: bool,
}

/// The pages of a list, fetched one at a time as they are asked for.
pub struct Pages<T> {
    client: ApiClient,
    next: Option<Call>,
    /// Addresses that were read or are to be read next.
    seen: HashSet<Url>,
    most: usize,
    items: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned + Send> Pages<T> {
    pub(super) fn new(client: ApiClient, first: Call) -> Self {
        Self { client, next: Some(first), seen: HashSet::new(), most: MOST_PAGES, items: PhantomData }
    }

    /// Refuses to read more than `most` pages instead of the 10,000 that no list reaches.
    #[must_use]
    pub fn at_most(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// The next page, or `None` after the last. After an error there is no further page.
    ///
    /// # Errors
    /// Those of [`ApiClient::send`]; [`Unreadable`](super::Kind::Unreadable) where the body is no list of `T`;
    /// [`ForeignOrigin`](super::Kind::ForeignOrigin) where the next page is said to be elsewhere, without asking
    /// there; [`PageLoop`](super::Kind::PageLoop) where an address comes a second time or the list does not end.
    /// What was cut short is always an error, never an end.
    pub async fn next(&mut self) -> Result<Option<Page<T>>, RemoteError> {
        let Some(call) = self.next.take() else { return Ok(None) };
        let answer = self.client.send(call.clone()).await?;
        if answer.not_modified() {
            return Ok(Some(Page { items: Vec::new(), answer, has_next: false }));
        }
        let items = answer.json()?;
        self.seen.insert(answer.url.clone());
        self.next = self.following(&call, &answer)?;
        Ok(Some(Page { items, answer, has_next: self.next.is_some() }))
    }

    /// The call for the page after this one. A link that cannot be followed is an error now, so that a caller who
    /// trusts `has_next` never takes a part for the whole.
    fn following(&mut self, call: &Call, answer: &Answer) -> Result<Option<Call>, RemoteError> {
        let Some(link) = answer.next() else { return Ok(None) };
        let url = self.client.keep(link)?;
        if self.seen.len() >= self.most || !self.seen.insert(url.clone()) {
            return Err(self.client.endless());
        }
        Ok(Some(call.next_page(url)))
    }

    /// All that is left, in one list; for lists that are known to be short.
    ///
    /// # Errors
    /// Those of [`Pages::next`].
    pub async fn all(mut self) -> Result<Vec<T>, RemoteError> {
        let mut items = Vec::new();
        while let Some(page) = self.next().await? {
            items.extend(page.items);
        }
        Ok(items)
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("next", &self.next)
            .field("read", &self.seen.len())
            .finish_non_exhaustive()
    }
}
