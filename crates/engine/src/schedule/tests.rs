use super::*;

const INTERVAL: Duration = Duration::from_mins(15);

/// A loop under a clock that the test moves.
struct Stage {
    now: DateTime<Utc>,
    conditions: Conditions,
    schedule: Schedule,
    /// The runs so far: the minute in which each began, and why.
    runs: Vec<(i64, Trigger)>,
}

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_771_416_000, 0).unwrap()
}

impl Stage {
    fn begin() -> Self {
        let schedule = Schedule::begin(noon(), INTERVAL, 0, Machine::default());
        Self { now: noon(), conditions: Conditions::default(), schedule, runs: Vec::new() }
    }

    /// After the first run.
    fn started() -> Self {
        let mut stage = Self::begin();
        stage.go(0, Outlook::AsUsual);
        stage.runs.clear();
        stage
    }

    /// Looks every second for so many minutes; each run that is due takes no time and ends like this.
    fn go(&mut self, minutes: i64, outlook: Outlook) {
        let end = self.now + TimeDelta::minutes(minutes);
        loop {
            if let Step::Run(trigger) = self.look() {
                self.runs.push(((self.now - noon()).num_minutes(), trigger));
                self.schedule.ended(self.now, self.now, outlook, 0.5);
                continue;
            }
            if self.now >= end {
                return;
            }
            self.now += TimeDelta::seconds(1);
        }
    }

    fn look(&mut self) -> Step {
        self.schedule.look(self.now, &self.conditions)
    }

    /// The machine sleeps, and whoever watches the clock sees it afterwards.
    fn sleep(&mut self, hours: i64) {
        self.now += TimeDelta::hours(hours);
        self.conditions.machine.wakes += 1;
    }

    fn waits_minutes(&mut self) -> i64 {
        let Step::Wait(Some(until)) = self.look() else { panic!("it does not wait: {:?}", self.schedule) };
        (until - self.now).num_minutes()
    }

    fn minutes(&self) -> Vec<i64> {
        self.runs.iter().map(|(minute, _)| *minute).collect()
    }
}

#[test]
fn it_runs_at_the_start_and_then_at_its_interval() {
    let mut stage = Stage::begin();
    stage.go(45, Outlook::AsUsual);
    let by_schedule = [15, 30, 45].map(|minute| (minute, Trigger::Schedule));
    assert_eq!(stage.runs, [&[(0, Trigger::Start)], by_schedule.as_slice()].concat());
}

#[test]
fn what_was_due_while_a_run_went_on_is_skipped_and_counted() {
    let mut stage = Stage::started();
    stage.go(15, Outlook::AsUsual);
    let began = stage.now + TimeDelta::minutes(15);
    stage.now = began + TimeDelta::minutes(40);
    stage.schedule.ended(began, stage.now, Outlook::AsUsual, 0.5);
    assert_eq!((stage.schedule.skipped(), stage.waits_minutes()), (2, 5), "the rhythm stays");
    stage.go(5, Outlook::AsUsual);
    assert_eq!(stage.runs.last(), Some(&(75, Trigger::Schedule)), "and only one run follows");
    stage.now += TimeDelta::minutes(15);
    assert!(matches!(stage.look(), Step::Run(_)));
    stage.schedule.was_going(stage.now);
    assert_eq!(
        (stage.schedule.skipped(), stage.waits_minutes()),
        (3, 15),
        "another program's run counts as well"
    );
}

#[test]
fn eight_hours_of_sleep_are_caught_up_once_after_settling() {
    let mut stage = Stage::started();
    stage.go(5, Outlook::AsUsual);
    stage.sleep(8);
    stage.go(20, Outlook::AsUsual);
    let [(woken, Trigger::Wake), (next, Trigger::Schedule)] = stage.runs[..] else {
        panic!("{:?}", stage.runs)
    };
    assert_eq!((woken, next), (485, 500), "one run at once, and the next an interval later");
    assert_eq!(stage.schedule.skipped(), 0, "nothing was running meanwhile");
}

