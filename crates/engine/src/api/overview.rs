//! What was done lately, in figures: what the window shows first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Local, NaiveDate};
use pdt_domain::ids::{Name, RepositoryId};
use pdt_domain::jira::StatusCategory;
use pdt_store::{CountedCommit, ReadTx, SprintProgress, StatusCount};
use serde::Serialize;
use ts_rs::TS;

use super::error::Code;
use super::{ApiError, CommitRowDto, Engine, days};

/// What a profile has done lately.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct OverviewDto {
    /// The local days that the figures are of, the oldest first; the last one is today.
    #[ts(type = "Array<string>")]
    pub days: Vec<NaiveDate>,
    /// Commits per day: the five busiest repositories, the busiest first, then all others together.
    pub commits: Vec<SeriesDto>,
    /// How many commits of these days belong to a card.
    pub linked: u32,
    /// How many commits these days have.
    pub total: u32,
    /// The latest commits.
    pub recent: Vec<CommitRowDto>,
    /// The sprints that go on.
    pub sprints: Vec<SprintProgressDto>,
    /// The cards of the sprints that go on, by status, in the order of the work: to do, in progress, done.
    pub statuses: Vec<StatusCountDto>,
}

/// The commits of one repository, a number a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SeriesDto {
    /// `owner/name`; none for all others together.
    pub repo: Option<String>,
    /// How many commits each day has, in the order of the days.
    pub counts: Vec<u32>,
}

/// How far a sprint is.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct SprintProgressDto {
    /// Jira's number.
    #[ts(type = "number")]
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The account that sees it.
    #[ts(type = "string")]
    pub account: Name,
    /// When it ends.
    #[serde(serialize_with = "super::status::zulu")]
    #[ts(type = "string | null")]
    pub end_date: Option<chrono::DateTime<chrono::Utc>>,
    /// How many cards it has.
    pub cards: u32,
    /// How many of these are done.
    pub done: u32,
    /// The story points of its cards; none where no card has any.
    pub points: Option<f64>,
    /// The story points of those done; likewise.
    pub points_done: Option<f64>,
}

/// How many cards have a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StatusCountDto {
    /// The status.
    pub status: String,
    /// Its category.
    #[ts(type = "\"todo\" | \"in_progress\" | \"done\" | null")]
    pub category: Option<&'static str>,
    /// How many cards have it.
    pub cards: u32,
}

/// How many repositories have a series of their own.
const MOST_SERIES: usize = 5;

/// How many of the latest commits are shown.
const RECENT: u32 = 8;

/// The longest time that figures are made of.
const MOST_DAYS: u32 = 366;

impl Engine {
    /// What a profile has done in the last `days` local days, 1 to 366.
    ///
    /// # Errors
    /// Another number of days; an unknown profile; those of the database.
    pub async fn overview(&self, profile: &Name, days: u32) -> Result<OverviewDto, ApiError> {
        if !(1..=MOST_DAYS).contains(&days) {
            let message = format!("There are no figures of {days} days.");
            return Err(
                ApiError::new(Code::Usage, message).with_hint(format!("Ask for 1 to {MOST_DAYS} days."))
            );
        }
        let today = self.core.now().with_timezone(&Local).date_naive();
        let days = days::last(today, days);
        let Some(found) = self.profile_or_empty(profile).await? else {
            return Ok(OverviewDto::new(days, Tally::default()));
        };
        let (id, moments) = (found.id, days::moments(&Local, &days));
        let read = move |tx: &ReadTx<'_>| {
            let names: BTreeMap<RepositoryId, String> =
                tx.repositories(id)?.into_iter().map(|row| (row.id, row.full_name())).collect();
            let repositories: BTreeSet<RepositoryId> = names.keys().copied().collect();
            let mut tally = Tally { days: days.len(), names, ..Tally::default() };
            tx.count_commits(&repositories, &moments, |commit| tally.count(commit))?;
            let overview = OverviewDto::new(days, tally);
            let recent = tx.latest_commits(&repositories, RECENT)?;
            let sprints = tx.sprint_progress(id)?.into_iter().map(SprintProgressDto::from).collect();
            let statuses = tx.active_statuses(id)?.into_iter().map(StatusCountDto::from).collect();
            Ok((recent, OverviewDto { sprints, statuses, ..overview }))
        };
        let (recent, overview) = self.core.db.read(read).await?;
        let recent = self.commit_rows(profile, recent.into_iter().map(|id| id.0).collect()).await?;
        Ok(OverviewDto { recent, ..overview })
    }
}

