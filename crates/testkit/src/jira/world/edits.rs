//! What people do to a card.

use anyhow::{Context, Result};

use super::World;
use super::model::{Entry, Field, Item, SprintPhase, State};

/// A change of one field of a card.
#[derive(Debug, Clone)]
pub enum Edit {
    /// Another title.
    Summary(String),
    /// Another text, or none.
    Description(Option<String>),
    /// Another status, by its name.
    Status(String),
    /// Another person, who is made where nobody has that name; or nobody.
    Assignee(Option<String>),
    /// Another estimate, or none.
    Points(Option<f64>),
    /// Another priority, or none.
    Priority(Option<String>),
    /// Other labels.
    Labels(Vec<String>),
    /// Another issue type.
    IssueType(String),
    /// Another parent, by its key, or none.
    Parent(Option<String>),
    /// Into this open sprint, or out of the one it is in.
    Sprint(Option<i64>),
    /// One more comment, which no changelog tells.
    Comment,
}

impl World {
    /// Changes a card as a person does: `updated` moves, and the changelog gets an entry.
    ///
    /// # Errors
    /// Where the card, or what it shall have, does not exist.
    pub fn edit(&self, key: &str, edit: Edit) -> Result<()> {
        let mut state = self.state();
        let id = state.card_id(key)?;
        let items = state.apply(id, edit)?;
        state.note(id, items)
    }

    /// Changes several fields of a card at once: one entry with several items.
    ///
    /// # Errors
    /// As [`edit`](Self::edit).
    pub fn edit_together(&self, key: &str, edits: Vec<Edit>) -> Result<()> {
        let mut state = self.state();
        let id = state.card_id(key)?;
        let items: Result<Vec<Vec<Item>>> = edits.into_iter().map(|edit| state.apply(id, edit)).collect();
        state.note(id, items?.concat())
    }

    /// Changes a card without a trace, as sub-tasks follow their parents from sprint to sprint: `updated`
    /// stays, and so does the changelog.
    ///
    /// # Errors
    /// As [`edit`](Self::edit).
    pub fn edit_silently(&self, key: &str, edit: Edit) -> Result<()> {
        let mut state = self.state();
        let id = state.card_id(key)?;
        state.apply(id, edit).map(drop)
    }

    /// Moves a card into this sprint.
    ///
    /// # Errors
    /// As [`edit`](Self::edit).
    pub fn move_to_sprint(&self, key: &str, sprint: i64) -> Result<()> {
        self.edit(key, Edit::Sprint(Some(sprint)))
    }

    /// Takes a card out of its sprint.
    ///
    /// # Errors
    /// As [`edit`](Self::edit).
    pub fn move_to_backlog(&self, key: &str) -> Result<()> {
        self.edit(key, Edit::Sprint(None))
    }

    /// Moves a card to another project and tells its new key. Its number stays, and its old key finds it.
    ///
    /// # Errors
    /// Where card or project does not exist.
    pub fn rekey(&self, key: &str, project: &str) -> Result<String> {
        let mut state = self.state();
        let id = state.card_id(key)?;
        let new = state.next_key(project, None)?;
        let card = state.card_mut(id)?;
        let former_project = card.project().to_owned();
        let old = std::mem::replace(&mut card.key, new.clone());
        card.former_keys.push(old.clone());
        let named = |key: &str| {
            let project = state.project(key);
            project.map_or((None, None), |project| (Some(project.id.to_string()), Some(project.name.clone())))
        };
        let items = vec![
            item(Field::System("project"), named(&former_project), named(project)),
            item(Field::Unnumbered("Key"), text(old), text(new.clone())),
        ];
        state.note(id, items)?;
        Ok(new)
    }

    /// Deletes a card for good.
    ///
    /// # Errors
    /// Where it does not exist.
    pub fn delete(&self, key: &str) -> Result<()> {
        let mut state = self.state();
        let id = state.card_id(key)?;
        state.cards.remove(&id).map(drop).with_context(|| format!("there is no card {key}"))
    }
}

impl State {
    /// Writes down what was changed, by whoever acts now.
    pub(super) fn note(&mut self, id: u64, items: Vec<Item>) -> Result<()> {
        let (now, author) = (self.now(), self.actor);
        self.last.entry += 1;
        let entry = Entry { id: self.last.entry, author: Some(author), created: now, items };
        let card = self.card_mut(id)?;
        card.updated = now;
        if !entry.items.is_empty() {
            card.changelog.push(entry);
        }
        Ok(())
    }

