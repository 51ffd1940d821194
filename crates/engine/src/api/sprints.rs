//! Sprints as they are listed.

use chrono::{DateTime, Utc};
use pdt_domain::ids::Name;
use pdt_store::ListedSprint;
use serde::Serialize;
use ts_rs::TS;

use super::status::zulu;
use super::{ApiError, Engine};

/// A sprint as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SprintDto {
    /// Jira's number.
    #[ts(type = "number")]
    pub id: i64,
    /// Its name.
    pub name: String,
    /// `active`, `future` or `closed`.
    #[ts(type = "\"active\" | \"future\" | \"closed\"")]
    pub state: &'static str,
    /// When it began or shall begin.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string | null")]
    pub start_date: Option<DateTime<Utc>>,
    /// When it ends or shall end.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string | null")]
    pub end_date: Option<DateTime<Utc>>,
    /// What it is for.
    pub goal: Option<String>,
    /// The account that sees it.
    #[ts(type = "string")]
    pub account: Name,
    /// The names of the boards that show it.
    pub boards: Vec<String>,
    /// How many of its cards are known.
    pub cards: u32,
    /// How many of these are done.
    pub done: u32,
}

impl Engine {
    /// The sprints of a profile: active ones first, then planned ones, then closed ones, the latest first.
    ///
    /// # Errors
    /// An unknown profile; those of the database.
    pub async fn sprints(&self, profile: &Name) -> Result<Vec<SprintDto>, ApiError> {
        let Some(profile) = self.profile_or_empty(profile).await? else { return Ok(Vec::new()) };
        let listed = self.core.db.read(move |tx| tx.sprint_list(profile.id)).await?;
        Ok(listed.into_iter().map(SprintDto::from).collect())
    }
}

impl From<ListedSprint> for SprintDto {
    fn from(sprint: ListedSprint) -> Self {
        Self {
            id: sprint.id,
            name: sprint.name,
            state: sprint.state.as_str(),
            start_date: sprint.start_date,
            end_date: sprint.end_date,
            goal: sprint.goal,
            account: sprint.account,
            boards: sprint.boards,
            cards: sprint.cards,
            done: sprint.done,
        }
    }
}
