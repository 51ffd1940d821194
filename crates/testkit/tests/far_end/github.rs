//! GitHub's repositories, branches, commits and comparisons.

use chrono::{DateTime, Duration, FixedOffset};
use pdt_testkit::git::Since;
use pdt_testkit::{FakeGithub, GitRepo, GithubSettings, NewCommit, NewToken, Plan};

use crate::client::{Client, TOKEN, github_with};
use crate::git::day;

fn planned(plan: &Plan) -> GitRepo {
    let repo = GitRepo::create().unwrap();
    repo.generate(plan).unwrap();
    repo
}

#[tokio::test]
async fn commits_come_in_gits_own_order_through_all_pages() {
    let repo = planned(&Plan::busy(day("2026-02-18")).with_wrong_clocks());
    let (_github, client) = github_with(&repo);
    for branch in repo.branches().unwrap() {
        let encoded: String = url::form_urlencoded::byte_serialize(branch.as_bytes()).collect();
        let pages = client.walk(&format!("/repos/acme/widgets/commits?sha={encoded}&per_page=100")).await;
        let shas: Vec<String> = pages.iter().flat_map(|page| page.each("sha")).collect();
        assert_eq!(shas, repo.log(&[&format!("refs/heads/{branch}")]).unwrap(), "{branch} as git has it");
    }
}

#[tokio::test]
async fn since_and_until_go_by_the_committer_date() {
    let repo = GitRepo::create().unwrap();
    let rebased = NewCommit::new("rebased\n").at(day("2026-02-10")).authored_at(day("2020-01-01"));
    let sha = repo.commit("main", &rebased).unwrap();
    repo.commit("main", &NewCommit::new("later\n").at(day("2026-02-20"))).unwrap();
    let (_github, client) = github_with(&repo);
    let query = "since=2026-02-10T12:00:00Z&until=2026-02-10T12:00:00Z";
    let answer = client.get(&format!("/repos/acme/widgets/commits?{query}")).await;
    assert_eq!(answer.each("sha"), [sha], "both ends count, and the author's date does not");
    assert_eq!(answer.list()[0]["commit"]["author"]["date"], "2020-01-01T12:00:00Z", "which is kept");
}

#[tokio::test]
async fn since_stops_at_an_older_commit_as_git_does_unless_told_to_filter() {
    let repo = GitRepo::create().unwrap();
    let hidden = repo.commit("main", &NewCommit::new("behind\n").at(day("2026-02-17"))).unwrap();
    repo.commit("main", &NewCommit::new("wrong clock\n").at(day("1971-01-01"))).unwrap();
    let top = repo.commit("main", &NewCommit::new("top\n").at(day("2026-02-18"))).unwrap();
    for (since, wanted) in
        [(Since::StopsAtOlderCommits, vec![top.clone()]), (Since::Filters, vec![top.clone(), hidden.clone()])]
    {
        let github = FakeGithub::start(GithubSettings::default().since(since)).unwrap();
        github.add_repository("acme/widgets", &repo);
        github.add_token(NewToken::new(TOKEN, "ada"));
        let client = Client::new(&format!("{}/api/v3", github.url()));
        let answer = client.get("/repos/acme/widgets/commits?since=2026-02-01T00:00:00Z").await;
        assert_eq!(answer.each("sha"), wanted, "{since:?}");
    }
    let git = repo.log(&["--since=2026-02-01T00:00:00Z", "main"]).unwrap();
    assert_eq!(git, [top], "git itself stops");
}

#[tokio::test]
async fn a_commit_tells_parents_utc_times_and_a_message_without_its_line_end() {
    let repo = GitRepo::create().unwrap();
    let at: DateTime<FixedOffset> = "2026-02-18T23:15:00+02:00".parse().unwrap();
    let parent = repo.commit("main", &NewCommit::new("first\n").at(at)).unwrap();
    let nobody = pdt_testkit::git::Person::new("", "");
    repo.commit("main", &NewCommit::new("title\n\nbody\n").at(at).by(&nobody)).unwrap();
    let (_github, client) = github_with(&repo);
    let commits = client.get("/repos/acme/widgets/commits").await.list();
    assert_eq!(commits[0]["parents"][0]["sha"], parent.as_str(), "parents stand in lists");
    assert_eq!(commits[0]["commit"]["message"], "title\n\nbody", "without the final line end");
    assert!(commits[0]["author"].is_null() && commits[0]["commit"]["author"].is_null(), "nobody is null");
    assert_eq!(commits[1]["commit"]["committer"]["date"], "2026-02-18T21:15:00Z", "in UTC");
    assert!(commits[1].get("stats").is_none() && commits[1].get("files").is_none(), "lists have no stats");
}

