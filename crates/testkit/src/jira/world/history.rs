//! Long changelogs, made up.

use anyhow::Result;
use chrono::{DateTime, Duration, Utc};

use super::World;
use super::edits::{item, status_id};
use super::model::{Entry, Field, Item, State};
use crate::dice::Dice;

impl World {
    /// Gives a card so many entries more, spread from its last change (or its beginning) until now. The newest
    /// is the moment at which the card was last changed.
    ///
    /// # Errors
    /// Where the card does not exist.
    pub fn add_history(&self, key: &str, entries: usize) -> Result<()> {
        let mut state = self.state();
        let id = state.card_id(key)?;
        let now = state.now();
        state.grow_history(id, entries, now, &mut Dice::new(id))
    }
}

impl State {
    pub(super) fn grow_history(
        &mut self,
        id: u64,
        entries: usize,
        until: DateTime<Utc>,
        dice: &mut Dice,
    ) -> Result<()> {
        let begin = self.card_mut(id)?.updated;
        let count = i64::try_from(entries).unwrap_or(i64::MAX).max(1);
        let step = (until - begin).num_milliseconds().max(0) / count;
        for number in 0..entries {
            let items = self.made_up_items(number, dice);
            let back = i64::try_from(entries - 1 - number).unwrap_or(0) * step;
            let created = until - Duration::milliseconds(back);
            self.last.entry += 1;
            // What a rule did has no author.
            let author = (!dice.one_in(9)).then(|| dice.below(self.people.len()));
            let entry = Entry { id: self.last.entry, author, created, items };
            let card = self.card_mut(id)?;
            card.updated = created;
            card.changelog.push(entry);
        }
        Ok(())
    }

    fn made_up_items(&self, number: usize, dice: &mut Dice) -> Vec<Item> {
        let status = |number: usize| {
            let at = number % self.statuses.len().max(1);
            (Some(status_id(at)), self.statuses.get(at).map(|status| status.name.clone()))
        };
        let text = |text: String| (None, Some(text));
        let moved = || item(Field::System("status"), status(number), status(number + 1));
        let estimated =
            || item(Field::StoryPoints, text((number % 8).to_string()), text((number % 8 + 1).to_string()));
        match dice.below(6) {
            0 => vec![item(Field::System("labels"), text(String::new()), text(format!("runde-{number}")))],
            1 => vec![estimated()],
            2 => vec![item(
                Field::Unnumbered("Link"),
                (None, None),
                (Some(format!("X-{number}")), Some(format!("blocks X-{number} “später”, 🦀"))),
            )],
            3 => vec![moved(), estimated()],
            4 => {
                let ids: Vec<i64> = self.sprints.keys().copied().skip(number).take(2).collect();
                let before = self.named_sprints(ids.first().copied().into_iter().collect());
                vec![item(Field::Sprint, before, self.named_sprints(ids))]
            }
            _ => vec![moved()],
        }
    }
}
