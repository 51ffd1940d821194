//! The three places that list the window's commands say the same.

#![cfg(test)]

use std::path::Path;

use pdt_seam::calls::COMMANDS;

fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_web_views_types_are_those_of_the_calls() {
    let kept = file("ui/src/lib/backend/generated.ts");
    let made = pdt_seam::typescript::module();
    assert!(kept == made, "`cargo run -p pdt-seam --example typescript` brings generated.ts up to date");
}

#[test]
fn the_window_may_ask_for_what_is_answered_and_for_nothing_else() {
    let capability: serde_json::Value =
        serde_json::from_str(&file("src-tauri/capabilities/window.json")).unwrap();
    let permissions = capability["permissions"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
    let (own, of_tauri): (Vec<&str>, Vec<&str>) = permissions.partition(|name| name.starts_with("allow-"));
    let expected: Vec<String> =
        COMMANDS.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    assert_eq!(own, expected, "each call is allowed by name");
    assert_eq!(
        of_tauri,
        ["core:event:allow-listen", "core:event:allow-unlisten"],
        "beside them the window only listens"
    );
}
