//! The first hour with PDT: connect, choose, watch the first sync, look at what came.

use std::path::Path;

use pdt_testkit::{Fault, Gate, NewCommit};

use crate::support::{App, Scene, TOKEN, Window, desktop};

/// A message that a page may take for its own, and that a terminal may write backwards.
const HOSTILE: &str = "PDT-7 <img src=x onerror=\"window.owned=1\"><script>window.owned=2</script> {{7*7}} ${8*8} \
                       \u{202e}sdrawkcab\u{202c} שלום\n\n<b>not bold</b> <a href=\"javascript:owned=3\">no link</a>\n";

#[test]
fn a_person_connects_chooses_syncs_and_reads_and_the_token_stays_in_the_keychain() {
    let scene = Scene::set(desktop().with_keychain());
    scene.widgets.commit("main", &NewCommit::new(HOSTILE)).unwrap();
    let app = scene.app().with("PDT_LOG", "trace").start();
    let window = app.window();

    a_wrong_token_gets_its_sentence(&scene, &window);
    the_right_one_goes_into_the_keychain(&scene, &window);
    the_chosen_repositories_are_tracked(&window);
    the_first_sync_shows_how_far_it_is(&scene, &window);
    hostile_text_is_shown_as_text(&window);

    window.click("nav-accounts");
    window.matching("account-row", "[data-account=\"work\"][data-state=\"ok\"]");
    the_token_is_nowhere_else(&scene, &app, &window);
}

fn a_wrong_token_gets_its_sentence(scene: &Scene, window: &Window<'_>) {
    window.click("provider-github");
    window.fill("field-url", scene.github.url());
    window.fill("field-name", "work");
    window.fill("field-token", "ghp_TheWrongOne00000000000000000000000000");
    window.click("submit");
    window.wait_for_text("refused the token");
    assert_eq!(scene.stage.secret("dev.pdt.desktop", "default/work").unwrap(), None, "it is not kept");
}

fn the_right_one_goes_into_the_keychain(scene: &Scene, window: &Window<'_>) {
    window.fill("field-token", TOKEN);
    window.click("submit");
    window.matching("first-run", "[data-step=\"choose\"]");
    let held = scene.stage.secret("dev.pdt.desktop", "default/work").unwrap();
    assert_eq!(held.as_deref(), Some(TOKEN), "another program finds it in the real keychain");
    assert!(!window.source().contains(TOKEN), "the page has let go of it");
}

fn the_chosen_repositories_are_tracked(window: &Window<'_>) {
    for repository in ["acme/widgets", "acme/tools"] {
        window.click_matching("available-row", &format!("[data-repository=\"{repository}\"] input"));
    }
    window.click("track-chosen");
    window.matching("first-run", "[data-step=\"sync\"]");
}

fn the_first_sync_shows_how_far_it_is(scene: &Scene, window: &Window<'_>) {
    let gate = Gate::new();
    // One repository is held back, so that the other one is done and this one is not, for as long as we look.
    scene.github.order(Fault::at("GET /repos/acme/tools/commits").always().waits_for(&gate));
    window.click("sync-now");
    scene.wait(gate.reached(1));
    window.matching("progress", "[aria-valuenow=\"1\"][aria-valuemax=\"2\"]");
    window.wait_for_text("acme/tools");
    gate.release();
    window.click("finish-first-run");
    window.wait_for_words("commit-message", "PDT-1 Begin acme/tools");
}

fn hostile_text_is_shown_as_text(window: &Window<'_>) {
    let first_line = HOSTILE.lines().next().unwrap();
    window.click("nav-commits");
    window.wait_for_words("commit-message", first_line);
    let row = window.texts("commit-message").iter().position(|text| text == first_line).unwrap();
    let script = format!("document.querySelectorAll('[data-testid=\"commit-row\"]')[{row}].click()");
    window.run(&script, Vec::new());
    window.wait_for_words("commit-full-message", "<b>not bold</b>");
    let alive =
        "return [typeof window.owned, document.querySelectorAll('img[src=x], a[href^=javascript]').length]";
    assert_eq!(
        window.run(alive, Vec::new()),
        serde_json::json!(["undefined", 0]),
        "nothing of it came alive"
    );
}

fn the_token_is_nowhere_else(scene: &Scene, app: &App<'_>, window: &Window<'_>) {
    assert!(!window.source().contains(TOKEN), "it is not in the page");
    assert!(!app.running.words().contains(TOKEN), "not in what PDT says");
    assert!(!app.running.words().is_empty(), "which says something");
    assert_no_file_holds_it(scene.stage.home());
    for request in scene.github.requests() {
        let told = format!("{} {} {}", request.path, request.query, request.body);
        assert!(!told.contains(TOKEN), "not in a URL or body: {told}");
    }
    for process in app.processes().iter().chain(&app.web_processes()) {
        assert!(!process.arguments.join(" ").contains(TOKEN), "not in the list of processes: {process:?}");
    }
}

/// Database, logs, caches of the web view and all else. The keychain's own file is encrypted.
fn assert_no_file_holds_it(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(kind) = path.symlink_metadata() else { continue };
        if kind.is_dir() {
            assert_no_file_holds_it(&path);
        } else if kind.is_file() {
            let bytes = std::fs::read(&path).unwrap_or_default();
            let found = bytes.windows(TOKEN.len()).any(|window| window == TOKEN.as_bytes());
            assert!(!found, "{} holds the token", path.display());
        }
    }
}
