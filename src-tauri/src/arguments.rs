//! What the program is started with. Whatever is unknown means nothing: desktops and launchers add words of their own.

use std::ffi::OsString;

/// What `--help` prints.
pub(crate) const HELP: &str = "\
PDT keeps your own record of commits and cards fresh, from the tray.

Usage: pdt-desktop [--hidden]

  --hidden     start in the tray, without a window
  --version    print the version
  --help       print this text

The command line is `pdt`. Settings by environment: SYNC_ENABLED, SYNC_INTERVAL_COMMITS, SYNC_INTERVAL_JIRA,
PDT_DATA_DIR, PDT_LOG.";

/// The word with which the resident process starts its window. The address of a view may follow.
pub(crate) const WINDOW: &str = "--window-of-the-resident-process";

/// What is asked of this process.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// To stay in the tray.
    Resident(Start),
    /// To be the window of the process that started it.
    Window {
        /// The view to show first, as in `#/accounts`.
        route: String,
    },
    Version,
    Help,
}

/// How the resident process starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// With its window, because somebody started it.
    Shown,
    /// In the tray alone, as at login.
    Hidden,
}

pub(crate) fn read(words: impl Iterator<Item = OsString>) -> Request {
    let words: Vec<OsString> = words.collect();
    let has = |word: &str| words.iter().any(|given| given == word);
    if words.first().is_some_and(|first| first == WINDOW) {
        let route = words.get(1).map(|route| route.to_string_lossy().into_owned()).unwrap_or_default();
        return Request::Window { route };
    }
    match () {
        () if has("--version") => Request::Version,
        () if has("--help") => Request::Help,
        () if has("--hidden") => Request::Resident(Start::Hidden),
        () => Request::Resident(Start::Shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Request {
        read(words.iter().map(OsString::from))
    }

    #[test]
    fn the_window_shows_unless_it_is_to_be_hidden() {
        assert_eq!(of(&[]), Request::Resident(Start::Shown));
        assert_eq!(of(&["--hidden"]), Request::Resident(Start::Hidden));
        assert_eq!(
            of(&["--hiden", "file.txt", ""]),
            Request::Resident(Start::Shown),
            "unknown words mean nothing"
        );
    }

    #[test]
    fn the_window_process_is_told_its_view() {
        assert_eq!(of(&[WINDOW]), Request::Window { route: String::new() });
        assert_eq!(of(&[WINDOW, "#/accounts"]), Request::Window { route: "#/accounts".to_owned() });
    }
}
