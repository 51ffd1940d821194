//! GNOME Keyring: a real Secret Service, and another program's eyes on what stands in it.

use std::io::Write;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use super::{Running, Stage};

/// The password of the login keyring.
pub const KEYRING_PASSWORD: &str = "open sesame";

const SERVICE: &str = "org.freedesktop.secrets";
const PATH: &str = "/org/freedesktop/secrets";
const LOGIN: &str = "['/org/freedesktop/secrets/collection/login']";

impl Stage {
    /// Starts GNOME Keyring with its login keyring unlocked (and made, the first time), and waits until it is on
    /// the bus.
    ///
    /// # Errors
    /// Where it does not come up.
    pub fn start_keyring(&self) -> Result<Running> {
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--unlock", "--components=secrets"]).stdin(Stdio::piped());
        let mut keyring = self.start(&mut command)?;
        keyring.input().context("a pipe")?.write_all(KEYRING_PASSWORD.as_bytes())?;
        self.wait_for_name(SERVICE)?;
        Ok(keyring)
    }

    /// The secret of an entry as another program sees it.
    ///
    /// # Errors
    /// Where that program cannot be started.
    pub fn secret(&self, service: &str, user: &str) -> Result<Option<String>> {
        let output =
            self.command("secret-tool").args(["lookup", "service", service, "username", user]).output()?;
        Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned()))
    }

    /// Stores an entry as another program does, with an attribute more.
    ///
    /// # Errors
    /// Where the keychain takes none.
    pub fn store_from_outside(&self, service: &str, user: &str, secret: &str, stranger: &str) -> Result<()> {
        let attributes = ["service", service, "username", user, "stranger", stranger];
        let mut command = self.command("secret-tool");
        command.args(["store", "--label=stranger"]).args(attributes).stdin(Stdio::piped());
        let mut tool = command.spawn()?;
        tool.stdin.take().context("a pipe")?.write_all(secret.as_bytes())?;
        ensure!(tool.wait()?.success(), "another program could not store an entry");
        Ok(())
    }

    /// Locks the login keyring.
    ///
    /// # Errors
    /// Where there is none.
    pub fn lock_keychain(&self) -> Result<()> {
        let method = "org.freedesktop.Secret.Service.Lock";
        let call = ["call", "--session", "--dest", SERVICE, "--object-path", PATH, "--method", method, LOGIN];
        self.run("gdbus", &call).map(drop)
    }
}
