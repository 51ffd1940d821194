//! Commits, their graph, and the branches that reach them.

use std::collections::HashSet;

use pdt_domain::graph::{Placed, Standing};
use pdt_domain::ids::{RepositoryId, Sha};
use pdt_store::{CommitFilter, GraphNode, ListedCommit, StoredPage};

use crate::world::{World, at, branch_reaching, commit, new_repository, now, sha, tip};

async fn list(world: &World) -> Vec<ListedCommit> {
    let profile = world.profile;
    world.read(move |tx| tx.commit_list(profile, &CommitFilter::default())).await
}

async fn graph(world: &World, repository: RepositoryId) -> Vec<GraphNode> {
    let mut nodes = world.read(move |tx| tx.graph_nodes(repository)).await;
    nodes.sort_by(|one, two| one.sha.cmp(&two.sha));
    nodes
}

fn numbers(numbers: &[u32]) -> HashSet<Sha> {
    numbers.iter().copied().map(sha).collect()
}

#[tokio::test]
async fn a_page_stored_twice_is_stored_once() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let store = || {
        world.write(move |tx| {
            let outside = Placed { standing: Standing::Outside, ..commit(0) };
            tx.store_commits(repository, &[outside, commit(1), commit(2)], now())
        })
    };
    assert_eq!(store().await, StoredPage { new_commits: 2 }, "two are within the window");
    let before = world.everything();
    assert_eq!(store().await, StoredPage { new_commits: 0 }, "they are not new any more");
    assert_eq!(world.everything(), before, "nothing has changed");
}

#[tokio::test]
async fn a_stored_commit_is_not_overwritten() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    world.write(move |tx| tx.store_commits(repository, &[commit(1)], now())).await;
    let before = world.everything();
    world
        .write(move |tx| {
            let mut other = commit(1);
            other.commit.message = "rewritten by a proxy".into();
            other.commit.parents = vec![];
            tx.store_commits(repository, &[other], at("2027-01-01T00:00:00Z"))
        })
        .await;
    assert_eq!(world.everything(), before, "a SHA is its content, and the first time is when it was seen");
}

#[tokio::test]
async fn a_commit_comes_back_as_it_was_written() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let message = "Größe, \"quoted\", 'single'\n\n\tbody; -- DROP TABLE commits\u{1F980}\u{0}end";
    world
        .write(move |tx| {
            let mut kept = commit(1);
            kept.commit.message = message.into();
            kept.commit.author = "Žofie O'Neil".into();
            kept.commit.author_email = String::new();
            tx.store_commits(repository, &[kept], now())
        })
        .await;
    let listed = list(&world).await.remove(0);
    assert_eq!(listed.message, message, "every character of it");
    assert_eq!(
        (listed.author.as_str(), listed.author_email.as_str()),
        ("Žofie O'Neil", ""),
        "and of its author"
    );
}

#[tokio::test]
async fn a_date_beyond_four_digits_is_stored_as_the_last_that_has_them() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    world
        .write(move |tx| {
            let (mut far, mut long_ago) = (commit(1), commit(2));
            far.commit.authored_at = chrono::DateTime::<chrono::Utc>::MAX_UTC;
            long_ago.commit.authored_at = chrono::DateTime::<chrono::Utc>::MIN_UTC;
            tx.store_commits(repository, &[far, long_ago, commit(3)], now())
        })
        .await;
    let dates = world.ask_by_hand("SELECT date FROM commits ORDER BY date");
    let expected = ["0000-01-01T00:00:00Z", "2026-02-18T00:03:00Z", "9999-12-31T23:59:59Z"];
    assert_eq!(dates, expected, "times are RFC 3339 and sort as text, whatever a broken clock made");
    assert_eq!(list(&world).await.len(), 3, "and they can be read back");
}

