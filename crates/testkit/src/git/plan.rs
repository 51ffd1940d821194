//! Made-up histories of any size, the same for the same seed and time.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, FixedOffset, Offset, Utc};

use super::{NewCommit, Person};
use crate::dice::Dice;

/// A history to make up: branches that fork off, grow, are merged, and fall asleep, up to a given moment.
///
/// The same plan gives the same SHAs on every machine.
#[derive(Debug, Clone)]
pub struct Plan {
    now: DateTime<Utc>,
    commits: usize,
    branches: usize,
    days: i64,
    seed: u64,
    clocks: Clocks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clocks {
    Right,
    SomeWrong,
}

/// Names that a client must encode in URLs. Git allows no space, `~`, `^`, `:`, `?`, `*`, `[` or `\` in them.
const ODD_NAMES: [&str; 14] = [
    "feature/a",
    "fix#1",
    "50%",
    "größe/überarbeiten",
    "日本語",
    "plus+plus",
    "a&b=c",
    "crab-🦀",
    "feature/PDT-12-sign-in",
    "semi;colon",
    "it's",
    "user/ada/deep/er",
    "%2Fencoded",
    "release/1.x",
];

impl Plan {
    /// 500 commits on 20 branches with merges, in the 90 days before `now`.
    #[must_use]
    pub fn busy(now: DateTime<Utc>) -> Self {
        Self::sized(now, 500, 20)
    }

    /// 900 commits on 300 branches, most of them asleep, in the 90 days before `now`.
    #[must_use]
    pub fn wide(now: DateTime<Utc>) -> Self {
        Self::sized(now, 900, 300)
    }

    /// This many commits (at least one a branch) and branches, `main` included.
    #[must_use]
    pub fn sized(now: DateTime<Utc>, commits: usize, branches: usize) -> Self {
        let branches = branches.max(1);
        Self { now, commits: commits.max(branches), branches, days: 90, seed: 1, clocks: Clocks::Right }
    }

    /// Another history of the same kind.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Spread over this many days before `now`, instead of 90.
    #[must_use]
    pub fn over_days(mut self, days: i64) -> Self {
        self.days = days.max(1);
        self
    }

    /// Every twentieth commit is dated in 1970 or three years ahead of `now`.
    #[must_use]
    pub fn with_wrong_clocks(mut self) -> Self {
        self.clocks = Clocks::SomeWrong;
        self
    }

    /// The orders for `git fast-import`.
    pub(super) fn orders(&self) -> String {
        let mut story =
            Story { plan: self, dice: Dice::new(self.seed), tips: BTreeMap::new(), orders: String::new() };
        (1..=self.commits).for_each(|mark| story.tell(mark));
        story.orders
    }

    fn branch_name(number: usize) -> String {
        match number {
            0 => "main".to_owned(),
            _ => ODD_NAMES
                .get(number - 1)
                .map_or_else(|| format!("topic/{number:04}"), |name| (*name).to_owned()),
        }
    }
}

struct Story<'plan> {
    plan: &'plan Plan,
    dice: Dice,
    /// The mark of each branch's newest commit, by the branch's number.
    tips: BTreeMap<usize, usize>,
    orders: String,
}

