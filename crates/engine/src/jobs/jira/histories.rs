//! The rest of long changelogs.

use std::collections::BTreeMap;

use pdt_domain::jira::{Change, joined_changes};
use pdt_remote::jira::CutHistory;
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
            let cut: Vec<CutHistory> = some.iter().map(|(id, stored)| self.cut(id, stored)).collect();
            let part = "rest of long changelogs";
            match self.jira.histories(&cut).await {
                Ok(histories) => self.store_histories(some.to_vec(), histories).await?,
                Err(error) => {
                    self.note(part, self.fault(error, part))?;
                }
            }
        }
        Ok(())
    }

    /// What is known of a changelog that came cut, and how much of it is not.
    fn cut(&self, id: &str, stored: &str) -> CutHistory {
        let known = CardDetailsDto::read(stored).map(|details| details.changelog).unwrap_or_default();
        let total = self.gathered().totals.get(id).copied();
        let missing = total.map(|total| total.saturating_sub(known.len()));
        let known = known.into_iter().map(|change| change.id).collect();
        CutHistory { id: id.to_owned(), known, missing }
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
