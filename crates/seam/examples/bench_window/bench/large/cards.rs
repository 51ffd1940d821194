//! Sprints and their cards, each card with its history.

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, Statement, named_params};
use serde_json::{Value, json};

use super::dice::Dice;
use super::places::{ACTIVE_FOR, CARDS_A_SPRINT, Places, SPRINT};
use super::{Size, exact_time_text, time_text, words};

/// One card of so many lies in a planned sprint that has become a drawer.
const DRAWER: usize = 100;

pub(super) fn fill(conn: &Connection, places: &Places, size: Size, now: DateTime<Utc>) -> Result<()> {
    let mut filler = Filler { conn, places, now, dice: Dice::new(2), rows: Rows::new(conn)?, next: 1 };
    for sprint in 0..places.sprints {
        for team in 0..places.projects.len() {
            let cards = CARDS_A_SPRINT.min(size.cards);
            filler.sprint(team, sprint, cards)?;
        }
    }
    for team in 0..places.projects.len() {
        let cards = if team == 0 { size.cards / DRAWER } else { 5 };
        filler.sprint(team, places.sprints, cards)?;
    }
    Ok(())
}

struct Filler<'a> {
    conn: &'a Connection,
    places: &'a Places,
    now: DateTime<Utc>,
    dice: Dice,
    rows: Rows<'a>,
    next: i64,
}

struct Rows<'a> {
    card: Statement<'a>,
    key: Statement<'a>,
    member: Statement<'a>,
}

/// A sprint as its cards name it.
struct Sprint {
    row: i64,
    number: i64,
    name: String,
    state: &'static str,
    start: DateTime<Utc>,
}

impl Filler<'_> {
    fn sprint(&mut self, team: usize, number: usize, cards: usize) -> Result<()> {
        let sprint = self.open(team, number)?;
        for place in 0..cards {
            self.card(team, number * CARDS_A_SPRINT + place + 1, &sprint)?;
        }
        Ok(())
    }

    fn open(&self, team: usize, number: usize) -> Result<Sprint> {
        let last = self.places.sprints - 1;
        let ago = i32::try_from(last)? - i32::try_from(number)?;
        let start = self.now - ACTIVE_FOR - SPRINT * ago;
        let state = match ago {
            ..0 => "future",
            0 => "active",
            1.. => "closed",
        };
        let jira = i64::try_from(1 + team + number * self.places.projects.len())?;
        let name = format!("Team {team} sprint {number}");
        let is_closed = state == "closed";
        self.conn
            .prepare_cached(
                "INSERT INTO sprints (account_id, jira_sprint_id, name, state, start_date, end_date, complete_date,
                     goal, origin_board_id, cards_read_at, is_final, last_synced_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'What was promised', ?8, ?9, ?10, ?9)",
            )?
            .execute((
                self.places.jira.0,
                jira,
                &name,
                state,
                time_text(start),
                time_text(start + SPRINT),
                is_closed.then(|| time_text(start + SPRINT)),
                i64::try_from(team + 1)?,
                time_text(self.now),
                is_closed,
            ))?;
        let row = self.conn.last_insert_rowid();
        self.conn
            .prepare_cached(
                "INSERT INTO board_sprints (board_id, sprint_id)
                 SELECT id, ?2 FROM boards WHERE account_id = ?3 AND jira_board_id = ?1",
            )?
            .execute((i64::try_from(team + 1)?, row, self.places.jira.0))?;
        Ok(Sprint { row, number: jira, name, state, start })
    }

    fn card(&mut self, team: usize, number: usize, sprint: &Sprint) -> Result<()> {
        let id = self.next;
        self.next += 1;
        let project = self.places.projects.get(team).cloned().unwrap_or_default();
        let (key, summary) = (format!("{project}-{number}"), words::title(&mut self.dice));
        let card = Card::throw(&mut self.dice, sprint, self.now);
        let parent = (number > 10 && self.dice.percent(10)).then(|| format!("{project}-{}", number - 10));
        let details = card.details(&mut self.dice, &key, &summary, parent.as_deref(), sprint);
        let left = (sprint.state != "future" && self.dice.percent(3)).then(|| time_text(card.updated));
        self.rows.card.execute(named_params! {
            ":id": id, ":account_id": self.places.jira.0, ":jira_id": (id + 100_000).to_string(),
            ":card_key": key, ":project_key": project, ":summary": summary, ":status": card.status,
            ":category": card.category, ":assignee": card.assignee, ":assignee_id": card.assignee,
            ":points": card.points, ":parent_key": parent,
            ":sprint_id": left.is_none().then_some(sprint.row),
            ":created": exact_time_text(card.created), ":updated": exact_time_text(card.updated),
            ":now": time_text(self.now), ":details": details.to_string(),
        })?;
        self.rows.key.execute((id, &key))?;
        self.rows.member.execute((sprint.row, id, left))?;
        Ok(())
    }
}

