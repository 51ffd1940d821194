//! The command line's grammar. Completions and the man page are made from the same definition.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use pdt_domain::card_key::CardKey;
use pdt_domain::ids::Name;

/// Keeps your own work record: the commits of your GitHub and GitLab repositories and the cards of your Jira sprints,
/// in one local database.
///
/// Connect an account (pdt account add), track repositories (pdt repo add), and fetch what is new (pdt sync). Tokens
/// are kept in the system's keychain and nowhere else.
#[derive(Debug, Parser)]
#[command(
    name = "pdt",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER_HELP: &str = "\
Exit status: 0 done, also when there was nothing to do; 1 something failed, was refused, was partial or is \
unknown; 2 wrong usage; 3 skipped, because a run was already going.";

/// The heading of what every command takes.
const EVERYWHERE: &str = "Options of every command";

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The profile to work in
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "NAME", default_value = "default", value_parser = Name::parse)]
    pub(crate) profile: Name,
    /// Print one JSON document on standard output, and everything else on standard error
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(crate) json: bool,
    /// The folder of the database and the logs [default: $PDT_DATA_DIR, else the platform's data folder]
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) data_dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Engine(EngineCommand),
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// The commands that open the database.
#[derive(Debug, Subcommand)]
pub(crate) enum EngineCommand {
    /// Connect, check and remove accounts
    #[command(subcommand)]
    Account(AccountCommand),
    /// Track repositories
    #[command(subcommand)]
    Repo(RepoCommand),
    /// Fetch what is new, now
    Sync(SyncArgs),
    /// Show the state of both loops
    Status,
    /// Sync in the background, commits and Jira each at its interval, until Ctrl-C or SIGTERM
    Run,
    /// Look at the commits and at their cards
    #[command(subcommand)]
    Commit(CommitCommand),
    /// Look at the sprints of Jira
    #[command(subcommand)]
    Sprint(SprintCommand),
    /// Look at the cards of Jira
    #[command(subcommand)]
    Card(CardCommand),
    /// Show the profiles
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// Check what works and what does not: keychain, database, each account
    Doctor,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountCommand {
    /// Connect an account, or replace its token
    #[command(subcommand)]
    Add(AddCommand),
    /// List the accounts
    List,
    /// Ask the services whether they accept the tokens
    Check {
        /// Only this account
        name: Option<String>,
    },
    /// Remove an account with its token, its repositories and their commits
    Remove {
        /// The account
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AddCommand {
    /// An account at github.com or at a GitHub Enterprise server
    Github(AddArgs),
    /// An account at gitlab.com or at a GitLab of your own
    Gitlab(AddArgs),
    /// An account at a Jira, Cloud or Data Center
    Jira(JiraArgs),
}

/// What connects a Jira account.
#[derive(Debug, Args)]
pub(crate) struct JiraArgs {
    #[command(flatten)]
    pub(crate) common: AddArgs,
    /// The e-mail address of the token's owner: Jira Cloud wants it, a Data Center does not
    #[arg(long, value_hint = ValueHint::EmailAddress)]
    pub(crate) email: Option<String>,
    /// Keep to these projects, by their keys (A,B)
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    pub(crate) projects: Option<Vec<String>>,
    /// What to collect beside the cards of sprints
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub(crate) collect: Option<Vec<Collect>>,
}

/// What can be collected of a Jira beside the cards of sprints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Collect {
    /// Cards on boards without sprints
    Kanban,
    /// Cards in backlogs and in planned sprints
    Backlog,
    /// Neither
    Nothing,
}

/// What connects an account.
#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// The service's address, where it is not the public one
    #[arg(long, value_hint = ValueHint::Url)]
    pub(crate) url: Option<String>,
    /// What to call the account
    #[arg(long, value_parser = Name::parse)]
    pub(crate) name: Option<Name>,
    /// Read the token from standard input, one line
    #[arg(long)]
    pub(crate) token_stdin: bool,
    /// A token where none may stand; taken so that it is not repeated in the refusal.
    #[arg(long = "token", hide = true, num_args = 0..=1, default_missing_value = "")]
    pub(crate) misplaced_option: Option<String>,
    /// The same without an option before it.
    #[arg(hide = true)]
    pub(crate) misplaced: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RepoCommand {
    /// Track repositories; in JSON, a list of those added
    Add(RepoAddArgs),
    /// List the tracked repositories
    List,
    /// Stop tracking a repository and forget its commits
    Remove {
        /// Its address, or owner/name
        #[arg(value_hint = ValueHint::Url)]
        url: String,
        /// The account it is tracked through, where there are several
        #[arg(long, value_name = "NAME")]
        account: Option<String>,
    },
    /// List the repositories that the accounts can read
    Available {
        /// Only those of this account
        #[arg(long, value_name = "NAME")]
        account: Option<String>,
    },
}

/// Which repositories to track.
#[derive(Debug, Args)]
pub(crate) struct RepoAddArgs {
    /// Addresses, as the browser shows them or as git takes them (git@github.com:owner/name)
    #[arg(value_name = "URL", required_unless_present = "choose", value_hint = ValueHint::Url)]
    pub(crate) urls: Vec<String>,
    /// Choose from the repositories that the accounts can read
    #[arg(long, conflicts_with = "urls")]
    pub(crate) choose: bool,
    /// The account to read them with, where several are at the same host
    #[arg(long, value_name = "NAME")]
    pub(crate) account: Option<String>,
}

/// What to fetch.
#[derive(Debug, Args)]
pub(crate) struct SyncArgs {
    /// Only this loop; both where none is named
    pub(crate) what: Option<SyncLoop>,
}

/// A loop by the name that a person gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SyncLoop {
    /// Commits of GitHub and GitLab repositories
    Commits,
    /// Boards, sprints and cards of Jira
    Jira,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CommitCommand {
    /// List commits, newest first
    List(CommitListArgs),
    /// Say that a commit belongs to a card
    Link(LinkArgs),
    /// Say that a commit does not belong to a card
    Unlink(LinkArgs),
}

/// Which commits to list.
#[derive(Debug, Args)]
pub(crate) struct CommitListArgs {
    /// Only this repository, in any letter case
    #[arg(long, value_name = "OWNER/NAME")]
    pub(crate) repo: Option<String>,
    /// Only from this day on: the author's date in local time, like 2026-02-18
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) since: Option<NaiveDate>,
    /// Only until this day, the day itself included
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) until: Option<NaiveDate>,
    /// Only those that belong to this card, in any letter case
    #[arg(long, value_name = "KEY", value_parser = CardKey::parse)]
    pub(crate) card: Option<CardKey>,
    /// Only those that belong to no card
    #[arg(long, action = ArgAction::SetTrue, conflicts_with = "card")]
    pub(crate) unlinked: bool,
    /// Only those with all of these words in message, author, branch, card keys or id, in any letter case
    #[arg(long, value_name = "WORDS")]
    pub(crate) text: Option<String>,
    /// Only those that a branch of this name reaches now
    #[arg(long, value_name = "NAME")]
    pub(crate) branch: Option<String>,
    /// Only those of this author: an e-mail address or a name, in any letter case
    #[arg(long, value_name = "WHO")]
    pub(crate) author: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u32>,
}

