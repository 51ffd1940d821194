//! Installing packages: the commands to run, as a list that a test can read, and the running of them.

use std::io::IsTerminal;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::needs::Need;
use super::system::{Manager, is_on_path};
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

/// One command of a plan.
#[derive(Debug, PartialEq, Eq)]
struct Planned {
    words: Vec<&'static str>,
    effect: Effect,
}

/// What a command's end means for the rest of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Brings the package lists up to date; its failure (one broken source among many) is not the end.
    Refreshes,
    /// Installs: after one that succeeds the rest of the plan is not needed.
    Installs,
}

/// Installs the packages that bring what is `missing`.
pub(super) fn run(manager: Manager, missing: &[&Need]) -> Result<(), Failure> {
    let plan = plan(manager, &packages(manager, missing));
    let Some(right) = right() else {
        return Err(no_right(&plan));
    };
    for planned in &plan {
        if carry_out(planned, right) && planned.effect == Effect::Installs {
            return Ok(());
        }
    }
    Err(Failure::new(format!(
        "{} could not install what is missing. Its messages above say why; \
         install the packages yourself, then run this command again.",
        manager.program()
    )))
}

fn packages(manager: Manager, missing: &[&Need]) -> Vec<&'static str> {
    let of = |need: &&Need| match manager {
        Manager::Apt => need.debian,
        Manager::Dnf => need.fedora,
        Manager::Pacman => need.arch,
    };
    missing.iter().flat_map(of).copied().collect()
}

/// The commands, in order.
///
/// pacman first tries with the lists it has: Arch does not support installing from newer lists than the
/// system was last upgraded with, but a fresh container has no lists at all.
fn plan(manager: Manager, packages: &[&'static str]) -> Vec<Planned> {
    let installs = |words: &[&'static str]| Planned {
        words: words.iter().chain(packages).copied().collect(),
        effect: Effect::Installs,
    };
    match manager {
        Manager::Apt => vec![
            Planned { words: vec!["apt-get", "update"], effect: Effect::Refreshes },
            installs(&[
                "env",
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "install",
                "--yes",
                "--no-install-recommends",
                // A system that has just started often updates itself in the background: wait for it.
                "--option=DPkg::Lock::Timeout=300",
            ]),
        ],
        Manager::Dnf => vec![installs(&["dnf", "install", "--assumeyes"])],
        Manager::Pacman => vec![
            installs(&["pacman", "-S", "--needed", "--noconfirm"]),
            installs(&["pacman", "-Sy", "--needed", "--noconfirm"]),
        ],
    }
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

fn no_right(plan: &[Planned]) -> Failure {
    let commands: Vec<String> = plan.iter().map(|planned| format!("  {}", planned.words.join(" "))).collect();
    Failure::new(format!(
        "Installing needs the rights of root, and there is no sudo. As root, run\n{}\nthen this command again.",
        commands.join("\n")
    ))
}

fn carry_out(planned: &Planned, right: Right) -> bool {
    let words = with_right(&planned.words, right);
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

    fn lines(manager: Manager, present: &[&str]) -> Vec<String> {
        let missing = needs::missing(Purpose::Testing, "linux", &|program| present.contains(&program));
        let plan = plan(manager, &packages(manager, &missing));
        plan.iter().map(|planned| planned.words.join(" ")).collect()
    }

    #[test]
    fn debian_refreshes_its_lists_and_installs_without_asking() {
        assert_eq!(
            lines(Manager::Apt, &["cc", "git", "gdbus"]),
            [
                "apt-get update",
                "env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
                 --option=DPkg::Lock::Timeout=300 gnome-keyring dbus libsecret-tools \
                 xvfb xdotool",
            ],
            "only what is missing"
        );
    }

    #[test]
    fn fedora_and_arch_have_their_own_names_for_things() {
        assert_eq!(
            lines(Manager::Dnf, &["git"]),
            ["dnf install --assumeyes gcc glibc-devel gnome-keyring dbus-daemon libsecret glib2 \
              xorg-x11-server-Xvfb xdotool"],
            "Fedora"
        );
        assert_eq!(
            lines(
                Manager::Pacman,
                &["cc", "gnome-keyring-daemon", "dbus-run-session", "secret-tool", "gdbus"]
            ),
            [
                "pacman -S --needed --noconfirm git xorg-server-xvfb xdotool",
                "pacman -Sy --needed --noconfirm git xorg-server-xvfb xdotool",
            ],
            "Arch: with the lists at hand, and only then with new ones"
        );
    }

    #[test]
    fn a_broken_source_does_not_end_the_plan() {
        let effects: Vec<Effect> =
            plan(Manager::Apt, &["git"]).iter().map(|planned| planned.effect).collect();
        assert_eq!(effects, [Effect::Refreshes, Effect::Installs], "refreshing alone installs nothing");
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
        let failure = no_right(&plan(Manager::Dnf, &["git-core"]));
        assert!(failure.to_string().contains("dnf install --assumeyes git-core"), "{failure}");
    }
}
