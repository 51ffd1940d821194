//! What can go wrong with the database, in sentences for the person whose work is in it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY;

/// The database could not be opened, read or written.
///
/// Its text is one sentence that names the file, what is wrong and what to do.
#[derive(Debug)]
pub struct StoreError {
    kind: StoreErrorKind,
    path: Option<PathBuf>,
    /// What the layer below said, for the kinds whose sentence has room for it.
    detail: String,
}

/// What kind of trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreErrorKind {
    /// Another program held the database for as long as PDT waits for it.
    Busy,
    /// No space is left where the database is.
    DiskFull,
    /// The file is a database, and parts of it cannot be read any more.
    Damaged,
    /// The file is something else.
    NotADatabase,
    /// The file is a database that PDT did not make.
    ForeignDatabase,
    /// A newer PDT wrote it; this one has not touched it.
    NewerDatabase {
        /// The version of the file's tables.
        found: i64,
        /// The newest version that this PDT knows.
        known: i64,
    },
    /// The system does not let this user at the file or its folder.
    PermissionDenied,
    /// The file, its folder or the disk takes no writes.
    ReadOnly,
    /// What was written to belongs to a repository, account or profile that was removed meanwhile.
    OwnerRemoved,
    /// An account of this name exists, and it is at another address.
    AccountElsewhere,
    /// A stored value is none that PDT writes.
    Unreadable,
    /// It was closed before, because PDT is ending.
    Closed,
    /// Anything else; the sentence has what the system said.
    Other,
}

/// SQLite's result codes (<https://www.sqlite.org/rescode.html>) that mean something a person can act on.
const MEANINGS: &[(ErrorCode, StoreErrorKind)] = &[
    (ErrorCode::DatabaseBusy, StoreErrorKind::Busy),
    (ErrorCode::DatabaseLocked, StoreErrorKind::Busy),
    (ErrorCode::DiskFull, StoreErrorKind::DiskFull),
    (ErrorCode::DatabaseCorrupt, StoreErrorKind::Damaged),
    (ErrorCode::NotADatabase, StoreErrorKind::NotADatabase),
    (ErrorCode::PermissionDenied, StoreErrorKind::PermissionDenied),
    // The file is there when SQLite is asked to open it, so that what is missing is the right to.
    (ErrorCode::CannotOpen, StoreErrorKind::PermissionDenied),
    (ErrorCode::ReadOnly, StoreErrorKind::ReadOnly),
];

/// Likewise for files and folders.
const IO_MEANINGS: &[(io::ErrorKind, StoreErrorKind)] = &[
    (io::ErrorKind::PermissionDenied, StoreErrorKind::PermissionDenied),
    (io::ErrorKind::ReadOnlyFilesystem, StoreErrorKind::ReadOnly),
    (io::ErrorKind::StorageFull, StoreErrorKind::DiskFull),
    (io::ErrorKind::QuotaExceeded, StoreErrorKind::DiskFull),
];

impl StoreError {
    pub(crate) fn new(kind: StoreErrorKind) -> Self {
        Self { kind, path: None, detail: String::new() }
    }

    /// The trouble with a file or folder as the operating system tells it.
    pub(crate) fn from_io(error: &io::Error, path: &Path) -> Self {
        let meaning = IO_MEANINGS.iter().find(|(known, _)| *known == error.kind());
        let kind = meaning.map_or(StoreErrorKind::Other, |(_, kind)| *kind);
        Self { kind, path: Some(path.to_owned()), detail: error.to_string() }
    }

    /// What kind of trouble it is.
    #[must_use]
    pub fn kind(&self) -> StoreErrorKind {
        self.kind
    }

