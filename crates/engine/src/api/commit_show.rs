//! One commit with all that is known of it, and the cards it may belong to.

use pdt_domain::ids::{CommitId, Name, ProfileId};
use pdt_store::{LinkRow, ReadTx, SearchedCard, StoreError};
use serde::Serialize;
use ts_rs::TS;

use super::{ApiError, Code, CommitDto, Engine, commit_suggestions};

/// A commit with its links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CommitShowDto {
    /// The commit.
    #[serde(flatten)]
    pub commit: CommitDto,
    /// The cards it belongs to, in the order of its keys.
    pub links: Vec<CommitLinkDto>,
    /// Links that PDT found and a person took away, and may have back.
    pub removed_links: Vec<CommitLinkDto>,
    /// Cards that it may belong to, the likeliest first; for a commit without a card.
    pub suggestions: Vec<SuggestionDto>,
}

/// A card that a commit belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CommitLinkDto {
    /// The card's key.
    pub key: String,
    /// Where the link is from.
    #[ts(type = "\"message\" | \"branch\" | \"manual\"")]
    pub provenance: &'static str,
    /// What the card is about; none for a card that is not collected.
    pub summary: Option<String>,
}

/// A card that a commit may belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SuggestionDto {
    /// The card's key.
    pub key: String,
    /// What it is about; none for a card that is not collected.
    pub summary: Option<String>,
    /// Why it is suggested.
    pub why: Why,
}

/// Why a card is suggested for a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The name of its branch speaks of the card.
    Branch,
    /// A neighbour on its branch, by the same author, belongs to the card.
    Neighbour,
    /// The card was in progress, assigned to the author, when the commit was made.
    InProgress,
}

/// A card that was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundCardDto {
    /// The card's key.
    pub key: String,
    /// What it is about.
    pub summary: String,
    /// Its status.
    pub status: String,
    /// The account that sees it.
    #[ts(type = "string")]
    pub account: Name,
}

/// So many cards are found at most.
const MOST_CARDS: usize = 20;

impl Engine {
    /// One commit, by its number in this database.
    ///
    /// # Errors
    /// An unknown profile or commit; those of the database.
    pub async fn commit(&self, profile: &Name, id: i64) -> Result<CommitShowDto, ApiError> {
        let profile = self.profile(profile).await?;
        let shown = self.core.db.read(move |tx| show(tx, profile.id, CommitId(id))).await?;
        shown.ok_or_else(|| ApiError::new(Code::Unknown, "This commit is not in PDT, or no longer."))
    }

    /// Cards that have or had a text as their key, or whose key begins with it; then those that have each of its words
    /// in key or summary, the latest change first. 20 at most, and none that was deleted.
    ///
    /// # Errors
    /// An unknown profile; those of the database.
    pub async fn find_cards(&self, profile: &Name, text: &str) -> Result<Vec<FoundCardDto>, ApiError> {
        let Some(profile) = self.profile_or_empty(profile).await? else { return Ok(Vec::new()) };
        let text = text.to_owned();
        let found = self.core.db.read(move |tx| tx.search_cards(profile.id, &text, MOST_CARDS)).await?;
        Ok(found.into_iter().map(FoundCardDto::from).collect())
    }
}

fn show(tx: &ReadTx<'_>, profile: ProfileId, id: CommitId) -> Result<Option<CommitShowDto>, StoreError> {
    let Some(commit) = tx.known_commit(profile, id)? else { return Ok(None) };
    let (removed, present): (Vec<_>, Vec<_>) = tx.links_of(id)?.into_iter().partition(|link| link.removed);
    let suggestions = if present.is_empty() {
        commit_suggestions::suggestions(tx, profile, &commit, &tx.refused_keys(id)?)?
    } else {
        Vec::new()
    };
    let told = |links: Vec<LinkRow>| -> Result<Vec<CommitLinkDto>, StoreError> {
        links.into_iter().map(|link| CommitLinkDto::of(tx, profile, link)).collect()
    };
    Ok(Some(CommitShowDto {
        commit: CommitDto::from(commit.listed),
        links: told(present)?,
        removed_links: told(removed)?,
        suggestions,
    }))
}

impl CommitLinkDto {
    fn of(tx: &ReadTx<'_>, profile: ProfileId, link: LinkRow) -> Result<Self, StoreError> {
        let summary = tx.card_summary(profile, &link.key)?;
        Ok(Self { key: link.key, provenance: link.provenance.as_str(), summary })
    }
}

impl From<SearchedCard> for FoundCardDto {
    fn from(card: SearchedCard) -> Self {
        Self { key: card.key, summary: card.summary, status: card.status, account: card.account }
    }
}
