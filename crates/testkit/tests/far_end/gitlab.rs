//! GitLab's projects, tokens, limits and refusals.

use chrono::{Duration, Utc};
use pdt_testkit::faults::Refusal;
use pdt_testkit::{Fault, GitRepo, NewCommit, NewToken};

use crate::client::{Client, TOKEN, gitlab_with};

fn one_commit() -> GitRepo {
    let repo = GitRepo::create().unwrap();
    repo.commit("main", &NewCommit::new("first\n")).unwrap();
    repo
}

#[tokio::test]
async fn a_project_goes_by_its_number_or_by_its_whole_encoded_path() {
    let (gitlab, client) = gitlab_with(&one_commit());
    let deep = gitlab.add_repository("a/b/c/d/e/f", &one_commit());
    let by_path = client.get("/projects/a%2Fb%2Fc%2Fd%2Fe%2Ff").await.json();
    assert_eq!(by_path["id"], deep, "any depth of groups");
    assert_eq!(by_path["namespace"]["full_path"], "a/b/c/d/e", "the whole namespace");
    let by_number = client.get(&format!("/projects/{deep}")).await.json();
    assert_eq!(by_number["path_with_namespace"], "a/b/c/d/e/f", "the same");
    assert_eq!(client.get("/projects/a/b/c/d/e/f").await.status, 404, "slashes must be encoded");
    let lists = client.get("/projects?membership=true").await;
    assert_eq!(lists.each("path_with_namespace"), ["acme/tools/widgets", "a/b/c/d/e/f"], "both are listed");
}

#[tokio::test]
async fn a_moved_project_redirects_to_its_number_in_plain_text() {
    let (gitlab, client) = gitlab_with(&one_commit());
    let id = client.get("/projects/acme%2Ftools%2Fwidgets").await.json()["id"].clone();
    gitlab.rename_repository("acme/tools/widgets", "acme/other/gadgets");
    let answer = client.get("/projects/acme%2Ftools%2Fwidgets/repository/branches?per_page=3").await;
    assert_eq!(answer.status, 301, "moved permanently");
    assert!(answer.header("content-type").starts_with("text/plain"), "no JSON");
    let wanted = format!("{}/api/v4/projects/{id}/repository/branches?per_page=3", gitlab.url());
    assert_eq!(answer.header("location"), wanted, "by number, with the rest");
    assert_eq!(client.get(&wanted).await.each("name"), ["main"], "where it is");
}

#[tokio::test]
async fn a_refused_token_has_two_bodies() {
    let (gitlab, client) = gitlab_with(&one_commit());
    let api = format!("{}/api/v4", gitlab.url());
    let unknown = Client::with_token(&api, "wrong").get("/user").await;
    assert_eq!(
        (unknown.status, unknown.text.as_str()),
        (401, r#"{"message":"401 Unauthorized"}"#),
        "never was"
    );
    gitlab.revoke_token(TOKEN);
    let revoked = client.get("/user").await;
    assert_eq!((revoked.status, revoked.json()["error"].as_str()), (401, Some("invalid_token")), "once was");
    gitlab.add_token(NewToken::new("old", "ada").expires_at(Utc::now() - Duration::days(1)));
    let expired = Client::with_token(&api, "old").get("/user").await.json();
    assert!(expired["error_description"].as_str().unwrap().contains("expired"), "it says what happened");
}

#[tokio::test]
async fn a_token_comes_by_either_header_and_tells_about_itself() {
    let (gitlab, _) = gitlab_with(&one_commit());
    let end = "2030-05-06T00:00:00Z".parse::<chrono::DateTime<Utc>>().unwrap();
    gitlab.add_token(NewToken::new("narrow", "grace").scopes(&["read_user"]).expires_at(end));
    let api = format!("{}/api/v4", gitlab.url());
    let bare = Client::with_token(&api, "");
    let own = bare.get_with("/personal_access_tokens/self", &[("private-token", "narrow")]).await.json();
    assert_eq!(own["scopes"], serde_json::json!(["read_user"]), "its scopes");
    assert_eq!(own["expires_at"], "2030-05-06", "its last day");
    let narrow = Client::with_token(&api, "narrow");
    assert_eq!(narrow.get("/user").await.json()["username"], "grace", "enough for this");
    let refused = narrow.get("/projects/acme%2Ftools%2Fwidgets").await;
    assert_eq!(
        (refused.status, refused.json()["error"].as_str()),
        (403, Some("insufficient_scope")),
        "not for that"
    );
    assert_eq!(refused.json()["scope"], "api read_api", "it names what would do");
}

#[tokio::test]
async fn no_access_is_404() {
    let (gitlab, client) = gitlab_with(&one_commit());
    gitlab.limit_repository_to("acme/tools/widgets", "grace");
    let answer = client.get("/projects/acme%2Ftools%2Fwidgets").await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (404, r#"{"message":"404 Project Not Found"}"#),
        "hidden"
    );
}

#[tokio::test]
async fn too_many_requests_are_429_in_plain_text() {
    let (gitlab, client) = gitlab_with(&one_commit());
    gitlab.set_remaining("ada", 1, Utc::now() + Duration::seconds(40));
    let last = client.get("/user").await;
    assert_eq!(last.header("ratelimit-remaining"), "0", "no `X-` before the name");
    let refused = client.get("/user").await;
    assert_eq!((refused.status, refused.text.as_str()), (429, "Retry later\n"), "refused");
    assert!(refused.header("content-type").starts_with("text/plain"), "no JSON");
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    assert!((38..=40).contains(&wait), "in seconds: {wait}");
    gitlab.set_remaining("ada", 100, Utc::now() + Duration::hours(1));
    gitlab.order(Fault::at("/user").refuses(Refusal::SecondaryLimit(5)));
    assert_eq!(client.get("/user").await.header("retry-after"), "5", "as ordered");
}

#[tokio::test]
async fn a_validator_is_weak_belongs_to_the_content_and_its_304_counts() {
    let (gitlab, client) = gitlab_with(&one_commit());
    gitlab.add_token(NewToken::new("other", "grace"));
    let path = "/projects/acme%2Ftools%2Fwidgets/repository/branches";
    let first = client.get(path).await;
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with("W/\""), "weak");
    let again = client.get_with(path, &[("if-none-match", &etag)]).await;
    assert_eq!(again.status, 304, "nothing has changed");
    let left = |answer: &crate::client::Answer| answer.header("ratelimit-remaining").parse::<u64>().unwrap();
    assert_eq!(left(&again) + 1, left(&first), "and that counts all the same");
    let other = Client::with_token(&format!("{}/api/v4", gitlab.url()), "other");
    assert_eq!(other.get(path).await.header("etag"), etag, "the same for everybody");
}

#[tokio::test]
async fn last_activity_moves_at_most_once_an_hour() {
    let repo = one_commit();
    let (_gitlab, client) = gitlab_with(&repo);
    let project = async || client.get("/projects/acme%2Ftools%2Fwidgets").await;
    project().await;
    repo.commit("main", &NewCommit::new("second\n")).unwrap();
    let moved = project().await.json()["last_activity_at"].clone();
    assert!(moved.as_str().unwrap().ends_with(":00:00.000+00:00"), "the hour, at most: {moved}");
}
