//! The rest of long changelogs.

use std::collections::BTreeMap;

use pdt_domain::jira::{Change, joined_changes};
use pdt_store::WriteTx;

use super::visit::Visit;
use crate::api::{CardDetailsDto, ChangeDto};
use crate::jobs::fault::Fault;

/// So many changelogs are asked for at once, which is as many as one request of Cloud's takes.
const TOGETHER: usize = 1000;

impl Visit<'_> {
    /// Reads the changelogs that came cut, now or in a run that was interrupted.
    pub(super) async fn complete_histories(&self) -> Result<(), Fault> {
        let account = self.id();
        let incomplete = self.core.db.read(move |tx| tx.incomplete_cards(account)).await?;
        for some in incomplete.chunks(TOGETHER) {
            let ids: Vec<String> = some.iter().map(|(id, _)| id.clone()).collect();
            let part = "rest of long changelogs";
            match self.jira.histories(&ids).await {
                Ok(histories) => self.store_histories(some.to_vec(), histories).await?,
                Err(error) => {
                    self.note(part, self.fault(error, part))?;
                }
            }
        }
        Ok(())
    }

    async fn store_histories(
        &self,
        cards: Vec<(String, String)>,
        mut histories: BTreeMap<String, Vec<Change>>,
    ) -> Result<(), Fault> {
        let account = self.id();
        let store = move |tx: &WriteTx<'_>| {
            for (id, stored) in cards {
                // One that was deleted meanwhile has no history any more; it is a stray of the next run.
                let (Some(changes), Some(mut details)) =
                    (histories.remove(&id), CardDetailsDto::read(&stored))
                else {
                    continue;
                };
                let known = details.changelog.into_iter().map(Change::from);
                details.changelog =
                    joined_changes(known.chain(changes)).into_iter().map(ChangeDto::from).collect();
                tx.complete_card(account, &id, &details.to_json())?;
            }
            Ok(())
        };
        Ok(self.core.db.write(store).await?)
    }
}
