//! GitHub's headers, pages, validators, limits and refusals.

use chrono::{Duration, Utc};
use pdt_testkit::faults::Refusal;
use pdt_testkit::{FakeGithub, Fault, GitRepo, GithubSettings, NewCommit, NewToken, Plan};

use crate::client::{Client, TOKEN, github_with};
use crate::git::day;

fn one_commit() -> GitRepo {
    let repo = GitRepo::create().unwrap();
    repo.commit("main", &NewCommit::new("first\n")).unwrap();
    repo
}

#[tokio::test]
async fn a_request_without_a_user_agent_is_refused_in_html() {
    let (_github, client) = github_with(&one_commit());
    let answer = client.get_with("/user", &[("user-agent", "")]).await;
    assert_eq!(answer.status, 403, "refused");
    assert!(answer.header("content-type").starts_with("text/html"), "before it reached the API");
}

#[tokio::test]
async fn nobody_and_bad_tokens_are_401() {
    let (github, client) = github_with(&one_commit());
    let api = format!("{}/api/v3", github.url());
    let nobody = Client::with_token(&api, "").get("/user").await;
    assert_eq!(
        (nobody.status, nobody.json()["message"].as_str()),
        (401, Some("Requires authentication")),
        "nobody"
    );
    let wrong = Client::with_token(&api, "wrong").get("/user").await;
    assert_eq!((wrong.status, wrong.json()["message"].as_str()), (401, Some("Bad credentials")), "unknown");
    github.add_token(NewToken::new("old", "ada").expires_at(Utc::now() - Duration::hours(1)));
    assert_eq!(Client::with_token(&api, "old").get("/user").await.status, 401, "expired");
    assert_eq!(client.get("/user").await.json()["login"], "ada", "good so far");
    github.revoke_token(TOKEN);
    assert_eq!(client.get("/user").await.status, 401, "revoked");
}

#[tokio::test]
async fn headers_tell_scopes_and_the_end_of_a_token() {
    let (github, client) = github_with(&one_commit());
    let answer = client.get("/user").await;
    assert_eq!(answer.header("x-oauth-scopes"), "repo, read:org", "a classic token tells its scopes");
    assert_eq!(answer.header("github-authentication-token-expiration"), "", "and no end where there is none");
    let end = Utc::now() + Duration::days(9);
    github.add_token(NewToken::new("fine", "ada").fine_grained().expires_at(end));
    let fine =
        Client::with_token(&format!("{}/api/v3", github.url()), "fine").get("/repos/acme/widgets").await;
    assert_eq!(fine.status, 200, "its permissions suffice");
    assert!(!fine.headers.contains_key("x-oauth-scopes"), "a fine-grained token has no scopes");
    let shown = fine.header("github-authentication-token-expiration");
    assert_eq!(shown, end.format("%Y-%m-%d %H:%M:%S UTC").to_string(), "but an end");
}

#[tokio::test]
async fn a_page_holds_30_items_by_default_and_100_at_most() {
    let repo = GitRepo::create().unwrap();
    repo.generate(&Plan::sized(day("2026-02-18"), 150, 120)).unwrap();
    let (_github, client) = github_with(&repo);
    for (query, count) in [("", 30), ("?per_page=7", 7), ("?per_page=1000", 100), ("?per_page=0", 30)] {
        let answer = client.get(&format!("/repos/acme/widgets/branches{query}")).await;
        assert_eq!(answer.list().len(), count, "{query}");
    }
}

#[tokio::test]
async fn links_go_by_number_and_end_pages_lack_what_would_lead_nowhere() {
    let repo = GitRepo::create().unwrap();
    (0..5).for_each(|n| drop(repo.commit("main", &NewCommit::new(&format!("{n}\n"))).unwrap()));
    let (github, client) = github_with(&repo);
    let pages = client.walk("/repos/acme/widgets/commits?per_page=2&sha=main").await;
    let id = client.get("/repos/acme/widgets").await.json()["id"].clone();
    let page =
        |n| format!("<{}/api/v3/repositories/{id}/commits?per_page=2&sha=main&page={n}>", github.url());
    let wanted = [
        format!("{}; rel=\"next\", {}; rel=\"last\"", page(2), page(3)),
        format!(
            "{}; rel=\"prev\", {}; rel=\"next\", {}; rel=\"last\", {}; rel=\"first\"",
            page(1),
            page(3),
            page(3),
            page(1)
        ),
        format!("{}; rel=\"prev\", {}; rel=\"first\"", page(2), page(1)),
    ];
    let links: Vec<&str> = pages.iter().map(|page| page.header("link")).collect();
    assert_eq!(links, wanted, "as GitHub writes them");
    assert_eq!(
        client.get("/repos/acme/widgets/commits?per_page=5").await.header("link"),
        "",
        "one page, no link"
    );
}

#[tokio::test]
async fn a_validator_belongs_to_the_token_and_304_is_free() {
    let (github, client) = github_with(&one_commit());
    github.add_token(NewToken::new("other", "ada"));
    let other = Client::with_token(&format!("{}/api/v3", github.url()), "other");
    let first = client.get("/repos/acme/widgets").await;
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with("W/\""), "weak");
    let again = client.get_with("/repos/acme/widgets", &[("if-none-match", &etag)]).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""), "nothing has changed");
    let left =
        |answer: &crate::client::Answer| answer.header("x-ratelimit-remaining").parse::<u64>().unwrap();
    assert_eq!(left(&again), left(&first), "and that costs nothing");
    let theirs = other.get_with("/repos/acme/widgets", &[("if-none-match", &etag)]).await;
    assert_eq!(theirs.status, 200, "another token knows nothing of it");
    assert_ne!(theirs.header("etag"), etag, "and gets another one");
}

