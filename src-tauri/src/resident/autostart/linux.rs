//! The autostart folder of the desktop. The entry is written here and not by a library, because a path must be quoted
//! in it and the folder may have been moved.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use pdt_engine::api::ApiError;
use pdt_engine::folders::config_folder;
use tauri::AppHandle;

use super::entry;

/// The file's name: the program's identifier, as the Desktop Entry Specification wants it.
const FILE: &str = "dev.pdt.desktop.desktop";

/// What helps wherever the folder cannot be used.
const HINT: &str = "Most desktops have a list of what starts at login in their settings: PDT is started by \
                    `pdt-desktop --hidden`.";

/// This program in the autostart folder.
#[derive(Debug, Clone)]
pub(in crate::resident) struct AtLogin {
    /// Nowhere, where the person has no home.
    folder: Option<PathBuf>,
    program: PathBuf,
}

impl AtLogin {
    pub(in crate::resident) fn of_this_program(_: &AppHandle) -> Self {
        // Beside PDT's own configuration: the same variable moves both.
        let configuration = config_folder().and_then(|own| Some(own.parent()?.join("autostart")));
        Self { folder: configuration, program: program().unwrap_or_default() }
    }

    pub(in crate::resident) fn is_on(&self) -> Result<bool, ApiError> {
        let Some(file) = self.file() else { return Ok(false) };
        match fs::read_to_string(&file) {
            Ok(text) => Ok(entry::is_on(&text)),
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(false),
            Err(cause) => Err(ApiError::desktop(format!("{} cannot be read: {cause}.", file.display()))),
        }
    }

    pub(in crate::resident) fn turn_on(&self) -> Result<(), ApiError> {
        let refused = |cause: String| {
            ApiError::desktop(format!("PDT cannot be made to start at login: {cause}.")).with_hint(HINT)
        };
        let folder = self.folder.as_deref().ok_or_else(|| refused("there is no home folder".to_owned()))?;
        let program = self.program.to_str().filter(|program| program.starts_with('/'));
        let program = program.ok_or_else(|| {
            refused(format!("{} is no path that a desktop could start", self.program.display()))
        })?;
        replace(folder, &entry::text(program))
            .map_err(|cause| refused(format!("{} cannot be written: {cause}", folder.join(FILE).display())))
    }

    pub(in crate::resident) fn turn_off(&self) -> Result<(), ApiError> {
        let Some(file) = self.file() else { return Ok(()) };
        match fs::remove_file(&file) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => {
                let message =
                    format!("PDT still starts at login: {} cannot be removed: {cause}.", file.display());
                Err(ApiError::desktop(message).with_hint("Remove that file."))
            }
            _ => Ok(()),
        }
    }

    /// Names this program in an entry of PDT's own whose program is no longer there: it was moved.
    pub(in crate::resident) fn follow_a_move(&self) {
        let Some(text) = self.read().filter(|text| entry::is_on(text)) else { return };
        if entry::program(&text).is_none_or(|program| Path::new(&program).exists()) {
            return;
        }
        match self.turn_on() {
            Ok(()) => tracing::info!("the entry that starts PDT at login follows the program"),
            Err(error) => tracing::warn!(%error, "PDT will not start at login"),
        }
    }

    fn file(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(FILE))
    }

    fn read(&self) -> Option<String> {
        fs::read_to_string(self.file()?).ok()
    }
}

/// Writes the whole entry or nothing.
fn replace(folder: &Path, text: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    // Desktops look at no file of this name.
    let new = folder.join(format!(".{FILE}.new"));
    let written = write(&new, text).and_then(|()| fs::rename(&new, folder.join(FILE)));
    if written.is_err() {
        // It may not even be there.
        let _ = fs::remove_file(&new);
    }
    written
}

