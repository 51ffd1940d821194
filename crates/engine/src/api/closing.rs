//! What closing the window means where there is no tray.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiError, Engine};

/// Where the choice is stored. No variable has this name.
const KEY: &str = "closing";

/// What a person wants when they close the window where the desktop has no tray.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum ClosingChoice {
    /// PDT goes on without a window.
    Stay,
    /// PDT ends.
    Quit,
}

impl ClosingChoice {
    fn as_str(self) -> &'static str {
        match self {
            Self::Stay => "stay",
            Self::Quit => "quit",
        }
    }
}

impl Engine {
    /// What was chosen; `None` as long as nobody did, so that the person is to be asked.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn closing_choice(&self) -> Result<Option<ClosingChoice>, ApiError> {
        let stored = self.core.db.read(|tx| tx.setting(KEY)).await?;
        let known = [ClosingChoice::Stay, ClosingChoice::Quit];
        Ok(known.into_iter().find(|choice| stored.as_deref() == Some(choice.as_str())))
    }

    /// Remembers a choice in the place of an earlier one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn choose_closing(&self, choice: ClosingChoice) -> Result<(), ApiError> {
        Ok(self.core.db.write(move |tx| tx.set_setting(KEY, choice.as_str())).await?)
    }
}
