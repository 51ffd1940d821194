//! The rest of long changelogs.

use std::collections::{BTreeMap, BTreeSet};

use pdt_domain::ids::CardId;
use pdt_domain::jira::{Change, joined_changes};
use pdt_remote::http::RemoteError;
use pdt_remote::jira::{CutHistory, Histories};
use pdt_store::WriteTx;

use super::visit::Visit;
use crate::api::{CardDetailsDto, ChangeDto};
use crate::jobs::fault::Fault;

/// So many changelogs are asked for at once: a request of Cloud's takes a thousand, and these are held in memory.
const TOGETHER: u32 = 200;

impl Visit<'_> {
    /// Reads the changelogs that came cut, now or in a run that was interrupted.
    pub(super) async fn complete_histories(&self) -> Result<(), Fault> {
        let (account, mut after) = (self.id(), CardId(0));
        loop {
            let some = self.core.db.read(move |tx| tx.incomplete_cards(account, after, TOGETHER)).await?;
            let Some((last, _, _)) = some.last() else { return Ok(()) };
            after = *last;
            let part = "rest of long changelogs";
            let cut: Vec<CutHistory> = some.iter().map(|(_, id, stored)| self.cut(id, stored)).collect();
            match self.jira.histories(&cut).await {
                Ok(Histories { found, failed }) => {
                    self.store_histories(some, found, &failed).await?;
                    if let Some((_, error)) = failed.into_iter().next() {
                        self.note(part, self.fault(error, part))?;
                    }
                }
                Err(error) => {
                    self.note(part, self.fault(error, part))?;
                }
            }
        }
    }

    /// What is known of a changelog that came cut, and how much of it is not.
    fn cut(&self, id: &str, stored: &str) -> CutHistory {
        let known = CardDetailsDto::read(stored).map(|details| details.changelog).unwrap_or_default();
        let total = self.gathered().totals.get(id).copied();
        let missing = total.map(|total| total.saturating_sub(known.len()));
        let known = known.into_iter().map(|change| change.id).collect();
        CutHistory { id: id.to_owned(), known, missing }
    }

    /// A card of which nothing came has gone since it was read: a stray.
    async fn store_histories(
        &self,
        cards: Vec<(CardId, String, String)>,
        mut found: BTreeMap<String, Vec<Change>>,
        failed: &[(String, RemoteError)],
    ) -> Result<(), Fault> {
        let account = self.id();
        let failed: BTreeSet<String> = failed.iter().map(|(id, _)| id.clone()).collect();
        let store = move |tx: &WriteTx<'_>| {
            for (_, id, stored) in cards {
                match (found.remove(&id), CardDetailsDto::read(&stored)) {
                    (Some(changes), Some(mut details)) => {
                        let known = details.changelog.into_iter().map(Change::from);
                        let joined = joined_changes(known.chain(changes));
                        details.changelog = joined.into_iter().map(ChangeDto::from).collect();
                        tx.complete_card(account, &id, &details.to_json())?;
                    }
                    (None, _) if !failed.contains(&id) => tx.mark_strays(account, &[id])?,
                    (_, _) => {}
                }
            }
            Ok(())
        };
        Ok(self.core.db.write(store).await?)
    }
}
