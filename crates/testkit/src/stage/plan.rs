//! What a stage shall have, and the raising of it.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Result, ensure};
use tempfile::TempDir;

use super::place::Place;
use super::{Running, Stage};

/// What a stage shall have besides a home, a runtime folder and a session bus.
#[derive(Debug, Clone, Default)]
#[must_use = "raise it"]
pub struct StagePlan {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Display,
    NoBus,
    WindowManager,
    Panel,
    KeychainPrograms,
    Keychain,
    NotificationPrograms,
    Notifications,
    LoginPrograms,
}

/// The programs that a part calls, and the Debian packages that bring them.
type Programs = &'static [(&'static str, &'static str)];

impl Part {
    fn programs(self) -> Programs {
        match self {
            Self::Display => {
                &[("Xvfb", "xvfb"), ("xdotool", "xdotool"), ("xprop", "x11-utils"), ("import", "imagemagick")]
            }
            Self::NoBus => &[],
            Self::WindowManager => &[("openbox", "openbox")],
            Self::Panel => &[("xfce4-panel", "xfce4-panel")],
            Self::Keychain => &[],
            Self::KeychainPrograms => &[
                ("gnome-keyring-daemon", "gnome-keyring"),
                ("secret-tool", "libsecret-tools"),
                ("gdbus", "libglib2.0-bin"),
            ],
            Self::Notifications => &[],
            Self::NotificationPrograms => &[("dunst", "dunst")],
            Self::LoginPrograms => {
                &[("dex", "dex"), ("gio", "libglib2.0-bin"), ("desktop-file-validate", "desktop-file-utils")]
            }
        }
    }
}

impl StagePlan {
    /// With an X server of 1280 by 800 that nobody looks at.
    pub fn with_display(self) -> Self {
        self.with(Part::Display)
    }

    /// Without anybody at the session bus's address; [`Stage::start_bare_bus`] may come later.
    pub fn without_bus(self) -> Self {
        self.with(Part::NoBus)
    }

    /// With openbox, so that windows have a frame, and can be closed and raised. Brings a display.
    pub fn with_window_manager(self) -> Self {
        self.with(Part::Display).with(Part::WindowManager)
    }

    /// With a panel that has a tray and nothing else. Brings a display.
    pub fn with_panel(self) -> Self {
        self.with(Part::Display).with(Part::Panel)
    }

    /// With GNOME Keyring, its login keyring made and unlocked.
    pub fn with_keychain(self) -> Self {
        self.with_keychain_programs().with(Part::Keychain)
    }

    /// With all that [`Stage::start_keyring`] and what follows it will call, but not started.
    pub fn with_keychain_programs(self) -> Self {
        self.with(Part::KeychainPrograms)
    }

    /// With dunst, which shows notifications. Brings a display.
    pub fn with_notifications(self) -> Self {
        self.with(Part::Display).with_notification_programs().with(Part::Notifications)
    }

    /// With all that [`Stage::start_notifications`] will call, but not started.
    pub fn with_notification_programs(self) -> Self {
        self.with(Part::NotificationPrograms)
    }

    /// With programs that read and start what starts at login, as desktops do.
    pub fn with_login_programs(self) -> Self {
        self.with(Part::LoginPrograms)
    }

    fn with(mut self, part: Part) -> Self {
        if !self.has(part) {
            self.parts.push(part);
        }
        self
    }

    fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }

    /// Makes it.
    ///
    /// # Errors
    /// Where a program is missing (the message names the packages to install) or does not come up.
    pub fn raise(self) -> Result<Stage> {
        self.check_programs()?;
        // Short, since sockets live in it.
        let folder = TempDir::with_prefix("pdt-")?;
        let mut place = Place::make(folder.path())?;
        let keeper = keeper(&place)?;
        place.group = Some(i32::try_from(keeper.pid())?);
        let mut stage = Stage { place, props: Vec::new(), keeper: Some(keeper), _folder: Some(folder) };
        self.furnish(&mut stage)?;
        Ok(stage)
    }

    /// What is known to all comes first: services that the bus starts show their windows on the display.
    fn furnish(&self, stage: &mut Stage) -> Result<()> {
        if self.has(Part::Display) {
            let server = stage.start_display()?;
            stage.props.push(server);
        }
        if !self.has(Part::NoBus) {
            let bus = stage.start_bus()?;
            stage.props.push(bus);
        }
        if self.has(Part::WindowManager) {
            let manager = stage.start_window_manager()?;
            stage.props.push(manager);
        }
        if self.has(Part::Keychain) {
            let keyring = stage.start_keyring()?;
            stage.props.push(keyring);
        }
        if self.has(Part::Notifications) {
            let service = stage.start_notifications()?;
            stage.props.push(service);
        }
        if self.has(Part::Panel) {
            let panel = stage.start_panel()?;
            stage.props.push(panel);
        }
        // The last to come is the first to go.
        stage.props.reverse();
        Ok(())
    }

    fn check_programs(&self) -> Result<()> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let is_there =
            |program: &str| std::env::split_paths(&path).any(|folder| folder.join(program).exists());
        let bus: Programs = &[("dbus-daemon", "dbus-daemon")];
        let needed = bus.iter().chain(self.parts.iter().flat_map(|part| part.programs()));
        let missing: Vec<&str> =
            needed.filter(|(program, _)| !is_there(program)).map(|(_, package)| *package).collect();
        ensure!(
            missing.is_empty(),
            "this test needs programs: install {} and run it again",
            missing.join(" ")
        );
        Ok(())
    }
}

/// Ends everything on the stage as soon as we are gone, however we went: then its input ends.
fn keeper(place: &Place) -> Result<Running> {
    let mut command = place.command("sh");
    command.args(["-c", "cat; kill -KILL 0"]).stdin(Stdio::piped()).process_group(0);
    Running::start(&mut command, place.log(Path::new("keeper").as_os_str()))
}
