//! Table `commit_links`: which cards a commit belongs to, and how PDT knows.

use std::collections::HashSet;

use pdt_domain::card_key::Provenance;
use pdt_domain::ids::{CommitId, RepositoryId, Sha};
use rusqlite::OptionalExtension;

use crate::columns::Columns;
use crate::error::StoreError;
use crate::tx::{ReadTx, WriteTx};

/// The order of a commit's links, the first of which is its `jira_card_key`: what the message says before what
/// the branch's name says before what a person added.
pub(super) const ORDER: &str =
    "CASE provenance WHEN 'message' THEN 0 WHEN 'branch' THEN 1 ELSE 2 END, position, card_key";

impl ReadTx<'_> {
    fn commit_by_sha(&self, repository: RepositoryId, sha: &Sha) -> Result<Option<CommitId>, StoreError> {
        let mut statement =
            self.conn.prepare_cached("SELECT id FROM commits WHERE repository_id = ?1 AND sha = ?2")?;
        let values = (repository.0, sha.as_str());
        Ok(statement.query_row(values, |row| row.get(0).map(CommitId)).optional()?)
    }

    fn present_links(&self, commit: CommitId) -> Result<PresentLinks, StoreError> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT card_key, provenance, removed FROM commit_links WHERE commit_id = ?1 ORDER BY {ORDER}"
        ))?;
        let mut links = PresentLinks::default();
        let mut rows = statement.query([commit.0])?;
        while let Some(row) = rows.next()? {
            let (key, provenance) = (row.get("card_key")?, row.word("provenance")?);
            if row.get("removed")? || provenance == Provenance::Manual {
                links.decided.insert(key);
            } else {
                links.found.push((key, provenance));
            }
        }
        Ok(links)
    }
}

/// The links of a commit, by who made them.
#[derive(Debug, Default)]
struct PresentLinks {
    /// The keys that a person has decided about: linked by hand, or taken away.
    decided: HashSet<String>,
    /// What PDT found, in [`ORDER`].
    found: Vec<(String, Provenance)>,
}

/// The links to make of what was found: in [`ORDER`], each key once, without those that a person has decided about.
fn in_order(found: &[(String, Provenance)], decided: HashSet<String>) -> Vec<(String, Provenance)> {
    let mut links: Vec<_> =
        found.iter().map(|(key, provenance)| (key.to_ascii_uppercase(), *provenance)).collect();
    links.sort_by_key(|(_, provenance)| *provenance);
    let mut seen = decided;
    links.retain(|(key, _)| seen.insert(key.clone()));
    links
}

impl WriteTx<'_> {
    /// Adds the links that were found, behind those that are there. A link that a person took away stays away,
    /// one that a person made stays theirs. SHAs without a row in `commits` are passed over. Answers how many
    /// links are new.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn add_links(
        &self,
        repository: RepositoryId,
        found: &[(Sha, Vec<(String, Provenance)>)],
    ) -> Result<usize, StoreError> {
        let mut added = 0;
        for (sha, links) in found {
            let Some(commit) = self.commit_by_sha(repository, sha)? else {
                continue;
            };
            let mut new = 0;
            for (key, provenance) in links {
                new += self.append_link(commit, key, *provenance)?;
            }
            if new > 0 {
                self.refresh_card_key(commit)?;
            }
            added += new;
        }
        Ok(added)
    }

    /// Links a commit and a card because a person says so. A link that was taken away comes back as theirs, whoever
    /// found it first: no sync undoes it. Answers whether anything changed.
    ///
    /// # Errors
    /// [`OwnerRemoved`](crate::StoreErrorKind::OwnerRemoved) where the commit is gone.
    pub fn link_by_hand(&self, commit: CommitId, key: &str) -> Result<bool, StoreError> {
        let restored = self
            .conn
            .prepare_cached(
                "UPDATE commit_links SET removed = 0, provenance = 'manual'
                 WHERE commit_id = ?1 AND card_key = ?2 AND removed = 1",
            )?
            .execute((commit.0, key.to_ascii_uppercase()))?;
        let changed = restored + self.append_link(commit, key, Provenance::Manual)?;
        self.refresh_card_key(commit)?;
        Ok(changed > 0)
    }

    /// Takes away the link of a commit and a card because a person says so; no sync brings it back. Answers
    /// whether there was one.
    ///
    /// # Errors
    /// What keeps the database from being written.
    pub fn unlink_by_hand(&self, commit: CommitId, key: &str) -> Result<bool, StoreError> {
        let removed = self
            .conn
            .prepare_cached(
                "UPDATE commit_links SET removed = 1 WHERE commit_id = ?1 AND card_key = ?2 AND removed = 0",
            )?
            .execute((commit.0, key.to_ascii_uppercase()))?;
        self.refresh_card_key(commit)?;
        Ok(removed > 0)
    }

    /// Makes the links that were found exactly these, in this order. Links that a person made or took away stay as
    /// they are. Answers whether anything changed.
    ///
    /// # Errors
    /// [`OwnerRemoved`](crate::StoreErrorKind::OwnerRemoved) where the commit is gone.
    pub fn replace_found_links(
        &self,
        commit: CommitId,
        found: &[(String, Provenance)],
    ) -> Result<bool, StoreError> {
        let present = self.present_links(commit)?;
        let wanted = in_order(found, present.decided);
        if wanted == present.found {
            return Ok(false);
        }
        self.conn
            .prepare_cached(
                "DELETE FROM commit_links WHERE commit_id = ?1 AND removed = 0 AND provenance <> 'manual'",
            )?
            .execute([commit.0])?;
        for (key, provenance) in &wanted {
            self.append_link(commit, key, *provenance)?;
        }
        self.refresh_card_key(commit)?;
        Ok(true)
    }

    /// Adds a link in the last place unless there is one for this card, also if it was taken away.
    fn append_link(&self, commit: CommitId, key: &str, provenance: Provenance) -> Result<usize, StoreError> {
        let added = self
            .conn
            .prepare_cached(
                "INSERT INTO commit_links (commit_id, card_key, provenance, position)
                 VALUES (?1, ?2, ?3,
                     (SELECT coalesce(max(position) + 1, 0) FROM commit_links WHERE commit_id = ?1))
                 ON CONFLICT (commit_id, card_key) DO NOTHING",
            )?
            .execute((commit.0, key.to_ascii_uppercase(), provenance.as_str()))?;
        Ok(added)
    }

    /// Brings `commits.jira_card_key` and `has_link` in line with the commit's links.
    fn refresh_card_key(&self, commit: CommitId) -> Result<(), StoreError> {
        let first: Option<String> = self
            .conn
            .prepare_cached(&format!(
                "SELECT card_key FROM commit_links WHERE commit_id = ?1 AND removed = 0 ORDER BY {ORDER} LIMIT 1"
            ))?
            .query_row([commit.0], |row| row.get(0))
            .optional()?;
        self.conn
            .prepare_cached(
                "UPDATE commits SET jira_card_key = ?2, has_link = (?2 IS NOT NULL)
                 WHERE id = ?1 AND (jira_card_key IS NOT ?2 OR has_link <> (?2 IS NOT NULL))",
            )?
            .execute((commit.0, first))?;
        Ok(())
    }
}
