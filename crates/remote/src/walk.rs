//! Reads what is wanted behind a tip through the lists that the services' APIs have.
//!
//! In the first run (a window) the list of a tip is read newest first until it has left the window. Later
//! (everything that is new) one page usually closes the history; where it does not, the service is asked for
//! the difference to a settled commit, because the end of a difference is certain and the end of a list is
//! not: new commits may lie behind known ones and be older than the last run.

use std::collections::{HashSet, VecDeque};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use futures::StreamExt;
use pdt_domain::commit::Commit;
use pdt_domain::graph::{History, Placed, Standing, Window, is_believable};
use pdt_domain::ids::Sha;

use crate::http::{Kind, RemoteError};
use crate::source::{CommitPage, CommitPages, Lists, Piece, Reading, RepositoryRef, Wanted};

/// How many ends that a windowed list left unseen are looked at one by one. They are older than the window
/// unless a clock was wrong, and each costs a request.
const MOST_DOUBTS: usize = 1;

/// How many in a repository where a wrong clock was met.
const MOST_DOUBTS_OF_CLOCKS: usize = 100;

/// A difference of more commits than this is not asked for in place of a list that ends with the window.
const LARGEST_DETOUR: usize = 200;

/// The walk behind one tip.
pub(crate) struct Walk<'a> {
    lists: &'a dyn Lists,
    repository: &'a RepositoryRef,
    wanted: Wanted,
    bases: VecDeque<Sha>,
    step: Step<'a>,
    /// Ends to begin a list at, in a windowed read.
    pending: VecDeque<Sha>,
    asked: HashSet<Sha>,
    doubts: usize,
}

enum Step<'a> {
    Begin,
    /// Newest first, until the window is left.
    Windowed {
        pages: CommitPages<'a>,
        last: LastPage,
    },
    /// The difference to a base, to its end.
    Difference(CommitPages<'a>),
    /// Newest first, to the root: nothing settled to compare with.
    WholeLine(CommitPages<'a>),
    Done,
}

/// What the page read last says about going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LastPage {
    None,
    /// It left the window or was the list's last.
    Bottom,
    /// It went on, and brought mostly what is known.
    MostlyKnown,
    /// It went on, and brought news.
    News,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(lists: &'a dyn Lists, repository: &'a RepositoryRef, wanted: Wanted) -> Self {
        let bases = wanted.bases.iter().filter(|base| **base != wanted.tip.sha).cloned().collect();
        Self {
            lists,
            repository,
            wanted,
            bases,
            step: Step::Begin,
            pending: VecDeque::new(),
            asked: HashSet::new(),
            doubts: 0,
        }
    }

    fn begin(&mut self, history: &History) {
        let open = history.open_ends(&self.wanted.tip.sha);
        self.step = match self.wanted.window {
            _ if open.is_empty() => Step::Done,
            Window::Since(_) => {
                self.pending = open.into();
                self.next_list(history)
            }
            Window::Everything => Step::Begin,
        };
    }

    fn newest_first(&self, from: &Sha) -> CommitPages<'a> {
        self.lists.newest_first(self.repository, from)
    }

    fn between(&self, base: &Sha) -> CommitPages<'a> {
        self.lists.between(self.repository, base, &self.wanted.tip.sha)
    }

    /// The list of the next end that is still unseen; after the last, of one that a list left in doubt.
    fn next_list(&mut self, history: &History) -> Step<'a> {
        while let Some(from) = self.pending.pop_front() {
            if !history.contains(&from) && self.asked.insert(from.clone()) {
                return Step::Windowed { pages: self.newest_first(&from), last: LastPage::None };
            }
        }
        let open = history.open_ends(&self.wanted.tip.sha);
        let doubtful = open.into_iter().find(|sha| !self.asked.contains(sha));
        match doubtful {
            Some(from) if self.doubts < most_doubts(history) => {
                self.doubts += 1;
                self.asked.insert(from.clone());
                Step::Windowed { pages: self.newest_first(&from), last: LastPage::None }
            }
            Some(_) | None => Step::Done,
        }
    }

    /// Decides how a windowed read goes on after a piece was stored.
    async fn turn(&mut self, last: LastPage, history: &History) -> Result<Option<Piece>, RemoteError> {
        if history.open_ends(&self.wanted.tip.sha).is_empty() {
            self.step = Step::Done;
        } else if last == LastPage::Bottom {
            self.step = self.next_list(history);
        } else if last == LastPage::MostlyKnown
            && let Some(base) = self.bases.pop_front()
        {
            return self.detour(&base, history).await;
        }
        Ok(None)
    }

    /// Leaves a list of mostly known commits for the difference to a base, if that is a short one.
    async fn detour(&mut self, base: &Sha, history: &History) -> Result<Option<Piece>, RemoteError> {
        let mut pages = self.between(base);
        match pages.next().await {
            Some(Ok(page)) if page.total.is_some_and(|total| total <= LARGEST_DETOUR) => {
                self.step = Step::Difference(pages);
                Ok(Some(self.piece(page.commits, history)))
            }
            Some(Err(error)) if !no_such_difference(&error) => Err(error),
            Some(_) | None => Ok(None),
        }
    }

    /// The first piece of a read of everything new: one page that closes the history, or what it takes.
    async fn first_of_everything(&mut self, history: &History) -> Result<Option<Piece>, RemoteError> {
        let looks_old = self.wanted.tip.committed_at.is_some_and(|date| date < self.wanted.recent);
        if self.bases.is_empty() {
            self.step = Step::WholeLine(self.newest_first(&self.wanted.tip.sha));
            return Ok(None);
        }
        if !looks_old {
            let mut pages = self.newest_first(&self.wanted.tip.sha);
            let commits = pages.next().await.transpose()?.map_or_else(Vec::new, |page| page.commits);
            if let Some(new) = history.closed_by(&self.wanted.tip.sha, &commits) {
                self.step = Step::Done;
                return Ok(Some(closing_piece(commits, &new)));
            }
        }
        self.next_difference();
        Ok(None)
    }

    fn next_difference(&mut self) {
        self.step = match self.bases.pop_front() {
            Some(base) => Step::Difference(self.between(&base)),
            None => Step::WholeLine(self.newest_first(&self.wanted.tip.sha)),
        };
    }

    /// A difference has ended: it is the whole answer only if the tip is in it.
    fn end_of_difference(&mut self, history: &History) {
        match self.wanted.window {
            Window::Everything if !history.contains(&self.wanted.tip.sha) => self.next_difference(),
            Window::Everything | Window::Since(_) => self.step = Step::Done,
        }
    }

    fn piece(&self, commits: Vec<Commit>, history: &History) -> Piece {
        let received = commits.len();
        let placed = commits
            .into_iter()
            .filter(|commit| !history.contains(&commit.sha))
            .map(|commit| Placed { standing: self.wanted.window.standing(commit.committed_at), commit })
            .collect();
        Piece { placed, received }
    }

    /// Takes the next page of whatever list is open; `None` where the step has changed instead.
    async fn advance(&mut self, history: &History) -> Result<Option<Piece>, RemoteError> {
        match &mut self.step {
            Step::Begin => self.first_of_everything(history).await,
            Step::Windowed { pages, last } => match pages.next().await.transpose()? {
                Some(page) => {
                    *last = last_page(&page, self.wanted.window, history);
                    Ok(Some(self.piece(page.commits, history)))
                }
                None => {
                    self.step = self.next_list(history);
                    Ok(None)
                }
            },
            Step::Difference(pages) => match pages.next().await {
                Some(Ok(page)) => Ok(Some(self.piece(page.commits, history))),
                Some(Err(error))
                    if self.wanted.window == Window::Everything && no_such_difference(&error) =>
                {
                    self.next_difference();
                    Ok(None)
                }
                Some(Err(error)) => Err(error),
                None => {
                    self.end_of_difference(history);
                    Ok(None)
                }
            },
            Step::WholeLine(pages) => match pages.next().await.transpose()? {
                Some(page) => Ok(Some(self.piece(page.commits, history))),
                None => {
                    self.step = Step::Done;
                    Ok(None)
                }
            },
            Step::Done => Ok(None),
        }
    }

    /// Looks at what the last piece has made of the history.
    async fn reconsider(&mut self, history: &History) -> Result<Option<Piece>, RemoteError> {
        match &self.step {
            Step::Begin => self.begin(history),
            Step::Windowed { last: LastPage::None, .. } | Step::Difference(_) | Step::Done => {}
            Step::Windowed { last, .. } => return self.turn(*last, history).await,
            Step::WholeLine(_) if history.open_ends(&self.wanted.tip.sha).is_empty() => {
                self.step = Step::Done
            }
            Step::WholeLine(_) => {}
        }
        Ok(None)
    }
}

