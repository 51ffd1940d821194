//! *Sync now* in the tray's menu, and no request without being asked.

use pdt_testkit::NewCommit;
use pdt_testkit::stage::wait_until;

use crate::support::{PATIENCE, Scene, desktop};

#[test]
fn sync_now_in_the_tray_brings_new_commits_into_the_open_window() {
    let scene = Scene::set(desktop()).connected();
    let app = scene.app().with_token().with("SYNC_ENABLED", "false").start();
    let window = app.window();
    window.click("nav-commits");
    window.one("empty-state");
    window.run("window.seenBefore = true", Vec::new());

    app.sync_now();
    window.wait_for_words("commit-message", "PDT-1 Begin acme/widgets");
    let asked = scene.github.request_lines();
    assert!(asked.iter().any(|line| line.contains("/acme/widgets")), "GitHub was asked: {asked:?}");

    let sha = scene.widgets.commit("main", &NewCommit::new("PDT-2 While you look\n")).unwrap();
    app.sync_now();
    window.matching("commit-row", &format!("[data-sha=\"{sha}\"]"));
    let same_page = window.run("return window.seenBefore === true", Vec::new());
    assert_eq!(same_page, true, "the page was not loaded again");
}

#[test]
fn without_syncing_enabled_no_request_is_made_until_somebody_asks() {
    let scene = Scene::set(desktop()).connected();
    let app = scene.app().with_token().with("SYNC_ENABLED", "false").hidden().start();
    app.wait_for_icon();
    assert_eq!(scene.github.request_lines(), Vec::<String>::new(), "none at its start");
    app.choose("Open dashboard");
    let window = app.window();
    // Every view reads what it shows; none of them asks a service for it.
    for (view, sign) in [("accounts", "account-row"), ("repositories", "repo-row"), ("overview", "headline")]
    {
        window.click(&format!("nav-{view}"));
        window.one(sign);
    }
    assert_eq!(scene.github.request_lines(), Vec::<String>::new(), "none for the window");

    app.sync_now();
    wait_until("a request", PATIENCE, || !scene.github.requests().is_empty()).unwrap();
}
