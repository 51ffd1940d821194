//! A small world to show PDT in: three services with repositories, people and tokens, and time that goes on.

mod cards;
mod pushes;

use std::path::Path;

use anyhow::{Context, Result};
use chrono::Utc;

use crate::git::{NewCommit, Person};
use crate::{
    FakeGithub, FakeGitlab, FakeJira, GitRepo, GithubSettings, GitlabSettings, JiraSettings, NewToken, Plan,
    World,
};

/// Opens the demo's own services, and nothing else in the world.
const GITHUB_TOKEN: &str = "demo-token-for-the-fake-github";
const GITLAB_TOKEN: &str = "demo-token-for-the-fake-gitlab";
const JIRA_TOKEN: &str = "demo-token-for-the-fake-jira";
const JIRA_EMAIL: &str = "ada@example.com";

/// A fake GitHub with two repositories, a fake GitLab with one in a sub-group, and a fake Jira with the board that
/// their commits are about, for one person called Ada.
#[derive(Debug)]
pub struct DemoWorld {
    github: FakeGithub,
    gitlab: FakeGitlab,
    jira: FakeJira,
    places: Vec<Place>,
    /// How often something has happened.
    turns: usize,
}

/// Something that has happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// The URL of the repository that it happened to.
    pub repository: String,
    /// The branch.
    pub branch: String,
    /// Who wrote the commit.
    pub author: String,
    /// The first line of its message.
    pub subject: String,
}

#[derive(Debug)]
struct Place {
    url: String,
    repo: GitRepo,
}

impl DemoWorld {
    /// A world of made-up histories that end now.
    ///
    /// # Errors
    /// Where git is missing, or no socket can be opened.
    pub fn invented() -> Result<Self> {
        let repo = GitRepo::create()?;
        repo.generate(&Plan::busy(Utc::now()))?;
        Self::around("widgets", repo)
    }

    /// A world around a copy of the repository at `path`, which itself is only read. Where that has no commit
    /// yet, a made-up history stands in for it.
    ///
    /// # Errors
    /// Where there is no git repository at `path`, git is missing, or no socket can be opened.
    pub fn from_repository(path: &Path) -> Result<Self> {
        let copy = GitRepo::copy_of(path)?;
        if copy.branches()?.is_empty() {
            return Self::invented();
        }
        let folder = path.canonicalize()?;
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or("project");
        Self::around(&in_urls(name), copy)
    }

    fn around(name: &str, repo: GitRepo) -> Result<Self> {
        let github = FakeGithub::start(GithubSettings::default())?;
        let gitlab = FakeGitlab::start(GitlabSettings::default())?;
        github.add_token(NewToken::new(GITHUB_TOKEN, "ada").scopes(&["repo", "read:org"]));
        gitlab.add_token(NewToken::new(GITLAB_TOKEN, "ada").scopes(&["read_api"]));
        let jira = FakeJira::with_world(JiraSettings::default(), &World::small())?;
        jira.add_token(NewToken::new(JIRA_TOKEN, "ada").email(JIRA_EMAIL));
        let mut world = Self { github, gitlab, jira, places: Vec::new(), turns: 0 };
        world.add_at_github(&format!("example/{name}"), repo);
        world.add_at_github("example/tools", made_up(60, 5, 2)?);
        let full_name = "example/platform/backend/api";
        let repo = made_up(160, 9, 3)?;
        world.gitlab.add_repository(full_name, &repo);
        world.places.push(Place { url: format!("{}/{full_name}", world.gitlab.url()), repo });
        Ok(world)
    }

    fn add_at_github(&mut self, full_name: &str, repo: GitRepo) {
        self.github.add_repository(full_name, &repo);
        self.places.push(Place { url: format!("{}/{full_name}", self.github.url()), repo });
    }

    /// The fake GitHub.
    #[must_use]
    pub fn github(&self) -> &FakeGithub {
        &self.github
    }

    /// The fake GitLab.
    #[must_use]
    pub fn gitlab(&self) -> &FakeGitlab {
        &self.gitlab
    }

    /// The fake Jira, a Cloud site.
    #[must_use]
    pub fn jira(&self) -> &FakeJira {
        &self.jira
    }

    /// Ada's token at the fake GitHub.
    #[must_use]
    pub fn github_token(&self) -> &'static str {
        GITHUB_TOKEN
    }

    /// Ada's token at the fake GitLab.
    #[must_use]
    pub fn gitlab_token(&self) -> &'static str {
        GITLAB_TOKEN
    }

    /// Ada's token at the fake Jira.
    #[must_use]
    pub fn jira_token(&self) -> &'static str {
        JIRA_TOKEN
    }

    /// The address with which Ada signs in at the fake Jira.
    #[must_use]
    pub fn jira_email(&self) -> &'static str {
        JIRA_EMAIL
    }

    /// The URLs of all repositories, as a person would give them.
    #[must_use]
    pub fn repository_urls(&self) -> Vec<&str> {
        self.places.iter().map(|place| place.url.as_str()).collect()
    }

    /// Something happens: one of the repositories, in turn, gets a commit, on its default branch or on a topic
    /// branch; and every third time a card moves on the board.
    ///
    /// # Errors
    /// What git says.
    pub fn advance(&mut self) -> Result<Push> {
        let turn = self.turns;
        self.turns += 1;
        cards::stir(&self.jira.world(), turn)?;
        let place = self.places.get(turn % self.places.len().max(1)).context("the demo has no repository")?;
        let plot = pushes::PLOTS.get(turn % pushes::PLOTS.len()).context("the demo has no story")?;
        let branches = place.repo.branches()?;
        let main = branches.iter().find(|name| *name == "main").or(branches.first());
        let main = main.map_or("main", String::as_str);
        let branch = plot.topic.unwrap_or(main);
        if branch != main && !branches.iter().any(|name| name == branch) {
            place.repo.branch(branch, main)?;
        }
        let (name, email) = plot.who;
        place.repo.commit(branch, &NewCommit::new(plot.message).by(&Person::new(name, email)))?;
        Ok(Push {
            repository: place.url.clone(),
            branch: branch.to_owned(),
            author: name.to_owned(),
            subject: plot.message.lines().next().unwrap_or_default().to_owned(),
        })
    }
}

fn made_up(commits: usize, branches: usize, seed: u64) -> Result<GitRepo> {
    let repo = GitRepo::create()?;
    repo.generate(&Plan::sized(Utc::now(), commits, branches).seed(seed).over_days(45))?;
    Ok(repo)
}

/// A folder's name as a repository's: letters, digits, `-`, `_` and `.`.
fn in_urls(name: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.chars().map(|c| if allowed(c) { c } else { '-' }).collect()
}
