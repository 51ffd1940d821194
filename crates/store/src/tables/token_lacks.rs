//! What the token of an account lacks, as its service has said: columns of `accounts`.

use pdt_domain::ids::AccountId;
use rusqlite::Row;

use crate::columns::{Columns, json_array};
use crate::error::StoreError;
use crate::tx::WriteTx;

/// What a token lacks. A list is `None` where nothing is lacking, and empty where the service named nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenLacks {
    /// Scopes or permissions.
    pub scopes: Option<Vec<String>>,
    /// Organisations that want it authorised for their single sign-on.
    pub single_sign_on: Option<Vec<String>>,
}

impl TokenLacks {
    pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            scopes: row.optional_json("missing_scopes")?,
            single_sign_on: row.optional_json("single_sign_on")?,
        })
    }
}

impl WriteTx<'_> {
    /// Records what the account's token lacks.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn set_token_lacks(&self, account: AccountId, lacks: &TokenLacks) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("UPDATE accounts SET missing_scopes = ?2, single_sign_on = ?3 WHERE id = ?1")?
            .execute((
                account.0,
                lacks.scopes.as_deref().map(json_array),
                lacks.single_sign_on.as_deref().map(json_array),
            ))?;
        Ok(())
    }
}
