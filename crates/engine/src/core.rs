//! What every part of the engine works with.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};
use pdt_store::Db;
use url::Url;

use crate::clock::Clock;
use crate::controls::{Controls, Desk};
use crate::folders::DataFolder;
use crate::secrets::Secrets;

/// The engine's parts. Cheap to clone; clones share everything.
#[derive(Clone)]
pub(crate) struct Core {
    pub(crate) db: Db,
    pub(crate) secrets: Secrets,
    pub(crate) desk: Desk,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) folder: Arc<DataFolder>,
    /// Salt of token fingerprints, chosen once for this database.
    pub(crate) print_salt: Arc<str>,
    /// Where Atlassian takes scoped tokens of its Cloud.
    pub(crate) jira_gateway: Arc<Url>,
}

impl Core {
    /// Settings and pause as they are in force now.
    pub(crate) fn controls(&self) -> Arc<Controls> {
        self.desk.now()
    }

    /// The present second: the database keeps no smaller part.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now().trunc_subsecs(0)
    }
}
