//! A run's progress on standard error: a moving line on a terminal, elsewhere a line for each repository that
//! brought something.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pdt_engine::progress::{CommitStep, JiraStep, Progress};

use crate::output::stream;
use crate::output::text::{harmless, shortened};

/// Shows the steps of a run. Cheap to clone; clones show the same.
#[derive(Clone)]
pub(crate) enum Display {
    /// A line that moves.
    Moving(ProgressBar),
    /// A line now and then.
    Lines,
}

impl Display {
    /// For this process's standard error.
    pub(crate) fn of_stderr() -> Self {
        if !stderr().is_terminal() {
            return Self::Lines;
        }
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos}/{len} {wide_msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self::Moving(bar)
    }

    /// Shows one step.
    pub(crate) fn show(&self, step: &Progress) {
        match self {
            Self::Moving(bar) => move_on(bar, step),
            Self::Lines => {
                if let Some(line) = line(step) {
                    stream::tell(&line);
                }
            }
        }
    }

    /// Takes the moving line away, so that what follows stands alone.
    pub(crate) fn finish(&self) {
        if let Self::Moving(bar) = self {
            bar.finish_and_clear();
        }
    }

    /// Says something without disturbing the moving line.
    pub(crate) fn tell(&self, line: &str) {
        match self {
            Self::Moving(bar) => bar.suspend(|| stream::tell(line)),
            Self::Lines => stream::tell(line),
        }
    }
}

fn move_on(bar: &ProgressBar, step: &Progress) {
    match step {
        Progress::Commits(step) => move_commits_on(bar, step),
        Progress::Jira(step) => move_jira_on(bar, step),
    }
}

/// Both loops move the same line: its numbers are what is done of what is known to be done.
fn move_commits_on(bar: &ProgressBar, step: &CommitStep) {
    match step {
        CommitStep::Begun { repositories } => bar.inc_length(*repositories as u64),
        CommitStep::Repository { name, .. } => bar.set_message(harmless(name)),
        CommitStep::Reading { name, branch, done, of, commits, .. } => {
            let place = branch
                .as_deref()
                .map(|branch| format!(", {} ({done}/{of})", shortened(&harmless(branch), 40)));
            bar.set_message(format!("{}{}: {}", harmless(name), place.unwrap_or_default(), count(*commits)));
        }
        CommitStep::Finished { .. } => bar.inc(1),
    }
}

fn move_jira_on(bar: &ProgressBar, step: &JiraStep) {
    match step {
        JiraStep::Begun { .. } | JiraStep::Finished { .. } => {}
        JiraStep::Boards { boards: parts, .. } | JiraStep::Sprints { sprints: parts, .. } => {
            bar.inc_length(*parts as u64);
        }
        JiraStep::Board { name, .. } => bar.set_message(format!("board {}", shortened(&harmless(name), 40))),
        JiraStep::Sprint { name, cards, .. } => {
            bar.set_message(format!("{}: {cards} cards", shortened(&harmless(name), 40)));
        }
        JiraStep::BoardDone { .. } | JiraStep::SprintDone { .. } => bar.inc(1),
    }
}

/// What is worth a line in a log: a part that brought something, or could not be read.
fn line(step: &Progress) -> Option<String> {
    match step {
        Progress::Commits(CommitStep::Finished { name, error: Some(error), .. }) => {
            Some(harmless(&format!("{name}: {error}")))
        }
        Progress::Commits(CommitStep::Finished { name, new_commits: new @ 1.., .. }) => {
            Some(harmless(&format!("{name}: {} new", count(*new))))
        }
        Progress::Jira(
            JiraStep::BoardDone { name, error: Some(error), .. }
            | JiraStep::SprintDone { name, error: Some(error), .. },
        ) => Some(harmless(&format!("{name}: {error}"))),
        Progress::Jira(JiraStep::Finished { account, error: Some(error) }) => {
            Some(harmless(&format!("{account}: {error}")))
        }
        Progress::Jira(JiraStep::SprintDone { name, new_cards, changed_cards, .. })
            if new_cards + changed_cards > 0 =>
        {
            Some(harmless(&format!("{name}: {new_cards} new cards, {changed_cards} changed")))
        }
        Progress::Commits(_) | Progress::Jira(_) => None,
    }
}

/// `1 commit`, `2 commits`.
fn count(commits: usize) -> String {
    if commits == 1 { "1 commit".to_owned() } else { format!("{commits} commits") }
}

#[cfg(test)]
mod tests {
    use pdt_domain::ids::RepositoryId;

    use super::*;

    fn finished(new_commits: usize, error: Option<&str>) -> Progress {
        let name = "acme/widgets".to_owned();
        Progress::Commits(CommitStep::Finished {
            id: RepositoryId(1),
            name,
            new_commits,
            error: error.map(str::to_owned),
        })
    }

    #[test]
    fn a_log_gets_a_line_only_for_what_is_worth_one() {
        assert_eq!(line(&finished(0, None)), None, "an idle repository says nothing");
        assert_eq!(line(&finished(1, None)).as_deref(), Some("acme/widgets: 1 commit new"));
        assert_eq!(line(&finished(12, None)).as_deref(), Some("acme/widgets: 12 commits new"));
        assert_eq!(line(&finished(3, Some("gone\u{1b}"))).as_deref(), Some("acme/widgets: gone\u{fffd}"));
        assert_eq!(line(&Progress::Commits(CommitStep::Begun { repositories: 3 })), None);
    }
}
