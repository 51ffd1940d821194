//! What the tray shows, out of what the engine knows. Pure, so that every state can be looked at in a test.

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::Name;
use pdt_engine::api::{AttentionDto, LiveDto, LoopStatusDto};

/// The word of what works no more, as opposed to what will stop or should be looked at.
const BROKEN: &str = "broken";

/// Which glyph the icon is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glyph {
    /// A ring with a dot.
    Idle,
    /// A ring with a gap.
    Syncing,
    /// A ring with an exclamation mark.
    NeedsYou,
}

/// What the tray shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct View {
    pub(super) glyph: Glyph,
    /// Beside the icon, where the desktop shows it.
    pub(super) tooltip: String,
    /// The menu's first line.
    pub(super) commits: String,
}

/// What is known about one profile.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) profile: Name,
    pub(super) commits: LoopStatusDto,
    pub(super) attention: Vec<AttentionDto>,
}

/// What the tray shows of all profiles: the worst of them, so that a good one hides nothing.
pub(super) fn view(profiles: &[Known], live: &LiveDto, now: DateTime<Utc>) -> View {
    let broken = profiles.iter().flat_map(|known| &known.attention).find(|item| item.severity == BROKEN);
    let glyph = match (&live.commits, broken) {
        (Some(_), _) => Glyph::Syncing,
        (None, Some(_)) => Glyph::NeedsYou,
        (None, None) => Glyph::Idle,
    };
    let commits = commits_line(profiles, live, now);
    let tooltip = match broken {
        Some(item) => format!("PDT · {}", shortened(&item.title)),
        None => format!("PDT · {}", in_a_sentence(&commits)),
    };
    View { glyph, tooltip, commits: format!("Commits: {commits}") }
}

/// How the loop of commits stands, in a few words.
fn commits_line(profiles: &[Known], live: &LiveDto, now: DateTime<Utc>) -> String {
    if let Some(run) = &live.commits {
        return if run.of == 0 {
            "syncing".to_owned()
        } else {
            format!("syncing, {} of {}", run.done, run.of)
        };
    }
    // The profile that was synced longest ago is the one that tells how fresh everything is.
    let oldest = profiles.iter().map(|known| &known.commits).filter(|status| status.last_sync.is_some());
    let Some(status) = oldest.min_by_key(|status| status.last_sync) else { return "never synced".to_owned() };
    let when = status.last_sync.map(|at| ago(at, now)).unwrap_or_default();
    match status.outcome.map(|outcome| outcome.as_str()) {
        Some(outcome @ ("failed" | "partial")) => format!("{outcome}, {when}"),
        _ => when,
    }
}

fn in_a_sentence(commits: &str) -> String {
    match commits.strip_prefix("syncing") {
        Some(rest) => format!("syncing{rest}"),
        None if commits.starts_with(|c: char| c.is_ascii_digit()) || commits == "just now" => {
            format!("synced {commits}")
        }
        None => commits.to_owned(),
    }
}

/// How long ago, as people say it.
fn ago(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let passed = now.signed_duration_since(at);
    match () {
        () if passed < TimeDelta::minutes(1) => "just now".to_owned(),
        () if passed < TimeDelta::hours(1) => format!("{} min ago", passed.num_minutes()),
        () if passed < TimeDelta::days(1) => format!("{} h ago", passed.num_hours()),
        () if passed < TimeDelta::days(2) => "1 day ago".to_owned(),
        () => format!("{} days ago", passed.num_days()),
    }
}

