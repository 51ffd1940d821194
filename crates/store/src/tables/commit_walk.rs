//! Walking through many commits, the newest first, in steps that take a few milliseconds each, however few of them fit.
//!
//! What is looked at for each commit comes out of an index; a commit itself is read only if words are looked for.

mod checks;
mod source;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use pdt_domain::ids::{CommitId, ProfileId};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use self::checks::{Checks, Members};
use self::source::{Part, Source};
use super::CommitFilter;
use crate::columns::{json_array, read_time, text_of, time_text};
use crate::error::StoreError;
use crate::tx::ReadTx;

/// How many commits a step looks at.
const STEP: usize = 500;

/// How much text a step looks through, in bytes: messages may be long.
const TEXT: usize = 256 * 1024;

/// A place in a walk: right behind a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WalkPlace {
    /// The commit's author's date.
    pub date: DateTime<Utc>,
    /// The commit.
    pub id: CommitId,
}

/// What a step of a walk has found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WalkStep {
    /// The commits that fit, the newest first.
    pub found: Vec<CommitId>,
    /// The last commit that was looked at, whether it fits or not; none where none was left.
    pub seen: Option<WalkPlace>,
    /// Whether nothing is left behind it.
    pub is_last: bool,
}

/// A walk through the commits of a profile that a filter lets through. The filter's limit does not count here.
#[derive(Debug)]
pub struct CommitWalk<'t> {
    tx: &'t ReadTx<'t>,
    source: Source,
    checks: Checks<'t>,
    /// The first date that counts.
    since: String,
    /// The first date that counts no more.
    until: String,
}

impl ReadTx<'_> {
    /// A walk through the commits of a profile. All of its steps see the same state of the database.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn commit_walk<'t>(
        &'t self,
        profile: ProfileId,
        filter: &'t CommitFilter,
    ) -> Result<CommitWalk<'t>, StoreError> {
        let mut repositories: Vec<i64> = self.listed_repositories(profile, filter)?.into_keys().collect();
        let mut members = Vec::new();
        if let Some(card) = &filter.card {
            members.push(Members::OfCard(json_array(&self.key_family(profile, card)?)));
        }
        if let Some(name) = &filter.branch {
            let branches = self.branches_named(name)?;
            repositories.retain(|id| branches.contains_key(id));
            members.push(Members::OfBranches(
                branches.into_iter().filter(|(id, _)| repositories.contains(id)).collect(),
            ));
        }
        let few = self.few_of(&mut members)?;
        Ok(CommitWalk {
            tx: self,
            source: Source::of(filter, few, &repositories),
            checks: Checks::new(filter, &repositories, members),
            since: filter.since.map(time_text).unwrap_or_default(),
            // A letter that no date begins with, and that sorts behind them all.
            until: filter.until_exclusive.map_or_else(|| "~".to_owned(), time_text),
        })
    }

    /// The commits to walk through where these are few; who they are members of is then clear.
    fn few_of(&self, members: &mut Vec<Members>) -> Result<Option<Vec<i64>>, StoreError> {
        for at in 0..members.len() {
            if let Some(few) = members.get(at).map(|one| one.if_few(self)).transpose()?.flatten() {
                members.remove(at);
                return Ok(Some(few));
            }
        }
        Ok(None)
    }

    /// The branches of this name that are there, by their repositories.
    fn branches_named(&self, name: &str) -> Result<HashMap<i64, i64>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT repository_id, id FROM branches WHERE name = ?1 AND deleted_at IS NULL",
        )?;
        let pairs = statement.query_map([name], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(pairs.collect::<Result<_, _>>()?)
    }
}

impl CommitWalk<'_> {
    /// Looks at the commits behind a place, or at the first ones, until some hundred were looked at or `most` found.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn step(&mut self, after: Option<WalkPlace>, most: usize) -> Result<WalkStep, StoreError> {
        let mut step = Running { most, ..Running::default() };
        // A place may come from outside: what lies in front of the first day is not in the list.
        let after =
            after.map(|place| (time_text(place.date), place.id.0)).filter(|(date, _)| *date < self.until);
        let within = after.clone().filter(|(date, _)| self.since <= *date);
        if let Some((date, id)) = within {
            self.look(Part::SameSecond, [date.into(), id.into()], &mut step)?;
        }
        let until = after.map_or_else(|| self.until.clone(), |(date, _)| date);
        self.look(Part::Earlier, [until.into(), self.since.clone().into()], &mut step)?;
        step.end()
    }

    fn look(&mut self, part: Part, bounds: [Value; 2], step: &mut Running) -> Result<(), StoreError> {
        if step.is_over() || self.checks.nothing_passes() {
            return Ok(());
        }
        let query = self.source.query(part, bounds, self.checks.needs());
        let mut statement = self.tx.conn.prepare_cached(&query.sql)?;
        let mut rows = statement.query(params_from_iter(query.values))?;
        while !step.is_over() {
            let Some(row) = rows.next()? else { break };
            step.note(row)?;
            if self.checks.pass(self.tx, row, &mut step.text)? {
                step.found.push(CommitId(step.id));
            }
        }
        Ok(())
    }
}

/// A step that is going on.
#[derive(Debug, Default)]
struct Running {
    found: Vec<CommitId>,
    most: usize,
    looked_at: usize,
    /// How much text was looked through, in bytes.
    text: usize,
    /// Date and id of the commit that was looked at last.
    date: String,
    id: i64,
}

impl Running {
    fn is_over(&self) -> bool {
        self.looked_at >= STEP || self.text >= TEXT || self.found.len() >= self.most
    }

    fn note(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        self.looked_at += 1;
        self.id = row.get("id")?;
        self.date.clear();
        self.date.push_str(text_of(row, "date")?);
        Ok(())
    }

    fn end(self) -> Result<WalkStep, StoreError> {
        let is_last = !self.is_over();
        let seen = match self.looked_at {
            0 => None,
            _ => Some(WalkPlace { date: read_time(&self.date)?, id: CommitId(self.id) }),
        };
        Ok(WalkStep { found: self.found, seen, is_last })
    }
}

#[cfg(test)]
mod tests;
