//! Commits in the order of a list, however many there are: first their numbers, then the rows that are looked at.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::{CommitId, Name, Sha};
use pdt_domain::provider::Provider;
use pdt_domain::search::folded;
use pdt_store::{Author, CommitRow, ReadTx, WalkPlace, WalkStep};
use serde::Serialize;
use ts_rs::TS;

use super::commits::zulu;
use super::error::Code;
use super::{ApiError, CommitQuery, Engine};

/// A piece of a list of commits, by their numbers in this database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CommitWalkDto {
    /// The numbers of the commits that the query asks for, the newest first, from where the walk was.
    #[ts(type = "Array<number>")]
    pub ids: Vec<i64>,
    /// Where to go on; none at the end of the list. A piece may be empty and not be the last one: what fits may
    /// lie further back.
    pub next: Option<String>,
    /// The author's date of the last commit that was looked at, whether it fits or not.
    #[serde(serialize_with = "super::status::zulu")]
    #[ts(type = "string | null")]
    pub seen_until: Option<DateTime<Utc>>,
}

/// A commit as a row shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CommitRowDto {
    /// Its number in this database.
    #[ts(type = "number")]
    pub id: i64,
    /// Its id.
    #[ts(type = "string")]
    pub sha: Sha,
    /// `owner/name`.
    pub repo: String,
    /// The service.
    #[ts(type = "\"github\" | \"gitlab\" | \"jira\"")]
    pub provider: Provider,
    /// The first line of its message that says something, 300 characters at most.
    pub subject: String,
    /// The author's name.
    pub author: String,
    /// The author's date.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string")]
    pub date: DateTime<Utc>,
    /// The default branch if it reaches the commit, else the branch it was first seen on.
    pub branch: Option<String>,
    /// All of its card keys.
    pub jira_card_keys: Vec<String>,
}

/// What the commits of a profile can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CommitFacetsDto {
    /// Those who wrote the latest commits, the busiest first.
    pub authors: Vec<AuthorDto>,
    /// Names of branches that are there now, each once, sorted; 500 at most.
    pub branches: Vec<String>,
}

/// Somebody who wrote commits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AuthorDto {
    /// The name of the latest commit.
    pub name: String,
    /// The e-mail address, which is what the filter goes by; the name where there is none.
    pub email: String,
}

/// How long a piece of a walk takes. The window asks for the next one at once, and for rows meanwhile.
const PIECE: TimeDelta = TimeDelta::milliseconds(15);

/// How many commits a piece has at most.
const MOST_IDS: usize = 10_000;

/// How many rows can be asked for at once.
const MOST_ROWS: usize = 500;

/// By how many commits the authors are counted.
const COUNTED: usize = 2_000;

/// How many names of branches are told.
const MOST_BRANCHES: usize = 500;

impl Engine {
    /// Walks through a list of commits from where the last piece ended, for some milliseconds. What is stored while
    /// somebody walks is met only where it lies further back; no commit is met twice.
    ///
    /// # Errors
    /// An unknown profile or repository; a word that is no card key; a place that no piece has told; those of the
    /// database.
    pub async fn walk_commits(
        &self,
        profile: &Name,
        query: CommitQuery,
        after: Option<String>,
    ) -> Result<CommitWalkDto, ApiError> {
        let place = match after {
            Some(text) => Place::read(&text, query.limit)?,
            None => Place { after: None, left: query.limit },
        };
        let Some((profile, filter)) = self.commit_filter(profile, query).await? else {
            return Ok(CommitWalkDto { ids: Vec::new(), next: None, seen_until: None });
        };
        let clock = self.clock();
        let piece = move |tx: &ReadTx<'_>| {
            let mut walk = tx.commit_walk(profile.id, &filter)?;
            let mut piece = Piece::new(place);
            let begun = clock.now();
            while piece.goes_on() {
                piece.add(walk.step(piece.place.after, piece.room())?);
                // A clock that is put back meanwhile ends the piece as well.
                if !(begun..begun + PIECE).contains(&clock.now()) {
                    break;
                }
            }
            Ok(piece)
        };
        Ok(self.core.db.read(piece).await?.into())
    }

    /// The rows of commits by their numbers, in the order of the numbers. Those that are gone are left out.
    ///
    /// # Errors
    /// More than 500 numbers; an unknown profile; those of the database.
    pub async fn commit_rows(&self, profile: &Name, ids: Vec<i64>) -> Result<Vec<CommitRowDto>, ApiError> {
        if ids.len() > MOST_ROWS {
            let message = format!("{} commits are too many to be shown at once.", ids.len());
            return Err(
                ApiError::new(Code::Usage, message).with_hint(format!("Ask for {MOST_ROWS} at most."))
            );
        }
        let Some(profile) = self.profile_or_empty(profile).await? else { return Ok(Vec::new()) };
        let ids: Vec<CommitId> = ids.into_iter().map(CommitId).collect();
        let rows = self.core.db.read(move |tx| tx.commit_rows(profile.id, &ids)).await?;
        Ok(rows.into_iter().map(CommitRowDto::from).collect())
    }

    /// What the commits of a profile, or of one of its repositories, can be filtered by.
    ///
    /// # Errors
    /// An unknown profile or repository; those of the database.
    pub async fn commit_facets(
        &self,
        profile: &Name,
        repo: Option<String>,
    ) -> Result<CommitFacetsDto, ApiError> {
        let query = CommitQuery { repo, ..CommitQuery::default() };
        let Some((profile, filter)) = self.commit_filter(profile, query).await? else {
            return Ok(CommitFacetsDto { authors: Vec::new(), branches: Vec::new() });
        };
        let ask = move |tx: &ReadTx<'_>| {
            let authors = tx.latest_authors(profile.id, &filter, COUNTED)?;
            Ok((authors, tx.branch_names(profile.id, &filter, MOST_BRANCHES)?))
        };
        let (authors, branches) = self.core.db.read(ask).await?;
        Ok(CommitFacetsDto { authors: busiest_first(authors), branches })
    }
}

