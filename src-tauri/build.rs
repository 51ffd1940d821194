//! Builds the UI, so that `cargo build` alone gives the real app, and then Tauri's part: permissions, capabilities,
//! icons.

#![expect(clippy::print_stderr, reason = "this is how a build script speaks")]

use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

/// What the window may do. Its list of commands is the one list of what the web view can reach; a test in
/// `crates/seam` holds it against what the resident process answers.
const CAPABILITY: &str = "src-tauri/capabilities/window.json";

fn main() {
    // The Tauri CLI's dev mode serves the UI from Vite instead.
    let is_real = std::env::var_os("CARGO_FEATURE_CUSTOM_PROTOCOL").is_some();
    if is_real && let Err(reason) = build_ui(Path::new("ui")) {
        println!("cargo::error={reason}");
        return;
    }
    let commands: &'static [&'static str] = Box::leak(commands().into_boxed_slice());
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(tauri_build::AppManifest::new().commands(commands));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error=Tauri's configuration cannot be used: {error:#}");
    }
}

/// The commands that the capability allows: `allow-add-account` is `add_account`.
fn commands() -> Vec<&'static str> {
    println!("cargo::rerun-if-changed={CAPABILITY}");
    let text = std::fs::read_to_string(CAPABILITY).unwrap_or_default();
    let capability: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let permissions = capability.get("permissions").and_then(|list| list.as_array()).into_iter().flatten();
    let allowed = permissions.filter_map(|permission| permission.as_str()?.strip_prefix("allow-"));
    allowed.map(|name| &*name.replace('-', "_").leak()).collect()
}

fn build_ui(ui: &Path) -> Result<(), String> {
    let inputs = [
        "src",
        "public",
        "index.html",
        "package.json",
        "package-lock.json",
        "vite.config.ts",
        "svelte.config.js",
    ];
    for input in inputs {
        println!("cargo::rerun-if-changed={}", ui.join(input).display());
    }
    let installed = changed_at(&ui.join("node_modules/.package-lock.json"));
    if installed.is_none() || installed < changed_at(&ui.join("package-lock.json")) {
        npm(ui, &["ci", "--no-audit", "--no-fund"])?;
    }
    npm(ui, &["run", "build"])
}

fn changed_at(file: &Path) -> Option<SystemTime> {
    file.metadata().and_then(|metadata| metadata.modified()).ok()
}

fn npm(ui: &Path, words: &[&str]) -> Result<(), String> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let line = format!("npm {}", words.join(" "));
    match Command::new(program).args(words).current_dir(ui).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            for text in [&output.stdout, &output.stderr] {
                eprintln!("{}", String::from_utf8_lossy(text));
            }
            Err(format!("the window's UI could not be built: `{line}` in ui/ failed; its words are above"))
        }
        Err(error) => Err(format!(
            "the window's UI is built with Node.js 20 or newer and its npm, and `{line}` could not start: {error}"
        )),
    }
}
