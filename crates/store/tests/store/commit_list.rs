//! The list of commits and its filters.

use pdt_domain::card_key::Provenance::{Branch, Message};
use pdt_domain::provider::Provider;
use pdt_store::{CommitFilter, ListedCommit, NewAccount, NewRepository};

use crate::world::{World, at, branch_reaching, commit, new_account, new_repository, now, sha};

async fn list(world: &World, filter: CommitFilter) -> Vec<ListedCommit> {
    let profile = world.profile;
    world.read(move |tx| tx.commit_list(profile, &filter)).await
}

/// Which commits a filter lets through, by the number of their SHA.
async fn numbers(world: &World, filter: CommitFilter) -> Vec<u32> {
    let number = |it: ListedCommit| u32::from_str_radix(&it.sha.as_str()[32..], 16).unwrap();
    list(world, filter).await.into_iter().map(number).collect()
}

const NOTHING: [u32; 0] = [];

fn all() -> CommitFilter {
    CommitFilter::default()
}

/// `acme/widgets` with commits 1 to 5; 2 is linked to ABC-2, 3 to ABC-2 and ABC-30, 4 was unlinked again.
async fn five_commits() -> World {
    let world = World::new().await;
    let profile = world.profile;
    let repository = world.repository("widgets").await;
    world
        .write(move |tx| {
            let page: Vec<_> = (1..=5).map(commit).collect();
            tx.store_commits(repository, &page, now())?;
            let links = [
                (sha(2), vec![("ABC-2".to_owned(), Message)]),
                (sha(3), vec![("ABC-30".to_owned(), Message), ("ABC-2".to_owned(), Branch)]),
                (sha(4), vec![("ABC-4".to_owned(), Message)]),
            ];
            tx.add_links(repository, &links)?;
            let fourth = tx.find_commits(profile, sha(4).as_str())?.remove(0);
            tx.unlink_by_hand(fourth.id, "ABC-4")
        })
        .await;
    world
}

#[tokio::test]
async fn the_newest_come_first_and_a_limit_cuts_the_oldest() {
    let world = five_commits().await;
    assert_eq!(numbers(&world, all()).await, [5, 4, 3, 2, 1], "by date");
    assert_eq!(numbers(&world, CommitFilter { limit: Some(2), ..all() }).await, [5, 4], "the newest two");
    assert_eq!(numbers(&world, CommitFilter { limit: Some(0), ..all() }).await, NOTHING, "none is none");
    assert_eq!(numbers(&world, CommitFilter { limit: Some(u32::MAX), ..all() }).await.len(), 5, "or all");
}

#[tokio::test]
async fn commits_of_one_second_have_an_order_that_stays() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    world
        .write(move |tx| {
            let page: Vec<_> = [4, 1, 3]
                .map(commit)
                .into_iter()
                .map(|mut kept| {
                    kept.commit.authored_at = now();
                    kept
                })
                .collect();
            tx.store_commits(repository, &page, now())
        })
        .await;
    assert_eq!(numbers(&world, all()).await, [3, 1, 4], "the one stored last comes first");
    assert_eq!(numbers(&world, CommitFilter { limit: Some(2), ..all() }).await, [3, 1], "with a limit too");
}

#[tokio::test]
async fn days_go_by_the_authors_date_and_end_before_their_end() {
    let world = five_commits().await;
    let since = CommitFilter { since: Some(at("2026-02-18T00:03:00Z")), ..all() };
    assert_eq!(numbers(&world, since).await, [5, 4, 3], "the beginning belongs to it");
    let until = CommitFilter { until_exclusive: Some(at("2026-02-18T00:03:00Z")), ..all() };
    assert_eq!(numbers(&world, until).await, [2, 1], "the end does not");
    let offset = CommitFilter {
        since: Some(at("2026-02-18T07:02:00+07:00")),
        until_exclusive: Some(at("2026-02-17T19:04:00-05:00")),
        ..all()
    };
    assert_eq!(numbers(&world, offset).await, [3, 2], "whatever zone the day was in");
}

#[tokio::test]
async fn a_card_is_found_in_any_letter_case_and_not_by_a_part_of_it() {
    let world = five_commits().await;
    let card = |key: &str| CommitFilter { card: Some(key.into()), ..all() };
    assert_eq!(numbers(&world, card("abc-2")).await, [3, 2], "also where it is not the first key");
    assert_eq!(numbers(&world, card("ABC-3")).await, NOTHING, "ABC-30 is another card");
    assert_eq!(numbers(&world, card("ABC-4")).await, NOTHING, "what a person unlinked is not linked");
    assert_eq!(numbers(&world, card("ABC-%")).await, NOTHING, "a card is no pattern");
}

#[tokio::test]
async fn unlinked_are_those_without_any_link() {
    let world = five_commits().await;
    let unlinked = CommitFilter { unlinked: true, ..all() };
    assert_eq!(numbers(&world, unlinked).await, [5, 4, 1], "one that a person unlinked included");
}

