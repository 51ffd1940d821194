//! `pdt card`.

use std::fmt::Write as _;

use chrono::{DateTime, Local, Utc};
use pdt_engine::api::{CardDto, CardQuery, CardShowDto, ChangeDto, ChangeItemDto, RelativeDto};

use crate::args::CardCommand;
use crate::context::{Answer, Context};
use crate::failure::Failure;
use crate::output::table::{Entry, Listing, Tone};
use crate::output::terminal::Terminal;
use crate::output::text::{harmless, harmless_lines, shortened};

pub(crate) async fn run(command: CardCommand, context: &Context) -> Result<Answer, Failure> {
    match command {
        CardCommand::List { sprint, account } => {
            let cards = context.engine.cards(&context.profile, CardQuery { sprint, account }).await?;
            context.answer(&cards, |terminal| list(&cards, terminal))
        }
        CardCommand::Show { key, account } => {
            let found = context.engine.card(&context.profile, key.as_str(), account.as_deref());
            let card = found.await?;
            context.answer(&card, |_| show(&card))
        }
    }
}

fn list(cards: &[CardDto], terminal: Terminal) -> String {
    let mut listing =
        Listing::new(["KEY", "SUMMARY", "STATUS", "ASSIGNEE", "SPRINT", "ACCOUNT"]).keeping_whole([0]);
    for card in cards {
        listing.add([
            card.key.as_str().into(),
            card.summary.as_str().into(),
            status(card),
            card.assignee.as_deref().unwrap_or("-").into(),
            card.sprint_name.as_deref().unwrap_or("-").into(),
            card.account.as_str().into(),
        ]);
    }
    listing.render(terminal, "No cards. PDT collects those of active sprints: pdt sync jira.")
}

fn status(card: &CardDto) -> Entry {
    match (card.removed.word(), card.status_category) {
        (Some(word), _) => Entry::toned(word, Tone::Faint),
        (None, Some("done")) => Entry::toned(card.status.as_str(), Tone::Good),
        (None, _) => card.status.as_str().into(),
    }
}

/// A card as a page: what it is, what it says, and what became of it.
fn show(found: &CardShowDto) -> String {
    let (card, details) = (&found.card, &found.details);
    let mut text = format!("{}  {}\n", harmless(&card.key), harmless(&card.summary));
    let mut fact = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let _ = writeln!(text, "  {name:<10} {}", harmless(&value));
        }
    };
    fact("Status", Some(card.status.clone()));
    fact("Removed", card.removed.word().map(str::to_owned));
    fact("Type", Some(card.issue_type.clone()));
    fact("Priority", card.priority.clone());
    fact("Assignee", card.assignee.clone());
    fact("Points", card.story_points.map(|points| points.to_string()));
    fact("Labels", Some(details.labels.join(", ")));
    fact(
        "Sprints",
        Some(details.sprints.iter().map(|sprint| sprint.name.as_str()).collect::<Vec<_>>().join(", ")),
    );
    fact("Parent", details.parent.as_ref().map(relative));
    fact("Subtasks", Some(details.subtasks.iter().map(relative).collect::<Vec<_>>().join("; ")));
    fact("Once", Some(found.former_keys.join(", ")));
    fact("Updated", Some(local(card.updated_at)));
    fact("Page", Some(card.url.clone()));
    if let Some(description) = details.description.as_deref().filter(|text| !text.trim().is_empty()) {
        let _ = write!(text, "\n{}\n", harmless_lines(description.trim_end()));
    }
    if !details.changelog.is_empty() {
        text.push_str("\nHistory\n");
        details.changelog.iter().for_each(|change| tell(&mut text, change));
    }
    text
}

fn relative(card: &RelativeDto) -> String {
    format!("{} {}", card.key, card.summary)
}

fn tell(text: &mut String, change: &ChangeDto) {
    let author = change.author.as_deref().unwrap_or("somebody");
    let _ = writeln!(text, "  {}  {}", local(change.created), harmless(author));
    for item in &change.items {
        let ChangeItemDto { field, from, from_string, to, to_string, .. } = item;
        let value = |text: &Option<String>, id: &Option<String>| {
            let value =
                text.as_deref().or(id.as_deref()).filter(|value| !value.is_empty()).unwrap_or("nothing");
            shortened(&harmless(value), 60)
        };
        let _ = writeln!(
            text,
            "    {}: {} → {}",
            harmless(field),
            value(from_string, from),
            value(to_string, to)
        );
    }
}

fn local(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string()
}