    pub(crate) fn with_detail(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    /// Names the file, unless it is named already.
    pub(crate) fn at(self, path: &Path) -> Self {
        Self { path: self.path.or_else(|| Some(path.to_owned())), ..self }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PDT's database ")?;
        if let Some(path) = &self.path {
            write!(f, "{} ", path.display())?;
        }
        let detail = &self.detail;
        match self.kind {
            StoreErrorKind::Busy => {
                f.write_str("is locked by another program; close that program or wait, then try again")
            }
            StoreErrorKind::DiskFull => {
                f.write_str("cannot grow because its disk is full; free some space and try again")
            }
            StoreErrorKind::Damaged => write!(
                f,
                "is damaged ({detail}); restore a copy, or move it away and PDT begins a new one"
            ),
            StoreErrorKind::NotADatabase => {
                f.write_str("is not a database file; move it away, or choose another folder with PDT_DATA_DIR")
            }
            StoreErrorKind::ForeignDatabase => f.write_str(
                "was made by another program; move it away, or choose another folder with PDT_DATA_DIR",
            ),
            StoreErrorKind::NewerDatabase { found, known } => write!(
                f,
                "was written by a newer PDT (its version is {found}, this PDT knows up to {known}) and was not \
                 touched; update PDT"
            ),
            StoreErrorKind::PermissionDenied => write!(
                f,
                "may not be opened by this user ({detail}); allow this user to read and write it and its folder"
            ),
            StoreErrorKind::ReadOnly => f.write_str(
                "cannot be written because its file, folder or disk is read-only; make it writable, or choose \
                 another folder with PDT_DATA_DIR",
            ),
            StoreErrorKind::OwnerRemoved => f.write_str(
                "no longer has the repository or account that this was for; it was removed in the meantime",
            ),
            StoreErrorKind::AccountElsewhere => write!(
                f,
                "already has an account named {detail} at another address; choose another name for the new one"
            ),
            StoreErrorKind::Unreadable => write!(
                f,
                "holds a value that PDT does not understand ({detail}); it was changed by another program"
            ),
            StoreErrorKind::Closed => f.write_str("is closed already because PDT is ending"),
            StoreErrorKind::Other => write!(f, "could not be used: {detail}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let kind = kind_of(&error);
        Self::new(kind).with_detail(error.to_string())
    }
}

fn kind_of(error: &rusqlite::Error) -> StoreErrorKind {
    use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error};
    if matches!(
        error,
        FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) | Utf8Error(..)
    ) {
        return StoreErrorKind::Unreadable;
    }
    if error.sqlite_error().is_some_and(|inner| inner.extended_code == SQLITE_CONSTRAINT_FOREIGNKEY) {
        return StoreErrorKind::OwnerRemoved;
    }
    let code = error.sqlite_error_code();
    MEANINGS.iter().find(|(known, _)| Some(*known) == code).map_or(StoreErrorKind::Other, |(_, kind)| *kind)
}

impl From<rusqlite_migration::Error> for StoreError {
    fn from(error: rusqlite_migration::Error) -> Self {
        if let rusqlite_migration::Error::RusqliteError { err, .. } = error {
            return err.into();
        }
        Self::new(StoreErrorKind::Other).with_detail(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sqlite(code: i32) -> StoreError {
        rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None).into()
    }

    #[test]
    fn every_trouble_names_the_file_and_what_to_do() {
        use rusqlite::ffi;
        let path = Path::new("/home/ada/.local/share/pdt/pdt.db");
        let refused = io::Error::from(io::ErrorKind::PermissionDenied);
        let newer = StoreErrorKind::NewerDatabase { found: 7, known: 1 };
        let sentences = [
            sqlite(ffi::SQLITE_BUSY),
            sqlite(ffi::SQLITE_FULL),
            sqlite(ffi::SQLITE_CORRUPT),
            sqlite(ffi::SQLITE_NOTADB),
            StoreError::new(StoreErrorKind::ForeignDatabase),
            StoreError::new(newer),
            StoreError::from_io(&refused, path),
            sqlite(ffi::SQLITE_CANTOPEN),
            sqlite(ffi::SQLITE_READONLY),
            sqlite(SQLITE_CONSTRAINT_FOREIGNKEY),
            StoreError::new(StoreErrorKind::AccountElsewhere).with_detail("work"),
            rusqlite::Error::InvalidColumnType(0, "date".into(), rusqlite::types::Type::Blob).into(),
            StoreError::new(StoreErrorKind::Closed),
            sqlite(ffi::SQLITE_IOERR),
        ]
        .map(|error| error.at(path).to_string());
        insta::assert_snapshot!(sentences.join("\n"));
    }

    #[test]
    fn a_full_disk_is_told_from_a_refusal_and_from_a_read_only_one() {
        let cases = [
            (io::ErrorKind::StorageFull, StoreErrorKind::DiskFull),
            (io::ErrorKind::QuotaExceeded, StoreErrorKind::DiskFull),
            (io::ErrorKind::ReadOnlyFilesystem, StoreErrorKind::ReadOnly),
            (io::ErrorKind::PermissionDenied, StoreErrorKind::PermissionDenied),
            (io::ErrorKind::NotADirectory, StoreErrorKind::Other),
        ];
        for (io, kind) in cases {
            let error = StoreError::from_io(&io::Error::from(io), Path::new("/x"));
            assert_eq!(error.kind(), kind, "{io:?} asks the person for something of its own");
        }
    }
}
