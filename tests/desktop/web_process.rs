//! A page whose process dies comes back.

use pdt_testkit::stage::wait_for;

use crate::support::{App, PATIENCE, Scene, desktop};

#[test]
fn a_page_whose_process_dies_comes_back_where_it_was() {
    let scene = Scene::set(desktop()).connected();
    let app = scene.app_in_tray();
    app.choose("Settings…");
    app.wait_for_window();
    let first = page_process(&app, None);
    scene.stage.run("sh", &["-c", &format!("kill -KILL {first}")]).unwrap();
    page_process(&app, Some(first));
    app.window().one("setting-autostart");
}

/// The process that shows the page, as soon as there is one other than `before`.
fn page_process(app: &App<'_>, before: Option<u32>) -> u32 {
    let is_it = |pid: &u32| Some(*pid) != before;
    wait_for("the page's process", PATIENCE, || {
        let all = app.web_processes().into_iter().filter(|process| process.program == "WebKitWebProcess");
        all.map(|process| process.pid).find(is_it)
    })
    .unwrap()
}
