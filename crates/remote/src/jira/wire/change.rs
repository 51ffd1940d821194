//! Changelogs.

use std::collections::BTreeMap;

use pdt_domain::jira::{Change, ChangeItem};
use serde::Deserialize;
use serde_json::Value;

use super::super::listing::Item;
use super::Odd;
use super::site::Person;
use super::value::{Moment, Text, text_of};

/// One entry.
#[derive(Deserialize)]
pub(in crate::jira) struct History {
    id: Option<Text>,
    author: Option<Person>,
    created: Option<Moment>,
    items: Option<Vec<HistoryItem>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HistoryItem {
    field: Option<Value>,
    field_id: Option<Value>,
    from: Option<Value>,
    from_string: Option<Value>,
    to: Option<Value>,
    to_string: Option<Value>,
}

impl Item for History {
    fn number(&self) -> Option<String> {
        self.id.as_ref().map(|id| id.0.clone())
    }
}

impl History {
    pub(in crate::jira) fn change(self) -> Result<Change, Odd> {
        let id = self.id.ok_or_else(|| Odd::without("an entry of a changelog", "a number"))?.0;
        let created = self.created.and_then(|created| created.time());
        let created = created.ok_or_else(|| {
            Odd::without(format_args!("entry {id} of a changelog"), "a time that can be read")
        })?;
        let items = self.items.unwrap_or_default().into_iter().map(ChangeItem::from).collect();
        Ok(Change { id, author: self.author.and_then(Person::title), created, items })
    }
}

impl From<HistoryItem> for ChangeItem {
    fn from(wire: HistoryItem) -> Self {
        let field_id = text_of(wire.field_id);
        Self {
            field: text_of(wire.field).or_else(|| field_id.clone()).unwrap_or_default(),
            field_id,
            from: text_of(wire.from),
            from_string: text_of(wire.from_string),
            to: text_of(wire.to),
            to_string: text_of(wire.to_string),
        }
    }
}

/// A page of the changelogs of several cards.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::jira) struct Histories {
    issue_change_logs: Vec<CardHistories>,
    pub(in crate::jira) next_page_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CardHistories {
    issue_id: Option<Text>,
    change_histories: Option<Vec<History>>,
}

impl Histories {
    /// How many cards it has something of.
    pub(in crate::jira) fn received(&self) -> usize {
        self.issue_change_logs.len()
    }

    /// Its entries, by the number of their card.
    pub(in crate::jira) fn by_card(self) -> Result<BTreeMap<String, Vec<Change>>, Odd> {
        let mut found = BTreeMap::new();
        for card in self.issue_change_logs {
            let id = card.issue_id.ok_or_else(|| Odd::without("a changelog", "the number of its card"))?.0;
            let changes: &mut Vec<Change> = found.entry(id).or_default();
            for entry in card.change_histories.unwrap_or_default() {
                changes.push(entry.change()?);
            }
        }
        Ok(found)
    }
}
