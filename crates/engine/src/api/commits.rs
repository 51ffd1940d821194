//! Commits: listing, and links by hand.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, Local, NaiveDate, Utc};
use pdt_domain::card_key::CardKey;
use pdt_domain::ids::{CommitId, Name, Sha};
use pdt_domain::provider::Provider;
use pdt_domain::search::{Words, is_same};
use pdt_store::{CommitFilter, FoundCommit, ListedCommit, Profile, WriteTx};
use serde::{Deserialize, Serialize, Serializer};
use ts_rs::TS;

use super::error::Code;
use super::{ApiError, Engine, days};

/// Which commits are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct CommitQuery {
    /// `owner/name` in any letter case.
    pub repo: Option<String>,
    /// The first day of the author's date, in local time.
    #[ts(type = "string | null")]
    pub since: Option<NaiveDate>,
    /// The last day of the author's date, in local time.
    #[ts(type = "string | null")]
    pub until: Option<NaiveDate>,
    /// A card key in any letter case.
    pub card: Option<String>,
    /// Only commits that no card belongs to.
    pub unlinked: bool,
    /// Only commits that have each of its words in message, author, e-mail address, branch or id, in any letter case.
    pub text: Option<String>,
    /// Only commits that a branch of this name reaches now.
    pub branch: Option<String>,
    /// Only commits of this e-mail address or author's name, in any letter case.
    pub author: Option<String>,
    /// At most so many, the newest first.
    pub limit: Option<u32>,
}

/// A commit as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CommitDto {
    /// Its number in this database: repositories may share a commit, and two services may have the same repository.
    #[ts(type = "number")]
    pub id: i64,
    /// Its id in git.
    #[ts(type = "string")]
    pub sha: Sha,
    /// `owner/name`.
    pub repo: String,
    /// The service.
    #[ts(type = "\"github\" | \"gitlab\" | \"jira\"")]
    pub provider: Provider,
    /// The whole message.
    pub message: String,
    /// The author's name.
    pub author: String,
    /// The author's e-mail address.
    pub author_email: String,
    /// The author's date.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string")]
    pub date: DateTime<Utc>,
    /// The default branch if it reaches the commit, else the branch it was first seen on.
    pub branch: Option<String>,
    /// The branches that reach it now.
    pub branches: Vec<String>,
    /// The branches that once did.
    pub former_branches: Vec<String>,
    /// The first of its card keys.
    pub jira_card_key: Option<String>,
    /// All of its card keys.
    pub jira_card_keys: Vec<String>,
    /// Whether any card belongs to it.
    pub has_link: bool,
    /// Its page at the service; none where the service has no pages of commits.
    pub url: Option<String>,
}

/// A link that was made or taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LinkDto {
    /// The commit.
    #[ts(type = "string")]
    pub sha: Sha,
    /// The repositories that have it, each `owner/name`.
    pub repos: Vec<String>,
    /// The card.
    pub key: String,
    /// Whether the two belong together now.
    pub linked: bool,
    /// Whether this call changed that.
    pub changed: bool,
}

impl Engine {
    /// The commits of a profile that a query asks for, newest first.
    ///
    /// # Errors
    /// An unknown profile or repository; a word that is no card key; those of the database.
    pub async fn commits(&self, profile: &Name, query: CommitQuery) -> Result<Vec<CommitDto>, ApiError> {
        let Some((profile, filter)) = self.commit_filter(profile, query).await? else {
            return Ok(Vec::new());
        };
        let listed = self.core.db.read(move |tx| tx.commit_list(profile.id, &filter)).await?;
        Ok(listed.into_iter().map(CommitDto::from).collect())
    }

    /// The filter that a query means, and the profile; none as long as nothing was put into the profile.
    pub(super) async fn commit_filter(
        &self,
        profile: &Name,
        query: CommitQuery,
    ) -> Result<Option<(Profile, CommitFilter)>, ApiError> {
        let card = query.card.as_deref().map(parse_key).transpose()?;
        let Some(profile) = self.profile_or_empty(profile).await? else {
            return query.repo.map_or(Ok(None), |repo| Err(unknown_repository(&repo)));
        };
        if let Some(repo) = &query.repo {
            self.check_is_tracked(&profile, repo).await?;
        }
        let filter = CommitFilter {
            repository: query.repo,
            since: query.since.map(|day| days::start_of(&Local, day)),
            until_exclusive: query
                .until
                .and_then(|day| day.checked_add_days(Days::new(1)))
                .map(|day| days::start_of(&Local, day)),
            card: card.map(|key| key.as_str().to_owned()),
            unlinked: query.unlinked,
            words: query.text.as_deref().map(Words::of).unwrap_or_default(),
            branch: query.branch,
            author: query.author,
            limit: query.limit,
        };
        Ok(Some((profile, filter)))
    }