#[tokio::test]
async fn the_repositorys_validator_moves_with_every_ref() {
    let repo = one_commit();
    let (_github, client) = github_with(&repo);
    let mut etags = vec![client.get("/repos/acme/widgets").await.header("etag").to_owned()];
    let steps: [&dyn Fn(); 4] = [
        &|| drop(repo.commit("main", &NewCommit::new("second\n")).unwrap()),
        &|| repo.branch("side", "main").unwrap(),
        &|| repo.force_push("side", "main^").unwrap(),
        &|| repo.delete_branch("side").unwrap(),
    ];
    for step in steps {
        step();
        let known = etags.last().unwrap().clone();
        let answer = client.get_with("/repos/acme/widgets", &[("if-none-match", &known)]).await;
        assert_eq!(answer.status, 200, "step {}", etags.len());
        etags.push(answer.header("etag").to_owned());
    }
    let unique: std::collections::BTreeSet<_> = etags.iter().collect();
    assert_eq!(unique.len(), 5, "no state looks like another");
}

#[tokio::test]
async fn the_hourly_limit_counts_down_and_then_refuses_until_its_reset() {
    let (github, client) = github_with(&one_commit());
    let reset = Utc::now() + Duration::minutes(7);
    github.set_remaining("ada", 2, reset);
    assert_eq!(client.get("/user").await.header("x-ratelimit-remaining"), "1", "one is left");
    assert_eq!(client.get("/user").await.header("x-ratelimit-remaining"), "0", "none is left");
    let refused = client.get("/user").await;
    assert_eq!(refused.status, 403, "refused");
    assert_eq!(refused.header("x-ratelimit-remaining"), "0", "by the primary limit");
    assert_eq!(refused.header("x-ratelimit-reset"), reset.timestamp().to_string(), "until then");
    assert_eq!(refused.header("retry-after"), "", "which is all that it says");
    let free = client.get("/rate_limit").await;
    assert_eq!(free.json()["resources"]["core"]["remaining"], 0, "asking about it is free");
}

#[tokio::test]
async fn a_secondary_limit_leaves_the_hourly_one_alone() {
    let (github, client) = github_with(&one_commit());
    github.order(Fault::at("/user").refuses(Refusal::SecondaryLimit(17)));
    github.order(Fault::at("/user").refuses(Refusal::SecondaryLimitWithoutTime));
    let timed = client.get("/user").await;
    assert_eq!((timed.status, timed.header("retry-after")), (403, "17"), "come back after 17 seconds");
    assert_ne!(timed.header("x-ratelimit-remaining"), "0", "much is left");
    let untimed = client.get("/user").await;
    assert_eq!((untimed.status, untimed.header("retry-after")), (403, ""), "or without saying when");
    assert!(untimed.json()["message"].as_str().unwrap().contains("secondary rate limit"), "in words only");
    assert_eq!(client.get("/user").await.status, 200, "once each");
}

#[tokio::test]
async fn an_enterprise_server_may_know_no_limits() {
    let github = FakeGithub::start(GithubSettings::default().without_limits().poll_interval(60)).unwrap();
    github.add_token(NewToken::new(TOKEN, "ada"));
    let client = Client::new(&format!("{}/api/v3", github.url()));
    let answer = client.get("/user").await;
    assert!(!answer.headers.contains_key("x-ratelimit-limit"), "no headers");
    assert_eq!(answer.header("x-poll-interval"), "60", "but an interval");
    assert_ne!(answer.header("x-github-enterprise-version"), "", "it is an Enterprise server");
    assert_eq!(client.get("/rate_limit").await.status, 404, "no route");
}

#[tokio::test]
async fn github_com_has_its_api_at_the_root() {
    let github = FakeGithub::start(GithubSettings::default().dot_com()).unwrap();
    github.add_repository("acme/widgets", &one_commit());
    github.add_token(NewToken::new(TOKEN, "ada"));
    let answer = Client::new(github.url()).get("/repos/acme/widgets/commits?per_page=1").await;
    assert_eq!(answer.status, 200, "without a prefix");
    assert_eq!(answer.header("x-github-enterprise-version"), "", "and it is no Enterprise server");
}

#[tokio::test]
async fn refusals_name_the_scope_the_organisation_and_the_law() {
    let (github, client) = github_with(&one_commit());
    for refusal in [
        Refusal::MissingScope("repo".to_owned()),
        Refusal::SingleSignOn("acme".to_owned()),
        Refusal::Blocked,
        Refusal::Gone,
    ] {
        github.order(Fault::at("/repos/*/*").refuses(refusal));
    }
    let scope = client.get("/repos/acme/widgets").await;
    assert_eq!((scope.status, scope.header("x-accepted-oauth-scopes")), (403, "repo"), "the scope");
    let single = client.get("/repos/acme/widgets").await;
    assert_eq!(single.status, 403, "single sign-on");
    let sso = single.header("x-github-sso");
    assert!(
        sso.starts_with("required; url=http") && sso.contains("/orgs/acme/sso"),
        "the organisation: {sso}"
    );
    assert_eq!(client.get("/repos/acme/widgets").await.status, 451, "blocked");
    assert_eq!(client.get("/repos/acme/widgets").await.status, 410, "gone");
}

#[tokio::test]
async fn own_repositories_are_those_that_the_person_may_see() {
    let repo = one_commit();
    let (github, client) = github_with(&repo);
    github.add_repository("acme/secret", &repo);
    github.limit_repository_to("acme/secret", "grace");
    github.add_repository("beta/more", &GitRepo::create().unwrap());
    assert_eq!(
        client.get("/user/repos").await.each("full_name"),
        ["acme/widgets", "beta/more"],
        "two of three"
    );
    assert_eq!(client.walk("/user/repos?per_page=1").await.len(), 2, "in pages");
}
