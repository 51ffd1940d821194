//! The rules that the tables keep, tested through what the crate offers, against a real file.

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
