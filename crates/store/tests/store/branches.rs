//! Branches and what happens to them.

use pdt_domain::ids::{BranchId, RepositoryId};
use pdt_store::{Branch, BranchEventKind, Movement, RecordTip};

use crate::world::{World, at, now, sha, tip};

async fn only(world: &World, repository: RepositoryId) -> Branch {
    world.read(move |tx| tx.branches(repository)).await.remove(0)
}

/// What happened: kind, first digits before, first digits after.
async fn events(world: &World, repository: RepositoryId) -> Vec<(BranchEventKind, Option<u32>, Option<u32>)> {
    let number = |sha: pdt_domain::ids::Sha| u32::from_str_radix(&sha.as_str()[32..], 16).unwrap();
    let events = world.read(move |tx| tx.branch_events(repository)).await;
    events.into_iter().map(|event| (event.kind, event.before.map(number), event.after.map(number))).collect()
}

async fn record(world: &World, repository: RepositoryId, number: u32) -> BranchId {
    world.write(move |tx| tx.record_tip(repository, &tip("main", &sha(number)))).await
}

#[tokio::test]
async fn a_new_branch_is_recorded_with_its_creation() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let since = at("2026-01-19T00:00:00Z");
    let id = world
        .write(move |tx| {
            tx.record_tip(repository, &RecordTip { since: Some(since), ..tip("feature/ä,\"\n", &sha(1)) })
        })
        .await;
    let expected = Branch {
        id,
        repository_id: repository,
        name: "feature/ä,\"\n".into(),
        tip_sha: sha(1),
        walked_sha: None,
        since: Some(since),
        first_seen_at: now(),
        deleted_at: None,
        last_error: None,
    };
    assert_eq!(only(&world, repository).await, expected, "nothing is walked yet");
    assert_eq!(events(&world, repository).await, [(BranchEventKind::Created, None, Some(1))], "one event");
}

#[tokio::test]
async fn a_tip_that_stays_is_not_written() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let id = record(&world, repository, 1).await;
    let before = world.everything();
    let again = world
        .write(move |tx| {
            let later = at("2026-02-19T00:00:00Z");
            tx.record_tip(
                repository,
                &RecordTip { since: Some(later), seen_at: later, ..tip("main", &sha(1)) },
            )
        })
        .await;
    assert_eq!(again, id, "it is the same branch");
    assert_eq!(world.everything(), before, "nothing has changed");
}

#[tokio::test]
async fn a_tip_that_moves_keeps_the_place_and_where_the_branch_begins() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let id = record(&world, repository, 1).await;
    world.write(move |tx| tx.settle_branch(id, &sha(1), Movement::Created, now())).await;
    world
        .write(move |tx| {
            let since = Some(at("2026-02-18T00:00:00Z"));
            tx.record_tip(repository, &RecordTip { since, ..tip("main", &sha(2)) })
        })
        .await;
    let branch = only(&world, repository).await;
    assert_eq!(branch.tip_sha, sha(2), "the tip follows");
    assert_eq!(branch.walked_sha, Some(sha(1)), "what is stored does not");
    assert_eq!(branch.since, None, "where it begins is decided once");
    assert_eq!(events(&world, repository).await.len(), 1, "the movement is told when it is walked");
}

#[tokio::test]
async fn a_walk_records_how_the_branch_moved_once() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let id = record(&world, repository, 1).await;
    let settle =
        |number, movement| world.write(move |tx| tx.settle_branch(id, &sha(number), movement, now()));
    settle(1, Movement::Created).await;
    settle(1, Movement::Unchanged).await;
    settle(2, Movement::Moved).await;
    settle(3, Movement::Rewritten).await;
    let before = world.everything();
    settle(3, Movement::Rewritten).await;
    assert_eq!(world.everything(), before, "settling at the same place again changes nothing");
    let expected = [
        (BranchEventKind::Created, None, Some(1)),
        (BranchEventKind::Moved, Some(1), Some(2)),
        (BranchEventKind::Rewritten, Some(2), Some(3)),
    ];
    assert_eq!(events(&world, repository).await, expected, "each movement is told once, from where to where");
}

