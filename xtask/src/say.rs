//! What the person at the terminal reads. A closed pipe is no reason to fail, so write errors are ignored.

use std::io::Write;
use std::time::Duration;

/// A line of progress, on standard error, where cargo writes its own.
pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// What was asked for, on standard output.
pub(crate) fn answer(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A duration as a person reads it: `0.4 s`, `2 min 05 s`.
pub(crate) fn duration(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds < 60 {
        return format!("{:.1} s", took.as_secs_f64());
    }
    format!("{} min {:02} s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_reads_in_the_unit_that_fits_it() {
        let cases = [(400, "0.4 s"), (59_900, "59.9 s"), (60_000, "1 min 00 s"), (125_000, "2 min 05 s")];
        for (milliseconds, words) in cases {
            assert_eq!(duration(Duration::from_millis(milliseconds)), words, "{milliseconds} ms");
        }
    }
}
