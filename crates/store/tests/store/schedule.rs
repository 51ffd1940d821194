//! When each background loop is due.

use pdt_domain::run::Loop;
use pdt_store::DueRow;

use crate::world::{World, at};

async fn due(world: &World, of: Loop) -> Option<DueRow> {
    world.read(move |tx| tx.due(of)).await
}

#[tokio::test]
async fn a_plan_comes_back_as_it_was_written_and_the_next_one_takes_its_place() {
    let world = World::new().await;
    assert_eq!(due(&world, Loop::Commits).await, None, "it never was in the background");
    let first = DueRow { due_at: at("2026-02-18T23:30:00Z"), is_metered: false, skipped: 0 };
    let second = DueRow { due_at: at("2026-02-18T23:45:00Z"), is_metered: true, skipped: u32::MAX };
    for row in [first, second] {
        world.write(move |tx| tx.set_due(Loop::Commits, &row)).await;
        assert_eq!(due(&world, Loop::Commits).await, Some(row));
    }
    assert_eq!(due(&world, Loop::Jira).await, None, "the other loop has a plan of its own");
    let jira = DueRow { due_at: at("2026-02-19T00:00:00Z"), ..first };
    world.write(move |tx| tx.set_due(Loop::Jira, &jira)).await;
    assert_eq!((due(&world, Loop::Commits).await, due(&world, Loop::Jira).await), (Some(second), Some(jira)));
}

#[tokio::test]
async fn a_plan_that_another_program_wrote_wrongly_is_an_error_that_says_so() {
    let world = World::new().await;
    let row = DueRow { due_at: at("2026-02-18T23:30:00Z"), is_metered: false, skipped: 0 };
    world.write(move |tx| tx.set_due(Loop::Commits, &row)).await;
    let conn = rusqlite::Connection::open(world.db.path()).unwrap();
    conn.execute("UPDATE schedule SET due_at = 'soon'", []).unwrap();
    let error = world.db.read(|tx| tx.due(Loop::Commits)).await.unwrap_err();
    assert_eq!(error.kind(), pdt_store::StoreErrorKind::Unreadable, "{error}");
    conn.execute("UPDATE schedule SET is_metered = 2", []).expect_err("a switch has two positions");
}
