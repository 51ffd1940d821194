//! A stage for one test: its own home, runtime folder, session bus and display.

use std::fs;
use std::future::Future;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

/// Set in the process that stands on the stage.
const ON_STAGE: &str = "PDT_TEST_ON_STAGE";

/// The password of the keyring.
const PASSWORD: &str = "open sesame";

/// How long a program is waited for that has been started.
const READY: Duration = Duration::from_secs(20);

/// Whether a window could show.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Display {
    /// There is no display at all, as on a server.
    None,
    /// An X server that nobody looks at.
    Virtual,
}

/// Where a test stands.
pub(crate) struct Stage {
    runtime: Runtime,
}

/// Runs the body of the test `test` where there is a session bus.
pub(crate) fn with_bus(test: &str, display: Display, body: impl FnOnce(&Stage)) {
    perform(test, body, |home| match display {
        Display::None => again(test, home, &["dbus-run-session", "--"]).status().unwrap(),
        Display::Virtual => {
            let screen = Screen::start();
            again(test, home, &["dbus-run-session", "--"]).env("DISPLAY", &screen.name).status().unwrap()
        }
    });
}

/// Runs the body of the test `test` where the session bus has an address and nobody is there.
pub(crate) fn without_bus(test: &str, body: impl FnOnce(&Stage)) {
    perform(test, body, |home| again(test, home, &[]).status().unwrap());
}

fn perform(test: &str, body: impl FnOnce(&Stage), on_stage: impl FnOnce(&Path) -> ExitStatus) {
    if std::env::var_os(ON_STAGE).is_some() {
        return body(&Stage { runtime: Runtime::new().unwrap() });
    }
    check_programs();
    let home = tempfile::tempdir().unwrap();
    assert!(on_stage(home.path()).success(), "{test} failed on its stage; its words are above");
}

/// This test once more, behind the words of `wrapper`.
fn again(test: &str, home: &Path, wrapper: &[&str]) -> Command {
    let runtime_folder = home.join("run");
    fs::create_dir(&runtime_folder).unwrap();
    fs::set_permissions(&runtime_folder, fs::Permissions::from_mode(0o700)).unwrap();
    let this = std::env::current_exe().unwrap();
    let line = [wrapper, &[this.to_str().unwrap(), "--exact", test, "--nocapture"]].concat();
    let mut command = Command::new(line[0]);
    command
        .args(&line[1..])
        .env(ON_STAGE, "1")
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", &runtime_folder)
        .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", runtime_folder.join("bus").display()));
    for variable in ["DISPLAY", "WAYLAND_DISPLAY", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
        command.env_remove(variable);
    }
    command
}

/// An X server that nobody looks at. It chooses its own number: `xvfb-run -a` gives two tests that start together
/// the same one.
struct Screen {
    name: String,
    _server: Running,
}

impl Screen {
    fn start() -> Self {
        let arguments = ["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"];
        let mut server = Command::new("Xvfb")
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Self { name: format!(":{}", number.trim()), _server: Running(server) }
    }
}

fn check_programs() {
    let needed = [
        ("dbus-run-session", "dbus"),
        ("dbus-daemon", "dbus"),
        ("gdbus", "libglib2.0-bin"),
        ("gnome-keyring-daemon", "gnome-keyring"),
        ("secret-tool", "libsecret-tools"),
        ("Xvfb", "xvfb"),
        ("xdotool", "xdotool"),
    ];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut missing = needed
        .iter()
        .filter(|(program, _)| !std::env::split_paths(&path).any(|folder| folder.join(program).exists()))
        .map(|(_, package)| *package)
        .collect::<Vec<_>>();
    missing.dedup();
    assert!(missing.is_empty(), "this test needs programs: install {} and run it again", missing.join(" "));
}

