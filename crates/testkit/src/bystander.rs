//! A host that has no business with anybody: it answers everything politely, and remembers what it was told.

use anyhow::Result;
use serde_json::json;

use crate::far::{Asked, Fake, Realm, Reply, Service};
use crate::faults::Refusal;

/// Another origin, for redirects and links that lead astray. Its [`requests`](Fake::requests) tell whether a
/// credential arrived there.
pub type Bystander = Fake<Stranger>;

/// Answers everything with an empty list.
#[derive(Debug, Default)]
pub struct Stranger {
    realm: Realm,
}

impl Bystander {
    /// Starts one on a port of its own.
    ///
    /// # Errors
    /// Where no socket can be opened.
    pub fn start() -> Result<Self> {
        Self::run(Stranger::default())
    }
}

impl Service for Stranger {
    fn realm(&self) -> &Realm {
        &self.realm
    }

    fn answer(&self, _asked: &Asked) -> Reply {
        Reply::json(200, &json!([]))
    }

    fn refuse(&self, _asked: &Asked, _refusal: &Refusal) -> Reply {
        Reply::json(403, &json!({ "message": "Forbidden" }))
    }

    fn route(&self, asked: &Asked) -> Vec<String> {
        asked.segments.clone()
    }
}
