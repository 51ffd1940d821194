//! Profiles, accounts, repositories and boards: what is few, through the store.

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::{AccountId, Name, ProfileId};
use pdt_domain::jira::{Board, BoardKind, Deployment};
use pdt_domain::provider::Provider;
use pdt_store::{
    AccountState, Collects, JiraSiteAt, NewAccount, NewRepository, Standing, StoreError, Thoroughness,
    WriteTx,
};

use super::{AGE, Size};

/// The teams at most, each with a board and a project of its own.
const TEAMS: usize = 16;

/// How many cards a sprint has.
pub(super) const CARDS_A_SPRINT: usize = 50;

/// How long a sprint takes.
pub(super) const SPRINT: TimeDelta = TimeDelta::days(14);

/// How old the sprints are that go on.
pub(super) const ACTIVE_FOR: TimeDelta = TimeDelta::days(6);

/// Where commits and cards go.
#[derive(Debug)]
pub(super) struct Places {
    /// The profile that is looked at.
    pub(super) profile: ProfileId,
    /// Rows of its repositories.
    pub(super) repositories: Vec<i64>,
    /// Rows of the repositories of the other profile.
    pub(super) others: Vec<i64>,
    pub(super) jira: AccountId,
    /// The teams' projects.
    pub(super) projects: Vec<String>,
    /// How many sprints each team has had, the one that goes on included.
    pub(super) sprints: usize,
}

impl Places {
    /// In which of a team's sprints something was done.
    pub(super) fn sprint_at(&self, time: DateTime<Utc>, now: DateTime<Utc>) -> usize {
        let ago = (now - ACTIVE_FOR + SPRINT - time).num_days() / SPRINT.num_days();
        (self.sprints - 1).saturating_sub(usize::try_from(ago).unwrap_or(0))
    }
}

pub(super) fn fill(tx: &WriteTx<'_>, size: Size, now: DateTime<Utc>) -> Result<Places, StoreError> {
    let born = now - AGE;
    let profile = tx.ensure_profile(&Name::default_profile(), born)?;
    let other = tx.ensure_profile(&name("client"), born)?;
    let github = account(tx, profile, Provider::Github, "github", born)?;
    let gitlab = account(tx, profile, Provider::Gitlab, "gitlab", born)?;
    let jira = account(tx, profile, Provider::Jira, "jira", born)?;
    let theirs = account(tx, other, Provider::Gitlab, "gitlab", born)?;
    let mut repositories = Vec::new();
    for number in 0..size.repositories {
        let (account, provider) =
            if number % 5 < 3 { (github, Provider::Github) } else { (gitlab, Provider::Gitlab) };
        repositories.push(repository(tx, account, provider, number, now)?);
    }
    let mut others = Vec::new();
    for number in 0..size.repositories / 25 + 1 {
        others.push(repository(tx, theirs, Provider::Gitlab, number, now)?);
    }
    let sprints = (size.cards / CARDS_A_SPRINT).max(1);
    let teams = TEAMS.min(sprints.div_ceil(2));
    let projects = site(tx, jira, teams, now)?;
    Ok(Places { profile, repositories, others, jira, projects, sprints: sprints.div_ceil(teams) })
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap_or_else(|_| Name::default_profile())
}

fn account(
    tx: &WriteTx<'_>,
    profile_id: ProfileId,
    provider: Provider,
    called: &str,
    now: DateTime<Utc>,
) -> Result<AccountId, StoreError> {
    tx.upsert_account(&NewAccount {
        profile_id,
        provider,
        name: name(called),
        url: format!("https://{called}.example.org"),
        login: "dev0".to_owned(),
        email: (provider == Provider::Jira).then(|| "dev0@example.org".to_owned()),
        projects: None,
        state: AccountState { standing: Standing::Ok, reason: None, scopes: None, expires_at: None },
        credential_print: None,
        now,
    })
}

fn repository(
    tx: &WriteTx<'_>,
    account_id: AccountId,
    provider: Provider,
    number: usize,
    now: DateTime<Utc>,
) -> Result<i64, StoreError> {
    let (owner, name) = (format!("team-{:02}", number % TEAMS), format!("service-{number:03}"));
    let inserted = tx.insert_repository(&NewRepository {
        account_id,
        remote_id: number.to_string(),
        url: format!("https://{provider}.example.org/{owner}/{name}"),
        owner,
        name,
        provider,
        default_branch: Some("main".to_owned()),
        now: now - AGE,
    })?;
    let id = inserted.unwrap_or(pdt_domain::ids::RepositoryId(0));
    tx.set_window_start(id, now - AGE)?;
    match number % 50 {
        49 => tx.mark_repository_invalid(id, "GitHub does not show it to this account.", "Not found.")?,
        48 => tx.note_repository_error(id, "The server gave no answer.")?,
        _ => tx.mark_repository_synced(id, now)?,
    }
    Ok(id.0)
}

fn site(
    tx: &WriteTx<'_>,
    account: AccountId,
    teams: usize,
    now: DateTime<Utc>,
) -> Result<Vec<String>, StoreError> {
    let collects = Collects { kanban: false, backlog: true };
    tx.set_jira_site(&JiraSiteAt { account, deployment: Deployment::Cloud, api_root: None, collects })?;
    tx.set_story_point_fields(account, &["customfield_10016".to_owned()])?;
    tx.note_site_read(account, now, Thoroughness::Thorough)?;
    let letter = |team: usize| char::from(b'A' + u8::try_from(team % 26).unwrap_or(0));
    let projects: Vec<String> = (0..teams).map(|team| format!("TEAM{}", letter(team))).collect();
    tx.set_projects(account, &projects)?;
    let board = |(project, id): (&String, i64)| Board {
        id,
        name: format!("{project} board"),
        kind: BoardKind::Scrum,
        project_key: Some(project.clone()),
    };
    let boards: Vec<Board> = projects.iter().zip(1..).map(board).collect();
    tx.store_boards(account, &boards, now)?;
    Ok(projects)
}