#[tokio::test]
async fn an_error_of_a_branch_keeps_its_place_and_ends_with_the_next_walk() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let id = record(&world, repository, 1).await;
    world.write(move |tx| tx.settle_branch(id, &sha(1), Movement::Created, now())).await;
    world.write(move |tx| tx.note_branch_error(id, "the service did not answer")).await;
    let failed = only(&world, repository).await;
    assert_eq!(failed.last_error.as_deref(), Some("the service did not answer"), "it is recorded");
    assert_eq!(failed.walked_sha, Some(sha(1)), "the place stays");
    world.write(move |tx| tx.settle_branch(id, &sha(1), Movement::Unchanged, now())).await;
    assert_eq!(only(&world, repository).await.last_error, None, "a clean walk clears it");
}

#[tokio::test]
async fn a_branch_that_is_deleted_once_is_told_once() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let id = record(&world, repository, 1).await;
    world.write(move |tx| tx.mark_branch_deleted(id, now())).await;
    let before = world.everything();
    world.write(move |tx| tx.mark_branch_deleted(id, at("2027-01-01T00:00:00Z"))).await;
    assert_eq!(world.everything(), before, "it is gone since it was seen to be gone");
    assert_eq!(only(&world, repository).await.deleted_at, Some(now()), "the row stays and says so");
    let last = events(&world, repository).await.pop();
    assert_eq!(last, Some((BranchEventKind::Deleted, Some(1), None)), "where it pointed is remembered");
}

#[tokio::test]
async fn a_deleted_branch_that_comes_back_is_the_same_branch() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let id = record(&world, repository, 1).await;
    world.write(move |tx| tx.mark_branch_deleted(id, now())).await;
    assert_eq!(record(&world, repository, 1).await, id, "back where it was");
    world.write(move |tx| tx.mark_branch_deleted(id, now())).await;
    assert_eq!(record(&world, repository, 7).await, id, "back elsewhere");
    let branch = only(&world, repository).await;
    assert_eq!((branch.deleted_at, branch.tip_sha), (None, sha(7)), "it is there, at its new place");
    let restored: Vec<_> =
        events(&world, repository).await.into_iter().filter(|it| it.0 == BranchEventKind::Restored).collect();
    let expected =
        [(BranchEventKind::Restored, Some(1), Some(1)), (BranchEventKind::Restored, Some(1), Some(7))];
    assert_eq!(restored, expected, "each return is told");
}

#[tokio::test]
async fn branch_names_differ_in_letter_case_and_between_repositories() {
    let world = World::new().await;
    let (one, two) = (world.repository("widgets").await, world.repository("gears").await);
    world
        .write(move |tx| {
            for name in ["main", "Main", "münchen"] {
                tx.record_tip(one, &tip(name, &sha(1)))?;
            }
            tx.record_tip(two, &tip("main", &sha(1)))
        })
        .await;
    let names: Vec<_> =
        world.read(move |tx| tx.branches(one)).await.into_iter().map(|branch| branch.name).collect();
    assert_eq!(names, ["Main", "main", "münchen"], "git tells them apart");
    assert_eq!(world.read(move |tx| tx.branches(two)).await.len(), 1, "a branch is its repository's");
}

#[tokio::test]
async fn what_happens_to_an_unknown_branch_is_passed_over() {
    let world = World::new().await;
    let before = world.everything();
    let unknown = BranchId(77);
    world
        .write(move |tx| {
            tx.mark_branch_deleted(unknown, now())?;
            tx.settle_branch(unknown, &sha(1), Movement::Moved, now())?;
            tx.note_branch_error(unknown, "x")
        })
        .await;
    assert_eq!(world.everything(), before, "its repository was removed meanwhile");
}