    /// Links a commit to a card, in every repository that has it. A sync never undoes it, also where it brings back
    /// a link that was taken away.
    ///
    /// # Errors
    /// An unknown or ambiguous commit; a word that is no card key; those of the database.
    pub async fn link_commit(&self, profile: &Name, sha: &str, key: &str) -> Result<LinkDto, ApiError> {
        let key = parse_key(key)?;
        let (sha, found) = self.one_commit(profile, sha).await?;
        let (ids, text) = (ids(&found), key.as_str().to_owned());
        let link = move |tx: &WriteTx<'_>| {
            ids.into_iter().try_fold(false, |changed, id| Ok(tx.link_by_hand(id, &text)? || changed))
        };
        let changed = self.core.db.write(link).await?;
        Ok(LinkDto { sha, repos: repos(found), key: key.as_str().to_owned(), linked: true, changed })
    }

    /// Takes the link of a commit to a card away. A sync never brings it back.
    ///
    /// # Errors
    /// An unknown or ambiguous commit; a word that is no card key; a card that is not linked to it; those of
    /// the database.
    pub async fn unlink_commit(&self, profile: &Name, sha: &str, key: &str) -> Result<LinkDto, ApiError> {
        let key = parse_key(key)?;
        let (sha, found) = self.one_commit(profile, sha).await?;
        let (ids, text) = (ids(&found), key.as_str().to_owned());
        let unlink = move |tx: &WriteTx<'_>| {
            ids.into_iter().try_fold(false, |changed, id| Ok(tx.unlink_by_hand(id, &text)? || changed))
        };
        if !self.core.db.write(unlink).await? {
            return Err(ApiError::new(
                Code::Unknown,
                format!("Commit {} is not linked to {key}.", sha.short()),
            ));
        }
        Ok(LinkDto { sha, repos: repos(found), key: key.as_str().to_owned(), linked: false, changed: true })
    }

    /// The one commit that begins so, in every repository that has it.
    async fn one_commit(&self, profile: &Name, beginning: &str) -> Result<(Sha, Vec<FoundCommit>), ApiError> {
        let wanted = checked_beginning(beginning)?;
        let profile = self.profile(profile).await?;
        let found = self.core.db.read(move |tx| tx.find_commits(profile.id, &wanted)).await?;
        only_one(found, beginning)
    }

    async fn check_is_tracked(&self, profile: &Profile, repo: &str) -> Result<(), ApiError> {
        let id = profile.id;
        let tracked = self.core.db.read(move |tx| tx.repositories(id)).await?;
        let is_tracked = tracked.iter().any(|row| is_same(&row.full_name(), repo));
        if is_tracked { Ok(()) } else { Err(unknown_repository(repo)) }
    }
}

fn unknown_repository(repo: &str) -> ApiError {
    ApiError::new(Code::Unknown, format!("The repository {repo:?} is not tracked in this profile."))
        .with_hint("Write it as owner/name, as the list of repositories has it.")
}

fn only_one(found: Vec<FoundCommit>, beginning: &str) -> Result<(Sha, Vec<FoundCommit>), ApiError> {
    let shas: BTreeSet<&Sha> = found.iter().map(|commit| &commit.sha).collect();
    match (shas.first().copied().cloned(), shas.len()) {
        (Some(only), 1) => Ok((only, found)),
        (None, _) => Err(unknown_commit(beginning)),
        (Some(_), several) => {
            let message = format!("{several} commits begin with {beginning}.");
            Err(ApiError::new(Code::Conflict, message).with_hint("Write more of its digits."))
        }
    }
}

/// The beginning of a commit's id, in lower case.
fn checked_beginning(text: &str) -> Result<String, ApiError> {
    let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hex && (4..=64).contains(&text.len()) {
        return Ok(text.to_ascii_lowercase());
    }
    let message = format!("{:?} is not a commit id.", text.chars().take(80).collect::<String>());
    Err(ApiError::new(Code::Usage, message).with_hint("Write at least its first four digits."))
}

fn unknown_commit(beginning: &str) -> ApiError {
    ApiError::new(Code::Unknown, format!("No commit of this profile begins with {beginning}."))
        .with_hint("The list of commits shows those there are.")
}

fn ids(found: &[FoundCommit]) -> Vec<CommitId> {
    found.iter().map(|commit| commit.id).collect()
}

fn repos(found: Vec<FoundCommit>) -> Vec<String> {
    found.into_iter().map(|commit| commit.repo).collect()
}

pub(super) fn parse_key(text: &str) -> Result<CardKey, ApiError> {
    CardKey::parse(text.trim()).map_err(|_| {
        let message = format!("{:?} is not a card key.", text.chars().take(80).collect::<String>());
        ApiError::new(Code::Usage, message).with_hint("Write it like ABC-123.")
    })
}

pub(super) fn zulu<S: Serializer>(instant: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&instant.format("%Y-%m-%dT%H:%M:%SZ"))
}

/// Where the service shows a commit of the repository at `repository`.
fn page_of_commit(provider: Provider, repository: &str, sha: &Sha) -> Option<String> {
    let repository = repository.trim_end_matches('/');
    match provider {
        Provider::Github => Some(format!("{repository}/commit/{sha}")),
        Provider::Gitlab => Some(format!("{repository}/-/commit/{sha}")),
        Provider::Jira => None,
    }
}

impl From<ListedCommit> for CommitDto {
    fn from(row: ListedCommit) -> Self {
        Self {
            id: row.id.0,
            url: page_of_commit(row.provider, &row.repo_url, &row.sha),
            sha: row.sha,
            repo: row.repo,
            provider: row.provider,
            message: row.message,
            author: row.author,
            author_email: row.author_email,
            date: row.date,
            branch: row.branch,
            branches: row.branches,
            former_branches: row.former_branches,
            jira_card_key: row.jira_card_key,
            jira_card_keys: row.jira_card_keys,
            has_link: row.has_link,
        }
    }
}
