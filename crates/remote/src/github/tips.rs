//! Where the branches stand: by GraphQL, a hundred a request and with their dates; without GraphQL by the
//! branch list, which has no dates.

use chrono::{DateTime, Utc};
use pdt_domain::commit::Tip;
use pdt_domain::ids::Sha;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::{Github, wire};
use crate::http::{ApiClient, Call, Kind, Pages, RemoteError};
use crate::source::RepositoryRef;

/// <https://docs.github.com/en/graphql/reference/objects#ref>
const QUERY: &str = "query($owner: String!, $name: String!, $cursor: String) { \
    repository(owner: $owner, name: $name) { \
    refs(refPrefix: \"refs/heads/\", first: 100, after: $cursor) { \
    pageInfo { hasNextPage endCursor } \
    nodes { name target { oid ... on Commit { committedDate } } } } } }";

/// Every branch, each once.
pub(super) async fn all(
    client: &ApiClient,
    graphql: &Url,
    repository: &RepositoryRef,
) -> Result<Vec<Tip>, RemoteError> {
    match by_graphql(client, graphql, repository).await {
        Ok(Some(tips)) => Ok(tips),
        Err(error) if ends_the_run(&error.kind) => Err(error),
        Ok(None) | Err(_) => by_list(client, repository).await,
    }
}

/// What asking another way would not change.
fn ends_the_run(kind: &Kind) -> bool {
    matches!(kind, Kind::TokenRefused | Kind::Limited { .. } | Kind::Cancelled | Kind::Offline)
}

/// `None` where the answer is not the whole list: an error beside the data, or a repository that is null.
async fn by_graphql(
    client: &ApiClient,
    graphql: &Url,
    repository: &RepositoryRef,
) -> Result<Option<Vec<Tip>>, RemoteError> {
    let mut tips = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let variables = json!({ "owner": repository.owner, "name": repository.name, "cursor": cursor });
        let call = Call::read_by_post(graphql.as_str(), json!({ "query": QUERY, "variables": variables }));
        let reply: Reply = client.send(call).await?.json()?;
        let Some(refs) = reply.refs() else { return Ok(None) };
        tips.extend(refs.nodes.into_iter().flatten().filter_map(Ref::tip));
        match (refs.page_info.has_next_page, refs.page_info.end_cursor) {
            (false, _) => return Ok(Some(tips)),
            (true, Some(next)) if cursor.as_ref() != Some(&next) => cursor = Some(next),
            (true, _) => return Err(client.error(Kind::PageLoop, "the list of branches does not end")),
        }
    }
}

async fn by_list(client: &ApiClient, repository: &RepositoryRef) -> Result<Vec<Tip>, RemoteError> {
    let call = Call::get(Github::path(repository, "/branches")).query("per_page", "100");
    let pages: Pages<wire::Branch> = client.pages(call);
    match pages.all().await {
        Ok(branches) => Ok(branches.into_iter().map(Tip::from).collect()),
        Err(error) if error.kind == Kind::EmptyRepository => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// GraphQL answers 200 with data and errors together.
#[derive(Deserialize)]
struct Reply {
    data: Option<Data>,
    #[serde(default)]
    errors: Vec<Value>,
}

#[derive(Deserialize)]
struct Data {
    repository: Option<Repository>,
}

#[derive(Deserialize)]
struct Repository {
    refs: Option<Refs>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Refs {
    page_info: PageInfo,
    nodes: Vec<Option<Ref>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(Deserialize)]
struct Ref {
    name: String,
    target: Option<Target>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    oid: Sha,
    committed_date: Option<DateTime<Utc>>,
}

impl Reply {
    fn refs(self) -> Option<Refs> {
        if self.errors.is_empty() { self.data?.repository?.refs } else { None }
    }
}

impl Ref {
    fn tip(self) -> Option<Tip> {
        let target = self.target?;
        Some(Tip { branch: self.name, sha: target.oid, committed_at: target.committed_date })
    }
}
