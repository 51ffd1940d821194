//! `pdt sync`.

use std::sync::Arc;

use pdt_domain::run::{Outcome, Trigger};
use pdt_engine::api::{ApiError, CommitResultDto, JiraResultDto, LoopDto, SyncDto, SyncWhat};
use pdt_engine::stopping::asked_to_stop;
use tokio_util::sync::CancellationToken;

use crate::args::{SyncArgs, SyncLoop};
use crate::context::{Answer, Context};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::table::{Entry, Listing, Tone};
use crate::output::terminal::Terminal;
use crate::output::text::harmless;
use crate::progress::Display;

pub(crate) async fn run(args: &SyncArgs, context: &Context) -> Result<Answer, Failure> {
    let what = match args.what {
        None => SyncWhat::Both,
        Some(SyncLoop::Commits) => SyncWhat::Commits,
        Some(SyncLoop::Jira) => SyncWhat::Jira,
    };
    let display = Display::of_stderr();
    let ended = fetch(what, context, &display).await;
    display.finish();
    let Ended { document, stopped } = ended?;
    let exit = if stopped { Exit::Failed } else { exit_of(&document) };
    Ok(context.answer(&document, |terminal| show(&document, terminal))?.ending(exit))
}

struct Ended {
    document: SyncDto,
    stopped: bool,
}

/// Runs the loops. Being asked to stop ends them early with what they have; being asked twice ends at once.
async fn fetch(what: SyncWhat, context: &Context, display: &Display) -> Result<Ended, Failure> {
    let cancel = CancellationToken::new();
    let shown = display.clone();
    let sink = Arc::new(move |step| shown.show(&step));
    let run = context.engine.sync(&context.profile, what, Trigger::Manual, sink, cancel.clone());
    tokio::pin!(run);
    tokio::select! {
        document = &mut run => return Ok(Ended { document: document?, stopped: false }),
        () = asked_to_stop() => {}
    }
    cancel.cancel();
    display.tell("Stopping. What was fetched is kept; the next sync goes on from there.");
    let document: Result<SyncDto, ApiError> = tokio::select! {
        document = &mut run => document,
        () = asked_to_stop() => return Err(Failure::from(anyhow::anyhow!("Stopped at once."))),
    };
    Ok(Ended { document: document?, stopped: true })
}

fn exit_of(document: &SyncDto) -> Exit {
    let commits = document.commits.as_ref().map_or(Exit::Done, exit_of_loop);
    let jira = document.jira.as_ref().map_or(Exit::Done, exit_of_loop);
    commits.or_worse(jira)
}

fn exit_of_loop<R>(ended: &LoopDto<R>) -> Exit {
    match ended.outcome {
        _ if ended.already_running => Exit::AlreadyRunning,
        Outcome::Ok | Outcome::Skipped => Exit::Done,
        Outcome::Partial | Outcome::Failed => Exit::Failed,
    }
}

fn show(document: &SyncDto, terminal: Terminal) -> String {
    let mut text = String::new();
    if let Some(commits) = &document.commits {
        text += &worth_showing(&commits.results, terminal);
        let new = commits.results.iter().map(|result| result.new_commits).sum();
        text += &summary("Commits", commits, &format!("{} new", counted(new, "commit")));
    }
    if let Some(jira) = &document.jira {
        text += &sites_worth_showing(&jira.results, terminal);
        let sum = |of: fn(&JiraResultDto) -> usize| jira.results.iter().map(of).sum();
        let (new, changed) = (sum(|site| site.new_cards), sum(|site| site.changed_cards));
        text += &summary("Jira", jira, &format!("{} new, {changed} changed", counted(new, "card")));
    }
    text
}

/// The repositories that brought something or could not be read. The others would only hide them.
fn worth_showing(results: &[CommitResultDto], terminal: Terminal) -> String {
    let mut listing = Listing::new(["REPOSITORY", "NEW", "FETCHED", "ERROR"]).keeping_whole([1, 2]);
    for result in results.iter().filter(|result| result.new_commits > 0 || result.error.is_some()) {
        listing.add([
            result.repo_name.as_str().into(),
            result.new_commits.to_string().into(),
            result.total_fetched.to_string().into(),
            Entry::toned(result.error.as_deref().unwrap_or_default(), Tone::Bad),
        ]);
    }
    if listing.is_empty() { String::new() } else { listing.render(terminal, "") + "\n" }
}

