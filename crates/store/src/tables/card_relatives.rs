//! What cards say of each other: a card's details name its parent and its parts, each with summary, status and type.
//! Jira does not call it a change of a card when one of those changes, so that it is told anew here.

use pdt_domain::ids::{AccountId, CardId};
use pdt_domain::jira::Card;

use crate::error::StoreError;
use crate::tx::WriteTx;

impl WriteTx<'_> {
    /// Tells a card anew in the details of its parent and of its parts, under whichever of its keys they name it.
    pub(super) fn retell_card(&self, account: AccountId, id: CardId, card: &Card) -> Result<(), StoreError> {
        let told = self.told(card)?;
        if let Some(parent) = &card.parent {
            self.retell_part(account, id, &parent.key, &told)?;
        }
        self.retell_parent(account, id, &told)
    }

    /// A card as its relatives' details tell of it, key by key in the order in which they are written: whoever
    /// writes them anew in the same words must find them unchanged.
    fn told(&self, card: &Card) -> Result<String, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT json_object('key', ?1, 'summary', ?2, 'status', ?3, 'type', ?4)")?;
        let values = (&card.key, &card.summary, &card.status, &card.issue_type);
        Ok(statement.query_row(values, |row| row.get(0))?)
    }

    fn retell_part(
        &self,
        account: AccountId,
        id: CardId,
        parent: &str,
        told: &str,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE jira_cards SET details_json = json_set(details_json, '$.subtasks', (
                     SELECT json_group_array(
                         iif(one.value ->> 'key' IN (SELECT card_key FROM card_keys WHERE card_id = ?2),
                             json(?4), json(one.value))
                         ORDER BY one.key)
                     FROM json_each(details_json, '$.subtasks') AS one))
                 WHERE account_id = ?1 AND card_key = ?3
                     AND EXISTS (SELECT 1 FROM json_each(details_json, '$.subtasks') AS one
                         WHERE one.value ->> 'key' IN (SELECT card_key FROM card_keys WHERE card_id = ?2)
                             AND json(one.value) <> json(?4))",
            )?
            .execute((account.0, id.0, parent, told))?;
        Ok(())
    }

    /// `+` keeps SQLite from reading through all cards of the account instead of those with this parent.
    fn retell_parent(&self, account: AccountId, id: CardId, told: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "UPDATE jira_cards SET details_json = json_set(details_json, '$.parent', json(?3))
                 WHERE +account_id = ?1 AND parent_key IN (SELECT card_key FROM card_keys WHERE card_id = ?2)
                     AND json(details_json -> '$.parent') <> json(?3)",
            )?
            .execute((account.0, id.0, told))?;
        Ok(())
    }
}
