//! What building, running and testing take from the system, why, and which packages bring it.

mod table;

use super::look;
use super::system::Manager;
use table::NEEDS;

/// The oldest Node.js that the window's tools run on, as `package.json` says.
const NODE: (u32, u32) = (20, 19);

/// It comes with Node.js.
const NPM: Sought = Sought::Program(&["npm"]);

/// What the machine is being prepared for. Each includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// Compiling and running the command line.
    CommandLine,
    /// Compiling and running the desktop app.
    App,
    /// Every test.
    Testing,
}

/// What happens when it cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Nothing can be done without it.
    Required,
    /// Some tests fail without it, and say so.
    Wanted,
}

/// How a need is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sought {
    /// A program on `PATH`, under any of these names.
    Program(&'static [&'static str]),
    /// A library for compiling against, by its name for pkg-config.
    Library(&'static str),
    /// Node.js, not too old.
    Node,
    /// Any font at all.
    Font,
}

/// Where a need exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Systems {
    All,
    /// Windows has its own compiler and linker, which rustup asks for.
    NotWindows,
    Linux,
}

/// Something that the system has to bring.
#[derive(Debug)]
pub(crate) struct Need {
    /// What it is called before a person.
    pub(crate) name: &'static str,
    /// How it is looked for.
    sought: Sought,
    /// What it is for: the rest of a line that begins with its name.
    pub(crate) why: &'static str,
    /// Whether the work can go on without it.
    pub(crate) weight: Weight,
    purpose: Purpose,
    systems: Systems,
    /// Debian, Ubuntu and those derived from them.
    debian: &'static [&'static str],
    /// Fedora and those derived from it.
    fedora: &'static [&'static str],
    /// Arch and those derived from it.
    arch: &'static [&'static str],
}

/// What `purpose` needs on the operating system `os` (as in `std::env::consts::OS`) and `is_there` denies.
pub(crate) fn missing(purpose: Purpose, os: &str, is_there: &dyn Fn(Sought) -> bool) -> Vec<&'static Need> {
    NEEDS
        .iter()
        .filter(|need| need.purpose <= purpose)
        .filter(|need| match need.systems {
            Systems::All => true,
            Systems::NotWindows => os != "windows",
            Systems::Linux => os == "linux",
        })
        .filter(|need| !is_there(need.sought))
        .collect()
}

/// Whether this machine has it.
pub(crate) fn is_here(sought: Sought) -> bool {
    match sought {
        Sought::Program(names) => names.iter().any(|name| look::is_on_path(name)),
        Sought::Library(name) => look::has_library(name),
        Sought::Node => look::node().is_some_and(|version| version >= NODE),
        Sought::Font => look::has_font(),
    }
}

impl Need {
    /// The packages that bring it on a system with this package manager.
    pub(crate) fn packages(&self, manager: Manager) -> &'static [&'static str] {
        match manager {
            Manager::Apt => self.debian,
            Manager::Dnf => self.fedora,
            Manager::Pacman => self.arch,
        }
    }

    /// Whether installing those packages would be in vain: some systems have a Node.js that is too old.
    pub(crate) fn is_too_old_at(&self, manager: Manager) -> bool {
        let of_node = self.sought == Sought::Node || self.sought == NPM;
        of_node && manager == Manager::Apt && look::node_of_apt().is_some_and(|offered| offered < NODE)
    }

    /// What to do where it is not simply missing: a Node.js that is too old, here or in the system's packages.
    pub(crate) fn advice(&self) -> Option<String> {
        if self.sought != Sought::Node {
            return None;
        }
        let (major, minor) = look::node().or_else(look::node_of_apt).filter(|version| *version < NODE)?;
        Some(format!(
            "This system's Node.js is {major}.{minor}, and PDT's window is built with {}.{} or newer: \
             https://nodejs.org has it.",
            NODE.0, NODE.1
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(sought: Sought) -> &'static str {
        match sought {
            Sought::Program(names) => names.first().copied().unwrap_or_default(),
            Sought::Library(name) => name,
            Sought::Node => "node",
            Sought::Font => "font",
        }
    }

    /// The names of what is missing where only `present` is there.
    fn names(purpose: Purpose, os: &str, present: &[&str]) -> Vec<&'static str> {
        let missing = missing(purpose, os, &|sought| present.contains(&name_of(sought)));
        missing.iter().map(|need| name_of(need.sought)).collect()
    }

    #[test]
    fn what_is_there_is_not_missing() {
        assert_eq!(names(Purpose::CommandLine, "linux", &["cc", "git"]), Vec::<&str>::new(), "nothing to do");
        assert_eq!(names(Purpose::CommandLine, "linux", &["git"]), ["cc"], "one lack, one line");
    }

    #[test]
    fn the_window_is_asked_for_by_the_app_and_its_tests_only() {
        assert_eq!(names(Purpose::CommandLine, "linux", &[]), ["cc", "git"], "a server needs no GTK");
        assert_eq!(
            names(Purpose::App, "linux", &["cc", "git"]),
            ["pkg-config", "make", "webkit2gtk-4.1", "node", "npm"],
            "what the app is built with"
        );
        assert!(names(Purpose::Testing, "linux", &[]).contains(&"node"), "tests build it too");
    }

    #[test]
    fn a_desktop_to_test_on_is_asked_for_by_tests_only() {
        let for_app = names(Purpose::App, "linux", &[]);
        let only_tests: Vec<&str> = names(Purpose::Testing, "linux", &[]).split_off(for_app.len());
        for program in ["gnome-keyring-daemon", "Xvfb", "xfce4-panel", "WebKitWebDriver", "chromium"] {
            assert!(only_tests.contains(&program), "{program} is among {only_tests:?}");
        }
    }

    #[test]
    fn other_systems_are_not_asked_for_what_only_linux_has() {
        let everywhere = ["git", "node", "npm", "chromium"];
        assert_eq!(names(Purpose::Testing, "macos", &["cc"]), everywhere, "macOS brings its own web view");
        assert_eq!(
            names(Purpose::Testing, "windows", &[]),
            everywhere,
            "so does Windows, and its own linker"
        );
    }

    #[test]
    fn what_only_some_tests_call_does_not_stop_the_work() {
        let required = NEEDS.iter().filter(|need| need.weight == Weight::Required);
        let required: Vec<&str> = required.map(|need| name_of(need.sought)).collect();
        assert_eq!(
            required,
            ["cc", "git", "pkg-config", "make", "webkit2gtk-4.1", "node", "npm"],
            "everything else costs some tests at most"
        );
    }

    #[test]
    fn every_need_names_a_package_on_every_known_system() {
        for need in NEEDS {
            for packages in [need.debian, need.fedora, need.arch] {
                assert!(!packages.is_empty(), "{} has no package somewhere", need.name);
            }
        }
    }
}
