//! Making the links of commits anew, and finding commits by any key that their card ever had.

use pdt_domain::card_key::Provenance::{self, Branch, Manual, Message};
use pdt_domain::ids::{CommitId, RepositoryId};
use pdt_domain::jira::Card;
use pdt_store::{CommitFilter, LinkableCommit, NewAccount, StoreErrorKind};

use crate::jira_world::{card, site, store};
use crate::world::{World, branch_reaching, commit, new_account, now, sha, tip};

async fn linkable(world: &World, after: i64, limit: u32) -> Vec<LinkableCommit> {
    let profile = world.profile;
    world.read(move |tx| tx.linkable_commits(profile, CommitId(after), limit)).await
}

/// `acme/widgets` with commits 1 to 3: 1 on `main`, 2 also on `feature/ABC-2`, 3 on that branch alone.
async fn three_commits() -> (World, RepositoryId) {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    world
        .write(move |tx| {
            tx.store_commits(repository, &[commit(1), commit(2), commit(3)], now())?;
            let main = branch_reaching(tx, repository, "main", &[1])?;
            branch_reaching(tx, repository, "feature/ABC-2", &[2, 3])?;
            tx.mark_named(repository)?;
            tx.record_tip(repository, &tip("main", &sha(2)))?;
            tx.set_reach(repository, main, &[sha(2)], &[])
        })
        .await;
    (world, repository)
}

#[tokio::test]
async fn a_linkable_commit_has_what_its_links_are_made_from() {
    let (world, repository) = three_commits().await;
    let links = vec![("ABC-9".to_owned(), Branch), ("ABC-2".to_owned(), Message)];
    world
        .write(move |tx| {
            tx.add_links(repository, &[(sha(2), links)])?;
            let second = tx.find_commits(tx.profiles()?[0].id, sha(2).as_str())?.remove(0);
            tx.link_by_hand(second.id, "ABC-1")?;
            tx.link_by_hand(second.id, "ABC-3")?;
            tx.unlink_by_hand(second.id, "ABC-3")
        })
        .await;
    let all = linkable(&world, 0, 10).await;
    let feature = Some("feature/ABC-2".to_owned());
    let places: Vec<_> = all.iter().map(|it| (it.branch_if_named.clone(), it.reached_by_default)).collect();
    assert_eq!(places, [(None, true), (feature.clone(), true), (feature, false)], "where each was seen");
    assert_eq!(all[1].message, "Change number 2", "what it says");
    let expected = [("ABC-2", Message), ("ABC-9", Branch), ("ABC-1", Manual)];
    assert_eq!(all[1].links, expected.map(|(key, how)| (key.to_owned(), how)), "in order, without ABC-3");
    assert_eq!(all[0].links, [], "one without links is linkable too");
}

#[tokio::test]
async fn a_branch_name_counts_once_it_was_searched() {
    let (world, repository) = three_commits().await;
    world
        .write(move |tx| {
            tx.store_commits(repository, &[commit(4), commit(5)], now())?;
            branch_reaching(tx, repository, "feature/ABC-4", &[4])
        })
        .await;
    let late = linkable(&world, 3, 10).await;
    let branches: Vec<_> = late.into_iter().map(|it| it.branch_if_named).collect();
    assert_eq!(branches, [None, None], "one is not searched yet, one is on no branch");
}

#[tokio::test]
async fn linkable_commits_come_in_pieces_and_from_one_profile() {
    let (world, _) = three_commits().await;
    let (_, theirs) = world.another_profile("client").await;
    let foreign = crate::world::new_repository(theirs, "widgets");
    let account = NewAccount { ..new_account(world.profile, "second") };
    world
        .write(move |tx| {
            let foreign = tx.insert_repository(&foreign)?.unwrap();
            tx.store_commits(foreign, &[commit(1)], now())?;
            let second = tx.upsert_account(&account)?;
            let second = tx.insert_repository(&crate::world::new_repository(second, "gears"))?.unwrap();
            tx.store_commits(second, &[commit(1)], now())
        })
        .await;
    let ids = |piece: Vec<LinkableCommit>| piece.into_iter().map(|it| it.id.0).collect::<Vec<_>>();
    assert_eq!(ids(linkable(&world, 0, 2).await), [1, 2], "the first piece");
    assert_eq!(ids(linkable(&world, 2, 2).await), [3, 5], "the next one, without the other profile's");
    assert_eq!(ids(linkable(&world, 5, 2).await), [0; 0], "the end");
}

/// A commit with these links, the last of which a person took away.
async fn linked(found: &[(&str, Provenance)]) -> (World, CommitId) {
    let (world, repository) = three_commits().await;
    let found: Vec<_> = found.iter().map(|(key, how)| ((*key).to_owned(), *how)).collect();
    let profile = world.profile;
    let id = world
        .write(move |tx| {
            let taken = found.last().map(|(key, _)| key.clone());
            tx.add_links(repository, &[(sha(1), found)])?;
            let id = tx.find_commits(profile, sha(1).as_str())?.remove(0).id;
            tx.unlink_by_hand(id, &taken.unwrap_or_default())?;
            Ok(id)
        })
        .await;
    (world, id)
}

