//! One run of a loop at a time, and one worker in the background, between the tray app and any number of `pdt` on the
//! same data.
//!
//! A guard is a lock of the operating system on a file beside the database, one file a thing. The system drops
//! the lock when its holder ends, however it ends, so that a crash leaves nothing to clean up. The file itself
//! stays and means nothing.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use pdt_domain::run::Loop;

/// How often the lock is tried. [`is_held`] holds it for some microseconds, and a run must not be skipped for
/// that: who finds it taken looks again.
const TRIES: u32 = 3;

/// The pause between two tries.
const PAUSE: Duration = Duration::from_millis(5);

/// What there can be only one of at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guarded {
    /// A run of this loop.
    Run(Loop),
    /// The worker that runs the loops in the background.
    Worker,
}

impl From<Loop> for Guarded {
    fn from(of: Loop) -> Self {
        Self::Run(of)
    }
}

/// Held while a loop runs, or while the worker is at work; dropping it lets the next one begin.
#[derive(Debug)]
pub struct Guard {
    /// The open file holds the lock: closing it lets go.
    _locked: File,
}

impl Guard {
    /// Takes a guard; `None` where somebody has it. Waits no longer than some milliseconds.
    ///
    /// `folder` is the data folder, which must be there.
    ///
    /// # Errors
    /// [`GuardError`] where the file cannot be made or its file system knows no locks.
    pub fn try_take(folder: &Path, of: impl Into<Guarded>) -> Result<Option<Self>, GuardError> {
        let path = lock_file(folder, of.into());
        let file = open(&path).map_err(|cause| GuardError::new(path.clone(), cause))?;
        for _ in 1..TRIES {
            if lock(&file, &path)? {
                return Ok(Some(Self { _locked: file }));
            }
            thread::sleep(PAUSE);
        }
        Ok(lock(&file, &path)?.then_some(Self { _locked: file }))
    }
}

/// Whether somebody has a guard, in this process or another one.
///
/// A data folder without lock files, or without being there at all, has no run going.
///
/// # Errors
/// [`GuardError`] where the file cannot be read or its file system knows no locks.
pub fn is_held(folder: &Path, of: impl Into<Guarded>) -> Result<bool, GuardError> {
    let path = lock_file(folder, of.into());
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(cause) => return Err(GuardError::new(path, cause)),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(cause)) => Err(GuardError::new(path, cause)),
    }
}

/// The lock's file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "The lock file {} cannot be used: {cause}. Make sure that its folder belongs to you and lies on a local disk.",
    path.display()
)]
pub struct GuardError {
    path: PathBuf,
    #[source]
    cause: io::Error,
}

impl GuardError {
    fn new(path: PathBuf, cause: io::Error) -> Self {
        Self { path, cause }
    }
}

fn lock_file(folder: &Path, of: Guarded) -> PathBuf {
    match of {
        Guarded::Run(of) => folder.join(format!("{of}.lock")),
        Guarded::Worker => folder.join("worker.lock"),
    }
}

fn lock(file: &File, path: &Path) -> Result<bool, GuardError> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(cause)) => Err(GuardError::new(path.to_owned(), cause)),
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
