use chrono::DateTime;

use super::*;

const ALL: Wishes = Wishes { failures: true, recoveries: true, is_quiet: false };
const QUIET: Wishes = Wishes { is_quiet: true, ..ALL };

fn work() -> Name {
    Name::parse("work").unwrap()
}

fn refused() -> Cause {
    Cause {
        id: "account:work:refused".to_owned(),
        account: Some(work()),
        title: "GitHub refused the token of work".to_owned(),
        body: "Replace it.".to_owned(),
        place: Place::Accounts,
        certainty: Certainty::Certain,
        sync_loop: None,
    }
}

fn locked() -> Cause {
    Cause {
        id: "keychain".to_owned(),
        account: None,
        title: "The keychain is locked".to_owned(),
        place: Place::Overview,
        certainty: Certainty::Likely,
        ..refused()
    }
}

/// A person, and what PDT keeps in mind of them.
struct Stage {
    known: Vec<NoticeRow>,
    accounts: BTreeSet<Name>,
    /// What was told, the titles.
    told: Vec<String>,
}

impl Stage {
    fn set() -> Self {
        Self { known: Vec::new(), accounts: BTreeSet::from([work()]), told: Vec::new() }
    }

    /// A run after which these fail; what is to be told is shown.
    fn run(&mut self, of: Loop, causes: &[Cause], wishes: Wishes) {
        let tell = self.judge(of, causes, wishes);
        for notice in tell {
            self.shown(&notice);
        }
    }

    fn judge(&mut self, of: Loop, causes: &[Cause], wishes: Wishes) -> Vec<Notice> {
        let Verdict { keep, forget, tell } = judge(&self.known, causes, &self.accounts, of, wishes);
        let replaced = |row: &NoticeRow| keep.iter().any(|kept| kept.cause == row.cause);
        self.known.retain(|row| !forget.contains(&row.cause) && !replaced(row));
        self.known.extend(keep);
        tell
    }

    fn shown(&mut self, notice: &Notice) {
        self.told.push(notice.title.clone());
        match notice.kind {
            Kind::Failure => {
                let row = self.known.iter_mut().find(|row| row.cause == notice.cause).unwrap();
                *row = Cause::told(row.clone(), DateTime::UNIX_EPOCH);
            }
            Kind::Recovery => self.known.retain(|row| row.cause != notice.cause),
        }
    }
}

#[test]
fn five_hundred_equal_failures_are_one_notification_and_their_end_is_one_more() {
    let mut stage = Stage::set();
    for _ in 0..250 {
        stage.run(Loop::Commits, &[refused()], ALL);
        stage.run(Loop::Jira, &[refused()], ALL);
    }
    assert_eq!(stage.told, ["GitHub refused the token of work"]);
    for _ in 0..250 {
        stage.run(Loop::Commits, &[], ALL);
    }
    assert_eq!(stage.told[1..], ["work works again"]);
    assert_eq!(stage.known, [], "nothing is kept in mind of what is over");
}

#[test]
fn what_may_be_a_moments_is_told_after_the_second_run_of_the_same_loop() {
    let mut stage = Stage::set();
    stage.run(Loop::Commits, &[locked()], ALL);
    stage.run(Loop::Jira, &[locked()], ALL);
    assert_eq!(stage.told, [""; 0], "both loops run at the start: that is one look, not two");
    stage.run(Loop::Commits, &[locked()], ALL);
    assert_eq!(stage.told, ["The keychain is locked"]);

    let mut other = Stage::set();
    for of in [Loop::Jira, Loop::Commits, Loop::Commits] {
        other.run(of, &[locked()], ALL);
    }
    assert_eq!(other.told, ["The keychain is locked"], "whichever loop met it first");

    let mut passing = Stage::set();
    for _ in 0..3 {
        passing.run(Loop::Commits, &[locked()], ALL);
        passing.run(Loop::Commits, &[], ALL);
    }
    assert_eq!(passing.told, [""; 0], "who was not told of a failure is not told of its end");
}

#[test]
fn runs_of_the_other_loop_do_not_make_it_surer() {
    let mut stage = Stage::set();
    let repository = Cause {
        id: "account:work:repositories".to_owned(),
        title: "acme/widgets cannot be read".to_owned(),
        certainty: Certainty::Likely,
        sync_loop: Some(Loop::Commits),
        ..refused()
    };
    for of in [Loop::Commits, Loop::Jira, Loop::Jira] {
        stage.run(of, std::slice::from_ref(&repository), ALL);
    }
    assert_eq!(stage.told, [""; 0], "it was asked for once");
    stage.run(Loop::Commits, &[repository], ALL);
    assert_eq!(stage.told, ["acme/widgets cannot be read"]);
}

#[test]
fn what_begins_in_quiet_hours_is_told_after_them_if_it_still_fails() {
    let mut stage = Stage::set();
    stage.run(Loop::Commits, &[refused()], QUIET);
    stage.run(Loop::Commits, &[refused(), locked()], QUIET);
    assert_eq!(stage.told, [""; 0]);
    stage.run(Loop::Commits, &[refused()], ALL);
    assert_eq!(stage.told, ["GitHub refused the token of work"], "the other one has passed");
    stage.run(Loop::Commits, &[], QUIET);
    stage.run(Loop::Commits, &[], ALL);
    assert_eq!(stage.told[1..], ["work works again"], "an end likewise");
}

#[test]
fn each_kind_can_be_switched_off() {
    let mut stage = Stage::set();
    stage.run(Loop::Commits, &[refused()], Wishes { failures: false, ..ALL });
    stage.run(Loop::Commits, &[], Wishes { failures: false, ..ALL });
    assert_eq!((stage.told.len(), stage.known.len()), (0, 0), "nor is the end of what was not told");
    stage.run(Loop::Commits, &[refused()], ALL);
    stage.run(Loop::Commits, &[], Wishes { recoveries: false, ..ALL });
    assert_eq!((stage.told.len(), stage.known.len()), (1, 0));
}

#[test]
fn what_could_not_be_shown_is_told_again_next_time() {
    let mut stage = Stage::set();
    assert_eq!(stage.judge(Loop::Commits, &[refused()], ALL).len(), 1, "nobody shows it");
    stage.run(Loop::Commits, &[refused()], ALL);
    assert_eq!(stage.judge(Loop::Commits, &[], ALL).len(), 1, "nor its end");
    stage.run(Loop::Commits, &[], ALL);
    assert_eq!(stage.told, ["GitHub refused the token of work", "work works again"]);
}

#[test]
fn an_account_that_is_removed_does_not_work_again() {
    let mut stage = Stage::set();
    stage.run(Loop::Commits, &[refused()], ALL);
    stage.accounts.clear();
    stage.run(Loop::Commits, &[], ALL);
    assert_eq!((stage.told.len(), stage.known.len()), (1, 0));
}

#[test]
fn each_cause_is_told_by_itself_and_opens_its_place() {
    let mut stage = Stage::set();
    let repositories = Cause {
        id: "account:work:repositories".to_owned(),
        title: "acme/widgets cannot be read".to_owned(),
        place: Place::Repositories,
        ..refused()
    };
    let tell = stage.judge(Loop::Commits, &[refused(), repositories], ALL);
    let routes: Vec<&str> = tell.iter().map(|notice| notice.route).collect();
    assert_eq!(routes, ["#/accounts", "#/repositories"]);
}