#[tokio::test]
async fn the_same_sha_in_two_repositories_and_two_profiles_is_as_many_commits() {
    let world = World::new().await;
    let (one, fork) = (world.repository("widgets").await, world.repository("fork").await);
    let (client, account) = world.another_profile("client").await;
    let theirs =
        world.write(move |tx| tx.insert_repository(&new_repository(account, "widgets"))).await.unwrap();
    world
        .write(move |tx| {
            for repository in [one, fork, theirs] {
                assert_eq!(tx.store_commits(repository, &[commit(1)], now())?.new_commits, 1, "new to each");
            }
            Ok(())
        })
        .await;
    assert_eq!(list(&world).await.len(), 2, "a fork does not take the commit away");
    let of_client = world.read(move |tx| tx.commit_list(client, &CommitFilter::default())).await;
    assert_eq!(of_client.len(), 1, "a profile sees its own");
}

#[tokio::test]
async fn the_graph_holds_what_is_outside_the_window_too() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    world
        .write(move |tx| {
            let mut merge = commit(2);
            merge.commit.parents = vec![sha(1), sha(9)];
            let outside = Placed { standing: Standing::Outside, ..commit(1) };
            tx.store_commits(repository, &[outside, merge], now())
        })
        .await;
    let expected = [
        GraphNode { sha: sha(1), parents: vec![sha(0)], standing: Standing::Outside },
        GraphNode { sha: sha(2), parents: vec![sha(1), sha(9)], standing: Standing::Kept },
    ];
    assert_eq!(graph(&world, repository).await, expected, "parents in git's order");
    assert_eq!(list(&world).await.len(), 1, "what is outside is not listed");
}

#[tokio::test]
async fn a_commit_may_rise_into_the_window_but_never_falls_out_of_it() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let store = |standing| {
        world.write(move |tx| tx.store_commits(repository, &[Placed { standing, ..commit(1) }], now()))
    };
    let standing = || async { graph(&world, repository).await[0].standing };
    assert_eq!(store(Standing::Outside).await.new_commits, 0, "outside");
    assert_eq!(store(Standing::Passed).await.new_commits, 0, "its date cannot be believed");
    assert_eq!(standing().await, Standing::Passed, "what lies behind it is wanted now");
    store(Standing::Outside).await;
    assert_eq!(standing().await, Standing::Passed, "and stays wanted");
    assert_eq!(store(Standing::Kept).await.new_commits, 1, "a longer window takes it in");
    for lower in [Standing::Outside, Standing::Passed] {
        assert_eq!(store(lower).await.new_commits, 0, "a shorter one does not forget it");
        assert_eq!(standing().await, Standing::Kept, "it stays in");
    }
}

#[tokio::test]
async fn a_branch_reaches_what_it_was_said_to_reach() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let branch = world
        .write(move |tx| {
            let outside = Placed { standing: Standing::Outside, ..commit(0) };
            tx.store_commits(repository, &[outside, commit(1), commit(2), commit(3)], now())?;
            branch_reaching(tx, repository, "main", &[0, 1, 2])
        })
        .await;
    let reached = world.read(move |tx| tx.reached_by(branch)).await;
    assert_eq!(reached, numbers(&[1, 2]), "only commits with a row count");
    let before = world.everything();
    world.write(move |tx| tx.set_reach(repository, branch, &[sha(1), sha(2)], &[sha(3)])).await;
    assert_eq!(world.everything(), before, "saying it again changes nothing");
}

#[tokio::test]
async fn what_a_force_push_dropped_becomes_former() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    world
        .write(move |tx| {
            tx.store_commits(repository, &[commit(1), commit(2), commit(3)], now())?;
            let branch = branch_reaching(tx, repository, "main", &[1, 2])?;
            tx.set_reach(repository, branch, &[sha(3)], &[sha(2)])?;
            tx.refresh_home_branches(repository)
        })
        .await;
    let (newest, dropped) = (list(&world).await.remove(0), list(&world).await.remove(1));
    assert_eq!((newest.sha, newest.branches), (sha(3), vec!["main".to_owned()]), "the new one is reached");
    assert_eq!(dropped.sha, sha(2), "the dropped one stays");
    assert_eq!(dropped.branches, Vec::<String>::new(), "no branch reaches it");
    assert_eq!(dropped.former_branches, ["main"], "one did");
    assert_eq!(dropped.branch.as_deref(), Some("main"), "and it is where it was first seen");
}

