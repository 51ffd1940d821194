//! The two folders on disk: one for the data, one for the configuration.

use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};

use directories::BaseDirs;

/// The folder of PDT below the platform's own ones.
const FOLDER: &str = "pdt";

/// The configuration folder: `$XDG_CONFIG_HOME/pdt` on Linux, `~/Library/Application Support/pdt` on macOS,
/// `%APPDATA%\pdt` on Windows. `None` for a user without a home.
#[must_use]
pub fn config_folder() -> Option<PathBuf> {
    Some(BaseDirs::new()?.config_dir().join(FOLDER))
}

/// The `.env` file of the configuration folder; it need not be there.
#[must_use]
pub fn dotenv_file() -> Option<PathBuf> {
    Some(config_folder()?.join(".env"))
}

/// The data folder where nobody chose another: `$XDG_DATA_HOME/pdt` on Linux, `~/Library/Application Support/pdt`
/// on macOS, `%LOCALAPPDATA%\pdt` on Windows (a database does not belong into a roaming profile). `None` for a
/// user without a home.
#[must_use]
pub fn platform_data_folder() -> Option<PathBuf> {
    Some(BaseDirs::new()?.data_local_dir().join(FOLDER))
}

/// The folder that holds `pdt.db`, the guards' files and the logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFolder(PathBuf);

impl DataFolder {
    /// The folder `chosen`, made absolute, so that a later change of the working folder does not move the data.
    ///
    /// # Errors
    /// [`FolderError`] where the path is empty or the working folder is gone.
    pub fn at(chosen: &Path) -> Result<Self, FolderError> {
        std::path::absolute(chosen)
            .map(Self)
            .map_err(|cause| FolderError::Unusable { path: chosen.to_owned(), cause })
    }

    /// Makes the folder where it is missing, readable by its owner alone. A folder that is there stays as it is.
    ///
    /// # Errors
    /// [`FolderError`] where it cannot be made or something else stands in its place.
    pub fn create(&self) -> Result<(), FolderError> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.0).map_err(|cause| FolderError::Unusable { path: self.0.clone(), cause })
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The database file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.0.join("pdt.db")
    }

    /// The folder of the log files; it need not be there.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.0.join("logs")
    }
}

/// The data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The system refuses.
    #[error("The data folder {} cannot be used: {cause}. Choose another one with PDT_DATA_DIR.", path.display())]
    Unusable {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The user has no home, so that the platform has no folder to give.
    #[error("There is no home folder to keep the data in. Choose a folder with PDT_DATA_DIR.")]
    Homeless,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_new_data_folder_is_its_owners_alone_and_an_old_one_stays_as_it_is() {
        use std::fs;
        use std::os::unix::fs::PermissionsExt;

        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(&place.path().join("share/pdt")).unwrap();
        let mode = || fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777;
        folder.create().unwrap();
        assert_eq!(mode(), 0o700, "what PDT makes is nobody else's to read");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o750)).unwrap();
        folder.create().unwrap();
        assert_eq!(mode(), 0o750, "what is there is the person's own choice");
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_is_an_error_that_names_it() {
        let place = tempfile::NamedTempFile::new().unwrap();
        let error = DataFolder::at(place.path()).unwrap().create().unwrap_err().to_string();
        assert!(error.contains(place.path().to_str().unwrap()), "{error}");
        assert!(error.contains("PDT_DATA_DIR"), "the sentence says what to do: {error}");
    }

    #[test]
    fn a_relative_folder_does_not_move_with_the_working_folder() {
        let folder = DataFolder::at(Path::new("data")).unwrap();
        assert!(folder.path().is_absolute(), "{folder:?}");
        assert!(folder.database().ends_with("data/pdt.db"), "the database lies in it");
        assert!(DataFolder::at(Path::new("")).is_err(), "no path is no folder");
    }
}