#[test]
fn a_sleep_that_nobody_tells_of_is_seen_by_being_late() {
    let mut stage = Stage::started();
    stage.now += TimeDelta::hours(8);
    assert_eq!(stage.look(), Step::Wait(Some(stage.now + SETTLING)), "the network is given its time");
    stage.go(1, Outlook::AsUsual);
    assert_eq!(stage.runs, [(480, Trigger::Wake)]);
}

#[test]
fn a_short_sleep_changes_nothing() {
    let mut stage = Stage::started();
    stage.go(5, Outlook::AsUsual);
    stage.conditions.machine.wakes += 1;
    assert_eq!(stage.waits_minutes(), 10, "it is not due yet");
}

#[test]
fn after_waking_it_waits_for_the_network_but_not_for_ever() {
    let mut stage = Stage::started();
    stage.conditions.machine.network = Some(false);
    stage.sleep(8);
    let woke = stage.now;
    stage.look();
    stage.now = woke + SETTLING;
    assert_eq!(stage.look(), Step::Wait(Some(woke + NETWORK_PATIENCE)), "there is no network yet");
    let mut other = stage.schedule.clone();
    stage.conditions.machine.network = Some(true);
    assert_eq!(stage.look(), Step::Run(Trigger::Wake), "it is back");
    stage.conditions.machine.network = Some(false);
    let late = other.look(woke + NETWORK_PATIENCE, &stage.conditions);
    assert_eq!(late, Step::Run(Trigger::Wake), "who tells of the network may be wrong");
}

#[test]
fn a_fault_that_passes_is_tried_again_sooner_ever_more_slowly_up_to_the_interval() {
    let mut stage = Stage::begin();
    stage.go(60, Outlook::TryAgain(Reason::Service));
    assert_eq!(stage.minutes(), [0, 1, 3, 7, 15, 30, 45, 60], "1, 2, 4 and 8 minutes, then the interval");
    stage.go(15, Outlook::AsUsual);
    stage.runs.clear();
    stage.go(16, Outlook::TryAgain(Reason::Service));
    assert_eq!(stage.minutes(), [90, 91], "once it worked, it begins anew");
}

#[test]
fn tries_are_spread_by_a_fifth_each_way() {
    assert_eq!([0.0, 0.5, 1.0, 7.0, -7.0].map(|chance| retry(1, chance).num_seconds()), [48, 60, 72, 72, 48]);
    assert!(retry(u32::MAX, 1.0) > TimeDelta::hours(10), "it does not overflow");
}

#[test]
fn a_network_that_comes_back_is_used_soon() {
    let mut stage = Stage::started();
    stage.conditions.machine.network = Some(false);
    stage.go(20, Outlook::TryAgain(Reason::Offline));
    stage.runs.clear();
    stage.conditions.machine.network = Some(true);
    stage.go(1, Outlook::AsUsual);
    assert_eq!(stage.runs, [(20, Trigger::Wake)], "it had failed for want of it");
    stage.conditions.machine.network = Some(false);
    stage.look();
    stage.conditions.machine.network = Some(true);
    assert!(stage.waits_minutes() > 12, "what is fresh needs no run for that");
}

#[test]
fn a_keychain_that_appears_is_used_soon() {
    let mut stage = Stage::begin();
    stage.go(0, Outlook::TryAgain(Reason::Keychain));
    stage.now += TimeDelta::seconds(20);
    stage.conditions.machine.keychain += 1;
    stage.go(1, Outlook::AsUsual);
    assert_eq!(stage.runs.last(), Some(&(0, Trigger::Schedule)), "within the same minute");
}

#[test]
fn a_keychain_that_dies_of_being_asked_is_not_asked_again_and_again() {
    let mut stage = Stage::begin();
    for _ in 0..600 {
        stage.conditions.machine.keychain += 1;
        if let Step::Run(_) = stage.look() {
            stage.runs.push(((stage.now - noon()).num_seconds(), Trigger::Schedule));
            stage.schedule.ended(stage.now, stage.now, Outlook::TryAgain(Reason::Keychain), 0.5);
        }
        stage.now += TimeDelta::seconds(1);
    }
    let apart: Vec<i64> = stage.minutes().windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(apart[0] < 10 && apart[1..].iter().all(|seconds| *seconds >= 60), "{apart:?}");
}