/// Panels cut long tooltips anywhere; this cuts them at the end of a word.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use pdt_domain::run::Outcome;
    use pdt_engine::api::{AttentionAction, RunDto};

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn known(last_sync: Option<i64>, outcome: Outcome, broken: &[&str]) -> Known {
        let commits = LoopStatusDto {
            last_sync: last_sync.map(at),
            next_sync: None,
            status: "idle",
            last_error: None,
            last_success: None,
            outcome: last_sync.map(|_| outcome),
            reason: None,
        };
        let item = |title: &&str| AttentionDto {
            id: (*title).to_owned(),
            severity: BROKEN,
            title: (*title).to_owned(),
            detail: None,
            action: AttentionAction::None,
        };
        Known { profile: Name::default_profile(), commits, attention: broken.iter().map(item).collect() }
    }

    fn running(done: usize, of: usize) -> LiveDto {
        let profile = Name::default_profile();
        let (reading, failed) = (Vec::new(), Vec::new());
        LiveDto {
            commits: Some(RunDto { profile, started_at: at(0), done, of, new_commits: 0, reading, failed }),
        }
    }

    fn seen(profiles: &[Known], live: &LiveDto) -> (Glyph, String, String) {
        let View { glyph, tooltip, commits } = view(profiles, live, at(10_000));
        (glyph, tooltip, commits)
    }

    fn text(glyph: Glyph, tooltip: &str, commits: &str) -> (Glyph, String, String) {
        (glyph, tooltip.to_owned(), commits.to_owned())
    }

    #[test]
    fn before_anything_was_synced_it_says_so() {
        let idle = LiveDto::default();
        let expected = text(Glyph::Idle, "PDT · never synced", "Commits: never synced");
        assert_eq!(seen(&[], &idle), expected);
        assert_eq!(seen(&[known(None, Outcome::Ok, &[])], &idle), expected);
    }

    #[test]
    fn at_rest_it_tells_how_fresh_the_oldest_profile_is() {
        let profiles = [known(Some(9_999), Outcome::Ok, &[]), known(Some(9_997), Outcome::Ok, &[])];
        let expected = text(Glyph::Idle, "PDT · synced 3 min ago", "Commits: 3 min ago");
        assert_eq!(seen(&profiles, &LiveDto::default()), expected);
    }

    #[test]
    fn a_partial_run_is_never_told_as_a_good_one() {
        let profiles = [known(Some(9_990), Outcome::Partial, &[])];
        let expected = text(Glyph::Idle, "PDT · partial, 10 min ago", "Commits: partial, 10 min ago");
        assert_eq!(seen(&profiles, &LiveDto::default()), expected);
    }

    #[test]
    fn a_running_sync_says_how_far_it_is() {
        let profiles = [known(Some(9_990), Outcome::Ok, &[])];
        let expected = text(Glyph::Syncing, "PDT · syncing, 3 of 7", "Commits: syncing, 3 of 7");
        assert_eq!(seen(&profiles, &running(3, 7)), expected);
        assert_eq!(
            seen(&profiles, &running(0, 0)).2,
            "Commits: syncing",
            "before it is known how many there are"
        );
    }

    #[test]
    fn what_needs_the_person_is_what_the_tooltip_says() {
        let refused = "GitHub refused the token of work.";
        let profiles =
            [known(Some(9_999), Outcome::Ok, &[]), known(Some(9_990), Outcome::Failed, &[refused])];
        let expected =
            text(Glyph::NeedsYou, "PDT · GitHub refused the token of work.", "Commits: failed, 10 min ago");
        assert_eq!(seen(&profiles, &LiveDto::default()), expected);
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let long = "word ".repeat(40);
        let cut = shortened(long.trim());
        assert!(cut.chars().count() <= 81 && cut.ends_with("word…"), "{cut}");
    }

    #[test]
    fn time_is_told_as_people_say_it() {
        let told = |minutes| ago(at(0), at(minutes));
        let expected =
            ["just now", "1 min ago", "59 min ago", "1 h ago", "23 h ago", "1 day ago", "3 days ago"];
        assert_eq!([0, 1, 59, 60, 1439, 1440, 4400].map(told), expected);
        assert_eq!(
            ago(at(5), at(0)),
            "just now",
            "a clock that was put back is no reason for a negative time"
        );
    }
}
