//! What the tray shows, out of what the engine knows. Pure, so that every state can be looked at in a test.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use pdt_domain::ids::Name;
use pdt_domain::run::Outcome;
use pdt_engine::api::{AttentionDto, Health, LiveDto, LoopStatusDto};
use pdt_engine::controls::Pause;

/// The word of what works no more, as opposed to what will stop or should be looked at.
const BROKEN: &str = "broken";

/// How long what is told of one thing may be, in characters: panels cut what is longer anywhere.
const LONGEST: usize = 70;

/// Which glyph the icon is.
///
/// What needs the person comes before everything else: it stays until they act, and a sync, which may last long, says
/// in the menu's lines that it goes on. A sync comes before a pause, since it can be asked for by hand all the same, and
/// a pause before what nobody tries to reach while it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glyph {
    /// A ring with an exclamation mark.
    NeedsYou,
    /// A ring with a gap.
    Syncing,
    /// Two bars: nothing comes by itself.
    Paused,
    /// A ring with a stroke.
    Offline,
    /// A ring with a dot.
    Idle,
}

/// What the menu offers for the background loops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offer {
    Pause,
    Resume,
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
    pub(super) offer: Offer,
}

/// What is known about one profile.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) profile: Name,
    pub(super) commits: LoopStatusDto,
    pub(super) jira: LoopStatusDto,
    pub(super) attention: Vec<AttentionDto>,
}

/// Everything that the tray tells of.
#[derive(Debug)]
pub(super) struct Situation<'s> {
    pub(super) profiles: &'s [Known],
    pub(super) live: &'s LiveDto,
    /// Whether runs begin by themselves.
    pub(super) is_enabled: bool,
    pub(super) pause: Option<Pause>,
    pub(super) has_network: bool,
    pub(super) now: DateTime<Utc>,
    /// The time where the person is.
    pub(super) local: fn(DateTime<Utc>) -> NaiveDateTime,
}

/// What the tray shows of all profiles: the worst of them, so that a good one hides nothing.
pub(super) fn view(situation: &Situation<'_>) -> View {
    let Situation { profiles, live, now, .. } = *situation;
    let commits_run = live.commits.as_ref().map(|run| (run.done, run.of));
    let jira_run =
        live.jira.as_ref().map(|run| (run.boards_done + run.sprints_done, run.boards_of + run.sprints_of));
    let commits = Line::of(profiles.iter().map(|known| &known.commits), commits_run, now);
    let jira = Line::of(profiles.iter().map(|known| &known.jira), jira_run, now);
    let glyph = situation.glyph();
    let told = match glyph {
        Glyph::NeedsYou => situation.broken().map(|item| shortened(&item.title)).unwrap_or_default(),
        Glyph::Syncing | Glyph::Idle => telling(&commits, &jira).in_a_sentence(),
        Glyph::Paused => situation.paused(),
        Glyph::Offline => situation.offline(),
    };
    View {
        glyph,
        tooltip: format!("PDT · {told}"),
        commits: format!("Commits: {}", commits.text),
        jira: format!("Jira: {}", jira.text),
        offer: if situation.pause.is_some() { Offer::Resume } else { Offer::Pause },
    }
}

