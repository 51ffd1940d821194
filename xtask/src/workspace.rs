//! Where the workspace is, and how cargo and npm are called in it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of the workspace's `Cargo.toml`.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// `cargo` with `words`, in the workspace's folder.
///
/// The cargo that started us is used again, so that one toolchain does everything.
pub(crate) fn cargo(words: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(words).current_dir(root());
    command
}

/// `npm` with `words`, in the folder of what the window shows.
pub(crate) fn npm(words: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(words).current_dir(root().join("ui"));
    command
}

/// A program that this workspace builds, found beside our own: both are in the same target folder.
///
/// `file` is relative to the profile's folder and has no extension, as in `pdt` or `examples/demo`.
pub(crate) fn built(file: &str) -> std::io::Result<PathBuf> {
    Ok(program(&profile_folder()?, file))
}

/// The same, built for release.
pub(crate) fn released(file: &str) -> std::io::Result<PathBuf> {
    let ours = profile_folder()?;
    Ok(program(&ours.parent().unwrap_or(&ours).join("release"), file))
}

fn program(folder: &Path, file: &str) -> PathBuf {
    folder.join(format!("{file}{}", std::env::consts::EXE_SUFFIX))
}

fn profile_folder() -> std::io::Result<PathBuf> {
    let ours = std::env::current_exe()?;
    Ok(ours.parent().unwrap_or(root()).to_owned())
}

/// Whether this runs in continuous integration, where nobody answers questions.
pub(crate) fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false" && value != "0")
}