impl<'a> Rows<'a> {
    fn new(conn: &'a Connection) -> Result<Self> {
        Ok(Self {
            card: conn.prepare(
                "INSERT INTO jira_cards (id, account_id, jira_id, card_key, project_key, summary, status,
                     status_category, assignee, assignee_id, issue_type, priority, story_points, parent_key, sprint_id,
                     is_complete, created_at, updated_at, first_seen_at, last_synced_at, details_json)
                 VALUES (:id, :account_id, :jira_id, :card_key, :project_key, :summary, :status, :category, :assignee,
                     :assignee_id, 'Story', 'Medium', :points, :parent_key, :sprint_id, 1, :created, :updated, :now,
                     :now, :details)",
            )?,
            key: conn.prepare("INSERT INTO card_keys (card_id, card_key) VALUES (?1, ?2)")?,
            member: conn
                .prepare("INSERT INTO sprint_cards (sprint_id, card_id, left_at) VALUES (?1, ?2, ?3)")?,
        })
    }
}

struct Card {
    status: &'static str,
    category: &'static str,
    assignee: Option<String>,
    points: Option<f64>,
    created: DateTime<Utc>,
    updated: DateTime<Utc>,
    /// How many times it was changed: oftener where it is worked on.
    changes: usize,
}

/// The statuses of a site: number, name, category.
const STATUSES: &[(&str, &str, &str)] = &[
    ("10000", "To Do", "todo"),
    ("10001", "In Progress", "in_progress"),
    ("10002", "In Review", "in_progress"),
    ("10003", "Done", "done"),
];

impl Card {
    fn throw(dice: &mut Dice, sprint: &Sprint, now: DateTime<Utc>) -> Self {
        let standing = match sprint.state {
            "closed" => STATUSES.len() - 1,
            "active" => dice.below(STATUSES.len()),
            _ => 0,
        };
        let (_, status, category) = STATUSES.get(standing).copied().unwrap_or_default();
        let created = sprint.start.min(now) - TimeDelta::days(dice.below(30) as i64 + 1);
        let worked = TimeDelta::hours(dice.below(12 * 24) as i64);
        Self {
            status,
            category,
            assignee: dice.percent(90).then(|| words::person(dice.skewed(words::PEOPLE)).0),
            points: dice.percent(80).then(|| [1.0, 2.0, 3.0, 5.0, 8.0][dice.below(5)]),
            created,
            updated: (sprint.start + worked).min(now),
            changes: if sprint.state == "active" { 10 + dice.below(91) } else { 10 + dice.skewed(40) },
        }
    }

    fn details(
        &self,
        dice: &mut Dice,
        key: &str,
        summary: &str,
        parent: Option<&str>,
        sprint: &Sprint,
    ) -> Value {
        json!({
            "key": key, "summary": summary, "description": words::prose(dice, 4), "status": self.status,
            "status_category": self.category, "assignee": self.assignee, "issue_type": "Story",
            "priority": "Medium", "labels": ["backend"], "story_points": self.points,
            "parent": parent.map(|key| json!({ "key": key, "summary": "A larger thing", "status": "In Progress",
                "type": "Epic" })),
            "subtasks": [], "sprints": [{ "id": sprint.number, "name": sprint.name, "state": sprint.state }],
            "comments": dice.below(5), "created": exact_time_text(self.created),
            "updated": exact_time_text(self.updated), "changelog": self.changelog(dice, sprint),
        })
    }

    /// It comes into the sprint, is estimated and goes from status to status; between that, people touch it.
    fn changelog(&self, dice: &mut Dice, sprint: &Sprint) -> Vec<Value> {
        let between = (self.updated - self.created) / i32::try_from(self.changes).unwrap_or(1);
        let last = STATUSES.iter().position(|(_, name, _)| *name == self.status).unwrap_or(0);
        let change = |at: usize, dice: &mut Dice| {
            let item = match at {
                0 => {
                    json!({ "field": "Sprint", "field_id": "customfield_10020", "from": "", "from_string": "",
                    "to": sprint.number.to_string(), "to_string": sprint.name })
                }
                1 => json!({ "field": "Story Points", "field_id": "customfield_10016", "from": null,
                    "from_string": null, "to": null, "to_string": self.points.map(|points| points.to_string()) }),
                _ if at + last >= self.changes => {
                    let to = at + last - self.changes + 1;
                    let name = |at: usize| STATUSES.get(at).copied().unwrap_or_default();
                    json!({ "field": "status", "field_id": "status", "from": name(to - 1).0,
                        "from_string": name(to - 1).1, "to": name(to).0, "to_string": name(to).1 })
                }
                _ => {
                    json!({ "field": dice.pick(&["Rank", "labels", "Fix Version", "Link"]), "field_id": "labels",
                    "from": "", "from_string": "", "to": "", "to_string": words::title(dice) })
                }
            };
            json!({ "id": (at + 1).to_string(), "author": words::person(dice.skewed(words::PEOPLE)).0,
                "created": exact_time_text(self.created + between * i32::try_from(at + 1).unwrap_or(1)),
                "items": [item] })
        };
        (0..self.changes).map(|at| change(at, dice)).collect()
    }
}
