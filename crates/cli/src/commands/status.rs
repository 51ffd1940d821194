//! `pdt status`.

use chrono::{DateTime, Utc};
use pdt_domain::run::Outcome;
use pdt_engine::api::{LoopStatusDto, StatusDto};

use crate::context::{Answer, Context};
use crate::failure::Failure;
use crate::output::table::{Entry, Listing, Tone};
use crate::output::terminal::Terminal;
use crate::output::text::harmless;
use crate::output::time::from_now_or_never;

pub(crate) async fn run(context: &Context) -> Result<Answer, Failure> {
    let status = context.engine.status(&context.profile).await?;
    context.answer(&status, |terminal| show(&status, terminal, context.now))
}

fn show(status: &StatusDto, terminal: Terminal, now: DateTime<Utc>) -> String {
    let mut listing = Listing::new(["LOOP", "STATE", "LAST SYNC", "OUTCOME", "LAST SUCCESS", "NEXT SYNC"]);
    let loops = [("commits", &status.commits), ("jira", &status.jira)];
    for (name, state) in loops {
        listing.add([
            name.into(),
            state.status.into(),
            from_now_or_never(state.last_sync, now).into(),
            outcome(state.outcome),
            from_now_or_never(state.last_success, now).into(),
            state.next_sync.map_or_else(|| "-".to_owned(), |time| from_now_or_never(Some(time), now)).into(),
        ]);
    }
    let table = listing.render(terminal, "");
    let words = loops.into_iter().flat_map(|(name, state)| remarks(name, state));
    words.fold(table, |text, line| text + &line + "\n")
}

/// An outcome's word in its colour; a dash before any run.
pub(super) fn outcome(outcome: Option<Outcome>) -> Entry {
    let tone = match outcome {
        Some(Outcome::Ok) => Tone::Good,
        Some(Outcome::Partial) => Tone::Warning,
        Some(Outcome::Failed) => Tone::Bad,
        Some(Outcome::Skipped) | None => Tone::Faint,
    };
    Entry::toned(outcome.map_or("-", Outcome::as_str), tone)
}

/// What the table has no room for: why a run ended as it did.
fn remarks(name: &str, state: &LoopStatusDto) -> Vec<String> {
    let told = [("reason", &state.reason), ("last error", &state.last_error)];
    let told = told.into_iter().filter_map(|(what, text)| Some((what, text.as_deref()?)));
    told.map(|(what, text)| harmless(&format!("{name}, {what}: {text}"))).collect()
}

#[cfg(test)]
mod tests {
    use pdt_engine::api::Health;

    use super::*;

    fn idle() -> LoopStatusDto {
        LoopStatusDto {
            last_sync: None,
            next_sync: None,
            status: "idle",
            last_error: None,
            last_success: None,
            outcome: None,
            reason: None,
            health: Health::Ok,
            paused_until: None,
            skipped: 0,
        }
    }

    #[test]
    fn before_any_run_there_is_nothing_but_never() {
        let status = StatusDto { commits: idle(), jira: idle() };
        let text = show(&status, Terminal::None, DateTime::UNIX_EPOCH);
        assert_eq!(text.lines().count(), 3, "{text}");
        assert_eq!(text.matches("never").count(), 4, "{text}");
    }

    #[test]
    fn an_error_of_the_last_run_stands_below_the_table() {
        let now = DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(3);
        let last_sync = Some(DateTime::UNIX_EPOCH);
        let last_error = Some("acme/widgets: gone\u{1b}[2J".to_owned());
        let failed = LoopStatusDto { last_sync, last_error, outcome: Some(Outcome::Failed), ..idle() };
        let text = show(&StatusDto { commits: failed, jira: idle() }, Terminal::None, now);
        assert!(text.contains("3 min ago"), "{text}");
        assert!(text.ends_with("commits, last error: acme/widgets: gone\u{fffd}[2J\n"), "{text}");
    }
}
