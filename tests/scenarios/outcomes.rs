//! What each answer of a service means for a run: its sentence, its outcome, its effect on validity and place.

use crate::support::far::Far;
use crate::support::truth::pairs_of;
use crate::support::{CANARY, Pdt};
use chrono::{TimeDelta, Utc};
use pdt_testkit::faults::Refusal;
use pdt_testkit::{Bystander, Fault, GitRepo, NewCommit};
use serde_json::{Value, json};

const HEALTHY: &str = "acme/healthy";
const BROKEN: &str = "acme/broken";

/// Two repositories, synced once, each with a commit that PDT has not seen yet.
struct World {
    far: Far,
    pdt: Pdt,
    healthy: GitRepo,
    broken: GitRepo,
}

impl World {
    fn at(far: Far) -> Self {
        let [healthy, broken] = [HEALTHY, BROKEN].map(|name| {
            let repo = GitRepo::create().unwrap();
            repo.commit("main", &NewCommit::new("Begin\n")).unwrap();
            far.add(name, &repo);
            repo
        });
        let pdt = far.person(&[HEALTHY, BROKEN]);
        pdt.sync_ok();
        let world = Self { far, pdt, healthy, broken };
        world.push();
        world
    }

    fn push(&self) {
        for repo in [&self.healthy, &self.broken] {
            repo.commit("main", &NewCommit::new("More\n")).unwrap();
        }
    }

    /// The requests that concern the broken repository alone.
    fn broken_routes(&self) -> &'static str {
        match self.far {
            Far::Github(_) => "/repos/acme/broken/**",
            Far::Gitlab(_) => "/projects/acme%2Fbroken/**",
        }
    }

    fn broken_commits(&self) -> &'static str {
        match self.far {
            Far::Github(_) => "/repos/acme/broken/commits",
            Far::Gitlab(_) => "/projects/acme%2Fbroken/repository/commits",
        }
    }

    /// The row of a repository.
    fn row(&self, name: &str) -> Value {
        let listed = self.pdt.json(&["repo", "list"]);
        let is_it = |row: &&Value| {
            format!("{}/{}", row["owner"].as_str().unwrap(), row["name"].as_str().unwrap()) == name
        };
        listed.as_array().unwrap().iter().find(is_it).expect("it is tracked").clone()
    }

    fn held(&self, name: &str) -> usize {
        pairs_of(&self.pdt, name).len()
    }
}

/// The sentence without what differs from run to run.
fn sentence(world: &World, result: &Value) -> String {
    let text = result["error"].as_str().expect("an error").to_owned();
    assert!(!text.contains(CANARY), "a sentence holds the token: {text}");
    let host = world.far.url().replace("http://", "");
    let text = text.replace(&host, "HOST");
    // How long the tries took depends on the machine.
    (0..60).fold(text, |text, seconds| text.replace(&format!(" tries in {seconds} s)"), " tries in N s)"))
}

fn result_of<'a>(commits: &'a Value, name: &str) -> &'a Value {
    let results = commits["results"].as_array().unwrap();
    results.iter().find(|result| result["repo_name"] == name).expect("a result")
}

/// The fault is this repository's alone: the run is partial, the other advances, and afterwards nothing is missing.
fn is_partial(world: &World, fault: Fault, is_valid: bool) -> String {
    world.far.order(fault);
    let (commits, status) = world.pdt.sync();
    assert_eq!((&commits["outcome"], status), (&json!("partial"), Some(1)), "{commits:#}");
    assert_eq!(result_of(&commits, HEALTHY)["error"], json!(null), "the other is fine");
    assert_eq!(world.held(HEALTHY), 2, "the other advances");
    assert_eq!(world.held(BROKEN), 1, "this one keeps its place");
    let row = world.row(BROKEN);
    assert_eq!(row["is_valid"], is_valid, "{row:#}");
    assert_eq!(row["invalid_reason"].is_null(), is_valid, "an invalid repository says why: {row:#}");
    let said = sentence(world, result_of(&commits, BROKEN));
    let last_error = world.pdt.json(&["status"])["commits"]["last_error"].clone();
    assert!(
        last_error.as_str().is_some_and(|error| error.contains(BROKEN)),
        "the status says it: {last_error}"
    );

    world.far.clear_faults();
    world.pdt.sync_ok();
    assert_eq!(world.held(BROKEN), 2, "nothing was lost");
    assert_eq!(world.row(BROKEN)["is_valid"], true, "valid again");
    assert_eq!(world.pdt.json(&["status"])["commits"]["last_error"], json!(null), "and forgotten");
    said
}

