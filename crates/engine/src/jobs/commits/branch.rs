//! Reads the branches that moved, one after the other: each makes the next one cheaper, because what two
//! branches share is read once.

use std::collections::HashMap;

use chrono::TimeDelta;
use pdt_domain::commit::Tip;
use pdt_domain::graph::{History, Window};
use pdt_domain::ids::Sha;
use pdt_remote::http::{Kind, RemoteError};
use pdt_remote::source::{Piece, Reading, RepositoryRef, Wanted};
use pdt_store::{Branch, Movement, StoreError};

use super::visit::Visit;
use super::{RepositoryReceipt, keys};
use crate::jobs::fault::Fault;
use crate::progress::CommitStep;

/// So many branches in a row that meet a passing fault mean that the service is down, not the branch.
const MOST_PASSING_FAULTS: usize = 3;

/// Why a branch was not read to its end.
enum Obstacle {
    /// Of this branch alone.
    Branch(RemoteError),
    /// Of the whole repository, or of more than that.
    Repository(Fault),
}

impl From<StoreError> for Obstacle {
    fn from(error: StoreError) -> Self {
        Self::Repository(error.into())
    }
}

/// The branches of one repository while they are read.
pub(super) struct Reader<'a> {
    visit: &'a Visit<'a>,
    reference: RepositoryRef,
    history: History,
    branches: Vec<Branch>,
    tips: HashMap<String, Tip>,
    done: usize,
    of: usize,
}

impl<'a> Reader<'a> {
    /// Loads what is known of the repository's history.
    pub(super) async fn open(
        visit: &'a Visit<'a>,
        branches: Vec<Branch>,
        tips: Vec<Tip>,
    ) -> Result<Self, StoreError> {
        let id = visit.repository.id;
        let nodes = visit.core.db.read(move |tx| tx.graph_nodes(id)).await?;
        let mut history = History::new();
        for node in nodes {
            history.insert(node.sha, node.parents, node.standing);
        }
        for walked in branches.iter().filter_map(|branch| branch.walked_sha.as_ref()) {
            history.settle(walked);
        }
        let of = branches.iter().filter(|branch| branch.is_behind()).count();
        let tips = tips.into_iter().map(|tip| (tip.branch.clone(), tip)).collect();
        Ok(Self { visit, reference: visit.reference(), history, branches, tips, done: 0, of })
    }

    /// Reads every branch that is behind, the default branch first. One that cannot be read keeps its place.
    pub(super) async fn read_all(mut self, receipt: &mut RepositoryReceipt) -> Result<(), Fault> {
        receipt.changed_branches = self.of;
        self.sweep(receipt).await?;
        let mut in_a_row = 0;
        for branch in self.in_order() {
            match self.read_or_find_gone(&branch, receipt).await {
                Ok(()) => in_a_row = 0,
                Err(Obstacle::Repository(fault)) => return Err(fault),
                Err(Obstacle::Branch(error)) => {
                    in_a_row = if error.kind == Kind::Passing { in_a_row + 1 } else { 0 };
                    self.note_failure(&branch, &error, receipt).await?;
                    if in_a_row == MOST_PASSING_FAULTS {
                        return Err(self.visit.fault(error));
                    }
                }
            }
            self.done += 1;
        }
        Ok(())
    }

    fn in_order(&self) -> Vec<Branch> {
        let mut behind: Vec<_> = self.branches.iter().filter(|branch| branch.is_behind()).cloned().collect();
        behind.sort_by_key(|branch| !self.is_default(&branch.name));
        behind
    }

    fn is_default(&self, name: &str) -> bool {
        self.visit.repository.default_branch.as_deref() == Some(name)
    }

