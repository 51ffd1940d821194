use chrono::Days;
use pdt_engine::api::{AttentionAction, RunDto};

use super::*;

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
}

/// 22:40 on 7 January 1970, and after midnight where the person is.
const NOW: i64 = 10_000;

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
        last_success: last_sync.filter(|_| outcome == Outcome::Ok).map(at),
        outcome: last_sync.map(|_| outcome),
        reason: None,
        health: Health::Ok,
        paused_until: None,
        skipped: 0,
    }
}

/// The last try reached nothing; something was brought at `success`.
fn unreached(last_sync: i64, success: Option<i64>) -> LoopStatusDto {
    LoopStatusDto {
        last_success: success.map(at),
        health: Health::Offline,
        ..status(Some(last_sync), Outcome::Skipped)
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

/// What a test changes of a PDT at rest.
fn at_rest<'s>(profiles: &'s [Known], live: &'s LiveDto) -> Situation<'s> {
    let local = |instant: DateTime<Utc>| instant.naive_utc() + TimeDelta::hours(2);
    Situation { profiles, live, is_enabled: true, pause: None, has_network: true, now: at(NOW), local }
}

fn seen(profiles: &[Known], live: &LiveDto) -> (Glyph, String, String) {
    let View { glyph, tooltip, commits, .. } = view(&at_rest(profiles, live));
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
    let profiles = [known(Some(NOW - 1), Outcome::Ok, &[]), known(Some(NOW - 3), Outcome::Ok, &[])];
    let expected = text(Glyph::Idle, "PDT · synced 3 min ago", "Commits: 3 min ago");
    assert_eq!(seen(&profiles, &LiveDto::default()), expected);
}

#[test]
fn a_partial_run_is_never_told_as_a_good_one() {
    let profiles = [known(Some(NOW - 10), Outcome::Partial, &[])];
    let expected = text(Glyph::Idle, "PDT · partial, 10 min ago", "Commits: partial, 10 min ago");
    assert_eq!(seen(&profiles, &LiveDto::default()), expected);
}

#[test]
fn a_service_that_wants_to_be_left_alone_is_told_as_such() {
    let mut limited = known(Some(NOW - 10), Outcome::Failed, &[]);
    limited.commits.health = Health::RateLimited;
    let expected = text(Glyph::Idle, "PDT · rate limited, 10 min ago", "Commits: rate limited, 10 min ago");
    assert_eq!(seen(&[limited], &LiveDto::default()), expected);
}

#[test]
fn a_running_sync_says_how_far_it_is() {
    let profiles = [known(Some(NOW - 10), Outcome::Ok, &[])];
    let expected = text(Glyph::Syncing, "PDT · syncing, 3 of 7", "Commits: syncing, 3 of 7");
    assert_eq!(seen(&profiles, &running(3, 7)), expected);
    assert_eq!(
        seen(&profiles, &running(0, 0)).2,
        "Commits: syncing",
        "before it is known how many there are"
    );
}

#[test]
fn what_needs_the_person_is_hidden_by_nothing() {
    let refused = "GitHub refused the token of work.";
    let profiles =
        [known(Some(NOW - 1), Outcome::Ok, &[]), known(Some(NOW - 10), Outcome::Failed, &[refused])];
    let expected =
        text(Glyph::NeedsYou, "PDT · GitHub refused the token of work.", "Commits: failed, 10 min ago");
    assert_eq!(seen(&profiles, &LiveDto::default()), expected);
    let (glyph, tooltip, commits) = seen(&profiles, &running(3, 7));
    assert_eq!((glyph, tooltip), (expected.0, expected.1), "not by a sync, which may last long");
    assert_eq!(commits, "Commits: syncing, 3 of 7", "and the menu tells of the sync");
    let live = LiveDto::default();
    let paused = Situation {
        pause: Some(Pause::Open),
        is_enabled: false,
        has_network: false,
        ..at_rest(&profiles, &live)
    };
    assert_eq!(view(&paused).glyph, Glyph::NeedsYou, "nor by a pause");
}

#[test]
fn a_pause_tells_when_it_ends_where_the_person_is() {
    let live = LiveDto::default();
    let paused = |pause| {
        let profiles = [known(Some(NOW - 10), Outcome::Ok, &[])];
        let View { glyph, tooltip, offer, commits, .. } =
            view(&Situation { pause: Some(pause), ..at_rest(&profiles, &live) });
        assert_eq!((glyph, offer), (Glyph::Paused, Offer::Resume), "{tooltip}");
        assert_eq!(commits, "Commits: 10 min ago", "how fresh it is stays to be read");
        tooltip
    };
    assert_eq!(paused(Pause::Open), "PDT · paused");
    // It is 22:40 in UTC, and 40 minutes past midnight there.
    assert_eq!(paused(Pause::Until(at(NOW + 60))), "PDT · paused until 01:40");
    assert_eq!(paused(Pause::Until(at(NOW + 24 * 60))), "PDT · paused until tomorrow, 00:40");
    let later = at(NOW) + Days::new(3);
    assert_eq!(paused(Pause::Until(later)), "PDT · paused until 11 January, 00:40");
}

#[test]
fn a_sync_that_was_asked_for_shows_in_a_pause_too() {
    let live = running(1, 2);
    let view = view(&Situation { pause: Some(Pause::Open), ..at_rest(&[], &live) });
    assert_eq!((view.glyph, view.offer), (Glyph::Syncing, Offer::Resume));
}

#[test]
fn loops_that_are_switched_off_are_told_as_off_and_not_as_paused() {
    let live = LiveDto::default();
    for pause in [None, Some(Pause::Open)] {
        let View { glyph, tooltip, .. } =
            view(&Situation { is_enabled: false, pause, ..at_rest(&[], &live) });
        assert_eq!((glyph, tooltip.as_str()), (Glyph::Paused, "PDT · background sync is off"));
    }
}

#[test]
fn offline_is_where_nothing_could_be_reached_whoever_tells_of_the_network() {
    let live = LiveDto::default();
    let fresh = [known(Some(NOW - 20), Outcome::Ok, &[])];
    let View { glyph, tooltip, .. } = view(&Situation { has_network: false, ..at_rest(&fresh, &live) });
    assert_eq!((glyph, tooltip.as_str()), (Glyph::Idle, "PDT · synced 20 min ago"), "a run has reached it");

    let both = |jira| {
        let commits = unreached(NOW - 1, Some(NOW - 20));
        seen(&[Known { commits, jira, ..known(None, Outcome::Ok, &[]) }], &live)
    };
    let expected = text(Glyph::Offline, "PDT · offline, synced 20 min ago", "Commits: offline, 20 min ago");
    assert_eq!(both(unreached(NOW - 1, None)), expected, "the last try brought nothing");
    let (glyph, tooltip, _) = both(status(Some(NOW - 1), Outcome::Ok));
    assert_eq!(
        (glyph, tooltip.as_str()),
        (Glyph::Idle, "PDT · offline, 20 min ago"),
        "who reaches one of two services is not offline"
    );
    let never = view(&Situation { has_network: false, ..at_rest(&[], &live) });
    assert_eq!(never.tooltip, "PDT · offline", "nothing was ever brought");
}

#[test]
fn each_loop_has_its_line_and_the_tooltip_tells_the_one_that_matters() {
    let both = |commits, jira| {
        let known = Known { jira, ..known(Some(commits), Outcome::Ok, &[]) };
        let View { tooltip, jira, .. } = view(&at_rest(&[known], &LiveDto::default()));
        (tooltip, jira)
    };
    let told = |tooltip: &str, jira: &str| (tooltip.to_owned(), jira.to_owned());
    let fresh = both(NOW - 10, status(Some(NOW - 1), Outcome::Ok));
    assert_eq!(fresh, told("PDT · synced 10 min ago", "Jira: 1 min ago"), "the older one");
    let partial = both(NOW - 10, status(Some(NOW - 1), Outcome::Partial));
    assert_eq!(partial, told("PDT · partial, 1 min ago", "Jira: partial, 1 min ago"));
    let never = both(NOW - 10, status(None, Outcome::Ok));
    assert_eq!(never, told("PDT · synced 10 min ago", "Jira: never synced"));
}

#[test]
fn a_long_sentence_is_cut_between_words() {
    let long = "word ".repeat(40);
    let cut = shortened(long.trim());
    assert!(cut.chars().count() <= LONGEST + 1 && cut.ends_with("word…"), "{cut}");
    let profiles = [known(None, Outcome::Ok, &[&long])];
    let (_, tooltip, _) = seen(&profiles, &LiveDto::default());
    assert!(tooltip.chars().count() < 80, "panels cut what is longer: {tooltip}");
}

#[test]
fn time_is_told_as_people_say_it() {
    let told = |minutes| ago(at(0), at(minutes));
    let expected = ["just now", "1 min ago", "59 min ago", "1 h ago", "23 h ago", "1 day ago", "3 days ago"];
    assert_eq!([0, 1, 59, 60, 1439, 1440, 4400].map(told), expected);
    assert_eq!(ago(at(5), at(0)), "just now", "a clock that was put back is no reason for a negative time");
}
