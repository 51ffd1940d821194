//! Walking through commits: the same ones as the list, in steps, whatever is stored meanwhile.

use pdt_domain::card_key::Provenance::{Branch, Message};
use pdt_domain::ids::{CommitId, ProfileId};
use pdt_domain::search::Words;
use pdt_store::{CommitFilter, NewRepository, ReadTx, StoreError, WalkPlace, WriteTx};

use crate::world::{World, at, branch_reaching, commit, new_repository, now, sha};

/// 60 commits each in two repositories, three of each second; branches, links, and authors of several scripts.
async fn history() -> World {
    let world = World::new().await;
    let (profile, account) = (world.profile, world.account);
    let (_, other) = world.another_profile("client").await;
    world
        .write(move |tx| {
            for (name, account) in [("widgets", account), ("gears", account), ("widgets", other)] {
                fill(tx, &new_repository(account, name))?;
            }
            for commit in tx.find_commits(profile, "0000")?.into_iter().step_by(9) {
                tx.link_by_hand(commit.id, "HAND-7")?;
            }
            Ok(())
        })
        .await;
    world
}

fn fill(tx: &WriteTx<'_>, repository: &NewRepository) -> Result<(), StoreError> {
    let repository = tx.insert_repository(repository)?.unwrap();
    let page: Vec<_> = (1..=60).map(varied).collect();
    tx.store_commits(repository, &page, now())?;
    branch_reaching(tx, repository, "main", &(1..=45).collect::<Vec<_>>())?;
    branch_reaching(tx, repository, "feature/ÄPFEL", &(30..=60).collect::<Vec<_>>())?;
    let gone = branch_reaching(tx, repository, "old", &[1, 2, 3])?;
    tx.mark_branch_deleted(gone, now())?;
    tx.refresh_home_branches(repository)?;
    for number in (1..=60).filter(|number| number % 3 == 0) {
        let links = vec![(format!("ABC-{}", number % 5), Message), ("OPS-1".to_owned(), Branch)];
        tx.add_links(repository, &[(sha(number), links)])?;
    }
    Ok(())
}

fn varied(number: u32) -> pdt_domain::graph::Placed {
    let mut placed = commit(number);
    placed.commit.authored_at = at("2026-02-18T00:00:00Z") + chrono::TimeDelta::hours(i64::from(number / 3));
    if number.is_multiple_of(4) {
        placed.commit.author = "Zoë ŁUKASZ".to_owned();
        placed.commit.author_email = "Zoe@Example.org".to_owned();
    }
    if number.is_multiple_of(7) {
        placed.commit.message = "Größe ÄNDERN\n\nbecause".to_owned();
    }
    placed
}

/// Every combination of these.
fn filters() -> Vec<CommitFilter> {
    let mut filters = vec![CommitFilter::default()];
    let mut vary = |choices: &[&dyn Fn(CommitFilter) -> CommitFilter]| {
        let before = filters.clone();
        filters.extend(choices.iter().flat_map(|choice| before.iter().cloned().map(choice)));
    };
    vary(&[&|it| CommitFilter { repository: Some("ACME/widgets".into()), ..it }]);
    vary(&[&|it| CommitFilter { since: Some(at("2026-02-18T07:00:00Z")), ..it }]);
    vary(&[&|it| CommitFilter { until_exclusive: Some(at("2026-02-18T15:00:00Z")), ..it }]);
    vary(&[&|it| CommitFilter { card: Some("abc-3".into()), ..it }]);
    vary(&[&|it| CommitFilter { unlinked: true, ..it }]);
    vary(&[
        &|it| CommitFilter { words: Words::of("ändern GRÖßE"), ..it },
        &|it| CommitFilter { words: Words::of("hand-7"), ..it },
        &|it| CommitFilter { words: Words::of("number feature/äpfel"), ..it },
    ]);
    vary(&[&|it| CommitFilter { branch: Some("feature/ÄPFEL".into()), ..it }, &|it| CommitFilter {
        branch: Some("old".into()),
        ..it
    }]);
    vary(&[&|it| CommitFilter { author: Some("zoe@example.ORG".into()), ..it }, &|it| CommitFilter {
        author: Some("zoË łukasz".into()),
        ..it
    }]);
    filters
}

/// What a walk finds in steps of so many at most.
fn walked(
    tx: &ReadTx<'_>,
    profile: ProfileId,
    filter: &CommitFilter,
    most: usize,
) -> Result<Vec<CommitId>, StoreError> {
    let mut walk = tx.commit_walk(profile, filter)?;
    let (mut found, mut place) = (Vec::new(), None);
    loop {
        let step = walk.step(place, most)?;
        found.extend(step.found);
        place = step.seen.or(place);
        if step.is_last {
            return Ok(found);
        }
    }
}

#[tokio::test]
async fn a_walk_finds_what_the_list_has_whatever_is_asked_for() {
    let world = history().await;
    let profile = world.profile;
    let compared = world.read(move |tx| {
        let mut found = 0;
        for filter in filters() {
            let listed: Vec<_> =
                tx.commit_list(profile, &filter)?.into_iter().map(|row| (row.repo, row.sha)).collect();
            for most in [4, usize::MAX] {
                let ids = walked(tx, profile, &filter, most)?;
                let rows = tx.commit_rows(profile, &ids)?.into_iter().map(|row| (row.repo, row.sha));
                assert_eq!(rows.collect::<Vec<_>>(), listed, "{filter:?} in steps of {most}");
            }
            found += listed.len();
        }
        Ok(found)
    });
    assert!(compared.await > 1_000, "the filters let something through");
}