    /// Reads all branches at once in the first run, where the service has a list for that.
    async fn sweep(&mut self, receipt: &mut RepositoryReceipt) -> Result<(), Fault> {
        let Some(since) =
            self.branches.iter().filter(|branch| branch.is_behind()).find_map(|branch| branch.since)
        else {
            return Ok(());
        };
        if self.history.has_settled() {
            return Ok(());
        }
        let tips: Vec<Tip> = self.tips.values().cloned().collect();
        let (visit, reference) = (self.visit, self.reference.clone());
        let Some(mut reading) = visit.source.sweep(&reference, &tips, Window::Since(since)) else {
            return Ok(());
        };
        match self.drain(reading.as_mut(), None, receipt).await {
            Ok(()) => {
                for tip in tips.iter().map(|tip| &tip.sha) {
                    if self.history.contains(tip) {
                        self.history.settle(tip);
                    }
                }
                Ok(())
            }
            Err(Obstacle::Repository(fault)) => Err(fault),
            // Each branch is asked for by itself next, and says for itself what is wrong.
            Err(Obstacle::Branch(error)) => {
                tracing::info!(repository = reference.full_name(), %error, "the list of all branches failed");
                Ok(())
            }
        }
    }

    async fn read_or_find_gone(
        &mut self,
        branch: &Branch,
        receipt: &mut RepositoryReceipt,
    ) -> Result<(), Obstacle> {
        let Some(tip) = self.tips.get(&branch.name).cloned() else { return Ok(()) };
        let error = match self.read(branch, &tip, receipt).await {
            Err(Obstacle::Branch(error)) if may_be_gone(&error) => error,
            other => return other,
        };
        let now = self.visit.source.branch(&self.reference, &branch.name).await;
        match now.map_err(|error| self.obstacle(error))? {
            None => {
                let (id, now) = (branch.id, self.visit.core.now());
                Ok(self.visit.core.db.write(move |tx| tx.mark_branch_deleted(id, now)).await?)
            }
            Some(moved) if moved.sha != tip.sha => self.read(branch, &moved, receipt).await,
            Some(_) => Err(Obstacle::Branch(error)),
        }
    }

    async fn read(
        &mut self,
        branch: &Branch,
        tip: &Tip,
        receipt: &mut RepositoryReceipt,
    ) -> Result<(), Obstacle> {
        let window = branch.since.map_or(Window::Everything, Window::Since);
        let window = if branch.walked_sha.is_some() { Window::Everything } else { window };
        // The default branch is read whatever its tip's date says: most of the record stands on it.
        if self.is_default(&branch.name) || !self.is_stale(tip, window) {
            let wanted = Wanted {
                tip: tip.clone(),
                window,
                bases: self.bases(branch),
                recent: self.visit.repository.last_synced_at.unwrap_or_default() - TimeDelta::days(1),
            };
            let (visit, reference) = (self.visit, self.reference.clone());
            let mut reading = visit.source.read(&reference, wanted);
            self.drain(reading.as_mut(), Some(&branch.name), receipt).await?;
        }
        self.settle(branch, &tip.sha).await
    }

    /// Whether nothing of this branch can lie in the window, so that it need not be asked for.
    fn is_stale(&self, tip: &Tip, window: Window) -> bool {
        let placed = tip.committed_at.map(|date| window.standing(date));
        placed == Some(pdt_domain::graph::Standing::Outside) && !self.history.contains(&tip.sha)
    }

    /// Where this branch stood before, then where the default branch stands, or any other.
    fn bases(&self, branch: &Branch) -> Vec<Sha> {
        let settled = |sha: &&Sha| self.history.is_settled(sha);
        let default = self.branches.iter().find(|other| self.is_default(&other.name));
        let default =
            default.into_iter().flat_map(|default| [Some(&default.tip_sha), default.walked_sha.as_ref()]);
        let mut bases: Vec<Sha> = Vec::new();
        for base in [branch.walked_sha.as_ref()].into_iter().chain(default).flatten().filter(settled) {
            if !bases.contains(base) {
                bases.push(base.clone());
            }
        }
        if bases.is_empty() {
            bases.extend(self.branches.iter().map(|other| &other.tip_sha).find(settled).cloned());
        }
        bases
    }

