use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;

/// The sprint goes from hour 0 to hour 100.
fn hour(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(1000 + hour)
}

const OPEN: Standing =
    Standing { is_in: true, status_is_done: Some(false), is_resolved: false, points: Some(3.0) };
const DONE: Standing = Standing { status_is_done: Some(true), ..OPEN };
const OUT: Standing = Standing { is_in: false, ..OPEN };

fn card(now: Standing, changes: &[(i64, Was)]) -> CardHistory {
    let changes = changes.iter().map(|(at, was)| (hour(*at), *was)).collect();
    CardHistory { key: "ABC-1".to_owned(), created: hour(-50), now, left_at: None, changes }
}

fn told(cards: &[CardHistory]) -> String {
    let burndown = burndown(cards, hour(0), hour(100));
    let step = |step: &Step| {
        format!("{}h {:?} {:+} = {}", (step.at - hour(0)).num_hours(), step.event, step.delta, step.remaining)
    };
    let steps: Vec<String> = burndown.steps.iter().map(step).collect();
    format!("{} | {}", burndown.committed, steps.join(", "))
}

#[test]
fn what_is_done_in_the_sprint_burns_down_and_what_was_done_before_never_stood_there() {
    assert_eq!(told(&[card(DONE, &[(10, Was::Done(Some(false)))])]), "3 | 10h Done -3 = 0");
    assert_eq!(told(&[card(DONE, &[(-1, Was::Done(Some(false)))])]), "0 | ");
    assert_eq!(told(&[card(DONE, &[(0, Was::Done(Some(false)))])]), "0 | ", "its first moment is its state");
}

#[test]
fn what_is_opened_again_is_left_again() {
    let changes = [(10, Was::Done(Some(false))), (20, Was::Done(Some(true)))];
    assert_eq!(told(&[card(OPEN, &changes)]), "3 | 10h Done -3 = 0, 20h Reopened +3 = 3");
    let all = burndown(&[card(OPEN, &changes)], hour(0), hour(100));
    assert_eq!((all.added(), all.removed(), all.done()), (0.0, 0.0, 0.0), "nothing is done in the end");
}

#[test]
fn what_comes_later_is_added_and_what_is_made_in_the_sprint_too() {
    assert_eq!(told(&[card(OPEN, &[(10, Was::In(false))])]), "0 | 10h Added +3 = 3");
    let made = CardHistory { created: hour(5), ..card(OPEN, &[]) };
    assert_eq!(told(&[made]), "0 | 5h Added +3 = 3");
    assert_eq!(told(&[card(DONE, &[(10, Was::In(false))])]), "0 | ", "what comes done leaves nothing to do");
}

#[test]
fn what_leaves_counts_until_it_leaves_whoever_tells_of_it() {
    assert_eq!(told(&[card(OUT, &[(10, Was::In(true))])]), "3 | 10h Removed -3 = 0");
    let seen = CardHistory { left_at: Some(hour(12)), ..card(OUT, &[]) };
    assert_eq!(told(&[seen]), "3 | 12h Removed -3 = 0", "its history does not say so");
    let both = CardHistory { left_at: Some(hour(12)), ..card(OUT, &[(10, Was::In(true))]) };
    assert_eq!(told(&[both]), "3 | 10h Removed -3 = 0", "its history knows better");
    let came = CardHistory { left_at: Some(hour(12)), ..card(OUT, &[(10, Was::In(false))]) };
    assert_eq!(told(&[came]), "0 | 10h Added +3 = 3, 12h Removed -3 = 0", "the history ends too early");
}

#[test]
fn an_estimate_that_changes_is_scope_and_that_of_a_card_that_is_done_is_nothing() {
    let cards = [card(OPEN, &[(10, Was::Points(None))]), card(OPEN, &[(20, Was::Points(Some(8.0)))])];
    assert_eq!(told(&cards), "8 | 10h Estimated +3 = 11, 20h Estimated -5 = 6");
    let all = burndown(&cards, hour(0), hour(100));
    assert_eq!((all.added(), all.removed(), all.done()), (3.0, 5.0, 0.0));
    assert_eq!(told(&[card(DONE, &[(10, Was::Points(None))])]), "0 | ");
}

#[test]
fn a_resolution_decides_where_a_status_tells_nothing() {
    let now = Standing { status_is_done: None, is_resolved: true, ..OPEN };
    assert_eq!(told(&[card(now, &[(10, Was::Resolved(false))])]), "3 | 10h Done -3 = 0");
    let known = Standing { status_is_done: Some(false), is_resolved: true, ..OPEN };
    assert_eq!(told(&[card(known, &[(10, Was::Resolved(false))])]), "3 | ", "the status goes before it");
}

