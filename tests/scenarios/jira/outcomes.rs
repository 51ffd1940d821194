//! What each answer of a Jira means for a run: its sentence, its outcome, its effect on what is read next.

use chrono::{TimeDelta, Utc};
use pdt_testkit::faults::Refusal;
use pdt_testkit::jira::{Edit, JiraSettings, World};
use pdt_testkit::{Bystander, Fault, NewToken};
use serde_json::{Value, json};

use crate::support::Pdt;
use crate::support::site::{EMAIL, JIRA_CANARY, Site};

/// A person who has synced once, and a site of which much has changed since.
struct Scene {
    world: World,
    site: Site,
    pdt: Pdt,
    /// Changed cards, one of each active sprint.
    changed: Vec<String>,
}

impl Scene {
    fn new(seed: u64) -> Self {
        Self::at(JiraSettings::default(), seed)
    }

    fn at(settings: JiraSettings, seed: u64) -> Self {
        let world = World::large(seed);
        let site = Site::with(settings, &world);
        let pdt = site.person();
        pdt.sync_jira_ok();
        let mut scene = Self { world, site, pdt, changed: Vec::new() };
        scene.changed = scene.active().into_iter().map(|sprint| scene.cards_of(sprint)[0].clone()).collect();
        for key in &scene.changed {
            scene.world.edit(key, Edit::Summary(format!("{key}, changed"))).unwrap();
        }
        scene.site.fake.reset_requests();
        scene
    }

    fn active(&self) -> Vec<i64> {
        let sprints = self.world.sprints();
        let active = sprints.iter().filter(|sprint| sprint["state"] == "active");
        active.map(|sprint| sprint["id"].as_i64().unwrap()).collect()
    }

    /// The cards that are in an active sprint now.
    fn cards_of(&self, sprint: i64) -> Vec<String> {
        let active = self.world.active_cards();
        self.world.cards_of_sprint(sprint).into_iter().filter(|key| active.contains(key)).collect()
    }

    /// How many of the changed cards are up to date.
    fn up_to_date(&self) -> usize {
        let is_new = |key: &&String| self.pdt.card(key)["summary"] == json!(format!("{key}, changed"));
        self.changed.iter().filter(is_new).count()
    }

    /// The sentence without what differs from run to run.
    fn sentence(&self, jira: &Value) -> String {
        let text = jira["results"][0]["error"].as_str().expect("an error").to_owned();
        assert!(!text.contains(JIRA_CANARY), "a sentence holds the token: {text}");
        let text = text.replace(&self.site.fake.url().replace("http://", ""), "HOST");
        (0..60).fold(text, |text, seconds| text.replace(&format!(" tries in {seconds} s)"), " tries in N s)"))
    }

    /// The fault is over: the next run brings everything that the one before did not.
    fn recovers(&self) {
        self.site.fake.clear_faults();
        self.pdt.sync_jira_ok();
        self.site.assert_held(&self.pdt, &self.world.active_cards());
        assert_eq!(
            self.pdt.json(&["status"])["jira"]["last_error"],
            json!(null),
            "and the error is forgotten"
        );
    }

    /// The fault concerns one part of the site: the rest advances, and afterwards nothing is missing.
    fn is_partial(&self, fault: Fault, advanced: usize) -> String {
        self.site.fake.order(fault);
        let (jira, status) = self.pdt.sync_jira();
        assert_eq!((&jira["outcome"], status), (&json!("partial"), Some(1)), "{jira:#}");
        assert_eq!(self.up_to_date(), advanced, "the other parts advance: {jira:#}");
        let said = self.sentence(&jira);
        let last_error = self.pdt.json(&["status"])["jira"]["last_error"].clone();
        assert!(
            last_error.as_str().is_some_and(|error| error.contains("acme: ")),
            "the status says it: {last_error}"
        );
        self.recovers();
        said
    }
}

macro_rules! of_one_sprint {
    ($($name:ident, $seed:literal, |$spot:ident| $fault:expr;)+) => {$(
        #[test]
        fn $name() {
            let scene = Scene::new($seed);
            let sprint = scene.active()[2];
            let $spot = Fault::at(&format!("/rest/agile/1.0/sprint/{sprint}/issue")).always();
            insta::assert_snapshot!(stringify!($name), scene.is_partial($fault, 7));
        }
    )+};
}

