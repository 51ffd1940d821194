//! What the stored history of a card says of a sprint. Histories are long, and most of what stands in them is about
//! something else: nothing of that is taken out of the document.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use pdt_domain::burndown::{CardHistory, Standing, Was};
use pdt_domain::jira::StatusCategory;
use pdt_store::SprintCard;
use serde::Deserialize;

/// What an estimate is called where the service does not tell the field's id.
const POINTS: [&str; 2] = ["story points", "story point estimate"];

/// Reads the histories of the cards of one sprint.
pub(super) struct Reader {
    sprint: String,
    /// The ids of the fields that hold an estimate.
    points: Vec<String>,
    statuses: Statuses,
}

impl Reader {
    /// How each card stands to a sprint now, and what its history says of how it stood before. `sprint` is Jira's number,
    /// `points` are the fields that hold an estimate, `known` are the statuses by their names.
    pub(super) fn histories(
        sprint: i64,
        points: Vec<String>,
        known: HashMap<String, StatusCategory>,
        cards: &[SprintCard],
    ) -> Vec<CardHistory> {
        let documents: Vec<Document<'_>> = cards.iter().map(Document::of).collect();
        let mut statuses = Statuses { by_name: known, by_id: HashMap::new() };
        for (card, document) in cards.iter().zip(&documents) {
            statuses.learn(card, document);
        }
        let reader = Self { sprint: sprint.to_string(), points, statuses };
        cards.iter().zip(&documents).map(|(card, document)| reader.history(card, document)).collect()
    }

    fn history(&self, card: &SprintCard, document: &Document<'_>) -> CardHistory {
        let mut changes = Vec::new();
        let mut is_resolved = false;
        for (created, item) in document.items() {
            if item.is("resolution") {
                is_resolved = item.to.is_some();
            }
            changes.extend(self.was(item).map(|was| (created, was)));
        }
        let status_is_done = card.status_category.map(|category| category == StatusCategory::Done);
        let (is_in, points) = (card.left_at.is_none(), card.story_points);
        let now = Standing { is_in, status_is_done, is_resolved, points };
        CardHistory { key: card.key.clone(), created: card.created_at, now, left_at: card.left_at, changes }
    }

    fn was(&self, item: &Item<'_>) -> Option<Was> {
        match () {
            () if item.is("sprint") => Some(Was::In(self.names_sprint(item.from.as_ref()))),
            () if item.is("status") => Some(Was::Done(self.statuses.is_done(item))),
            () if item.is("resolution") => Some(Was::Resolved(item.from.is_some())),
            () if self.is_estimate(item) => Some(Was::Points(item.number_before())),
            () => None,
        }
    }

    /// A card may be in several sprints: `38, 40`.
    fn names_sprint(&self, value: Option<&Text<'_>>) -> bool {
        value.is_some_and(|value| value.0.split(',').any(|number| number.trim() == self.sprint))
    }

    fn is_estimate(&self, item: &Item<'_>) -> bool {
        match &item.field_id {
            Some(id) => self.points.iter().any(|field| *field == id.0),
            None => POINTS.iter().any(|name| item.is(name)),
        }
    }
}

/// What statuses mean. By its number a status is one thing; by its name it may mean one thing here and another there.
struct Statuses {
    by_name: HashMap<String, StatusCategory>,
    by_id: HashMap<String, StatusCategory>,
}

impl Statuses {
    /// The status that a card came into last is the one that it has.
    fn learn(&mut self, card: &SprintCard, document: &Document<'_>) {
        let last = document.items().map(|(_, item)| item).filter(|item| item.is("status")).last();
        if let (Some(category), Some(id)) = (card.status_category, last.and_then(|item| item.to.as_ref())) {
            self.by_id.insert(id.0.to_string(), category);
        }
    }

    /// Whether a card was done before it left the status.
    fn is_done(&self, item: &Item<'_>) -> Option<bool> {
        let by_id = item.from.as_ref().and_then(|id| self.by_id.get(id.0.as_ref()));
        let by_name = || item.from_string.as_ref().and_then(|name| self.by_name.get(name.0.as_ref()));
        by_id.or_else(by_name).map(|category| *category == StatusCategory::Done)
    }
}

/// What is read of a card's document.
#[derive(Deserialize, Default)]
struct Document<'a> {
    #[serde(borrow, default)]
    changelog: Vec<Entry<'a>>,
}

impl<'a> Document<'a> {
    /// A document that cannot be read has no history; the next sync mends it.
    fn of(card: &'a SprintCard) -> Self {
        serde_json::from_str(&card.details_json).unwrap_or_default()
    }

    /// What was changed, the oldest first.
    fn items(&self) -> impl Iterator<Item = (DateTime<Utc>, &Item<'a>)> {
        self.changelog.iter().flat_map(|entry| entry.items.iter().map(|item| (entry.created, item)))
    }
}

#[derive(Deserialize)]
struct Entry<'a> {
    created: DateTime<Utc>,
    #[serde(borrow)]
    items: Vec<Item<'a>>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow)]
    field: Text<'a>,
    #[serde(borrow, default)]
    field_id: Option<Text<'a>>,
    #[serde(borrow, default)]
    from: Option<Text<'a>>,
    #[serde(borrow, default)]
    from_string: Option<Text<'a>>,
    #[serde(borrow, default)]
    to: Option<Text<'a>>,
}

impl Item<'_> {
    /// Jira's own fields keep their English names in every language.
    fn is(&self, field: &str) -> bool {
        self.field.0.eq_ignore_ascii_case(field)
    }

    fn number_before(&self) -> Option<f64> {
        let values = [&self.from_string, &self.from].into_iter().flatten();
        values.filter_map(|value| value.0.trim().parse::<f64>().ok()).find(|number| number.is_finite())
    }
}

/// A text that lies in the document as it is, unless something in it is escaped.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests;
