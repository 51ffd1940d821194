//! Table `card_keys`: every key that a card ever had, so that an old one still finds it.

use pdt_domain::ids::{CardId, ProfileId};

use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

impl ReadTx<'_> {
    /// All keys of the cards of a profile that have or once had this one, sorted; the key itself is always among
    /// them. Any letter case will do.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn key_family(&self, profile: ProfileId, key: &str) -> Result<Vec<String>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT ?2 AS card_key
             UNION
             SELECT other.card_key
             FROM card_keys AS this
             CROSS JOIN jira_cards AS c ON c.id = this.card_id
             CROSS JOIN accounts AS a ON a.id = c.account_id AND a.profile_id = ?1
             CROSS JOIN card_keys AS other ON other.card_id = c.id
             WHERE this.card_key = ?2
             ORDER BY card_key",
        )?;
        let values = (profile.0, key.to_ascii_uppercase());
        let keys = statement.query_map(values, |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(keys)
    }
}

impl WriteTx<'_> {
    /// Keeps a card's present key beside those that it had.
    pub(super) fn remember_key(&self, card: CardId, key: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO card_keys (card_id, card_key) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            )?
            .execute((card.0, key))?;
        Ok(())
    }
}
