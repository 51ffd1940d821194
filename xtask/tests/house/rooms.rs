//! Which room of the house may name which other, and which library stays behind which door.

use std::process::Command;

use serde_json::Value;

use crate::{assert_none, root};

/// What each room may depend on inside the workspace. A room that is not here has not been thought about.
const ROOMS: &[(&str, &[&str])] = &[
    ("pdt-domain", &[]),
    ("pdt-remote", &["pdt-domain"]),
    ("pdt-store", &["pdt-domain"]),
    ("pdt-engine", &["pdt-domain", "pdt-remote", "pdt-store"]),
    ("pdt-cli", &["pdt-domain", "pdt-engine"]),
    ("pdt-seam", &["pdt-domain", "pdt-engine"]),
    ("pdt-desktop", &["pdt-domain", "pdt-engine", "pdt-seam"]),
    ("pdt-testkit", &["pdt-domain"]),
    ("xtask", &[]),
];

/// Libraries that one room alone may build on, by the beginning of their names. Tests may look with them.
const DOORS: &[(&str, &str)] = &[
    ("rusqlite", "pdt-store"),
    ("libsqlite3", "pdt-store"),
    ("reqwest", "pdt-remote"),
    ("hyper", "pdt-remote"),
    ("rustls", "pdt-remote"),
    ("keyring", "pdt-engine"),
    ("zbus-secret-service", "pdt-engine"),
    ("tauri", "pdt-desktop"),
    ("tray-icon", "pdt-desktop"),
    ("gtk", "pdt-desktop"),
];

/// One line of a manifest's `[dependencies]`, `[build-dependencies]` or `[dev-dependencies]`.
#[derive(Debug, Clone, Copy)]
struct Dependency<'a> {
    room: &'a str,
    on: &'a str,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Part of what is shipped.
    Shipped,
    /// Only there in tests and examples.
    Development,
}

/// Why a dependency breaks the house's rules, if it does.
fn offence(dependency: Dependency<'_>) -> Option<String> {
    let Dependency { room, on, kind } = dependency;
    let Some((_, may)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return Some(format!("{room} is a new room: say in this test what it may depend on"));
    };
    if kind == Kind::Development {
        return None;
    }
    if ROOMS.iter().any(|(name, _)| *name == on) && !may.contains(&on) {
        return Some(format!("{room} depends on {on}"));
    }
    let door = DOORS.iter().find(|(library, _)| on.starts_with(library));
    door.filter(|(_, owner)| *owner != room)
        .map(|(_, owner)| format!("{room} names {on}, which is {owner}'s"))
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo tells about the workspace");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

fn dependencies(package: &Value) -> impl Iterator<Item = Dependency<'_>> {
    let room = package["name"].as_str().expect("a package has a name");
    package["dependencies"].as_array().into_iter().flatten().map(move |dependency| Dependency {
        room,
        on: dependency["name"].as_str().expect("a dependency has a name"),
        kind: if dependency["kind"] == "dev" { Kind::Development } else { Kind::Shipped },
    })
}

#[test]
fn every_room_depends_on_what_it_may_and_no_more() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("a workspace has packages");
    assert!(packages.len() >= 9, "cargo metadata lists the rooms: {}", packages.len());
    let offences: Vec<String> = packages.iter().flat_map(dependencies).filter_map(offence).collect();
    assert_none(
        &offences,
        "src-tauri → seam → engine, cli → engine → { remote, store } → domain; see docs/ARCHITECTURE.md.",
    );
}

#[test]
fn the_command_runner_ships_no_dependency() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("a workspace has packages");
    let xtask = packages.iter().find(|package| package["name"] == "xtask").expect("this package");
    let shipped: Vec<&str> =
        dependencies(xtask).filter(|d| d.kind == Kind::Shipped).map(|dependency| dependency.on).collect();
    assert!(shipped.is_empty(), "xtask checks the machine before anything is built, so {shipped:?} must go");
}

#[test]
fn an_offence_is_seen() {
    let offends = |room, on, kind| offence(Dependency { room, on, kind }).is_some();
    assert!(offends("pdt-domain", "pdt-store", Kind::Shipped), "domain depends on no room");
    assert!(offends("pdt-remote", "pdt-store", Kind::Shipped), "remote and store do not know each other");
    assert!(offends("pdt-store", "pdt-remote", Kind::Shipped), "neither way round");
    assert!(offends("pdt-cli", "pdt-store", Kind::Shipped), "a shell goes through the engine");
    assert!(offends("pdt-cli", "pdt-testkit", Kind::Shipped), "the testkit is never shipped");
    assert!(offends("pdt-engine", "rusqlite", Kind::Shipped), "SQL is the store's");
    assert!(offends("pdt-engine", "reqwest", Kind::Shipped), "HTTP is the remote's");
    assert!(offends("pdt-cli", "keyring-core", Kind::Shipped), "the keychain is the engine's");
    assert!(offends("pdt-engine", "tauri-plugin-notification", Kind::Shipped), "the window is the app's");
    assert!(offends("pdt-seam", "tauri", Kind::Shipped), "what the window is told builds without a window");
    assert!(offends("pdt-desktop", "pdt-store", Kind::Shipped), "the app is a shell as well");
    assert!(offends("pdt-newcomer", "serde", Kind::Shipped), "a new room is a decision");
}

#[test]
fn what_is_allowed_is_left_alone() {
    let offends = |room, on, kind| offence(Dependency { room, on, kind }).is_some();
    assert!(!offends("pdt-engine", "pdt-store", Kind::Shipped), "the engine uses both");
    assert!(!offends("pdt-desktop", "pdt-seam", Kind::Shipped), "the app speaks with its window");
    assert!(!offends("pdt-store", "rusqlite", Kind::Shipped), "SQL is the store's");
    assert!(!offends("pdt-cli", "rusqlite", Kind::Development), "a test may look into the database");
    assert!(!offends("pdt-engine", "pdt-testkit", Kind::Development), "tests have a far end");
}