#[test]
fn cards_are_counted_where_none_has_points() {
    let bare = |standing| Standing { points: None, ..standing };
    let cards = [card(bare(DONE), &[(10, Was::Done(Some(false)))]), card(bare(OPEN), &[])];
    assert_eq!(told(&cards), "2 | 10h Done -1 = 1");
    assert_eq!(told(&[cards[1].clone(), card(OPEN, &[])]), "3 | ", "one that has none leaves nothing to do");
}

#[test]
fn what_happens_at_one_moment_is_one_step_and_what_comes_after_the_end_is_none() {
    let changes = [(10, Was::In(false)), (10, Was::Points(Some(1.0))), (101, Was::Done(Some(true)))];
    assert_eq!(told(&[card(OPEN, &changes)]), "0 | ", "it came done, and was opened again after the end");
    let changes = [(10, Was::In(false)), (10, Was::Points(Some(1.0)))];
    assert_eq!(told(&[card(OPEN, &changes)]), "0 | 10h Added +3 = 3");
}

#[test]
fn nothing_left_is_0_and_never_less_than_it() {
    let none = burndown(&[], hour(0), hour(100));
    for zero in [none.committed, none.remaining, none.added(), none.removed(), none.done()] {
        assert!(zero == 0.0 && zero.is_sign_positive(), "-0 is shown as such: {none:?}");
    }
    let tenths = [0.1, 0.2, 0.3]
        .map(|points| card(Standing { points: Some(points), ..DONE }, &[(10, Was::Done(Some(false)))]));
    let all = burndown(&tenths, hour(0), hour(100));
    let last = all.steps.last().map(|step| step.remaining);
    for left in [Some(all.remaining), last] {
        assert!(
            left.is_some_and(|left| left == 0.0 && left.is_sign_positive()),
            "tenths do not add up: {all:?}"
        );
    }
}

#[test]
fn an_estimate_that_cannot_be_meant_is_none() {
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1.1e9, -1.1e9] {
        let odd = card(Standing { points: Some(odd), ..OPEN }, &[]);
        assert_eq!(told(&[odd.clone(), card(OPEN, &[])]), "3 | ", "{odd:?}");
        assert_eq!(burndown(&[odd], hour(0), hour(100)).unit, Unit::Cards, "nothing is estimated");
    }
}

fn was() -> impl Strategy<Value = Was> {
    prop_oneof![
        any::<bool>().prop_map(Was::In),
        any::<Option<bool>>().prop_map(Was::Done),
        any::<bool>().prop_map(Was::Resolved),
        proptest::option::of(0_u8..9).prop_map(|points| Was::Points(points.map(|it| f64::from(it) / 2.0))),
    ]
}

fn standing() -> impl Strategy<Value = Standing> {
    let points = proptest::option::of(0_u8..9).prop_map(|points| points.map(|it| f64::from(it) / 2.0));
    (any::<bool>(), any::<Option<bool>>(), any::<bool>(), points).prop_map(
        |(is_in, status_is_done, is_resolved, points)| Standing {
            is_in,
            status_is_done,
            is_resolved,
            points,
        },
    )
}

prop_compose! {
    fn history()(
        now in standing(),
        changes in proptest::collection::vec((-50_i64..100, was()), 0..12),
        created in -60_i64..100,
        left_at in proptest::option::of(-50_i64..100),
    ) -> CardHistory {
        let mut changes: Vec<_> = changes.into_iter().map(|(at, was)| (hour(at), was)).collect();
        changes.sort_by_key(|(at, _)| *at);
        CardHistory {
            key: String::new(),
            created: hour(created),
            now,
            left_at: left_at.map(hour),
            changes,
        }
    }
}

proptest! {
    #[test]
    fn the_end_is_what_is_in_the_sprint_and_not_done(cards in proptest::collection::vec(history(), 0..12)) {
        let burndown = burndown(&cards, hour(0), hour(100));
        let open = cards.iter().filter(|card| card.now.is_in && !card.now.is_done());
        let expected: f64 = open.map(|card| match burndown.unit {
            Unit::Points => card.now.points.unwrap_or(0.0),
            Unit::Cards => 1.0,
        }).sum();
        prop_assert_eq!(burndown.remaining, expected);
    }

    #[test]
    fn every_difference_is_a_step(cards in proptest::collection::vec(history(), 0..12)) {
        let burndown = burndown(&cards, hour(0), hour(100));
        let deltas: f64 = burndown.steps.iter().map(|step| step.delta).sum();
        prop_assert_eq!(deltas, burndown.remaining - burndown.committed);
        let told = burndown.added() - burndown.removed() - burndown.done();
        prop_assert_eq!(told, deltas, "each step is scope or work");
        prop_assert!(burndown.steps.iter().all(|step| step.remaining >= 0.0), "less than nothing is never left");
        prop_assert!(burndown.steps.is_sorted_by_key(|step| step.at));
    }
}