#[tokio::test]
async fn filters_work_together() {
    let world = five_commits().await;
    let filter = CommitFilter {
        repository: Some("ACME/Widgets".into()),
        since: Some(at("2026-02-18T00:02:00Z")),
        until_exclusive: Some(at("2026-02-18T00:05:00Z")),
        card: Some("ABC-2".into()),
        limit: Some(1),
        ..all()
    };
    assert_eq!(numbers(&world, filter.clone()).await, [3], "each of them holds");
    let contradiction = CommitFilter { unlinked: true, ..filter };
    assert_eq!(numbers(&world, contradiction).await, NOTHING, "a card and none at once is nothing");
}

#[tokio::test]
async fn a_repository_is_found_by_its_whole_name_in_any_letter_case() {
    let world = World::new().await;
    let (profile, account) = (world.profile, world.account);
    let (widgets, gears) = (world.repository("widgets").await, world.repository("gears").await);
    let gitlab = NewAccount {
        provider: Provider::Gitlab,
        url: "https://gitlab.com".into(),
        ..new_account(profile, "gitlab")
    };
    let nested = NewRepository { owner: "acme/platform".into(), ..new_repository(account, "deep") };
    world
        .write(move |tx| {
            let gitlab = tx.upsert_account(&gitlab)?;
            let twin = NewRepository { provider: Provider::Gitlab, ..new_repository(gitlab, "Widgets") };
            let twin = tx.insert_repository(&twin)?.unwrap();
            let nested = tx.insert_repository(&nested)?.unwrap();
            for (number, repository) in (1..).zip([widgets, gears, twin, nested]) {
                tx.store_commits(repository, &[commit(number)], now())?;
            }
            Ok(())
        })
        .await;
    let of = |name: &str| CommitFilter { repository: Some(name.into()), ..all() };
    assert_eq!(numbers(&world, of("acme/gears")).await, [2], "one");
    assert_eq!(numbers(&world, of("ACME/WIDGETS")).await, [3, 1], "on every host that has one of this name");
    assert_eq!(numbers(&world, of("acme/platform/deep")).await, [4], "a namespace belongs to the name");
    for nothing in ["widgets", "acme", "acme/", "deep", "platform/deep", "acme/widget_", ""] {
        assert_eq!(numbers(&world, of(nothing)).await, NOTHING, "{nothing:?} is no whole name");
    }
    let places: Vec<_> =
        list(&world, of("acme/widgets")).await.into_iter().map(|it| (it.repo, it.provider)).collect();
    let expected =
        [("acme/Widgets".to_owned(), Provider::Gitlab), ("acme/widgets".to_owned(), Provider::Github)];
    assert_eq!(places, expected, "each says where it is from");
}

#[tokio::test]
async fn branches_are_sorted_and_whole_whatever_is_in_their_names() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let names = ["zoo", "a,b", "a\"b", "a\nb", "[\"x\"]", "größe/🦀", "main"];
    world
        .write(move |tx| {
            tx.store_commits(repository, &[commit(1)], now())?;
            for name in names {
                branch_reaching(tx, repository, name, &[1])?;
            }
            let gone = [
                branch_reaching(tx, repository, "old, \"one\"", &[1])?,
                branch_reaching(tx, repository, "b", &[1])?,
            ];
            tx.set_reach(repository, gone[0], &[], &[sha(1)])?;
            tx.mark_branch_deleted(gone[1], now())
        })
        .await;
    let listed = list(&world, all()).await.remove(0);
    let mut sorted = names.map(str::to_owned).to_vec();
    sorted.sort();
    assert_eq!(listed.branches, sorted, "every name is one entry");
    assert_eq!(listed.former_branches, ["b", "old, \"one\""], "rewritten or deleted makes no difference");
}

#[tokio::test]
async fn a_profile_lists_its_own_only() {
    let world = five_commits().await;
    let (client, account) = world.another_profile("client").await;
    let theirs =
        world.write(move |tx| tx.insert_repository(&new_repository(account, "widgets"))).await.unwrap();
    world.write(move |tx| tx.store_commits(theirs, &[commit(9)], now())).await;
    assert_eq!(numbers(&world, all()).await, [5, 4, 3, 2, 1], "not the client's");
    let of_client = world.read(move |tx| tx.commit_list(client, &CommitFilter::default())).await;
    assert_eq!(of_client.len(), 1, "and the other way round");
}

#[tokio::test]
async fn a_profile_without_repositories_has_an_empty_list() {
    let world = World::new().await;
    assert_eq!(list(&world, all()).await, Vec::new(), "no repository, no commit");
    assert_eq!(
        list(&world, CommitFilter { unlinked: true, limit: Some(5), ..all() }).await,
        Vec::new(),
        "nor so"
    );
}
