//! The programs that building and testing call, why, and which package brings each.

/// What the machine is being prepared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Compiling and running PDT.
    Building,
    /// That, and every test.
    Testing,
}

/// What happens when a program cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Nothing can be done without it.
    Required,
    /// Some tests fail without it, and say so.
    Wanted,
}

/// A program that is called by its name.
#[derive(Debug)]
pub(crate) struct Need {
    /// The file name looked for on `PATH`.
    pub(crate) program: &'static str,
    /// For what it is called: the rest of a line that begins with its name.
    pub(crate) why: &'static str,
    /// Whether the work can go on without it.
    pub(crate) weight: Weight,
    /// Debian, Ubuntu and those derived from them.
    pub(crate) debian: &'static [&'static str],
    /// Fedora and those derived from it.
    pub(crate) fedora: &'static [&'static str],
    /// Arch and those derived from it.
    pub(crate) arch: &'static [&'static str],
    purpose: Purpose,
    /// Only Linux has a Secret Service to test against; elsewhere these tests do not exist.
    only_on_linux: OnlyOnLinux,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OnlyOnLinux {
    Yes,
    No,
}

const NEEDS: &[Need] = &[
    Need {
        program: "cc",
        why: "the C compiler: it links every program, and builds SQLite",
        weight: Weight::Required,
        debian: &["gcc", "libc6-dev"],
        fedora: &["gcc", "glibc-devel"],
        arch: &["gcc"],
        purpose: Purpose::Building,
        only_on_linux: OnlyOnLinux::No,
    },
    Need {
        program: "git",
        why: "real history, out of which the fake services answer",
        weight: Weight::Required,
        debian: &["git"],
        fedora: &["git-core"],
        arch: &["git"],
        purpose: Purpose::Building,
        only_on_linux: OnlyOnLinux::No,
    },
    Need {
        program: "gnome-keyring-daemon",
        why: "a real keychain that tests store tokens in",
        weight: Weight::Wanted,
        debian: &["gnome-keyring"],
        fedora: &["gnome-keyring"],
        arch: &["gnome-keyring"],
        purpose: Purpose::Testing,
        only_on_linux: OnlyOnLinux::Yes,
    },
    Need {
        program: "dbus-run-session",
        why: "a session bus of its own for that keychain, away from yours",
        weight: Weight::Wanted,
        debian: &["dbus"],
        fedora: &["dbus-daemon"],
        arch: &["dbus"],
        purpose: Purpose::Testing,
        only_on_linux: OnlyOnLinux::Yes,
    },
    Need {
        program: "secret-tool",
        why: "a second pair of eyes on what PDT stored there",
        weight: Weight::Wanted,
        debian: &["libsecret-tools"],
        fedora: &["libsecret"],
        arch: &["libsecret"],
        purpose: Purpose::Testing,
        only_on_linux: OnlyOnLinux::Yes,
    },
    Need {
        program: "gdbus",
        why: "locks that keychain and waits for it on the bus",
        weight: Weight::Wanted,
        debian: &["libglib2.0-bin"],
        fedora: &["glib2"],
        arch: &["glib2"],
        purpose: Purpose::Testing,
        only_on_linux: OnlyOnLinux::Yes,
    },
    Need {
        program: "Xvfb",
        why: "a display that nobody sees, on which that keychain asks for its password",
        weight: Weight::Wanted,
        debian: &["xvfb"],
        fedora: &["xorg-x11-server-Xvfb"],
        arch: &["xorg-server-xvfb"],
        purpose: Purpose::Testing,
        only_on_linux: OnlyOnLinux::Yes,
    },
    Need {
        program: "xdotool",
        why: "the hand that answers there",
        weight: Weight::Wanted,
        debian: &["xdotool"],
        fedora: &["xdotool"],
        arch: &["xdotool"],
        purpose: Purpose::Testing,
        only_on_linux: OnlyOnLinux::Yes,
    },
];

/// What `purpose` needs on the operating system `os` (as in `std::env::consts::OS`) and `is_there` denies.
pub(crate) fn missing(purpose: Purpose, os: &str, is_there: &dyn Fn(&str) -> bool) -> Vec<&'static Need> {
    NEEDS
        .iter()
        .filter(|need| need.purpose == Purpose::Building || purpose == Purpose::Testing)
        .filter(|need| need.only_on_linux == OnlyOnLinux::No || os == "linux")
        // Windows has its own linker and compiler, which rustup asks for; there is no program `cc`.
        .filter(|need| os != "windows" || need.program != "cc")
        .filter(|need| !is_there(need.program))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(purpose: Purpose, os: &str, present: &[&str]) -> Vec<&'static str> {
        missing(purpose, os, &|program| present.contains(&program)).iter().map(|need| need.program).collect()
    }

    #[test]
    fn what_is_there_is_not_missing() {
        assert_eq!(names(Purpose::Building, "linux", &["cc", "git"]), Vec::<&str>::new(), "nothing to do");
        assert_eq!(names(Purpose::Building, "linux", &["git"]), ["cc"], "one lack, one line");
    }

    #[test]
    fn the_keychain_is_asked_for_by_tests_only() {
        let wanted = ["gnome-keyring-daemon", "dbus-run-session", "secret-tool", "gdbus", "Xvfb", "xdotool"];
        assert_eq!(names(Purpose::Testing, "linux", &["cc", "git"]), wanted, "tests use a real keychain");
        assert!(
            names(Purpose::Building, "linux", &["cc", "git"]).is_empty(),
            "running PDT needs none of these"
        );
    }

    #[test]
    fn other_systems_are_not_asked_for_what_only_linux_has() {
        assert_eq!(names(Purpose::Testing, "macos", &[]), ["cc", "git"], "macOS has its own keychain");
        assert_eq!(names(Purpose::Testing, "windows", &[]), ["git"], "so has Windows, and its own linker");
    }

    #[test]
    fn only_compiler_and_git_stop_the_work() {
        let required: Vec<&str> =
            NEEDS.iter().filter(|need| need.weight == Weight::Required).map(|need| need.program).collect();
        assert_eq!(required, ["cc", "git"], "everything else costs some tests at most");
    }

    #[test]
    fn every_need_names_a_package_on_every_known_system() {
        for need in NEEDS {
            for packages in [need.debian, need.fedora, need.arch] {
                assert!(!packages.is_empty(), "{} has no package somewhere", need.program);
            }
        }
    }
}
