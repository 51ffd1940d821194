//! `pdt repo`.

use chrono::{DateTime, Utc};
use pdt_engine::api::{AddedRepositoryDto, ApiError, AvailableDto, Code, RepositoryDto};

use super::choose::choose;
use super::note;
use crate::args::{RepoAddArgs, RepoCommand};
use crate::context::{Answer, Context};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::table::{Entry, Listing, Tone};
use crate::output::terminal::Terminal;
use crate::output::text::harmless;
use crate::output::time::from_now_or_never;

pub(crate) async fn run(command: RepoCommand, context: &Context) -> Result<Answer, Failure> {
    match command {
        RepoCommand::Add(args) if args.choose => add_chosen(&args, context).await,
        RepoCommand::Add(args) => {
            let wanted =
                args.urls.iter().map(|url| Wanted { url, account: args.account.as_deref() }).collect();
            add(wanted, context).await
        }
        RepoCommand::List => {
            let repositories = context.engine.repositories(&context.profile).await?;
            context.answer(&repositories, |terminal| show(&repositories, terminal, context.now))
        }
        RepoCommand::Remove { url, account } => {
            let removed = context.engine.remove_repository(&context.profile, &url, account.as_deref()).await;
            let removed = removed.map_err(|error| with_way_on(error, account.as_deref(), LIST))?;
            context.answer(&removed, |_| {
                harmless(&format!("{} is no longer tracked.", full_name(&removed))) + "\n"
            })
        }
        RepoCommand::Available { account } => {
            let seen = context.engine.available_repositories(&context.profile, account.as_deref()).await?;
            note(&seen.notes);
            context.answer(&seen.repositories, |terminal| show_available(&seen.repositories, terminal))
        }
    }
}

struct Wanted<'a> {
    url: &'a str,
    account: Option<&'a str>,
}

async fn add_chosen(args: &RepoAddArgs, context: &Context) -> Result<Answer, Failure> {
    super::choose::check_terminal()?;
    let seen = context.engine.available_repositories(&context.profile, args.account.as_deref()).await?;
    note(&seen.notes);
    let chosen = choose(seen.repositories)?;
    let wanted =
        chosen.iter().map(|row| Wanted { url: &row.url, account: Some(row.account.as_str()) }).collect();
    add(wanted, context).await
}

/// Tracks one after the other. One that is refused does not keep the others from being tracked.
async fn add(wanted: Vec<Wanted<'_>>, context: &Context) -> Result<Answer, Failure> {
    let mut added = Vec::new();
    let mut exit = Exit::Done;
    for Wanted { url, account } in wanted {
        match context.engine.add_repository(&context.profile, url, account).await {
            Ok(repository) => added.push(repository),
            Err(error) => {
                let failure = with_way_on(error, account, CONNECT);
                failure.tell();
                exit = exit.or_worse(failure.exit);
            }
        }
    }
    if added.is_empty() && exit != Exit::Done {
        return Ok(Answer { output: String::new(), exit });
    }
    Ok(context.answer(&added, |_| tell_added(&added))?.ending(exit))
}

/// What helps where no account or no repository is the one that was meant.
const CONNECT: &str = "pdt account add github|gitlab --url URL --token-stdin connects an account.";
const LIST: &str = "\"pdt repo list\" shows the tracked repositories.";

/// The failure, with the words of this command line for what the person can do about it.
fn with_way_on(error: ApiError, account: Option<&str>, where_unknown: &str) -> Failure {
    let way_on = match (error.code, account) {
        (Code::Conflict, None) => "Name the account with --account NAME.",
        (Code::Unknown, None) => where_unknown,
        (_, _) => return error.into(),
    };
    let Failure { sentence, exit } = error.into();
    Failure { sentence: format!("{sentence}\n{way_on}"), exit }
}

fn tell_added(added: &[AddedRepositoryDto]) -> String {
    if added.is_empty() {
        return "Nothing was chosen.\n".to_owned();
    }
    let line = |AddedRepositoryDto { repository, was_tracked }: &AddedRepositoryDto| {
        let how = if *was_tracked { "is tracked already" } else { "is tracked now" };
        harmless(&format!("{} {how}, through the account {}.", full_name(repository), repository.account))
            + "\n"
    };
    added.iter().map(line).collect::<String>() + "Next: pdt sync commits.\n"
}