macro_rules! at_both {
    ($($name:ident, $is_valid:literal, |$world:ident| $fault:expr;)+) => {$(
        #[test]
        fn $name() {
            for far in [Far::github(), Far::gitlab()] {
                let $world = World::at(far);
                let said = is_partial(&$world, $fault, $is_valid);
                insta::assert_snapshot!(format!("{}_{}", stringify!($name), $world.far.kind()), said);
            }
        }
    )+};
}

at_both! {
    a_server_error_passes, true, |world| Fault::at(world.broken_routes()).always().answers_status(503);
    a_dropped_connection_passes, true, |world| Fault::at(world.broken_routes()).always().drops_connection();
    a_truncated_body_passes, true, |world| Fault::at(world.broken_routes()).always().truncates_body();
    a_sign_in_page_is_no_answer, true, |world| Fault::at(world.broken_routes()).always().answers_sign_in_page();
    a_missing_scope_makes_it_invalid, false,
        |world| Fault::at(world.broken_routes()).always().refuses(Refusal::MissingScope("read_api".into()));
    not_found_makes_it_invalid, false, |world| Fault::at(world.broken_routes()).always().refuses(Refusal::NotFound);
    gone_makes_it_invalid, false, |world| Fault::at(world.broken_routes()).always().refuses(Refusal::Gone);
    blocked_makes_it_invalid, false, |world| Fault::at(world.broken_routes()).always().refuses(Refusal::Blocked);
    a_page_that_follows_itself_is_an_error, true,
        |world| Fault::at(world.broken_commits()).always().links_next_to_itself();
    a_body_of_65_megabytes_is_an_error, true, |world| Fault::at(world.broken_commits()).always().floods(65 << 20);
}

#[test]
fn single_sign_on_makes_it_invalid_and_names_the_organisation() {
    let world = World::at(Far::github());
    let fault = Fault::at(world.broken_routes()).always().refuses(Refusal::SingleSignOn("acme".into()));
    let said = is_partial(&world, fault, false);
    insta::assert_snapshot!(said);
}

#[test]
fn a_fault_that_passes_within_the_run_is_not_even_seen() {
    for far in [Far::github(), Far::gitlab()] {
        let world = World::at(far);
        world.far.order(Fault::at(world.broken_commits()).times(2).answers_status(502));
        world.pdt.sync_ok();
        assert_eq!(world.held(BROKEN), 2, "it was tried again");
    }
}

#[test]
fn a_short_limit_is_waited_out_within_the_run() {
    let world = World::at(Far::github());
    world.far.order(Fault::at(world.broken_commits()).times(1).refuses(Refusal::SecondaryLimit(1)));
    world.pdt.sync_ok();
    assert_eq!(world.held(BROKEN), 2, "a second was waited");
}

#[test]
fn a_long_limit_ends_the_accounts_part_at_once_and_is_no_failure() {
    for far in [Far::github(), Far::gitlab()] {
        let world = World::at(far);
        let refusal = Refusal::SecondaryLimit(3_600);
        world.far.order(Fault::at(world.broken_routes()).always().refuses(refusal));
        let (commits, status) = world.pdt.sync();
        assert_eq!((&commits["outcome"], status), (&json!("partial"), Some(1)), "{commits:#}");
        let reason = commits["reason"].as_str().unwrap();
        assert!(reason.starts_with("limited until 20"), "{reason}");
        assert_eq!(world.row(BROKEN)["is_valid"], true, "a limit says nothing of the repository");
        world.far.clear_faults();
        world.pdt.sync_ok();
        assert_eq!(world.held(BROKEN), 2, "nothing was lost");
    }
}

#[test]
fn the_primary_limit_is_told_by_its_reset_time() {
    let world = World::at(Far::github());
    let reset = Utc::now() + TimeDelta::minutes(30);
    world.far.order(Fault::at(world.broken_routes()).always().refuses(Refusal::PrimaryLimit(reset)));
    let (commits, _) = world.pdt.sync();
    assert_eq!(commits["outcome"], "partial", "{commits:#}");
    let said = reset.format("limited until %Y-%m-%dT%H:%M").to_string();
    assert!(commits["reason"].as_str().unwrap().starts_with(&said), "{} tells {said}", commits["reason"]);
}

