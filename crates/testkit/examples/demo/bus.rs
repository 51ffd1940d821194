//! The person's session bus, as far as the tray goes and no further: the keychain is on it as well, and what is tried
//! out in a demo must not end up there.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::{Child, Command};

/// What may be asked on the real bus, and which names may be owned there.
const ALLOWED: &[&str] = &[
    "--talk=org.kde.StatusNotifierWatcher",
    "--own=org.kde.*",
    "--own=dev.pdt.desktop.*",
    // Whether the desktop is light or dark.
    "--talk=org.freedesktop.portal.Desktop",
];

/// How long the way there may take to open.
const PATIENCE: Duration = Duration::from_secs(3);

/// A way to the session bus that leads to the tray only.
pub(crate) struct TrayOnly {
    address: String,
    _proxy: Child,
}

impl TrayOnly {
    /// Opens it, where there is a session bus and xdg-dbus-proxy, which comes with the web view.
    pub(crate) async fn start(folder: &Path) -> Option<Self> {
        let real = std::env::var_os("DBUS_SESSION_BUS_ADDRESS")?;
        let socket = folder.join("tray-only");
        let proxy = Command::new("xdg-dbus-proxy")
            .arg(real)
            .arg(&socket)
            .arg("--filter")
            .args(ALLOWED)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .ok()?;
        // Its socket is all that tells when it is ready.
        let opened = async {
            while !socket.exists() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, opened).await.ok()?;
        Some(Self { address: format!("unix:path={}", socket.display()), _proxy: proxy })
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}
