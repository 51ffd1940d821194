//! What the resident process does without, to stay small (`cargo xtask bench memory`). It draws nothing, and needs no
//! OpenGL: GTK asks the graphics driver for it when it opens a display, and a driver without a graphics card behind it
//! takes 30 MB for the answer. And it keeps no memory for the next time: after a sync of a large Jira, 12 MB less stay.

use std::os::unix::process::CommandExt;
use std::process::Command;

use super::window_process::program;

/// Variables that are read when a program begins, before it could set them itself. The first is what GTK looks at
/// before it asks (<https://docs.gtk.org/gtk3/running.html>). The second has the allocator keep one heap for all threads
/// and give back what is free at once (<https://jemalloc.net/jemalloc.3.html#tuning>): whoever gives it back later has to
/// wake for it.
const VARIABLES: [(&str, &str); 2] =
    [("GDK_GL", "disable"), ("MALLOC_CONF", "narenas:1,tcache:false,dirty_decay_ms:0,muzzy_decay_ms:0")];

/// Becomes the same program once more, with variables that are read when a program begins: there is no other way to
/// tell. Those that the person has set stay as they are; where this cannot be done, everything works all the same.
pub(super) fn do_without() {
    let missing = VARIABLES.iter().filter(|(name, _)| std::env::var_os(name).is_none());
    let missing: Vec<&(&str, &str)> = missing.collect();
    if missing.is_empty() {
        return;
    }
    let Ok(program) = program() else { return };
    let mut again = Command::new(program);
    if let Some(name) = std::env::args_os().next() {
        again.arg0(name);
    }
    // It comes back only where it failed.
    let _ = again.args(std::env::args_os().skip(1)).envs(missing.into_iter().copied()).exec();
}

/// Lets another program, such as the window or a browser, draw and do everything else as quickly as it can.
pub(super) fn give_back(program: &mut tokio::process::Command) {
    for (name, ours) in VARIABLES {
        if std::env::var_os(name).is_some_and(|value| value == ours) {
            program.env_remove(name);
        }
    }
}
