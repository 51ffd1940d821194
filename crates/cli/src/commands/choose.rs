//! Choosing repositories in a terminal: type to search, one after the other.

use std::io::{IsTerminal, stderr, stdin};

use anyhow::Context as _;
use dialoguer::FuzzySelect;
use pdt_engine::api::AvailableDto;

use crate::failure::Failure;
use crate::output::stream;
use crate::output::text::harmless;

/// More rows than that scroll the question away.
const ROWS: usize = 15;

/// Choosing needs somebody who can see and type.
pub(super) fn check_terminal() -> Result<(), Failure> {
    if stdin().is_terminal() && stderr().is_terminal() {
        Ok(())
    } else {
        Err(Failure::usage(
            "--choose needs a terminal.\nUse \"pdt repo available\" for the list, and \"pdt repo add URL\".",
        ))
    }
}

/// Lets the person choose among those that are not tracked yet, until Escape is pressed.
pub(super) fn choose(available: Vec<AvailableDto>) -> Result<Vec<AvailableDto>, Failure> {
    if available.is_empty() {
        stream::tell("The accounts of this profile can read no repository.");
        return Ok(available);
    }
    let mut left: Vec<AvailableDto> = available.into_iter().filter(|row| !row.tracked).collect();
    if left.is_empty() {
        stream::tell("Every repository that the accounts can read is tracked already.");
    }
    let mut chosen = Vec::new();
    while !left.is_empty() {
        let Some(index) = ask(&left)?.filter(|index| *index < left.len()) else { break };
        let row = left.remove(index);
        stream::tell(&format!("  + {}", label(&row)));
        chosen.push(row);
    }
    Ok(chosen)
}

fn ask(left: &[AvailableDto]) -> Result<Option<usize>, Failure> {
    let labels: Vec<String> = left.iter().map(label).collect();
    let question = FuzzySelect::new()
        .with_prompt("Track which repository? Type to search, Enter to take it, Escape when done")
        .items(&labels)
        .default(0)
        .max_length(ROWS)
        .report(false);
    Ok(question.interact_opt().context("The terminal did not answer.")?)
}

fn label(row: &AvailableDto) -> String {
    harmless(&format!("{}/{} ({})", row.owner, row.name, row.account))
}
