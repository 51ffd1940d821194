//! One step after another, each with its name, its time, and a sentence for when it fails.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::say;

/// The steps of one command so far.
pub(crate) struct Steps {
    started: Instant,
    done: Vec<Done>,
}

struct Done {
    title: String,
    took: Duration,
    verdict: &'static str,
}

impl Steps {
    /// Nothing done yet; the clock starts.
    pub(crate) fn begin() -> Self {
        Self { started: Instant::now(), done: Vec::new() }
    }

    /// Runs `command`, whose own output stays visible. `advice` tells what to do when it fails.
    pub(crate) fn command(
        &mut self,
        title: &str,
        command: &mut Command,
        advice: &str,
    ) -> Result<(), Failure> {
        self.step(title, || {
            let status = command.status().map_err(|error| {
                let program = command.get_program().to_string_lossy().into_owned();
                Failure::new(format!("The step \"{title}\" could not start `{program}`: {error}."))
            })?;
            if status.success() {
                return Ok(());
            }
            Err(Failure::new(format!("The step \"{title}\" failed. {advice}")))
        })
    }

    /// Runs `work` as a step.
    pub(crate) fn step(
        &mut self,
        title: &str,
        work: impl FnOnce() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        say::line(&format!("==> {title}"));
        let started = Instant::now();
        let result = work();
        let took = started.elapsed();
        let verdict = if result.is_ok() { "ok" } else { "failed" };
        say::line(&format!("    {verdict} after {}", say::duration(took)));
        self.done.push(Done { title: title.to_owned(), took, verdict });
        result
    }

    /// A line a step and one for the whole.
    pub(crate) fn summary(&self) -> String {
        let width = self.done.iter().map(|done| done.title.chars().count()).max().unwrap_or(0).max(5);
        let mut lines: Vec<String> =
            self.done.iter().map(|done| row(&done.title, width, done.took, done.verdict)).collect();
        let verdict = if self.done.iter().all(|done| done.verdict == "ok") { "ok" } else { "failed" };
        lines.push(row("total", width, self.started.elapsed(), verdict));
        lines.join("\n")
    }
}

fn row(title: &str, width: usize, took: Duration, verdict: &str) -> String {
    format!("  {title:<width$}  {:>12}  {verdict}", say::duration(took))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_every_step_and_which_one_failed() {
        let mut steps = Steps::begin();
        steps.step("formatting", || Ok(())).expect("a step that succeeds");
        let failed = steps.step("lints", || Err(Failure::new("The step failed.")));
        assert!(failed.is_err(), "a failing step ends the command");
        let summary = steps.summary();
        let rows: Vec<Vec<&str>> = summary.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows.len(), 3, "two steps and the whole: {summary}");
        assert_eq!((rows[0][0], rows[0].last()), ("formatting", Some(&"ok")), "{summary}");
        assert_eq!((rows[1][0], rows[1].last()), ("lints", Some(&"failed")), "{summary}");
        assert_eq!((rows[2][0], rows[2].last()), ("total", Some(&"failed")), "{summary}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let mut steps = Steps::begin();
        let failure = steps
            .command("anything", &mut Command::new("pdt-no-such-program"), "Look again.")
            .expect_err("it cannot start");
        assert!(failure.to_string().contains("pdt-no-such-program"), "{failure}");
    }
}
