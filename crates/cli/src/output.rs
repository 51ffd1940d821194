//! What `pdt` prints: tables and sentences for people, one document for programs.

pub(crate) mod json;
pub(crate) mod stream;
pub(crate) mod table;
pub(crate) mod terminal;
pub(crate) mod text;
pub(crate) mod time;