/// Commits while they are counted.
#[derive(Default)]
struct Tally {
    days: usize,
    /// What the repositories are called.
    names: BTreeMap<RepositoryId, String>,
    counts: BTreeMap<RepositoryId, Vec<u32>>,
    linked: u32,
    total: u32,
}

impl Tally {
    fn count(&mut self, commit: CountedCommit) {
        let days = self.days;
        let counts = self.counts.entry(commit.repository).or_insert_with(|| vec![0; days]);
        if let Some(count) = counts.get_mut(commit.span) {
            *count += 1;
        }
        self.total += 1;
        self.linked += u32::from(commit.has_link);
    }

    /// The busiest repositories, each with a series, and all others together.
    fn series(mut self) -> Vec<SeriesDto> {
        let mut all: Vec<SeriesDto> = std::mem::take(&mut self.counts)
            .into_iter()
            .filter_map(|(id, counts)| Some(SeriesDto { repo: Some(self.names.remove(&id)?), counts }))
            .collect();
        let total = |series: &SeriesDto| series.counts.iter().sum::<u32>();
        all.sort_by(|one, other| total(other).cmp(&total(one)).then_with(|| one.repo.cmp(&other.repo)));
        let others = all.split_off(all.len().min(MOST_SERIES));
        if !others.is_empty() {
            let day = |day: usize| others.iter().filter_map(|series| series.counts.get(day)).sum();
            let counts = (0..self.days).map(day).collect();
            all.push(SeriesDto { repo: None, counts });
        }
        all
    }
}

impl OverviewDto {
    fn new(days: Vec<NaiveDate>, tally: Tally) -> Self {
        let (linked, total) = (tally.linked, tally.total);
        let (recent, sprints, statuses) = (Vec::new(), Vec::new(), Vec::new());
        Self { days, commits: tally.series(), linked, total, recent, sprints, statuses }
    }
}

impl From<SprintProgress> for SprintProgressDto {
    fn from(row: SprintProgress) -> Self {
        let SprintProgress { id, name, account, end_date, cards, done, points, points_done } = row;
        Self { id, name, account, end_date, cards, done, points, points_done }
    }
}

impl From<StatusCount> for StatusCountDto {
    fn from(row: StatusCount) -> Self {
        Self { status: row.status, category: row.category.map(StatusCategory::as_str), cards: row.cards }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busiest_have_a_series_each_and_all_others_one_together() {
        let names = (1..=7).map(|id| (RepositoryId(id), format!("acme/r{id}"))).collect();
        let mut tally = Tally { days: 2, names, ..Tally::default() };
        for (id, span, count) in [(1, 0, 1), (2, 1, 9), (3, 0, 5), (4, 0, 5), (5, 1, 7), (6, 0, 6), (7, 1, 2)]
        {
            for _ in 0..count {
                tally.count(CountedCommit { repository: RepositoryId(id), span, has_link: id == 2 });
            }
        }
        assert_eq!((tally.linked, tally.total), (9, 35));
        let series = tally.series();
        let names: Vec<Option<&str>> = series.iter().map(|series| series.repo.as_deref()).collect();
        let busiest = ["acme/r2", "acme/r5", "acme/r6", "acme/r3", "acme/r4"].map(Some);
        assert_eq!(names, [busiest.as_slice(), &[None]].concat());
        assert_eq!(series[0].counts, [0, 9]);
        assert_eq!(series[5].counts, [1, 2], "the others are added up by day");
    }
}
