//! Who has to do something is told once, and once more when it works again.

use pdt_testkit::NewToken;
use pdt_testkit::stage::{Shown, wait_until};

use crate::support::{App, PATIENCE, Scene, TOKEN, bare_desktop, desktop};

const REFUSED: &str = "refused the token";

/// A scene whose GitHub does not take the token any more, and a PDT that looks every second.
fn refused(scene: &Scene) -> App<'_> {
    scene.github.revoke_token(TOKEN);
    scene.app().with_token().with("SYNC_INTERVAL_COMMITS", "1s").hidden().start()
}

/// Waits until so many runs have ended since now.
fn wait_for_runs(scene: &Scene, runs: usize) {
    let mut seen = scene.last_sync();
    for _ in 0..runs {
        wait_until("another run", PATIENCE, || scene.last_sync() != seen).unwrap();
        seen = scene.last_sync();
    }
}

fn titles(shown: &[Shown]) -> Vec<&str> {
    shown.iter().map(|shown| shown.title.as_str()).collect()
}

#[test]
fn a_refused_token_is_told_once_and_its_recovery_once() {
    let scene = Scene::set(desktop().with_notifications()).connected();
    let app = refused(&scene);
    scene.stage.wait_for_notification().unwrap();
    wait_for_runs(&scene, 3);
    let shown = scene.stage.notifications().unwrap();
    assert_eq!(shown.len(), 1, "not again for each run: {shown:?}");
    assert!(shown[0].title.contains(REFUSED) || shown[0].body.contains(REFUSED), "{shown:?}");
    let tooltip = || app.wait_for_icon().tooltip().unwrap();
    wait_until("the same in the tray", PATIENCE, || tooltip().contains("token")).unwrap();

    scene.github.add_token(NewToken::new(TOKEN, "ada").scopes(&["repo", "read:org"]));
    app.sync_now();
    scene.stage.wait_for_notification().unwrap();
    wait_for_runs(&scene, 2);
    let shown = scene.stage.notifications().unwrap();
    assert_eq!(shown.len(), 2, "one recovery, and nothing of each success: {:?}", titles(&shown));
}

#[test]
fn a_click_opens_the_place_that_it_is_about() {
    let scene = Scene::set(desktop().with_notifications()).connected();
    let app = refused(&scene);
    scene.stage.wait_for_notification().unwrap();
    assert!(app.windows().is_empty(), "nobody has asked for a window yet");
    scene.stage.click_notification().unwrap();
    app.wait_for_window();
    let window = app.window();
    let address = || window.run("return location.hash", Vec::new());
    wait_until("the accounts", PATIENCE, || address() == "#/accounts").unwrap();
}

#[test]
fn what_nobody_could_show_is_told_after_a_later_run() {
    let scene = Scene::set(bare_desktop().without_bus().with_notification_programs()).connected();
    // A bus that starts nothing by itself: nobody shows notifications yet.
    let _bus = scene.stage.start_bare_bus().unwrap();
    let app = refused(&scene);
    app.wait_to_be_first();
    wait_for_runs(&scene, 2);
    let _service = scene.stage.start_notifications().unwrap();
    scene.stage.wait_for_notification().unwrap();
    wait_for_runs(&scene, 2);
    assert_eq!(scene.stage.notifications().unwrap().len(), 1, "once, when it could be shown");
}
