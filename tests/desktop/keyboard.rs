//! From nothing to a linked commit without a mouse.

use fantoccini::key::Key;
use pdt_testkit::NewCommit;

use crate::support::{Scene, TOKEN, desktop};

const ENTER: char = '\u{e007}';
const SPACE: char = ' ';

#[test]
fn a_person_connects_tracks_syncs_finds_a_commit_and_links_it_by_keyboard_alone() {
    let scene = Scene::set(desktop().with_keychain());
    scene.widgets.commit("main", &NewCommit::new("Mend the export of orders\n")).unwrap();
    let app = scene.app().start();
    let window = app.window();

    // Connect.
    window.one("provider-github");
    window.enter("provider-github");
    window.tab_to("field-url");
    window.overwrite(scene.github.url());
    window.tab_to("field-token");
    window.write(TOKEN);
    window.tab_to("field-name");
    window.write("work");
    window.press(&[ENTER]);
    window.matching("first-run", "[data-step=\"choose\"]");

    // Track.
    for repository in ["acme/widgets", "acme/tools"] {
        window.tab_to_matching("available-row", &format!("[data-repository=\"{repository}\"]"));
        window.press(&[SPACE]);
    }
    window.enter("track-chosen");
    window.matching("first-run", "[data-step=\"sync\"]");

    // Sync.
    window.enter("sync-now");
    window.one("finish-first-run");
    window.enter("finish-first-run");
    window.one("headline");

    // Find a commit.
    window.press(&['g', 'c']);
    window.wait_for_words("commit-message", "Mend the export of orders");
    window.press(&['/']);
    window.wait_for_focus("filter-text");
    window.write("EXPORT");
    window.wait_for_words("commit-message", "Mend the export of orders");
    window.press(&[Key::Escape.into(), 'j', ENTER]);
    window.wait_for_words("commit-full-message", "Mend the export of orders");

    // Link it.
    window.press(&['l']);
    window.wait_for_focus("link-field");
    window.write("pdt-7");
    window.wait_for_words("link-option", "PDT-7");
    window.press(&[ENTER]);
    window.matching("commit-link", "[data-key=\"PDT-7\"][data-provenance=\"manual\"]");
    let linked = scene.stored().into_iter().find(|commit| commit.message.contains("export")).unwrap();
    assert_eq!(linked.jira_card_keys, ["PDT-7"], "another program sees the link");

    // And take it back, by the way that is offered.
    window.enter("undo-link");
    window.wait_for_none("commit-link");

    // The palette leads anywhere.
    window.press_with_ctrl('k');
    window.wait_for_focus("palette-text");
    window.write("accounts");
    window.press(&[ENTER]);
    window.matching("account-row", "[data-account=\"work\"][data-state=\"ok\"]");
}
