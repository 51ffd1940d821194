//! A part of Jira's query language: clauses joined by AND, and an order.
//! <https://support.atlassian.com/jira-software-cloud/docs/jql-fields/>

mod parse;
mod times;

use std::cmp::Ordering;

use chrono::{DateTime, FixedOffset, Utc};

use super::refusals::{Sentence, say};
use super::world::{Card, State};
use parse::{Parsed, Term};

/// What a query asks for, every name in it known.
#[derive(Debug)]
pub(super) struct Query {
    clauses: Vec<Clause>,
    order: Vec<(Key, Way)>,
}

#[derive(Debug)]
enum Clause {
    Sprints(Vec<i64>),
    Projects(Vec<String>),
    Cards(Vec<u64>),
    Time(Moment, Comparison, DateTime<Utc>),
}

#[derive(Debug, Clone, Copy)]
enum Moment {
    Created,
    Updated,
}

#[derive(Debug, Clone, Copy)]
enum Comparison {
    Before,
    NotAfter,
    After,
    NotBefore,
}

/// What cards are ordered by.
#[derive(Debug, Clone, Copy)]
enum Key {
    Created,
    Updated,
    /// The key; its number counts as a number.
    Name,
    Id,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Query {
    /// Reads a query. Dates are in this zone.
    pub(super) fn read(state: &State, zone: FixedOffset, text: &str) -> Result<Self, Sentence> {
        let Parsed { terms, order } = parse::parse(text)?;
        let clauses = terms.iter().map(|term| clause(state, zone, term)).collect::<Result<_, _>>()?;
        let order = order.iter().map(|(name, way)| Ok((order_key(name)?, way_of(way)?)));
        Ok(Self { clauses, order: order.collect::<Result<_, Sentence>>()? })
    }

    /// Whether it leaves everything in.
    pub(super) fn is_unbounded(&self) -> bool {
        self.clauses.is_empty()
    }

    pub(super) fn matches(&self, card: &Card) -> bool {
        self.clauses.iter().all(|clause| clause.matches(card))
    }

    /// Orders cards; those that the query leaves equal stay as they are.
    pub(super) fn sort(&self, cards: &mut [&Card]) {
        cards.sort_by(|one, other| {
            let orders = self.order.iter().map(|(key, way)| key.compare(one, other, *way));
            orders.fold(Ordering::Equal, Ordering::then)
        });
    }
}

impl Clause {
    fn matches(&self, card: &Card) -> bool {
        match self {
            Self::Sprints(ids) => ids.iter().any(|id| card.is_in(*id)),
            Self::Projects(keys) => keys.iter().any(|key| key == card.project()),
            Self::Cards(ids) => ids.contains(&card.id),
            Self::Time(moment, comparison, time) => {
                let of_card = match moment {
                    Moment::Created => card.created,
                    Moment::Updated => card.updated,
                };
                match comparison {
                    Comparison::Before => of_card < *time,
                    Comparison::NotAfter => of_card <= *time,
                    Comparison::After => of_card > *time,
                    Comparison::NotBefore => of_card >= *time,
                }
            }
        }
    }
}

impl Key {
    fn compare(self, one: &Card, other: &Card, way: Way) -> Ordering {
        let order = match self {
            Self::Created => one.created.cmp(&other.created),
            Self::Updated => one.updated.cmp(&other.updated),
            Self::Name => (one.project(), one.number()).cmp(&(other.project(), other.number())),
            Self::Id => one.id.cmp(&other.id),
        };
        if way == Way::Up { order } else { order.reverse() }
    }
}

fn clause(state: &State, zone: FixedOffset, term: &Term) -> Result<Clause, Sentence> {
    let field = term.field.to_lowercase();
    match field.as_str() {
        "sprint" => each(term, |value| sprint(state, value)).map(Clause::Sprints),
        "project" => each(term, |value| project(state, value)).map(Clause::Projects),
        "key" | "issuekey" | "issue" | "id" => each(term, |value| card(state, value)).map(Clause::Cards),
        "updated" | "updateddate" => time(state, zone, term, Moment::Updated),
        "created" | "createddate" => time(state, zone, term, Moment::Created),
        _ => Err(unknown_field(&term.field)),
    }
}

fn each<T>(term: &Term, read: impl Fn(&str) -> Result<T, Sentence>) -> Result<Vec<T>, Sentence> {
    if !matches!(term.operator.as_str(), "=" | "in") {
        return Err(wrong_operator(term));
    }
    term.values.iter().map(|value| read(value)).collect()
}

fn sprint(state: &State, value: &str) -> Result<i64, Sentence> {
    let by_number = value.parse().ok().filter(|id| state.sprints.contains_key(id));
    let by_name = || state.sprints.values().find(|sprint| sprint.name == value).map(|sprint| sprint.id);
    let word = if value.parse::<i64>().is_ok() { "id" } else { "name" };
    by_number.or_else(by_name).ok_or_else(|| {
        say(
            &format!("Sprint with {word} '{value}' does not exist or you do not have permission to view it."),
            &format!("Der Sprint '{value}' existiert nicht oder Sie dürfen ihn nicht sehen."),
        )
    })
}

fn project(state: &State, value: &str) -> Result<String, Sentence> {
    let by_number = || value.parse::<u64>().ok().and_then(|id| state.projects.iter().find(|p| p.id == id));
    let found = state.project(value).or_else(by_number);
    found.map(|project| project.key.clone()).ok_or_else(|| {
        say(
            &format!("The value '{value}' does not exist for the field 'project'."),
            &format!("Der Wert '{value}' existiert für das Feld 'project' nicht."),
        )
    })
}

fn card(state: &State, value: &str) -> Result<u64, Sentence> {
    state.find_card(value).map(|card| card.id).ok_or_else(|| {
        say(
            &format!("An issue with key '{value}' does not exist for field 'key'."),
            &format!("Ein Vorgang mit dem Schlüssel '{value}' existiert nicht."),
        )
    })
}

fn time(state: &State, zone: FixedOffset, term: &Term, moment: Moment) -> Result<Clause, Sentence> {
    let comparison = match term.operator.as_str() {
        "<" => Comparison::Before,
        "<=" => Comparison::NotAfter,
        ">" => Comparison::After,
        ">=" => Comparison::NotBefore,
        _ => return Err(wrong_operator(term)),
    };
    let value = term.values.first().map(String::as_str).unwrap_or_default();
    let time = times::read(value, zone, state.now()).ok_or_else(|| {
        say(
            &format!(
                "Date value '{value}' for field '{}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', \
                 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
                term.field
            ),
            &format!("Das Datum '{value}' für das Feld '{}' ist ungültig.", term.field),
        )
    })?;
    Ok(Clause::Time(moment, comparison, time))
}

fn order_key(name: &str) -> Result<Key, Sentence> {
    match name.to_lowercase().as_str() {
        "created" | "createddate" => Ok(Key::Created),
        "updated" | "updateddate" => Ok(Key::Updated),
        "key" | "issuekey" => Ok(Key::Name),
        // The order in which cards were made, which nobody has changed here.
        "id" | "rank" => Ok(Key::Id),
        _ => Err(unknown_field(name)),
    }
}

fn way_of(word: &str) -> Result<Way, Sentence> {
    match word.to_lowercase().as_str() {
        "" | "asc" => Ok(Way::Up),
        "desc" => Ok(Way::Down),
        _ => Err(parse::unexpected(word, "',', 'ASC' or 'DESC'")),
    }
}

fn unknown_field(name: &str) -> Sentence {
    say(
        &format!("Field '{name}' does not exist or you do not have permission to view it."),
        &format!("Das Feld '{name}' existiert nicht oder Sie dürfen es nicht sehen."),
    )
}

fn wrong_operator(term: &Term) -> Sentence {
    say(
        &format!("The operator '{}' is not supported by the '{}' field.", term.operator, term.field),
        &format!("Der Operator '{}' wird vom Feld '{}' nicht unterstützt.", term.operator, term.field),
    )
}
