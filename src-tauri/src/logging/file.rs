//! The files that keep the log: one a day, a week of them, none larger than a few megabytes.
//!
//! A library's files can be read by others and grow without end; these do neither. A line is written when it is
//! told: nothing waits in memory, and no thread of its own.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use pdt_engine::clock::Clock;

/// How many files are kept.
const MOST: usize = 7;

/// How large one may become, in bytes. What a day has to say beyond that goes on in a new file; of the older ones of
/// that day one is kept, because the last words are those that tell what happened.
const LARGEST: u64 = 5 * 1024 * 1024;

/// The log as something to write to. Cheap to clone; clones write to the same files.
#[derive(Debug, Clone)]
pub(super) struct LogFile(Arc<Mutex<Files>>);

#[derive(Debug)]
struct Files {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    largest: u64,
    /// The day that `file` is about, in UTC as the lines are.
    day: NaiveDate,
    file: File,
    length: u64,
}

impl LogFile {
    /// Goes on with the file of today, in a folder that is made where it is missing.
    pub(super) fn open(folder: &Path, clock: Arc<dyn Clock>) -> io::Result<Self> {
        Self::with(folder, clock, LARGEST)
    }

    fn with(folder: &Path, clock: Arc<dyn Clock>, largest: u64) -> io::Result<Self> {
        let day = clock.now().date_naive();
        let (file, length) = open(folder, day)?;
        let folder = folder.to_owned();
        Ok(Self(Arc::new(Mutex::new(Files { folder, clock, largest, day, file, length }))))
    }
}

impl Write for LogFile {
    /// Takes one whole line at a time, as the formatter gives them.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Files {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.turn_over(line.len() as u64);
        self.file.write_all(line)?;
        self.length += line.len() as u64;
        Ok(line.len())
    }

    /// Begins a new file where it is time to. Where that cannot be done, the old one goes on.
    fn turn_over(&mut self, more: u64) {
        let today = self.clock.now().date_naive();
        let current = self.folder.join(name(self.day));
        if today == self.day && self.length + more > self.largest {
            // Should it stay where it is, it is opened again, and the next line tries once more.
            let _ = fs::rename(&current, self.folder.join(name_of_older(self.day)));
        } else if today == self.day && current.exists() {
            return;
        }
        if let Ok((file, length)) = open(&self.folder, today) {
            (self.file, self.length, self.day) = (file, length, today);
        }
    }
}

/// The file of a day and its length, with no more files beside it than are kept.
fn open(folder: &Path, day: NaiveDate) -> io::Result<(File, u64)> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    keep_private(folder, 0o700);
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let path = folder.join(name(day));
    let file = options.open(&path)?;
    keep_private(&path, 0o600);
    let length = file.metadata()?.len();
    // What cannot be removed now is removed another day.
    let _ = remove_old(folder, &name(day));
    Ok((file, length))
}

/// What was there before may have been made by somebody else. Where its mode cannot be changed, it stays.
fn keep_private(path: &Path, mode: u32) {
    #[cfg(unix)]
    let _ = fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _ = (path, mode);
}

fn remove_old(folder: &Path, current: &str) -> io::Result<()> {
    let names = fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut others: Vec<String> = names.filter(|name| is_log(name) && name != current).collect();
    others.sort_unstable();
    let too_many = (others.len() + 1).saturating_sub(MOST);
    others.iter().take(too_many).try_for_each(|name| fs::remove_file(folder.join(name)))
}

/// Sorts by day.
fn name(day: NaiveDate) -> String {
    format!("pdt.{day}.log")
}

/// Sorts before the newer one of the same day.
fn name_of_older(day: NaiveDate) -> String {
    format!("pdt.{day}.1.log")
}

