//! Who works in a world, and what it begins with.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::model::{Category, LastNumbers, Person, State, Status};
use crate::far::tokens::hex;

impl State {
    pub(super) fn empty() -> Self {
        let status = |name: &str, category| Status { name: name.to_owned(), category };
        let mut state = Self {
            people: Vec::new(),
            statuses: vec![
                status("To Do", Category::New),
                status("In Progress", Category::Indeterminate),
                status("In Review", Category::Indeterminate),
                status("Done", Category::Done),
            ],
            projects: Vec::new(),
            boards: BTreeMap::new(),
            sprints: BTreeMap::new(),
            cards: BTreeMap::new(),
            actor: 0,
            stopped_at: None,
            last: LastNumbers { board: 0, sprint: 0, card: 10_000, entry: 20_000 },
        };
        state.person("Ada Example");
        state
    }

    /// The number of the person of this name, who is made where nobody has it.
    pub(super) fn person(&mut self, name: &str) -> usize {
        if let Some(known) = self.people.iter().position(|person| person.name == name) {
            return known;
        }
        let number = self.people.len();
        let print = hex(&Sha256::digest(name.as_bytes()));
        self.people.push(Person {
            account_id: format!("5b10{}", print.get(..20).unwrap_or(&print)),
            user_key: format!("JIRAUSER{}", 10_100 + number),
            name: name.to_owned(),
        });
        number
    }

    /// The person whom a login means: the one whose first name it is.
    pub(in crate::jira) fn person_of(&self, login: &str) -> Option<&Person> {
        let first = |person: &&Person| {
            let first = person.name.split(' ').next().unwrap_or_default();
            first.eq_ignore_ascii_case(login)
        };
        self.people.iter().find(first)
    }
}