#[tokio::test]
async fn what_is_stored_meanwhile_makes_nothing_come_twice() {
    let world = history().await;
    let (profile, gears) = (world.profile, world.repository("more").await);
    let filter = CommitFilter::default();
    let (mut found, mut place): (Vec<CommitId>, Option<WalkPlace>) = (Vec::new(), None);
    for number in 100.. {
        let (filter, from) = (filter.clone(), place);
        let step = world.read(move |tx| tx.commit_walk(profile, &filter)?.step(from, 7)).await;
        found.extend(step.found);
        place = step.seen.or(place);
        if step.is_last {
            break;
        }
        let mut placed = commit(number);
        placed.commit.authored_at = place.unwrap().date;
        world.write(move |tx| tx.store_commits(gears, &[placed], now())).await;
    }
    let known = found.iter().collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!(known, found.len(), "each once");
    assert_eq!(
        known, 120,
        "and all that were there; newer ones of the same second are in front of the place"
    );
}

#[tokio::test]
async fn a_place_outside_the_days_leads_to_nothing_outside_them() {
    let world = history().await;
    let profile = world.profile;
    let filter = CommitFilter {
        since: Some(at("2026-02-18T07:00:00Z")),
        until_exclusive: Some(at("2026-02-18T08:00:00Z")),
        ..CommitFilter::default()
    };
    let from = |text: &str| Some(WalkPlace { date: at(text), id: CommitId(i64::MAX) });
    let places = [
        (from("2030-01-01T00:00:00Z"), 6),
        (from("2026-02-18T07:00:00Z"), 6),
        (from("1999-01-01T00:00:00Z"), 0),
    ];
    for (place, expected) in places {
        let filter = filter.clone();
        let step = world.read(move |tx| tx.commit_walk(profile, &filter)?.step(place, 99)).await;
        assert_eq!(step.found.len(), expected, "{place:?}");
        assert!(step.is_last, "{place:?}");
    }
}

#[tokio::test]
async fn rows_come_in_the_order_they_are_asked_for_and_only_the_profiles() {
    let world = history().await;
    let (profile, (client, _)) = (world.profile, world.another_profile("client").await);
    let (rows, theirs) = world
        .read(move |tx| {
            let ids = walked(tx, profile, &CommitFilter::default(), 99)?;
            let theirs = walked(tx, client, &CommitFilter::default(), 99)?;
            let wanted = [ids[5], theirs[0], CommitId(999_999), ids[2]];
            Ok((tx.commit_rows(profile, &wanted)?, [ids[5], ids[2]]))
        })
        .await;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    assert_eq!(ids, theirs, "a stranger's commit and one that is gone are left out");
}

#[tokio::test]
async fn facets_are_the_authors_and_the_branches_that_are_there() {
    let world = history().await;
    let profile = world.profile;
    let (authors, branches) = world
        .read(move |tx| {
            let one = CommitFilter { repository: Some("acme/gears".into()), ..CommitFilter::default() };
            let all = CommitFilter::default();
            assert_eq!(tx.latest_authors(profile, &one, 999)?.len(), 60, "of one repository");
            assert_eq!(
                tx.branch_names(profile, &one, 9)?,
                tx.branch_names(profile, &all, 9)?,
                "the same names"
            );
            Ok((tx.latest_authors(profile, &all, 999)?, tx.branch_names(profile, &all, 9)?))
        })
        .await;
    assert_eq!(authors.len(), 120, "one a commit, and no other profile's");
    assert_eq!(branches, ["feature/ÄPFEL", "main"], "each once, and none that is gone");
}

#[tokio::test]
async fn facets_of_a_profile_do_not_wait_behind_those_of_another() {
    let world = World::new().await;
    let (profile, (_, other)) = (world.profile, world.another_profile("client").await);
    let mine = world.repository("widgets").await;
    world
        .write(move |tx| {
            tx.store_commits(mine, &[commit(1)], now())?;
            branch_reaching(tx, mine, "zenith", &[1])?;
            let theirs = tx.insert_repository(&new_repository(other, "huge"))?.unwrap();
            tx.store_commits(theirs, &[commit(2)], now())
        })
        .await;
    let more = rusqlite::Connection::open(world.db.path()).unwrap();
    more.execute_batch(THEIR_MANY).unwrap();
    let (authors, branches) = world
        .read(move |tx| {
            let all = CommitFilter::default();
            Ok((tx.latest_authors(profile, &all, 99)?, tx.branch_names(profile, &all, 99)?))
        })
        .await;
    assert_eq!(authors.len(), 1, "the one commit of this profile, behind newer ones of the other");
    assert_eq!(branches, ["zenith"], "and its branch, behind those of the other");
}

/// 60,000 later commits and as many branches whose names come first, in the second repository.
const THEIR_MANY: &str = "
    WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 60099)
    INSERT INTO commits (repository_id, sha, message, author, author_email, date, committed_at, first_seen_at)
    SELECT 2, printf('%040x', i), 'Work', 'Bo', 'bo@example.org', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z',
        '2026-03-01T00:00:00Z'
    FROM n;
    WITH RECURSIVE n (i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 60099)
    INSERT INTO branches (repository_id, name, tip_sha, first_seen_at)
    SELECT 2, 'branch ' || i, printf('%040x', i), '2026-03-01T00:00:00Z' FROM n;
";

#[tokio::test]
async fn the_first_names_of_branches_are_told_where_not_all_are() {
    let world = history().await;
    let profile = world.profile;
    let more = world.repository("more").await;
    world
        .write(move |tx| {
            tx.store_commits(more, &[commit(1)], now())?;
            branch_reaching(tx, more, "again", &[1])
        })
        .await;
    let names = world.read(move |tx| tx.branch_names(profile, &CommitFilter::default(), 2)).await;
    assert_eq!(names, ["again", "feature/ÄPFEL"], "whichever repository has them");
}
