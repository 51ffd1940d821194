//! What Jira sends, as far as PDT reads it, and what it becomes. Every field may be missing or null; what PDT cannot
//! do without is asked for when the domain's value is made, so that an error can say what was missing.

mod board;
mod card;
mod change;
mod fields;
mod site;
mod value;

use std::fmt;

pub(super) use board::{Board, Sprint};
pub(super) use card::{Found, Issue};
pub(super) use change::{Histories, History};
pub(super) use site::{Field, Person, Project, Server, Tenant};

/// What is wrong with something that Jira sent; the end of a sentence.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Odd(String);

impl Odd {
    /// `what` lacks something: "a board without a number".
    fn without(what: impl fmt::Display, lack: &str) -> Self {
        Self(format!("{what} without {lack}"))
    }
}

impl fmt::Display for Odd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
