//! Whether the desktop is light or dark. On Linux its portal says so, and GTK does not ask it; nobody is kept waiting for
//! the answer, and where there is none, GTK's own theme decides.
//!
//! <https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html>

use futures::{Stream, StreamExt};
use tauri::{AppHandle, Theme};
use tokio::runtime::Runtime;
use tokio::sync::watch;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, Message, Proxy};

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";

/// The setting, by its namespace and its name.
const SCHEME: (&str, &str) = ("org.freedesktop.appearance", "color-scheme");

/// Its values. Every other number means that the person has not chosen.
const DARK: u32 = 1;
const LIGHT: u32 = 2;

/// What the person has chosen, as soon as it is known, and from then on.
pub(super) fn ask(runtime: &Runtime) -> watch::Receiver<Option<Theme>> {
    let (told, theme) = watch::channel(None);
    runtime.spawn(listen(told));
    theme
}

/// Has the window look as it is told.
pub(super) async fn obey(app: AppHandle, mut told: watch::Receiver<Option<Theme>>) {
    while told.changed().await.is_ok() {
        let theme = *told.borrow_and_update();
        app.set_theme(theme);
    }
}

async fn listen(told: watch::Sender<Option<Theme>>) {
    // Many a desktop has no portal, or no bus.
    if let Err(error) = follow(&told).await {
        tracing::debug!(%error, "the desktop does not say whether it is light or dark");
    }
}

async fn follow(told: &watch::Sender<Option<Theme>>) -> zbus::Result<()> {
    let portal = Proxy::new(&Connection::session().await?, PORTAL, PATH, SETTINGS).await?;
    let (namespace, name) = SCHEME;
    // It listens before it asks, so that no change falls in between.
    let changes = portal.receive_signal_with_args("SettingChanged", &[(0, namespace), (1, name)]).await?;
    let now = async {
        match read(&portal).await {
            Ok(value) => tell(told, &value),
            Err(error) => tracing::debug!(%error, "no portal knows whether the desktop is light or dark"),
        }
    };
    tokio::join!(now, pass_on(changes, told));
    Ok(())
}

async fn pass_on(mut changes: impl Stream<Item = Message> + Unpin, told: &watch::Sender<Option<Theme>>) {
    while let Some(change) = changes.next().await {
        // One that cannot be read is no reason not to listen to the next.
        match change.body().deserialize::<(&str, &str, Value<'_>)>() {
            Ok((_, _, value)) => tell(told, &value),
            Err(error) => tracing::debug!(%error, "the desktop told of a change in words that nobody knows"),
        }
    }
}

/// A portal from before 2023 knows only the second way.
async fn read(portal: &Proxy<'_>) -> zbus::Result<OwnedValue> {
    match portal.call("ReadOne", &SCHEME).await {
        Ok(value) => Ok(value),
        Err(_) => portal.call("Read", &SCHEME).await,
    }
}

/// What is no news is not told: of a person who never chose, GTK hears nothing.
fn tell(told: &watch::Sender<Option<Theme>>, value: &Value<'_>) {
    let theme = theme(value);
    told.send_if_modified(|known| std::mem::replace(known, theme) != theme);
}

/// The older way of asking wraps the answer once more.
fn theme(value: &Value<'_>) -> Option<Theme> {
    if let Value::Value(inner) = value {
        return theme(inner);
    }
    match u32::try_from(value) {
        Ok(DARK) => Some(Theme::Dark),
        Ok(LIGHT) => Some(Theme::Light),
        Ok(_) | Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_and_the_new_answer_mean_the_same() {
        for (number, meaning) in [(0_u32, None), (1, Some(Theme::Dark)), (2, Some(Theme::Light)), (7, None)] {
            let new = Value::from(number);
            let old = Value::Value(Box::new(new.try_clone().unwrap()));
            assert_eq!(theme(&new), meaning, "{number} as it is said now");
            assert_eq!(theme(&old), meaning, "{number} as it was said until 2023");
        }
        assert_eq!(theme(&Value::from("dark")), None, "a word is none of the values");
    }

    #[test]
    fn only_news_is_told() {
        let (told, mut heard) = watch::channel(None);
        tell(&told, &Value::from(0_u32));
        assert!(!heard.has_changed().unwrap(), "nobody has chosen anything");
        tell(&told, &Value::from(DARK));
        assert_eq!(*heard.borrow_and_update(), Some(Theme::Dark), "now somebody has");
        tell(&told, &Value::from(DARK));
        assert!(!heard.has_changed().unwrap(), "some portals say it twice");
    }

    #[test]
    fn a_change_that_cannot_be_read_does_not_end_the_following() {
        let signal = || Message::signal(PATH, SETTINGS, "SettingChanged").unwrap();
        let malformed = signal().build(&7_u32).unwrap();
        let good = signal().build(&(SCHEME.0, SCHEME.1, Value::from(DARK))).unwrap();
        let (told, heard) = watch::channel(None);
        zbus::block_on(pass_on(futures::stream::iter([malformed, good]), &told));
        assert_eq!(*heard.borrow(), Some(Theme::Dark), "the second was heard");
    }
}
