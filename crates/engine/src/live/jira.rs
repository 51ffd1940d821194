//! The run of the Jira loop that is going on.

use pdt_domain::ids::Name;

use super::Runner;
use crate::api::{JiraFailedDto, JiraReadingDto, JiraRunDto};
use crate::progress::JiraStep;

/// A run as far as it has come.
#[derive(Debug)]
pub(super) struct JiraRun {
    pub(super) shown: JiraRunDto,
}

impl JiraRun {
    pub(super) fn begun(runner: &Runner) -> Self {
        let Runner { profile, started_at, .. } = runner.clone();
        let (reading, failed) = (Vec::new(), Vec::new());
        let (boards_done, boards_of, sprints_done, sprints_of) = (0, 0, 0, 0);
        let (new_cards, changed_cards) = (0, 0);
        let shown = JiraRunDto {
            profile,
            started_at,
            boards_done,
            boards_of,
            sprints_done,
            sprints_of,
            new_cards,
            changed_cards,
            reading,
            failed,
        };
        Self { shown }
    }

    /// Takes one more step. Steps come from several tasks.
    pub(super) fn take(&mut self, step: &JiraStep) {
        let shown = &mut self.shown;
        match step {
            JiraStep::Begun { .. } => {}
            JiraStep::Boards { boards, .. } => shown.boards_of += boards,
            JiraStep::Sprints { sprints, .. } => shown.sprints_of += sprints,
            JiraStep::Board { account, name } => self.read(board(account, name)),
            JiraStep::Sprint { account, name, cards } => self.read(sprint(account, name, *cards)),
            JiraStep::BoardDone { account, name, error } => {
                shown.boards_done += 1;
                self.done(&board(account, name), error.as_ref());
            }
            JiraStep::SprintDone { account, name, new_cards, changed_cards, error } => {
                shown.sprints_done += 1;
                shown.new_cards += new_cards;
                shown.changed_cards += changed_cards;
                self.done(&sprint(account, name, 0), error.as_ref());
            }
            JiraStep::Finished { account, error } => {
                shown.reading.retain(|reading| reading.account != *account);
                self.fail(format!("account {account}"), error.as_ref());
            }
        }
    }

    fn read(&mut self, now: JiraReadingDto) {
        match self.shown.reading.iter_mut().find(|reading| is_same(reading, &now)) {
            Some(reading) => *reading = now,
            None => self.shown.reading.push(now),
        }
    }

    fn done(&mut self, what: &JiraReadingDto, error: Option<&String>) {
        self.shown.reading.retain(|reading| !is_same(reading, what));
        let name = match (&what.board, &what.sprint) {
            (Some(name), _) => format!("board {name}"),
            (None, name) => format!("sprint {}", name.as_deref().unwrap_or_default()),
        };
        self.fail(name, error);
    }

    fn fail(&mut self, name: String, error: Option<&String>) {
        self.shown.failed.extend(error.map(|error| JiraFailedDto { name, error: error.clone() }));
    }
}

fn board(account: &Name, name: &str) -> JiraReadingDto {
    JiraReadingDto { account: account.clone(), board: Some(name.to_owned()), sprint: None, cards: 0 }
}

fn sprint(account: &Name, name: &str, cards: usize) -> JiraReadingDto {
    JiraReadingDto { account: account.clone(), board: None, sprint: Some(name.to_owned()), cards }
}

fn is_same(one: &JiraReadingDto, other: &JiraReadingDto) -> bool {
    (&one.account, &one.board, &one.sprint) == (&other.account, &other.board, &other.sprint)
}
