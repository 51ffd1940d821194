//! Every branch's commits in one list. `all=true` lists each commit once and does not say which branch it is
//! on; parents tell. It also lists what no branch reaches (tags, refs that GitLab keeps for merge requests),
//! which must not be recorded: a commit counts once a tip or a commit that counts leads to it.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use futures::StreamExt;
use pdt_domain::commit::{Commit, Tip};
use pdt_domain::graph::{History, Placed, Window};
use pdt_domain::ids::Sha;

use super::Gitlab;
use crate::http::{Kind, RemoteError};
use crate::source::{CommitPage, CommitPages, Lists, Piece, Reading, RepositoryRef};
use crate::walk::{leaves, most_doubts};

pub(super) struct Sweep<'a> {
    gitlab: &'a Gitlab,
    repository: &'a RepositoryRef,
    tips: Vec<Sha>,
    window: Window,
    pages: Option<CommitPages<'a>>,
    wanted: HashSet<Sha>,
    /// Listed before anything that leads to it, as clocks that differ can make it.
    waiting: HashMap<Sha, Commit>,
    /// What the list has brought so far.
    listed: HashSet<Sha>,
    /// Ends that the list left unseen, and that were asked for by themselves.
    doubts: HashSet<Sha>,
}

impl<'a> Sweep<'a> {
    pub(super) fn new(
        gitlab: &'a Gitlab,
        repository: &'a RepositoryRef,
        tips: &[Tip],
        window: Window,
    ) -> Self {
        let tips: Vec<Sha> = tips.iter().map(|tip| tip.sha.clone()).collect();
        let wanted = tips.iter().cloned().collect();
        let pages = Some(gitlab.all_commits(repository));
        let (waiting, listed, doubts) = (HashMap::new(), HashSet::new(), HashSet::new());
        Self { gitlab, repository, tips, window, pages, wanted, waiting, listed, doubts }
    }

    /// Some servers answer each page of this list with the first (gitlab-org/gitlab#586997): each branch has to be
    /// asked for by itself there.
    fn check_goes_on(&mut self, page: &CommitPage) -> Result<(), RemoteError> {
        let before = self.listed.len();
        self.listed.extend(page.commits.iter().map(|commit| commit.sha.clone()));
        if self.listed.len() == before && page.has_next {
            return Err(self
                .gitlab
                .client
                .error(Kind::PageLoop, "the list of all commits repeats its pages"));
        }
        Ok(())
    }

    fn place(&mut self, commits: Vec<Commit>) -> Vec<Placed> {
        let mut placed = Vec::new();
        for commit in commits {
            if self.wanted.contains(&commit.sha) {
                self.accept(commit, &mut placed);
            } else {
                self.waiting.insert(commit.sha.clone(), commit);
            }
        }
        placed
    }

    /// Takes a commit that a branch reaches, and all that waited for it.
    fn accept(&mut self, commit: Commit, placed: &mut Vec<Placed>) {
        let mut accepted = vec![commit];
        while let Some(commit) = accepted.pop() {
            for parent in &commit.parents {
                self.wanted.insert(parent.clone());
                accepted.extend(self.waiting.remove(parent));
            }
            placed.push(Placed { standing: self.window.standing(commit.committed_at), commit });
        }
    }

    /// The list of an end that was left unseen: older than the window, unless a clock was wrong.
    fn next_doubt(&mut self, history: &History) -> Option<CommitPages<'a>> {
        if self.doubts.len() >= most_doubts(history) {
            return None;
        }
        let seen = self.tips.iter().filter(|tip| history.contains(tip));
        let end = seen.flat_map(|tip| history.open_ends(tip)).find(|end| !self.doubts.contains(end))?;
        self.doubts.insert(end.clone());
        self.wanted.insert(end.clone());
        Some(self.gitlab.newest_first(self.repository, &end))
    }
}

#[async_trait]
impl Reading for Sweep<'_> {
    async fn next(&mut self, history: &History) -> Result<Option<Piece>, RemoteError> {
        loop {
            if self.pages.is_none() {
                self.pages = self.next_doubt(history);
            }
            let Some(pages) = &mut self.pages else { return Ok(None) };
            let Some(page) = pages.next().await.transpose()? else {
                self.pages = None;
                continue;
            };
            if page.commits.last().is_some_and(|commit| leaves(self.window, commit.committed_at)) {
                self.pages = None;
            }
            if self.doubts.is_empty() {
                self.check_goes_on(&page)?;
            }
            let received = page.commits.len();
            return Ok(Some(Piece { placed: self.place(page.commits), received }));
        }
    }
}
