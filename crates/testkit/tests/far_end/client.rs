//! A plain HTTP client that follows nothing and hides nothing.

use std::sync::Once;

use pdt_testkit::{FakeGithub, FakeGitlab, GitRepo, GithubSettings, GitlabSettings, NewToken};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use serde_json::Value;

pub(crate) const TOKEN: &str = "canary-1f3a";

pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
    token: String,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {}", self.text))
    }

    pub(crate) fn list(&self) -> Vec<Value> {
        self.json().as_array().expect("a list").clone()
    }

    /// One field of every item of a list.
    pub(crate) fn each(&self, field: &str) -> Vec<String> {
        self.list().iter().map(|item| item[field].as_str().unwrap().to_owned()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn link(&self, relation: &str) -> Option<String> {
        let suffix = format!("rel=\"{relation}\"");
        let found = self.header("link").split(", ").find(|link| link.ends_with(&suffix))?;
        Some(found.split_once('>').unwrap().0.trim_start_matches('<').to_owned())
    }
}

pub(crate) fn http() -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap()
}

impl Client {
    pub(crate) fn new(base: &str) -> Self {
        Self { http: http(), base: base.to_owned(), token: TOKEN.to_owned() }
    }

    pub(crate) fn with_token(base: &str, token: &str) -> Self {
        Self { token: token.to_owned(), ..Self::new(base) }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.try_get(path, &[]).await.unwrap()
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.try_get(path, headers).await.unwrap()
    }

    /// `path` may be a whole URL. Without a token where it is empty.
    pub(crate) async fn try_get(&self, path: &str, headers: &[(&str, &str)]) -> reqwest::Result<Answer> {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let mut request = self.http.get(url);
        if !headers.iter().any(|(name, _)| *name == "user-agent") {
            request = request.header("user-agent", "far-end-test");
        }
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, *value);
        }
        answer(request).await
    }

    pub(crate) async fn graphql(&self, url: &str, query: &str, variables: Value) -> Answer {
        let body = serde_json::json!({ "query": query, "variables": variables });
        let request = self.http.post(url).header("user-agent", "far-end-test").bearer_auth(&self.token);
        answer(request.json(&body)).await.unwrap()
    }

    /// All pages, by following the links.
    pub(crate) async fn walk(&self, path: &str) -> Vec<Answer> {
        let mut answers = vec![self.get(path).await];
        while let Some(next) = answers.last().unwrap().link("next") {
            answers.push(self.get(&next).await);
        }
        answers
    }
}

pub(crate) async fn answer(request: reqwest::RequestBuilder) -> reqwest::Result<Answer> {
    let response = request.send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Answer { status, headers, text: response.text().await? })
}

/// A GitHub with `acme/widgets` and somebody who may read it.
pub(crate) fn github_with(repo: &GitRepo) -> (FakeGithub, Client) {
    let github = FakeGithub::start(GithubSettings::default()).unwrap();
    github.add_repository("acme/widgets", repo);
    github.add_token(NewToken::new(TOKEN, "ada").scopes(&["repo", "read:org"]));
    let client = Client::new(&format!("{}/api/v3", github.url()));
    (github, client)
}

/// A GitLab with `acme/tools/widgets` and somebody who may read it.
pub(crate) fn gitlab_with(repo: &GitRepo) -> (FakeGitlab, Client) {
    gitlab_as(GitlabSettings::default(), repo)
}

pub(crate) fn gitlab_as(settings: GitlabSettings, repo: &GitRepo) -> (FakeGitlab, Client) {
    let gitlab = FakeGitlab::start(settings).unwrap();
    gitlab.add_repository("acme/tools/widgets", repo);
    gitlab.add_token(NewToken::new(TOKEN, "ada").scopes(&["read_api"]));
    let client = Client::new(&format!("{}/api/v4", gitlab.url()));
    (gitlab, client)
}
