//! Scenarios across all rooms: the real `pdt` against fake services out of real git history.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a scenario that cannot go on has failed"
)]

#[cfg(target_os = "linux")]
mod background;
mod canary;
mod commands;
mod damaged;
mod history;
mod interrupted;
mod jira;
mod keychain;
mod outcomes;
mod requests;
mod support;
