//! The display: an X server that nobody looks at, a window manager, and a hand on mouse and keyboard.

use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Result, ensure};

use super::bus::READY;
use super::{Running, Stage, wait_until};

impl Stage {
    /// The server chooses its own number: `xvfb-run -a` gives two tests that start together the same one.
    pub(super) fn start_display(&mut self) -> Result<Running> {
        let mut command = self.command("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]);
        let (server, output) = Running::start_talking(&mut command)?;
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number)?;
        ensure!(!number.trim().is_empty(), "Xvfb ended before it had a display");
        self.place.display = Some(format!(":{}", number.trim()));
        Ok(server)
    }

    pub(super) fn start_window_manager(&self) -> Result<Running> {
        let manager = self.start(self.command("openbox").arg("--sm-disable"))?;
        wait_until("a window manager", READY, || {
            let asked = self.run("xprop", &["-root", "_NET_SUPPORTING_WM_CHECK"]);
            asked.is_ok_and(|answer| answer.contains("window id"))
        })?;
        Ok(manager)
    }

    /// A picture of the whole display as it is now.
    ///
    /// # Errors
    /// Where it cannot be taken or written.
    pub fn screenshot(&self, file: &Path) -> Result<()> {
        self.run("import", &["-window", "root", &file.to_string_lossy()])?;
        Ok(())
    }

    /// Keeps a picture of the display as it was when a test failed, and tells where it is.
    #[expect(clippy::print_stderr, reason = "a failing test tells what there was to see")]
    pub(super) fn keep_picture(&self) {
        let name = self.home().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = std::env::temp_dir().join(format!("{name}-failed.png"));
        if self.place.display.is_some() && self.screenshot(&file).is_ok() {
            eprintln!("--- the display at that moment: {}", file.display());
        }
    }

    /// The ids of the windows that show and whose title holds `title` (a regular expression).
    #[must_use]
    pub fn windows(&self, title: &str) -> Vec<String> {
        // xdotool fails where there is none.
        let found = self.run("xdotool", &["search", "--onlyvisible", "--name", title]).unwrap_or_default();
        found.lines().map(str::to_owned).collect()
    }

    /// Asks a window to close, as Alt and F4 do. Needs a window manager, which hears them.
    ///
    /// # Errors
    /// Where there is no such window.
    pub fn close_window(&self, id: &str) -> Result<()> {
        // Openbox hears its keys whatever has the focus, and closes what has it.
        self.run("xdotool", &["windowactivate", "--sync", id, "key", "--clearmodifiers", "alt+F4"]).map(drop)
    }
}