of_one_sprint! {
    a_sprint_whose_server_fails_keeps_its_place, 31, |spot| spot.answers_status(503);
    a_sprint_whose_page_breaks_keeps_its_place, 32, |spot| spot.truncates_body();
    a_sprint_that_is_refused_keeps_its_place, 33, |spot| spot.refuses(Refusal::MissingScope("read:sprint:jira-software".into()));
    a_sprint_that_is_gone_keeps_its_place, 34, |spot| spot.refuses(Refusal::Gone);
    a_sprint_that_is_not_found_keeps_its_place, 35, |spot| spot.refuses(Refusal::NotFound);
    a_sign_in_page_is_no_list_of_cards, 36, |spot| spot.answers_sign_in_page();
}

#[test]
fn one_forbidden_board_among_twelve_leaves_the_others_alone() {
    let scene = Scene::new(37);
    let board = scene.world.boards().into_iter().find(|board| board["kind"] == "scrum").unwrap();
    scene.world.forbid_board(board["id"].as_i64().unwrap()).unwrap();
    let (jira, status) = scene.pdt.sync_jira();
    assert_eq!((&jira["outcome"], status), (&json!("partial"), Some(1)), "{jira:#}");
    let name = board["name"].as_str().unwrap();
    let said = scene.sentence(&jira);
    assert!(said.contains(name), "the board is named: {said}");
    insta::assert_snapshot!("forbidden_board", said.replace(name, "NAME"));
    assert_eq!(scene.up_to_date(), 8, "the cards of its sprints are read all the same");
    scene.world.open_board(board["id"].as_i64().unwrap()).unwrap();
    scene.recovers();
}

#[test]
fn a_refused_token_is_the_accounts_fault_and_replacing_it_mends_all() {
    let mut scene = Scene::new(38);
    scene.site.fake.revoke_token(JIRA_CANARY);
    let (jira, status) = scene.pdt.sync_jira();
    assert_eq!((&jira["outcome"], status), (&json!("failed"), Some(1)), "{jira:#}");
    insta::assert_snapshot!("refused_token", scene.sentence(&jira));
    assert_eq!(scene.pdt.json(&["account", "list"])[0]["state"], "refused");
    assert_eq!(
        scene.pdt.json(&["card", "list"]).as_array().unwrap().len(),
        600,
        "nothing was taken for gone"
    );
    let other = "ATATT-another-token-of-the-same-person";
    scene.site.fake.add_token(NewToken::new(other, "ada"));
    scene.pdt.set("PDT_TOKEN_ACME", other);
    scene.site.connect(&scene.pdt, "acme", &[]);
    scene.recovers();
}

#[test]
fn a_token_that_expires_in_the_middle_is_no_empty_jira() {
    let scene = Scene::new(39);
    let spot = Fault::at("/rest/agile/1.0/board").always();
    scene.site.fake.order(spot.sets_header("x-seraph-loginreason", "AUTHENTICATED_FAILED"));
    let (jira, _) = scene.pdt.sync_jira();
    assert_eq!(jira["outcome"], "failed", "{jira:#}");
    assert_eq!(scene.pdt.json(&["account", "list"])[0]["state"], "refused");
    assert_eq!(jira["results"][0]["boards"], 12, "the boards are still there");
    scene.recovers();
}

#[test]
fn a_short_limit_is_waited_out_and_a_long_one_ends_the_accounts_part() {
    let scene = Scene::new(40);
    let spot = || Fault::at("/rest/agile/1.0/sprint/*/issue");
    scene.site.fake.order(spot().times(1).refuses(Refusal::SecondaryLimit(1)));
    scene.pdt.sync_jira_ok();
    assert_eq!(scene.up_to_date(), 8, "a second was waited");
    scene.world.edit(&scene.changed[0], Edit::Summary("Once more".to_owned())).unwrap();
    scene.site.fake.order(spot().always().refuses(Refusal::SecondaryLimit(3_600)));
    let (jira, status) = scene.pdt.sync_jira();
    assert_eq!((&jira["outcome"], status), (&json!("partial"), Some(1)), "{jira:#}");
    let reason = jira["reason"].as_str().unwrap();
    let then = (Utc::now() + TimeDelta::hours(1)).format("limited until %Y-%m-%dT%H:").to_string();
    assert!(reason.starts_with(&then), "{reason} tells {then}");
    scene.recovers();
}

