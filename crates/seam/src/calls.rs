//! Everything that the window may ask for. Each call is declared here once: its name, its parameters, its answer, and
//! the engine's method that gives it.

use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;

use futures::future::BoxFuture;
use pdt_domain::ids::Name;
use pdt_domain::provider::Provider;
use pdt_domain::run::Trigger;
use pdt_domain::secret::Token;
use pdt_engine::api::{
    AboutDto, AccountAddedDto, AccountCheckDto, AccountDto, AddAccount, AddedRepositoryDto, ApiError,
    AttentionDto, AvailableRepositoriesDto, BurndownDto, CardDto, CardQuery, CardShowDto, ClosingChoice,
    Code, CollectsDto, CommitDto, CommitFacetsDto, CommitQuery, CommitRowDto, CommitShowDto, CommitWalkDto,
    Engine, FoundCardDto, LinkDto, LiveDto, OverviewDto, PauseChoice, ProfileDto, RemovalDto, RepositoryDto,
    RunQuery, RunShowDto, RunSummaryDto, SettingName, SettingsDto, SprintDto, StatusDto, SyncDto, SyncWhat,
};
use pdt_engine::supervisor::Supervisor;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use ts_rs::{Config, TS, TypeVisitor};

use crate::wire::document;

/// What answers the window's calls.
#[derive(Clone)]
pub struct Host {
    /// Everything but running syncs.
    pub engine: Engine,
    /// Running syncs.
    pub supervisor: Supervisor,
    /// What only the desktop can do.
    pub desktop: Arc<dyn Desktop>,
}

/// What only the desktop can do.
pub trait Desktop: Debug + Send + Sync {
    /// Shows an address, which the engine has allowed, in the person's browser.
    ///
    /// # Errors
    /// A desktop without a browser.
    fn open_link(&self, url: &str) -> Result<(), ApiError>;

    /// Shows a folder of PDT's own in the person's file manager.
    ///
    /// # Errors
    /// A desktop without one.
    fn open_folder(&self, folder: &Path) -> Result<(), ApiError>;

    /// Whether PDT starts at login.
    ///
    /// # Errors
    /// A system that does not say.
    fn autostart(&self) -> Result<bool, ApiError>;

    /// Has PDT start at login, or not.
    ///
    /// # Errors
    /// A system that does not let it.
    fn set_autostart(&self, choice: Autostart) -> Result<(), ApiError>;

    /// Shows a notification, so that the person sees what they look like.
    ///
    /// # Errors
    /// A desktop that shows none.
    fn test_notification(&self) -> BoxFuture<'_, Result<(), ApiError>>;

    /// Whether a tray shows PDT's icon, so that PDT can be reached without its window.
    fn has_tray(&self) -> bool;

    /// Closes the window; PDT goes on.
    fn close_window(&self);

    /// Ends PDT.
    fn quit(&self);
}

/// A profile's or an account's name among the parameters.
#[derive(Debug, Deserialize, TS)]
#[ts(type = "string")]
pub struct NameParam(Name);

/// A number among the parameters: of a row, or of Jira's.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[ts(type = "number")]
pub struct Number(i64);

/// Several of them.
#[derive(Debug, Deserialize, TS)]
#[ts(type = "Array<number>")]
pub struct Ids(Vec<i64>);

/// A token among the parameters, as it was pasted. It goes into the keychain and nowhere else.
#[derive(Debug, Deserialize, TS)]
#[ts(type = "string")]
pub struct TokenParam(Token);

/// Whether PDT shall start at login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Autostart {
    /// At each login, in the tray.
    On,
    /// When somebody starts it.
    Off,
}

/// A service among the parameters.
#[derive(Debug, Deserialize, TS)]
#[ts(type = "\"github\" | \"gitlab\" | \"jira\"")]
pub struct ProviderParam(Provider);

macro_rules! calls {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident { $($field:ident: $type:ty),* } -> $answer:ty = |$host:ident| $given:expr;
    )*) => {
        /// The names of all calls, in the order of their declaration.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        /// Answers a call.
        ///
        /// # Errors
        /// An unknown name, parameters that cannot be read, and whatever the call itself can fail with.
        pub async fn answer(host: &Host, name: &str, params: Value) -> Result<Box<RawValue>, ApiError> {
            match name {
                $(stringify!($name) => {
                    #[derive(Deserialize)]
                    struct Params { $($field: $type),* }
                    let Ok(Params { $($field),* }) = serde_json::from_value(params) else {
                        return Err(unreadable(name));
                    };
                    let $host = host;
                    let given: Result<$answer, ApiError> = $given;
                    document(&given?)
                })*
                _ => Err(unreadable(name)),
            }
        }

        /// The signature of every call, as members of a TypeScript interface.
        pub(crate) fn signatures(config: &Config) -> Vec<Signature> {
            vec![$(Signature {
                doc: concat!($($doc),*).trim(),
                name: stringify!($name),
                params: vec![$((stringify!($field), <$type as TS>::name(config))),*],
                answer: <$answer as TS>::name(config),
            }),*]
        }

        /// Shows every type that parameters and answers are made of.
        pub(crate) fn visit_types(visitor: &mut impl TypeVisitor) {
            $($(visitor.visit::<$type>();)* visitor.visit::<$answer>();)*
        }
    };
}

