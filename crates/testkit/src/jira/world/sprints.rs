//! What happens to sprints.

use anyhow::{Context, Result};
use chrono::{Duration, SubsecRound};

use super::World;
use super::edits::item;
use super::model::{Field, Sprint, SprintPhase, State};

impl World {
    /// Begins a planned sprint, for two weeks. No card changes by that.
    ///
    /// # Errors
    /// Where it does not exist.
    pub fn start_sprint(&self, sprint: i64) -> Result<()> {
        let mut state = self.state();
        let now = state.now().trunc_subsecs(0);
        let found = state.sprint_mut(sprint)?;
        found.phase = SprintPhase::Active;
        found.start = Some(now);
        found.end = Some(now + Duration::days(14));
        Ok(())
    }

    /// Closes a sprint. Cards that are done stay in it alone, without a trace; the others roll over into `next`,
    /// or into the backlog, and stay listed in the closed one.
    ///
    /// # Errors
    /// Where one of the sprints does not exist.
    pub fn close_sprint(&self, sprint: i64, next: Option<i64>) -> Result<()> {
        let mut state = self.state();
        if let Some(next) = next {
            state.sprint_mut(next)?;
        }
        let now = state.now();
        let found = state.sprint_mut(sprint)?;
        found.phase = SprintPhase::Closed;
        found.completed = Some(now);
        let members: Vec<u64> =
            state.cards.values().filter(|card| card.sprint == Some(sprint)).map(|card| card.id).collect();
        members.into_iter().try_for_each(|id| state.roll_over(id, sprint, next))
    }

    /// Opens a closed sprint again; the cards that were left in it alone are in it again.
    ///
    /// # Errors
    /// Where it does not exist.
    pub fn reopen_sprint(&self, sprint: i64) -> Result<()> {
        let mut state = self.state();
        let found = state.sprint_mut(sprint)?;
        found.phase = SprintPhase::Active;
        found.completed = None;
        for card in state.cards.values_mut().filter(|card| card.closed_sprints.contains(&sprint)) {
            card.closed_sprints.retain(|closed| *closed != sprint);
            card.sprint = card.sprint.or(Some(sprint));
        }
        Ok(())
    }

    /// Gives a sprint another name. No card changes by that.
    ///
    /// # Errors
    /// Where it does not exist.
    pub fn rename_sprint(&self, sprint: i64, name: &str) -> Result<()> {
        name.clone_into(&mut self.state().sprint_mut(sprint)?.name);
        Ok(())
    }

    /// Deletes a sprint for good; its cards are in the backlog.
    ///
    /// # Errors
    /// Where it does not exist.
    pub fn delete_sprint(&self, sprint: i64) -> Result<()> {
        let mut state = self.state();
        for card in state.cards.values_mut() {
            card.closed_sprints.retain(|closed| *closed != sprint);
            card.sprint = card.sprint.filter(|current| *current != sprint);
        }
        state.sprints.remove(&sprint).map(drop).with_context(|| format!("there is no sprint {sprint}"))
    }

    /// Shows a sprint on this board, too.
    ///
    /// # Errors
    /// Where it does not exist.
    pub fn show_sprint_on(&self, sprint: i64, board: i64) -> Result<()> {
        self.state().sprint_mut(sprint)?.other_boards.push(board);
        Ok(())
    }
}

impl State {
    fn sprint_mut(&mut self, id: i64) -> Result<&mut Sprint> {
        self.sprints.get_mut(&id).with_context(|| format!("there is no sprint {id}"))
    }

    fn roll_over(&mut self, id: u64, from: i64, next: Option<i64>) -> Result<()> {
        let is_done = self.cards.get(&id).is_some_and(|card| self.is_done(card));
        let before = self.card_mut(id)?.all_sprints();
        let before = self.named_sprints(before);
        let card = self.card_mut(id)?;
        card.closed_sprints.push(from);
        card.sprint = next.filter(|_| !is_done);
        // Nothing was changed about a card that goes nowhere: Jira writes nothing down.
        if card.sprint.is_none() {
            return Ok(());
        }
        let after = card.all_sprints();
        let items = vec![item(Field::Sprint, before, self.named_sprints(after))];
        self.note(id, items)
    }
}
