//! What PDT says of itself.

use std::path::PathBuf;

use serde::Serialize;
use ts_rs::TS;

use super::Engine;

/// Which PDT this is, and where it keeps its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AboutDto {
    /// The version, as `0.1.0`.
    pub version: String,
    /// The folder that holds the database.
    pub data_folder: String,
    /// Settings that could not be read, a sentence each.
    pub warnings: Vec<String>,
}

impl Engine {
    /// Which PDT this is.
    #[must_use]
    pub fn about(&self) -> AboutDto {
        AboutDto {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data_folder: self.core.folder.path().display().to_string(),
            warnings: self.warnings(),
        }
    }

    /// The folder that holds the database.
    #[must_use]
    pub fn own_data_folder(&self) -> PathBuf {
        self.core.folder.path().to_owned()
    }

    /// The folder of the log files; it need not be there.
    #[must_use]
    pub fn logs_folder(&self) -> PathBuf {
        self.core.folder.logs()
    }
}
