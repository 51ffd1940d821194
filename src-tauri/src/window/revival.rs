//! The page comes back where its process died, of a fault or because the system needed the memory. WebKitGTK would leave
//! an empty window.
//!
//! <https://webkitgtk.org/reference/webkit2gtk/stable/signal.WebView.web-process-terminated.html>

use std::cell::Cell;

use tauri::AppHandle;
use webkit2gtk::WebViewExt;

use super::frame;

/// So often a page is loaded anew. One that dies each time shall not do so for ever: then the window ends.
const MOST: u32 = 3;

/// Loads the window's page anew whenever its process dies.
pub(super) fn watch(app: &AppHandle) -> tauri::Result<()> {
    let Some(window) = frame::window(app) else { return Ok(()) };
    let app = app.clone();
    window.with_webview(move |page| {
        let deaths = Cell::new(0);
        page.inner().connect_web_process_terminated(move |page, reason| {
            tracing::error!(?reason, "the page's process died");
            deaths.set(deaths.get() + 1);
            if deaths.get() <= MOST {
                page.reload();
            } else {
                app.exit(1);
            }
        });
    })
}
