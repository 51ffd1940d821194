//! Pulling the plug at any moment loses nothing and doubles nothing.

use std::process::Child;
use std::time::{Duration, Instant};

use crate::support::far::Far;
use crate::support::{CANARY, Pdt, lately};
use pdt_testkit::{GitRepo, Plan};
use rusqlite::Connection;
use rusqlite::types::Value;

const REPOSITORY: &str = "acme/widgets";

/// How many moments are tried.
const MOMENTS: u32 = 200;

/// What must be equal after an undisturbed run and after one that was killed and made good.
fn contents(pdt: &Pdt) -> Vec<String> {
    rows(
        pdt,
        &[
            "SELECT sha, message, author, author_email, date, committed_at, branch, jira_card_key, has_link
         FROM commits ORDER BY sha",
            "SELECT c.sha, b.name, cb.reaches FROM commit_branches AS cb
         JOIN commits AS c ON c.id = cb.commit_id JOIN branches AS b ON b.id = cb.branch_id ORDER BY 1, 2",
            "SELECT c.sha, l.card_key, l.provenance, l.position, l.removed FROM commit_links AS l
         JOIN commits AS c ON c.id = l.commit_id ORDER BY 1, 2",
            "SELECT name, tip_sha, walked_sha, deleted_at IS NULL FROM branches ORDER BY name",
        ],
    )
}

/// The rows that these queries answer, as texts.
pub(crate) fn rows(pdt: &Pdt, queries: &[&str]) -> Vec<String> {
    let database = Connection::open(pdt.database()).unwrap();
    let mut rows = Vec::new();
    for query in queries {
        let mut statement = database.prepare(query).unwrap();
        let columns = statement.column_count();
        let found = statement
            .query_map([], |row| {
                (0..columns)
                    .map(|n| Ok(format!("{:?}", row.get::<_, Value>(n)?)))
                    .collect::<Result<Vec<_>, _>>()
            })
            .unwrap();
        rows.extend(found.map(|row| row.unwrap().join("|")));
    }
    rows
}

/// A person before the first run: the folder is copied instead of connecting anew each time.
pub(crate) fn copy_of(connected: &Pdt, variable: &str, token: &str) -> Pdt {
    let copy = Pdt::new().with(variable, token);
    std::fs::create_dir_all(copy.data()).unwrap();
    std::fs::copy(connected.database(), copy.database()).unwrap();
    copy
}

/// Numbers that look like chance and are the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, end: Duration) -> Duration {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let part = f64::from(u32::try_from(self.0 >> 33).unwrap()) / f64::from(1_u32 << 31);
        end.mul_f64(part)
    }
}

pub(crate) fn kill_after(mut child: Child, moment: Duration) -> bool {
    let deadline = Instant::now() + moment;
    while Instant::now() < deadline {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        // Not a wait for something to be ready: the moment itself is what is tested.
        std::thread::sleep(Duration::from_micros(200));
    }
    child.kill().unwrap();
    !child.wait().unwrap().success()
}

fn survives_kills(far: &Far, moments: u32) {
    let repo = GitRepo::create().unwrap();
    repo.generate(&Plan::sized(lately(), 700, 30).over_days(40)).unwrap();
    far.add(REPOSITORY, &repo);
    let connected = far.person(&[REPOSITORY]);
    let undisturbed = copy_of(&connected, "PDT_TOKEN_WORK", CANARY);
    let begin = Instant::now();
    undisturbed.sync_ok();
    let length = begin.elapsed();
    let expected = contents(&undisturbed);
    assert!(expected.len() > 700, "there is something to lose");

    let mut dice = Dice::new(42);
    let mut killed = 0;
    for _ in 0..moments {
        let pdt = copy_of(&connected, "PDT_TOKEN_WORK", CANARY);
        let moment = dice.below(length);
        killed += u32::from(kill_after(pdt.command(&["sync", "commits"]).spawn().unwrap(), moment));
        pdt.sync_ok();
        let held = contents(&pdt);
        let difference: Vec<_> = expected.iter().filter(|row| !held.contains(row)).take(3).collect();
        assert_eq!(
            held.len(),
            expected.len(),
            "killed after {moment:?}: rows are missing or doubled: {difference:#?}"
        );
        assert!(held == expected, "killed after {moment:?}: {difference:#?}");
    }
    assert!(killed > moments / 2, "most runs were really killed: {killed} of {moments}");
}

#[test]
fn github_survives_kills_at_any_moment() {
    survives_kills(&Far::github(), MOMENTS / 2);
}

#[test]
fn gitlab_survives_kills_at_any_moment() {
    survives_kills(&Far::gitlab(), MOMENTS / 2);
}
