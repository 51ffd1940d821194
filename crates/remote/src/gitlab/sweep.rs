//! Every branch's commits in one list. `all=true` lists each commit once and does not say which branch it is
//! on; parents tell. It also lists what no branch reaches (tags, refs that GitLab keeps for merge requests),
//! which must not be recorded: a commit counts once a tip or a commit that counts leads to it.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use futures::StreamExt;
use pdt_domain::commit::{Commit, Tip};
use pdt_domain::graph::{History, Placed, Window};
use pdt_domain::ids::Sha;

use crate::http::RemoteError;
use crate::source::{CommitPages, Piece, Reading};
use crate::walk::leaves;

pub(super) struct Sweep {
    pages: Option<CommitPages<'static>>,
    window: Window,
    wanted: HashSet<Sha>,
    /// Listed before anything that leads to it, as clocks that differ can make it.
    waiting: HashMap<Sha, Commit>,
}

impl Sweep {
    pub(super) fn new(pages: CommitPages<'static>, tips: &[Tip], window: Window) -> Self {
        let wanted = tips.iter().map(|tip| tip.sha.clone()).collect();
        Self { pages: Some(pages), window, wanted, waiting: HashMap::new() }
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
}

#[async_trait]
impl Reading for Sweep {
    async fn next(&mut self, _history: &History) -> Result<Option<Piece>, RemoteError> {
        let Some(pages) = &mut self.pages else { return Ok(None) };
        let Some(page) = pages.next().await.transpose()? else { return Ok(None) };
        if page.commits.last().is_some_and(|commit| leaves(self.window, commit.committed_at)) {
            self.pages = None;
        }
        let received = page.commits.len();
        Ok(Some(Piece { placed: self.place(page.commits), received }))
    }
}
