//! Lists whose pages are asked for by the number of their first item.
//!
//! What an answer says of itself is believed, not what was asked for: a server grants fewer items than it was asked
//! for, and leaves out the total, or whether a page is the last.

use std::collections::HashSet;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::http::{ApiClient, Call, Kind, RemoteError};

/// More pages than any list that PDT reads can have.
const MOST_PAGES: usize = 10_000;

/// So many pages in a row that bring nothing new are no list any more.
const MOST_STALE: u32 = 3;

/// An item that can be told from others.
pub(super) trait Item: DeserializeOwned + Send {
    /// Jira's number, where the item has one.
    fn number(&self) -> Option<String>;
}

/// A list, fetched page by page. Pages may shift between two requests: no item comes twice.
pub(super) struct Listing<W> {
    client: ApiClient,
    call: Call,
    /// How many items are asked for at once: fewer, once an answer was larger than PDT takes.
    size: u64,
    place: Place,
    seen: HashSet<String>,
    is_over: bool,
    items: PhantomData<fn() -> W>,
}

impl<W: Item> Listing<W> {
    /// The list that this call asks for.
    pub(super) fn new(client: &ApiClient, call: Call, size: u64) -> Self {
        Self {
            client: client.clone(),
            call,
            size,
            place: Place::default(),
            seen: HashSet::new(),
            is_over: false,
            items: PhantomData,
        }
    }

    /// The next page with something new on it, or `None` after the last. After an error there is no further page.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<W>>, RemoteError> {
        while !self.is_over {
            self.is_over = true;
            let page = self.page().await?;
            let (head, received) = (page.head(self.size), page.values.len());
            let items: Vec<W> = page.values.into_iter().filter(|item| self.is_new(item)).collect();
            match self.place.after(head, Count { received, new: items.len() }) {
                Step::Next => self.is_over = false,
                Step::End => {}
                Step::Endless => return Err(self.client.endless()),
            }
            if !items.is_empty() {
                return Ok(Some(items));
            }
        }
        Ok(None)
    }

    /// What stands at the place where the list is; less of it, where all of it is too much at once.
    async fn page(&mut self) -> Result<Page<W>, RemoteError> {
        loop {
            match self.client.send(self.next_call()).await {
                Err(error) if error.kind == Kind::TooLarge && self.size > 1 => {
                    self.size = self.size.div_ceil(5);
                }
                answer => return answer?.json(),
            }
        }
    }

    /// All of it.
    pub(super) async fn all(mut self) -> Result<Vec<W>, RemoteError> {
        let mut items = Vec::new();
        while let Some(page) = self.next().await? {
            items.extend(page);
        }
        Ok(items)
    }

    fn next_call(&self) -> Call {
        let (start, size) = (self.place.start.to_string(), self.size.to_string());
        self.call.clone().query("startAt", start).query("maxResults", size)
    }

    /// An item without a number is let through: whoever reads it says what is wrong with it.
    fn is_new(&mut self, item: &W) -> bool {
        item.number().is_none_or(|number| self.seen.insert(number))
    }
}

/// A page as it comes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page<W> {
    start_at: Option<i64>,
    max_results: Option<i64>,
    total: Option<i64>,
    is_last: Option<bool>,
    #[serde(alias = "issues")]
    values: Vec<W>,
}

impl<W> Page<W> {
    fn head(&self, asked: u64) -> Head {
        let count = |number: Option<i64>| number.and_then(|number| u64::try_from(number).ok());
        Head {
            start: count(self.start_at),
            granted: count(self.max_results).filter(|granted| *granted > 0).unwrap_or(asked),
            total: count(self.total),
            is_last: self.is_last,
        }
    }
}

/// What a page says of itself.
#[derive(Debug, Clone, Copy)]
struct Head {
    start: Option<u64>,
    granted: u64,
    total: Option<u64>,
    is_last: Option<bool>,
}

/// How many items a page held, and how many of them were not there before.
#[derive(Debug, Clone, Copy)]
struct Count {
    received: usize,
    new: usize,
}

/// What follows a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Another page.
    Next,
    /// Nothing: that was the last page.
    End,
    /// What comes is no list that ends.
    Endless,
}

/// Where a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Place {
    /// The number of the first item to ask for.
    start: u64,
    total: Option<u64>,
    pages: usize,
    stale: u32,
    /// The page asked for overlaps what was read, on purpose.
    is_overlapping: bool,
}

impl Place {
    fn after(&mut self, head: Head, count: Count) -> Step {
        self.pages += 1;
        let lost = self.lost(head, count);
        if count.received == 0 && lost == 0 {
            return Step::End;
        }
        if head.start.is_some_and(|start| start != self.start) || self.is_stuck(head, count) {
            return Step::Endless;
        }
        self.is_overlapping = lost > 0;
        let end = self.start.saturating_add(items(count.received));
        if lost > 0 {
            self.start -= lost;
        } else if is_last(head, end, items(count.received)) {
            return Step::End;
        } else {
            self.start = end;
        }
        Step::Next
    }

    /// Items that are not new on a full page: the server gives the same page for every start.
    fn is_stuck(&mut self, head: Head, count: Count) -> bool {
        self.stale = if count.new == 0 { self.stale + 1 } else { 0 };
        let is_full = items(count.received) >= head.granted;
        let repeats = count.new == 0 && is_full && !self.is_overlapping;
        repeats || self.stale >= MOST_STALE || self.pages >= MOST_PAGES
    }