#[test]
fn a_run_that_a_pause_cut_short_is_made_up_for_at_its_end() {
    let mut stage = Stage::started();
    stage.go(14, Outlook::AsUsual);
    stage.now += TimeDelta::minutes(1);
    assert_eq!(stage.look(), Step::Run(Trigger::Schedule));
    stage.conditions.hold = Some(Hold::Pause(None));
    stage.schedule.cut_short(stage.now);
    stage.go(2, Outlook::AsUsual);
    assert_eq!(stage.runs, [], "not before");
    stage.conditions.hold = None;
    stage.go(1, Outlook::AsUsual);
    assert_eq!(stage.runs, [(17, Trigger::Schedule)], "and not only an interval later");
}

#[test]
fn a_limit_is_waited_out_and_the_others_are_not_kept_waiting() {
    let limited = |minutes, is_all| Outlook::Limited { until: noon() + TimeDelta::minutes(minutes), is_all };
    for (until, is_all, expected) in [
        (40, true, vec![0, 40]),
        (5, true, vec![0, 5]),
        (40, false, vec![0, 15]),
        (5, false, vec![0, 5]),
        (-1, true, vec![0, 15]),
        (600, true, vec![0, 60]),
    ] {
        let mut stage = Stage::begin();
        stage.go(0, limited(until, is_all));
        stage.go(expected[1], Outlook::AsUsual);
        stage.go(1, Outlook::AsUsual);
        assert_eq!(stage.minutes(), expected, "limited for {until} minutes, is_all: {is_all}");
    }
}

#[test]
fn a_pause_lets_nothing_run_and_its_end_lets_run_what_is_due() {
    let mut stage = Stage::started();
    let end = noon() + TimeDelta::minutes(60);
    stage.conditions.hold = Some(Hold::Pause(Some(end)));
    assert_eq!(stage.look(), Step::Wait(Some(end)));
    stage.go(59, Outlook::AsUsual);
    assert_eq!(stage.runs, []);
    stage.conditions.hold = None;
    stage.go(1, Outlook::AsUsual);
    assert_eq!(stage.runs, [(59, Trigger::Schedule)], "at once, and not as after a sleep");
    for hold in [Hold::Off, Hold::Sleep, Hold::Metered, Hold::Pause(None)] {
        stage.conditions.hold = Some(hold);
        assert_eq!(stage.look(), Step::Wait(None), "{hold:?} has no end of its own");
    }
}

#[test]
fn a_clock_that_is_put_back_a_day_costs_an_interval_at_most() {
    let mut stage = Stage::started();
    stage.go(5, Outlook::AsUsual);
    stage.now -= TimeDelta::days(1);
    stage.conditions.machine.wakes += 1;
    assert_eq!(stage.waits_minutes(), 15);
    stage.go(15, Outlook::AsUsual);
    assert_eq!(stage.runs.len(), 1, "and then it goes on");
}

#[test]
fn another_interval_holds_at_once_counted_from_the_last_run() {
    let mut stage = Stage::started();
    stage.go(5, Outlook::AsUsual);
    stage.schedule.set_interval(Duration::from_mins(30));
    assert_eq!(stage.waits_minutes(), 25, "a longer one");
    stage.schedule.set_interval(Duration::from_mins(7));
    assert_eq!(stage.waits_minutes(), 2, "a shorter one");
    stage.schedule.set_interval(Duration::from_mins(1));
    assert_eq!(stage.look(), Step::Run(Trigger::Schedule), "one that is over by now");
    stage.schedule.set_interval(Duration::from_mins(1));
    assert_eq!(stage.look(), Step::Run(Trigger::Schedule), "the same one changes nothing");
}

#[test]
fn the_longest_interval_there_is_does_no_harm() {
    let mut schedule = Schedule::begin(noon(), Duration::from_nanos(i64::MAX as u64), 0, Machine::default());
    schedule.ended(noon(), noon(), Outlook::AsUsual, 1.0);
    let Step::Wait(Some(until)) = schedule.look(noon(), &Conditions::default()) else {
        panic!("{schedule:?}")
    };
    assert!(until > noon() + TimeDelta::days(36_000), "{until}");
}
