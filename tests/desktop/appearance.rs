//! The window is light or dark as the desktop is.

use pdt_testkit::stage::{Answers, Scheme, wait_until};

use crate::support::{PATIENCE, Scene, Window, bare_desktop};

#[test]
fn the_page_is_dark_where_the_desktop_is_and_follows_it() {
    let scene = Scene::set(bare_desktop());
    let portal = scene.stage.start_portal(Scheme::Dark, Answers::AsNow).unwrap();
    let app = scene.app().start();
    let window = app.window();
    wait_until("a dark page", PATIENCE, || is_dark(&window)).unwrap();
    for (scheme, dark) in [(Scheme::Light, false), (Scheme::Dark, true), (Scheme::Unchosen, false)] {
        portal.choose(scheme).unwrap();
        wait_until(&format!("a page for {scheme:?}"), PATIENCE, || is_dark(&window) == dark).unwrap();
    }
}

#[test]
fn a_portal_of_years_ago_is_understood() {
    let scene = Scene::set(bare_desktop());
    let _portal = scene.stage.start_portal(Scheme::Dark, Answers::AsBefore).unwrap();
    let app = scene.app().start();
    let window = app.window();
    wait_until("a dark page", PATIENCE, || is_dark(&window)).unwrap();
}

#[test]
fn a_portal_that_never_answers_keeps_no_window_waiting_and_is_heard_later() {
    let scene = Scene::set(bare_desktop());
    let portal = scene.stage.start_portal(Scheme::Dark, Answers::Never).unwrap();
    let app = scene.app().start();
    let window = app.window();
    assert!(!is_dark(&window), "GTK's own theme decides meanwhile");
    portal.choose(Scheme::Dark).unwrap();
    wait_until("a dark page", PATIENCE, || is_dark(&window)).unwrap();
}

fn is_dark(window: &Window<'_>) -> bool {
    let script = "return matchMedia('(prefers-color-scheme: dark)').matches";
    window.run(script, Vec::new()).as_bool().unwrap()
}
