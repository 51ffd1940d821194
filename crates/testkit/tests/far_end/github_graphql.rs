//! The refs by GraphQL.

use chrono::{Duration, Utc};
use pdt_testkit::{FakeGithub, Fault, GitRepo, GithubSettings, NewCommit, NewToken, Plan};
use serde_json::{Value, json};

use crate::client::{Answer, Client, TOKEN, github_with};
use crate::git::day;

const QUERY: &str = r#"query($owner:String!,$name:String!,$cursor:String){repository(owner:$owner,name:$name){
  defaultBranchRef{name} refs(refPrefix:"refs/heads/",first:100,after:$cursor){pageInfo{hasNextPage endCursor}
  nodes{name target{oid ... on Commit{committedDate parents(first:10){nodes{oid}}}}}}}}"#;

async fn ask(github: &FakeGithub, client: &Client, cursor: Value) -> Answer {
    let variables = json!({ "owner": "acme", "name": "widgets", "cursor": cursor });
    client.graphql(&format!("{}/api/graphql", github.url()), QUERY, variables).await
}

#[tokio::test]
async fn all_refs_come_a_hundred_at_a_time_with_tip_date_and_parents() {
    let repo = GitRepo::create().unwrap();
    repo.generate(&Plan::wide(day("2026-02-18"))).unwrap();
    let (github, client) = github_with(&repo);
    let (mut names, mut cursor, mut pages) = (Vec::new(), Value::Null, 0);
    loop {
        let body = ask(&github, &client, cursor).await.json();
        let refs = &body["data"]["repository"]["refs"];
        for node in refs["nodes"].as_array().unwrap() {
            let name = node["name"].as_str().unwrap();
            let shown = repo.log(&["-n1", "--format=%H %P", &format!("refs/heads/{name}")]).unwrap();
            let parents = node["target"]["parents"]["nodes"].as_array().unwrap();
            let oids =
                std::iter::once(&node["target"]["oid"]).chain(parents.iter().map(|parent| &parent["oid"]));
            let oids: Vec<&str> = oids.map(|oid| oid.as_str().unwrap()).collect();
            assert_eq!(oids.join(" "), shown[0].trim(), "{name}");
            assert!(node["target"]["committedDate"].as_str().unwrap().ends_with('Z'), "in UTC");
            names.push(name.to_owned());
        }
        pages += 1;
        cursor = refs["pageInfo"]["endCursor"].clone();
        if refs["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!((pages, names), (3, repo.branches().unwrap()), "three requests for 300 branches");
}

#[tokio::test]
async fn the_layout_of_a_query_does_not_matter() {
    let repo = GitRepo::create().unwrap();
    repo.commit("main", &NewCommit::new("first\n")).unwrap();
    let (github, client) = github_with(&repo);
    let query = "query Q($o: String!, $n: String!, $many: Int) {\n  repository (name : $n, owner : $o) {\n    refs (\n      first : $many\n      refPrefix: \"refs/heads/\"\n    ) { nodes { name } } } rateLimit { remaining } }";
    let variables = json!({ "o": "acme", "n": "widgets", "many": 5 });
    let body = client.graphql(&format!("{}/api/graphql", github.url()), query, variables).await.json();
    assert_eq!(body["data"]["repository"]["refs"]["nodes"][0]["name"], "main", "{body}");
    assert_eq!(body["data"]["repository"]["defaultBranchRef"]["name"], "main", "every field is there");
    assert!(body["data"]["rateLimit"]["remaining"].is_u64(), "and what stands beside it");
}

#[tokio::test]
async fn more_than_a_hundred_at_once_is_an_error() {
    let (github, client) = github_with(&GitRepo::create().unwrap());
    let query =
        r#"{repository(owner:"acme",name:"widgets"){refs(refPrefix:"refs/heads/",first:200){nodes{name}}}}"#;
    let body = client.graphql(&format!("{}/api/graphql", github.url()), query, json!({})).await.json();
    assert_eq!(body["errors"][0]["type"], "EXCESSIVE_PAGINATION", "{body}");
}

#[tokio::test]
async fn an_empty_repository_has_no_refs_and_no_default_branch() {
    let repo = GitRepo::create().unwrap();
    let (github, client) = github_with(&repo);
    let empty = ask(&github, &client, Value::Null).await.json();
    assert_eq!(empty["data"]["repository"]["refs"]["nodes"], json!([]), "nothing");
    assert!(empty["data"]["repository"]["defaultBranchRef"].is_null(), "and no default");
    repo.commit("topic", &NewCommit::new("first\n")).unwrap();
    let headless = ask(&github, &client, Value::Null).await.json();
    assert!(
        headless["data"]["repository"]["defaultBranchRef"].is_null(),
        "still none: `main` does not exist"
    );
    assert_eq!(headless["data"]["repository"]["refs"]["nodes"][0]["name"], "topic", "but there is a branch");
}

#[tokio::test]
async fn a_missing_repository_is_an_error_beside_null_and_a_renamed_one_is_found() {
    let repo = GitRepo::create().unwrap();
    repo.commit("main", &NewCommit::new("first\n")).unwrap();
    let (github, client) = github_with(&repo);
    github.rename_repository("acme/widgets", "acme/gadgets");
    let body = ask(&github, &client, Value::Null).await.json();
    assert_eq!(body["data"]["repository"]["nameWithOwner"], "acme/gadgets", "under its new name");
    github.remove_repository("acme/gadgets");
    let gone = ask(&github, &client, Value::Null).await;
    assert_eq!(gone.status, 200, "GraphQL has its own ways");
    assert!(gone.json()["data"]["repository"].is_null(), "no data");
    assert_eq!(gone.json()["errors"][0]["type"], "NOT_FOUND", "but an error");
}

#[tokio::test]
async fn its_limit_is_its_own_and_answered_with_200() {
    let repo = GitRepo::create().unwrap();
    let (github, client) = github_with(&repo);
    let reset = Utc::now() + Duration::minutes(3);
    github.set_graphql_remaining("ada", 1, reset);
    assert_eq!(ask(&github, &client, Value::Null).await.header("x-ratelimit-resource"), "graphql", "its own");
    let limited = ask(&github, &client, Value::Null).await;
    assert_eq!(limited.status, 200, "not 403");
    assert_eq!(limited.json()["errors"][0]["type"], "RATE_LIMITED", "the error says it");
    assert_eq!(limited.header("x-ratelimit-reset"), reset.timestamp().to_string(), "until then");
    assert_eq!(client.get("/user").await.status, 200, "REST goes on");
}

#[tokio::test]
async fn data_and_errors_may_come_together() {
    let repo = GitRepo::create().unwrap();
    repo.commit("main", &NewCommit::new("first\n")).unwrap();
    let (github, client) = github_with(&repo);
    github.order(Fault::at("POST /graphql").adds_graphql_error("Something went wrong"));
    let body = ask(&github, &client, Value::Null).await.json();
    assert_eq!(body["errors"][0]["message"], "Something went wrong", "an error");
    assert_eq!(body["data"]["repository"]["refs"]["nodes"][0]["name"], "main", "and data");
}

#[tokio::test]
async fn a_server_may_have_no_graphql() {
    let github = FakeGithub::start(GithubSettings::default().without_graphql()).unwrap();
    github.add_token(NewToken::new(TOKEN, "ada"));
    let client = Client::new(github.url());
    assert_eq!(ask(&github, &client, Value::Null).await.status, 404, "nothing there");
}
