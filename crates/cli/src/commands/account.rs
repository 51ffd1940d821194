//! `pdt account`.

use chrono::{DateTime, Utc};
use pdt_domain::ids::Name;
use pdt_domain::provider::Provider;
use pdt_domain::secret::Token;
use pdt_engine::api::{AccountCheckDto, AccountDto, AddAccount, CollectsDto};

use super::note;
use crate::args::{AccountCommand, AddArgs, AddCommand, Collect, JiraArgs};
use crate::context::{Answer, Context};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::table::{Entry, Listing, Tone};
use crate::output::terminal::Terminal;
use crate::output::text::harmless;
use crate::output::time;
use crate::token;

pub(crate) async fn run(command: AccountCommand, context: &Context) -> Result<Answer, Failure> {
    match command {
        AccountCommand::Add(AddCommand::Github(args)) => {
            add(plain(Provider::Github, args, context)?, context).await
        }
        AccountCommand::Add(AddCommand::Gitlab(args)) => {
            add(plain(Provider::Gitlab, args, context)?, context).await
        }
        AccountCommand::Add(AddCommand::Jira(args)) => add(jira(args, context)?, context).await,
        AccountCommand::List => {
            let accounts = context.engine.accounts(&context.profile).await?;
            context.answer(&accounts, |terminal| show(&accounts, terminal, context.now))
        }
        AccountCommand::Check { name } => check(name.as_deref(), context).await,
        AccountCommand::Remove { name } => {
            let removed = context.engine.remove_account(&context.profile, &name).await?;
            context
                .answer(&removed, |_| harmless(&format!("The account {} is removed.", removed.name)) + "\n")
        }
    }
}

/// What connects an account at a service that wants no more than a token.
fn plain(provider: Provider, args: AddArgs, context: &Context) -> Result<AddAccount, Failure> {
    let token = token_for(&args)?;
    Ok(AddAccount {
        profile: context.profile.clone(),
        provider,
        url: args.url,
        name: args.name.map(|name| name.to_string()),
        token,
        email: None,
        projects: None,
        collects: None,
    })
}

fn jira(args: JiraArgs, context: &Context) -> Result<AddAccount, Failure> {
    let JiraArgs { common, email, projects, collect } = args;
    let collects = collect.map(|what| CollectsDto {
        kanban: what.contains(&Collect::Kanban),
        backlog: what.contains(&Collect::Backlog),
    });
    Ok(AddAccount { email, projects, collects, ..plain(Provider::Jira, common, context)? })
}

async fn add(wanted: AddAccount, context: &Context) -> Result<Answer, Failure> {
    let added = context.engine.add_account(wanted).await?;
    note(&added.notes);
    context.answer(&added.account, |_| welcome(&added.account))
}

/// The token from where the person wants it read. `None` leaves it to the engine to look into the environment.
fn token_for(args: &AddArgs) -> Result<Option<Token>, Failure> {
    if args.misplaced.is_some() || args.misplaced_option.is_some() {
        return Err(Failure::usage(
            "A token is not taken as an argument: every program of this machine could read it there.\n\
             Pass it on standard input: --token-stdin < token.txt. If it was a real one, revoke it.",
        ));
    }
    if args.token_stdin { token::from_stdin().map(Some) } else { token::from_person() }
}

fn welcome(account: &AccountDto) -> String {
    let AccountDto { name, provider, url, login, .. } = account;
    let next = match provider {
        Provider::Github | Provider::Gitlab => "pdt repo add URL, or pdt repo add --choose",
        Provider::Jira => "pdt sync jira",
    };
    harmless(&format!("Connected to {} at {url} as {login}; the account is called {name}.", provider.title()))
        + &format!("\nNext: {next}.\n")
}

async fn check(name: Option<&str>, context: &Context) -> Result<Answer, Failure> {
    let checks = context.engine.check_accounts(&context.profile, name).await?;
    let is_well = checks.iter().all(|check| check.ok);
    Ok(context.answer(&checks, |terminal| show_checks(&checks, terminal))?.ending(Exit::done_if(is_well)))
}

fn show(accounts: &[AccountDto], terminal: Terminal, now: DateTime<Utc>) -> String {
    let mut listing = Listing::new(["NAME", "SERVICE", "URL", "LOGIN", "STATE", "TOKEN EXPIRES"]);
    for account in accounts {
        listing.add([
            account.name.as_str().into(),
            account.provider.title().into(),
            account.url.as_str().into(),
            account.login.as_str().into(),
            state(account),
            account.expires_at.map_or_else(|| "-".to_owned(), |expiry| time::from_now(expiry, now)).into(),
        ]);
    }
    listing.render(terminal, NO_ACCOUNTS)
}

fn state(account: &AccountDto) -> Entry {
    match account.state {
        "ok" => Entry::toned("ok", Tone::Good),
        "refused" => Entry::toned("refused", Tone::Bad),
        other => Entry::toned(other, Tone::Faint),
    }
}

fn show_checks(checks: &[AccountCheckDto], terminal: Terminal) -> String {
    let mut listing = Listing::new(["NAME", "RESULT", "FINDING"]);
    for check in checks {
        let name: &Name = &check.account.name;
        listing.add([name.as_str().into(), super::verdict(check.ok), check.message.as_str().into()]);
    }
    listing.render(terminal, NO_ACCOUNTS)
}

const NO_ACCOUNTS: &str = "No accounts yet. Connect one: pdt account add github --token-stdin < token.txt";
