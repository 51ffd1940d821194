//! Installing packages: the commands to run, as a list that a test can read, and the running of them.

use std::io::IsTerminal;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::look::is_on_path;
use super::needs::Need;
use super::system::Manager;
use crate::failure::Failure;
use crate::say;
use crate::workspace::in_ci;

/// How we come by the right to install.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Right {
    /// We are root.
    Root,
    /// `sudo`, which may ask the person at this terminal for a password.
    Sudo,
    /// `sudo`, which must not ask, because nobody would answer.
    SilentSudo,
}

/// A command to run.
type Words = Vec<&'static str>;

/// Installs the packages that bring what is `missing`.
pub(super) fn run(manager: Manager, missing: &[&Need]) -> Result<(), Failure> {
    let Some(right) = right() else {
        return Err(no_right(manager, missing));
    };
    for words in refreshing(manager) {
        // Its failure (one broken source among many) is not the end.
        carry_out(&words, right);
    }
    // Only now the package lists tell which versions there are.
    let useful: Vec<&Need> = missing.iter().copied().filter(|need| !need.is_too_old_at(manager)).collect();
    if useful.is_empty()
        || installing(manager, &packages(manager, &useful)).iter().any(|words| carry_out(words, right))
    {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} could not install what is missing. Its messages above say why; \
         install the packages yourself, then run this command again.",
        manager.program()
    )))
}

fn packages(manager: Manager, missing: &[&Need]) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for package in missing.iter().flat_map(|need| need.packages(manager)) {
        if !packages.contains(package) {
            packages.push(package);
        }
    }
    packages
}

/// What brings the package lists up to date.
fn refreshing(manager: Manager) -> Vec<Words> {
    match manager {
        Manager::Apt => vec![vec!["apt-get", "update"]],
        Manager::Dnf | Manager::Pacman => vec![],
    }
}

/// What installs: after one that succeeds the rest is not needed.
///
/// pacman first tries with the lists it has: Arch does not support installing from newer lists than the
/// system was last upgraded with, but a fresh container has no lists at all.
fn installing(manager: Manager, packages: &[&'static str]) -> Vec<Words> {
    let ways: &[&[&'static str]] = match manager {
        Manager::Apt => &[&[
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "install",
            "--yes",
            "--no-install-recommends",
            // A system that has just started often updates itself in the background: wait for it.
            "--option=DPkg::Lock::Timeout=300",
        ]],
        Manager::Dnf => &[&["dnf", "install", "--assumeyes"]],
        Manager::Pacman => {
            &[&["pacman", "-S", "--needed", "--noconfirm"], &["pacman", "-Sy", "--needed", "--noconfirm"]]
        }
    };
    ways.iter().map(|way| [*way, packages].concat()).collect()
}

fn right() -> Option<Right> {
    let id = Command::new("id").arg("-u").stderr(Stdio::null()).output();
    if id.is_ok_and(|output| output.stdout.trim_ascii() == b"0") {
        return Some(Right::Root);
    }
    if !is_on_path("sudo") {
        return None;
    }
    if in_ci() || !std::io::stdin().is_terminal() { Some(Right::SilentSudo) } else { Some(Right::Sudo) }
}

fn no_right(manager: Manager, missing: &[&Need]) -> Failure {
    let commands = refreshing(manager).into_iter().chain(installing(manager, &packages(manager, missing)));
    let commands: Vec<String> = commands.map(|words| format!("  {}", words.join(" "))).collect();
    Failure::new(format!(
        "Installing needs the rights of root, and there is no sudo. As root, run\n{}\nthen this command again.",
        commands.join("\n")
    ))
}

fn carry_out(words: &[&'static str], right: Right) -> bool {
    let words = with_right(words, right);
    say::line(&format!("    $ {}", words.join(" ")));
    let started = Instant::now();
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    let mut command = Command::new(program);
    command.args(arguments);
    if right != Right::Sudo {
        command.stdin(Stdio::null());
    }
    let succeeded = command.status().is_ok_and(|status| status.success());
    say::line(&format!("      {}", say::duration(started.elapsed())));
    succeeded
}

fn with_right(words: &[&'static str], right: Right) -> Vec<&'static str> {
    let before: &[&str] = match right {
        Right::Root => &[],
        Right::Sudo => &["sudo"],
        Right::SilentSudo => &["sudo", "--non-interactive"],
    };
    [before, words].concat()
}

#[cfg(test)]
mod tests {
    use super::super::needs::{self, Purpose};
    use super::*;

    /// The command lines where nothing is there.
    fn lines(manager: Manager, purpose: Purpose) -> Vec<String> {
        let missing = needs::missing(purpose, "linux", &|_| false);
        let plan = refreshing(manager).into_iter().chain(installing(manager, &packages(manager, &missing)));
        plan.map(|words| words.join(" ")).collect()
    }

    #[test]
    fn debian_refreshes_its_lists_and_installs_without_asking() {
        assert_eq!(
            lines(Manager::Apt, Purpose::App),
            [
                "apt-get update",
                "env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
                 --option=DPkg::Lock::Timeout=300 gcc libc6-dev git pkg-config make libwebkit2gtk-4.1-dev \
                 nodejs npm",
            ],
            "what the app is built with"
        );
    }

    #[test]
    fn fedora_and_arch_have_their_own_names_for_things() {
        assert_eq!(
            lines(Manager::Dnf, Purpose::App),
            ["dnf install --assumeyes gcc glibc-devel git-core pkgconf-pkg-config make webkit2gtk4.1-devel \
              nodejs nodejs-npm"],
            "Fedora"
        );
        assert_eq!(
            lines(Manager::Pacman, Purpose::CommandLine),
            ["pacman -S --needed --noconfirm gcc git", "pacman -Sy --needed --noconfirm gcc git"],
            "Arch: with the lists at hand, and only then with new ones"
        );
    }

    #[test]
    fn a_package_that_brings_two_things_is_named_once() {
        let tests = lines(Manager::Dnf, Purpose::Testing).remove(0);
        assert_eq!(tests.matches(" dbus-daemon").count(), 1, "{tests}");
    }

    #[test]
    fn sudo_does_not_ask_where_nobody_answers() {
        assert_eq!(with_right(&["dnf"], Right::Root), ["dnf"], "root needs no one");
        assert_eq!(with_right(&["dnf"], Right::Sudo), ["sudo", "dnf"], "a terminal may be asked");
        assert_eq!(
            with_right(&["dnf"], Right::SilentSudo),
            ["sudo", "--non-interactive", "dnf"],
            "CI may not"
        );
    }

    #[test]
    fn without_rights_the_commands_are_handed_over() {
        let missing = needs::missing(Purpose::CommandLine, "linux", &|_| false);
        let failure = no_right(Manager::Dnf, &missing);
        assert!(
            failure.to_string().contains("dnf install --assumeyes gcc glibc-devel git-core"),
            "{failure}"
        );
    }
}
