//! The resident process draws nothing, and does without OpenGL. GTK asks the graphics driver for it when it opens a
//! display, and a driver without a graphics card behind it takes 30 MB for the answer (`cargo xtask bench memory`).

use std::os::unix::process::CommandExt;
use std::process::Command;

use super::window_process::program;

/// What GTK looks at before it asks (<https://docs.gtk.org/gtk3/running.html>).
const VARIABLE: &str = "GDK_GL";

/// The word that it understands.
const DISABLE: &str = "disable";

/// Becomes the same program once more, with a variable that GTK reads when it begins: there is no other way to tell
/// it. Where the person has set it, or this cannot be done, everything works all the same.
pub(super) fn do_without() {
    if std::env::var_os(VARIABLE).is_some() {
        return;
    }
    let Ok(program) = program() else { return };
    let mut again = Command::new(program);
    if let Some(name) = std::env::args_os().next() {
        again.arg0(name);
    }
    // It comes back only where it failed.
    let _ = again.args(std::env::args_os().skip(1)).env(VARIABLE, DISABLE).exec();
}

/// Lets the window draw as quickly as it can.
pub(super) fn give_back(window: &mut tokio::process::Command) {
    if std::env::var_os(VARIABLE).is_some_and(|value| value == DISABLE) {
        window.env_remove(VARIABLE);
    }
}
