//! A small world to look at: a team in the middle of its second sprint.

mod story;

use anyhow::Result;
use chrono::{DateTime, Duration, Utc};

use super::{BoardType, Edit, NewBoard, NewCard, NewSprint, World};
use story::{CARDS, EVENTS, Event, Sketch, What};

impl World {
    /// Two projects with a Scrum and a Kanban board, a closed, an active and a planned sprint, and some twenty
    /// cards; the story ends now. Their keys are those that the demo's commits name.
    ///
    /// # Panics
    /// Never: the story is fixed, and tested.
    #[must_use]
    pub fn small() -> Self {
        Self::small_at(Utc::now())
    }

    /// The same, with the story's end at another time. The clock runs on from there.
    ///
    /// # Panics
    /// Never: the story is fixed, and tested.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the story is fixed, and a test tells it")]
    pub fn small_at(now: DateTime<Utc>) -> Self {
        let world = Self::new();
        world.tell(now).expect("every word of the story is about what it made before");
        world.let_clock_run();
        world
    }

    fn tell(&self, now: DateTime<Utc>) -> Result<()> {
        self.add_project("PDT", "Development tracker");
        self.add_project("OPS", "Operations");
        let scrum = self.add_board(NewBoard::new("PDT team", BoardType::Scrum, "PDT"))?;
        self.add_board(NewBoard::new("Operations", BoardType::Kanban, "OPS"))?;
        for goal in ["A first list that people can use", "Export what was found", "Quiet by default"] {
            let number = 7 + self.state().sprints.len();
            self.add_sprint(NewSprint::new(&format!("PDT Sprint {number}"), scrum).goal(goal));
        }
        CARDS.iter().try_for_each(|sketch| self.draw(sketch, now))?;
        EVENTS.iter().try_for_each(|event| self.happen(event, now))
    }

    fn draw(&self, sketch: &Sketch, now: DateTime<Utc>) -> Result<()> {
        self.stop_clock_at(now - Duration::hours(sketch.hours_ago));
        let (project, number) = sketch.key.split_once('-').unwrap_or((sketch.key, "1"));
        let card = NewCard::new(project, sketch.summary).numbered(number.parse()?);
        let card = card.issue_type(sketch.kind).priority(sketch.priority).labels(sketch.labels);
        let card = if sketch.text.is_empty() { card } else { card.description(sketch.text) };
        let card = if sketch.points > 0.0 { card.points(sketch.points) } else { card };
        let card = match sketch.parent {
            "" => card,
            parent if sketch.kind == super::new::SUBTASK => card.part_of(parent),
            parent => card.below(parent),
        };
        self.add_card(card).map(drop)
    }

    fn happen(&self, event: &Event, now: DateTime<Utc>) -> Result<()> {
        self.stop_clock_at(
            now - Duration::minutes(event.hours_ago * 60 - 17) - Duration::milliseconds(event.hours_ago * 7),
        );
        self.act_as(event.who);
        match event.what {
            What::Begin(sprint) => self.start_sprint(sprint),
            What::Close(sprint, next) => self.close_sprint(sprint, Some(next)),
            What::Plan(key, sprint) => self.move_to_sprint(key, sprint),
            What::Take(key) => self.edit_together(
                key,
                vec![Edit::Assignee(Some(event.who.to_owned())), Edit::Status("In Progress".to_owned())],
            ),
            What::Move(key, status) => self.edit(key, Edit::Status(status.to_owned())),
            What::Estimate(key, points) => self.edit(key, Edit::Points(Some(points))),
            What::Rename(key, summary) => self.edit(key, Edit::Summary(summary.to_owned())),
            What::Comment(key) => self.edit(key, Edit::Comment),
        }
    }
}