async fn replace(world: &World, commit: CommitId, found: &[(&str, Provenance)]) -> bool {
    let found: Vec<_> = found.iter().map(|(key, how)| ((*key).to_owned(), *how)).collect();
    world.write(move |tx| tx.replace_found_links(commit, &found)).await
}

/// The links of the first commit in order, and what it says of itself.
fn links(world: &World) -> Vec<String> {
    let mut lines = world.ask_by_hand(
        "SELECT card_key, provenance FROM v_commit_links
         ORDER BY provenance = 'manual', provenance = 'branch', position",
    );
    lines.extend(world.ask_by_hand("SELECT jira_card_key, has_link FROM v_commits ORDER BY date LIMIT 1"));
    lines
}

#[tokio::test]
async fn found_links_become_exactly_what_was_found_now() {
    let (world, id) = linked(&[("UTF-8", Message), ("ABC-1", Message), ("GONE-1", Message)]).await;
    assert!(
        replace(&world, id, &[("abc-1", Message), ("ABC-2", Message), ("ABC-3", Branch)]).await,
        "a change"
    );
    let expected = ["ABC-1 | message", "ABC-2 | message", "ABC-3 | branch", "ABC-1 | 1"];
    assert_eq!(links(&world), expected, "the look-alike is gone, the first is the commit's key");
    let before = world.everything();
    assert!(
        !replace(&world, id, &[("ABC-3", Branch), ("ABC-1", Message), ("ABC-2", Message)]).await,
        "the same"
    );
    assert_eq!(world.everything(), before, "messages go before branches in any order");
    assert!(
        replace(&world, id, &[("ABC-2", Message), ("ABC-1", Message), ("ABC-2", Branch)]).await,
        "reordered"
    );
    assert_eq!(links(&world), ["ABC-2 | message", "ABC-1 | message", "ABC-2 | 1"], "each key once");
    assert!(replace(&world, id, &[]).await, "nothing counts any more");
    assert_eq!(links(&world), ["- | 0"], "it is unlinked");
}

#[tokio::test]
async fn what_a_person_decided_stays_as_it_is() {
    let (world, id) = linked(&[("ABC-1", Message), ("ABC-2", Branch)]).await;
    world.write(move |tx| tx.link_by_hand(id, "OPS-1")).await;
    let found = [("ABC-2", Message), ("OPS-1", Message), ("ABC-3", Message)];
    assert!(replace(&world, id, &found).await, "one is new");
    let expected = ["ABC-3 | message", "OPS-1 | manual", "ABC-3 | 1"];
    assert_eq!(
        links(&world),
        expected,
        "the link taken away stays away, the one made by hand is still theirs"
    );
    assert!(!replace(&world, id, &found).await, "twice the same is once");
    world.write(move |tx| tx.link_by_hand(id, "ABC-2")).await;
    assert!(links(&world).contains(&"ABC-2 | manual".to_owned()), "who took it away can bring it back");
}

#[tokio::test]
async fn links_of_a_removed_commit_are_said_to_be_removed() {
    let (world, repository) = three_commits().await;
    world.write(move |tx| tx.remove_repository(repository)).await;
    let found = [("ABC-1".to_owned(), Message)];
    let late = world.db.write(move |tx| tx.replace_found_links(CommitId(1), &found)).await;
    assert_eq!(late.unwrap_err().kind(), StoreErrorKind::OwnerRemoved, "who writes for it hears so");
}

#[tokio::test]
async fn a_commit_is_found_by_any_key_that_its_card_ever_had() {
    let (world, repository) = three_commits().await;
    let account = site(&world, "acme").await;
    store(&world, account, vec![card(1)]).await;
    let found =
        [(sha(1), vec![("ABC-1".to_owned(), Message)]), (sha(2), vec![("NEW-7".to_owned(), Message)])];
    world.write(move |tx| tx.add_links(repository, &found)).await;
    let count = async |key: &str| {
        let filter = CommitFilter { card: Some(key.to_owned()), ..CommitFilter::default() };
        let profile = world.profile;
        world.read(move |tx| tx.commit_list(profile, &filter)).await.len()
    };
    assert_eq!((count("ABC-1").await, count("new-7").await), (1, 1), "two cards, as far as anybody knows");
    store(&world, account, vec![Card { key: "NEW-7".into(), ..card(1) }]).await;
    assert_eq!((count("ABC-1").await, count("new-7").await), (2, 2), "one card with two keys");
    assert_eq!(count("NEW-8").await, 0, "another card");
}

#[tokio::test]
async fn a_profile_remembers_with_which_projects_its_links_were_made() {
    let world = World::new().await;
    let profile = world.profile;
    let (other, _) = world.another_profile("client").await;
    let remembered = |profile| world.read(move |tx| tx.linked_projects(profile));
    assert_eq!(remembered(profile).await, None, "without any at first");
    world.write(move |tx| tx.set_linked_projects(profile, Some("ABC OPS"))).await;
    assert_eq!(remembered(profile).await.as_deref(), Some("ABC OPS"), "then with these");
    assert_eq!(remembered(other).await, None, "each profile for itself");
    world.write(move |tx| tx.set_linked_projects(profile, None)).await;
    assert_eq!(remembered(profile).await, None, "and without any again");
}
