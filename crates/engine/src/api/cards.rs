//! Cards: listed, and one with all that is known of it.

use chrono::{DateTime, Utc};
use pdt_domain::address::BaseUrl;
use pdt_domain::card_key::CardKey;
use pdt_domain::ids::{AccountId, Name};
use pdt_store::{CardFilter, FoundCard, ListedCard, Profile};
use serde::{Deserialize, Serialize, Serializer};
use ts_rs::TS;

use super::card_details::CardDetailsDto;
use super::commits::{parse_key, zulu};
use super::error::{Code, listed};
use super::{ApiError, Engine};

/// Which cards are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct CardQuery {
    /// Jira's number of a sprint.
    #[ts(type = "number | null")]
    pub sprint: Option<i64>,
    /// The name of an account.
    pub account: Option<String>,
}

/// A card as it is listed.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CardDto {
    /// Its present key.
    pub key: String,
    /// Its summary.
    pub summary: String,
    /// The name of its status, in the site's language.
    pub status: String,
    /// What that status means: `todo`, `in_progress` or `done`.
    #[ts(type = "\"todo\" | \"in_progress\" | \"done\" | null")]
    pub status_category: Option<&'static str>,
    /// The display name of whom it is assigned to.
    pub assignee: Option<String>,
    /// Its issue type.
    pub issue_type: String,
    /// Its priority.
    pub priority: Option<String>,
    /// Its estimate.
    pub story_points: Option<f64>,
    /// Jira's number of the sprint that it is in, else of the last closed one that it was in.
    #[ts(type = "number | null")]
    pub sprint: Option<i64>,
    /// That sprint's name.
    pub sprint_name: Option<String>,
    /// The account that sees it.
    #[ts(type = "string")]
    pub account: Name,
    /// `false`, or why the service shows it no more where it was: `"deleted"`, `"moved"`.
    #[ts(type = "false | \"deleted\" | \"moved\"")]
    pub removed: Removed,
    /// When it last changed.
    #[serde(serialize_with = "zulu")]
    #[ts(type = "string")]
    pub updated_at: DateTime<Utc>,
    /// Its page at the site.
    pub url: String,
}

/// Whether a card is gone from where it was: `false`, or how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removed(Option<pdt_store::RemovedHow>);

impl Removed {
    /// The word for it; `None` for a card that is where it was.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        self.0.map(pdt_store::RemovedHow::as_str)
    }
}

impl Serialize for Removed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.word() {
            Some(word) => serializer.serialize_str(word),
            None => serializer.serialize_bool(false),
        }
    }
}

/// A card with all that is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct CardShowDto {
    /// As it is listed.
    #[serde(flatten)]
    pub card: CardDto,
    /// All that is known of it.
    pub details: CardDetailsDto,
    /// Whether its history is here from the first entry to the last; the next syncs read what is missing.
    pub is_complete: bool,
    /// The keys that it once had.
    pub former_keys: Vec<String>,
}

impl Engine {
    /// The cards of a profile, by key.
    ///
    /// # Errors
    /// An unknown profile, account or sprint; those of the database.
    pub async fn cards(&self, profile: &Name, query: CardQuery) -> Result<Vec<CardDto>, ApiError> {
        let Some(profile) = self.profile_or_empty(profile).await? else {
            return query.sprint.map_or(Ok(Vec::new()), |sprint| Err(unknown_sprint(sprint)));
        };
        let account = self.account_named(&profile, query.account.as_deref()).await?;
        let filter = CardFilter { sprint: query.sprint, account };
        let (id, asked) = (profile.id, filter.clone());
        let listed = self.core.db.read(move |tx| tx.card_list(id, &asked)).await?;
        if let (Some(sprint), true) = (filter.sprint, listed.is_empty()) {
            let sprints = self.core.db.read(move |tx| tx.sprint_list(id)).await?;
            if !sprints.iter().any(|known| known.id == sprint) {
                return Err(unknown_sprint(sprint));
            }
        }
        listed.into_iter().map(CardDto::of).collect()
    }

