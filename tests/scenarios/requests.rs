//! How many requests a run costs, counted at the service.

use crate::support::far::Far;
use crate::support::{Pdt, lately};
use chrono::{DateTime, TimeDelta, Utc};
use pdt_testkit::{GitRepo, NewCommit, Plan};

const REPOSITORY: &str = "acme/widgets";

/// What the bounds are made of.
struct Measures {
    /// Branches.
    branches: usize,
    /// Branches with commits in the window.
    active: usize,
    /// Commits in the window.
    commits: usize,
}

impl Measures {
    fn of(repo: &GitRepo) -> Self {
        let pairs = repo.pairs_in_window(window_start()).unwrap();
        let count = |of: fn(&(String, String)) -> &String| {
            pairs.iter().map(of).collect::<std::collections::BTreeSet<_>>().len()
        };
        Self {
            branches: repo.branches().unwrap().len(),
            active: count(|(_, branch)| branch),
            commits: count(|(sha, _)| sha),
        }
    }
}

fn window_start() -> DateTime<Utc> {
    Utc::now() - TimeDelta::days(30)
}

fn pages(items: usize) -> usize {
    items.div_ceil(100)
}

/// Syncs, and answers with the number of requests that arrived, which the document must tell too.
fn requests_of_sync(far: &Far, pdt: &Pdt) -> Vec<String> {
    far.take_requests();
    let commits = pdt.sync_ok();
    let arrived = far.take_requests();
    assert_eq!(commits["requests"], arrived.len(), "the document counts what arrived: {arrived:#?}");
    arrived.iter().map(ToString::to_string).collect()
}

fn plans() -> Vec<Plan> {
    let now = lately();
    vec![
        Plan::busy(now),
        Plan::wide(now),
        Plan::busy(now).over_days(25),
        Plan::sized(now, 1_500, 40).over_days(40),
        Plan::sized(now, 3, 1),
        Plan::sized(now, 200, 100),
    ]
}

fn served(far: &Far, plan: &Plan) -> (GitRepo, Pdt) {
    let repo = GitRepo::create().unwrap();
    repo.generate(plan).unwrap();
    far.add(REPOSITORY, &repo);
    let pdt = far.person(&[REPOSITORY]);
    (repo, pdt)
}

#[test]
fn github_costs_no_more_than_promised() {
    for plan in plans() {
        let far = Far::github();
        let (repo, pdt) = served(&far, &plan);
        let Measures { branches, active, commits } = Measures::of(&repo);
        let first = requests_of_sync(&far, &pdt);
        let bound = pages(branches) + active + pages(commits) + 3;
        assert!(first.len() <= bound, "first run: at most {bound} for {plan:?}, not {first:#?}");

        far.take_requests();
        pdt.sync_ok();
        let idle = far.take_requests();
        assert_eq!(idle.len(), 1, "nothing changed: one request, not {idle:#?}");
        assert_eq!(idle[0].status, Some(304), "and the answer is free");

        let names = repo.branches().unwrap();
        let changed = names.len().min(3);
        for n in 0..50 {
            repo.commit(&names[n % changed], &NewCommit::new(&format!("Work {n}\n"))).unwrap();
        }
        let later = requests_of_sync(&far, &pdt);
        let bound = 3 + pages(branches) + changed + 1;
        assert!(later.len() <= bound, "50 commits on {changed} branches: at most {bound}, not {later:#?}");
    }
}

#[test]
fn gitlab_costs_no_more_than_promised() {
    for plan in plans() {
        let far = Far::gitlab();
        let (repo, pdt) = served(&far, &plan);
        let Measures { branches, commits, .. } = Measures::of(&repo);
        let first = requests_of_sync(&far, &pdt);
        let bound = pages(branches) + pages(commits) + 3;
        assert!(first.len() <= bound, "first run: at most {bound} for {plan:?}, not {first:#?}");

        let idle = requests_of_sync(&far, &pdt);
        let bound = pages(branches) + 1;
        assert!(idle.len() <= bound, "nothing changed: at most {bound}, not {idle:#?}");
    }
}

#[test]
fn an_old_branch_pushed_and_merged_costs_little_at_github() {
    let far = Far::github();
    let (repo, pdt) = served(&far, &Plan::busy(lately()));
    pdt.sync_ok();
    let branches = repo.branches().unwrap().len();
    repo.branch("long/ago", "refs/heads/main~100").unwrap();
    for n in 0..8 {
        let old = NewCommit::new(&format!("Old {n}\n")).at(Utc::now() - TimeDelta::days(60 - n));
        repo.commit("long/ago", &old).unwrap();
    }
    let bound = 3 + pages(branches + 1) + 1 + 1;
    let pushed = requests_of_sync(&far, &pdt);
    assert!(pushed.len() <= bound, "pushed: at most {bound}, not {pushed:#?}");
    repo.merge("main", &["long/ago"], &NewCommit::new("Merge\n")).unwrap();
    let merged = requests_of_sync(&far, &pdt);
    assert!(merged.len() <= bound, "merged: at most {bound}, not {merged:#?}");
}