fn write(file: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// The file that somebody starts to start PDT.
fn program() -> io::Result<PathBuf> {
    let path = std::env::current_exe()?;
    Ok(image_around(&path).unwrap_or_else(|| without_mark(path)))
}

/// The AppImage that this program runs from: the program itself lies at a place that is gone after its end. Programs
/// that were started from another AppImage have the variable as well.
fn image_around(program: &Path) -> Option<PathBuf> {
    let mounted = PathBuf::from(std::env::var_os("APPDIR")?);
    let image = PathBuf::from(std::env::var_os("APPIMAGE")?);
    program.starts_with(mounted).then_some(image)
}

/// The system marks the path of a program that was replaced while it ran, as by an update.
fn without_mark(path: PathBuf) -> PathBuf {
    let unmarked = path.to_str().and_then(|path| path.strip_suffix(" (deleted)")).map(PathBuf::from);
    match unmarked {
        Some(unmarked) if !path.exists() => unmarked,
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use tempfile::TempDir;

    use super::*;

    fn at(home: &TempDir, program: &str) -> AtLogin {
        let program = home.path().join(program);
        fs::create_dir_all(program.parent().unwrap()).unwrap();
        fs::write(&program, "").unwrap();
        AtLogin { folder: Some(home.path().join("config/autostart")), program }
    }

    fn named(autostart: &AtLogin) -> Option<String> {
        entry::program(&autostart.read()?)
    }

    #[test]
    fn it_is_off_until_it_is_turned_on_and_off_again_leaves_nothing() {
        let home = tempfile::tempdir().unwrap();
        let autostart = at(&home, "pdt");
        assert!(!autostart.is_on().unwrap(), "nobody has turned it on");
        autostart.turn_off().unwrap();
        autostart.turn_on().unwrap();
        autostart.turn_on().unwrap();
        assert!(autostart.is_on().unwrap(), "and twice is once");
        autostart.turn_off().unwrap();
        assert!(!autostart.is_on().unwrap(), "it is off");
        let left = fs::read_dir(autostart.folder.as_ref().unwrap()).unwrap().count();
        assert_eq!(left, 0, "no file is left behind");
    }

    #[test]
    fn an_entry_follows_a_program_that_was_moved() {
        let home = tempfile::tempdir().unwrap();
        let before = at(&home, "old place/pdt");
        before.turn_on().unwrap();
        let after = at(&home, "new place/pdt");
        after.follow_a_move();
        assert_eq!(
            named(&after).as_deref(),
            before.program.to_str(),
            "the other copy is still there, and meant"
        );
        fs::remove_file(&before.program).unwrap();
        after.follow_a_move();
        assert_eq!(named(&after).as_deref(), after.program.to_str(), "there is no other copy any more");
    }

    #[test]
    fn an_entry_that_is_off_or_the_persons_own_stays_as_it_is() {
        let home = tempfile::tempdir().unwrap();
        let before = at(&home, "old/pdt");
        before.turn_on().unwrap();
        fs::remove_file(&before.program).unwrap();
        let text = before.read().unwrap();
        let after = at(&home, "new/pdt");
        for changed in [text.clone() + "Hidden=true\n", text.replace("Exec=\"", "Exec=nice \"")] {
            fs::write(after.file().unwrap(), &changed).unwrap();
            after.follow_a_move();
            assert_eq!(after.read().unwrap(), changed, "this was somebody's decision");
        }
        after.turn_off().unwrap();
        after.follow_a_move();
        assert!(!after.is_on().unwrap(), "what is off is not turned on by a start");
    }

    #[test]
    fn a_link_to_an_entry_elsewhere_is_replaced_and_not_written_through() {
        let home = tempfile::tempdir().unwrap();
        let autostart = at(&home, "pdt");
        let elsewhere = home.path().join("elsewhere");
        fs::write(&elsewhere, "somebody's").unwrap();
        fs::create_dir_all(autostart.folder.as_ref().unwrap()).unwrap();
        symlink(&elsewhere, autostart.file().unwrap()).unwrap();
        autostart.turn_on().unwrap();
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "somebody's", "what it led to is not PDT's");
        assert!(autostart.is_on().unwrap(), "the entry is PDT's own");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_an_error_that_names_it() {
        let home = tempfile::tempdir().unwrap();
        let autostart = at(&home, "pdt");
        // Also root, who may write everywhere, cannot make a folder below a file.
        fs::write(home.path().join("config"), "").unwrap();
        let error = autostart.turn_on().unwrap_err().to_string();
        assert!(error.contains("config/autostart/dev.pdt.desktop.desktop cannot be written"), "{error}");
        assert!(error.contains("pdt-desktop --hidden"), "it says what to do instead: {error}");
    }

    #[test]
    fn a_program_that_was_replaced_while_it_ran_is_named_without_the_systems_mark() {
        let home = tempfile::tempdir().unwrap();
        let program = home.path().join("pdt");
        let marked = PathBuf::from(format!("{} (deleted)", program.display()));
        assert_eq!(without_mark(marked.clone()), program, "the mark is not part of the path");
        fs::write(&marked, "").unwrap();
        assert_eq!(without_mark(marked.clone()), marked, "unless a file has such a name");
    }
}
