//! What a card says of itself.

use std::collections::HashMap;

use pdt_domain::jira::{Relative, SprintRef, SprintState, StatusCategory};
use serde::Deserialize;
use serde_json::Value;

use super::super::document;
use super::board::Sprint;
use super::card::upper_case;
use super::value::{Moment, filled};
use super::{Odd, Person};

/// The fields of a card. Some servers send all that there are, whatever is asked for.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fields {
    pub(super) summary: Option<String>,
    description: Option<Value>,
    status: Option<Status>,
    pub(super) assignee: Option<Person>,
    issuetype: Option<Named>,
    priority: Option<Named>,
    pub(super) labels: Option<Vec<String>>,
    parent: Option<Kin>,
    subtasks: Option<Vec<Kin>>,
    sprint: Option<Sprint>,
    closed_sprints: Option<Vec<Sprint>>,
    pub(super) created: Option<Moment>,
    pub(super) updated: Option<Moment>,
    comment: Option<Comments>,
    /// Those that have other names on each site.
    #[serde(flatten)]
    others: HashMap<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    name: Option<String>,
    status_category: Option<Category>,
}

#[derive(Deserialize)]
struct Category {
    key: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Comments {
    total: Option<i64>,
}

/// A parent or a subtask.
#[derive(Deserialize)]
struct Kin {
    key: Option<String>,
    fields: Option<KinFields>,
}

#[derive(Deserialize)]
struct KinFields {
    summary: Option<String>,
    status: Option<Named>,
    issuetype: Option<Named>,
}

impl Fields {
    /// Wiki markup stays as it is; a document becomes that too.
    pub(super) fn description(&self) -> Option<String> {
        filled(self.description.as_ref().and_then(document::text))
    }

    pub(super) fn status(&self) -> Option<String> {
        self.status.as_ref().and_then(|status| status.name.clone())
    }

    /// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-status-categories/>
    pub(super) fn status_category(&self) -> Option<StatusCategory> {
        let category = self.status.as_ref()?.status_category.as_ref()?;
        match category.key.as_deref()? {
            "new" | "undefined" => Some(StatusCategory::ToDo),
            "indeterminate" => Some(StatusCategory::InProgress),
            "done" => Some(StatusCategory::Done),
            _ => None,
        }
    }

    pub(super) fn issue_type(&self) -> Option<String> {
        name_of(self.issuetype.as_ref())
    }

    pub(super) fn priority(&self) -> Option<String> {
        filled(name_of(self.priority.as_ref()))
    }

    pub(super) fn story_points(&self, fields: &[String]) -> Option<f64> {
        fields.iter().find_map(|field| points(self.others.get(field)?))
    }

    pub(super) fn comments(&self) -> Option<u64> {
        self.comment.as_ref()?.total.and_then(|total| u64::try_from(total).ok())
    }

    /// Parent and subtasks. Without a key nobody could say which card is meant.
    pub(super) fn relatives(&self) -> (Option<Relative>, Vec<Relative>) {
        let subtasks = self.subtasks.iter().flatten().filter_map(Kin::relative).collect();
        (self.parent.as_ref().and_then(Kin::relative), subtasks)
    }

    /// The sprint that the card is in, and those that are closed, each once. A sprint that is over is not the one
    /// that a card is in, whatever field names it.
    pub(super) fn sprints(&self) -> Result<(Option<SprintRef>, Vec<SprintRef>), Odd> {
        let current = self.sprint.as_ref().map(Sprint::named).transpose()?;
        let (over, current) = match current {
            Some(sprint) if sprint.state == SprintState::Closed => (Some(sprint), None),
            current => (None, current),
        };
        let mut closed: Vec<SprintRef> = Vec::new();
        for sprint in self.closed_sprints.iter().flatten().map(Sprint::named_as_closed).chain(over.map(Ok)) {
            let sprint = sprint?;
            if closed.iter().chain(&current).all(|known| known.id != sprint.id) {
                closed.push(sprint);
            }
        }
        Ok((current, closed))
    }
}

impl Kin {
    fn relative(&self) -> Option<Relative> {
        let fields = self.fields.as_ref();
        Some(Relative {
            key: filled(self.key.as_deref().map(upper_case))?,
            summary: fields.and_then(|fields| fields.summary.clone()).unwrap_or_default(),
            status: filled(fields.and_then(|fields| name_of(fields.status.as_ref()))),
            issue_type: filled(fields.and_then(|fields| name_of(fields.issuetype.as_ref()))),
        })
    }
}

fn name_of(named: Option<&Named>) -> Option<String> {
    named?.name.clone()
}

/// An estimate; on some sites a text that holds a number.
fn points(value: &Value) -> Option<f64> {
    let number = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    number.filter(|number| number.is_finite())
}
