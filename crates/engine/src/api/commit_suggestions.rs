//! Which cards a commit without one may belong to, as far as the database tells.

use pdt_domain::card_key::{CardKey, KnownProjects, keys_in_branch};
use pdt_domain::ids::ProfileId;
use pdt_domain::jira::Change;
use pdt_domain::provider::Provider;
use pdt_domain::search::is_same;
use pdt_domain::suggestion::{CardHistory, Meanings, Neighbour, Person, in_progress, likeliest, nearest};
use pdt_store::{BegunCard, KnownCommit, ListedCommit, NearCommit, ReadTx, StoreError};
use serde::Deserialize;

use super::commit_show::{SuggestionDto, Why};
use crate::api::ChangeDto;

/// A commit that everything reaches is named by none of it.
const MOST_BRANCHES: usize = 200;

/// The cards to suggest for a commit, the likeliest first, without those that a person has refused.
pub(super) fn suggestions(
    tx: &ReadTx<'_>,
    profile: ProfileId,
    commit: &KnownCommit,
    refused: &[String],
) -> Result<Vec<SuggestionDto>, StoreError> {
    let reasons = [
        (Why::Branch, named_by_branches(tx, profile, &commit.listed)?),
        (Why::Neighbour, of_neighbours(tx, commit)?),
        (Why::InProgress, begun_by_author(tx, profile, commit)?),
    ];
    let chosen = likeliest(reasons, refused).into_iter();
    chosen
        .map(|(key, why)| Ok(SuggestionDto { summary: tx.card_summary(profile, &key)?, key, why }))
        .collect()
}

fn named_by_branches(
    tx: &ReadTx<'_>,
    profile: ProfileId,
    commit: &ListedCommit,
) -> Result<Vec<String>, StoreError> {
    let known = tx.known_projects(profile)?.map_or(KnownProjects::NotYet, KnownProjects::Only);
    let names = commit.branch.iter().chain(&commit.branches).take(MOST_BRANCHES);
    Ok(names.flat_map(|name| keys_in_branch(name, &known)).map(CardKey::into).collect())
}

fn of_neighbours(tx: &ReadTx<'_>, commit: &KnownCommit) -> Result<Vec<String>, StoreError> {
    let listed = &commit.listed;
    let mut near = tx.near_commits(commit.repository, listed.branch.as_deref(), listed.date)?;
    near.retain(|other| is_by_the_author(other, listed));
    let near = near.into_iter().map(|other| Neighbour { key: other.key, written_at: other.date });
    Ok(nearest(near.collect(), listed.date))
}

/// An address tells more than a name, where there is one.
fn is_by_the_author(other: &NearCommit, commit: &ListedCommit) -> bool {
    match (commit.author_email.as_str(), other.author_email.as_str()) {
        ("", "") => is_same(&commit.author, &other.author),
        (one, another) => is_same(one, another),
    }
}

fn begun_by_author(
    tx: &ReadTx<'_>,
    profile: ProfileId,
    commit: &KnownCommit,
) -> Result<Vec<String>, StoreError> {
    let person = author(tx, profile, commit)?;
    let moment = commit.listed.date;
    let begun = tx.cards_begun_before(profile, person.names(), moment)?;
    let mut accounts: Vec<_> = begun.iter().map(|card| card.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut found = Vec::new();
    for account in accounts {
        let meanings: Meanings = tx.status_categories(account)?.into_iter().collect();
        let cards: Vec<CardHistory> =
            begun.iter().filter(|card| card.account == account).map(history).collect();
        found.extend(in_progress(&cards, moment, &person, &meanings));
    }
    Ok(found)
}

/// The author under every name that is known: in git, and, where the author is who connected the repository's account,
/// in that profile's Jira.
fn author(tx: &ReadTx<'_>, profile: ProfileId, commit: &KnownCommit) -> Result<Person, StoreError> {
    let listed = &commit.listed;
    let name = name_in_address(&listed.author_email);
    let names = [listed.author.clone(), listed.author_email.clone(), name.to_owned()];
    let in_git = Person::of(names.clone());
    let accounts = tx.accounts(profile)?;
    let is_owner =
        accounts.iter().any(|account| account.id == commit.account && in_git.is_called(&account.login));
    let in_jira = accounts.into_iter().filter(|account| is_owner && account.provider == Provider::Jira);
    let in_jira = in_jira.flat_map(|account| [Some(account.login), account.email]).flatten();
    Ok(Person::of(names.into_iter().chain(in_jira)))
}

/// `ada` in `ada@example.org`, and in GitHub's `1234+ada@users.noreply.github.com`.
fn name_in_address(address: &str) -> &str {
    let name = address.split_once('@').map_or("", |(name, _)| name);
    match name.split_once('+') {
        Some((number, name)) if number.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => name,
    }
}

/// The part of a stored document that is asked for here.
#[derive(Deserialize)]
struct Changelog {
    changelog: Vec<ChangeDto>,
}

/// A document that cannot be read tells of no changes.
fn history(card: &BegunCard) -> CardHistory {
    let stored = serde_json::from_str::<Changelog>(&card.details_json).ok();
    let changes = stored.into_iter().flat_map(|stored| stored.changelog).map(Change::from).collect();
    CardHistory {
        key: card.key.clone(),
        status: card.status.clone(),
        status_category: card.status_category,
        assignee: card.assignee.clone(),
        assignee_id: card.assignee_id.clone(),
        created_at: card.created_at,
        changes,
    }
}
