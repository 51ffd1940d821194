//! When everything is dropped, nothing stays.

use std::time::Duration;

use pdt_domain::run::Loop;
use pdt_testkit::Gate;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use super::stage::{ALL, Background, PATIENCE};

async fn until_tasks(count: usize) {
    let deadline = Instant::now() + PATIENCE;
    while Handle::current().metrics().num_alive_tasks() > count {
        let alive = Handle::current().metrics().num_alive_tasks();
        assert!(Instant::now() < deadline, "{alive} tasks are left instead of {count}");
        sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn an_end_in_order_leaves_no_task_and_the_database_can_be_closed() {
    let mut background = Background::set(&[]).await;
    let before = Handle::current().metrics().num_alive_tasks();
    let gate = Gate::new();
    background.hold(Loop::Jira, &gate);
    background.asleep = ALL - 1;
    let worker = background.start().await;
    gate.reached(1).await;
    worker.stop().await;
    background.supervisor.shutdown().await;
    background.ran(Loop::Jira, 1).await;
    background.stage.engine.clone().close().await.expect("nothing holds the database");
    until_tasks(before).await;
}

#[tokio::test]
async fn dropping_everything_in_the_middle_of_a_run_leaves_no_task_either() {
    let mut background = Background::set(&[]).await;
    let before = Handle::current().metrics().num_alive_tasks();
    let gate = Gate::new();
    background.hold(Loop::Jira, &gate);
    background.asleep = ALL - 1;
    let worker = background.start().await;
    gate.reached(1).await;
    drop(worker);
    background.supervisor = pdt_engine::supervisor::Supervisor::new(background.engine().clone());
    until_tasks(before).await;
    background.asleep = ALL;
    gate.release();
    let worker = background.start().await;
    assert_eq!(background.outcomes(Loop::Jira).len(), 1, "and another worker goes on");
    worker.stop().await;
    background.supervisor.shutdown().await;
    background.stage.engine.clone().close().await.expect("nothing holds the database");
}
