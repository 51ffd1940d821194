//! What the tray shows, out of what the engine knows. Pure, so that every state can be looked at in a test.

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::Name;
use pdt_domain::run::Outcome;
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
    /// Its second one.
    pub(super) jira: String,
}

/// What is known about one profile.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) profile: Name,
    pub(super) commits: LoopStatusDto,
    pub(super) jira: LoopStatusDto,
    pub(super) attention: Vec<AttentionDto>,
}

/// What the tray shows of all profiles: the worst of them, so that a good one hides nothing.
pub(super) fn view(profiles: &[Known], live: &LiveDto, now: DateTime<Utc>) -> View {
    let broken = profiles.iter().flat_map(|known| &known.attention).find(|item| item.severity == BROKEN);
    let is_syncing = live.commits.is_some() || live.jira.is_some();
    let glyph = match (is_syncing, broken) {
        (true, _) => Glyph::Syncing,
        (false, Some(_)) => Glyph::NeedsYou,
        (false, None) => Glyph::Idle,
    };
    let commits_run = live.commits.as_ref().map(|run| (run.done, run.of));
    let jira_run =
        live.jira.as_ref().map(|run| (run.boards_done + run.sprints_done, run.boards_of + run.sprints_of));
    let commits = line(profiles.iter().map(|known| &known.commits), commits_run, now);
    let jira = line(profiles.iter().map(|known| &known.jira), jira_run, now);
    let tooltip = match broken {
        Some(item) => format!("PDT · {}", shortened(&item.title)),
        None => format!("PDT · {}", in_a_sentence(telling(profiles, live, &commits, &jira))),
    };
    View { glyph, tooltip, commits: format!("Commits: {commits}"), jira: format!("Jira: {jira}") }
}

/// Of the two loops' lines the one to tell where there is room for one: what runs, then what did not bring
/// everything, then what is older.
fn telling<'l>(profiles: &[Known], live: &LiveDto, commits: &'l str, jira: &'l str) -> &'l str {
    let oldest = |of: fn(&Known) -> &LoopStatusDto| {
        profiles.iter().map(of).filter_map(|status| status.last_sync).min()
    };
    let falls_short = |line: &str| line.starts_with("failed") || line.starts_with("partial");
    let is_jira = match (oldest(|known| &known.commits), oldest(|known| &known.jira)) {
        _ if live.commits.is_some() => false,
        _ if live.jira.is_some() => true,
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(_), Some(_)) if falls_short(commits) || falls_short(jira) => !falls_short(commits),
        (Some(of_commits), Some(of_jira)) => of_jira < of_commits,
    };
    if is_jira { jira } else { commits }
}

/// How a loop stands, in a few words.
fn line<'s>(
    statuses: impl Iterator<Item = &'s LoopStatusDto>,
    run: Option<(usize, usize)>,
    now: DateTime<Utc>,
) -> String {
    match run {
        Some((_, 0)) => return "syncing".to_owned(),
        Some((done, of)) => return format!("syncing, {done} of {of}"),
        None => {}
    }
    // The profile that fell short tells what matters, and of others the one that was synced longest ago how fresh
    // everything is.
    let fell_short =
        |status: &LoopStatusDto| matches!(status.outcome, Some(Outcome::Failed | Outcome::Partial));
    let worst = statuses
        .filter(|status| status.last_sync.is_some())
        .min_by_key(|status| (!fell_short(status), status.last_sync));
    let Some(status) = worst else { return "never synced".to_owned() };
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
    use pdt_engine::api::{AttentionAction, RunDto};

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn known(last_sync: Option<i64>, outcome: Outcome, broken: &[&str]) -> Known {
        let commits = status(last_sync, outcome);
        let item = |title: &&str| AttentionDto {
            id: (*title).to_owned(),
            severity: BROKEN,
            title: (*title).to_owned(),
            detail: None,
            action: AttentionAction::None,
        };
        let attention = broken.iter().map(item).collect();
        Known { profile: Name::default_profile(), commits, jira: status(None, outcome), attention }
    }

    fn status(last_sync: Option<i64>, outcome: Outcome) -> LoopStatusDto {
        LoopStatusDto {
            last_sync: last_sync.map(at),
            next_sync: None,
            status: "idle",
            last_error: None,
            last_success: None,
            outcome: last_sync.map(|_| outcome),
            reason: None,
        }
    }

    fn running(done: usize, of: usize) -> LiveDto {
        let profile = Name::default_profile();
        let (reading, failed) = (Vec::new(), Vec::new());
        LiveDto {
            commits: Some(RunDto { profile, started_at: at(0), done, of, new_commits: 0, reading, failed }),
            jira: None,
        }
    }

    fn seen(profiles: &[Known], live: &LiveDto) -> (Glyph, String, String) {
        let View { glyph, tooltip, commits, .. } = view(profiles, live, at(10_000));
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
    fn each_loop_has_its_line_and_the_tooltip_tells_the_one_that_matters() {
        let both = |commits, jira| {
            let known = Known { jira, ..known(Some(commits), Outcome::Ok, &[]) };
            let View { tooltip, jira, .. } = view(&[known], &LiveDto::default(), at(10_000));
            (tooltip, jira)
        };
        let told = |tooltip: &str, jira: &str| (tooltip.to_owned(), jira.to_owned());
        let fresh = both(9_990, status(Some(9_999), Outcome::Ok));
        assert_eq!(fresh, told("PDT · synced 10 min ago", "Jira: 1 min ago"), "the older one");
        let partial = both(9_990, status(Some(9_999), Outcome::Partial));
        assert_eq!(partial, told("PDT · partial, 1 min ago", "Jira: partial, 1 min ago"));
        let never = both(9_990, status(None, Outcome::Ok));
        assert_eq!(never, told("PDT · synced 10 min ago", "Jira: never synced"));
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
