//! What is going on right now: for showing only, and gone when it is over.

use chrono::{DateTime, Utc};
use pdt_domain::ids::{Name, RepositoryId};
use serde::Serialize;
use ts_rs::TS;

use super::commits::zulu;

/// The runs of this program that are going on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct LiveDto {
    /// The run of the commits loop, while there is one.
    pub commits: Option<RunDto>,
    /// The run of the Jira loop, while there is one.
    pub jira: Option<JiraRunDto>,
}

/// A run of the commits loop, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RunDto {
    /// Whose repositories are read.
    #[ts(type = "string")]
    pub profile: Name,
    /// When it began.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string")]
    pub started_at: DateTime<Utc>,
    /// How many repositories are done.
    pub done: usize,
    /// How many there are.
    pub of: usize,
    /// How many commits of the repositories that are done were not there before.
    pub new_commits: usize,
    /// The repositories that are being read, in the order in which they began.
    pub reading: Vec<ReadingDto>,
    /// The repositories that are done and could not be read as they should.
    pub failed: Vec<FailedDto>,
}

/// A repository that is being read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReadingDto {
    /// Its row.
    #[ts(type = "number")]
    pub id: RepositoryId,
    /// `owner/name`.
    pub name: String,
    /// The branch that is being read; none at the beginning, and while all are read at once.
    pub branch: Option<String>,
    /// How many of its changed branches are done.
    pub branches_done: usize,
    /// How many of its branches have changed.
    pub branches_of: usize,
    /// How many commits were received.
    pub commits: usize,
}

/// A repository that could not be read as it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FailedDto {
    /// Its row.
    #[ts(type = "number")]
    pub id: RepositoryId,
    /// `owner/name`.
    pub name: String,
    /// What went wrong, in a sentence.
    pub error: String,
}

/// A run of the Jira loop, as far as it has come. The numbers of boards and sprints grow while it finds out what
/// there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JiraRunDto {
    /// Whose sites are read.
    #[ts(type = "string")]
    pub profile: Name,
    /// When it began.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string")]
    pub started_at: DateTime<Utc>,
    /// How many boards have been asked for their sprints.
    pub boards_done: usize,
    /// How many boards are asked.
    pub boards_of: usize,
    /// Of how many sprints the cards have been read.
    pub sprints_done: usize,
    /// Of how many sprints the cards are read; boards without sprints whose cards are collected count as well.
    pub sprints_of: usize,
    /// How many cards were not there before.
    pub new_cards: usize,
    /// How many known cards have changed.
    pub changed_cards: usize,
    /// What is being read, in the order in which it began.
    pub reading: Vec<JiraReadingDto>,
    /// What is done and could not be read as it should.
    pub failed: Vec<JiraFailedDto>,
}

/// A board or a sprint that is being read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JiraReadingDto {
    /// Which account.
    #[ts(type = "string")]
    pub account: Name,
    /// The board that is asked for its sprints.
    pub board: Option<String>,
    /// The sprint whose cards are read.
    pub sprint: Option<String>,
    /// How many of its cards were received.
    pub cards: usize,
}

/// A board, a sprint or an account that could not be read as it should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct JiraFailedDto {
    /// What it is: `board Team Alpha`, `sprint 42`.
    pub name: String,
    /// What went wrong, in a sentence.
    pub error: String,
}
