//! The least that a Tauri app with a tray icon can be. `cargo xtask bench start` starts it beside PDT, so that what PDT
//! adds to the start can be told from what Tauri takes.

use tauri::RunEvent;
use tauri::menu::MenuBuilder;
use tauri::tray::TrayIconBuilder;

#[expect(
    clippy::disallowed_methods,
    reason = "the macro gives up where an asset that it embedded is missing"
)]
fn main() -> tauri::Result<()> {
    let app = tauri::Builder::default()
        .setup(|app| {
            let menu = MenuBuilder::new(app).text("quit", "Quit").build()?;
            let icon = tauri::include_image!("src-tauri/icons/tray/idle.png");
            TrayIconBuilder::with_id("bare").icon(icon).menu(&menu).build(app)?;
            Ok(())
        })
        .build(tauri::generate_context!("tauri.conf.json"))?;
    app.run(|_, event| {
        if let RunEvent::ExitRequested { api, code: None, .. } = event {
            api.prevent_exit();
        }
    });
    Ok(())
}
