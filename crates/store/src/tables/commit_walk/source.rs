//! Out of which index a walk comes.

use rusqlite::types::Value;

use super::CommitFilter;
use super::checks::Needs;

/// What is walked through.
#[derive(Debug, PartialEq)]
pub(super) enum Source {
    /// Every commit of the database.
    All,
    /// Those without a card.
    Unlinked,
    /// Those of one repository.
    Repository(i64),
    /// A few that are known, as a JSON list of their ids.
    Few(String),
}

/// A part of what lies behind a place. No index of SQLite's is searched by a date and an id together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Part {
    /// The other commits of the same second. Bounds: that second, and the id.
    SameSecond,
    /// Older ones. Bounds: the first date that counts no more, and the first that counts.
    Earlier,
}

/// A statement with its values.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Source {
    /// The one with the fewest commits that has all those of the filter.
    pub(super) fn of(filter: &CommitFilter, few: Option<Vec<i64>>, repositories: &[i64]) -> Self {
        match (few, repositories) {
            (Some(ids), _) => Self::Few(serde_json::Value::from(ids).to_string()),
            (None, [only]) => Self::Repository(*only),
            (None, _) if filter.unlinked => Self::Unlinked,
            (None, _) => Self::All,
        }
    }

    pub(super) fn query(&self, part: Part, [first, second]: [Value; 2], needs: Needs) -> Query {
        let (index, condition, mut values) = match self {
            Self::All => ("INDEXED BY commits_walked", "", Vec::new()),
            Self::Unlinked => ("INDEXED BY commits_unlinked_walked", "c.has_link = 0 AND", Vec::new()),
            Self::Repository(id) => {
                ("INDEXED BY commits_of_repository_walked", "c.repository_id = ? AND", vec![(*id).into()])
            }
            Self::Few(ids) => ("", "c.id IN (SELECT value FROM json_each(?)) AND", vec![ids.clone().into()]),
        };
        values.extend([first, second]);
        let columns = needs.columns();
        let range = match (self, part) {
            // `+`: the few are found by their ids.
            (Self::Few(_), Part::SameSecond) => "+c.date = ? AND +c.id < ?",
            (Self::Few(_), Part::Earlier) => "+c.date < ? AND +c.date >= ?",
            (_, Part::SameSecond) => "c.date = ? AND c.id < ?",
            (_, Part::Earlier) => "c.date < ? AND c.date >= ?",
        };
        let sql = format!(
            "SELECT {columns} FROM commits AS c {index} WHERE {condition} {range} ORDER BY c.date DESC, c.id DESC"
        );
        Query { sql, values }
    }
}
