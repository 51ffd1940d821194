//! The variables that PDT reads: those of its process, and below them those of the `.env` file.
//!
//! They are taken once and handed on, so that a test gives its own and nobody changes the process's.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The variables of the process, with those of the `.env` file below them.
///
/// A value may be a token: `Debug` prints names alone.
#[derive(Clone, Default)]
pub struct Environment {
    process: BTreeMap<String, OsString>,
    file: BTreeMap<String, String>,
}

/// Where the value of a variable comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariableSource {
    /// The process's own environment.
    Process,
    /// The `.env` file of the configuration folder.
    File,
}

impl Environment {
    /// The variables of this process as they are now.
    #[must_use]
    pub fn of_process() -> Self {
        let named = |(name, value): (OsString, OsString)| Some((spelled(name.to_str()?), value));
        Self { process: std::env::vars_os().filter_map(named).collect(), file: BTreeMap::new() }
    }

    /// Exactly these variables, as if the process had them.
    #[must_use]
    pub fn of<N: Into<String>, V: Into<OsString>>(variables: impl IntoIterator<Item = (N, V)>) -> Self {
        let process = variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { process, file: BTreeMap::new() }
    }

    /// The same with the text of a `.env` file below it: the process's own variables win.
    ///
    /// A line that cannot be read is left out and comes back as a warning.
    #[must_use]
    pub fn with_file_text(mut self, path: &Path, text: &str) -> (Self, Vec<FileWarning>) {
        let mut warnings = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (number, line) in (1..).zip(text.lines()) {
            match assignments(line) {
                Ok(assigned) => self.file.extend(assigned),
                Err(Unreadable) => warnings.push(FileWarning::Line { path: path.to_owned(), number }),
            }
        }
        (self, warnings)
    }

    /// The same with a `.env` file below it; a file that is not there adds nothing.
    #[must_use]
    pub fn with_file(self, path: &Path) -> (Self, Vec<FileWarning>) {
        match fs::read_to_string(path) {
            Ok(text) => {
                let (environment, mut warnings) = self.with_file_text(path, &text);
                warnings.extend(environment.warn_of_readers(path));
                (environment, warnings)
            }
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => (self, Vec::new()),
            Err(cause) => {
                (self, vec![FileWarning::Unreadable { path: path.to_owned(), cause: cause.to_string() }])
            }
        }
    }

    /// The value of a variable and where it comes from. An empty value counts as none.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<(&OsStr, VariableSource)> {
        let process = self.process.get(name).map(OsString::as_os_str).filter(|value| !value.is_empty());
        let file = self.file.get(name).map(OsStr::new).filter(|value| !value.is_empty());
        process
            .map(|value| (value, VariableSource::Process))
            .or_else(|| file.map(|value| (value, VariableSource::File)))
    }

    /// The names that begin with `prefix` and have a value, in order.
    pub fn names<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        let mut names: Vec<&str> = self.process.keys().chain(self.file.keys()).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().filter(move |name| name.starts_with(prefix) && self.get(name).is_some())
    }

    #[cfg(unix)]
    fn warn_of_readers(&self, path: &Path) -> Option<FileWarning> {
        use std::os::unix::fs::PermissionsExt;

        let mode = fs::metadata(path).ok()?.permissions().mode();
        let holds_token = self.file.keys().any(|name| name.starts_with("PDT_TOKEN_"));
        (holds_token && mode & 0o077 != 0).then(|| FileWarning::OthersMayRead { path: path.to_owned() })
    }

    #[cfg(not(unix))]
    fn warn_of_readers(&self, _path: &Path) -> Option<FileWarning> {
        None
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.process.keys()).entries(self.file.keys()).finish()
    }
}

/// Something about the `.env` file that the person should know. It never repeats what the file holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileWarning {
    /// A line is no assignment.
    #[error("Line {number} of {} cannot be read and is left out: write it as NAME=value.", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line's number, from 1.
        number: usize,
    },
    /// The file is there and cannot be read.
    #[error("{} cannot be read and is left out: {cause}.", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: String,
    },
    /// The file holds a token and other users of the machine can read it.
    #[error("{} holds a token and others can read it: run chmod 600 on it.", path.display())]
    OthersMayRead {
        /// The file.
        path: PathBuf,
    },
}

/// The line is no assignment. dotenvy's own error repeats the line, which may hold a token.
struct Unreadable;

fn assignments(line: &str) -> Result<Vec<(String, String)>, Unreadable> {
    dotenvy::from_read_iter(line.as_bytes()).collect::<Result<_, _>>().map_err(|_| Unreadable)
}

/// Windows does not tell letter cases apart in the names of variables.
fn spelled(name: &str) -> String {
    if cfg!(windows) { name.to_ascii_uppercase() } else { name.to_owned() }
}