    /// One card by its key, a former one too, in any letter case.
    ///
    /// # Errors
    /// A word that is no card key, one that no card has, or one that cards of several accounts have; those of
    /// the database.
    pub async fn card(
        &self,
        profile: &Name,
        key: &str,
        account: Option<&str>,
    ) -> Result<CardShowDto, ApiError> {
        let key = parse_key(key)?;
        let found = match self.profile_or_empty(profile).await? {
            Some(profile) => self.cards_with_key(&profile, &key, account).await?,
            None => Vec::new(),
        };
        match found.as_slice() {
            [one] => CardShowDto::of(one.clone()),
            [] => Err(unknown_card(&key)),
            several => {
                let accounts: Vec<&Name> = several.iter().map(|card| &card.listed.account).collect();
                let accounts = listed(&accounts).unwrap_or_default();
                let message = format!("There is a card {key} in several accounts: {accounts}.");
                Err(ApiError::new(Code::Usage, message).with_hint("Say which account is meant."))
            }
        }
    }

    async fn cards_with_key(
        &self,
        profile: &Profile,
        key: &CardKey,
        account: Option<&str>,
    ) -> Result<Vec<FoundCard>, ApiError> {
        // An unknown account is said before an unknown card.
        self.account_named(profile, account).await?;
        let (id, key) = (profile.id, key.clone());
        let mut found = self.core.db.read(move |tx| tx.find_cards(id, key.as_str())).await?;
        found.retain(|card| account.is_none_or(|name| card.listed.account.as_str() == name));
        Ok(found)
    }

    pub(super) async fn account_named(
        &self,
        profile: &Profile,
        name: Option<&str>,
    ) -> Result<Option<AccountId>, ApiError> {
        let Some(name) = name else { return Ok(None) };
        let accounts = self.accounts_of(profile).await?;
        let found = accounts.iter().find(|account| account.name.as_str() == name);
        let found =
            found.ok_or_else(|| ApiError::unknown_account(name, accounts.iter().map(|it| &it.name)))?;
        Ok(Some(found.id))
    }
}

impl CardDto {
    fn of(card: ListedCard) -> Result<Self, ApiError> {
        let url = page_of(&card.account_url, &card.key)?;
        Ok(Self {
            key: card.key,
            summary: card.summary,
            status: card.status,
            status_category: card.status_category.map(pdt_domain::jira::StatusCategory::as_str),
            assignee: card.assignee,
            issue_type: card.issue_type,
            priority: card.priority,
            story_points: card.story_points,
            sprint: card.sprint,
            sprint_name: card.sprint_name,
            account: card.account,
            removed: Removed(card.removed),
            updated_at: card.updated_at,
            url,
        })
    }
}

impl CardShowDto {
    fn of(found: FoundCard) -> Result<Self, ApiError> {
        let details = CardDetailsDto::read(&found.details_json).ok_or_else(|| {
            let message = format!("What is stored of {} cannot be read.", found.listed.key);
            ApiError::new(Code::Storage, message)
                .with_hint("The next sync after a change of the card mends it.")
        })?;
        let is_complete = found.is_complete;
        let mut former_keys = found.keys;
        former_keys.retain(|key| *key != found.listed.key);
        Ok(Self { card: CardDto::of(found.listed)?, details, is_complete, former_keys })
    }
}

/// `https://acme.atlassian.net/browse/ABC-1`.
fn page_of(site: &str, key: &str) -> Result<String, ApiError> {
    let mut url = BaseUrl::parse(site)?.url().clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(["browse", key]);
    }
    Ok(url.into())
}

fn unknown_card(key: &CardKey) -> ApiError {
    let hint = "PDT knows the cards of active sprints, and of those that closed since it began to look.";
    ApiError::new(Code::Unknown, format!("No card {key} is known.")).with_hint(hint)
}

pub(super) fn unknown_sprint(sprint: i64) -> ApiError {
    let message = format!("No sprint {sprint} is known.");
    ApiError::new(Code::Unknown, message).with_hint("pdt sprint list shows the sprints with their numbers.")
}
