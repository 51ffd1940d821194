//! What the statuses of a site mean, as its cards tell.

use std::collections::HashMap;

use pdt_domain::ids::AccountId;
use pdt_domain::jira::StatusCategory;
use rusqlite::Row;

use crate::columns::Columns;
use crate::error::StoreError;
use crate::tx::ReadTx;

impl ReadTx<'_> {
    /// What each status means that a card of the account has, by name; a name that means several
    /// things in several projects has the least advanced of them.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn status_categories(
        &self,
        account: AccountId,
    ) -> Result<HashMap<String, StatusCategory>, StoreError> {
        let mut statement = self.conn.prepare_cached(STATUSES)?;
        let meaning = |row: &Row<'_>| Ok((row.get("status")?, row.word("category")?));
        Ok(statement.query_map([account.0], meaning)?.collect::<Result<_, _>>()?)
    }
}

/// Each with all that it means, the most advanced first. Goes from each status to the next one in the index, so that
/// it reads a few entries instead of all cards.
pub(super) const STATUSES: &str = "WITH RECURSIVE known (status) AS (
        SELECT min(status) FROM jira_cards WHERE account_id = ?1
        UNION ALL
        SELECT (SELECT min(c.status) FROM jira_cards AS c WHERE c.account_id = ?1 AND c.status > known.status)
        FROM known WHERE known.status IS NOT NULL
    ), meanings (category) AS (VALUES ('todo'), ('in_progress'), ('done'))
    SELECT known.status, meanings.category FROM known CROSS JOIN meanings
    WHERE known.status IS NOT NULL AND EXISTS (
        SELECT 1 FROM jira_cards AS c
        WHERE c.account_id = ?1 AND c.status = known.status AND c.status_category = meanings.category)
    ORDER BY known.status, meanings.category";
