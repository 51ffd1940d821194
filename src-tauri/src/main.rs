//! PDT in the tray, with its window.
//!
//! One program, two processes. The *resident* one ([`resident`]) has the tray icon and the engine, and never loads a web
//! view; the *window* ([`window`]) is started by it when somebody wants to see it, and ends when it is closed, so that
//! its memory comes back. `docs/ARCHITECTURE.md` tells why.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod logging;
mod resident;
mod window;

use std::process::ExitCode;

use arguments::Request;

/// The C library's own keeps for good what a sync needed at its peak. This one serves the libraries below PDT as well, and
/// gives back what is free; `resident/graphics.rs` says how soon.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    match arguments::read(std::env::args_os().skip(1)) {
        Request::Resident(start) => resident::run(start),
        Request::Window { route } => window::run(&route),
        Request::Version => say(&format!("PDT {}", env!("CARGO_PKG_VERSION"))),
        Request::Help => say(arguments::HELP),
    }
}

#[expect(clippy::print_stdout, reason = "it was asked for on a command line")]
fn say(text: &str) -> ExitCode {
    println!("{text}");
    ExitCode::SUCCESS
}

/// Tauri's own part: configuration, icons, the UI's files.
#[expect(
    clippy::disallowed_methods,
    reason = "the macro gives up where an asset that it embedded is missing"
)]
fn context() -> tauri::Context {
    tauri::generate_context!("tauri.conf.json")
}
