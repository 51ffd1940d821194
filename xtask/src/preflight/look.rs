//! Looking for what a machine has.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How files of programs end here. On Windows npm is a script.
const SUFFIXES: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };

/// Whether a program of this name stands in a folder of `PATH`.
pub(crate) fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_in =
        |folder: &Path| SUFFIXES.iter().any(|end| is_program(&folder.join(format!("{program}{end}"))));
    std::env::split_paths(&path).any(|folder| is_in(&folder))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// Whether programs can be compiled against a library, by its name for pkg-config.
pub(crate) fn has_library(name: &str) -> bool {
    let asked = ["pkg-config", "pkgconf"].iter().find_map(|program| {
        Command::new(program).args(["--exists", name]).stdin(Stdio::null()).status().ok()
    });
    // Without that program only the one lack is to be told, not that of every library.
    asked.map_or_else(
        || library_folders().iter().any(|folder| folder.join(format!("{name}.pc")).is_file()),
        |status| status.success(),
    )
}

/// Where systems keep what pkg-config reads.
fn library_folders() -> Vec<PathBuf> {
    let arch = format!("/usr/lib/{}-linux-gnu/pkgconfig", std::env::consts::ARCH);
    let usual = [arch.as_str(), "/usr/lib64/pkgconfig", "/usr/lib/pkgconfig", "/usr/share/pkgconfig"];
    let own = std::env::var_os("PKG_CONFIG_PATH").unwrap_or_default();
    std::env::split_paths(&own).chain(usual.map(PathBuf::from)).collect()
}

/// The version of Node.js, if there is one.
pub(crate) fn node() -> Option<(u32, u32)> {
    let output = Command::new("node").arg("--version").stdin(Stdio::null()).output().ok()?;
    version(&String::from_utf8_lossy(&output.stdout))
}

/// The first two numbers of `v20.19.2`, or of a Debian version such as `1:18.20.4+dfsg-1`.
fn version(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().trim_start_matches('v');
    let text = text.split_once(':').map_or(text, |(_, after)| after);
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// The version of Node.js that apt would install, if its lists know one.
pub(crate) fn node_of_apt() -> Option<(u32, u32)> {
    let output = Command::new("apt-cache").args(["policy", "nodejs"]).stdin(Stdio::null()).output().ok()?;
    candidate(&String::from_utf8_lossy(&output.stdout))
}

fn candidate(policy: &str) -> Option<(u32, u32)> {
    version(policy.lines().find_map(|line| line.trim().strip_prefix("Candidate:"))?)
}

/// Whether there is any font at all.
pub(crate) fn has_font() -> bool {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let folders =
        ["/usr/share/fonts".into(), "/usr/local/share/fonts".into(), home.join(".local/share/fonts")];
    folders.iter().any(|folder| holds_font(folder))
}

fn holds_font(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.into_iter().any(|path| {
        let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        ["ttf", "otf", "ttc"].contains(&kind) || (path.is_dir() && holds_font(&path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_looked_for_on_the_path() {
        assert!(is_on_path("cargo"), "cargo runs this test");
        assert!(!is_on_path("pdt-no-such-program"), "this one does not exist");
    }

    #[test]
    fn libraries_are_looked_for_by_their_name() {
        assert!(!has_library("pdt-no-such-library"), "this one does not exist");
    }

    #[test]
    fn versions_are_read_as_node_and_as_debian_write_them() {
        assert_eq!(version("v20.19.2\n"), Some((20, 19)), "node --version");
        assert_eq!(version("18.20.4+dfsg-1~deb12u1"), Some((18, 20)), "Debian");
        assert_eq!(version("1:22.4.0-2"), Some((22, 4)), "with an epoch");
        assert_eq!(version("(none)"), None, "nothing");
        let policy = "nodejs:\n  Installed: (none)\n  Candidate: 18.19.1+dfsg-6ubuntu5\n  Version table:\n";
        assert_eq!(candidate(policy), Some((18, 19)), "apt-cache policy");
        assert_eq!(candidate(""), None, "lists that know nothing");
    }
}