impl Stage {
    /// Waits for a future, for the test's body is not async: it starts itself again before there is a runtime.
    pub(crate) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// Runs a future beside the test's body.
    pub(crate) fn spawn<T: Send + 'static>(
        &self,
        future: impl Future<Output = T> + Send + 'static,
    ) -> JoinHandle<T> {
        self.runtime.spawn(future)
    }

    /// Starts GNOME Keyring with its login keyring unlocked (and made, the first time), and waits until it is on
    /// the bus.
    pub(crate) fn start_keyring(&self) -> Running {
        let mut keyring = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        keyring.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
        let running = Running(keyring);
        self.run("gdbus", &["wait", "--session", "--timeout", "20", "org.freedesktop.secrets"]);
        running
    }

    /// Starts a bus at the session's address that starts no service by itself.
    pub(crate) fn start_bare_bus(&self) -> Running {
        let address = std::env::var("DBUS_SESSION_BUS_ADDRESS").unwrap();
        let config = Path::new(&std::env::var_os("HOME").unwrap()).join("bus.conf");
        let text = format!(
            "<busconfig><type>session</type><listen>{address}</listen><policy context=\"default\">\
             <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>\
             </policy></busconfig>"
        );
        fs::write(&config, text).unwrap();
        let config = format!("--config-file={}", config.display());
        let bus = Running(Command::new("dbus-daemon").args([config.as_str(), "--nofork"]).spawn().unwrap());
        let socket = address.trim_start_matches("unix:path=").to_owned();
        until("the bus listens", || Path::new(&socket).exists());
        bus
    }

    /// The secret of an entry as another program sees it.
    pub(crate) fn lookup(&self, user: &str) -> Option<String> {
        let arguments = ["lookup", "service", "dev.pdt.desktop", "username", user];
        let output = Command::new("secret-tool").args(arguments).output().unwrap();
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    }

    /// Stores an entry as another program does, with an attribute more.
    pub(crate) fn store_from_outside(&self, user: &str, secret: &str, stranger: &str) {
        let arguments = [
            "store",
            "--label=stranger",
            "service",
            "dev.pdt.desktop",
            "username",
            user,
            "stranger",
            stranger,
        ];
        let mut tool = Command::new("secret-tool").args(arguments).stdin(Stdio::piped()).spawn().unwrap();
        tool.stdin.take().unwrap().write_all(secret.as_bytes()).unwrap();
        assert!(tool.wait().unwrap().success(), "another program may store an entry of the same name");
    }

    /// Locks the login keyring.
    pub(crate) fn lock(&self) {
        let collection = "['/org/freedesktop/secrets/collection/login']";
        let (service, path) = ("org.freedesktop.secrets", "/org/freedesktop/secrets");
        let method = "org.freedesktop.Secret.Service.Lock";
        let destination = ["call", "--session", "--dest", service, "--object-path", path];
        self.run("gdbus", &[&destination[..], &["--method", method, collection]].concat());
    }

    /// Unlocks the login keyring through another program, whose window is answered.
    pub(crate) fn unlock(&self) {
        let arguments = ["lookup", "service", "dev.pdt.desktop", "username", "default/work"];
        let mut other = Command::new("secret-tool").args(arguments).stdout(Stdio::null()).spawn().unwrap();
        self.wait_for_prompt();
        self.answer_prompt();
        assert!(other.wait().unwrap().success(), "the keyring takes the password");
    }

    /// Whether the keyring's window shows.
    pub(crate) fn shows_prompt(&self) -> bool {
        let search = ["search", "--onlyvisible", "--class", "gcr-prompter"];
        Command::new("xdotool")
            .args(search)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap()
            .success()
    }

    /// Waits until the keyring's window shows.
    pub(crate) fn wait_for_prompt(&self) {
        until("the keyring's window shows", || self.shows_prompt());
    }

    /// Types the password into the keyring's window.
    pub(crate) fn answer_prompt(&self) {
        self.press(&[&["type", "--delay", "20", PASSWORD], &["key", "Return"]]);
    }

    /// Types a new password, twice, into the keyring's window.
    pub(crate) fn choose_password(&self) {
        let typed: &[&str] = &["type", "--delay", "20", PASSWORD];
        self.press(&[typed, &["key", "Tab"], typed, &["key", "Return"]]);
    }

    /// Closes the keyring's window without an answer.
    pub(crate) fn dismiss_prompt(&self) {
        self.press(&[&["key", "Escape"]]);
    }

    fn press(&self, steps: &[&[&str]]) {
        let window = ["search", "--onlyvisible", "--class", "gcr-prompter", "windowfocus", "--sync"];
        self.run("xdotool", &window);
        steps.iter().for_each(|step| self.run("xdotool", step));
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let output = Command::new(program).args(arguments).output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {arguments:?} failed: {words}");
    }
}

/// A program that ends with the test.
pub(crate) struct Running(Child);

impl Running {
    /// Sends a signal by its name.
    pub(crate) fn signal(&self, signal: &str) {
        let command = format!("kill -{signal} {}", self.0.id());
        assert!(Command::new("sh").args(["-c", &command]).status().unwrap().success(), "{command}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until something outside of this process is so; it has no way of telling us.
fn until(what: &str, so: impl Fn() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < READY, "{what}: not within {READY:?}");
        thread::sleep(Duration::from_millis(50));
    }
}
