//! The demo on a desktop: the app with its window and its tray icon, in a world that goes on.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use pdt_testkit::demo::DemoWorld;

use crate::End;
use crate::bus::TrayOnly;
use crate::person::{Person, Words};

/// How often somebody pushes.
const BEAT: Duration = Duration::from_secs(30);

/// How often the app looks by itself: often enough for a demo.
const INTERVAL: &str = "1m";

pub(crate) async fn play(person: &Person, app: &Path, world: &mut DemoWorld) -> Result<End> {
    for words in Person::connecting(world) {
        if person.pdt(&words, Words::Kept, world).await? == End::Interrupted {
            return Ok(End::Interrupted);
        }
    }
    println!(
        "Ada has connected all three and tracks {} repositories; nothing was synced yet.\n\
         Somebody pushes a commit every half minute: \"Sync now\" brings it. Quit PDT in the tray's menu, or Ctrl-C \
         here, ends the demo.\n",
        world.repository_urls().len()
    );
    let bus = TrayOnly::start(person.home()).await;
    let mut command = person.command(app.as_os_str(), world);
    command.env("SYNC_INTERVAL_COMMITS", INTERVAL);
    match &bus {
        Some(bus) => {
            // The proxy is Flatpak's, and cannot follow a client that says several things at once while it is let in;
            // zbus goes one by one where this variable stands. Tried: without it the connection breaks.
            command.env("DBUS_SESSION_BUS_ADDRESS", bus.address()).env("FLATPAK_ID", "dev.pdt.desktop");
        }
        None => println!("There is no tray that the demo may use, so the window is the way in."),
    }
    let mut child = command.spawn().with_context(|| format!("{}", app.display()))?;
    let end = tokio::select! {
        end = person.wait(&mut child) => end?,
        error = go_on(world) => return Err(error),
    };
    if end == End::Over {
        println!("\nPDT has ended. The services stop now, and the demo's folder is removed.");
    }
    Ok(end)
}

/// Lets the world go on, for as long as nothing fails.
async fn go_on(world: &mut DemoWorld) -> anyhow::Error {
    let mut beat = tokio::time::interval(BEAT);
    beat.tick().await;
    loop {
        beat.tick().await;
        match world.advance() {
            Ok(push) => {
                println!("{} pushed to {} of {}: {}", push.author, push.branch, push.repository, push.subject)
            }
            Err(error) => return error,
        }
    }
}
