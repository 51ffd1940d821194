//! Who is in a sprint now. A card that leaves one, and one that is deleted, is in no list of what has changed.

use std::collections::{BTreeMap, BTreeSet};

use pdt_domain::ids::SprintId;
use pdt_remote::jira::{CardsWanted, Member, Place};
use pdt_store::{BoardRow, CardPlace};

use super::places::Task;
use super::visit::Visit;
use crate::jobs::fault::Fault;

/// With more cards than these where nobody saw them come, their sprints are read again from the beginning.
const FEW: usize = 40;

impl Visit<'_> {
    /// Compares the members of the sprints of which only changes were read with those that the site lists. Who is
    /// missing there or here is a stray.
    pub(super) async fn check_members(&self, read: &[Task], story_points: &[String]) -> Result<(), Fault> {
        let going_on = |task: &Task| matches!(task, Task::Sprint(_)) && task.cursor().is_some();
        let tasks: Vec<Task> = read.iter().filter(|task| going_on(task)).cloned().collect();
        if tasks.is_empty() {
            return Ok(());
        }
        let part = "list of cards in active sprints";
        let there = match self.listed_members(&tasks).await {
            Ok(there) => there,
            Err(fault) => return self.note(part, fault).map(drop),
        };
        let ids: Vec<SprintId> = tasks.iter().filter_map(sprint_of).collect();
        let here = self.core.db.read(move |tx| tx.members_of(&ids)).await?;
        let here: BTreeMap<String, String> =
            here.into_iter().map(|member| (member.jira_id, member.key)).collect();
        // A project's key may change without a sign on its cards: who has another key is not known as what it is.
        let surplus: BTreeSet<String> =
            there.iter().filter(|(id, key)| here.get(*id) != Some(key)).map(|(id, _)| id.clone()).collect();
        if surplus.len() > FEW {
            for task in &tasks {
                self.read_again(task, story_points).await?;
            }
        } else {
            self.gathered().strays.extend(surplus);
        }
        self.gathered().strays.extend(here.into_keys().filter(|id| !there.contains_key(id)));
        Ok(())
    }

    /// The cards of these sprints that the account collects, with their keys by Jira's number: by one search where the site lets
    /// itself be searched, else sprint by sprint.
    async fn listed_members(&self, tasks: &[Task]) -> Result<BTreeMap<String, String>, Fault> {
        let part = "list of cards in active sprints";
        let sprints: Vec<i64> = tasks.iter().filter_map(number_of).collect();
        let found = self.jira.members(&sprints).await.map_err(|error| self.fault(error, part))?;
        if let Some(found) = found {
            return Ok(self.collected(found));
        }
        let mut all = BTreeMap::new();
        for task in tasks {
            all.extend(self.listed(task.place(), part).await?);
        }
        Ok(all)
    }

    /// The cards at a place that the account collects, with their keys by Jira's number.
    async fn listed(&self, place: Place, part: &str) -> Result<BTreeMap<String, String>, Fault> {
        let listed = self.jira.listed(place).await.map_err(|error| self.fault(error, part))?;
        Ok(self.collected(listed))
    }

    fn collected(&self, members: Vec<Member>) -> BTreeMap<String, String> {
        let collected = members.into_iter().filter(|member| self.collects(&member.key));
        collected.map(|member| (member.id, member.key)).collect()
    }

    async fn read_again(&self, task: &Task, story_points: &[String]) -> Result<(), Fault> {
        let wanted = CardsWanted { updated_since: None, story_points: story_points.to_vec() };
        match self.read_cards(task, wanted).await {
            Ok(_) => Ok(()),
            Err(fault) => self.note(&task.name(), fault).map(drop),
        }
    }

    /// Brings the list of who is on a board without sprints, or in a backlog, in line with the site. Its filter may
    /// have changed, of which no card knows; so it is listed whole each time.
    pub(super) async fn settle_board(
        &self,
        board: &BoardRow,
        place: CardPlace,
        task: &Task,
        listed: Option<BTreeSet<String>>,
    ) -> Result<(), Fault> {
        let there = match listed {
            Some(listed) => listed,
            None => self.listed(task.place(), &task.name()).await?.into_keys().collect(),
        };
        let (account, id, now) = (self.id(), board.id, self.core.now());
        let ids: Vec<String> = there.iter().cloned().collect();
        let settle = move |tx: &pdt_store::WriteTx<'_>| {
            let known = tx.known_cards(account, &ids)?;
            let before = tx.board_members(id, place)?.into_iter().map(|member| member.jira_id);
            let gone: Vec<String> = before.filter(|id| !there.contains(id)).collect();
            tx.set_board_cards(id, place, &ids, now)?;
            tx.mark_strays(account, &gone)?;
            Ok(ids.into_iter().filter(|id| !known.contains(id)).collect::<Vec<_>>())
        };
        let unknown = self.core.db.write(settle).await?;
        self.gathered().strays.extend(unknown);
        Ok(())
    }
}

fn sprint_of(task: &Task) -> Option<SprintId> {
    match task {
        Task::Sprint(row) | Task::ClosedSprint(row) => Some(row.id),
        Task::Board(..) => None,
    }
}

fn number_of(task: &Task) -> Option<i64> {
    match task {
        Task::Sprint(row) | Task::ClosedSprint(row) => Some(row.jira_sprint_id),
        Task::Board(..) => None,
    }
}
