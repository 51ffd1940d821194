//! What was measured, as a table to be read.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use super::MOST;

/// A call's times.
#[derive(Debug, Default)]
pub(crate) struct Figure {
    pub(crate) label: String,
    pub(crate) times: Vec<Duration>,
    /// The size of the largest answer.
    pub(crate) bytes: usize,
    /// What kept it from being measured.
    pub(crate) trouble: Option<String>,
}

/// Everything that was measured.
#[derive(Debug, Default)]
pub(crate) struct Report {
    notes: Vec<String>,
    calls: Vec<Figure>,
    walks: Vec<String>,
}

impl Figure {
    pub(crate) fn new(label: &str) -> Self {
        Self { label: label.to_owned(), ..Self::default() }
    }

    pub(crate) fn add(&mut self, took: Duration, bytes: usize) {
        self.times.push(took);
        self.bytes = self.bytes.max(bytes);
    }

    /// The time that so many of a hundred stay below.
    fn percentile(&self, percent: usize) -> Duration {
        let mut times = self.times.clone();
        times.sort_unstable();
        let rank = (times.len() * percent).div_ceil(100).saturating_sub(1);
        times.get(rank).copied().unwrap_or_default()
    }

    fn is_slow(&self) -> bool {
        self.percentile(99) > MOST
    }
}

impl Report {
    pub(super) fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    /// Tells it at once, too: a measurement of minutes may be ended early.
    pub(super) fn call(&mut self, figure: Figure) {
        eprintln!("  {figure}");
        self.calls.push(figure);
    }

    pub(super) fn walk(&mut self, line: String) {
        self.walks.push(line);
    }

    pub(super) fn written(&mut self, commits: usize) {
        self.notes.push(format!("{commits} commits were written meanwhile"));
    }

    /// The calls that take too long.
    pub(crate) fn slow(&self) -> Vec<&str> {
        self.labels(Figure::is_slow)
    }

    /// The calls that were not answered.
    pub(crate) fn failed(&self) -> Vec<&str> {
        self.labels(|figure| figure.trouble.is_some())
    }

    fn labels(&self, is_meant: impl Fn(&Figure) -> bool) -> Vec<&str> {
        self.calls.iter().filter(|it| is_meant(it)).map(|it| it.label.as_str()).collect()
    }

    /// What was measured of a call: how often, and what went wrong.
    #[cfg(test)]
    pub(crate) fn of(&self, label: &str) -> Option<(usize, Option<&str>)> {
        let found = self.calls.iter().find(|figure| figure.label == label)?;
        Some((found.times.len(), found.trouble.as_deref()))
    }
}

impl Display for Report {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f)?;
        for note in &self.notes {
            writeln!(f, "  {note}")?;
        }
        writeln!(f, "\n  {:<44} {:>5} {:>9} {:>9} {:>9} {:>9}", "call", "n", "p50", "p99", "worst", "bytes")?;
        for figure in &self.calls {
            writeln!(f, "  {figure}")?;
        }
        writeln!(f)?;
        for walk in &self.walks {
            writeln!(f, "  {walk}")?;
        }
        let (slow, failed) = (self.slow(), self.failed());
        writeln!(f, "\n  {} ms at the 99th percentile are promised.", MOST.as_millis())?;
        if !failed.is_empty() {
            writeln!(f, "  Not answered: {}.", failed.join("; "))?;
        }
        match slow.is_empty() {
            true => write!(f, "  No call takes longer."),
            false => write!(f, "  Longer: {}.", slow.join("; ")),
        }
    }
}

impl Display for Figure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(trouble) = &self.trouble {
            return write!(f, "{:<44} {trouble}", self.label);
        }
        write!(
            f,
            "{:<44} {:>5} {:>9} {:>9} {:>9} {:>9}{}",
            self.label,
            self.times.len(),
            ms(self.percentile(50)),
            ms(self.percentile(99)),
            ms(self.percentile(100)),
            self.bytes,
            if self.is_slow() { "  SLOW" } else { "" }
        )
    }
}

/// As in `12.3 ms`.
pub(super) fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
