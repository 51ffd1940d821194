//! Commits with their branches, links and places in history, in the order in which they were made.

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, Statement, named_params};

use super::dice::Dice;
use super::places::{CARDS_A_SPRINT, Places};
use super::{AGE, Size, time_text, words};

/// The branches of each repository: name, and whether it is still there.
const BRANCHES: &[(&str, bool)] = &[
    ("main", true),
    ("develop", true),
    ("feature/orders", true),
    ("feature/TEAMA-7-reports", true),
    ("fix/old-times", false),
];
const MAIN: usize = 0;
const DEVELOP: usize = 1;

/// The youngest commits of `main` are behind every branch that is there.
const FORKED: f64 = 0.98;

pub(super) fn fill(conn: &Connection, places: &Places, size: Size, now: DateTime<Utc>) -> Result<()> {
    let mut filler = Filler::new(conn, places, now)?;
    // Of 21 commits one is of the other profile.
    let total = size.commits + size.commits / 20;
    let step = AGE.num_seconds() as f64 / total.max(1) as f64;
    for number in 0..total {
        let age = TimeDelta::seconds((step * (total - number) as f64) as i64);
        let share = number as f64 / total as f64;
        filler.commit(number % 21 == 20, now - age, share)?;
    }
    filler.finish()
}

/// A repository as it grows.
struct Repository {
    id: i64,
    branches: Vec<i64>,
    tips: Vec<String>,
}

struct Filler<'a> {
    conn: &'a Connection,
    places: &'a Places,
    now: DateTime<Utc>,
    dice: Dice,
    ours: Vec<Repository>,
    others: Vec<Repository>,
    rows: Rows<'a>,
    next: i64,
}

struct Rows<'a> {
    commit: Statement<'a>,
    node: Statement<'a>,
    reach: Statement<'a>,
    link: Statement<'a>,
}

impl<'a> Filler<'a> {
    fn new(conn: &'a Connection, places: &'a Places, now: DateTime<Utc>) -> Result<Self> {
        let grown = |ids: &[i64]| ids.iter().map(|id| Repository::new(conn, *id, now)).collect::<Result<_>>();
        Ok(Self {
            conn,
            places,
            now,
            dice: Dice::new(1),
            ours: grown(&places.repositories)?,
            others: grown(&places.others)?,
            rows: Rows::new(conn)?,
            next: 1,
        })
    }

    fn commit(&mut self, is_others: bool, at: DateTime<Utc>, share: f64) -> Result<()> {
        let dice = &mut self.dice;
        let repositories = if is_others { &mut self.others } else { &mut self.ours };
        let place = dice.skewed(repositories.len());
        let Some(repository) = repositories.get_mut(place) else { return Ok(()) };
        let made_on = match dice.below(100) {
            0..70 => MAIN,
            70..85 => DEVELOP,
            _ => 2 + dice.below(BRANCHES.len() - 2),
        };
        let is_merged = made_on == MAIN || dice.percent(60);
        let links = links(dice, self.places, place, self.places.sprint_at(at, self.now));
        let said: Vec<String> = of(&links, "message");
        let mut message = words::message(dice, &said);
        if share < 0.05 && dice.below(10_000) == 0 {
            message.push_str(words::RARE);
        }
        let (author, email) = words::person(dice.skewed(words::PEOPLE));
        // Some were rebased: written days before they were committed.
        let written = if dice.percent(5) { at - TimeDelta::hours(dice.below(240) as i64) } else { at };
        let (sha, id) = (dice.sha(), self.next);
        self.next += 1;
        let branch = if is_merged { MAIN } else { made_on };
        self.rows.commit.execute(named_params! {
            ":id": id, ":repository_id": repository.id, ":sha": sha, ":message": message, ":author": author,
            ":author_email": email, ":date": time_text(written), ":committed_at": time_text(at),
            ":branch": BRANCHES.get(branch).map(|(name, _)| name),
            ":first_branch_id": repository.branches.get(made_on),
            ":key": links.iter().find(|link| !link.removed).map(|link| &link.key),
            ":has_link": links.iter().any(|link| !link.removed),
        })?;
        for (position, link) in (0_i64..).zip(&links) {
            self.rows.link.execute((id, &link.key, link.provenance, position, link.removed))?;
        }
        let parent = repository.tips.get(made_on).cloned().unwrap_or_default();
        self.rows.node.execute((repository.id, &sha, parent))?;
        for at in reached_from(made_on, is_merged, share) {
            self.rows.reach.execute((repository.branches.get(at), id))?;
        }
        if let Some(tip) = repository.tips.get_mut(made_on) {
            *tip = sha;
        }
        Ok(())
    }

