//! Where there is no tray, the window is the way in, and closing it is asked about once.

use crate::support::{Scene, bare_desktop};

#[test]
fn without_a_tray_closing_asks_and_whoever_stays_is_not_asked_again() {
    let scene = Scene::set(bare_desktop());
    let mut app = scene.app().start();
    let window = app.window();
    window.one("headline");
    app.close_window();
    window.one("closing-dialog");
    window.click_last("closing-stay");
    drop(window);
    app.wait_for_no_window();
    assert!(app.running.ended().unwrap().is_none(), "PDT goes on");

    scene.app().start_again();
    app.wait_for_window();
    app.close_window();
    app.wait_for_no_window();
    assert!(app.running.ended().unwrap().is_none(), "without a second question");
}

#[test]
fn without_a_tray_closing_asks_and_whoever_quits_has_quit_the_next_time_too() {
    let scene = Scene::set(bare_desktop());
    let mut app = scene.app().start();
    let window = app.window();
    window.one("headline");
    app.close_window();
    window.one("closing-dialog");
    window.click_last("closing-quit");
    drop(window);
    assert!(app.wait_for_end().success(), "it ends well");

    let mut app = scene.app().start();
    app.wait_for_window();
    app.close_window();
    assert!(app.wait_for_end().success(), "closing is quitting, without a second question");
}

#[test]
fn a_question_that_was_not_answered_is_asked_again() {
    let scene = Scene::set(bare_desktop());
    let mut app = scene.app().start();
    let window = app.window();
    window.one("headline");
    for _ in 0..2 {
        app.close_window();
        window.one("closing-dialog");
        scene.stage.run("xdotool", &["key", "Escape"]).unwrap();
        window.wait_for_none("closing-dialog");
        assert_eq!(app.windows().len(), 1, "the window stays");
    }
    assert!(app.running.ended().unwrap().is_none(), "and so does PDT");
}
