//! One site of a run: who we are, what it has, and what of it has changed.

use chrono::{DateTime, Utc};
use pdt_store::{ReadTx, WriteTx};

use super::visit::Visit;
use super::{Access, AccountReceipt};
use crate::core::Core;
use crate::jobs::fault::Fault;
use crate::jobs::receipt::Entry;
use crate::jobs::run::Order;
use crate::progress::JiraStep;

/// Syncs one account. Whatever goes wrong ends here: it is written down and told, and stops no other.
pub(super) async fn sync(core: &Core, order: &Order, access: &Access) -> AccountReceipt {
    let mut receipt = AccountReceipt::new(access.account().name.clone());
    if let Err(fault) = attempt(core, order, access, &mut receipt).await {
        receipt.fault = Some(fault);
    }
    if let Err(fault) = count(core, access, &mut receipt).await {
        receipt.fault.get_or_insert(fault);
    }
    let error = receipt.fault().map(|fault| fault.message.clone());
    order.tell(JiraStep::Finished { account: receipt.account.clone(), error });
    receipt
}

async fn attempt(
    core: &Core,
    order: &Order,
    access: &Access,
    receipt: &mut AccountReceipt,
) -> Result<(), Fault> {
    let jira = access.source()?;
    let me = jira.myself().await.map_err(|error| {
        access.consider(&error);
        Fault::from_remote(&error)
    })?;
    access.note_served();
    let id = access.id();
    let site = core.db.read(move |tx| tx.jira_site(id)).await?;
    let site = site.ok_or_else(|| Fault::saying("The account was removed while the run was going on."))?;
    let begun = earlier(core.now(), me.server_time);
    let visit = Visit::new(core, order, access, jira, (site, begun));
    let made = visit.make().await;
    visit.hand_over(receipt);
    made
}

/// A clock that runs ahead would let changes fall between two runs.
fn earlier(here: DateTime<Utc>, there: Option<DateTime<Utc>>) -> DateTime<Utc> {
    there.map_or(here, |there| there.min(here))
}

/// How much of the site is known.
async fn count(core: &Core, access: &Access, receipt: &mut AccountReceipt) -> Result<(), Fault> {
    let id = access.id();
    let counts = core.db.read(move |tx: &ReadTx<'_>| tx.jira_counts(id)).await?;
    receipt.boards = counts.boards;
    receipt.sprints = counts.sprints;
    receipt.cards = counts.cards_active;
    Ok(())
}

impl Visit<'_> {
    /// One step after the other. Where an account may not go on, what was stored before stays.
    async fn make(&self) -> Result<(), Fault> {
        let story_points = self.story_points().await?;
        let boards = self.read_boards().await?;
        self.read_projects().await?;
        self.read_sprints(&boards).await?;
        self.settle_missing_sprints().await?;
        let places = self.places(&boards).await?;
        let read = self.read_places(&places, &story_points).await?;
        self.check_members(&read, &story_points).await?;
        self.look_up_strays(&story_points).await?;
        self.complete_histories().await?;
        // Whose history was asked for in vain, and parents of those that are gone.
        self.look_up_strays(&story_points).await?;
        self.complete_histories().await?;
        self.read_new_projects().await?;
        self.note_read().await
    }

    /// The fields that hold an estimate. They differ from site to site, and hardly ever change.
    async fn story_points(&self) -> Result<Vec<String>, Fault> {
        if let (Some(fields), false) = (&self.site.story_point_fields, self.is_old(self.site.thorough_at)) {
            return Ok(fields.clone());
        }
        match self.jira.story_point_fields().await {
            Ok(fields) => {
                let (id, found) = (self.id(), fields.clone());
                self.core.db.write(move |tx| tx.set_story_point_fields(id, &found)).await?;
                Ok(fields)
            }
            Err(error) => {
                let part = "list of fields";
                self.note(part, self.fault(error, part))?;
                Ok(self.site.story_point_fields.clone().unwrap_or_default())
            }
        }
    }

    /// Reads which projects there are, once a day, and when a board is in one that is not known. An account that
    /// was limited to some has no need of it.
    async fn read_projects(&self) -> Result<(), Fault> {
        if self.chosen.is_none()
            && (self.is_old(self.site.thorough_at) || self.has_seen_a_new_project().await?)
        {
            self.list_projects().await?;
        }
        Ok(())
    }

    /// Reads them again if a card was in one that is not known.
    async fn read_new_projects(&self) -> Result<(), Fault> {
        if self.chosen.is_none() && self.has_seen_a_new_project().await? {
            self.list_projects().await?;
        }
        Ok(())
    }

    async fn has_seen_a_new_project(&self) -> Result<bool, Fault> {
        let id = self.id();
        let known = self.core.db.read(move |tx| tx.projects_seen(id)).await?;
        Ok(self.gathered().projects.iter().any(|key| !known.contains(key)))
    }

    async fn list_projects(&self) -> Result<(), Fault> {
        let part = "list of projects";
        match self.jira.projects().await {
            Ok(listed) => {
                let id = self.id();
                // What a board or a card is in is there, even if the list leaves it out.
                let keys: Vec<String> = listed.into_iter().chain(self.gathered().projects.clone()).collect();
                Ok(self.core.db.write(move |tx| tx.set_projects(id, &keys)).await?)
            }
            Err(error) => {
                self.note(part, self.fault(error, part))?;
                // What was seen is known all the same, and nobody has to ask again for its sake.
                let (id, seen) = (self.id(), self.gathered().projects.clone());
                let add = move |tx: &WriteTx<'_>| {
                    let known = tx.projects_seen(id)?;
                    tx.set_projects(id, &known.into_iter().chain(seen).collect::<Vec<_>>())
                };
                Ok(self.core.db.write(add).await?)
            }
        }
    }

    async fn note_read(&self) -> Result<(), Fault> {
        let (id, begun, was) = (self.id(), self.begun, self.site.thorough_at);
        let is_old = self.is_old(was);
        let note = move |tx: &WriteTx<'_>| {
            let how = if is_old { pdt_store::Thoroughness::Thorough } else { pdt_store::Thoroughness::Brief };
            tx.note_site_read(id, begun, how)
        };
        Ok(self.core.db.write(note).await?)
    }
}