/// The accounts that brought something or could not be read.
fn sites_worth_showing(results: &[JiraResultDto], terminal: Terminal) -> String {
    let columns = ["ACCOUNT", "BOARDS", "SPRINTS", "CARDS", "NEW", "CHANGED", "ERROR"];
    let mut listing = Listing::new(columns).keeping_whole([1, 2, 3, 4, 5]);
    let brought = |site: &&JiraResultDto| site.new_cards + site.changed_cards > 0 || site.error.is_some();
    for site in results.iter().filter(brought) {
        listing.add([
            site.account.as_str().into(),
            site.boards.to_string().into(),
            site.sprints.to_string().into(),
            site.cards.to_string().into(),
            site.new_cards.to_string().into(),
            site.changed_cards.to_string().into(),
            Entry::toned(site.error.as_deref().unwrap_or_default(), Tone::Bad),
        ]);
    }
    if listing.is_empty() { String::new() } else { listing.render(terminal, "") + "\n" }
}

/// One line a loop: how it ended, what it brought and what it cost.
fn summary<R>(name: &str, ended: &LoopDto<R>, brought: &str) -> String {
    let how = ended.outcome.as_str();
    let why = ended.reason.as_deref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    let line = match ended.outcome {
        Outcome::Skipped => format!("{name}: {how}{why}"),
        Outcome::Ok | Outcome::Partial | Outcome::Failed => {
            format!(
                "{name}: {how}{why}, {brought}, {}",
                counted(usize::try_from(ended.requests).unwrap_or(usize::MAX), "request")
            )
        }
    };
    harmless(&line) + "\n"
}

fn counted(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

#[cfg(test)]
mod tests {
    use pdt_domain::ids::RepositoryId;
    use pdt_domain::provider::Provider;

    use super::*;

    fn ended<R>(outcome: Outcome, already_running: bool) -> LoopDto<R> {
        let (reason, requests, results, outlook) = (None, 0, Vec::new(), None);
        LoopDto { outcome, reason, requests, results, already_running, outlook }
    }

    fn exit(commits: (Outcome, bool), jira: (Outcome, bool)) -> Exit {
        let commits = Some(ended(commits.0, commits.1));
        exit_of(&SyncDto { commits, jira: Some(ended(jira.0, jira.1)) })
    }

    #[test]
    fn the_exit_status_is_that_of_the_worse_loop() {
        use Outcome::{Failed, Ok, Partial, Skipped};
        assert_eq!(exit((Ok, false), (Skipped, false)), Exit::Done, "nothing to do is done");
        assert_eq!(exit((Partial, false), (Ok, false)), Exit::Failed);
        assert_eq!(exit((Ok, false), (Failed, false)), Exit::Failed);
        assert_eq!(exit((Skipped, true), (Skipped, false)), Exit::AlreadyRunning);
        assert_eq!(exit((Skipped, true), (Failed, false)), Exit::Failed, "a failure wins");
    }

    fn result(name: &str, new_commits: usize, error: Option<&str>) -> CommitResultDto {
        CommitResultDto {
            repo_id: RepositoryId(1),
            repo_name: name.to_owned(),
            provider: Provider::Github,
            new_commits,
            total_fetched: new_commits,
            error: error.map(str::to_owned),
        }
    }

    #[test]
    fn only_repositories_that_brought_something_or_failed_are_listed() {
        let results = vec![
            result("a/idle", 0, None),
            result("a/new", 2, None),
            result("a/bad", 0, Some("It is gone.")),
        ];
        let commits = LoopDto { requests: 7, results, ..ended(Outcome::Partial, false) };
        let text = show(&SyncDto { commits: Some(commits), jira: None }, Terminal::None);
        let expected = "REPOSITORY  NEW  FETCHED  ERROR\na/new       2    2\na/bad       0    0        It is gone.\n\n\
                        Commits: partial, 2 commits new, 7 requests\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_skipped_loop_says_why() {
        let skipped =
            LoopDto { reason: Some("no repository is tracked".to_owned()), ..ended(Outcome::Skipped, false) };
        let text = show(&SyncDto { commits: Some(skipped), jira: None }, Terminal::None);
        assert_eq!(text, "Commits: skipped (no repository is tracked)\n");
    }
}
