//! What the scenarios stand on: a stage, a fake GitHub out of real git history, and the app between them.

mod app;
mod keys;
mod trap;
mod turn;
mod window;

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use pdt_domain::ids::Name;
use pdt_domain::provider::Provider;
use pdt_engine::api::{AddAccount, CommitDto, CommitQuery, Engine, Parts, Startup};
use pdt_engine::clock::SystemClock;
use pdt_engine::environment::Environment;
use pdt_engine::secrets::Secrets;
use pdt_testkit::stage::{StagePlan, show_logs};
use pdt_testkit::{FakeGithub, FakeJira, GitRepo, GithubSettings, NewCommit, NewToken, Stage};
use tokio::runtime::Runtime;

pub(crate) use app::{App, AppPlan, copy_of_the_program};
pub(crate) use trap::Trap;
pub(crate) use window::Window;

/// Ada's token. Found anywhere but in a request's header and in the keychain, it is a leak.
pub(crate) const TOKEN: &str = "ghp_Canary7f3kQ9zLx0Vb2Nn8sWq5Rt1Yd4";

/// Her token at a Jira.
pub(crate) const JIRA_TOKEN: &str = "ATATT-Canary8m2pRt6Vx1Zq";

/// What PDT promises for everything that ends or shows.
pub(crate) const PROMISED: Duration = Duration::from_secs(5);

/// How long something may take that nobody has promised anything for, on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A desktop, a GitHub with two repositories of Ada's, and a data folder.
pub(crate) struct Scene {
    pub(crate) stage: Stage,
    pub(crate) github: FakeGithub,
    /// `acme/widgets`.
    pub(crate) widgets: GitRepo,
    runtime: Runtime,
    _turn: turn::Turn,
}

impl Scene {
    /// The plan's stage, and a GitHub whose repositories have one commit each.
    pub(crate) fn set(plan: StagePlan) -> Self {
        let turn = turn::Turn::wait();
        let github = FakeGithub::start(GithubSettings::default()).unwrap();
        github.add_token(NewToken::new(TOKEN, "ada").scopes(&["repo", "read:org"]));
        let (widgets, tools) = (GitRepo::create().unwrap(), GitRepo::create().unwrap());
        for (name, repo) in [("acme/widgets", &widgets), ("acme/tools", &tools)] {
            repo.commit("main", &NewCommit::new(&format!("PDT-1 Begin {name}\n"))).unwrap();
            github.add_repository(name, repo);
        }
        let runtime = Runtime::new().unwrap();
        Self { stage: plan.raise().unwrap(), github, widgets, runtime, _turn: turn }
    }

    /// Connects Ada's account under the name `work` and tracks both repositories, before the app starts.
    pub(crate) fn connected(self) -> Self {
        let engine = self.engine();
        let name = Name::default_profile();
        let account = AddAccount {
            profile: name.clone(),
            provider: Provider::Github,
            url: Some(self.github.url().to_owned()),
            name: Some("work".to_owned()),
            token: None,
            email: None,
            projects: None,
            collects: None,
        };
        self.wait(engine.add_account(account)).unwrap();
        for repository in ["acme/widgets", "acme/tools"] {
            let url = format!("{}/{repository}", self.github.url());
            self.wait(engine.add_repository(&name, &url, None)).unwrap();
        }
        self.wait(engine.close()).unwrap();
        self.github.reset_requests();
        self
    }

    /// Connects Ada's account at a Jira too, under this name. Its token is in the variable that the name means.
    pub(crate) fn with_jira(self, site: &FakeJira, name: &str) -> Self {
        let variable: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        let variable = format!("PDT_TOKEN_{}", variable.to_uppercase());
        let engine = self.engine_with(&[(&variable, JIRA_TOKEN)]);
        let account = AddAccount {
            profile: Name::default_profile(),
            provider: Provider::Jira,
            url: Some(site.site()),
            name: Some(name.to_owned()),
            token: None,
            email: Some("ada@example.com".to_owned()),
            projects: None,
            collects: None,
        };
        self.wait(engine.add_account(account)).unwrap();
        self.wait(engine.close()).unwrap();
        self
    }

    /// PDT's data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.stage.home().join("data")
    }

    /// The app, not started yet.
    pub(crate) fn app(&self) -> AppPlan<'_> {
        AppPlan::new(self)
    }

    /// The app from another place, not started yet.
    pub(crate) fn app_at(&self, program: &Path) -> AppPlan<'_> {
        AppPlan::of(self, program)
    }

    /// The app, started in the tray with Ada's token, as at login, once its icon is there.
    pub(crate) fn app_in_tray(&self) -> App<'_> {
        let app = self.app().with_token().hidden().start();
        app.wait_for_icon();
        app
    }

    /// The commits that the database holds now, whoever else uses it.
    pub(crate) fn stored(&self) -> Vec<CommitDto> {
        let engine = self.engine();
        let commits = self.wait(engine.commits(&Name::default_profile(), CommitQuery::default())).unwrap();
        self.wait(engine.close()).unwrap();
        commits
    }

    /// The end of the last run of the commits loop, as the database has it now.
    pub(crate) fn last_sync(&self) -> Option<DateTime<Utc>> {
        let engine = self.engine();
        let status = self.wait(engine.status(&Name::default_profile())).unwrap();
        self.wait(engine.close()).unwrap();
        status.commits.last_sync
    }

    /// Waits for a future; the tests themselves are not async.
    pub(crate) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// PDT's engine on the same data, as the command line would use it.
    fn engine(&self) -> Engine {
        self.engine_with(&[])
    }

    fn engine_with(&self, variables: &[(&str, &str)]) -> Engine {
        let environment = Environment::of([&[("PDT_TOKEN_WORK", TOKEN)], variables].concat());
        let secrets = Secrets::from_system(environment.clone());
        let jira_gateway = "https://gateway.invalid".parse().unwrap();
        let parts = Parts { environment, secrets, clock: Arc::new(SystemClock), jira_gateway };
        Engine::open_with(Startup { data_dir: Some(self.data()) }, parts).unwrap()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        // The stage shows what its programs said; what the app keeps for itself says more.
        if std::thread::panicking() {
            show_logs(&self.data().join("logs"));
        }
    }
}

/// A stage as most desktops are: a window manager and a panel with a tray.
pub(crate) fn desktop() -> StagePlan {
    Stage::plan().with_window_manager().with_panel()
}

/// A stage without a tray.
pub(crate) fn bare_desktop() -> StagePlan {
    Stage::plan().with_window_manager()
}
