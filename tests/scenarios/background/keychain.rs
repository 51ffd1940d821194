//! A keychain that is locked, away, silent or late: the status says so, nothing hangs, and nobody need start anew.

use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

use pdt_testkit::stage::{KEYRING_PASSWORD, Stage, wait_until};
use pdt_testkit::{GitRepo, NewCommit};
use serde_json::Value;

use super::REPOSITORY;
use crate::support::far::Far;
use crate::support::{CANARY, Finished, Pdt};

/// Within this time of the keychain's appearing a run has used it: without word from the bus it would be a minute.
const SECONDS: Duration = Duration::from_secs(12);

/// What finds the window that asks for the password.
const PROMPT: [&str; 4] = ["search", "--onlyvisible", "--class", "gcr-prompter"];

/// How long `pdt status` may take, whatever the keychain does.
const SOON: Duration = Duration::from_secs(3);

/// Adds the account, its token on standard input.
pub(super) fn add_account(pdt: &Pdt, far: &Far, token: &str) {
    let url = far.url();
    let arguments = ["account", "add", far.kind(), "--url", &url, "--name", "work", "--token-stdin"];
    let mut child = pdt.command(&arguments).stdin(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{token}").unwrap();
    let finished: Finished = child.wait_with_output().unwrap().into();
    assert_eq!(finished.status, Some(0), "the keychain takes the token: {}", finished.stderr);
}

/// A person whose token is in the keychain of this stage, which must be open now.
pub(super) fn person_on(stage: &Stage, far: &Far) -> Pdt {
    let bus = format!("unix:path={}", stage.home().join("run/bus").display());
    let pdt = Pdt::new().with("DBUS_SESSION_BUS_ADDRESS", &bus);
    add_account(&pdt, far, CANARY);
    pdt.json(&["repo", "add", &format!("{}/{REPOSITORY}", far.url())]);
    far.take_requests();
    pdt
}

/// A person whose token is in the keychain of a stage.
struct Scene {
    far: Far,
    pdt: Pdt,
    stage: Stage,
}

impl Scene {
    /// On a stage whose keychain is open.
    fn on(stage: Stage) -> Self {
        let (far, repo) = (Far::github(), GitRepo::create().unwrap());
        repo.commit("main", &NewCommit::new("Begin\n")).unwrap();
        far.add(REPOSITORY, &repo);
        let pdt = person_on(&stage, &far).every("1h", "1h");
        Self { far, pdt, stage }
    }

    /// The first run has failed, and the status says what is wrong with the keychain.
    fn fails_with(&self, words: &str) {
        let failed = self.pdt.state_when("commits", words, |state| state["outcome"] == "failed");
        let begin = Instant::now();
        let state = self.pdt.state("commits");
        assert!(begin.elapsed() < SOON, "told at once, not after {:?}", begin.elapsed());
        assert!(state["last_error"].as_str().is_some_and(|error| error.contains(words)), "{failed:#}");
        assert_eq!((&state["status"], &state["health"]), (&"idle".into(), &"failing".into()), "{state:#}");
        assert_eq!(self.far.take_requests(), [], "without a token nobody is asked");
    }

    fn recovers(&self, since: Instant) {
        let state = self.pdt.state_when("commits", "a good run", |state| state["outcome"] == "ok");
        assert!(since.elapsed() < SECONDS, "the bus has told: not {:?}", since.elapsed());
        assert_eq!(state["last_error"], Value::Null, "{state:#}");
    }
}

#[test]
fn a_keychain_that_is_away_is_named_and_used_as_soon_as_it_appears() {
    let stage = Stage::plan().without_bus().with_keychain_programs().raise().unwrap();
    // A bus that starts no service by itself.
    let _bus = stage.start_bare_bus().unwrap();
    let keychain = stage.start_keyring().unwrap();
    let scene = Scene::on(stage);
    // Its files stay; the daemon comes after PDT, as at login.
    keychain.signal("TERM").unwrap();
    let bus = scene.stage.bus().unwrap();
    wait_until("its end", SECONDS, || !bus.has("org.freedesktop.secrets").unwrap()).unwrap();
    let running = scene.pdt.start();
    scene.fails_with("keychain");
    let _late = scene.stage.start_keyring().unwrap();
    scene.recovers(Instant::now());
    running.stop("TERM");
}

#[test]
fn a_locked_keychain_is_named_and_used_as_soon_as_it_is_unlocked() {
    let scene = Scene::on(Stage::plan().with_keychain().with_display().raise().unwrap());
    scene.stage.lock_keychain().unwrap();
    let running = scene.pdt.start();
    scene.fails_with("The keychain is locked");
    assert!(scene.stage.run("xdotool", &PROMPT).is_err(), "and nobody is asked for a password");
    unlock(&scene.stage);
    scene.recovers(Instant::now());
    running.stop("TERM");
}

#[test]
fn a_keychain_that_does_not_answer_is_named_and_holds_up_nobody() {
    let stage = Stage::plan().with_keychain_programs().raise().unwrap();
    let keychain = stage.start_keyring().unwrap();
    let scene = Scene::on(stage);
    keychain.signal("STOP").unwrap();
    let running = scene.pdt.start();
    scene.fails_with("The keychain did not answer in time");
    running.stop("TERM");
    keychain.signal("CONT").unwrap();
    scene.pdt.sync_ok();
}

/// Unlocks the keychain through another program, whose window is answered.
fn unlock(stage: &Stage) {
    let mut other = stage.command("secret-tool");
    let arguments = ["lookup", "service", "dev.pdt.desktop", "username", "default/work"];
    let mut other = other.args(arguments).stdout(Stdio::null()).spawn().unwrap();
    let is_asked = || stage.run("xdotool", &[&PROMPT[..], &["windowfocus", "--sync"]].concat()).is_ok();
    wait_until("the keychain's window", SECONDS, is_asked).unwrap();
    stage.run("xdotool", &["type", "--delay", "20", KEYRING_PASSWORD]).unwrap();
    stage.run("xdotool", &["key", "Return"]).unwrap();
    assert!(other.wait().unwrap().success(), "the keychain takes the password");
}
