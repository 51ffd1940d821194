//! The real app on a real desktop that nobody looks at, as a person uses it: window, tray, keychain, services.
#![cfg(all(test, target_os = "linux"))]
#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a scenario that cannot go on has failed"
)]

mod appearance;
mod autostart;
mod closing;
mod connect;
mod dashboard;
mod ending;
mod hidden;
mod hostile;
mod keyboard;
mod logs;
mod menu;
mod notifications;
mod panel;
mod second_start;
mod support;
mod sync;
mod web_process;