/// Where a walk is.
#[derive(Debug, Clone, Copy)]
struct Place {
    after: Option<WalkPlace>,
    /// How many more commits are wanted, where not all are.
    left: Option<u32>,
}

impl Place {
    /// Reads what [`Place::text`] wrote, or anything else that came in its place.
    fn read(text: &str, limit: Option<u32>) -> Result<Self, ApiError> {
        let mut parts = text.split(' ');
        let read = |date: &str, id: &str| {
            let date = DateTime::parse_from_rfc3339(date).ok()?.to_utc();
            Some(WalkPlace { date, id: CommitId(id.parse().ok()?) })
        };
        let place = match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(date), Some(id), None, None) if limit.is_none() => {
                read(date, id).map(|after| Self { after: Some(after), left: None })
            }
            (Some(date), Some(id), Some(left), None) if limit.is_some() => {
                let left = left.parse().ok().filter(|left| limit.is_some_and(|limit| *left <= limit));
                read(date, id).zip(left).map(|(after, left)| Self { after: Some(after), left: Some(left) })
            }
            (_, _, _, _) => None,
        };
        place.ok_or_else(|| {
            ApiError::new(Code::Usage, "This is no place in this list of commits.")
                .with_hint("Begin at the start of the list.")
        })
    }

    fn text(self) -> Option<String> {
        let WalkPlace { date, id } = self.after?;
        let date = date.format("%Y-%m-%dT%H:%M:%SZ");
        Some(match self.left {
            Some(left) => format!("{date} {id} {left}"),
            None => format!("{date} {id}"),
        })
    }
}

/// A piece of a walk, as far as it has come.
#[derive(Debug)]
struct Piece {
    ids: Vec<i64>,
    place: Place,
    seen: Option<WalkPlace>,
    is_last: bool,
}

impl Piece {
    fn new(place: Place) -> Self {
        Self { ids: Vec::new(), place, seen: None, is_last: place.left == Some(0) }
    }

    fn goes_on(&self) -> bool {
        !self.is_last && self.ids.len() < MOST_IDS
    }

    /// How many commits the next step may find.
    fn room(&self) -> usize {
        let left = self.place.left.and_then(|left| usize::try_from(left).ok()).unwrap_or(usize::MAX);
        left.min(MOST_IDS.saturating_sub(self.ids.len()))
    }

    fn add(&mut self, step: WalkStep) {
        if let Some(left) = &mut self.place.left {
            *left = left.saturating_sub(u32::try_from(step.found.len()).unwrap_or(u32::MAX));
        }
        self.is_last = step.is_last || self.place.left == Some(0);
        self.ids.extend(step.found.into_iter().map(|id| id.0));
        self.seen = step.seen.or(self.seen);
        self.place.after = step.seen.or(self.place.after);
    }
}

impl From<Piece> for CommitWalkDto {
    fn from(piece: Piece) -> Self {
        let next = if piece.is_last { None } else { piece.place.text() };
        Self { ids: piece.ids, next, seen_until: piece.seen.map(|place| place.date) }
    }
}

impl From<CommitRow> for CommitRowDto {
    fn from(row: CommitRow) -> Self {
        Self {
            id: row.id.0,
            sha: row.sha,
            repo: row.repo,
            provider: row.provider,
            subject: row.subject,
            author: row.author,
            date: row.date,
            branch: row.branch,
            jira_card_keys: row.jira_card_keys,
        }
    }
}

/// Each author once, by address in any letter case, with the name of the latest commit, which comes first.
fn busiest_first(commits: Vec<Author>) -> Vec<AuthorDto> {
    let mut counted: HashMap<String, (usize, AuthorDto)> = HashMap::new();
    for Author { name, email } in commits {
        let email = if email.is_empty() { name.clone() } else { email };
        let entry = counted.entry(folded(&email));
        entry.or_insert_with(|| (0, AuthorDto { name, email })).0 += 1;
    }
    counted.remove("");
    let mut counted: Vec<(usize, AuthorDto)> = counted.into_values().collect();
    counted.sort_by(|(one, a), (other, b)| other.cmp(one).then_with(|| a.email.cmp(&b.email)));
    counted.into_iter().map(|(_, author)| author).collect()
}
