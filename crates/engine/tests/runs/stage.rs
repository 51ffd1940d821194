//! An engine with one GitHub account and one repository.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use pdt_domain::ids::Name;
use pdt_domain::provider::Provider;
use pdt_domain::run::Trigger;
use pdt_domain::secret::Token;
use pdt_engine::api::{AddAccount, CommitQuery, CommitResultDto, Engine, LoopDto, Parts, Startup, SyncWhat};
use pdt_engine::clock::{Clock, TestClock};
use pdt_engine::environment::Environment;
use pdt_engine::secrets::{MemoryKeychain, Secrets};
use pdt_testkit::{FakeGithub, GitRepo, GithubSettings, NewCommit, NewToken};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

pub(crate) const TOKEN: &str = "a-token-of-ada";

pub(crate) struct Stage {
    folder: TempDir,
    pub(crate) clock: TestClock,
    pub(crate) keychain: Arc<MemoryKeychain>,
    pub(crate) engine: Engine,
    pub(crate) github: FakeGithub,
    pub(crate) repo: GitRepo,
}

impl Stage {
    /// With these variables in its environment.
    pub(crate) async fn set(variables: &[(&str, &str)]) -> Self {
        let clock = TestClock::at(noon());
        Self::set_with_clock(variables, clock.clone(), Arc::new(clock)).await
    }

    /// The same where the engine's clock is not simply the one that the test moves.
    pub(crate) async fn set_with_clock(
        variables: &[(&str, &str)],
        clock: TestClock,
        engines: Arc<dyn Clock>,
    ) -> Self {
        let folder = TempDir::new().unwrap();
        let github = FakeGithub::start(GithubSettings::default()).unwrap();
        github.add_token(NewToken::new(TOKEN, "ada"));
        let repo = GitRepo::create().unwrap();
        repo.commit("main", &NewCommit::new("Begin\n").at(noon() - TimeDelta::hours(1))).unwrap();
        github.add_repository("acme/widgets", &repo);
        let keychain = Arc::new(MemoryKeychain::default());
        let engine = open(folder.path(), variables, &keychain, engines);
        let stage = Self { folder, clock, keychain, engine, github, repo };
        stage.connect(TOKEN).await;
        let url = format!("{}/acme/widgets", stage.github.url());
        stage.engine.add_repository(&profile(), &url, None).await.unwrap();
        stage.github.reset_requests();
        stage
    }

    /// Another program on the same data, in the same environment but for these variables.
    pub(crate) fn another_program(&self, variables: &[(&str, &str)], clock: Arc<dyn Clock>) -> Engine {
        open(self.folder.path(), variables, &self.keychain, clock)
    }

    /// The database's file.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("data/pdt.db")
    }

    pub(crate) async fn connect(&self, token: &str) {
        let account = AddAccount {
            profile: profile(),
            provider: Provider::Github,
            url: Some(self.github.url().to_owned()),
            name: Some("work".to_owned()),
            token: Some(Token::new(token.to_owned())),
            email: None,
            projects: None,
            collects: None,
        };
        self.engine.add_account(account).await.unwrap();
    }

    pub(crate) async fn run(&self, trigger: Trigger) -> LoopDto<CommitResultDto> {
        let cancel = CancellationToken::new();
        let profile = profile();
        let sync = self.engine.sync(&profile, SyncWhat::Commits, trigger, Arc::new(|_| {}), cancel);
        sync.await.unwrap().commits.unwrap()
    }

    pub(crate) async fn messages(&self) -> Vec<String> {
        let commits = self.engine.commits(&profile(), CommitQuery::default()).await.unwrap();
        commits.into_iter().map(|commit| commit.message).collect()
    }

    pub(crate) fn clock_now(&self) -> DateTime<Utc> {
        Clock::now(&self.clock)
    }
}

fn open(
    folder: &Path,
    variables: &[(&str, &str)],
    keychain: &Arc<MemoryKeychain>,
    clock: Arc<dyn Clock>,
) -> Engine {
    let environment = Environment::of(variables.iter().copied());
    let secrets = Secrets::with(environment.clone(), keychain.clone());
    let jira_gateway = "https://gateway.invalid".parse().unwrap();
    let parts = Parts { environment, secrets, clock, jira_gateway };
    Engine::open_with(Startup { data_dir: Some(folder.join("data")) }, parts).unwrap()
}

pub(crate) fn profile() -> Name {
    Name::default_profile()
}

pub(crate) fn noon() -> DateTime<Utc> {
    "2026-02-18T12:00:00Z".parse().unwrap()
}
