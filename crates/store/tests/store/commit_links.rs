//! Links of commits and cards: what a person did stays, whatever a sync finds.

use pdt_domain::card_key::Provenance::{self, Branch, Manual, Message};
use pdt_domain::ids::{CommitId, RepositoryId};
use pdt_store::{CommitFilter, ListedCommit, StoreErrorKind};

use crate::world::{World, commit, now, sha};

/// A world with one commit.
async fn one_commit() -> (World, RepositoryId, CommitId) {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    world.write(move |tx| tx.store_commits(repository, &[commit(1)], now())).await;
    let profile = world.profile;
    let found = world.read(move |tx| tx.find_commits(profile, "0000")).await.remove(0);
    (world, repository, found.id)
}

async fn add(world: &World, repository: RepositoryId, links: &[(&str, Provenance)]) -> usize {
    let links = links.iter().map(|(key, provenance)| ((*key).to_owned(), *provenance)).collect();
    world.write(move |tx| tx.add_links(repository, &[(sha(1), links)])).await
}

async fn link(world: &World, id: CommitId, key: &'static str) -> bool {
    world.write(move |tx| tx.link_by_hand(id, key)).await
}

async fn unlink(world: &World, id: CommitId, key: &'static str) -> bool {
    world.write(move |tx| tx.unlink_by_hand(id, key)).await
}

async fn listed(world: &World) -> ListedCommit {
    let profile = world.profile;
    world.read(move |tx| tx.commit_list(profile, &CommitFilter::default())).await.remove(0)
}

/// The card key, all keys and whether there is one; the three always agree.
async fn keys(world: &World) -> Vec<String> {
    let commit = listed(world).await;
    assert_eq!(
        commit.jira_card_key.as_ref(),
        commit.jira_card_keys.first(),
        "the card key is the first of all"
    );
    assert_eq!(commit.has_link, !commit.jira_card_keys.is_empty(), "has_link says whether there is one");
    commit.jira_card_keys
}

#[tokio::test]
async fn a_commit_without_links_says_so() {
    let (world, ..) = one_commit().await;
    assert_eq!(keys(&world).await, Vec::<String>::new(), "no key was found yet");
}

#[tokio::test]
async fn links_found_twice_are_there_once() {
    let (world, repository, _) = one_commit().await;
    let found = [("ABC-2", Message), ("ABC-1", Message), ("XYZ-9", Branch)];
    assert_eq!(add(&world, repository, &found).await, 3, "all are new");
    let before = world.everything();
    assert_eq!(add(&world, repository, &found).await, 0, "none is");
    assert_eq!(world.everything(), before, "nothing has changed");
    assert_eq!(keys(&world).await, ["ABC-2", "ABC-1", "XYZ-9"], "in the order in which they were found");
}

#[tokio::test]
async fn the_message_comes_before_the_branch_and_the_branch_before_a_person() {
    let (world, repository, id) = one_commit().await;
    link(&world, id, "HAND-1").await;
    assert_eq!(keys(&world).await, ["HAND-1"], "a link by hand is a link");
    add(&world, repository, &[("BR-1", Branch), ("BR-2", Branch)]).await;
    assert_eq!(keys(&world).await, ["BR-1", "BR-2", "HAND-1"], "what the branch says comes first");
    add(&world, repository, &[("MSG-1", Message)]).await;
    assert_eq!(keys(&world).await, ["MSG-1", "BR-1", "BR-2", "HAND-1"], "what the message says before that");
}

#[tokio::test]
async fn what_a_person_unlinked_stays_unlinked() {
    let (world, repository, id) = one_commit().await;
    let found = [("ABC-1", Message), ("ABC-2", Branch)];
    add(&world, repository, &found).await;
    assert!(unlink(&world, id, "abc-1").await, "there was such a link, in any letter case");
    assert_eq!(keys(&world).await, ["ABC-2"], "the next one takes its place");
    assert!(!unlink(&world, id, "ABC-1").await, "there is none any more");
    assert_eq!(add(&world, repository, &found).await, 0, "a sync adds nothing");
    assert_eq!(keys(&world).await, ["ABC-2"], "and brings nothing back");
    assert!(unlink(&world, id, "ABC-2").await, "the last one");
    assert_eq!(keys(&world).await, Vec::<String>::new(), "leaves the commit without a link");
}

