//! The large world's cards.

use anyhow::Result;
use chrono::Duration;

use super::super::{Category, NewCard};
use super::{Maker, Team, end, words};

/// Cards in each active sprint; 600 in all.
const ACTIVE: [usize; 8] = [120, 37, 101, 64, 88, 50, 73, 67];

/// Lengths of some changelogs in active sprints: around the usual page, and far beyond it.
const LONG: [usize; 30] = [
    450, 100, 101, 99, 140, 200, 201, 250, 300, 110, 120, 133, 180, 199, 222, 260, 310, 128, 150, 175, 105,
    390, 115, 102, 160, 230, 145, 280, 119, 107,
];

/// Every so manyth card of an active sprint has one of the long changelogs.
const LONG_EACH: usize = 20;

const PLANNED: usize = 60;
const IN_NO_SPRINT: usize = 700;

impl Maker<'_> {
    pub(super) fn cards(&mut self, teams: &[Team]) -> Result<()> {
        let epics: Vec<String> = teams.iter().map(|team| self.epic(team)).collect::<Result<_>>()?;
        let mut number = 0;
        for ((team, count), epic) in teams.iter().zip(ACTIVE).zip(&epics) {
            self.active_sprint(team, count, epic, &mut number)?;
        }
        for number in 0..PLANNED {
            self.planned_card(teams, number)?;
        }
        for _ in 0..IN_NO_SPRINT {
            let project = words::PROJECTS.get(self.dice.below(words::PROJECTS.len()));
            let project = project.map_or("PDT", |(key, _)| key);
            let card = self.card(project);
            self.add(card, 12)?;
        }
        while self.left > 0 {
            self.closed_card(teams)?;
        }
        Ok(())
    }

    fn epic(&mut self, team: &Team) -> Result<String> {
        let card = self.card(team.project).issue_type("Epic");
        self.add(card, 4)
    }

    /// Every eighth card is a part of the one before it, some roll over from closed sprints.
    fn active_sprint(&mut self, team: &Team, count: usize, epic: &str, number: &mut usize) -> Result<()> {
        let mut before = String::new();
        for at in 0..count {
            let mut card = self.card(team.project).in_sprint(team.active);
            if at % 8 == 7 {
                card = card.part_of(&before);
            } else if self.dice.one_in(4) {
                card = card.below(epic);
            }
            for closed in team.closed.iter().rev().take(3) {
                card = if self.dice.one_in(5) { card.was_in(*closed) } else { card };
            }
            let most = 1 + self.dice.below(40);
            let long = LONG.get(*number / LONG_EACH).copied().filter(|_| number.is_multiple_of(LONG_EACH));
            let entries = long.unwrap_or_else(|| self.dice.below(most));
            let key = self.add_with(card, entries)?;
            before = if at % 8 == 7 { before } else { key };
            *number += 1;
        }
        Ok(())
    }

    fn planned_card(&mut self, teams: &[Team], number: usize) -> Result<()> {
        let planned: Vec<(&str, i64)> =
            teams.iter().flat_map(|team| team.planned.iter().map(|sprint| (team.project, *sprint))).collect();
        let Some((project, sprint)) = planned.get(number % planned.len().max(1)) else { return Ok(()) };
        let card = self.card(project).in_sprint(*sprint);
        self.add(card, 5).map(drop)
    }

    fn closed_card(&mut self, teams: &[Team]) -> Result<()> {
        let Some(team) = teams.get(self.dice.below(teams.len())) else { return Ok(()) };
        let Some(sprint) = team.closed.get(self.dice.below(team.closed.len())) else { return Ok(()) };
        let status = self.dice.pick(&["Done", "Selesai ✅", "Batal"], "Done");
        let card = self.card(team.project).was_in(*sprint).status(status);
        self.add(card, 12).map(drop)
    }

    /// A card of this project with whatever a card may have.
    fn card(&mut self, project: &str) -> NewCard {
        let number = self.left.to_string();
        let dice = &mut self.dice;
        let summary = dice.pick(&words::SUMMARIES, "").replace("{}", &number);
        let mut card = NewCard::new(project, &summary).issue_type(dice.pick(&words::TYPES, "Task"));
        if !dice.one_in(5) {
            card = card.description(&dice.pick(&words::TEXTS, "").replace("{}", &number));
        }
        card = if dice.one_in(10) {
            card.without_priority()
        } else {
            card.priority(dice.pick(&words::PRIORITIES, "Medium"))
        };
        if !dice.one_in(3) {
            card = card.points(dice.below(26) as f64 / 2.0);
        }
        if !dice.one_in(6) {
            card = card.assignee(dice.pick(&words::PEOPLE, "Ada Example"));
        }
        let labels: Vec<&str> = words::LABELS.iter().copied().filter(|_| dice.one_in(4)).collect();
        let comments = dice.below(4);
        let status = words::STATUSES.iter().filter(|(_, category)| *category != Category::Done);
        let status: Vec<&str> = status.map(|(name, _)| *name).chain(["Selesai ✅", "To Do"]).collect();
        card.labels(&labels).comments(comments).status(dice.pick(&status, "To Do"))
    }

    /// Adds it with fewer than so many entries in its changelog.
    fn add(&mut self, card: NewCard, entries: usize) -> Result<String> {
        let entries = self.dice.below(entries);
        self.add_with(card, entries)
    }

    /// Most were last touched in the last three weeks, at some odd millisecond.
    fn add_with(&mut self, card: NewCard, entries: usize) -> Result<String> {
        let days = 25 + self.dice.below(375) as i64;
        let created =
            end() - Duration::days(days) + Duration::milliseconds(self.dice.below(86_400_000) as i64);
        self.world.stop_clock_at(created);
        let key = self.world.add_card(card)?;
        let minutes = self.dice.below(21 * 24 * 60) as i64;
        let until = end() - Duration::minutes(minutes) - Duration::milliseconds(self.dice.below(1000) as i64);
        let mut state = self.world.state();
        let id = state.last.card;
        state.grow_history(id, entries, until, &mut self.dice)?;
        drop(state);
        self.left = self.left.saturating_sub(1);
        Ok(key)
    }
}
