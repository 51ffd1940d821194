//! Whether the desktop has a tray. On Linux a panel says so by owning a name on the session bus; it may come late, end,
//! and come back.

use futures::StreamExt;
use tokio::sync::watch;
use zbus::fdo::DBusProxy;
use zbus::names::BusName;

/// The name that a panel with a tray owns
/// (<https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/>).
const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// The name under which this process can be found on the bus.
const OWN: &str = "dev.pdt.desktop.SingleInstance";

/// Tells `present` whether there is a tray, until the bus ends. Without a bus there is none.
pub(super) async fn follow(present: watch::Sender<bool>) {
    if let Err(error) = listen(&present).await {
        tracing::warn!(%error, "the session bus cannot be asked for a tray");
    }
    present.send_replace(false);
}

async fn listen(present: &watch::Sender<bool>) -> zbus::Result<()> {
    let connection = zbus::Connection::session().await?;
    // Another PDT, on other data, may have the name: it is a courtesy to those who look for the process.
    let _ = connection.request_name(OWN).await;
    let bus = DBusProxy::new(&connection).await?;
    let mut changes = bus.receive_name_owner_changed_with_args(&[(0, WATCHER)]).await?;
    present.send_replace(bus.name_has_owner(BusName::try_from(WATCHER)?).await?);
    while let Some(change) = changes.next().await {
        present.send_replace(change.args()?.new_owner().is_some());
    }
    Ok(())
}
