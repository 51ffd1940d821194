//! Strays: cards that are no longer where they were, or are where nobody saw them come. Each is asked for by its
//! number, which stays when it is moved.

use futures::{StreamExt, TryStreamExt, stream};
use pdt_domain::jira::{FetchedCard, project_of};
use pdt_remote::http::Kind;
use pdt_store::{RemovedHow, WriteTx};

use super::boards::AT_ONCE;
use super::visit::Visit;
use crate::api::CardDetailsDto;
use crate::jobs::fault::Fault;

impl Visit<'_> {
    /// Asks for every stray, and writes down where it is or that it is no more.
    pub(super) async fn look_up_strays(&self, story_points: &[String]) -> Result<(), Fault> {
        let account = self.id();
        let mut strays = self.core.db.read(move |tx| tx.strays(account)).await?;
        strays.append(&mut self.gathered().strays);
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
            Ok(Some(fetched)) => self.settle_stray(fetched, key_before).await,
            Ok(None) => self.remove(id, RemovedHow::Deleted).await,
            // It was shown before and is not any more, as to somebody who is not let in where it went.
            Err(error) if error.kind == Kind::Forbidden => self.remove(id, RemovedHow::Moved).await,
            Err(error) => {
                let part =
                    key_before.map_or_else(|| format!("card number {id}"), |key| format!("card {key}"));
                self.note(&part, self.fault(error, &part)).map(drop)
            }
        }
    }

    /// Writes down where a stray is now. It has moved out of sight if it is in a project that is not collected, or if it
    /// went to another project and is in no sprint and on no board there.
    async fn settle_stray(&self, fetched: FetchedCard, key_before: Option<String>) -> Result<(), Fault> {
        let (id, key) = (fetched.card.id.clone(), fetched.card.key.clone());
        let is_collected = self.collects(&key);
        // A card that was never collected is of no interest.
        if key_before.is_none() && !is_collected {
            return Ok(());
        }
        let has_gone = key_before.is_some_and(|before| project_of(&before) != project_of(&key))
            && fetched.card.sprint.is_none();
        let (account, now) = (self.id(), self.core.now());
        let settle = move |tx: &WriteTx<'_>| {
            if !is_collected || (has_gone && !tx.is_on_a_board(account, &id)?) {
                tx.mark_card_removed(account, &id, RemovedHow::Moved, now)?;
            }
            Ok(())
        };
        self.store_and(vec![fetched], settle).await.map(drop)
    }

    async fn remove(&self, id: &str, how: RemovedHow) -> Result<(), Fault> {
        let (account, id, now) = (self.id(), id.to_owned(), self.core.now());
        self.core.db.write(move |tx: &WriteTx<'_>| tx.mark_card_removed(account, &id, how, now)).await?;
        self.gathered().removed_cards += 1;
        Ok(())
    }
}
