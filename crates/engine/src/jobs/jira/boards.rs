//! The boards of a site and the sprints that they show.

use std::collections::BTreeSet;

use futures::{StreamExt, TryStreamExt, stream};
use pdt_domain::ids::{BoardId, SprintId};
use pdt_domain::jira::{BoardKind, SprintState};
use pdt_remote::jira::Sprints;
use pdt_store::{BoardRow, ListedSprints, SprintRow, WriteTx};

use super::visit::Visit;
use crate::jobs::fault::Fault;
use crate::progress::JiraStep;

/// How many boards, sprints or cards are asked for at once. The account's client lets fewer requests through.
pub(super) const AT_ONCE: usize = 8;

impl Visit<'_> {
    /// All boards that the account sees, as they are stored now.
    pub(super) async fn read_boards(&self) -> Result<Vec<BoardRow>, Fault> {
        let boards = self.jira.boards().await.map_err(|error| self.fault(error, "list of boards"))?;
        let keys = boards.iter().filter_map(|board| board.project_key.clone());
        let keys: Vec<String> = keys.map(|key| key.to_ascii_uppercase()).collect();
        self.gathered().projects.extend(keys);
        let (id, now) = (self.id(), self.core.now());
        let store = move |tx: &WriteTx<'_>| {
            tx.store_boards(id, &boards, now)?;
            tx.boards(id)
        };
        Ok(self.core.db.write(store).await?)
    }

    /// Asks every board that can hold sprints which it shows: all of them once a day, else those that are not over.
    pub(super) async fn read_sprints(&self, boards: &[BoardRow]) -> Result<(), Fault> {
        let asked: Vec<&BoardRow> = boards.iter().filter(|board| self.may_show_sprints(board)).collect();
        self.order.tell(JiraStep::Boards { account: self.account.name.clone(), boards: asked.len() });
        let asking: Vec<_> = asked.into_iter().map(|board| self.read_board(board)).collect();
        stream::iter(asking).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
        Ok(())
    }

    /// A board that has said that it holds no sprints is asked again after a day: its team may have switched them on.
    fn may_show_sprints(&self, board: &BoardRow) -> bool {
        board.kind.may_hold_sprints()
            && (board.holds_sprints != Some(false) || self.is_old(self.site.thorough_at))
    }

    async fn read_board(&self, board: &BoardRow) -> Result<(), Fault> {
        let (account, name) = (self.account.name.clone(), board.name.clone());
        self.order.tell(JiraStep::Board { account: account.clone(), name: name.clone() });
        let fault = self.ask_for_sprints(board).await?;
        let error = fault.map(|fault| fault.message);
        self.order.tell(JiraStep::BoardDone { account, name, error });
        Ok(())
    }

    /// Answers with what kept this board, and no other, from being read.
    async fn ask_for_sprints(&self, board: &BoardRow) -> Result<Option<Fault>, Fault> {
        let (which, listed) = if self.is_old(board.sprints_read_at) {
            (Sprints::All, ListedSprints::All)
        } else {
            (Sprints::Open, ListedSprints::Open)
        };
        // By the clock that the next run compares with.
        let (id, now) = (board.id, self.begun);
        match self.jira.sprints(board.jira_board_id, which).await {
            Ok(Some(sprints)) => {
                let store = move |tx: &WriteTx<'_>| tx.store_board_sprints(id, &sprints, listed, now);
                let listed = self.core.db.write(store).await?;
                self.gathered().take_board(id, listed);
                Ok(None)
            }
            // Whether a team-managed board holds sprints, only the site knows; of a scrum board its kind says so, and the
            // same answer is a fault.
            Ok(None) if board.kind == BoardKind::Simple => {
                self.core.db.write(move |tx| tx.note_board_without_sprints(id, now)).await?;
                Ok(None)
            }
            Ok(None) => {
                let part = format!("board {}", board.name);
                let said =
                    format!("Jira says that the {part} does not support sprints, although its kind does.");
                let fault = self.note(&part, Fault::saying(said))?;
                self.remember_board(board, &fault).await?;
                Ok(Some(fault))
            }
            Err(error) => {
                let part = format!("board {}", board.name);
                let fault = self.note(&part, self.fault(error, &part))?;
                self.remember_board(board, &fault).await?;
                Ok(Some(fault))
            }
        }
    }

    /// Writes a board's fault down. A refusal makes it invalid; anything else leaves that alone.
    pub(super) async fn remember_board(&self, board: &BoardRow, fault: &Fault) -> Result<(), Fault> {
        let (id, message, refused) = (board.id, fault.message.clone(), fault.refused);
        let write = move |tx: &WriteTx<'_>| {
            if refused { tx.mark_board_invalid(id, &message) } else { tx.note_board_error(id, &message) }
        };
        Ok(self.core.db.write(write).await?)
    }

    /// Finds out about each open sprint that a board has shown and shows no more: it has closed, it was deleted, or
    /// it is on another board now.
    pub(super) async fn settle_missing_sprints(&self) -> Result<(), Fault> {
        let id = self.id();
        let (sprints, links) =
            self.core.db.read(move |tx| Ok((tx.sprints(id)?, tx.sprint_boards(id)?))).await?;
        let (shown, missing) = {
            let mut gathered = self.gathered();
            (std::mem::take(&mut gathered.shown), std::mem::take(&mut gathered.missing))
        };
        let linked: BTreeSet<SprintId> = links.into_iter().map(|(sprint, _)| sprint).collect();
        let elsewhere = missing.iter().filter(|(_, sprint)| shown.contains(sprint)).copied().collect();
        self.hide(elsewhere).await?;
        let is_lost = |row: &&SprintRow| {
            let is_missing = missing.iter().any(|(_, sprint)| *sprint == row.id) && !shown.contains(&row.id);
            row.state != SprintState::Closed && (is_missing || !linked.contains(&row.id))
        };
        let settling: Vec<_> = sprints.iter().filter(is_lost).map(|row| self.settle(row, &missing)).collect();
        stream::iter(settling).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
        Ok(())
    }

    async fn hide(&self, links: Vec<(BoardId, SprintId)>) -> Result<(), Fault> {
        let hide = move |tx: &WriteTx<'_>| {
            links.iter().try_for_each(|(board, sprint)| tx.hide_sprint(*board, *sprint))
        };
        Ok(self.core.db.write(hide).await?)
    }

    /// A sprint that has closed stays on the boards that have shown it; one that is still open is on others.
    async fn settle(&self, row: &SprintRow, missing: &[(BoardId, SprintId)]) -> Result<(), Fault> {
        let (account, id, now) = (self.id(), row.id, self.core.now());
        match self.jira.sprint(row.jira_sprint_id).await {
            Ok(Some(sprint)) => {
                let is_open = sprint.state != SprintState::Closed;
                self.core.db.write(move |tx| tx.store_sprint(account, &sprint, now).map(drop)).await?;
                if is_open {
                    self.hide(missing.iter().filter(|(_, sprint)| *sprint == id).copied().collect()).await?;
                }
            }
            Ok(None) => {
                let settle = move |tx: &WriteTx<'_>| {
                    let left = tx.members_of(&[id])?.into_iter().map(|member| member.jira_id);
                    tx.mark_strays(account, &left.collect::<Vec<_>>())?;
                    tx.mark_sprint_removed(id, now)
                };
                self.core.db.write(settle).await?;
            }
            Err(error) => {
                let part = format!("sprint {}", row.name);
                self.note(&part, self.fault(error, &part))?;
            }
        }
        Ok(())
    }
}