impl Situation<'_> {
    fn glyph(&self) -> Glyph {
        match () {
            () if self.broken().is_some() => Glyph::NeedsYou,
            () if self.live.commits.is_some() || self.live.jira.is_some() => Glyph::Syncing,
            () if !self.is_enabled || self.pause.is_some() => Glyph::Paused,
            () if self.is_offline() => Glyph::Offline,
            () => Glyph::Idle,
        }
    }

    /// The first thing that works no more.
    fn broken(&self) -> Option<&AttentionDto> {
        self.profiles.iter().flat_map(|known| &known.attention).find(|item| item.severity == BROKEN)
    }

    /// Where nothing that was asked last could be reached, or without a network before anything could. Who tells of the
    /// network may be wrong: what a run has just reached is reachable.
    fn is_offline(&self) -> bool {
        let outcomes: Vec<Outcome> = self.statuses().filter_map(|status| status.outcome).collect();
        let reached_nothing = outcomes.iter().all(|one| *one == Outcome::Skipped);
        reached_nothing && !(self.has_network && outcomes.is_empty())
    }

    fn statuses(&self) -> impl Iterator<Item = &LoopStatusDto> {
        self.profiles.iter().flat_map(|known| [&known.commits, &known.jira])
    }

    fn paused(&self) -> String {
        let Some(pause) = self.pause.filter(|_| self.is_enabled) else {
            return "background sync is off".to_owned();
        };
        let Some(end) = pause.end() else { return "paused".to_owned() };
        let (end, now) = ((self.local)(end), (self.local)(self.now));
        match () {
            () if end.date() == now.date() => format!("paused until {}", end.format("%H:%M")),
            () if Some(end.date()) == now.date().succ_opt() => {
                format!("paused until tomorrow, {}", end.format("%H:%M"))
            }
            () => format!("paused until {}", end.format("%-d %B, %H:%M")),
        }
    }

    fn offline(&self) -> String {
        let oldest = self.statuses().filter_map(|status| status.last_success).min();
        oldest.map_or_else(|| "offline".to_owned(), |at| format!("offline, synced {}", ago(at, self.now)))
    }
}

/// How a loop stands.
#[derive(Debug)]
struct Line {
    text: String,
    /// What of it comes first where there is room for one loop.
    weight: Weight,
    /// The oldest end of a run among the profiles.
    since: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Syncing,
    FallsShort,
    Synced,
    Never,
}

impl Line {
    fn of<'s>(
        statuses: impl Iterator<Item = &'s LoopStatusDto>,
        run: Option<(usize, usize)>,
        now: DateTime<Utc>,
    ) -> Self {
        let mut statuses: Vec<_> = statuses.filter(|status| status.last_sync.is_some()).collect();
        // The profile that fell short tells what matters, and of others the one that was synced longest ago how fresh
        // everything is.
        statuses.sort_by_key(|status| (shortcoming(status).is_none(), status.last_sync));
        let since = statuses.iter().filter_map(|status| status.last_sync).min();
        let told = |text: String, weight| Self { text, weight, since };
        match (run, statuses.first()) {
            (Some((_, 0)), _) => told("syncing".to_owned(), Weight::Syncing),
            (Some((done, of)), _) => told(format!("syncing, {done} of {of}"), Weight::Syncing),
            (None, None) => told("never synced".to_owned(), Weight::Never),
            (None, Some(status)) => match shortcoming(status) {
                Some(word) => told(short(word, status, now), Weight::FallsShort),
                None => told(since.map(|at| ago(at, now)).unwrap_or_default(), Weight::Synced),
            },
        }
    }

    fn in_a_sentence(&self) -> String {
        match self.weight {
            Weight::Synced => format!("synced {}", self.text),
            Weight::Syncing | Weight::FallsShort | Weight::Never => self.text.clone(),
        }
    }
}

/// Of the two loops the one to tell where there is room for one: what runs, then what did not bring everything, then
/// what is older.
fn telling<'l>(commits: &'l Line, jira: &'l Line) -> &'l Line {
    if (jira.weight, jira.since) < (commits.weight, commits.since) { jira } else { commits }
}

/// The word of what a loop's last run did not bring.
fn shortcoming(status: &LoopStatusDto) -> Option<&'static str> {
    match (status.health, status.outcome) {
        (_, None | Some(Outcome::Ok)) => None,
        (_, Some(Outcome::Skipped)) => Some("offline"),
        (Health::RateLimited, _) => Some("rate limited"),
        (_, Some(outcome @ (Outcome::Failed | Outcome::Partial))) => Some(outcome.as_str()),
    }
}

/// What was brought when nothing could be reached is older than the last try.
fn short(word: &str, status: &LoopStatusDto, now: DateTime<Utc>) -> String {
    let brought_nothing = status.outcome == Some(Outcome::Skipped);
    let when = if brought_nothing { status.last_success } else { status.last_sync };
    when.map_or_else(|| word.to_owned(), |at| format!("{word}, {}", ago(at, now)))
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

/// The same text, cut at the end of a word where it is too long.
fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests;
