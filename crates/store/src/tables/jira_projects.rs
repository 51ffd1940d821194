//! Table `jira_projects`: the project keys that a Jira account sees, which decide what is a card key.

use std::collections::BTreeSet;

use pdt_domain::ids::{AccountId, ProfileId};
use pdt_domain::provider::Provider;

use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

impl ReadTx<'_> {
    /// The upper-case project keys that a profile knows: of each Jira account the projects it was limited to,
    /// else all that it was last seen to see.
    ///
    /// `None` where no project is known yet, because there is no Jira account or none was ever read.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn known_projects(&self, profile: ProfileId) -> Result<Option<BTreeSet<String>>, StoreError> {
        let mut known = BTreeSet::new();
        for account in self.accounts(profile)?.into_iter().filter(|it| it.provider == Provider::Jira) {
            match account.projects {
                Some(chosen) => known.extend(chosen.iter().map(|key| key.to_ascii_uppercase())),
                None => known.extend(self.projects_seen(account.id)?),
            }
        }
        Ok(if known.is_empty() { None } else { Some(known) })
    }

    /// The upper-case project keys that an account was last seen to see.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn projects_seen(&self, account: AccountId) -> Result<Vec<String>, StoreError> {
        let mut statement =
            self.conn.prepare_cached("SELECT key FROM jira_projects WHERE account_id = ?1")?;
        let keys = statement.query_map([account.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(keys)
    }
}

impl WriteTx<'_> {
    /// Replaces the project keys that an account sees.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn set_projects(&self, account: AccountId, keys: &[String]) -> Result<(), StoreError> {
        self.conn.prepare_cached("DELETE FROM jira_projects WHERE account_id = ?1")?.execute([account.0])?;
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO jira_projects (account_id, key) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?;
        for key in keys {
            insert.execute((account.0, key.to_ascii_uppercase()))?;
        }
        Ok(())
    }
}