#[async_trait]
impl Reading for Walk<'_> {
    async fn next(&mut self, history: &History) -> Result<Option<Piece>, RemoteError> {
        loop {
            if let Some(piece) = self.reconsider(history).await? {
                return Ok(Some(piece));
            }
            if matches!(self.step, Step::Done) {
                return Ok(None);
            }
            if let Some(piece) = self.advance(history).await? {
                return Ok(Some(piece));
            }
        }
    }
}

/// How many ends that a list left unseen are looked at one by one.
pub(crate) fn most_doubts(history: &History) -> usize {
    if history.has_wrong_clocks() { MOST_DOUBTS_OF_CLOCKS } else { MOST_DOUBTS }
}

/// What of a page that closes the history is new.
fn closing_piece(commits: Vec<Commit>, new: &HashSet<Sha>) -> Piece {
    let received = commits.len();
    let placed = commits
        .into_iter()
        .filter(|commit| new.contains(&commit.sha))
        .map(|commit| Placed { commit, standing: Standing::Kept })
        .collect();
    Piece { placed, received }
}

/// Whether a difference failed because the service has no such base, or no common ancestor of the two.
fn no_such_difference(error: &RemoteError) -> bool {
    matches!(error.kind, Kind::NotFound | Kind::Unprocessable)
}

fn last_page(page: &CommitPage, window: Window, history: &History) -> LastPage {
    let known = page.commits.iter().filter(|commit| history.contains(&commit.sha)).count();
    if !page.has_next || page.commits.last().is_some_and(|commit| leaves(window, commit.committed_at)) {
        LastPage::Bottom
    } else if known * 2 > page.commits.len() {
        LastPage::MostlyKnown
    } else {
        LastPage::News
    }
}

/// Whether a list in order of date has left the window with this commit.
pub(crate) fn leaves(window: Window, committed_at: DateTime<Utc>) -> bool {
    match window {
        Window::Since(start) => committed_at < start && is_believable(committed_at),
        Window::Everything => false,
    }
}
