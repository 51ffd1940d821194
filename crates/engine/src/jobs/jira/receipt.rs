//! What a run leaves behind of one Jira account.

use pdt_domain::ids::Name;
use serde::Serialize;
use serde_json::Value;

use crate::jobs::fault::Fault;
use crate::jobs::receipt::Entry;

/// One account's part of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccountReceipt {
    pub(crate) account: Name,
    /// Boards that the account sees.
    pub(crate) boards: u32,
    /// Sprints that these boards show.
    pub(crate) sprints: u32,
    /// Sprints whose cards were read to the end.
    pub(crate) read_sprints: usize,
    /// Cards in active sprints.
    pub(crate) cards: u32,
    /// Cards received, those already known included.
    pub(crate) fetched: usize,
    pub(crate) new_cards: usize,
    pub(crate) changed_cards: usize,
    /// Cards that were taken for deleted or moved away.
    pub(crate) removed_cards: usize,
    /// Boards, sprints and lists that could not be read; each keeps its place.
    pub(crate) failed: Vec<FailedPart>,
    /// What kept the whole account from being read.
    pub(crate) fault: Option<Fault>,
}

/// A part of a site that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FailedPart {
    /// What it is: `board Team Alpha`.
    pub(crate) part: String,
    /// What went wrong, in a sentence.
    pub(crate) error: String,
}

impl AccountReceipt {
    pub(crate) fn new(account: Name) -> Self {
        Self {
            account,
            boards: 0,
            sprints: 0,
            read_sprints: 0,
            cards: 0,
            fetched: 0,
            new_cards: 0,
            changed_cards: 0,
            removed_cards: 0,
            failed: Vec::new(),
            fault: None,
        }
    }
}

impl Entry for AccountReceipt {
    const THINGS: &'static str = "accounts";

    fn name(&self) -> &str {
        self.account.as_str()
    }

    fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    fn error(&self) -> Option<String> {
        // The sentence names its part.
        let parts = self.failed.first().map(|FailedPart { error, .. }| match self.failed.len() {
            1 => error.clone(),
            several => format!("{several} parts could not be read, the first one: {error}"),
        });
        self.fault.as_ref().map(|fault| fault.message.clone()).or(parts)
    }

    fn stored(&self) -> Value {
        serde_json::json!({
            "account": self.account,
            "boards": self.boards,
            "sprints": self.sprints,
            "read_sprints": self.read_sprints,
            "cards": self.cards,
            "fetched": self.fetched,
            "new_cards": self.new_cards,
            "changed_cards": self.changed_cards,
            "removed_cards": self.removed_cards,
            "failed": self.failed,
            "error": self.error(),
        })
    }
}
