//! PDT's engine: what the command line, and later the tray app, call. It knows no window and no terminal.
//!
//! `api` is all that a shell may call. Below it, `jobs` do the work of the two loops with a source of commits
//! on one side and the database on the other; `connect` opens the way to an account's service. `supervisor` owns
//! the runs of a shell that stays, and `worker` asks for them in the background, when `schedule` says so.

pub mod api;
pub mod clock;
mod connect;
pub mod controls;
mod core;
pub mod environment;
pub mod folders;
pub mod guard;
mod jobs;
mod live;
pub mod machine;
mod notices;
pub mod progress;
pub mod schedule;
pub mod secrets;
pub mod settings;
pub mod stopping;
pub mod supervisor;
pub mod worker;
