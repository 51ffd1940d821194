//! The list of commits with their branches and cards, read in one statement.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use pdt_domain::ids::{CommitId, ProfileId, Sha};
use pdt_domain::provider::Provider;
use pdt_domain::search::Texts;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::{CommitFilter, Repository, commit_links};
use crate::columns::{Columns, json_array, time_text};
use crate::error::StoreError;
use crate::tx::ReadTx;

/// A commit with everything that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedCommit {
    /// Its row.
    pub id: CommitId,
    /// Its id in git.
    pub sha: Sha,
    /// Its repository as `owner/name`.
    pub repo: String,
    /// Its repository's web address.
    pub repo_url: String,
    /// The kind of service it is from.
    pub provider: Provider,
    /// The whole message.
    pub message: String,
    /// The author's name; empty where the commit has none.
    pub author: String,
    /// The author's e-mail address; empty where the commit has none.
    pub author_email: String,
    /// The author's date.
    pub date: DateTime<Utc>,
    /// The default branch where it reaches the commit, else the one it was first seen on.
    pub branch: Option<String>,
    /// The branches that reach it, sorted.
    pub branches: Vec<String>,
    /// The branches that once did and do no longer, because they are gone or were rewritten; sorted.
    pub former_branches: Vec<String>,
    /// The first of `jira_card_keys`.
    pub jira_card_key: Option<String>,
    /// All cards that it belongs to: those of its message, then of its branch's name, then a person's.
    pub jira_card_keys: Vec<String>,
    /// Whether it belongs to a card.
    pub has_link: bool,
}

impl ReadTx<'_> {
    /// A profile's commits, newest first by the author's date.
    ///
    /// # Errors
    /// What keeps the database from being read.
    pub fn commit_list(
        &self,
        profile: ProfileId,
        filter: &CommitFilter,
    ) -> Result<Vec<ListedCommit>, StoreError> {
        let places = self.listed_repositories(profile, filter)?;
        let branches = self.listed_branches(profile)?;
        let query = self.list_query(profile, filter, &places)?;
        let mut statement = self.conn.prepare_cached(&query.sql)?;
        let rows = statement.query_map(params_from_iter(query.values), |row| {
            ListedCommit::from_row(row, &places, &branches)
        })?;
        let mut texts = Texts::default();
        let wanted = rows.filter(|row| row.as_ref().map_or(true, |row| filter.lets_through(row, &mut texts)));
        let most = filter.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(wanted.take(most).collect::<Result<_, _>>()?)
    }

    fn list_query(
        &self,
        profile: ProfileId,
        filter: &CommitFilter,
        places: &Places,
    ) -> Result<Query, StoreError> {
        let keys = filter.card.as_ref().map(|card| self.key_family(profile, card)).transpose()?;
        Ok(Query::new(filter, keys.as_deref(), places))
    }

    /// The repositories to list from. Their names are read once here instead of once a commit.
    pub(super) fn listed_repositories(
        &self,
        profile: ProfileId,
        filter: &CommitFilter,
    ) -> Result<Places, StoreError> {
        let repositories = self.repositories(profile)?.into_iter();
        let place = |it: Repository| Place { repo: it.full_name(), url: it.url, provider: it.provider };
        let places = repositories.map(|it| (it.id.0, place(it)));
        let wanted = |place: &Place| match &filter.repository {
            Some(name) => place.repo.eq_ignore_ascii_case(name),
            None => true,
        };
        Ok(places.filter(|(_, place)| wanted(place)).collect())
    }

    /// The names of a profile's branches, likewise.
    fn listed_branches(&self, profile: ProfileId) -> Result<BranchNames, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "SELECT b.id, b.name, b.deleted_at IS NULL AS alive
             FROM accounts AS a
             JOIN repositories AS r ON r.account_id = a.id
             JOIN branches AS b ON b.repository_id = r.id
             WHERE a.profile_id = ?1",
        )?;
        let names = statement.query_map([profile.0], branch_name)?.collect::<Result<_, _>>()?;
        Ok(names)
    }
}

/// Repositories by the id of their row.
pub(super) type Places = HashMap<i64, Place>;

#[derive(Debug)]
pub(super) struct Place {
    repo: String,
    url: String,
    provider: Provider,
}

/// Branches by the id of their row.
pub(super) type BranchNames = HashMap<i64, BranchName>;

#[derive(Debug)]
pub(super) struct BranchName {
    name: String,
    /// A branch that is gone reaches nothing any more, whatever it reached last.
    alive: bool,
}

