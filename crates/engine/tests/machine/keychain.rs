//! The keychain, a real one.

use std::process::Stdio;

use pdt_engine::machine::Machine;
use pdt_testkit::stage::{KEYRING_PASSWORD, wait_until};
use tokio::sync::watch;
use zbus::connection::Builder;

use crate::stage::{PATIENCE, Stage, say_until_heard, until};

const NAME: &str = "org.freedesktop.secrets";
const SERVICE: &str = "dev.pdt.test";
const USER: &str = "default/work";

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_comes_late_is_told_and_is_not_started_for_it() {
    let stage = Stage::raise(pdt_testkit::Stage::plan().with_keychain_programs());
    let mut machine = stage.follow().machine();
    listens(&stage, &mut machine).await;
    let bus = stage.stage.bus().unwrap();
    assert!(!bus.has(NAME).unwrap(), "the bus could start it, and nobody has asked it to");

    let before = machine.borrow_and_update().keychain;
    let keychain = stage.stage.start_keyring().unwrap();
    let there = until(&mut machine, "the keychain", |machine| machine.keychain > before).await;
    drop(keychain);
    wait_until("its end", PATIENCE, || !bus.has(NAME).unwrap()).unwrap();
    let _again = stage.stage.start_keyring().unwrap();
    until(&mut machine, "its return", |machine| machine.keychain > there.keychain).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lock_that_closes_or_opens_is_told() {
    let stage = Stage::raise(pdt_testkit::Stage::plan().with_keychain_programs().with_display());
    let mut machine = stage.follow().machine();
    listens(&stage, &mut machine).await;
    let before = machine.borrow_and_update().keychain;
    let _keychain = stage.stage.start_keyring().unwrap();
    let there = until(&mut machine, "the keychain", |machine| machine.keychain > before).await;

    stage.stage.store_from_outside(SERVICE, USER, "sesame", "none").unwrap();
    stage.stage.lock_keychain().unwrap();
    // GNOME Keyring tells it twice.
    let locked = until(&mut machine, "the lock", |machine| machine.keychain >= there.keychain + 2).await;
    unlock(&stage);
    until(&mut machine, "the unlocking", |machine| machine.keychain > locked.keychain).await;
    assert_eq!(stage.stage.secret(SERVICE, USER).unwrap().as_deref(), Some("sesame"), "it is open indeed");
}

/// Unlocks the keychain through another program, whose window is answered.
fn unlock(stage: &Stage) {
    let mut other = stage.stage.command("secret-tool");
    let arguments = ["lookup", "service", SERVICE, "username", USER];
    let mut other = other.args(arguments).stdout(Stdio::null()).spawn().unwrap();
    let window = ["search", "--onlyvisible", "--class", "gcr-prompter", "windowfocus", "--sync"];
    wait_until("the keychain's window", PATIENCE, || stage.stage.run("xdotool", &window).is_ok()).unwrap();
    stage.stage.run("xdotool", &["type", "--delay", "20", KEYRING_PASSWORD]).unwrap();
    stage.stage.run("xdotool", &["key", "Return"]).unwrap();
    assert!(other.wait().unwrap().success(), "the keychain takes the password");
}

/// Waits until the session bus is listened to, and leaves it as it was.
async fn listens(stage: &Stage, machine: &mut watch::Receiver<Machine>) {
    let somebody = Builder::address(stage.session().as_str()).unwrap().build().await.unwrap();
    let come_and_go = async || {
        somebody.request_name(NAME).await.unwrap();
        somebody.release_name(NAME).await.unwrap();
    };
    say_until_heard(machine, come_and_go, |machine| machine.keychain > 0).await;
}