#[test]
fn a_refused_token_is_the_accounts_fault_and_replacing_it_mends_all() {
    for far in [Far::github(), Far::gitlab()] {
        let mut world = World::at(far);
        world.far.revoke();
        let (commits, status) = world.pdt.sync();
        assert_eq!((&commits["outcome"], status), (&json!("failed"), Some(1)), "{commits:#}");
        let kind = world.far.kind();
        insta::assert_snapshot!(
            format!("refused_token_{kind}"),
            sentence(&world, result_of(&commits, BROKEN))
        );
        assert_eq!(world.row(BROKEN)["is_valid"], true, "it is the account's fault");
        assert_eq!(world.pdt.json(&["account", "list"])[0]["state"], "refused", "the account says so");

        let other = "another-token-of-the-same-person";
        match &world.far {
            Far::Github(fake) => fake.add_token(pdt_testkit::NewToken::new(other, "ada")),
            Far::Gitlab(fake) => fake.add_token(pdt_testkit::NewToken::new(other, "ada")),
        }
        world.pdt.set("PDT_TOKEN_WORK", other);
        let url = world.far.url();
        world.pdt.json(&["account", "add", kind, "--url", &url, "--name", "work"]);
        assert_eq!(world.pdt.json(&["account", "list"])[0]["state"], "ok", "the new token is good");
        world.pdt.sync_ok();
        assert_eq!((world.held(HEALTHY), world.held(BROKEN)), (2, 2), "repositories and history were kept");
    }
}

#[test]
fn no_credential_follows_a_redirect_or_a_next_page_to_another_origin() {
    for far in [Far::github(), Far::gitlab()] {
        let stranger = Bystander::start().unwrap();
        let world = World::at(far);
        let kind = world.far.kind();
        let said =
            is_partial(&world, Fault::at(world.broken_routes()).always().redirects_to(stranger.url()), true);
        insta::assert_snapshot!(format!("foreign_redirect_{kind}"), said.replace(stranger.url(), "STRANGER"));
        world.push();
        world.far.order(Fault::at(world.broken_commits()).always().links_next_to(stranger.url()));
        for n in 0..120 {
            world.broken.commit("main", &NewCommit::new(&format!("Page filler {n}\n"))).unwrap();
        }
        let (commits, _) = world.pdt.sync();
        let told = result_of(&commits, BROKEN)["error"].clone();
        assert!(
            kind == "github" || told.is_string(),
            "a list that leads away is not read as complete: {commits:#}"
        );
        assert!(stranger.requests().is_empty(), "nothing at all was sent to the stranger");
    }
}

#[test]
fn a_branch_that_fails_keeps_its_place_while_the_others_advance() {
    for far in [Far::github(), Far::gitlab()] {
        let world = World::at(far);
        world.pdt.sync_ok();
        world.broken.branch("bad", "main").unwrap();
        let bad = world.broken.commit("bad", &NewCommit::new("On the bad branch\n")).unwrap();
        let good = world.broken.commit("main", &NewCommit::new("On the good branch\n")).unwrap();
        let parameter = if world.far.kind() == "github" { "sha" } else { "ref_name" };
        world.far.order(
            Fault::at(world.broken_commits()).with_query(parameter, &bad).always().answers_status(500),
        );
        let (commits, status) = world.pdt.sync();
        assert_eq!((&commits["outcome"], status), (&json!("partial"), Some(1)), "{commits:#}");
        let error = result_of(&commits, BROKEN)["error"].as_str().unwrap().to_owned();
        assert!(error.contains("\"bad\""), "the branch is named: {error}");
        let held = pairs_of(&world.pdt, BROKEN);
        assert!(held.contains(&(good, "main".to_owned())), "the other branch advanced");
        assert!(!held.iter().any(|(sha, _)| *sha == bad), "the bad one did not");
        world.far.clear_faults();
        world.pdt.sync_ok();
        assert!(pairs_of(&world.pdt, BROKEN).contains(&(bad, "bad".to_owned())), "and nothing was lost");
    }
}

#[test]
fn a_machine_without_network_skips_the_run_and_blames_nobody() {
    let world = World::at(Far::github());
    // No name under .invalid is ever found (RFC 2606), which is how a machine without network looks.
    let database = rusqlite::Connection::open(world.pdt.database()).unwrap();
    database.execute("UPDATE accounts SET url = 'https://git.example.invalid'", []).unwrap();
    drop(database);
    let (commits, status) = world.pdt.sync();
    assert_eq!((&commits["outcome"], status), (&json!("skipped"), Some(0)), "{commits:#}");
    assert_eq!(commits["reason"], "this machine is offline", "it says why");
    assert_eq!(world.row(BROKEN)["is_valid"], true, "the repository is not to blame");
    let account = world.pdt.json(&["account", "list"])[0]["state"].clone();
    assert_eq!(account, "ok", "nor is the token");
}
