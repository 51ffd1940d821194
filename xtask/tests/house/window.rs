//! What the window shows knows Tauri in one folder only, so that the rest of it runs in any browser.

use crate::{assert_none, ui_files};

/// Where it may be imported.
const DOOR: &str = "ui/src/lib/backend/";

/// Tauri's libraries for the window.
const TAURI: &str = "@tauri-apps/";

fn offences(name: &str, text: &str) -> Vec<String> {
    if name.starts_with(DOOR) {
        return Vec::new();
    }
    let lines = text.lines().enumerate().filter(|(_, line)| line.contains(TAURI) || line.contains("__TAURI"));
    lines.map(|(at, _)| format!("{name}:{} names Tauri", at + 1)).collect()
}

#[test]
fn only_the_backend_folder_knows_tauri() {
    let found: Vec<String> = ui_files().iter().flat_map(|(name, text)| offences(name, text)).collect();
    assert_none(&found, &format!("Everything but {DOOR} runs in a browser without Tauri."));
}

#[test]
fn an_import_at_the_wrong_place_is_seen() {
    let import = "import { invoke } from '@tauri-apps/api/core';\n";
    assert_eq!(
        offences("ui/src/lib/views/Overview.svelte", import).len(),
        1,
        "a view asks the backend folder"
    );
    assert!(offences("ui/src/lib/backend/tauri.ts", import).is_empty(), "which knows how");
}