#[tokio::test]
async fn an_empty_repository_is_409_for_commits_and_an_empty_list_of_branches() {
    let (_github, client) = github_with(&GitRepo::create().unwrap());
    let commits = client.get("/repos/acme/widgets/commits").await;
    assert_eq!(commits.status, 409, "there is nothing to list");
    assert_eq!(commits.json()["message"], "Git Repository is empty.", "and it says so");
    assert_eq!(client.get("/repos/acme/widgets/branches").await.text, "[]", "no branch is no error");
    let repository = client.get("/repos/acme/widgets").await.json();
    assert_eq!(repository["default_branch"], "main", "the branch that is to come");
    assert!(repository["pushed_at"].is_null(), "nobody pushed");
}

#[tokio::test]
async fn what_is_unknown_or_hidden_is_404() {
    let repo = GitRepo::create().unwrap();
    repo.commit("main", &NewCommit::new("first\n")).unwrap();
    let (github, client) = github_with(&repo);
    github.add_repository("acme/secret", &repo);
    github.limit_repository_to("acme/secret", "grace");
    github.add_token(NewToken::new("narrow", "linus").scopes(&["read:user"]));
    let narrow = Client::with_token(&format!("{}/api/v3", github.url()), "narrow");
    assert_eq!(client.get("/repos/acme/nothing").await.status, 404, "there is no such repository");
    assert_eq!(client.get("/repos/acme/secret").await.status, 404, "no access is not 403");
    assert_eq!(narrow.get("/repos/acme/widgets").await.status, 404, "nor is a missing scope");
    let answer = client.get("/repos/acme/widgets/commits?sha=gone").await;
    assert_eq!(answer.status, 404, "a branch that vanished");
    assert_eq!(answer.json()["message"], "No commit found for SHA: gone", "and it says so");
    github.remove_repository("acme/widgets");
    assert_eq!(client.get("/repos/acme/widgets").await.status, 404, "removed");
}

#[tokio::test]
async fn a_renamed_repository_redirects_to_its_number_at_the_same_origin() {
    let repo = GitRepo::create().unwrap();
    let sha = repo.commit("main", &NewCommit::new("first\n")).unwrap();
    let (github, client) = github_with(&repo);
    let id = client.get("/repos/acme/widgets").await.json()["id"].as_u64().unwrap();
    github.rename_repository("acme/widgets", "acme/gadgets");
    let answer = client.get("/repos/acme/widgets/commits?sha=main&per_page=5").await;
    assert_eq!(answer.status, 301, "moved permanently");
    let wanted = format!("{}/api/v3/repositories/{id}/commits?sha=main&per_page=5", github.url());
    assert_eq!(answer.header("location"), wanted, "with the query");
    assert_eq!(answer.json()["message"], "Moved Permanently", "and a JSON body");
    assert_eq!(client.get(&wanted).await.each("sha"), [sha], "where the commits are");
    assert_eq!(
        client.get("/repos/ACME/Gadgets").await.json()["full_name"],
        "acme/gadgets",
        "any letter case"
    );
    let lines = github.request_lines();
    assert_eq!(lines[2], "GET /repos/acme/gadgets/commits?sha=main&per_page=5 200", "numbers count as names");
}

#[tokio::test]
async fn a_comparison_is_complete_paged_and_oldest_first() {
    let repo = planned(&Plan::sized(day("2026-02-18"), 200, 3));
    let old = repo.log(&["-n1", "--skip=120", "--first-parent", "main"]).unwrap();
    let old = old.first().cloned().unwrap_or_else(|| repo.rev_list("main").unwrap().pop().unwrap());
    let (_github, client) = github_with(&repo);
    let pages = client.walk(&format!("/repos/acme/widgets/compare/{old}...main?per_page=30&page=1")).await;
    let commits: Vec<String> = pages
        .iter()
        .flat_map(|page| page.json()["commits"].as_array().unwrap().clone())
        .map(|commit| commit["sha"].as_str().unwrap().to_owned())
        .collect();
    let truth = repo.log(&["--reverse", &format!("{old}..main")]).unwrap();
    assert_eq!(commits, truth, "everything that is new");
    assert_eq!(pages[0].json()["total_commits"], truth.len(), "counted");
    assert!(pages[0].json().get("files").is_some() && pages[1].json().get("files").is_none(), "files once");
    assert!(pages[0].link("next").unwrap().contains("/repositories/"), "links go by number");
}

