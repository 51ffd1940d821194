//! The system's keychain in earnest: a real session bus and a real Secret Service, held, locked, stopped, gone.
//!
//! Each test starts itself again on a stage of its own (home, runtime folder, bus and, where a window may show,
//! display), so that the person's own keychain is never touched.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod stage;

use std::time::{Duration, Instant};

use pdt_domain::ids::Name;
use pdt_domain::secret::Token;
use pdt_engine::environment::Environment;
use pdt_engine::secrets::{SecretError, SecretErrorKind, Secrets};

use stage::Display;

/// What a person is promised: a sentence within three seconds, whoever does not answer.
const PROMISED: Duration = Duration::from_secs(3);

const CANARY: &str = "glpat-canary-5f1c0d2e";

#[test]
fn a_token_is_stored_read_replaced_and_deleted() {
    stage::with_bus("a_token_is_stored_read_replaced_and_deleted", Display::None, |stage| {
        let keyring = stage.start_keyring();
        let secrets = Secrets::from_system(Environment::default());
        let (profile, work) = (name("default"), name("work"));

        assert_eq!(stage.wait(secrets.probe()), Ok(()), "an open keychain is ready");
        assert_eq!(
            kind(stage.wait(secrets.token(&profile, &work))),
            SecretErrorKind::Missing,
            "nothing is stored yet"
        );
        stage.wait(secrets.store(&profile, &work, &Token::new(CANARY.to_owned()))).unwrap();
        assert_eq!(
            stage.lookup("default/work").as_deref(),
            Some(CANARY),
            "other programs see what was stored"
        );
        assert_eq!(stage.wait(secrets.token(&profile, &work)).unwrap().expose(), CANARY, "and so do we");

        stage.wait(secrets.store(&profile, &work, &Token::new("second".to_owned()))).unwrap();
        assert_eq!(
            stage.lookup("default/work").as_deref(),
            Some("second"),
            "a new token replaces the old one"
        );
        assert_eq!(stage.wait(secrets.token(&profile, &work)).unwrap().expose(), "second");

        let elsewhere = name("client");
        assert_eq!(
            kind(stage.wait(secrets.token(&elsewhere, &work))),
            SecretErrorKind::Missing,
            "an account of the same name in another profile has a token of its own"
        );
        stage.wait(secrets.delete(&profile, &work)).unwrap();
        assert_eq!(stage.lookup("default/work"), None, "a deleted token is gone for everybody");
        assert_eq!(
            stage.wait(secrets.delete(&profile, &work)),
            Ok(()),
            "what is gone need not be deleted again"
        );
        drop(keyring);
    });
}

#[test]
fn several_entries_of_one_account_are_replaced_by_one() {
    stage::with_bus("several_entries_of_one_account_are_replaced_by_one", Display::None, |stage| {
        let _keyring = stage.start_keyring();
        let secrets = Secrets::from_system(Environment::default());
        let (profile, work) = (name("default"), name("work"));
        for stranger in ["one", "two"] {
            stage.store_from_outside("default/work", CANARY, stranger);
        }
        let error = stage.wait(secrets.token(&profile, &work)).unwrap_err();
        assert_eq!(error.kind(), SecretErrorKind::Broken, "nobody knows which one is meant: {error}");
        assert_no_canary(&error);
        stage.wait(secrets.store(&profile, &work, &Token::new("mine".to_owned()))).unwrap();
        assert_eq!(stage.wait(secrets.token(&profile, &work)).unwrap().expose(), "mine", "now there is one");
    });
}