#[tokio::test]
async fn what_a_person_linked_stays_theirs() {
    let (world, repository, id) = one_commit().await;
    assert!(link(&world, id, "abc-1").await, "it is new");
    assert!(!link(&world, id, "ABC-1").await, "it is there already, in any letter case");
    add(&world, repository, &[("ABC-1", Message), ("ABC-2", Message)]).await;
    let links = world.ask_by_hand("SELECT card_key, provenance FROM v_commit_links ORDER BY card_key");
    assert_eq!(links, ["ABC-1 | manual", "ABC-2 | message"], "a sync does not take it over");
    assert_eq!(keys(&world).await, ["ABC-2", "ABC-1"], "the order is by who says it");
}

#[tokio::test]
async fn a_link_that_a_person_takes_back_is_theirs() {
    let (world, repository, id) = one_commit().await;
    add(&world, repository, &[("ABC-1", Message), ("ABC-2", Branch)]).await;
    unlink(&world, id, "ABC-1").await;
    assert!(link(&world, id, "abc-1").await, "it comes back");
    let links = world.ask_by_hand("SELECT card_key, provenance FROM v_commit_links ORDER BY card_key");
    assert_eq!(
        links,
        ["ABC-1 | manual", "ABC-2 | branch"],
        "as what a person says, whatever the message says"
    );
    assert!(!link(&world, id, "ABC-1").await, "and is there");
    assert!(!world.write(move |tx| tx.replace_found_links(id, &[("ABC-2".into(), Branch)])).await, "a sync");
    assert_eq!(keys(&world).await, ["ABC-2", "ABC-1"], "does not undo it when the message says so no more");
}

#[tokio::test]
async fn linking_is_undone_by_taking_the_link_away() {
    let (world, repository, id) = one_commit().await;
    add(&world, repository, &[("ABC-2", Message)]).await;
    link(&world, id, "ABC-1").await;
    unlink(&world, id, "ABC-1").await;
    unlink(&world, id, "ABC-2").await;
    let links = world.read(move |tx| tx.links_of(id)).await;
    let known: Vec<_> = links.iter().map(|link| (link.key.as_str(), link.removed)).collect();
    assert_eq!(known, [("ABC-2", true)], "only what PDT found can be given back");
    assert_eq!(add(&world, repository, &[("ABC-1", Message)]).await, 0, "a sync still heeds what was said");
    assert!(link(&world, id, "ABC-1").await, "a person may say it again");
    let links = world.ask_by_hand("SELECT card_key, provenance FROM v_commit_links");
    assert_eq!(links, ["ABC-1 | manual"], "as theirs");
}

#[tokio::test]
async fn unlinking_what_was_never_linked_changes_nothing() {
    let (world, repository, id) = one_commit().await;
    let before = world.everything();
    assert!(!unlink(&world, id, "ABC-1").await, "there was none");
    assert_eq!(world.everything(), before, "nothing has changed");
    assert_eq!(add(&world, repository, &[("ABC-1", Message)]).await, 1, "and a later find counts");
}

#[tokio::test]
async fn keys_of_commits_without_a_row_are_passed_over() {
    let (world, repository, _) = one_commit().await;
    let added = world
        .write(move |tx| {
            tx.add_links(repository, &[(sha(9), vec![("ABC-1".into(), Message)]), (sha(1), vec![])])
        })
        .await;
    assert_eq!(added, 0, "one is outside the window, one has no keys");
    assert_eq!(keys(&world).await, Vec::<String>::new(), "nothing was linked");
}

#[tokio::test]
async fn a_link_is_its_repositorys_commits_only() {
    let (world, repository, _) = one_commit().await;
    let fork = world.repository("fork").await;
    world.write(move |tx| tx.store_commits(fork, &[commit(1)], now())).await;
    add(&world, repository, &[("ABC-1", Manual)]).await;
    let linked = world.ask_by_hand("SELECT repository, has_link FROM v_commits ORDER BY repository");
    assert_eq!(linked, ["acme/fork | 0", "acme/widgets | 1"], "the same SHA elsewhere is another commit");
}

#[tokio::test]
async fn linking_a_removed_commit_says_that_it_was_removed() {
    let (world, repository, id) = one_commit().await;
    world.write(move |tx| tx.remove_repository(repository)).await;
    let error = world.db.write(move |tx| tx.link_by_hand(id, "ABC-1")).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::OwnerRemoved, "{error}");
}
