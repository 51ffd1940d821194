//! The program behind `cargo xtask bench window`, with a small database: a measurement that fails tells nothing.

#![cfg(test)]

#[path = "../examples/bench_window/bench/mod.rs"]
mod bench;

use bench::{Plan, Size};

#[tokio::test]
async fn every_call_is_answered_while_somebody_writes() {
    let size = Size { commits: 3_000, cards: 400, repositories: 20, runs: 60 };
    let report = bench::run(Plan { size, rounds: 3, keep: None, only: None }).await.unwrap();
    let told = report.to_string();
    for label in ["status", "commits, the latest 100", "card", "link_commit"] {
        assert_eq!(report.of(label), Some((3, None)), "{label} is measured:\n{told}");
    }
    assert_eq!(report.failed(), Vec::<&str>::new(), "every call is answered:\n{told}");
}
