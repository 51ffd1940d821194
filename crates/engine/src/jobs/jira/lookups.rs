//! Strays: cards that are no longer where they were, or are where nobody saw them come. Each is asked for by its
//! number, which stays when it is moved.

use futures::{StreamExt, TryStreamExt, stream};
use pdt_domain::jira::project_of;
use pdt_store::{RemovedHow, WriteTx};

use super::boards::AT_ONCE;
use super::visit::Visit;
use crate::api::CardDetailsDto;
use crate::jobs::fault::Fault;

impl Visit<'_> {
    /// Asks for every stray, and writes down where it is or that it is no more.
    pub(super) async fn look_up_strays(&self, story_points: &[String]) -> Result<(), Fault> {
        let strays = std::mem::take(&mut self.gathered().strays);
        let looking: Vec<_> = strays.iter().map(|id| self.look_up(id, story_points)).collect();
        stream::iter(looking).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
        Ok(())
    }

    async fn look_up(&self, id: &str, story_points: &[String]) -> Result<(), Fault> {
        let (account, ids) = (self.id(), [id.to_owned()]);
        let before = self.core.db.read(move |tx| tx.card_details(account, &ids)).await?;
        let before = before.into_values().next();
        let key_before =
            before.and_then(|stored| CardDetailsDto::read(&stored.details_json)).map(|details| details.key);
        match self.jira.card(id, story_points).await {
            Ok(Some(fetched)) => {
                let key = fetched.card.key.clone();
                // A card of a project that is not collected is of interest only if it was collected before.
                if key_before.is_none() && !self.collects(&key) {
                    return Ok(());
                }
                let is_somewhere = fetched.card.sprint.is_some() && self.collects(&key);
                self.store(vec![fetched]).await?;
                let has_moved = key_before.is_some_and(|before| project_of(&before) != project_of(&key));
                if has_moved && !is_somewhere { self.remove(id, RemovedHow::Moved).await } else { Ok(()) }
            }
            Ok(None) => self.remove(id, RemovedHow::Deleted).await,
            Err(error) => {
                let part =
                    key_before.map_or_else(|| format!("card number {id}"), |key| format!("card {key}"));
                self.note(&part, self.fault(error, &part)).map(drop)
            }
        }
    }

    async fn remove(&self, id: &str, how: RemovedHow) -> Result<(), Fault> {
        let (account, id, now) = (self.id(), id.to_owned(), self.core.now());
        self.core.db.write(move |tx: &WriteTx<'_>| tx.mark_card_removed(account, &id, how, now)).await?;
        self.gathered().removed_cards += 1;
        Ok(())
    }
}
