//! Table `validators`: the entity tags that make a question about something unchanged free.

use pdt_domain::ids::AccountId;
use rusqlite::OptionalExtension;

use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

impl ReadTx<'_> {
    /// The entity tag of what the account last read from `resource`, if it was read with the credential of this
    /// fingerprint: a service gives another credential another tag.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn validator(
        &self,
        account: AccountId,
        resource: &str,
        credential_print: &str,
    ) -> Result<Option<String>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT etag FROM validators WHERE account_id = ?1 AND resource = ?2 AND credential_print = ?3",
        )?;
        Ok(statement.query_row((account.0, resource, credential_print), |row| row.get(0)).optional()?)
    }
}

impl WriteTx<'_> {
    /// Keeps the entity tag of what was read. It belongs into the transaction that stores what was read: a tag
    /// that is kept before its rows turns a crash into "unchanged" for data never stored.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn store_validator(
        &self,
        account: AccountId,
        resource: &str,
        etag: &str,
        credential_print: &str,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "INSERT INTO validators (account_id, resource, etag, credential_print) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (account_id, resource)
                 DO UPDATE SET etag = excluded.etag, credential_print = excluded.credential_print
                 WHERE etag <> excluded.etag OR credential_print <> excluded.credential_print",
            )?
            .execute((account.0, resource, etag, credential_print))?;
        Ok(())
    }

    /// Forgets an entity tag, so that the next answer comes in full.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn forget_validator(&self, account: AccountId, resource: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("DELETE FROM validators WHERE account_id = ?1 AND resource = ?2")?
            .execute((account.0, resource))?;
        Ok(())
    }
}
