//! What every command works with, and what it answers.

use chrono::{DateTime, Utc};
use pdt_domain::ids::Name;
use pdt_engine::api::Engine;
use serde::Serialize;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::json;
use crate::output::terminal::Terminal;

/// The engine, the profile, and who reads the answer.
pub(crate) struct Context {
    pub(crate) engine: Engine,
    pub(crate) profile: Name,
    pub(crate) reader: Reader,
    /// The present, for telling times.
    pub(crate) now: DateTime<Utc>,
}

/// Who reads the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// A program: one JSON document.
    Program,
    /// A person: tables and sentences.
    Person(Terminal),
}

/// What a command prints on standard output, and how it ends.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) output: String,
    pub(crate) exit: Exit,
}

impl Context {
    /// The answer of a command that did what it was asked: the document for a program, the text for a person.
    pub(crate) fn answer(
        &self,
        document: &impl Serialize,
        text: impl FnOnce(Terminal) -> String,
    ) -> Result<Answer, Failure> {
        answer(self.reader, document, text)
    }
}

/// The document for a program, the text for a person.
pub(crate) fn answer(
    reader: Reader,
    document: &impl Serialize,
    text: impl FnOnce(Terminal) -> String,
) -> Result<Answer, Failure> {
    let output = match reader {
        Reader::Program => json::document(document)?,
        Reader::Person(terminal) => text(terminal),
    };
    Ok(Answer { output, exit: Exit::Done })
}

impl Answer {
    /// An answer that is a text and nothing else.
    pub(crate) fn text(output: String) -> Self {
        Self { output, exit: Exit::Done }
    }

    /// The same with another end.
    pub(crate) fn ending(self, exit: Exit) -> Self {
        Self { exit, ..self }
    }
}
