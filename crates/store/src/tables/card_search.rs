//! Looking for cards by the beginning of their key or by words.

use pdt_domain::ids::{Name, ProfileId};
use pdt_domain::search::{Texts, Words};
use rusqlite::{OptionalExtension, Row};

use crate::columns::{Columns, text_of};
use crate::error::StoreError;
use crate::tx::ReadTx;

/// A card that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchedCard {
    /// Its row.
    id: i64,
    /// Its present key.
    pub key: String,
    /// Its summary.
    pub summary: String,
    /// The name of its status.
    pub status: String,
    /// The name of its account.
    pub account: Name,
    /// When it last changed, as it is stored.
    updated_at: String,
}

impl ReadTx<'_> {
    /// Cards of a profile that begin with a text or have each of its words in key or summary, `most` at most: those
    /// with the text as a key that they once had and those whose key begins with it first, the shortest key first;
    /// then the latest change first. Cards that were deleted are left out.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn search_cards(
        &self,
        profile: ProfileId,
        text: &str,
        most: usize,
    ) -> Result<Vec<SearchedCard>, StoreError> {
        let mut found = self.cards_by_key(profile, text, most)?;
        let words = Words::of(text);
        if found.len() < most && !words.is_empty() {
            let others = self.cards_by_words(profile, &words, most)?;
            let others = others.into_iter().filter(|card| !found.iter().any(|it| it.id == card.id));
            found.extend(others.collect::<Vec<_>>());
        }
        found.truncate(most);
        Ok(found)
    }

    fn cards_by_key(
        &self,
        profile: ProfileId,
        text: &str,
        most: usize,
    ) -> Result<Vec<SearchedCard>, StoreError> {
        let beginning = text.trim().to_ascii_uppercase();
        if beginning.is_empty()
            || !beginning.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        {
            return Ok(Vec::new());
        }
        let mut statement = self.conn.prepare_cached(BY_KEY)?;
        let found = statement.query_map((profile.0, beginning, limit(most)), SearchedCard::from_row)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn cards_by_words(
        &self,
        profile: ProfileId,
        words: &Words,
        most: usize,
    ) -> Result<Vec<SearchedCard>, StoreError> {
        let mut accounts = self.conn.prepare_cached("SELECT id FROM accounts WHERE profile_id = ?1")?;
        let accounts: Vec<i64> =
            accounts.query_map([profile.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut found = Vec::new();
        for account in accounts {
            found.extend(self.cards_of_account(account, words, most)?);
        }
        found.sort_by(|one, other| other.updated_at.cmp(&one.updated_at));
        Ok(found)
    }

    fn cards_of_account(
        &self,
        account: i64,
        words: &Words,
        most: usize,
    ) -> Result<Vec<SearchedCard>, StoreError> {
        let mut statement = self.conn.prepare_cached(BY_CHANGE)?;
        let mut rows = statement.query([account])?;
        let (mut found, mut texts) = (Vec::new(), Texts::default());
        while let (Some(row), true) = (rows.next()?, found.len() < most) {
            let [id, key, summary] = BY_CHANGE_COLUMNS;
            texts.clear();
            texts.add(text_of(row, key)?);
            texts.add(text_of(row, summary)?);
            if words.all_in(&texts) {
                found.push(row.get(id)?);
            }
        }
        let mut statement = self.conn.prepare_cached(BY_ID)?;
        let read = |id: i64| Ok(statement.query_row([id], SearchedCard::from_row)?);
        found.into_iter().map(read).collect()
    }

    /// What the card with this key is about, a former key too; `None` where no card of the profile has it.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn card_summary(&self, profile: ProfileId, key: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT c.summary
             FROM card_keys AS k
             CROSS JOIN jira_cards AS c ON c.id = k.card_id
             CROSS JOIN accounts AS a ON a.id = c.account_id AND a.profile_id = ?1
             WHERE k.card_key = ?2
             ORDER BY c.card_key = ?2 DESC, c.removed IS NULL DESC, c.updated_at DESC, c.id DESC LIMIT 1",
        )?;
        Ok(statement.query_row((profile.0, key), |row| row.get(0)).optional()?)
    }
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

/// Cards of profile 1 whose key begins with 2, or whose former key is 2; 3 at most. `~` sorts behind all that keys are
/// made of. Another profile may have cards with the same keys.
const BY_KEY: &str = "SELECT c.id, c.card_key, c.summary, c.status, a.name AS account, c.updated_at
     FROM (SELECT card_id AS id, 0 AS length, card_key FROM card_keys WHERE card_key = ?2
           UNION ALL
           SELECT * FROM (SELECT id, length(card_key) AS length, card_key FROM jira_cards
                          WHERE card_key > ?2 AND card_key < ?2 || '~' ORDER BY length, card_key LIMIT 500)) AS wanted
     CROSS JOIN jira_cards AS c ON c.id = wanted.id AND c.removed IS NOT 'deleted'
     CROSS JOIN accounts AS a ON a.id = c.account_id AND a.profile_id = ?1
     ORDER BY wanted.length, wanted.card_key LIMIT ?3";

/// The cards of account 1, the latest change first, with no more of each than is looked through.
const BY_CHANGE: &str = "SELECT id, card_key, summary FROM jira_cards INDEXED BY jira_cards_searched
     WHERE account_id = ?1 AND removed IS NOT 'deleted' ORDER BY updated_at DESC";

/// Where the columns of [`BY_CHANGE`] stand: among very many rows a name would have to be looked for in each.
const BY_CHANGE_COLUMNS: [usize; 3] = [0, 1, 2];

const BY_ID: &str = "SELECT c.id, c.card_key, c.summary, c.status, a.name AS account, c.updated_at
     FROM jira_cards AS c JOIN accounts AS a ON a.id = c.account_id WHERE c.id = ?1";

impl SearchedCard {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            key: row.get("card_key")?,
            summary: row.get("summary")?,
            status: row.get("status")?,
            account: row.checked("account")?,
            updated_at: row.get("updated_at")?,
        })
    }
}

#[cfg(test)]
mod tests;