impl Story<'_> {
    fn tell(&mut self, mark: usize) {
        // Branches begin evenly over the whole time, so that old ones sleep and young ones are awake.
        let due = 1 + (mark - 1) * self.plan.branches / self.plan.commits;
        let newborn = self.tips.len() < due;
        let branch = if newborn { self.tips.len() } else { self.awake_branch() };
        let start = if newborn { self.branch_to_fork() } else { Some(branch) };
        let from = start.and_then(|start| self.tips.get(&start).copied());
        let other = if newborn { None } else { self.branch_to_merge(branch) };
        let commit = self.commit(mark, branch, other);
        let refname = format!("refs/heads/{}", Plan::branch_name(branch));
        self.orders.push_str(&commit.order(&refname, mark));
        from.iter().for_each(|from| self.orders.push_str(&format!("from :{from}\n")));
        other.iter().for_each(|(_, tip)| self.orders.push_str(&format!("merge :{tip}\n")));
        let content = format!("line {mark}\n");
        let file = format!("M 100644 inline notes/{branch}.txt\ndata {}\n{content}\n", content.len());
        self.orders.push_str(&file);
        self.tips.insert(branch, mark);
    }

    /// `main` in a third of all cases, else one of the eight youngest.
    fn awake_branch(&mut self) -> usize {
        let count = self.tips.len();
        if self.dice.one_in(3) { 0 } else { count - 1 - self.dice.below(count.min(8)) }
    }

    fn branch_to_fork(&mut self) -> Option<usize> {
        let count = self.tips.len();
        let from_main = self.dice.below(4) > 0;
        (count > 0).then(|| if from_main { 0 } else { self.dice.below(count) })
    }

    /// Another branch with its tip, where this commit is a merge.
    fn branch_to_merge(&mut self, into: usize) -> Option<(usize, usize)> {
        let chance = if into == 0 { 3 } else { 12 };
        let merges = self.dice.one_in(chance);
        let other = if into == 0 { self.awake_branch() } else { 0 };
        let mine = self.tips.get(&into).copied();
        let tip = self.tips.get(&other).copied();
        tip.filter(|_| merges && other != into && tip != mine).map(|tip| (other, tip))
    }

    fn commit(&mut self, mark: usize, branch: usize, merged: Option<(usize, usize)>) -> NewCommit {
        let committed = self.date(mark);
        let message = match merged {
            Some((other, _)) => {
                format!("Merge branch '{}' into {}\n", Plan::branch_name(other), Plan::branch_name(branch))
            }
            None => self.message(mark),
        };
        let commit = NewCommit::new(&message).by(&self.person()).at(committed);
        // Some were written earlier, and rebased by somebody else.
        if self.dice.one_in(6) {
            let hours = 1 + self.dice.below(240) as i64;
            commit.authored_at(committed - Duration::hours(hours)).committed_by(&self.person())
        } else {
            commit
        }
    }

    fn date(&mut self, mark: usize) -> DateTime<FixedOffset> {
        let span = Duration::days(self.plan.days).num_seconds();
        let step = span / (self.plan.commits as i64 + 1);
        let jitter = self.dice.below(usize::try_from(step / 2).unwrap_or(1).max(1)) as i64;
        let right = self.plan.now - Duration::seconds(span - step * mark as i64 - jitter);
        let moment = match self.plan.clocks {
            Clocks::SomeWrong if mark.is_multiple_of(40) => self.plan.now + Duration::days(3 * 365),
            Clocks::SomeWrong if mark.is_multiple_of(20) => {
                DateTime::from_timestamp(mark as i64, 0).unwrap_or(right)
            }
            Clocks::SomeWrong | Clocks::Right => right,
        };
        let hours = [0, 2, -7, 9].get(self.dice.below(4)).copied().unwrap_or(0);
        let zone = FixedOffset::east_opt(hours * 3600).unwrap_or_else(|| Utc.fix());
        moment.with_timezone(&zone)
    }

    fn message(&mut self, mark: usize) -> String {
        let card = 1 + self.dice.below(60);
        match self.dice.below(6) {
            0 => format!("PDT-{card} Teach step {mark} to wait\n"),
            1 => format!("Make step {mark} faster\n\nIt read UTF-8 twice.\n\nRefs: OPS-{card}, PDT-{mark}\n"),
            2 => format!("fix(step): do not lose entry {mark} of RFC-2119\n\nSee pdt-{card}."),
            3 => format!("Größere Schritte für № {mark} 🦀\n"),
            4 => format!(
                "{}\n",
                format!("A long title for step {mark} which goes on and on ").repeat(3).trim()
            ),
            _ => format!("Tidy up step {mark}\n"),
        }
    }

    fn person(&mut self) -> Person {
        let people = [
            ("Ada Example", "ada@example.com"),
            ("Grace Sample", "grace@example.com"),
            ("Zoë Müller-Beispiel", "zoe@example.org"),
            ("見本 太郎", "taro@example.net"),
        ];
        let chosen = people.get(self.dice.below(people.len()));
        chosen.map_or_else(|| Person::new("", ""), |(name, email)| Person::new(name, email))
    }
}