/// A commit and a card.
#[derive(Debug, Args)]
pub(crate) struct LinkArgs {
    /// The commit: its id, or at least the first 4 digits of it
    #[arg(value_parser = commit_id)]
    pub(crate) sha: String,
    /// The card, like ABC-123
    #[arg(value_parser = CardKey::parse)]
    pub(crate) key: CardKey,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SprintCommand {
    /// List the sprints: active ones first, then planned ones, then closed ones
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CardCommand {
    /// List the cards
    List {
        /// Only those of the sprint with this number
        #[arg(long, value_name = "ID")]
        sprint: Option<i64>,
        /// Only those of this account
        #[arg(long, value_name = "NAME")]
        account: Option<String>,
    },
    /// Show a card with its whole history
    Show {
        /// The card, like ABC-123; a key that it once had will do
        #[arg(value_parser = CardKey::parse)]
        key: CardKey,
        /// The account, where cards of several accounts have this key
        #[arg(long, value_name = "NAME")]
        account: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProfileCommand {
    /// List the profiles
    List,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "write the day like 2026-02-18".to_owned())
}

fn commit_id(text: &str) -> Result<String, String> {
    let looks_right = (4..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if looks_right {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("a commit's id is 4 to 64 hexadecimal digits".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn refused(line: &str) -> clap::Error {
        Cli::try_parse_from(line.split(' ')).expect_err(line)
    }

    #[test]
    fn the_grammar_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn profile_and_json_may_stand_anywhere() {
        for line in ["pdt --profile work --json repo list", "pdt repo --profile work list --json"] {
            let cli = Cli::try_parse_from(line.split(' ')).expect(line);
            assert_eq!((cli.global.profile.as_str(), cli.global.json), ("work", true), "{line}");
        }
        let cli = Cli::try_parse_from(["pdt", "status"]).expect("a bare command");
        assert_eq!(cli.global.profile, Name::default_profile(), "who needs one profile never names it");
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for line in [
            "pdt frobnicate",
            "pdt sync boards",
            "pdt repo add",
            "pdt repo add https://a/b/c --choose",
            "pdt commit list --since 18.2.2026",
            "pdt commit list --since 2026-02-30",
            "pdt commit list --limit -1",
            "pdt commit list --card ABC",
            "pdt commit list --card ABC-1 --unlinked",
            "pdt commit link abc ABC-1",
            "pdt commit link 0123zz ABC-1",
            "pdt commit link 0123ab",
            "pdt account add",
            "pdt account add bitbucket --token-stdin",
            "pdt account remove",
            "pdt account add jira --url https://a.example --collect everything",
            "pdt account add github --email ada@example.com",
            "pdt sprint",
            "pdt card list --sprint next",
            "pdt card show",
            "pdt card show ABC",
            "pdt completions",
            "pdt status --profile ",
        ] {
            assert_eq!(refused(line).exit_code(), 2, "{line}");
        }
    }

    #[test]
    fn a_commit_and_a_card_are_read_in_any_letter_case() {
        let cli =
            Cli::try_parse_from(["pdt", "commit", "link", "0123ABCD", "abc-7"]).expect("both are right");
        let Command::Engine(EngineCommand::Commit(CommitCommand::Link(link))) = cli.command else {
            panic!("another command")
        };
        assert_eq!((link.sha.as_str(), link.key.as_str()), ("0123abcd", "ABC-7"));
    }
}