#[test]
fn a_locked_keychain_says_so_in_time_and_serves_again_once_unlocked() {
    stage::with_bus(
        "a_locked_keychain_says_so_in_time_and_serves_again_once_unlocked",
        Display::Virtual,
        |stage| {
            let _keyring = stage.start_keyring();
            let secrets = Secrets::from_system(Environment::default());
            let (profile, work) = (name("default"), name("work"));
            stage.wait(secrets.store(&profile, &work, &Token::new(CANARY.to_owned()))).unwrap();
            stage.lock();

            let errors = [
                in_time(|| stage.wait(secrets.token(&profile, &work)).unwrap_err()),
                in_time(|| stage.wait(secrets.token(&profile, &name("unknown"))).unwrap_err()),
                in_time(|| {
                    stage.wait(secrets.store(&profile, &work, &Token::new(CANARY.to_owned()))).unwrap_err()
                }),
                in_time(|| {
                    stage.wait(secrets.store(&profile, &name("new"), &Token::new(CANARY.into()))).unwrap_err()
                }),
                in_time(|| stage.wait(secrets.delete(&profile, &work)).unwrap_err()),
                in_time(|| stage.wait(secrets.probe()).unwrap_err()),
            ];
            for error in &errors {
                assert_eq!(error.kind(), SecretErrorKind::Locked, "{error}");
                assert_no_canary(error);
            }
            assert!(!stage.shows_prompt(), "no call of a loop raises a window");

            stage.unlock();
            assert_eq!(
                stage.wait(secrets.token(&profile, &work)).unwrap().expose(),
                CANARY,
                "no restart is needed"
            );
            assert_eq!(stage.wait(secrets.probe()), Ok(()));
        },
    );
}

#[test]
fn an_unlocking_that_nobody_answers_ends_in_time_and_may_be_answered_later() {
    let test = "an_unlocking_that_nobody_answers_ends_in_time_and_may_be_answered_later";
    stage::with_bus(test, Display::Virtual, |stage| {
        let _keyring = stage.start_keyring();
        let secrets = Secrets::from_system(Environment::default());
        let (profile, work) = (name("default"), name("work"));
        stage.wait(secrets.store(&profile, &work, &Token::new(CANARY.to_owned()))).unwrap();
        stage.lock();

        let patience = Duration::from_millis(2500);
        let error = in_time(|| stage.wait(secrets.unlock(patience)).unwrap_err());
        assert_eq!(error.kind(), SecretErrorKind::Late, "nobody answered: {error}");
        stage.wait_for_prompt();
        assert_eq!(
            kind(stage.wait(secrets.token(&profile, &work))),
            SecretErrorKind::Locked,
            "a window that waits for its answer keeps nobody from hearing that the keychain is locked"
        );

        stage.answer_prompt();
        assert_eq!(
            stage.wait(secrets.unlock(Duration::from_secs(20))),
            Ok(()),
            "the answer counts, though late"
        );
        assert_eq!(stage.wait(secrets.token(&profile, &work)).unwrap().expose(), CANARY);
    });
}

#[test]
fn a_declined_unlocking_is_a_refusal() {
    stage::with_bus("a_declined_unlocking_is_a_refusal", Display::Virtual, |stage| {
        let _keyring = stage.start_keyring();
        let secrets = Secrets::from_system(Environment::default());
        stage.lock();
        let asked = stage.spawn({
            let secrets = secrets.clone();
            async move { secrets.unlock(Duration::from_secs(60)).await }
        });
        stage.wait_for_prompt();
        stage.dismiss_prompt();
        let error = stage.wait(asked).unwrap().unwrap_err();
        assert_eq!(error.kind(), SecretErrorKind::Refused, "{error}");
    });
}

#[test]
fn a_keychain_that_is_stuck_is_late_and_serves_again_once_it_moves() {
    stage::with_bus(
        "a_keychain_that_is_stuck_is_late_and_serves_again_once_it_moves",
        Display::None,
        |stage| {
            let keyring = stage.start_keyring();
            let secrets = Secrets::from_system(Environment::default());
            let (profile, work) = (name("default"), name("work"));
            stage.wait(secrets.store(&profile, &work, &Token::new("first".to_owned()))).unwrap();

            keyring.signal("STOP").unwrap();
            let error = in_time(|| stage.wait(secrets.token(&profile, &work)).unwrap_err());
            assert_eq!(error.kind(), SecretErrorKind::Late, "{error}");
            let error = in_time(|| {
                stage.wait(secrets.store(&profile, &work, &Token::new(CANARY.to_owned()))).unwrap_err()
            });
            assert_eq!(error.kind(), SecretErrorKind::Late, "{error}");
            assert_no_canary(&error);

            keyring.signal("CONT").unwrap();
            assert_eq!(
                stage.wait(secrets.token(&profile, &work)).unwrap().expose(),
                "first",
                "what was reported as not stored is not stored behind the person's back"
            );
        },
    );
}

