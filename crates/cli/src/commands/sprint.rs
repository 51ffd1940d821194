//! `pdt sprint`.

use chrono::{DateTime, Utc};
use pdt_engine::api::SprintDto;

use crate::args::SprintCommand;
use crate::context::{Answer, Context};
use crate::failure::Failure;
use crate::output::table::{Entry, Listing, Tone};
use crate::output::terminal::Terminal;

pub(crate) async fn run(command: &SprintCommand, context: &Context) -> Result<Answer, Failure> {
    match command {
        SprintCommand::List => {
            let sprints = context.engine.sprints(&context.profile).await?;
            context.answer(&sprints, |terminal| show(&sprints, terminal))
        }
    }
}

fn show(sprints: &[SprintDto], terminal: Terminal) -> String {
    let mut listing =
        Listing::new(["ID", "NAME", "STATE", "FROM", "TO", "CARDS", "DONE", "ACCOUNT", "BOARDS"])
            .keeping_whole([0, 3, 4, 5, 6]);
    for sprint in sprints {
        listing.add([
            sprint.id.to_string().into(),
            sprint.name.as_str().into(),
            state(sprint.state),
            day(sprint.start_date).into(),
            day(sprint.end_date).into(),
            sprint.cards.to_string().into(),
            sprint.done.to_string().into(),
            sprint.account.as_str().into(),
            sprint.boards.join(", ").into(),
        ]);
    }
    listing.render(
        terminal,
        "No sprints yet. Connect a Jira account (pdt account add jira) and run pdt sync jira.",
    )
}

fn state(state: &'static str) -> Entry {
    match state {
        "active" => Entry::toned(state, Tone::Good),
        _ => Entry::toned(state, Tone::Faint),
    }
}

fn day(instant: Option<DateTime<Utc>>) -> String {
    instant.map_or_else(
        || "-".to_owned(),
        |instant| instant.with_timezone(&chrono::Local).format("%Y-%m-%d").to_string(),
    )
}
