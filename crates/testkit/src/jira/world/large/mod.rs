//! A large world, made up, the same for the same seed.

mod cards;
mod words;

use anyhow::Result;
use chrono::{DateTime, Duration, Utc};

use super::{NewBoard, NewSprint, SprintPhase, World};
use crate::dice::Dice;

/// How many cards the large world has.
const CARDS: usize = 3000;

/// Sprints of each board that can hold some; 400 in all. The first board's first two pages have only closed ones.
const SPRINTS: [usize; 8] = [122, 88, 61, 49, 33, 22, 15, 10];

/// The planned ones among them.
const PLANNED: [usize; 8] = [4, 2, 2, 1, 1, 0, 3, 1];

impl World {
    /// Twelve boards (six Scrum, three Kanban, three team-managed, one of them without sprints), 400 sprints of
    /// which eight are active (one of them on three boards) and 14 planned, and 3,000 cards, exactly 600 of them
    /// in active sprints. Changelogs have up to 450 entries. Everything is dated before 19 February 2026.
    ///
    /// # Panics
    /// Never: a test makes worlds of several seeds.
    #[must_use]
    #[expect(clippy::expect_used, reason = "it uses only what it made before, and a test makes several")]
    pub fn large(seed: u64) -> Self {
        let world = Self::new();
        let mut maker = Maker { world: &world, dice: Dice::new(seed), left: CARDS };
        maker.make().expect("every part is made before it is used");
        world.act_as("Ada Example");
        world.let_clock_run();
        world
    }
}

struct Maker<'world> {
    world: &'world World,
    dice: Dice,
    /// Cards that are still to be made.
    left: usize,
}

/// When everything has happened.
fn end() -> DateTime<Utc> {
    DateTime::from_timestamp(1_771_456_500, 0).unwrap_or_default()
}

/// A board that can hold sprints, with its sprints in the order of time.
struct Team {
    project: &'static str,
    closed: Vec<i64>,
    active: i64,
    planned: Vec<i64>,
}

impl Maker<'_> {
    fn make(&mut self) -> Result<()> {
        for (name, category) in words::STATUSES {
            self.world.add_status(name, category);
        }
        for name in words::PEOPLE {
            self.world.act_as(name);
        }
        for (key, name) in words::PROJECTS {
            self.world.add_project(key, name);
        }
        let teams = self.teams()?;
        self.cards(&teams)
    }

    fn teams(&self) -> Result<Vec<Team>> {
        let boards: Vec<i64> = words::BOARDS
            .iter()
            .map(|(name, kind, project)| self.world.add_board(NewBoard::new(name, *kind, project)))
            .collect::<Result<_>>()?;
        let holding = words::BOARDS.iter().zip(&boards).filter(|((_, kind, _), _)| kind.holds_sprints());
        let holding: Vec<_> = holding.map(|((_, _, project), id)| (*project, *id)).collect();
        let shared: Vec<i64> = holding.iter().skip(1).take(2).map(|(_, id)| *id).collect();
        let counts = SPRINTS.into_iter().zip(PLANNED);
        let numbered = holding.into_iter().zip(counts).enumerate();
        let teams = numbered.map(|(at, ((project, board), (all, planned)))| {
            let others = if at == 0 { shared.as_slice() } else { &[] };
            self.team(project, board, all - planned, planned, others)
        });
        Ok(teams.collect())
    }

    /// Sprints of two weeks; the active one ends in a few days.
    fn team(&self, project: &'static str, board: i64, begun: usize, planned: usize, others: &[i64]) -> Team {
        let closed = (1..begun).map(|back| begun - back).map(|back| {
            let start = end() + Duration::days(4 - 14 * (back as i64 + 1));
            let new = NewSprint::new(&self.sprint_name(project), board).phase(SprintPhase::Closed);
            self.world.add_sprint(self.with_goal(new.between(start, start + Duration::days(14))))
        });
        let closed = closed.collect();
        let start = end() - Duration::days(10);
        let new = NewSprint::new(&self.sprint_name(project), board).phase(SprintPhase::Active);
        let new = others.iter().fold(new, |new, other| new.also_on(*other));
        let active =
            self.world.add_sprint(new.between(start, start + Duration::days(14)).goal("„Ziel“, mit Komma"));
        let planned = (0..planned).map(|ahead| {
            let new = NewSprint::new(&self.sprint_name(project), board);
            // Every second one has no dates yet.
            let start = end() + Duration::days(4 + 14 * ahead as i64);
            let dated = ahead % 2 == 1;
            self.world.add_sprint(if dated { new.between(start, start + Duration::days(14)) } else { new })
        });
        let planned = planned.collect();
        Team { project, closed, active, planned }
    }

    fn sprint_name(&self, project: &str) -> String {
        let number = self.world.state().sprints.len() + 1;
        let pattern = words::SPRINT_NAMES.get(number % words::SPRINT_NAMES.len()).copied().unwrap_or("{}");
        pattern.replace("{}", &format!("{project} {number}"))
    }

    fn with_goal(&self, new: NewSprint) -> NewSprint {
        let number = self.world.state().sprints.len();
        if number.is_multiple_of(3) { new } else { new.goal(&format!("Ziel № {number}: «fertig», 🎯")) }
    }
}
