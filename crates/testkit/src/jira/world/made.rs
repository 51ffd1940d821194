//! Boards, sprints and cards come into being.

use anyhow::{Context, Result};

use super::model::{Access, Board, BoardFilter, Card, Filter, Sprint, SprintPhase, State};
use super::{NewBoard, NewCard, NewSprint, World};

impl World {
    /// Adds a board and tells its number.
    ///
    /// # Errors
    /// Where its filter names a card that there is not.
    pub fn add_board(&self, new: NewBoard) -> Result<i64> {
        let mut state = self.state();
        let filter = state.board_filter(&new.filter)?;
        state.last.board += 1;
        let id = state.last.board;
        let NewBoard { name, kind, project, .. } = new;
        state.boards.insert(id, Board { id, name, kind, project, filter, access: Access::Open });
        Ok(id)
    }

    /// Adds a sprint and tells its number.
    pub fn add_sprint(&self, new: NewSprint) -> i64 {
        let mut state = self.state();
        state.last.sprint += 1;
        let NewSprint(sprint) = new;
        let is_over = sprint.phase == SprintPhase::Closed;
        let completed = if is_over { sprint.end } else { None };
        let id = state.last.sprint;
        state.sprints.insert(id, Sprint { id, completed, ..sprint });
        id
    }

    /// Makes a card now and tells its key. What comes into being leaves no entry in the changelog.
    ///
    /// # Errors
    /// Where the project, the status or the parent does not exist.
    pub fn add_card(&self, new: NewCard) -> Result<String> {
        let mut state = self.state();
        let status = new.status.as_deref().map_or(Ok(0), |name| state.status_named(name))?;
        let parent = new.parent.as_deref().map(|key| state.card_id(key)).transpose()?;
        let assignee = new.assignee.as_deref().map(|name| state.person(name));
        let key = state.next_key(&new.project, new.number)?;
        state.last.card += 1;
        let (id, created) = (state.last.card, state.now());
        let draft = new.draft;
        state.cards.insert(
            id,
            Card {
                id,
                key: key.clone(),
                former_keys: Vec::new(),
                summary: draft.summary,
                description: draft.description,
                status,
                assignee,
                issue_type: draft.issue_type,
                priority: draft.priority,
                labels: draft.labels,
                story_points: draft.points,
                parent,
                comments: draft.comments,
                sprint: draft.sprint,
                closed_sprints: draft.closed_sprints,
                created,
                updated: created,
                changelog: Vec::new(),
            },
        );
        Ok(key)
    }
}

impl State {
    pub(super) fn next_key(&mut self, project: &str, wanted: Option<u64>) -> Result<String> {
        let found = self.projects.iter_mut().find(|known| known.key == project);
        let found = found.with_context(|| format!("there is no project {project}"))?;
        let number = wanted.unwrap_or(found.last_number + 1);
        found.last_number = found.last_number.max(number);
        let key = format!("{project}-{number}");
        let is_taken = wanted.is_some() && self.find_card(&key).is_some();
        anyhow::ensure!(!is_taken, "there is a card {key} already");
        Ok(key)
    }

    pub(super) fn board_filter(&self, filter: &Filter) -> Result<BoardFilter> {
        Ok(match filter {
            Filter::Projects(keys) => BoardFilter::Projects(keys.clone()),
            Filter::Cards(keys) => {
                BoardFilter::Cards(keys.iter().map(|key| self.card_id(key)).collect::<Result<_>>()?)
            }
        })
    }
}
