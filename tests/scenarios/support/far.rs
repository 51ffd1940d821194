//! The two services behind one face, for scenarios that must hold at both.

use std::time::Duration;

use pdt_testkit::{
    FakeGithub, FakeGitlab, Fault, GitRepo, GithubSettings, GitlabSettings, NewToken, Recorded,
};

use super::{CANARY, Pdt};

/// A fake service.
pub(crate) enum Far {
    /// GitHub.
    Github(FakeGithub),
    /// GitLab.
    Gitlab(FakeGitlab),
}

macro_rules! both {
    ($far:expr, $fake:ident => $body:expr) => {
        match $far {
            Far::Github($fake) => $body,
            Far::Gitlab($fake) => $body,
        }
    };
}

impl Far {
    /// A GitHub with GraphQL.
    pub(crate) fn github() -> Self {
        Self::github_with(GithubSettings::default())
    }

    /// A GitHub of another kind.
    pub(crate) fn github_with(settings: GithubSettings) -> Self {
        Self::Github(FakeGithub::start(settings).expect("a socket")).with_token()
    }

    /// A GitLab.
    pub(crate) fn gitlab() -> Self {
        Self::gitlab_with(GitlabSettings::default())
    }

    /// A GitLab of another kind.
    pub(crate) fn gitlab_with(settings: GitlabSettings) -> Self {
        Self::Gitlab(FakeGitlab::start(settings).expect("a socket")).with_token()
    }

    fn with_token(self) -> Self {
        both!(&self, fake => fake.add_token(NewToken::new(CANARY, "ada")));
        self
    }

    /// The word that `account add` takes.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Github(_) => "github",
            Self::Gitlab(_) => "gitlab",
        }
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        both!(self, fake => fake.url().to_owned())
    }

    /// Serves a repository.
    pub(crate) fn add(&self, full_name: &str, repo: &GitRepo) {
        both!(self, fake => { fake.add_repository(full_name, repo); });
    }

    /// Orders a fault.
    pub(crate) fn order(&self, fault: Fault) {
        both!(self, fake => { fake.order(fault); });
    }

    /// Takes all faults back.
    pub(crate) fn clear_faults(&self) {
        both!(self, fake => fake.clear_faults());
    }

    /// Lets every answer take this much longer from now on.
    pub(crate) fn delays(&self, latency: Duration) {
        both!(self, fake => fake.latency(latency));
    }

    /// Knows another token of the same person.
    pub(crate) fn knows(&self, token: &str) {
        both!(self, fake => fake.add_token(NewToken::new(token, "ada")));
    }

    /// How many requests have come since they were taken last.
    pub(crate) fn asked(&self) -> usize {
        both!(self, fake => fake.requests().len())
    }

    /// Revokes the token.
    pub(crate) fn revoke(&self) {
        both!(self, fake => fake.revoke_token(CANARY));
    }

    /// Gives a repository another name.
    pub(crate) fn rename(&self, old: &str, new: &str) {
        both!(self, fake => fake.rename_repository(old, new));
    }

    /// Every request since the last call of this kind.
    pub(crate) fn take_requests(&self) -> Vec<Recorded> {
        both!(self, fake => { let requests = fake.requests(); fake.reset_requests(); requests })
    }

    /// A person whose PDT knows this service and tracks these repositories of it.
    pub(crate) fn person(&self, repositories: &[&str]) -> Pdt {
        let pdt = Pdt::new().with("PDT_TOKEN_WORK", CANARY);
        let urls: Vec<_> = repositories.iter().map(|name| format!("{}/{name}", self.url())).collect();
        pdt.connect(self.kind(), &self.url(), "work", &urls);
        self.take_requests();
        pdt
    }
}
