//! Starting at login, hidden. Off until somebody turns it on.

#[cfg(target_os = "linux")]
mod entry;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod plugin;

#[cfg(target_os = "linux")]
pub(super) use linux::AtLogin;
#[cfg(not(target_os = "linux"))]
pub(super) use plugin::AtLogin;