#[tokio::test]
async fn a_commit_pushed_back_is_reached_again() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    world
        .write(move |tx| {
            tx.store_commits(repository, &[commit(1)], now())?;
            let branch = branch_reaching(tx, repository, "main", &[1])?;
            tx.set_reach(repository, branch, &[], &[sha(1)])?;
            tx.set_reach(repository, branch, &[sha(1)], &[])
        })
        .await;
    let listed = list(&world).await.remove(0);
    assert_eq!((listed.branches.len(), listed.former_branches.len()), (1, 0), "once, and not both");
}

#[tokio::test]
async fn a_deleted_branch_is_a_former_one_until_it_is_restored() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let branch = world
        .write(move |tx| {
            tx.store_commits(repository, &[commit(1)], now())?;
            branch_reaching(tx, repository, "feature", &[1])
        })
        .await;
    world.write(move |tx| tx.mark_branch_deleted(branch, now())).await;
    let gone = list(&world).await.remove(0);
    assert_eq!((gone.branches.len(), gone.former_branches), (0, vec!["feature".to_owned()]), "it is gone");
    let reached = world.read(move |tx| tx.reached_by(branch)).await;
    assert_eq!(reached, numbers(&[1]), "what it reached at last is remembered");
    world.write(move |tx| tx.record_tip(repository, &tip("feature", &sha(1)))).await;
    let back = list(&world).await.remove(0);
    assert_eq!((back.branches, back.former_branches.len()), (vec!["feature".to_owned()], 0), "it is back");
}

#[tokio::test]
async fn home_is_the_default_branch_or_the_first() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let main = world
        .write(move |tx| {
            tx.store_commits(repository, &[commit(1), commit(2), commit(3)], now())?;
            branch_reaching(tx, repository, "second", &[2])?;
            branch_reaching(tx, repository, "first", &[1, 2])?;
            branch_reaching(tx, repository, "main", &[1])
        })
        .await;
    let homes = || async {
        let mut homes = list(&world).await.into_iter().map(|it| it.branch).collect::<Vec<_>>();
        homes.reverse();
        homes
    };
    let refresh = || world.write(move |tx| tx.refresh_home_branches(repository));
    let some = |name: &str| Some(name.to_owned());
    assert_eq!(refresh().await, 2, "two commits are on branches");
    assert_eq!(homes().await, [some("main"), some("second"), None], "default before first seen, or none");
    let before = world.everything();
    assert_eq!(refresh().await, 0, "nothing is left to change");
    assert_eq!(world.everything(), before, "so nothing has changed");

    world.write(move |tx| tx.set_reach(repository, main, &[sha(2)], &[sha(1)])).await;
    assert_eq!(refresh().await, 2, "one merged, one dropped");
    assert_eq!(homes().await, [some("first"), some("main"), None], "a merged commit moves home");

    world.write(move |tx| tx.mark_branch_deleted(main, now())).await;
    refresh().await;
    assert_eq!(
        homes().await,
        [some("first"), some("second"), None],
        "a deleted default branch is nobody's home"
    );

    world.write(move |tx| tx.set_default_branch(repository, Some("first"))).await;
    refresh().await;
    assert_eq!(homes().await, [some("first"), some("first"), None], "the default branch may change");
    world.write(move |tx| tx.set_default_branch(repository, None)).await;
    refresh().await;
    assert_eq!(homes().await, [some("first"), some("second"), None], "or be missing");
}

