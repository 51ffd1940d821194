//! One page of a list.

use super::asked::Asked;

/// Which page was asked for, and how long one is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    /// From 1.
    pub(crate) number: usize,
    pub(crate) size: usize,
}

impl Page {
    /// What `page` and `per_page` say; at most 100 a page, `default` where nothing sensible is said.
    pub(crate) fn asked(asked: &Asked, default: usize) -> Self {
        let number =
            |name| asked.parameter(name).and_then(|text| text.parse::<usize>().ok()).filter(|n| *n > 0);
        Self { number: number("page").unwrap_or(1), size: number("per_page").unwrap_or(default).min(100) }
    }

    /// The items of this page.
    pub(crate) fn of<'items, Item>(&self, items: &'items [Item]) -> &'items [Item] {
        let start = (self.number - 1).saturating_mul(self.size).min(items.len());
        let end = start.saturating_add(self.size).min(items.len());
        items.get(start..end).unwrap_or_default()
    }

    /// How many pages a list of this length has; at least one.
    pub(crate) fn last(&self, length: usize) -> usize {
        length.div_ceil(self.size).max(1)
    }
}