/// A call as TypeScript sees it.
pub(crate) struct Signature {
    pub(crate) doc: &'static str,
    pub(crate) name: &'static str,
    pub(crate) params: Vec<(&'static str, String)>,
    pub(crate) answer: String,
}

calls! {
    /// PDT's version, where its data lies, and settings that could not be read.
    about {} -> AboutDto = |host| Ok(host.engine.about());

    /// Every profile, by name.
    profiles {} -> Vec<ProfileDto> = |host| host.engine.profiles().await;

    /// The status of a profile's loops.
    status { profile: NameParam } -> StatusDto = |host| host.engine.status(&profile.0).await;

    /// What is running now.
    live {} -> LiveDto = |host| Ok(host.supervisor.live_now());

    /// What needs the person, the worst first.
    attention { profile: NameParam } -> Vec<AttentionDto> = |host| host.engine.attention(&profile.0).await;

    /// The accounts of a profile, by name.
    accounts { profile: NameParam } -> Vec<AccountDto> = |host| host.engine.accounts(&profile.0).await;

    /// Connects an account, or replaces its token. The token is checked before anything is stored.
    add_account {
        profile: NameParam,
        provider: ProviderParam,
        url: Option<String>,
        name: Option<String>,
        token: TokenParam,
        email: Option<String>,
        projects: Option<Vec<String>>,
        collects: Option<CollectsDto>
    } -> AccountAddedDto = |host| {
        let (profile, provider, token) = (profile.0, provider.0, Some(token.0));
        let wanted = AddAccount { profile, provider, url, name, token, email, projects, collects };
        host.engine.add_account(wanted).await
    };

    /// Asks the account's service whether it accepts the token.
    check_account { profile: NameParam, name: NameParam } -> AccountCheckDto = |host| {
        let checks = host.engine.check_accounts(&profile.0, Some(name.0.as_str())).await?;
        checks.into_iter().next().ok_or_else(|| unreadable("check_account"))
    };

    /// Removes an account with its repositories and their history.
    remove_account { profile: NameParam, name: NameParam } -> AccountDto =
        |host| host.engine.remove_account(&profile.0, name.0.as_str()).await;

    /// The tracked repositories of a profile, by owner and name.
    repositories { profile: NameParam } -> Vec<RepositoryDto> =
        |host| host.engine.repositories(&profile.0).await;

    /// The repositories that one account, or every one, can see.
    available_repositories { profile: NameParam, account: Option<String> } -> AvailableRepositoriesDto =
        |host| host.engine.available_repositories(&profile.0, account.as_deref()).await;

    /// Tracks a repository, after its service has let it be read.
    add_repository { profile: NameParam, url: String, account: Option<String> } -> AddedRepositoryDto =
        |host| host.engine.add_repository(&profile.0, &url, account.as_deref()).await;

    /// Stops tracking a repository, and deletes what was collected from it.
    remove_repository { profile: NameParam, url: String, account: Option<String> } -> RepositoryDto =
        |host| host.engine.remove_repository(&profile.0, &url, account.as_deref()).await;

    /// Commits, newest first.
    commits { profile: NameParam, query: CommitQuery } -> Vec<CommitDto> =
        |host| host.engine.commits(&profile.0, query).await;

    /// The numbers of commits, the newest first, piece by piece: `after` is where the last piece ended.
    walk_commits { profile: NameParam, query: CommitQuery, after: Option<String> } -> CommitWalkDto =
        |host| host.engine.walk_commits(&profile.0, query, after).await;

    /// The rows of commits, in the order of their numbers. Those that are gone are left out.
    commit_rows { profile: NameParam, ids: Ids } -> Vec<CommitRowDto> =
        |host| host.engine.commit_rows(&profile.0, ids.0).await;

    /// What commits can be filtered by.
    commit_facets { profile: NameParam, repo: Option<String> } -> CommitFacetsDto =
        |host| host.engine.commit_facets(&profile.0, repo).await;

    /// One commit with its links and the cards it may belong to.
    commit { profile: NameParam, id: Number } -> CommitShowDto =
        |host| host.engine.commit(&profile.0, id.0).await;

    /// Links a commit to a card, in every repository that has it.
    link_commit { profile: NameParam, sha: String, key: String } -> LinkDto =
        |host| host.engine.link_commit(&profile.0, &sha, &key).await;

    /// Takes a link of a commit away.
    unlink_commit { profile: NameParam, sha: String, key: String } -> LinkDto =
        |host| host.engine.unlink_commit(&profile.0, &sha, &key).await;

    /// Cards by key or by words of their summary, 20 at most.
    find_cards { profile: NameParam, text: String } -> Vec<FoundCardDto> =
        |host| host.engine.find_cards(&profile.0, &text).await;

    /// What was done in the last days, in figures.
    overview { profile: NameParam, days: u32 } -> OverviewDto =
        |host| host.engine.overview(&profile.0, days).await;

    /// The burndown of a sprint; none for one that has not begun.
    burndown { profile: NameParam, sprint: Number, account: Option<String> } -> Option<BurndownDto> =
        |host| host.engine.burndown(&profile.0, sprint.0, account.as_deref()).await;

    /// The history of both loops, the latest run first.
    runs { profile: NameParam, query: RunQuery } -> Vec<RunSummaryDto> =
        |host| host.engine.runs(&profile.0, query).await;

    /// One run with its receipt.
    run { profile: NameParam, id: Number } -> RunShowDto = |host| host.engine.run(&profile.0, id.0).await;

    /// What removing a repository would delete.
    repository_removal { profile: NameParam, id: Number } -> RemovalDto =
        |host| host.engine.repository_removal(&profile.0, id.0).await;

    /// What removing an account would delete.
    account_removal { profile: NameParam, name: NameParam } -> RemovalDto =
        |host| host.engine.account_removal(&profile.0, name.0.as_str()).await;

    /// Sprints: active ones first, then planned ones, then closed ones, the latest first.
    sprints { profile: NameParam } -> Vec<SprintDto> = |host| host.engine.sprints(&profile.0).await;

    /// Cards, by key.
    cards { profile: NameParam, query: CardQuery } -> Vec<CardDto> =
        |host| host.engine.cards(&profile.0, query).await;

    /// One card with all that is known of it.
    card { profile: NameParam, key: String, account: Option<String> } -> CardShowDto =
        |host| host.engine.card(&profile.0, &key, account.as_deref()).await;

    /// Runs the loops that are asked for. Answers when they have ended; `live` tells how far they are.
    sync { profile: NameParam, what: SyncWhat } -> SyncDto =
        |host| host.supervisor.sync(&profile.0, what, Trigger::Manual).await;

    /// Ends running syncs. What was fetched is kept.
    stop_sync {} -> () = |host| {
        host.supervisor.stop_sync();
        Ok(())
    };

    /// Asks the person, in the system's own window, to unlock the keychain.
    unlock_keychain {} -> () = |host| host.engine.unlock_keychain().await;

    /// Opens a page of a connected service in the person's browser.
    open_link { profile: NameParam, url: String } -> () = |host| {
        let url = host.engine.checked_link(&profile.0, &url).await?;
        host.desktop.open_link(&url)
    };

    /// Every setting as it is in force.
    settings {} -> SettingsDto = |host| Ok(host.engine.settings());

    /// Changes a setting at once; no value goes back to the default.
    change_setting { name: SettingName, value: Option<String> } -> SettingsDto =
        |host| host.engine.change_setting(name, value).await;

    /// Pauses the background loops, and stops what runs. What was fetched is kept.
    pause { choice: PauseChoice } -> () = |host| host.engine.pause(choice).await;

    /// Ends a pause. What has become due runs at once.
    resume {} -> () = |host| host.engine.resume().await;

    /// Whether PDT starts at login.
    autostart {} -> bool = |host| host.desktop.autostart();

    /// Has PDT start at login, or not.
    set_autostart { choice: Autostart } -> () = |host| host.desktop.set_autostart(choice);

    /// Shows a notification, to see what they look like.
    test_notification {} -> () = |host| host.desktop.test_notification().await;

    /// Shows the folder of the log files.
    open_logs {} -> () = |host| host.desktop.open_folder(&host.engine.logs_folder());

    /// Shows the folder of the database.
    open_data {} -> () = |host| host.desktop.open_folder(&host.engine.own_data_folder());

    /// Answers what closing the window shall mean where there is no tray. It is remembered.
    choose_closing { choice: ClosingChoice } -> () = |host| {
        host.engine.choose_closing(choice).await?;
        match choice {
            ClosingChoice::Stay => host.desktop.close_window(),
            ClosingChoice::Quit => host.desktop.quit(),
        }
        Ok(())
    };
}

/// Parameters may hold a token, so that nothing of them is repeated.
fn unreadable(name: &str) -> ApiError {
    let name: String = name.chars().take(40).collect();
    ApiError::new(
        Code::Usage,
        format!("The window asked for {name:?} in a way that this PDT does not understand."),
    )
    .with_hint("Quit PDT and start it again: the window may be that of an older version.")
}