#[test]
fn a_limit_that_names_no_time_is_waited_for_a_minute_at_most() {
    let scene = Scene::new(41);
    // The first such limit is waited out within the run, the second one ends it.
    let spot = Fault::at("/rest/agile/1.0/board").always();
    scene.site.fake.order(spot.refuses(Refusal::PrimaryLimit(Utc::now() + TimeDelta::minutes(30))));
    let (jira, _) = scene.pdt.sync_jira();
    assert_eq!(jira["outcome"], "partial", "{jira:#}");
    assert!(jira["reason"].as_str().unwrap().starts_with("limited until"), "{}", jira["reason"]);
    scene.recovers();
}

#[test]
fn a_page_that_follows_itself_is_an_error_and_never_the_end() {
    let scene = Scene::at(JiraSettings { ids_page_cap: 100, ..JiraSettings::default() }, 42);
    let spot = Fault::at("/rest/api/3/search/jql").always();
    scene.site.fake.order(spot.repeats_page_token());
    let (jira, status) = scene.pdt.sync_jira();
    assert_eq!((&jira["outcome"], status), (&json!("partial"), Some(1)), "{jira:#}");
    insta::assert_snapshot!("repeated_page_token", scene.sentence(&jira));
    assert_eq!(scene.pdt.json(&["card", "list"]).as_array().unwrap().len(), 600, "nobody was taken for gone");
    scene.recovers();
}

#[test]
fn a_search_that_is_refused_is_replaced_by_lists() {
    let scene = Scene::new(43);
    let sprint = scene.active()[0];
    scene.world.delete(&scene.cards_of(sprint)[5]).unwrap();
    scene.site.fake.order(Fault::at("/rest/api/3/search/jql").always().refuses(Refusal::Gone));
    scene.pdt.sync_jira_ok();
    let listed = scene.pdt.json(&["card", "list"]);
    let deleted = listed.as_array().unwrap().iter().filter(|card| card["removed"] == "deleted").count();
    assert_eq!(deleted, 1, "what the search would have told is found out without it");
    scene.recovers();
}

#[test]
fn no_credential_follows_a_redirect_to_another_origin() {
    let stranger = Bystander::start().unwrap();
    let scene = Scene::new(44);
    scene.site.fake.order(Fault::at("/rest/agile/1.0/board").always().redirects_to(stranger.url()));
    let (jira, _) = scene.pdt.sync_jira();
    assert_eq!(jira["outcome"], "failed", "{jira:#}");
    insta::assert_snapshot!("foreign_redirect", scene.sentence(&jira).replace(stranger.url(), "STRANGER"));
    assert!(stranger.requests().is_empty(), "nothing at all was sent to the stranger");
    scene.recovers();
}

#[test]
fn a_wrong_token_a_wrong_kind_and_a_wrong_address_are_told_at_connecting() {
    let world = World::large(45);
    let (cloud, company) = (Site::cloud(&world), Site::data_center(&world));
    let pdt = Pdt::new().with("PDT_TOKEN_ACME", "wrong-token");
    let add = |site: &str, more: &[&str]| {
        let arguments = [&["account", "add", "jira", "--url", site, "--name", "acme"], more].concat();
        let finished = pdt.run(&arguments);
        assert_eq!(finished.status, Some(1), "{}", finished.stderr);
        finished.stderr
    };
    let said = add(&cloud.fake.site(), &["--email", EMAIL]);
    assert!(said.contains("refused the token of account acme"), "{said}");
    let said = add(&cloud.fake.site(), &[]);
    assert!(said.contains("This is a Jira Cloud site") && said.contains("e-mail address"), "{said}");
    let said = add(&company.fake.site(), &["--email", EMAIL]);
    assert!(said.contains("This is a Jira Data Center"), "{said}");
    let said = add(&format!("{}/nowhere", cloud.fake.url()), &["--email", EMAIL]);
    assert!(!said.contains("panicked") && said.len() > 20, "{said}");
    assert_eq!(pdt.json(&["account", "list"]), json!([]), "nothing was stored");
}
