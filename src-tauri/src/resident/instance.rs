//! One PDT on one data folder. A lock of the operating system says who is first, and a local socket that only the same
//! user can reach tells the first one that there was a second start. Neither needs a session bus.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

#[cfg(unix)]
use interprocess::local_socket::GenericFilePath;
use interprocess::local_socket::tokio::prelude::*;
use interprocess::local_socket::tokio::{Listener, Stream};
use interprocess::local_socket::{ListenerOptions, Name};
use pdt_engine::api::ApiError;
use pdt_engine::folders::DataFolder;

use super::desktop::Resident;

/// The file in the data folder whose lock says who is first.
const LOCK: &str = "desktop.lock";

/// The longest path, in bytes, that a socket can have on every system.
#[cfg(unix)]
const LONGEST_ADDRESS: usize = 100;

/// How long a second start waits for a first one that is only just starting.
const PATIENCE: Duration = Duration::from_secs(4);

/// The pause between two tries to reach it.
const PAUSE: Duration = Duration::from_millis(50);

/// Who is the first.
pub(super) enum Claim {
    /// This process.
    First(Instance),
    /// Another one.
    Taken,
}

/// Being the one PDT on a data folder, for as long as this lives.
pub(super) struct Instance {
    /// The open file holds the lock: the system lets go of it when the process ends, however it ends.
    locked: File,
    folder: PathBuf,
}

impl Instance {
    pub(super) fn claim(folder: &DataFolder) -> Result<Claim, ApiError> {
        folder.create()?;
        let path = folder.path().join(LOCK);
        let refused = |cause: io::Error| {
            ApiError::desktop(format!("The lock file {} cannot be used: {cause}.", path.display()))
        };
        let locked = open(&path).map_err(refused)?;
        match locked.try_lock() {
            Ok(()) => Ok(Claim::First(Self { locked, folder: folder.path().to_owned() })),
            Err(TryLockError::WouldBlock) => Ok(Claim::Taken),
            Err(TryLockError::Error(cause)) => Err(refused(cause)),
        }
    }

    /// Shows the window whenever there is another start.
    pub(super) async fn serve(self, resident: Arc<Resident>) {
        let listener = match listener(&self) {
            Ok(listener) => listener,
            Err(error) => {
                return tracing::error!(%error, "a second start will not be able to show the window");
            }
        };
        loop {
            match listener.accept().await {
                Ok(_) => resident.show_window(),
                Err(error) => {
                    tracing::warn!(%error, "a second start could not be heard");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    /// Writes where the socket lies into the lock file, for the second start to read.
    #[cfg(unix)]
    fn tell(&self, place: &Path) -> io::Result<()> {
        use std::io::Write;
        self.locked.set_len(0)?;
        (&self.locked).write_all(place.as_os_str().as_encoded_bytes())
    }
}

/// Tells the first PDT on this data folder to show its window.
pub(super) async fn show_first(folder: &DataFolder) -> Result<(), ApiError> {
    let reached = async {
        // The first one may be so new that it has no socket yet.
        while connect(folder.path()).await.is_err() {
            tokio::time::sleep(PAUSE).await;
        }
    };
    tokio::time::timeout(PATIENCE, reached).await.map_err(|_| {
        ApiError::desktop("PDT is running already, and does not answer.")
            .with_hint("Open its window from the tray, or end it and start it again.")
    })
}

async fn connect(folder: &Path) -> io::Result<()> {
    Stream::connect(name(folder)?).await.map(drop)
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(unix)]
fn listener(instance: &Instance) -> io::Result<Listener> {
    use interprocess::os::unix::local_socket::ListenerOptionsExt;
    let place = place(&instance.folder);
    instance.tell(&place)?;
    // A socket that a crash left is in the way; whoever holds the lock may take its place.
    let name = place.to_fs_name::<GenericFilePath>()?;
    ListenerOptions::new().name(name).try_overwrite(true).mode(0o600).create_tokio()
}

/// Where the socket lies: in the data folder, or, where that has too long a path for a socket's address, in the user's
/// own runtime folder.
#[cfg(unix)]
fn place(folder: &Path) -> PathBuf {
    let beside = folder.join("desktop.sock");
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    match runtime {
        Some(runtime) if beside.as_os_str().len() > LONGEST_ADDRESS => {
            runtime.join(format!("pdt-{}.sock", std::process::id()))
        }
        _ => beside,
    }
}

/// The first one's socket, as it wrote it into the lock file.
#[cfg(unix)]
fn name(folder: &Path) -> io::Result<Name<'static>> {
    use std::os::unix::ffi::OsStringExt;
    let place = std::fs::read(folder.join(LOCK))?;
    PathBuf::from(std::ffi::OsString::from_vec(place)).to_fs_name::<GenericFilePath>()
}

#[cfg(not(unix))]
fn listener(instance: &Instance) -> io::Result<Listener> {
    ListenerOptions::new().name(name(&instance.folder)?).create_tokio()
}

/// The name of a pipe, made of the data folder's path.
#[cfg(not(unix))]
fn name(folder: &Path) -> io::Result<Name<'static>> {
    let folder: String =
        folder.to_string_lossy().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    format!("dev.pdt.desktop-{folder}").to_ns_name::<interprocess::local_socket::GenericNamespaced>()
}
