//! The rules that the tables keep, tested through what the crate offers, against a real file.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what stands beside the tests fails as loudly as they do"
)]

mod accounts;
mod branches;
mod commit_links;
mod commit_list;
mod commits;
mod profiles;
mod repositories;
mod runs;
mod views;
mod world;