/// Whether a file is one of these: nothing else in the folder is ever removed.
fn is_log(name: &str) -> bool {
    let day = name.strip_prefix("pdt.").and_then(|rest| rest.strip_suffix(".log"));
    let day = day.map(|day| day.strip_suffix(".1").unwrap_or(day));
    day.is_some_and(|day| day.parse::<NaiveDate>().is_ok())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use pdt_engine::clock::TestClock;
    use tempfile::TempDir;

    use super::*;

    struct Kept {
        folder: TempDir,
        clock: TestClock,
        log: LogFile,
    }

    impl Kept {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let clock = TestClock::at(DateTime::parse_from_rfc3339("2026-03-01T23:59:00Z").unwrap().to_utc());
            let log = LogFile::with(&folder.path().join("logs"), Arc::new(clock.clone()), 20).unwrap();
            Self { folder, clock, log }
        }

        fn say(&mut self, line: &str) {
            self.log.write_all(line.as_bytes()).unwrap();
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join("logs").join(name)
        }

        fn text(&self, name: &str) -> String {
            fs::read_to_string(self.path(name)).unwrap_or_else(|error| format!("{error}"))
        }

        fn names(&self) -> Vec<String> {
            let names = fs::read_dir(self.path("")).unwrap();
            let mut names: Vec<_> =
                names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort_unstable();
            names
        }
    }

    #[test]
    fn each_day_has_its_file_and_seven_are_kept() {
        let mut kept = Kept::new();
        fs::write(kept.path("pdt.log"), "another program's").unwrap();
        for day in 1..=9 {
            kept.say(&format!("day {day}\n"));
            kept.clock.advance(TimeDelta::days(1));
        }
        let expected = (3..=9).map(|day| format!("pdt.2026-03-0{day}.log")).chain(["pdt.log".to_owned()]);
        assert_eq!(kept.names(), expected.collect::<Vec<_>>(), "what is not a log of PDT's is left alone");
        assert_eq!(kept.text("pdt.2026-03-09.log"), "day 9\n");
    }

    #[test]
    fn a_flood_keeps_its_last_words_and_no_more_than_two_files() {
        let mut kept = Kept::new();
        for line in 0..100 {
            kept.say(&format!("line {line:03}\n"));
        }
        assert_eq!(
            kept.names(),
            ["pdt.2026-03-01.1.log", "pdt.2026-03-01.log"],
            "a day has two files at most"
        );
        assert_eq!(kept.text("pdt.2026-03-01.1.log"), "line 096\nline 097\n");
        assert_eq!(kept.text("pdt.2026-03-01.log"), "line 098\nline 099\n", "the end is what is looked for");
    }

    #[test]
    fn a_new_start_goes_on_with_the_file_of_the_day() {
        let mut kept = Kept::new();
        kept.say("before\n");
        kept.log = LogFile::with(&kept.path(""), Arc::new(kept.clock.clone()), 20).unwrap();
        kept.say("after\n");
        assert_eq!(kept.text("pdt.2026-03-01.log"), "before\nafter\n");
        kept.say("too much for it\n");
        assert_eq!(kept.text("pdt.2026-03-01.1.log"), "before\nafter\n", "the length was taken over as well");
    }

    #[test]
    fn a_file_that_somebody_removes_is_begun_anew() {
        let mut kept = Kept::new();
        kept.say("before\n");
        fs::remove_dir_all(kept.path("")).unwrap();
        kept.say("after\n");
        assert_eq!(kept.text("pdt.2026-03-01.log"), "after\n");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_folder_and_files() {
        use std::os::unix::fs::PermissionsExt;

        let kept = Kept::new();
        let mode = |name| fs::metadata(kept.path(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(""), mode("pdt.2026-03-01.log")), (0o700, 0o600));
        for (name, open) in [("", 0o755), ("pdt.2026-03-01.log", 0o644)] {
            fs::set_permissions(kept.path(name), fs::Permissions::from_mode(open)).unwrap();
        }
        LogFile::with(&kept.path(""), Arc::new(kept.clock.clone()), 20).unwrap();
        assert_eq!((mode(""), mode("pdt.2026-03-01.log")), (0o700, 0o600), "also what somebody had opened");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error_and_no_panic() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let clock = TestClock::at(DateTime::UNIX_EPOCH);
        LogFile::open(&file.path().join("logs"), Arc::new(clock)).unwrap_err();
    }
}
