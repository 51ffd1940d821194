//! A day with the window: filter, link, open a card, pause and resume, lose a token and replace it.

use pdt_testkit::jira::{BoardType, Category, NewBoard, NewCard, NewSprint, World};
use pdt_testkit::stage::wait_until;
use pdt_testkit::{FakeJira, JiraSettings, NewCommit, NewToken};

use crate::support::{JIRA_TOKEN, PATIENCE, Scene, TOKEN, Window, desktop};

/// A Jira with a sprint that goes on, and a card `PDT-1` in it.
fn jira() -> FakeJira {
    let world = World::new();
    world.add_project("PDT", "Development tracker");
    world.add_status("Waiting", Category::New);
    let board = world.add_board(NewBoard::new("Team", BoardType::Scrum, "PDT")).unwrap();
    let sprint = world.add_sprint(NewSprint::new("Sprint 7", board));
    let card = NewCard::new("PDT", "Retry reads only").description("Never send a write twice.").points(3.0);
    world.add_card(card.in_sprint(sprint)).unwrap();
    world.start_sprint(sprint).unwrap();
    let jira = FakeJira::with_world(JiraSettings::default(), &world).unwrap();
    jira.add_token(NewToken::new(JIRA_TOKEN, "ada"));
    jira
}

#[test]
fn commits_are_filtered_and_linked_and_a_link_leads_to_the_card() {
    let jira = jira();
    let scene = Scene::set(desktop()).connected().with_jira(&jira, "site");
    scene.widgets.commit("main", &NewCommit::new("Mend the export of orders\n")).unwrap();
    let app = scene.app().with_token().with("PDT_TOKEN_SITE", JIRA_TOKEN).start();
    let window = app.window();
    window.one("headline");
    wait_until("the first sync", PATIENCE, || scene.stored().len() == 3).unwrap();

    window.click("nav-commits");
    window.wait_for_words("commit-message", "Mend the export of orders");
    window.fill("filter-text", "Begin acme/tools");
    wait_until("one row", PATIENCE, || window.texts("commit-message") == ["PDT-1 Begin acme/tools"]).unwrap();
    window.click("filter-clear");
    window.click("filter-unlinked");
    wait_until("what has no card", PATIENCE, || {
        window.texts("commit-message") == ["Mend the export of orders"]
    })
    .unwrap();

    window.click("commit-row");
    window.fill("link-field", "retry reads");
    window.wait_for_words("link-option", "PDT-1");
    window.click("link-option");
    window.matching("commit-link", "[data-key=\"PDT-1\"][data-provenance=\"manual\"]");
    window.click("card-link");
    window.matching("card-detail", "[data-key=\"PDT-1\"]");
    window.wait_for_words("card-detail", "Never send a write twice.");
    window.wait_for_words("card-detail", "Mend the export of orders");
}

#[test]
fn a_pause_is_made_and_ended_in_the_window() {
    let scene = Scene::set(desktop()).connected();
    let app = scene.app().with_token().start();
    let window = app.window();
    window.click("pause");
    window.click("pause-open");
    window.one("resume");
    wait_until("the tray's word", PATIENCE, || says(&app.wait_for_icon().tooltip(), "paused")).unwrap();
    window.click("resume");
    window.one("pause");
    wait_until("the tray's word", PATIENCE, || !says(&app.wait_for_icon().tooltip(), "paused")).unwrap();
}

fn says(tooltip: &anyhow::Result<String>, word: &str) -> bool {
    tooltip.as_ref().is_ok_and(|tooltip| tooltip.contains(word))
}

#[test]
fn a_token_that_is_refused_asks_for_another_one_and_all_goes_on() {
    const ANOTHER: &str = "ghp_AnotherOne4h7kQ9zLx0Vb2Nn8sWq5Rt1";
    let scene = Scene::set(desktop().with_keychain());
    let app = scene.app().start();
    let window = app.window();
    connect(&scene, &window);

    scene.github.revoke_token(TOKEN);
    scene.widgets.commit("main", &NewCommit::new("While the token was refused\n")).unwrap();
    app.sync_now();
    window.click("nav-overview");
    window.one("attention-item");
    window.click("attention-action");
    window.fill("field-token", "ghp_NoneOfYours000000000000000000000000");
    window.click("submit");
    window.wait_for_text("refused the token");

    scene.github.add_token(NewToken::new(ANOTHER, "ada").scopes(&["repo", "read:org"]));
    window.fill("field-token", ANOTHER);
    window.click("submit");
    window.matching("account-row", "[data-account=\"work\"][data-state=\"ok\"]");
    app.sync_now();
    window.click("nav-commits");
    window.wait_for_words("commit-message", "While the token was refused");
    window.click("nav-overview");
    window.wait_for_none("attention-item");
}

/// As in the first run, but for looking.
fn connect(scene: &Scene, window: &Window<'_>) {
    window.click("provider-github");
    window.fill("field-url", scene.github.url());
    window.fill("field-name", "work");
    window.fill("field-token", TOKEN);
    window.click("submit");
    window.click_matching("available-row", "[data-repository=\"acme/widgets\"] input");
    window.click("track-chosen");
    window.click("sync-now");
    window.click("finish-first-run");
    window.wait_for_words("commit-message", "PDT-1 Begin acme/widgets");
}
