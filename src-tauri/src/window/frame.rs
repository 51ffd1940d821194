//! The window itself.

use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

const LABEL: &str = "main";

/// Opens the window. It shows once its page is there, so that nobody looks at an empty one.
pub(super) fn open(app: &AppHandle, route: &str) -> tauri::Result<()> {
    let page = format!("index.html{}", if route.starts_with("#/") { route } else { "" });
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App(page.into()))
        .title("PDT")
        .inner_size(1080.0, 720.0)
        .min_inner_size(420.0, 560.0)
        .center()
        .visible(false)
        .disable_drag_drop_handler()
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Finished {
                bring_forward(&window);
            }
        })
        .build()?;
    Ok(())
}

/// Brings the window to the front, from wherever it was put.
pub(super) fn raise(app: &AppHandle) {
    if let Some(window) = window(app) {
        bring_forward(&window);
    }
}

/// The window, while it is open.
pub(super) fn window(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(LABEL)
}

fn bring_forward(window: &WebviewWindow) {
    // A window manager may refuse any of these; the window is no worse for it.
    let _ = window.unminimize();
    let _ = window.show();
    let _ = window.set_focus();
}

/// The window shows PDT's own page and never another one.
fn is_own_page(url: &Url) -> bool {
    let own = matches!(url.scheme(), "tauri") || url.host_str() == Some("tauri.localhost");
    own || (cfg!(debug_assertions) && url.host_str() == Some("localhost"))
}
