//! The system's own ways to say that PDT shall end.

use std::sync::Arc;

use pdt_engine::stopping::asked_to_stop;

use super::desktop::Resident;

/// Ends PDT when the session ends, or somebody says so in a terminal.
pub(super) async fn quit_when_asked(resident: Arc<Resident>) {
    asked_to_stop().await;
    resident.end().await;
}
