//! The stage of one test, seen from inside: the keychain is asked with this process's own environment, so the test
//! starts itself again where that environment is the stage's.

use std::future::Future;
use std::process::Stdio;
use std::time::Duration;

use pdt_testkit::stage::{KEYRING_PASSWORD, Running, StagePlan, wait_until};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

/// The name under which the keychain knows PDT.
const SERVICE: &str = "dev.pdt.desktop";

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
    around_us: pdt_testkit::Stage,
}

/// Runs the body of the test `test` where there is a session bus.
pub(crate) fn with_bus(test: &str, display: Display, body: impl FnOnce(&Stage)) {
    let plan = pdt_testkit::Stage::plan().with_keychain_programs();
    perform(
        test,
        body,
        match display {
            Display::None => plan,
            Display::Virtual => plan.with_display(),
        },
    );
}

/// Runs the body of the test `test` where the session bus has an address and nobody is there.
pub(crate) fn without_bus(test: &str, body: impl FnOnce(&Stage)) {
    perform(test, body, pdt_testkit::Stage::plan().with_keychain_programs().without_bus());
}

fn perform(test: &str, body: impl FnOnce(&Stage), plan: StagePlan) {
    if let Some(around_us) = pdt_testkit::Stage::around_us() {
        return body(&Stage { runtime: Runtime::new().unwrap(), around_us });
    }
    let stage = plan.raise().unwrap();
    let mut again = stage.command(std::env::current_exe().unwrap());
    let status = again.args(["--exact", test, "--nocapture"]).status().unwrap();
    assert!(status.success(), "{test} failed on its stage; its words are above");
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
        self.around_us.start_keyring().unwrap()
    }

    /// Starts a bus at the session's address that starts no service by itself.
    pub(crate) fn start_bare_bus(&self) -> Running {
        self.around_us.start_bare_bus().unwrap()
    }

    /// The secret of an entry as another program sees it.
    pub(crate) fn lookup(&self, user: &str) -> Option<String> {
        self.around_us.secret(SERVICE, user).unwrap()
    }

    /// Stores an entry as another program does, with an attribute more.
    pub(crate) fn store_from_outside(&self, user: &str, secret: &str, stranger: &str) {
        self.around_us.store_from_outside(SERVICE, user, secret, stranger).unwrap();
    }

    /// Locks the login keyring.
    pub(crate) fn lock(&self) {
        self.around_us.lock_keychain().unwrap();
    }

    /// Unlocks the login keyring through another program, whose window is answered.
    pub(crate) fn unlock(&self) {
        let arguments = ["lookup", "service", SERVICE, "username", "default/work"];
        let mut other = self.around_us.command("secret-tool");
        let mut other = other.args(arguments).stdout(Stdio::null()).spawn().unwrap();
        self.wait_for_prompt();
        self.answer_prompt();
        assert!(other.wait().unwrap().success(), "the keyring takes the password");
    }

    /// Whether the keyring's window shows.
    pub(crate) fn shows_prompt(&self) -> bool {
        let search = ["search", "--onlyvisible", "--class", "gcr-prompter"];
        // xdotool fails where there is none.
        self.around_us.run("xdotool", &search).is_ok()
    }

    /// Waits until the keyring's window shows.
    pub(crate) fn wait_for_prompt(&self) {
        wait_until("the keyring's window", READY, || self.shows_prompt()).unwrap();
    }

    /// Types the password into the keyring's window.
    pub(crate) fn answer_prompt(&self) {
        self.press(&[&["type", "--delay", "20", KEYRING_PASSWORD], &["key", "Return"]]);
    }

    /// Types a new password, twice, into the keyring's window.
    pub(crate) fn choose_password(&self) {
        let typed: &[&str] = &["type", "--delay", "20", KEYRING_PASSWORD];
        self.press(&[typed, &["key", "Tab"], typed, &["key", "Return"]]);
    }

    /// Closes the keyring's window without an answer.
    pub(crate) fn dismiss_prompt(&self) {
        self.press(&[&["key", "Escape"]]);
    }

    fn press(&self, steps: &[&[&str]]) {
        let window = ["search", "--onlyvisible", "--class", "gcr-prompter", "windowfocus", "--sync"];
        self.around_us.run("xdotool", &window).unwrap();
        for step in steps {
            self.around_us.run("xdotool", step).unwrap();
        }
    }
}
