//! The app: its processes, its icon, its window as the desktop sees it.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

use pdt_testkit::stage::{Process, Running, TrayItem, wait_for, wait_until};

use super::{PATIENCE, PROMISED, Scene, TOKEN, Window};

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_pdt-desktop");

/// The app, not started yet.
pub(crate) struct AppPlan<'a> {
    scene: &'a Scene,
    command: Command,
    inspector: u16,
}

impl<'a> AppPlan<'a> {
    pub(super) fn new(scene: &'a Scene) -> Self {
        Self::of(scene, Path::new(PROGRAM))
    }

    /// The program at another place.
    pub(super) fn of(scene: &'a Scene, program: &Path) -> Self {
        let inspector = free_port();
        let mut command = scene.stage.command(program);
        command
            .env("PDT_DATA_DIR", scene.data())
            // Its web view can be driven from outside; every other part is as it is for a person.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_INSPECTOR_SERVER", format!("127.0.0.1:{inspector}"));
        Self { scene, command, inspector }
    }

    /// As at login.
    pub(crate) fn hidden(mut self) -> Self {
        self.command.arg("--hidden");
        self
    }

    /// With Ada's token in the environment, for those who need no keychain.
    pub(crate) fn with_token(self) -> Self {
        self.with("PDT_TOKEN_WORK", TOKEN)
    }

    /// With a variable.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Starts it.
    pub(crate) fn start(mut self) -> App<'a> {
        let running = self.scene.stage.start(&mut self.command).unwrap();
        App { scene: self.scene, running, inspector: self.inspector }
    }

    /// Starts it where it runs already, and answers with how this second start ended, and after what time.
    pub(crate) fn start_again(mut self) -> (ExitStatus, Duration) {
        let begin = Instant::now();
        let mut running = self.scene.stage.start(&mut self.command).unwrap();
        (running.wait(PATIENCE).unwrap(), begin.elapsed())
    }
}

/// A running app. It is killed when this is dropped.
pub(crate) struct App<'a> {
    pub(super) scene: &'a Scene,
    pub(crate) running: Running,
    pub(super) inspector: u16,
}

impl App<'_> {
    /// Waits until it is the one PDT on its data folder: until then another start might become the first.
    pub(crate) fn wait_to_be_first(&self) {
        wait_until("PDT's lock", PATIENCE, || self.processes().first().is_some_and(Process::holds_a_lock))
            .unwrap();
    }

    /// Its icons, as the panel lists them.
    pub(crate) fn icons(&self) -> Vec<TrayItem> {
        self.scene.stage.icons_of(self.running.pid()).unwrap_or_default()
    }

    /// Waits until its icon is in the tray.
    pub(crate) fn wait_for_icon(&self) -> TrayItem {
        self.wait_for_icon_within(PATIENCE)
    }

    /// Waits until its icon is in the tray, which must be soon enough.
    pub(crate) fn wait_for_icon_within(&self, patience: Duration) -> TrayItem {
        wait_for("PDT's icon", patience, || self.icons().pop()).unwrap()
    }

    /// Chooses an entry of the tray's menu.
    pub(crate) fn choose(&self, label: &str) {
        self.choose_in(&[label]);
    }

    /// Chooses an entry that is reached through submenus.
    pub(crate) fn choose_in(&self, labels: &[&str]) {
        self.wait_for_icon().choose(labels).unwrap();
    }

    /// Asks for a sync of everything.
    pub(crate) fn sync_now(&self) {
        self.choose_in(&["Sync now", "Everything"]);
    }

    /// The app's own processes, the resident one first.
    pub(crate) fn processes(&self) -> Vec<Process> {
        let mut all = self.scene.stage.processes().unwrap();
        all.retain(|process| process.program == "pdt-desktop");
        all.sort_by_key(|process| process.pid != self.running.pid());
        all
    }

    /// The processes of web views.
    pub(crate) fn web_processes(&self) -> Vec<Process> {
        let mut all = self.scene.stage.processes().unwrap();
        // The driver is the test's own.
        all.retain(|process| process.program.starts_with("WebKit") && process.program != "WebKitWebDriver");
        all
    }

    /// The windows that show.
    pub(crate) fn windows(&self) -> Vec<String> {
        self.scene.stage.windows("^PDT$")
    }

    /// Waits until its window shows, which must be soon enough.
    pub(crate) fn wait_for_window(&self) -> String {
        wait_for("PDT's window", PATIENCE, || self.windows().pop()).unwrap()
    }

    /// Closes the window as a person does.
    pub(crate) fn close_window(&self) {
        self.scene.stage.close_window(&self.wait_for_window()).unwrap();
    }

    /// Waits until nothing is left of the window, which must be soon enough.
    pub(crate) fn wait_for_no_window(&self) {
        let begin = Instant::now();
        wait_until("the end of every web process", PROMISED, || {
            self.web_processes().is_empty() && self.processes().len() <= 1 && self.windows().is_empty()
        })
        .unwrap_or_else(|error| {
            panic!("{error} ({:?}): {:?} {:?}", begin.elapsed(), self.processes(), self.web_processes())
        });
    }

    /// Waits until nothing is left of the app, which must be soon enough, and answers with how it ended.
    pub(crate) fn wait_for_end(&mut self) -> ExitStatus {
        let begin = Instant::now();
        let status = self.running.wait(PROMISED).unwrap();
        wait_until("the end of every process", PROMISED.saturating_sub(begin.elapsed()), || {
            self.web_processes().is_empty() && self.processes().is_empty()
        })
        .unwrap_or_else(|error| panic!("{error}: {:?} {:?}", self.processes(), self.web_processes()));
        status
    }

    /// Takes hold of the open window from inside, or of the one that is about to open.
    pub(crate) fn window(&self) -> Window<'_> {
        Window::attach(self)
    }
}

/// The same program at another place.
pub(crate) fn copy_of_the_program(place: &Path) {
    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
    // It is large; where the place is on another disk, there is no other way.
    std::fs::hard_link(PROGRAM, place).or_else(|_| std::fs::copy(PROGRAM, place).map(drop)).unwrap();
}

/// A port that nobody uses at this moment.
pub(super) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