    /// Stores a read piece by piece: each is in the database before the next is asked for.
    async fn drain(
        &mut self,
        reading: &mut dyn Reading,
        branch: Option<&str>,
        receipt: &mut RepositoryReceipt,
    ) -> Result<(), Obstacle> {
        while let Some(piece) = reading.next(&self.history).await.map_err(|error| self.obstacle(error))? {
            receipt.total_fetched += piece.received;
            receipt.new_commits += self.store(piece).await?;
            self.visit.order.tell(CommitStep::Reading {
                id: receipt.id,
                name: receipt.name.clone(),
                branch: branch.map(str::to_owned),
                done: self.done,
                of: self.of,
                commits: receipt.total_fetched,
            });
        }
        Ok(())
    }

    async fn store(&mut self, piece: Piece) -> Result<usize, StoreError> {
        self.history.insert_page(&piece.placed);
        let (repository, profile, now) =
            (self.visit.repository.id, self.visit.order.profile, self.visit.core.now());
        let store = move |tx: &pdt_store::WriteTx<'_>| {
            let stored = tx.store_commits(repository, &piece.placed, now)?;
            keys::link_by_message(tx, profile, repository, &piece.placed)?;
            Ok(stored.new_commits)
        };
        self.visit.core.db.write(store).await
    }

    /// Everything behind the tip is stored: says so, with the commits that the branch now reaches.
    async fn settle(&mut self, branch: &Branch, tip: &Sha) -> Result<(), Obstacle> {
        self.history.settle(tip);
        let (id, repository, now) = (branch.id, self.visit.repository.id, self.visit.core.now());
        let before = self.visit.core.db.read(move |tx| tx.reached_by(id)).await?;
        let reach = self.history.reach(tip);
        let added: Vec<Sha> = reach.difference(&before).cloned().collect();
        let gone: Vec<Sha> = before.difference(&reach).cloned().collect();
        let (movement, walked) = (self.movement(branch, tip), tip.clone());
        let settle = move |tx: &pdt_store::WriteTx<'_>| {
            tx.set_reach(repository, id, &added, &gone)?;
            tx.settle_branch(id, &walked, movement, now)
        };
        Ok(self.visit.core.db.write(settle).await?)
    }

    /// A branch was rewritten if it no longer reaches where it stood. Where it stood is not known if that was
    /// outside the window; it then counts as moved.
    fn movement(&self, branch: &Branch, tip: &Sha) -> Movement {
        match &branch.walked_sha {
            None => Movement::Created,
            Some(before) if before == tip => Movement::Unchanged,
            Some(before) if !self.history.contains(before) || self.history.reaches(tip, before) => {
                Movement::Moved
            }
            Some(_) => Movement::Rewritten,
        }
    }

    async fn note_failure(
        &self,
        branch: &Branch,
        error: &RemoteError,
        receipt: &mut RepositoryReceipt,
    ) -> Result<(), StoreError> {
        let (id, message) = (branch.id, error.to_string());
        receipt.failed_branches.push((branch.name.clone(), message.clone()));
        self.visit.core.db.write(move |tx| tx.note_branch_error(id, &message)).await
    }

    fn obstacle(&self, error: RemoteError) -> Obstacle {
        if is_of_the_branch(&error.kind) {
            Obstacle::Branch(error.with_subject(format!("repository {}", self.visit.repository.full_name())))
        } else {
            Obstacle::Repository(self.visit.fault(error))
        }
    }
}

/// Whether another branch of the same repository may fare better.
fn is_of_the_branch(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Passing
            | Kind::NotFound
            | Kind::Unprocessable
            | Kind::Unreadable
            | Kind::TooLarge
            | Kind::ForeignOrigin { .. }
            | Kind::PageLoop
            | Kind::EmptyRepository
    )
}

/// Whether this is how a service answers for a branch that was deleted since it was listed.
fn may_be_gone(error: &RemoteError) -> bool {
    matches!(error.kind, Kind::NotFound | Kind::Unprocessable | Kind::EmptyRepository)
}
