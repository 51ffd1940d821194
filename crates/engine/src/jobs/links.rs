//! Links commits anew when other projects are known than when they were linked: keys that count now are linked, and
//! what only looked like a key is not any more. What a person said stays.

use std::collections::BTreeSet;

use pdt_domain::card_key::{CardKey, KnownProjects, Provenance, keys_in_branch, keys_in_message};
use pdt_domain::ids::{CommitId, ProfileId};
use pdt_store::{LinkableCommit, StoreError, WriteTx};

use crate::core::Core;

/// How many commits are looked at in one transaction.
const TOGETHER: u32 = 500;

/// Brings the links of a profile's commits in line with the projects that it knows now. Nothing is done where these
/// are the same as the last time; cut short, it begins anew the next time.
///
/// # Errors
/// Those of the database.
pub(crate) async fn renew(core: &Core, profile: ProfileId) -> Result<(), StoreError> {
    let (known, linked) =
        core.db.read(move |tx| Ok((tx.known_projects(profile)?, tx.linked_projects(profile)?))).await?;
    if print_of(known.as_ref()) == linked {
        return Ok(());
    }
    let mut from = Place { begun_with: known, after: CommitId(0) };
    while let Some(next) = core.db.write(move |tx| renew_some(tx, profile, from)).await? {
        from = next;
    }
    Ok(())
}

/// How far it is, and by which projects it goes.
struct Place {
    begun_with: Option<BTreeSet<String>>,
    after: CommitId,
}

fn print_of(known: Option<&BTreeSet<String>>) -> Option<String> {
    known.map(|keys| keys.iter().map(String::as_str).collect::<Vec<_>>().join(" "))
}

/// Answers with where to go on; `None` once all is done. The other loop may change what is known meanwhile: then it is
/// begun anew.
fn renew_some(tx: &WriteTx<'_>, profile: ProfileId, from: Place) -> Result<Option<Place>, StoreError> {
    let now = tx.known_projects(profile)?;
    if now != from.begun_with {
        return Ok(Some(Place { begun_with: now, after: CommitId(0) }));
    }
    let print = print_of(now.as_ref());
    let known = &now.map_or(KnownProjects::NotYet, KnownProjects::Only);
    let commits = tx.linkable_commits(profile, from.after, TOGETHER)?;
    for commit in &commits {
        let found = found_in(commit, known);
        let now = commit.links.iter().filter(|(_, provenance)| *provenance != Provenance::Manual);
        if !now.eq(&found) {
            tx.replace_found_links(commit.id, &found)?;
        }
    }
    match commits.last() {
        Some(last) => Ok(Some(Place { after: last.id, ..from })),
        None => {
            tx.set_linked_projects(profile, print.as_deref())?;
            Ok(None)
        }
    }
}

/// The keys that a commit's message and its branch's name hold, in that order, each once.
fn found_in(commit: &LinkableCommit, known: &KnownProjects) -> Vec<(String, Provenance)> {
    let in_message = keys_in_message(&commit.message, known);
    let in_branch = commit.branch_if_named.as_deref().map(|branch| keys_in_branch(branch, known));
    let was_in_branch = |key: &CardKey| {
        commit.links.iter().any(|(link, how)| *how == Provenance::Branch && link == key.as_str())
    };
    // A commit that the default branch reaches now keeps what its branch's name gave it, and gets nothing more.
    let in_branch = in_branch
        .into_iter()
        .flatten()
        .filter(|key| !in_message.contains(key) && (!commit.reached_by_default || was_in_branch(key)));
    let in_branch: Vec<_> = in_branch.map(|key| (key.into(), Provenance::Branch)).collect();
    let in_message = in_message.into_iter().map(|key| (key.into(), Provenance::Message));
    in_message.chain(in_branch).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(
        message: &str,
        branch: Option<&str>,
        reached: bool,
        links: &[(&str, Provenance)],
    ) -> LinkableCommit {
        LinkableCommit {
            id: CommitId(1),
            message: message.to_owned(),
            branch_if_named: branch.map(str::to_owned),
            reached_by_default: reached,
            links: links.iter().map(|(key, how)| ((*key).to_owned(), *how)).collect(),
        }
    }

    fn keys(commit: &LinkableCommit, projects: &[&str]) -> Vec<String> {
        let projects: BTreeSet<String> = projects.iter().map(|key| (*key).to_owned()).collect();
        let found = found_in(commit, &KnownProjects::Only(projects));
        found.into_iter().map(|(key, how)| format!("{key} {how}")).collect()
    }

    #[test]
    fn keys_of_known_projects_count_in_message_and_branch_and_no_others_do() {
        let both = commit("abc-1 and UTF-9, XYZ-2", Some("feature/ABC-3-abc-1"), false, &[]);
        assert_eq!(keys(&both, &["ABC"]), ["ABC-1 message", "ABC-3 branch"]);
        assert_eq!(keys(&both, &["XYZ"]), ["XYZ-2 message"]);
    }

    #[test]
    fn a_merged_commit_keeps_what_its_branch_gave_it_and_gets_nothing_more() {
        let merged = commit("Work", Some("ABC-3-and-XYZ-4"), true, &[("ABC-3", Provenance::Branch)]);
        assert_eq!(keys(&merged, &["ABC", "XYZ"]), ["ABC-3 branch"]);
        assert_eq!(keys(&merged, &["XYZ"]), Vec::<String>::new(), "unless its project is unknown now");
    }
}
