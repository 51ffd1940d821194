//! Which cards a commit without one may belong to.

use std::collections::HashMap;

use chrono::{DateTime, Utc};

use crate::jira::{Change, ChangeItem, StatusCategory};
use crate::search::is_same;

/// Nobody reads through more of them.
const MOST: usize = 5;

/// The names that one person goes by: at a service of commits, in git, in Jira.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person(Vec<String>);

impl Person {
    /// Who goes by these names; empty ones are nobody's.
    #[must_use]
    pub fn of(names: impl IntoIterator<Item = String>) -> Self {
        Self(names.into_iter().filter(|name| !name.trim().is_empty()).collect())
    }

    /// The names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// Whether the name is one of theirs, in any letter case.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.0.iter().any(|known| is_same(known, name))
    }
}

/// A commit with a card, near to one that has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// The card that it belongs to.
    pub key: String,
    /// When it was written.
    pub written_at: DateTime<Utc>,
}

/// A card as it is now, and what was changed of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardHistory {
    /// Its key.
    pub key: String,
    /// The name of its status.
    pub status: String,
    /// What that status means.
    pub status_category: Option<StatusCategory>,
    /// The display name of whom it is assigned to.
    pub assignee: Option<String>,
    /// That person's id on the site.
    pub assignee_id: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What was changed, in any order.
    pub changes: Vec<Change>,
}

/// What the statuses of a site mean, by their names.
pub type Meanings = HashMap<String, StatusCategory>;

/// The cards of the neighbours, the nearest in time first.
#[must_use]
pub fn nearest(mut neighbours: Vec<Neighbour>, moment: DateTime<Utc>) -> Vec<String> {
    neighbours.sort_by_key(|neighbour| (neighbour.written_at - moment).abs());
    neighbours.into_iter().map(|neighbour| neighbour.key).collect()
}

/// The cards that were in progress at a moment and assigned to a person then, those last that were begun first.
#[must_use]
pub fn in_progress(
    cards: &[CardHistory],
    moment: DateTime<Utc>,
    person: &Person,
    meanings: &Meanings,
) -> Vec<String> {
    let mut found: Vec<(DateTime<Utc>, &str)> = cards
        .iter()
        .filter(|card| card.was_in_progress(moment, meanings) && card.was_assigned_to(person, moment))
        .map(|card| (card.stood_since(moment), card.key.as_str()))
        .collect();
    found.sort_by(|one, other| other.cmp(one));
    found.into_iter().map(|(_, key)| key.to_owned()).collect()
}

/// The keys to suggest, each once and with the first of its reasons; `without` are those that a person has refused.
#[must_use]
pub fn likeliest<Why: Copy>(
    reasons: impl IntoIterator<Item = (Why, Vec<String>)>,
    without: &[String],
) -> Vec<(String, Why)> {
    let mut chosen: Vec<(String, Why)> = Vec::new();
    for (why, keys) in reasons {
        for key in keys {
            let is_known = without.contains(&key) || chosen.iter().any(|(other, _)| *other == key);
            if !is_known && chosen.len() < MOST {
                chosen.push((key, why));
            }
        }
    }
    chosen
}

impl CardHistory {
    fn was_in_progress(&self, moment: DateTime<Utc>, meanings: &Meanings) -> bool {
        let category = match self.first_after(moment, "status") {
            Some(item) => item.from_string.as_ref().and_then(|status| meanings.get(status)).copied(),
            None => self.status_category,
        };
        self.created_at <= moment && category == Some(StatusCategory::InProgress)
    }

    fn was_assigned_to(&self, person: &Person, moment: DateTime<Utc>) -> bool {
        let (name, id) = match self.first_after(moment, "assignee") {
            Some(item) => (&item.from_string, &item.from),
            None => (&self.assignee, &self.assignee_id),
        };
        [name, id].into_iter().flatten().any(|name| person.is_called(name))
    }

    /// How a field was before its first change after a moment is how it was at that moment.
    fn first_after(&self, moment: DateTime<Utc>, field: &str) -> Option<&ChangeItem> {
        let later = self.changes.iter().filter(|change| moment < change.created);
        let touching = later.filter_map(|change| Some((change.created, change.item(field)?)));
        touching.min_by_key(|(created, _)| *created).map(|(_, item)| item)
    }

    /// When it came into the status that it had at a moment.
    fn stood_since(&self, moment: DateTime<Utc>) -> DateTime<Utc> {
        let earlier = self.changes.iter().filter(|change| change.created <= moment);
        let moves = earlier.filter(|change| change.item("status").is_some()).map(|change| change.created);
        moves.max().unwrap_or(self.created_at)
    }
}

impl Change {
    /// What the change did to a field. Jira's own fields keep their English names in every language.
    fn item(&self, field: &str) -> Option<&ChangeItem> {
        self.items.iter().find(|item| item.field.eq_ignore_ascii_case(field))
    }
}

#[cfg(test)]
mod tests;