#[tokio::test]
async fn home_branches_of_other_repositories_stay() {
    let world = World::new().await;
    let (one, two) = (world.repository("widgets").await, world.repository("gears").await);
    world
        .write(move |tx| {
            for repository in [one, two] {
                tx.store_commits(repository, &[commit(1)], now())?;
                branch_reaching(tx, repository, "main", &[1])?;
            }
            tx.refresh_home_branches(one)
        })
        .await;
    let homes = world.ask_by_hand("SELECT repository, branch FROM v_commits ORDER BY repository");
    assert_eq!(homes, ["acme/gears | -", "acme/widgets | main"], "only the one that was asked for");
}

#[tokio::test]
async fn a_commit_is_found_by_the_beginning_of_its_sha() {
    let world = World::new().await;
    let (one, two) = (world.repository("widgets").await, world.repository("gears").await);
    let (_, account) = world.another_profile("client").await;
    let theirs =
        world.write(move |tx| tx.insert_repository(&new_repository(account, "theirs"))).await.unwrap();
    let with_sha = |text: &str| {
        let mut kept = commit(1);
        kept.commit.sha = Sha::parse(text).unwrap();
        kept
    };
    let (abc, abd) =
        (with_sha(&format!("abcf{}", "f".repeat(36))), with_sha(&format!("abd0{}", "0".repeat(36))));
    world
        .write(move |tx| {
            tx.store_commits(one, &[abc.clone(), abd], now())?;
            tx.store_commits(two, std::slice::from_ref(&abc), now())?;
            tx.store_commits(theirs, &[abc], now())
        })
        .await;
    let profile = world.profile;
    let db = &world;
    let find = |beginning: &'static str| async move {
        let found = db.read(move |tx| tx.find_commits(profile, beginning)).await;
        found.into_iter().map(|it| format!("{} {}", it.sha.short(), it.repo)).collect::<Vec<_>>()
    };
    assert_eq!(
        find("ABCF").await,
        ["abcfffffff acme/gears", "abcfffffff acme/widgets"],
        "in each repository"
    );
    assert_eq!(find("abd").await, ["abd0000000 acme/widgets"], "by what it begins with");
    assert_eq!(find("ab").await.len(), 3, "a short beginning may find several");
    for nothing in ["ffff", "abcg", "abc%", "abcf_", "ä"] {
        assert_eq!(find(nothing).await, Vec::<String>::new(), "{nothing:?} begins none");
    }
}

#[tokio::test]
async fn the_name_of_a_branch_is_searched_once_for_each_commit() {
    let world = World::new().await;
    let repository = world.repository("widgets").await;
    let unnamed = || async {
        let unnamed = world.read(move |tx| tx.unnamed_commits(repository)).await;
        unnamed.into_iter().map(|it| (it.sha, it.branch)).collect::<Vec<_>>()
    };
    let on = |number, branch: &str| (sha(number), branch.to_owned());
    let main = world
        .write(move |tx| {
            tx.store_commits(repository, &[commit(1), commit(2), commit(3), commit(4)], now())?;
            branch_reaching(tx, repository, "ABC-2-feature", &[2, 3])?;
            branch_reaching(tx, repository, "main", &[1, 2])
        })
        .await;
    assert_eq!(
        unnamed().await,
        [on(3, "ABC-2-feature")],
        "not what the default branch reaches, nor what none does"
    );
    world.write(move |tx| tx.mark_named(repository)).await;
    assert_eq!(unnamed().await, Vec::new(), "once is enough");

    let before = world.everything();
    world.write(move |tx| tx.mark_named(repository)).await;
    assert_eq!(world.everything(), before, "twice is once");

    world.write(move |tx| branch_reaching(tx, repository, "late", &[3, 4])).await;
    assert_eq!(unnamed().await, [on(4, "late")], "a commit that no branch had reached still has its turn");
    world.write(move |tx| tx.mark_branch_deleted(main, now())).await;
    assert_eq!(unnamed().await, [on(4, "late")], "what was searched or settled before does not come again");
}
