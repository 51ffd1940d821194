//! Card keys of commits: from the message when a commit is stored, from the branch's name once it is known
//! whether the default branch reaches it.

use pdt_domain::card_key::{CardKey, KnownProjects, Provenance, keys_in_branch, keys_in_message};
use pdt_domain::graph::{Placed, Standing};
use pdt_domain::ids::{ProfileId, RepositoryId};
use pdt_store::{Branch, ReadTx, Repository, StoreError, WriteTx};

/// Links the commits of a page to the cards that their messages name.
pub(super) fn link_by_message(
    tx: &WriteTx<'_>,
    profile: ProfileId,
    repository: RepositoryId,
    page: &[Placed],
) -> Result<(), StoreError> {
    let known = known_projects(tx, profile)?;
    let found: Vec<_> = page
        .iter()
        .filter(|placed| placed.standing == Standing::Kept)
        .map(|placed| (placed.commit.sha.clone(), keys_in_message(&placed.commit.message, &known)))
        .filter(|(_, keys)| !keys.is_empty())
        .map(|(sha, keys)| (sha, with_provenance(keys, Provenance::Message)))
        .collect();
    tx.add_links(repository, &found)?;
    Ok(())
}

/// Links commits that the default branch does not reach to the cards that their branch is named after. Waits
/// while the default branch is behind: its own commits would be taken for the branch's.
pub(super) fn name_by_branch(
    tx: &WriteTx<'_>,
    profile: ProfileId,
    repository: &Repository,
) -> Result<(), StoreError> {
    let branches = tx.branches(repository.id)?;
    let default = branches.iter().find(|branch| repository.default_branch.as_ref() == Some(&branch.name));
    if default.is_some_and(Branch::is_behind) {
        return Ok(());
    }
    let known = known_projects(tx, profile)?;
    let found: Vec<_> = tx
        .unnamed_commits(repository.id)?
        .into_iter()
        .map(|commit| (commit.sha, keys_in_branch(&commit.branch, &known)))
        .filter(|(_, keys)| !keys.is_empty())
        .map(|(sha, keys)| (sha, with_provenance(keys, Provenance::Branch)))
        .collect();
    tx.add_links(repository.id, &found)?;
    tx.mark_named(repository.id)
}

fn known_projects(tx: &ReadTx<'_>, profile: ProfileId) -> Result<KnownProjects, StoreError> {
    Ok(tx.known_projects(profile)?.map_or(KnownProjects::NotYet, KnownProjects::Only))
}

fn with_provenance(keys: Vec<CardKey>, provenance: Provenance) -> Vec<(String, Provenance)> {
    keys.into_iter().map(|key| (key.as_str().to_owned(), provenance)).collect()
}