#[test]
fn a_keychain_that_comes_late_or_comes_back_serves_without_restart() {
    stage::without_bus("a_keychain_that_comes_late_or_comes_back_serves_without_restart", |stage| {
        let secrets = Secrets::from_system(Environment::default());
        let (profile, work) = (name("default"), name("work"));
        let token = Token::new(CANARY.to_owned());

        let error = in_time(|| stage.wait(secrets.token(&profile, &work)).unwrap_err());
        assert_eq!(error.kind(), SecretErrorKind::Absent, "there is no bus: {error}");
        let error = in_time(|| stage.wait(secrets.store(&profile, &work, &token)).unwrap_err());
        assert_eq!(error.kind(), SecretErrorKind::Absent, "nor for storing: {error}");
        assert_no_canary(&error);

        let _bus = stage.start_bare_bus();
        let error = in_time(|| stage.wait(secrets.probe()).unwrap_err());
        assert_eq!(error.kind(), SecretErrorKind::Absent, "there is a bus and no keychain on it: {error}");

        let keyring = stage.start_keyring();
        stage.wait(secrets.store(&profile, &work, &token)).unwrap();
        assert_eq!(stage.wait(secrets.token(&profile, &work)).unwrap().expose(), CANARY, "it came up later");

        drop(keyring);
        let error = in_time(|| stage.wait(secrets.token(&profile, &work)).unwrap_err());
        assert_eq!(error.kind(), SecretErrorKind::Absent, "it is gone: {error}");
        let _again = stage.start_keyring();
        assert_eq!(stage.wait(secrets.token(&profile, &work)).unwrap().expose(), CANARY, "it is back");
    });
}

#[test]
fn a_keychain_without_a_keyring_says_that_it_cannot_hold_a_token() {
    stage::with_bus(
        "a_keychain_without_a_keyring_says_that_it_cannot_hold_a_token",
        Display::None,
        |stage| {
            // Nobody starts the keychain: the bus does so on demand, and it is as new as after an automatic login.
            let secrets = Secrets::from_system(Environment::default());
            let (profile, work) = (name("default"), name("work"));
            let error = in_time(|| {
                stage.wait(secrets.store(&profile, &work, &Token::new(CANARY.into()))).unwrap_err()
            });
            assert_eq!(error.kind(), SecretErrorKind::Absent, "{error}");
            assert!(
                error.to_string().contains("no keyring yet"),
                "the sentence tells it from no keychain: {error}"
            );
            assert_no_canary(&error);
        },
    );
}

#[test]
fn an_unlocking_makes_the_keyring_where_there_is_none() {
    stage::with_bus("an_unlocking_makes_the_keyring_where_there_is_none", Display::Virtual, |stage| {
        let secrets = Secrets::from_system(Environment::default());
        let (profile, work) = (name("default"), name("work"));
        let asked = stage.spawn({
            let secrets = secrets.clone();
            async move { secrets.unlock(Duration::from_secs(60)).await }
        });
        stage.wait_for_prompt();
        stage.choose_password();
        assert_eq!(stage.wait(asked).unwrap(), Ok(()), "the person chose a password");
        stage.wait(secrets.store(&profile, &work, &Token::new(CANARY.to_owned()))).unwrap();
        assert_eq!(stage.lookup("default/work").as_deref(), Some(CANARY), "now there is a place for a token");
    });
}

#[test]
fn an_unlocking_ends_with_the_keychain_that_asked() {
    stage::with_bus("an_unlocking_ends_with_the_keychain_that_asked", Display::Virtual, |stage| {
        let keyring = stage.start_keyring();
        let secrets = Secrets::from_system(Environment::default());
        stage.lock();
        let asked = stage.spawn({
            let secrets = secrets.clone();
            async move { secrets.unlock(Duration::from_secs(60)).await }
        });
        stage.wait_for_prompt();
        drop(keyring);
        let error = stage.wait(asked).unwrap().unwrap_err();
        assert_eq!(error.kind(), SecretErrorKind::Absent, "nobody waits for a window that is gone: {error}");
    });
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn kind(result: Result<Token, SecretError>) -> SecretErrorKind {
    result.unwrap_err().kind()
}

fn in_time<T>(call: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let answer = call();
    assert!(start.elapsed() < PROMISED, "the sentence came after {:?}", start.elapsed());
    answer
}

fn assert_no_canary(error: &SecretError) {
    assert!(!format!("{error} {error:?}").contains(CANARY), "an error never repeats a token");
}
