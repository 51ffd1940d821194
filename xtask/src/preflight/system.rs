//! Which system this is, and how packages are installed on it.

use super::look::is_on_path;

/// The package managers that we know how to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manager {
    /// Debian, Ubuntu.
    Apt,
    /// Fedora.
    Dnf,
    /// Arch.
    Pacman,
}

/// The operating system as far as installing packages goes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct System {
    name: String,
    manager: Option<Manager>,
}

impl System {
    /// The system that we run on. A known one without its package manager's program counts as unknown.
    pub(crate) fn here() -> Self {
        if std::env::consts::OS != "linux" {
            return Self { name: std::env::consts::OS.to_owned(), manager: None };
        }
        let text = ["/etc/os-release", "/usr/lib/os-release"]
            .iter()
            .find_map(|file| std::fs::read_to_string(file).ok())
            .unwrap_or_default();
        let mut system = Self::from_os_release(&text);
        system.manager = system.manager.filter(|manager| is_on_path(manager.program()));
        system
    }

    /// Reads the text of `/etc/os-release`
    /// (<https://www.freedesktop.org/software/systemd/man/latest/os-release.html>): `ID` first, then the
    /// systems that `ID_LIKE` says it descends from, nearest first.
    pub(crate) fn from_os_release(text: &str) -> Self {
        let ids = format!("{} {}", value(text, "ID"), value(text, "ID_LIKE"));
        let name = match value(text, "PRETTY_NAME") {
            "" => "This Linux",
            pretty => pretty,
        };
        Self { name: name.to_owned(), manager: ids.split_whitespace().find_map(manager_of) }
    }

    /// What the system calls itself.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Its package manager, if it is one that we know.
    pub(crate) fn manager(&self) -> Option<Manager> {
        self.manager
    }
}

impl Manager {
    /// The program that installs packages.
    pub(crate) fn program(self) -> &'static str {
        match self {
            Self::Apt => "apt-get",
            Self::Dnf => "dnf",
            Self::Pacman => "pacman",
        }
    }
}

fn manager_of(id: &str) -> Option<Manager> {
    match id {
        "debian" | "ubuntu" => Some(Manager::Apt),
        "fedora" => Some(Manager::Dnf),
        "arch" => Some(Manager::Pacman),
        _ => None,
    }
}

fn value<'a>(text: &'a str, key: &str) -> &'a str {
    text.lines()
        .filter_map(|line| line.split_once('='))
        .find(|(name, _)| name.trim() == key)
        .map_or("", |(_, value)| value.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manager(text: &str) -> Option<Manager> {
        System::from_os_release(text).manager()
    }

    #[test]
    fn a_system_is_known_by_its_id() {
        let debian = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nID=debian\n";
        assert_eq!(manager(debian), Some(Manager::Apt), "Debian");
        assert_eq!(System::from_os_release(debian).name(), "Debian GNU/Linux 12 (bookworm)", "its own name");
        assert_eq!(manager("ID=ubuntu\nID_LIKE=debian\n"), Some(Manager::Apt), "Ubuntu");
        assert_eq!(
            manager("NAME=\"Fedora Linux\"\nID=fedora\nVERSION_ID=43\n"),
            Some(Manager::Dnf),
            "Fedora"
        );
        assert_eq!(
            manager("NAME=\"Arch Linux\"\nID=arch\nBUILD_ID=rolling\n"),
            Some(Manager::Pacman),
            "Arch"
        );
    }

    #[test]
    fn a_derived_system_is_known_by_what_it_is_like() {
        assert_eq!(manager("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"), Some(Manager::Apt), "Linux Mint");
        assert_eq!(manager("ID=pop\nID_LIKE='ubuntu debian'\n"), Some(Manager::Apt), "single quotes too");
        assert_eq!(manager("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"), Some(Manager::Dnf), "Rocky");
        assert_eq!(manager("ID=manjaro\nID_LIKE=arch\n"), Some(Manager::Pacman), "Manjaro");
    }

    #[test]
    fn other_systems_are_left_alone() {
        let nixos = System::from_os_release("NAME=NixOS\nID=nixos\nPRETTY_NAME=\"NixOS 26.05\"\n");
        assert_eq!(nixos.manager(), None, "we do not know how");
        assert_eq!(nixos.name(), "NixOS 26.05", "but can say its name");
        assert_eq!(System::from_os_release("").name(), "This Linux", "a system that says nothing");
    }

    #[test]
    fn the_id_is_not_read_out_of_another_key() {
        assert_eq!(manager("VERSION_ID=12\nBUILD_ID=arch\nID=alpine\n"), None, "only ID and ID_LIKE count");
    }
}
