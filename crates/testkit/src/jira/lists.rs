//! Pages: by offset, and by token.

use serde_json::{Value, json};

use crate::far::Asked;

/// A part of a list, by `startAt` and `maxResults`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) start: usize,
    pub(super) size: usize,
}

impl Window {
    /// What was asked for, and never more than `cap`; 50 where nothing is said, as everywhere in Jira.
    pub(super) fn asked(asked: &Asked, cap: usize) -> Self {
        let number = |name| asked.parameter(name).and_then(|text| text.parse::<usize>().ok());
        Self { start: number("startAt").unwrap_or(0), size: number("maxResults").unwrap_or(50).min(cap) }
    }

    pub(super) fn of<'items, Item>(&self, items: &'items [Item]) -> &'items [Item] {
        let start = self.start.min(items.len());
        items.get(start..self.end(items.len())).unwrap_or_default()
    }

    fn end(&self, length: usize) -> usize {
        self.start.saturating_add(self.size).min(length)
    }

    /// The page as boards, projects and changelogs have it.
    pub(super) fn page(&self, values: Vec<Value>, total: usize) -> Value {
        json!({
            "maxResults": self.size,
            "startAt": self.start,
            "total": total,
            "isLast": self.end(total) >= total,
            "values": values,
        })
    }

    /// The page as the lists of cards have it: nothing says whether it is the last.
    pub(super) fn issues(&self, issues: Vec<Value>, total: usize) -> Value {
        json!({
            "expand": "schema,names",
            "startAt": self.start,
            "maxResults": self.size,
            "total": total,
            "issues": issues,
        })
    }
}

/// What tokens begin with, and what their number is mixed with: they say nothing to a client.
const TOKEN: &str = "Ch0jU3RyaW5nJlVFUlU";
const MIX: usize = 0x5bd1_e995;

/// A token for what begins there.
pub(super) fn token(start: usize) -> String {
    format!("{TOKEN}{:x}", start ^ MIX)
}

/// Where a list goes on; None for a token that is none.
pub(super) fn start_of(token: &str) -> Option<usize> {
    let number = token.strip_prefix(TOKEN)?;
    usize::from_str_radix(number, 16).ok().map(|number| number ^ MIX)
}
