//! Why a command ended early, in a sentence for the person who started it.

use std::fmt;
use std::process::ExitCode;

/// The end of a command that did not do what it was asked for.
#[derive(Debug)]
pub(crate) struct Failure {
    sentence: String,
    exit: u8,
}

impl Failure {
    /// Something did not work. Exit status 1.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit: 1 }
    }

    /// The command was not understood. Exit status 2.
    pub(crate) fn usage(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), exit: 2 }
    }

    /// The exit status that tells a script which of the two it was.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.exit)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}
