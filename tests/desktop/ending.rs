//! However PDT ends, everything ends, in time, and nothing that was fetched is lost.

use pdt_testkit::stage::wait_until;
use pdt_testkit::{Fault, Gate, NewCommit};

use crate::support::{App, PROMISED, Scene, desktop};

/// A way to end it.
type Way = fn(&App<'_>);

const WAYS: [(&str, Way); 2] =
    [("Quit", |app| app.choose("Quit PDT")), ("SIGTERM", |app| app.running.signal("TERM").unwrap())];

#[test]
fn quit_and_sigterm_end_every_process() {
    for (way, end) in WAYS {
        let scene = Scene::set(desktop()).connected();
        let mut app = scene.app().with_token().start();
        app.wait_for_window();
        app.wait_for_icon();
        end(&app);
        let status = app.wait_for_end();
        assert!(status.success(), "{way}: {status}");
        assert!(scene.stage.tray().unwrap().is_empty(), "{way}: the icon is gone");
    }
}

#[test]
fn the_window_goes_with_a_resident_process_that_was_killed() {
    let scene = Scene::set(desktop());
    let mut app = scene.app().start();
    app.wait_for_window();
    app.running.signal("KILL").unwrap();
    app.wait_for_end();
}

#[test]
fn ended_in_the_middle_of_a_sync_it_keeps_what_it_has_fetched_and_goes_on_next_time() {
    for (way, end) in WAYS {
        let scene = Scene::set(desktop()).connected();
        for number in 0..150 {
            scene.widgets.commit("main", &NewCommit::new(&format!("PDT-2 Step {number}\n"))).unwrap();
        }
        let gate = Gate::new();
        let second_page = Fault::at("GET /repos/acme/widgets/commits").with_query("page", "2");
        scene.github.order(second_page.waits_for(&gate));
        let mut app = scene.app_in_tray();
        app.sync_now();
        scene.wait(gate.reached(1));
        end(&app);
        let status = app.wait_for_end();
        assert!(status.success(), "{way}: {status}");
        gate.release();
        let kept = scene.stored().len();
        assert!((100..150).contains(&kept), "{way}: the first page is kept, the second never came: {kept}");

        let app = scene.app_in_tray();
        app.sync_now();
        // Both repositories, each with its first commit.
        let complete = || scene.stored().len() == 152;
        wait_until("the rest", 4 * PROMISED, complete).unwrap_or_else(|error| panic!("{way}: {error}"));
    }
}
