//! `pdt run`: both loops at work while nobody looks, beside other `pdt` on the same data, until a signal.

mod accounts;
mod alone;
mod canary;
mod course;
mod hanging;
mod keychain;
mod settings;
mod stopping;
mod unit;

use pdt_testkit::jira::World;
use pdt_testkit::{GitRepo, NewCommit};

use crate::support::Pdt;
use crate::support::far::Far;
use crate::support::site::{JIRA_CANARY, Site};

const REPOSITORY: &str = "acme/widgets";

/// A person with a repository at GitHub and a Jira, before the first run.
struct Desk {
    far: Far,
    repo: GitRepo,
    site: Site,
    pdt: Pdt,
}

impl Desk {
    fn new() -> Self {
        let repo = GitRepo::create().unwrap();
        repo.commit("main", &NewCommit::new("Begin\n")).unwrap();
        Self::with(repo, &World::small())
    }

    fn with(repo: GitRepo, world: &World) -> Self {
        let (far, site) = (Far::github(), Site::cloud(world));
        far.add(REPOSITORY, &repo);
        let pdt = far.person(&[REPOSITORY]).with("PDT_TOKEN_ACME", JIRA_CANARY);
        site.connect(&pdt, "acme", &[]);
        Self { far, repo, site, pdt }
    }

    /// The same with these intervals of the loops.
    fn every(self, commits: &str, jira: &str) -> Self {
        Self { pdt: self.pdt.every(commits, jira), ..self }
    }
}
