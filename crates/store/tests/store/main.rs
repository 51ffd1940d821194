//! The rules that the tables keep, tested through what the crate offers, against a real file.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what stands beside the tests fails as loudly as they do"
)]

mod accounts;
mod boards;
mod branches;
mod card_lists;
mod cards;
mod commit_links;
mod commit_list;
mod commit_walk;
mod commits;
mod jira_sites;
mod jira_world;
mod memberships;
mod notices;
mod profiles;
mod relinking;
mod repositories;
mod runs;
mod schedule;
mod sprints;
mod views;
mod world;