#[tokio::test]
async fn a_comparison_says_how_two_commits_stand_to_each_other() {
    let repo = GitRepo::create().unwrap();
    let base = repo.commit("main", &NewCommit::new("base\n")).unwrap();
    repo.branch("feature/a", "main").unwrap();
    repo.commit("feature/a", &NewCommit::new("one\n")).unwrap();
    repo.commit("main", &NewCommit::new("two\n")).unwrap();
    repo.commit("alien", &NewCommit::new("other root\n")).unwrap();
    let (_github, client) = github_with(&repo);
    for (range, status, ahead, behind) in [
        ("main...main".to_owned(), "identical", 0, 0),
        (format!("{base}...feature/a"), "ahead", 1, 0),
        (format!("feature%2Fa...{base}"), "behind", 0, 1),
        ("main...feature/a".to_owned(), "diverged", 1, 1),
    ] {
        let body = client.get(&format!("/repos/acme/widgets/compare/{range}")).await.json();
        assert_eq!(body["status"], status, "{range}");
        assert_eq!(
            (body["ahead_by"].clone(), body["behind_by"].clone()),
            (ahead.into(), behind.into()),
            "{range}"
        );
        assert_eq!(body["merge_base_commit"]["sha"].as_str().unwrap().len(), 40, "{range}");
    }
    assert_eq!(client.get("/repos/acme/widgets/compare/main...alien").await.status, 404, "nothing in common");
    assert_eq!(client.get("/repos/acme/widgets/compare/main...gone").await.status, 404, "nothing to compare");
}

#[tokio::test]
async fn a_force_pushed_away_commit_stays_readable() {
    let repo = GitRepo::create().unwrap();
    let kept = repo.commit("main", &NewCommit::new("kept\n")).unwrap();
    let lost = repo.commit("main", &NewCommit::new("lost\n")).unwrap();
    repo.force_push("main", &kept).unwrap();
    // The fake has never seen the lost one on a branch.
    let (_github, client) = github_with(&repo);
    assert_eq!(client.get("/repos/acme/widgets/commits").await.each("sha"), [kept.as_str()], "main is short");
    let single = client.get(&format!("/repos/acme/widgets/commits/{lost}")).await;
    assert_eq!(single.json()["sha"], lost.as_str(), "by its SHA");
    let list = client.get(&format!("/repos/acme/widgets/commits?sha={lost}")).await;
    assert_eq!(list.each("sha"), [lost.as_str(), kept.as_str()], "and as the beginning of a list");
    let missing = client.get(&format!("/repos/acme/widgets/commits/{}", "0".repeat(40))).await;
    assert_eq!(missing.status, 422, "what never was is not");
}

#[tokio::test]
async fn the_activity_tells_pushes_force_pushes_creations_and_deletions() {
    let repo = GitRepo::create().unwrap();
    let first = repo.commit("main", &NewCommit::new("first\n")).unwrap();
    let (_github, client) = github_with(&repo);
    assert_eq!(client.get("/repos/acme/widgets/activity").await.text, "[]", "nothing was seen yet");
    let look = async || client.get("/repos/acme/widgets").await;
    let second = repo.commit("main", &NewCommit::new("second\n")).unwrap();
    look().await;
    repo.branch("side", "main").unwrap();
    look().await;
    repo.force_push("side", &first).unwrap();
    look().await;
    repo.delete_branch("side").unwrap();
    let answer = client.get("/repos/acme/widgets/activity").await;
    let kinds = ["branch_deletion", "force_push", "branch_creation", "push"];
    assert_eq!(answer.each("activity_type"), kinds, "newest first");
    let push = &answer.list()[3];
    assert_eq!(
        (push["before"].as_str(), push["after"].as_str()),
        (Some(&*first), Some(&*second)),
        "from, to"
    );
    let paged = client.walk("/repos/acme/widgets/activity?per_page=1&ref=side").await;
    assert_eq!(paged.len(), 3, "a page each, by cursor");
}

#[tokio::test]
async fn branches_are_listed_by_name_and_odd_names_can_be_asked_for() {
    let repo = planned(&Plan::sized(day("2026-02-18") - Duration::days(1), 40, 18));
    let (_github, client) = github_with(&repo);
    let pages = client.walk("/repos/acme/widgets/branches?per_page=7").await;
    let names: Vec<String> = pages.iter().flat_map(|page| page.each("name")).collect();
    assert_eq!(names, repo.branches().unwrap(), "all of them");
    for name in names {
        let encoded = percent_encoding::utf8_percent_encode(&name, percent_encoding::NON_ALPHANUMERIC);
        let branch = client.get(&format!("/repos/acme/widgets/branches/{encoded}")).await.json();
        assert_eq!(branch["name"], name.as_str(), "under its own name");
        assert_eq!(branch["commit"]["sha"], repo.sha(&name).unwrap().as_str(), "with its tip");
    }
    assert_eq!(client.get("/repos/acme/widgets/branches/gone").await.status, 404, "no such branch");
}