    /// Changes the card, and tells how a changelog puts it.
    pub(super) fn apply(&mut self, id: u64, edit: Edit) -> Result<Vec<Item>> {
        Ok(match edit {
            Edit::Summary(new) => vec![replaced("summary", &mut self.card_mut(id)?.summary, new)],
            Edit::IssueType(new) => vec![replaced("issuetype", &mut self.card_mut(id)?.issue_type, new)],
            Edit::Description(new) => {
                vec![replaced_if_any("description", &mut self.card_mut(id)?.description, new)]
            }
            Edit::Priority(new) => vec![replaced_if_any("priority", &mut self.card_mut(id)?.priority, new)],
            Edit::Status(name) => vec![self.set_status(id, &name)?],
            Edit::Assignee(name) => vec![self.assign(id, name.as_deref())?],
            Edit::Points(points) => vec![self.estimate(id, points)?],
            Edit::Labels(labels) => vec![self.label(id, labels)?],
            Edit::Parent(parent) => vec![self.set_parent(id, parent.as_deref())?],
            Edit::Sprint(sprint) => vec![self.set_sprint(id, sprint)?],
            Edit::Comment => {
                self.card_mut(id)?.comments += 1;
                Vec::new()
            }
        })
    }

    fn set_status(&mut self, id: u64, name: &str) -> Result<Item> {
        let new = self.status_named(name)?;
        let old = std::mem::replace(&mut self.card_mut(id)?.status, new);
        let named = |number: usize| {
            let name = self.statuses.get(number).map(|status| status.name.clone());
            (Some(status_id(number)), name)
        };
        Ok(item(Field::System("status"), named(old), named(new)))
    }

    fn assign(&mut self, id: u64, name: Option<&str>) -> Result<Item> {
        let new = name.map(|name| self.person(name));
        let old = std::mem::replace(&mut self.card_mut(id)?.assignee, new);
        let named = |number: Option<usize>| {
            let person = number.and_then(|number| self.people.get(number));
            person.map_or((None, None), |person| (Some(person.account_id.clone()), Some(person.name.clone())))
        };
        Ok(item(Field::System("assignee"), named(old), named(new)))
    }

    fn estimate(&mut self, id: u64, points: Option<f64>) -> Result<Item> {
        let old = std::mem::replace(&mut self.card_mut(id)?.story_points, points);
        let shown =
            |points: Option<f64>| (None, Some(points.map_or_else(String::new, |points| points.to_string())));
        Ok(item(Field::StoryPoints, shown(old), shown(points)))
    }

    fn label(&mut self, id: u64, labels: Vec<String>) -> Result<Item> {
        let old = std::mem::replace(&mut self.card_mut(id)?.labels, labels.clone());
        Ok(item(Field::System("labels"), text(old.join(" ")), text(labels.join(" "))))
    }

    fn set_parent(&mut self, id: u64, key: Option<&str>) -> Result<Item> {
        let new = key.map(|key| self.card_id(key)).transpose()?;
        let old = std::mem::replace(&mut self.card_mut(id)?.parent, new);
        let named = |parent: Option<u64>| {
            let card = parent.and_then(|id| self.cards.get(&id));
            card.map_or((None, None), |card| (Some(card.id.to_string()), Some(card.key.clone())))
        };
        Ok(item(Field::Unnumbered("IssueParentAssociation"), named(old), named(new)))
    }

    /// The item names the closed sprints as well: `38, 40`.
    fn set_sprint(&mut self, id: u64, sprint: Option<i64>) -> Result<Item> {
        let is_open =
            |id: &i64| self.sprints.get(id).is_some_and(|sprint| sprint.phase != SprintPhase::Closed);
        if let Some(id) = sprint.filter(|id| !is_open(id)) {
            anyhow::bail!("there is no open sprint {id}");
        }
        let before = self.card_mut(id)?.all_sprints();
        let before = self.named_sprints(before);
        let card = self.card_mut(id)?;
        card.sprint = sprint;
        let after = card.all_sprints();
        Ok(item(Field::Sprint, before, self.named_sprints(after)))
    }

    pub(super) fn named_sprints(&self, ids: Vec<i64>) -> (Option<String>, Option<String>) {
        let numbers: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let sprints = ids.iter().filter_map(|id| self.sprints.get(id));
        let names: Vec<String> = sprints.map(|sprint| sprint.name.clone()).collect();
        (Some(numbers.join(", ")), Some(names.join(", ")))
    }
}

/// A value as changelogs keep it (an id, often), and as people read it.
type Value = (Option<String>, Option<String>);

pub(super) fn item(field: Field, (from, from_string): Value, (to, to_string): Value) -> Item {
    Item { field, from, from_string, to, to_string }
}

fn text(text: String) -> Value {
    (None, Some(text))
}

fn replaced(field: &'static str, place: &mut String, new: String) -> Item {
    let old = std::mem::replace(place, new.clone());
    item(Field::System(field), text(old), text(new))
}

fn replaced_if_any(field: &'static str, place: &mut Option<String>, new: Option<String>) -> Item {
    let old = std::mem::replace(place, new.clone());
    item(Field::System(field), (None, old), (None, new))
}

/// The id of a status on the wire.
pub(in crate::jira) fn status_id(number: usize) -> String {
    (10_000 + number).to_string()
}
