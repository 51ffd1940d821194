//! `cargo xtask run`: PDT for a person to try, in a window where there is a display, else in the terminal.

use std::process::Command;

use crate::build::{self, Size, become_program, place};
use crate::failure::Failure;
use crate::preflight::{self, Purpose};
use crate::say;
use crate::workspace::{built, root};

/// The command line's package and program.
const PDT: &[&str] = &["--package", "pdt-cli", "--bin", "pdt"];
/// The desktop app's.
const APP: &[&str] = &["--package", "pdt-desktop", "--bin", "pdt-desktop"];
/// What plays the demo.
const DEMO: &[&str] = &["--package", "pdt-testkit", "--example", "demo"];

/// Where a person can see PDT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    Desktop,
    Terminal,
}

impl Sight {
    fn here() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        Self::of(std::env::consts::OS, set("DISPLAY") || set("WAYLAND_DISPLAY"))
    }

    /// Only X11 and Wayland tell by a variable whether there is a display; elsewhere there always is.
    fn of(os: &str, has_display: bool) -> Self {
        match os {
            "linux" if !has_display => Self::Terminal,
            _ => Self::Desktop,
        }
    }
}

/// Builds PDT and starts it.
pub(crate) fn app() -> Result<(), Failure> {
    if Sight::here() == Sight::Terminal {
        return in_terminal();
    }
    preflight::run(Purpose::App)?;
    build::run(Size::Large, &[PDT, APP].concat())?;
    let app = place(built("pdt-desktop"))?;
    say::line(
        "\nPDT starts now, with your own record; this is the development build, larger and slower than the one for \
         release.\nClosing the window leaves it in the tray; Ctrl-C here, or Quit in the tray's menu, ends it.",
    );
    become_program("PDT", Command::new(app))
}

/// Builds `pdt` and shows what it can do.
fn in_terminal() -> Result<(), Failure> {
    preflight::run(Purpose::CommandLine)?;
    build::run(Size::Small, PDT)?;
    let pdt = place(built("pdt"))?;
    say::line(
        "\nThere is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so PDT is its command line, `pdt`. \
         `cargo xtask run --demo` shows it at work on fake services, without any account.\n",
    );
    let status = Command::new(&pdt).arg("--help").status();
    match status {
        Ok(status) if status.success() => {
            say::line(&format!("\nThe program is {}", pdt.display()));
            Ok(())
        }
        _ => Err(Failure::new(format!("{} was built but does not start.", pdt.display()))),
    }
}

/// Builds PDT and the demo, and becomes the demo.
pub(crate) fn demo() -> Result<(), Failure> {
    let mut words = vec!["pdt"];
    match Sight::here() {
        Sight::Desktop => {
            preflight::run(Purpose::App)?;
            // One call: in two, what both are made of would be compiled twice.
            build::run(Size::Large, &[PDT, APP, DEMO].concat())?;
            words.push("pdt-desktop");
        }
        Sight::Terminal => {
            preflight::run(Purpose::CommandLine)?;
            say::line("    There is no display here, so the demo plays in the terminal.");
            build::run(Size::Small, &[PDT, DEMO].concat())?;
        }
    }
    let mut demo = Command::new(place(built("examples/demo"))?);
    for program in words {
        demo.arg(place(built(program))?);
    }
    demo.current_dir(root());
    become_program("The demo", demo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_linux_can_be_without_a_display() {
        assert_eq!(Sight::of("linux", true), Sight::Desktop, "a desktop");
        assert_eq!(Sight::of("linux", false), Sight::Terminal, "a server");
        assert_eq!(Sight::of("macos", false), Sight::Desktop, "no variable tells");
        assert_eq!(Sight::of("windows", false), Sight::Desktop, "likewise");
    }
}