    /// Branches point at the last commit that was made on them.
    fn finish(self) -> Result<()> {
        let mut point =
            self.conn.prepare("UPDATE branches SET tip_sha = ?2, walked_sha = ?2 WHERE id = ?1")?;
        for repository in self.ours.iter().chain(&self.others) {
            for (branch, tip) in repository.branches.iter().zip(&repository.tips) {
                point.execute((branch, tip))?;
            }
        }
        Ok(())
    }
}

impl Repository {
    fn new(conn: &Connection, id: i64, now: DateTime<Utc>) -> Result<Self> {
        let mut insert = conn.prepare_cached(
            "INSERT INTO branches (repository_id, name, tip_sha, first_seen_at, deleted_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let mut branches = Vec::new();
        let nowhere = "0".repeat(40);
        for (name, is_there) in BRANCHES {
            let deleted = (!is_there).then(|| time_text(now - TimeDelta::days(30)));
            insert.execute((id, name, &nowhere, time_text(now - AGE), deleted))?;
            branches.push(conn.last_insert_rowid());
        }
        Ok(Self { id, branches, tips: vec![nowhere; BRANCHES.len()] })
    }
}

impl<'a> Rows<'a> {
    fn new(conn: &'a Connection) -> Result<Self> {
        Ok(Self {
            commit: conn.prepare(
                "INSERT INTO commits (id, repository_id, sha, message, author, author_email, date, committed_at,
                     branch, first_branch_id, jira_card_key, has_link, first_seen_at, is_named)
                 VALUES (:id, :repository_id, :sha, :message, :author, :author_email, :date, :committed_at,
                     :branch, :first_branch_id, :key, :has_link, :committed_at, 1)",
            )?,
            node: conn.prepare(
                "INSERT INTO commit_graph (repository_id, sha, parents, standing) VALUES (?1, ?2, ?3, 2)",
            )?,
            reach: conn
                .prepare("INSERT INTO commit_branches (branch_id, commit_id, reaches) VALUES (?1, ?2, 1)")?,
            link: conn.prepare(
                "INSERT OR IGNORE INTO commit_links (commit_id, card_key, provenance, position, removed)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?,
        })
    }
}

/// The branches that reach a commit.
fn reached_from(made_on: usize, is_merged: bool, share: f64) -> Vec<usize> {
    let mut all = vec![made_on];
    if is_merged {
        all.extend([MAIN, DEVELOP]);
    }
    if is_merged && share > FORKED {
        all.extend([2, 3]);
    }
    all.sort_unstable();
    all.dedup();
    all
}

struct Link {
    key: String,
    provenance: &'static str,
    removed: bool,
}

fn of(links: &[Link], provenance: &str) -> Vec<String> {
    links.iter().filter(|link| link.provenance == provenance).map(|link| link.key.clone()).collect()
}

/// Seven of ten commits belong to a card, some to two, mostly because their message says so.
fn links(dice: &mut Dice, places: &Places, place: usize, sprint: usize) -> Vec<Link> {
    let how_many = match dice.below(100) {
        0..60 => 1,
        60..70 => 2,
        _ => 0,
    };
    let project = places.projects.get(place % places.projects.len().max(1)).cloned().unwrap_or_default();
    let mut links: Vec<Link> = Vec::new();
    for _ in 0..how_many {
        let key = format!("{project}-{}", sprint * CARDS_A_SPRINT + dice.below(CARDS_A_SPRINT) + 1);
        // What is done by hand is done a thousand times in five years.
        let provenance = match dice.below(1000) {
            0..800 => "message",
            800..998 => "branch",
            _ => "manual",
        };
        links.push(Link { key, provenance, removed: dice.below(500) == 0 });
    }
    links
}
