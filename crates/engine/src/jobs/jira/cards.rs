//! The cards of a place, page by page: each page is stored before the next is asked for.

use std::collections::BTreeSet;

use pdt_domain::ids::SprintId;
use pdt_domain::jira::{FetchedCard, joined_changes};
use pdt_remote::jira::CardsWanted;
use pdt_store::{CardChange, NewCard, StoreError, WriteTx};

use super::places::Task;
use super::visit::Visit;
use crate::api::CardDetailsDto;
use crate::jobs::fault::Fault;

/// What came of some cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub(super) new_cards: usize,
    pub(super) changed_cards: usize,
}

impl Visit<'_> {
    /// Reads and stores the cards of a place. After all of them were read, who was there and is not any more is a
    /// stray.
    pub(super) async fn read_cards(&self, task: &Task, wanted: CardsWanted) -> Result<Tally, Fault> {
        self.tell_place(task, 0);
        let is_whole = wanted.updated_since.is_none();
        let mut pages = self.jira.cards(task.place(), &wanted);
        let (mut tally, mut listed) = (Tally::default(), BTreeSet::new());
        while let Some(page) = pages.next().await.map_err(|error| self.fault(error, &task.name()))? {
            let page: Vec<FetchedCard> =
                page.into_iter().filter(|fetched| self.collects(&fetched.card.key)).collect();
            listed.extend(page.iter().map(|fetched| fetched.card.id.clone()));
            let stored = self.store(page).await?;
            tally.new_cards += stored.new_cards;
            tally.changed_cards += stored.changed_cards;
            self.tell_place(task, listed.len());
        }
        match task {
            Task::Sprint(row) | Task::ClosedSprint(row) if is_whole => self.take_out(row.id, listed).await?,
            Task::Sprint(_) | Task::ClosedSprint(_) => {}
            Task::Board(row, place) => {
                self.settle_board(row, *place, task, is_whole.then_some(listed)).await?
            }
        }
        Ok(tally)
    }

    /// Whoever the whole list of a sprint leaves out is not in it any more, and a stray.
    async fn take_out(&self, sprint: SprintId, listed: BTreeSet<String>) -> Result<(), Fault> {
        let (account, now) = (self.id(), self.core.now());
        let take_out = move |tx: &WriteTx<'_>| {
            let mut members = tx.members_of(&[sprint])?;
            members.retain(|member| !listed.contains(&member.jira_id));
            members.iter().try_for_each(|member| tx.leave_sprint(member.card, sprint, now))?;
            let left: Vec<String> = members.into_iter().map(|member| member.jira_id).collect();
            tx.mark_strays(account, &left)
        };
        Ok(self.core.db.write(take_out).await?)
    }

    /// Stores cards with as much of their changelogs as is known now.
    async fn store(&self, page: Vec<FetchedCard>) -> Result<Tally, Fault> {
        self.store_and(page, |_| Ok(())).await
    }

    /// The same, and something more in the same transaction.
    pub(super) async fn store_and(
        &self,
        page: Vec<FetchedCard>,
        more: impl FnOnce(&WriteTx<'_>) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<Tally, Fault> {
        if page.is_empty() {
            return Ok(Tally::default());
        }
        let received = page.len();
        {
            let mut gathered = self.gathered();
            gathered.projects.extend(page.iter().map(|fetched| fetched.card.project().to_owned()));
            let totals = page.iter().filter(|fetched| !fetched.is_complete());
            let totals = totals.filter_map(|fetched| Some((fetched.card.id.clone(), fetched.total_changes?)));
            gathered.totals.extend(totals);
        }
        let (account, now) = (self.id(), self.core.now());
        let store = move |tx: &WriteTx<'_>| {
            let cards = with_known_changes(tx, account, page)?;
            let stored = tx.store_cards(account, &cards, now)?;
            tx.clear_strays(&stored.iter().map(|(card, _)| *card).collect::<Vec<_>>())?;
            more(tx)?;
            Ok(stored)
        };
        let stored = self.core.db.write(store).await?;
        let count = |what| stored.iter().filter(|(_, change)| *change == what).count();
        let tally = Tally { new_cards: count(CardChange::New), changed_cards: count(CardChange::Changed) };
        let mut gathered = self.gathered();
        gathered.fetched += received;
        gathered.new_cards += tally.new_cards;
        gathered.changed_cards += tally.changed_cards;
        Ok(tally)
    }
}

/// An answer holds the newest entries of a long changelog; older ones may be known from before.
fn with_known_changes(
    tx: &WriteTx<'_>,
    account: pdt_domain::ids::AccountId,
    page: Vec<FetchedCard>,
) -> Result<Vec<NewCard>, StoreError> {
    let ids: Vec<String> = page.iter().map(|fetched| fetched.card.id.clone()).collect();
    let mut known = tx.card_details(account, &ids)?;
    let cards = page.into_iter().map(|fetched| {
        let stored = known.remove(&fetched.card.id);
        let before = stored.and_then(|stored| CardDetailsDto::read(&stored.details_json));
        let before = before.into_iter().flat_map(|details| details.changelog).map(Into::into);
        let changes = joined_changes(before.chain(fetched.changes));
        let is_complete = fetched.total_changes.is_some_and(|total| changes.len() >= total);
        let details_json = CardDetailsDto::new(&fetched.card, changes).to_json();
        NewCard { card: fetched.card, details_json, is_complete }
    });
    Ok(cards.collect())
}