/// An entry of [`BranchNames`], from the columns `id`, `name` and `alive`.
pub(super) fn branch_name(row: &Row<'_>) -> rusqlite::Result<(i64, BranchName)> {
    Ok((row.get("id")?, BranchName { name: row.get("name")?, alive: row.get("alive")? }))
}

/// The statement that reads the list, made so that an index serves each filter and, without a card, the order.
#[derive(Debug)]
struct Query {
    sql: String,
    values: Vec<Value>,
}

impl Query {
    /// `keys` are those of the filter's card.
    fn new(filter: &CommitFilter, keys: Option<&[String]>, places: &Places) -> Self {
        let mut query = Self { sql: select() + " FROM commits AS c", values: Vec::new() };
        query.only_from(places);
        if let Some(keys) = keys {
            query.and(
                "c.id IN (SELECT commit_id FROM commit_links
                          WHERE card_key IN (SELECT value FROM json_each(?)) AND removed = 0)",
                json_array(keys),
            );
        }
        if let Some(since) = filter.since {
            query.and("c.date >= ?", time_text(since));
        }
        if let Some(until) = filter.until_exclusive {
            query.and("c.date < ?", time_text(until));
        }
        if filter.unlinked {
            query.sql.push_str(" AND c.has_link = 0");
        }
        query.sql.push_str(" ORDER BY c.date DESC, c.id DESC");
        if let Some(limit) = filter.limit.filter(|_| !filter.looks_at_rows()) {
            query.sql.push_str(" LIMIT ?");
            query.values.push(i64::from(limit).into());
        }
        query
    }

    /// One repository has an index by date of its own. Several are walked by date together, and `+` keeps
    /// SQLite from reading them one by one and sorting all before the limit.
    fn only_from(&mut self, places: &Places) {
        let mut ids = places.keys();
        match (ids.next(), ids.next()) {
            (Some(only), None) => {
                self.sql.push_str(" WHERE c.repository_id = ?");
                self.values.push((*only).into());
            }
            _ => {
                let ids: Vec<i64> = places.keys().copied().collect();
                self.sql.push_str(" WHERE +c.repository_id IN (SELECT value FROM json_each(?))");
                self.values.push(serde_json::Value::from(ids).to_string().into());
            }
        }
    }

    fn and(&mut self, condition: &str, value: String) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.push(value.into());
    }
}

/// The columns, up to `FROM`. A branch that no longer reaches the commit comes as its negative id.
pub(super) fn select() -> String {
    format!(
        "SELECT c.id, c.repository_id, c.sha, c.message, c.author, c.author_email, c.date, c.branch, c.jira_card_key,
             c.has_link,
             (SELECT json_group_array(iif(cb.reaches, cb.branch_id, -cb.branch_id))
              FROM commit_branches AS cb WHERE cb.commit_id = c.id) AS branches,
             (SELECT json_group_array(card_key ORDER BY {})
              FROM commit_links WHERE commit_id = c.id AND removed = 0) AS keys",
        commit_links::ORDER
    )
}

impl ListedCommit {
    pub(super) fn from_row(row: &Row<'_>, places: &Places, names: &BranchNames) -> rusqlite::Result<Self> {
        let place = places.get(&row.get("repository_id")?).ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        let (branches, former_branches) = named_branches(&row.json::<Vec<i64>>("branches")?, names);
        Ok(Self {
            id: CommitId(row.get("id")?),
            sha: row.checked("sha")?,
            repo: place.repo.clone(),
            repo_url: place.url.clone(),
            provider: place.provider,
            message: row.get("message")?,
            author: row.get("author")?,
            author_email: row.get("author_email")?,
            date: row.time("date")?,
            branch: row.get("branch")?,
            branches,
            former_branches,
            jira_card_key: row.get("jira_card_key")?,
            jira_card_keys: row.json("keys")?,
            has_link: row.get("has_link")?,
        })
    }
}

/// Names, sorted: of those that reach the commit, and of those that once did.
fn named_branches(signed_ids: &[i64], names: &BranchNames) -> (Vec<String>, Vec<String>) {
    let (mut present, mut former) = (Vec::new(), Vec::new());
    for id in signed_ids {
        if let Some(branch) = names.get(&id.abs()) {
            let list = if *id > 0 && branch.alive { &mut present } else { &mut former };
            list.push(branch.name.clone());
        }
    }
    present.sort_unstable();
    former.sort_unstable();
    (present, former)
}

#[cfg(test)]
pub(super) mod tests;