fn show(repositories: &[RepositoryDto], terminal: Terminal, now: DateTime<Utc>) -> String {
    let mut listing = Listing::new(["REPOSITORY", "SERVICE", "ACCOUNT", "LAST SYNC", "STATE"]);
    for repository in repositories {
        listing.add([
            full_name(repository).into(),
            repository.provider.title().into(),
            repository.account.as_str().into(),
            from_now_or_never(repository.last_synced_at, now).into(),
            state(repository),
        ]);
    }
    listing.render(terminal, "No repositories yet. Track one: pdt repo add URL, or pdt repo add --choose")
}

fn state(repository: &RepositoryDto) -> Entry {
    match (&repository.invalid_reason, &repository.last_error) {
        _ if !repository.is_valid => {
            Entry::toned(repository.invalid_reason.as_deref().unwrap_or("cannot be read"), Tone::Bad)
        }
        (_, Some(error)) => Entry::toned(error, Tone::Warning),
        (_, None) => Entry::toned("ok", Tone::Good),
    }
}

fn show_available(available: &[AvailableDto], terminal: Terminal) -> String {
    let mut listing = Listing::new(["REPOSITORY", "ACCOUNT", "TRACKED", "URL"]);
    for row in available {
        listing.add([
            format!("{}/{}", row.owner, row.name).into(),
            row.account.as_str().into(),
            if row.tracked { Entry::toned("yes", Tone::Good) } else { Entry::toned("no", Tone::Faint) },
            row.url.as_str().into(),
        ]);
    }
    listing.render(terminal, "The accounts of this profile can read no repository.")
}

fn full_name(repository: &RepositoryDto) -> String {
    format!("{}/{}", repository.owner, repository.name)
}

#[cfg(test)]
mod tests {
    use pdt_domain::ids::{Name, RepositoryId};
    use pdt_domain::provider::Provider;

    use super::*;

    fn tracked(name: &str) -> RepositoryDto {
        RepositoryDto {
            id: RepositoryId(1),
            owner: "acme".to_owned(),
            name: name.to_owned(),
            provider: Provider::Github,
            url: format!("https://github.com/acme/{name}"),
            account: Name::parse("work").expect("a name"),
            is_valid: true,
            invalid_reason: None,
            last_synced_at: None,
            last_error: None,
        }
    }

    #[test]
    fn a_repository_that_cannot_be_read_says_why() {
        let invalid =
            RepositoryDto { is_valid: false, invalid_reason: Some("It is gone.".into()), ..tracked("gone") };
        let failing = RepositoryDto { last_error: Some("The service is down.".into()), ..tracked("late") };
        let text = show(&[tracked("fine"), invalid, failing], Terminal::None, DateTime::UNIX_EPOCH);
        let ends: Vec<_> =
            text.lines().skip(1).map(|line| line.rsplit("  ").next().unwrap_or_default()).collect();
        assert_eq!(ends, ["ok", "It is gone.", "The service is down."], "{text}");
        assert!(text.contains("acme/fine"), "{text}");
    }

    #[test]
    fn a_failure_says_the_way_on_in_the_words_of_the_command_line() {
        let told = |code, account| {
            let error = ApiError { code, message: "It cannot be.".to_owned(), hint: None };
            with_way_on(error, account, LIST).sentence
        };
        assert_eq!(told(Code::Conflict, None), "It cannot be.\nName the account with --account NAME.");
        assert_eq!(told(Code::Conflict, Some("work")), "It cannot be.", "it is named already");
        assert_eq!(told(Code::Unknown, None), format!("It cannot be.\n{LIST}"));
        assert_eq!(told(Code::Refused, None), "It cannot be.", "nothing to add");
    }

    #[test]
    fn tracking_a_repository_twice_says_so() {
        let added = |name, was_tracked| AddedRepositoryDto { repository: tracked(name), was_tracked };
        let text = tell_added(&[added("new", false), added("again", true)]);
        let expected = "acme/new is tracked now, through the account work.\n\
                        acme/again is tracked already, through the account work.\nNext: pdt sync commits.\n";
        assert_eq!(text, expected);
    }
}
