//! What a command that failed tells, and how it ends.

use pdt_engine::api::{ApiError, ExitClass};

use crate::exit::Exit;
use crate::output::stream;
use crate::output::text::harmless_lines;

/// A command's failure: what the person reads, and the exit status.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) sentence: String,
    pub(crate) exit: Exit,
}

impl Failure {
    /// The command was not understood, or cannot be meant.
    pub(crate) fn usage(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit: Exit::Usage }
    }

    /// Says it on standard error.
    pub(crate) fn tell(&self) {
        stream::tell(&format!("error: {}", harmless_lines(&self.sentence)));
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        let exit = match error.exit_class() {
            ExitClass::Usage => Exit::Usage,
            ExitClass::Failed => Exit::Failed,
        };
        Self { sentence: error.to_string(), exit }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self { sentence: format!("{error:#}"), exit: Exit::Failed }
    }
}