    /// How many items left the list since the page before. Those behind them moved up, over the border between the
    /// two pages: so far back reading goes on. An empty page that knows of no items at all lies behind the end.
    fn lost(&mut self, head: Head, count: Count) -> u64 {
        let total = head.total.filter(|total| count.received > 0 || *total > 0);
        let before = self.total;
        self.total = total.or(before);
        let lost = before.zip(total).map_or(0, |(before, now)| before.saturating_sub(now));
        lost.min(self.start)
    }
}

fn items(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// The page's own word counts first, then the total; without either, a page that is not full is the last.
fn is_last(head: Head, end: u64, received: u64) -> bool {
    head.is_last.unwrap_or_else(|| head.total.map_or(received < head.granted, |total| end >= total))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: Head = Head { start: None, granted: 50, total: None, is_last: None };

    fn at(start: u64) -> Place {
        Place { start, ..Place::default() }
    }

    fn all_new(received: usize) -> Count {
        Count { received, new: received }
    }

    /// What follows a first page, and where it begins.
    fn after_first(head: Head, received: usize) -> (Step, u64) {
        let mut place = Place::default();
        (place.after(head, all_new(received)), place.start)
    }

    #[test]
    fn the_answers_word_is_believed() {
        let says = |is_last| Head { is_last: Some(is_last), ..BARE };
        assert_eq!(after_first(says(true), 50), (Step::End, 0), "a full page may be the last");
        assert_eq!(after_first(says(false), 7), (Step::Next, 7), "a short one need not be: it goes on there");
        let of = |total| Head { total: Some(total), ..BARE };
        assert_eq!(after_first(of(50), 50), (Step::End, 0));
        assert_eq!(after_first(of(51), 50), (Step::Next, 50));
        assert_eq!(after_first(of(51), 20), (Step::Next, 20), "fewer were given than granted");
        assert_eq!(after_first(Head { is_last: Some(true), ..of(500) }, 50), (Step::End, 0));
    }

    #[test]
    fn without_its_word_a_page_that_is_not_full_is_the_last() {
        assert_eq!(after_first(BARE, 50), (Step::Next, 50));
        assert_eq!(after_first(BARE, 49), (Step::End, 0));
        let fewer = Head { granted: 20, ..BARE };
        assert_eq!(after_first(fewer, 20), (Step::Next, 20), "full is what was granted, not what was asked");
    }

    #[test]
    fn an_empty_page_is_the_end_whatever_it_says() {
        let more = Head { total: Some(900), is_last: Some(false), ..BARE };
        assert_eq!(after_first(more, 0), (Step::End, 0));
    }

    #[test]
    fn a_page_from_elsewhere_is_no_page_of_this_list() {
        let first = Head { start: Some(0), ..BARE };
        assert_eq!(at(0).after(first, all_new(50)), Step::Next);
        assert_eq!(at(50).after(first, all_new(50)), Step::Endless, "the first page again");
    }

    #[test]
    fn a_page_that_repeats_what_was_read_is_an_error() {
        let none_new = |received| Count { received, new: 0 };
        assert_eq!(at(50).after(BARE, none_new(50)), Step::Endless, "a full one at once");
        let mut place = at(50);
        let goes_on = Head { is_last: Some(false), ..BARE };
        assert_eq!(place.after(goes_on, none_new(3)), Step::Next, "a short one may have shifted");
        assert_eq!(place.after(goes_on, none_new(3)), Step::Next);
        assert_eq!(place.after(goes_on, none_new(3)), Step::Endless, "but not for ever");
    }

    #[test]
    fn a_list_that_shrinks_is_read_again_from_where_it_may_have_moved() {
        let of = |total| Head { total: Some(total), ..BARE };
        let mut place = Place::default();
        assert_eq!(place.after(of(120), all_new(50)), Step::Next);
        assert_eq!(place.after(of(118), all_new(50)), Step::Next);
        assert_eq!(place.start, 48, "two left the list: two may have slipped to the first page");
        assert_eq!(place.after(of(118), Count { received: 50, new: 0 }), Step::Next, "they were others");
        assert_eq!(place.start, 98);
        assert_eq!(place.after(of(118), all_new(20)), Step::End);
        let mut place = Place::default();
        assert_eq!(place.after(of(60), all_new(50)), Step::Next);
        assert_eq!(place.after(of(59), all_new(9)), Step::Next, "also where the last page tells it");
        assert_eq!(place.start, 49);
        let mut place = Place::default();
        assert_eq!(place.after(of(51), all_new(50)), Step::Next);
        assert_eq!(place.after(of(50), all_new(0)), Step::Next, "and where nothing is left on it");
        assert_eq!(place.start, 49);
        let mut place = Place::default();
        assert_eq!(place.after(of(60), all_new(50)), Step::Next);
        assert_eq!(place.after(of(0), all_new(0)), Step::End, "there is nothing behind the end of a list");
    }

    #[test]
    fn a_list_is_not_read_for_ever() {
        let mut place = Place::default();
        let pages = (0..20_000).take_while(|_| place.after(BARE, all_new(50)) == Step::Next).count();
        assert!(pages < MOST_PAGES, "{pages}");
    }
}
