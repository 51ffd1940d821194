//! Secrets above any keychain: which token wins, what an error says, and that nobody waits for ever.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail where it stands")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

use pdt_domain::ids::Name;
use pdt_domain::secret::Token;
use pdt_engine::environment::Environment;
use pdt_engine::secrets::{
    EntryName, Failure, Keychain, MemoryKeychain, SecretError, SecretErrorKind, Secrets, TokenSource, Wanted,
    variable_of,
};

const CANARY: &str = "ghp_canary5f1c0d2e";

#[tokio::test]
async fn a_variable_goes_before_the_keychain() {
    let keychain = Arc::new(MemoryKeychain::default());
    let environment = Environment::of([("PDT_TOKEN_WORK_2", " from-variable\n"), ("PDT_TOKEN_EMPTY", "")]);
    let secrets = Secrets::with(environment, Arc::clone(&keychain) as Arc<dyn Keychain>);
    for account in ["work-2", "empty"] {
        secrets
            .store(&name("default"), &name(account), &Token::new("from-keychain".to_owned()))
            .await
            .unwrap();
    }

    let token = secrets.token(&name("default"), &name("work-2")).await.unwrap();
    assert_eq!(
        token.expose(),
        "from-variable",
        "who sets a variable means it; white space is no part of a token"
    );
    assert_eq!(
        secrets.token_source(&name("work-2")),
        TokenSource::Environment("PDT_TOKEN_WORK_2".to_owned())
    );
    let token = secrets.token(&name("default"), &name("empty")).await.unwrap();
    assert_eq!(token.expose(), "from-keychain", "an empty variable is none");
    assert_eq!(secrets.token_source(&name("empty")), TokenSource::Keychain);

    keychain.fail_with(Failure::absent("There is no keychain in this session"));
    assert!(secrets.token(&name("default"), &name("work-2")).await.is_ok(), "a server needs no keychain");
    assert!(secrets.environment_has(&name("work-2")), "and can know it beforehand");
    assert!(secrets.token(&name("default"), &name("empty")).await.is_err());
    keychain.recover();
    assert!(secrets.token(&name("default"), &name("empty")).await.is_ok(), "nothing of the failure sticks");
}

#[tokio::test]
async fn a_variable_of_the_file_serves_too() {
    let (environment, _) =
        Environment::default().with_file_text(std::path::Path::new(".env"), "PDT_TOKEN_WORK=from-file");
    let secrets = Secrets::with(environment, Arc::new(MemoryKeychain::default()));
    assert_eq!(secrets.token(&name("default"), &name("work")).await.unwrap().expose(), "from-file");
}

#[test]
fn a_variable_is_the_accounts_name_in_capitals() {
    for (account, variable) in [
        ("work", "PDT_TOKEN_WORK"),
        ("git.acme.example", "PDT_TOKEN_GIT_ACME_EXAMPLE"),
        ("Kundin Müller 2", "PDT_TOKEN_KUNDIN_M_LLER_2"),
        ("a/b:c", "PDT_TOKEN_A_B_C"),
    ] {
        assert_eq!(variable_of(&name(account)), variable);
    }
}

#[test]
fn two_accounts_never_share_an_entry() {
    let entry = |profile, account| EntryName::new(&name(profile), &name(account)).to_string();
    assert_eq!(entry("default", "work"), "default/work", "the entry is called as the person would call it");
    assert_ne!(entry("a/b", "c"), entry("a", "b/c"), "a slash in a name does not move the border");
    assert_ne!(entry("a%2Fb", "c"), entry("a/b", "c"), "nor does what stands for the slash");
}

#[tokio::test]
async fn every_failure_says_what_failed_for_which_account_and_what_to_do() {
    let failures = [
        Failure::locked(),
        Failure::absent("There is no keychain in this session"),
        Failure::late(),
        Failure::refused(),
        Failure::missing(),
        Failure::broken("the bus\nsays \u{7}no.".to_owned()),
    ];
    let mut sentences = Vec::new();
    for failure in failures {
        let keychain = MemoryKeychain::default();
        keychain.fail_with(failure);
        let secrets = Secrets::with(Environment::default(), Arc::new(keychain));
        sentences.push(secrets.token(&name("default"), &name("work")).await.unwrap_err().to_string());
    }
    let keychain = MemoryKeychain::default();
    keychain.fail_with(Failure::locked());
    let secrets = Secrets::with(Environment::default(), Arc::new(keychain));
    let token = Token::new(CANARY.to_owned());
    sentences.push(secrets.store(&name("default"), &name("work"), &token).await.unwrap_err().to_string());
    sentences.push(secrets.delete(&name("default"), &name("work")).await.unwrap_err().to_string());
    sentences.push(secrets.probe().await.unwrap_err().to_string());
    sentences.push(secrets.unlock(Duration::from_secs(1)).await.unwrap_err().to_string());
    insta::assert_snapshot!(sentences.join("\n"), @r#"
    The keychain is locked: the token of account work cannot be read. Unlock it in the system's password manager and try again, or give the token in the variable PDT_TOKEN_WORK.
    There is no keychain in this session: the token of account work cannot be read. Start the desktop's keychain (GNOME Keyring, KWallet, KeePassXC) and try again, or give the token in the variable PDT_TOKEN_WORK.
    The keychain did not answer in time: the token of account work cannot be read. Answer its window if it shows one, or restart it, and try again, or give the token in the variable PDT_TOKEN_WORK.
    The keychain refused access: the token of account work cannot be read. Try again and allow PDT to use it, or give the token in the variable PDT_TOKEN_WORK.
    The keychain holds no token for account work. Add the account again with its token, or give the token in the variable PDT_TOKEN_WORK.
    The keychain failed (the bus says no): the token of account work cannot be read. Check it in the system's password manager and try again, or give the token in the variable PDT_TOKEN_WORK.
    The keychain is locked: the token of account work cannot be stored. Unlock it in the system's password manager and try again, or give the token in the variable PDT_TOKEN_WORK.
    The keychain is locked: the token of account work cannot be deleted. Unlock it in the system's password manager and try again.
    The keychain is locked. Unlock it in the system's password manager and try again, or give each account's token in a variable PDT_TOKEN_<NAME>.
    The keychain is locked. Unlock it in the system's password manager and try again.
    "#);
}

#[tokio::test]
async fn an_error_never_repeats_a_token_even_where_the_keychain_does() {
    let keychain = MemoryKeychain::default();
    keychain.fail_with(Failure::broken(format!("cannot write {CANARY} to the disk")));
    let secrets = Secrets::with(Environment::default(), Arc::new(keychain));
    let token = Token::new(CANARY.to_owned());
    let error = secrets.store(&name("default"), &name("work"), &token).await.unwrap_err();
    let text = format!("{error} {error:?} {} {} {secrets:?}", error.message(), error.hint());
    assert!(!text.contains(CANARY), "{text}");
}

#[tokio::test]
async fn a_call_that_hangs_is_late_in_time_and_does_not_hold_up_the_next_one() {
    let keychain = Arc::new(Hanging::default());
    let secrets = Secrets::with(Environment::default(), Arc::clone(&keychain) as Arc<dyn Keychain>);
    let start = Instant::now();
    let error = secrets.token(&name("default"), &name("hangs")).await.unwrap_err();
    assert_eq!(error.kind(), SecretErrorKind::Late);
    assert!(start.elapsed() < Duration::from_secs(3), "after {:?}", start.elapsed());
    assert!(secrets.token(&name("default"), &name("works")).await.is_ok(), "a new call is a new chance");
    keychain.release.wait();
}

#[tokio::test]
async fn a_keychain_that_never_answers_holds_a_few_threads_and_no_more() {
    let keychain = Arc::new(Hanging::default());
    let secrets = Secrets::with(Environment::default(), Arc::clone(&keychain) as Arc<dyn Keychain>);
    let (profile, account) = (name("default"), name("hangs for ever"));
    let calls = (0..50).map(|_| secrets.token(&profile, &account));
    let start = Instant::now();
    let answers = futures::future::join_all(calls).await;
    assert!(start.elapsed() < Duration::from_secs(3), "after {:?}", start.elapsed());
    assert!(answers.iter().all(late), "everybody hears that it is late");
    assert_eq!(keychain.begun.load(Ordering::SeqCst), 8, "of all the calls a few began");
}

#[tokio::test]
async fn a_write_that_nobody_waits_for_any_more_is_not_made() {
    let keychain = Arc::new(Hanging::default());
    let secrets = Secrets::with(Environment::default(), Arc::clone(&keychain) as Arc<dyn Keychain>);
    let token = Token::new(CANARY.to_owned());
    let error = secrets.store(&name("default"), &name("hangs"), &token).await.unwrap_err();
    assert_eq!(error.kind(), SecretErrorKind::Late);
    keychain.release.wait();
    keychain.release.wait();
    assert_eq!(keychain.written.load(Ordering::SeqCst), 0, "the person was told that it failed");
}

#[tokio::test]
async fn a_keychain_that_panics_is_broken_and_serves_again() {
    let keychain = Arc::new(Hanging::default());
    let secrets = Secrets::with(Environment::default(), Arc::clone(&keychain) as Arc<dyn Keychain>);
    let error = secrets.token(&name("default"), &name("panics")).await.unwrap_err();
    assert_eq!(error.kind(), SecretErrorKind::Broken, "{error}");
    assert!(secrets.token(&name("default"), &name("works")).await.is_ok());
}

/// Hangs where the account is called so: until the test meets it at the barrier, or for ever.
struct Hanging {
    release: Barrier,
    begun: AtomicUsize,
    written: AtomicUsize,
}

impl Default for Hanging {
    fn default() -> Self {
        Self { release: Barrier::new(2), begun: AtomicUsize::new(0), written: AtomicUsize::new(0) }
    }
}

impl Keychain for Hanging {
    fn read(&self, entry: &EntryName) -> Result<Token, Failure> {
        self.begun.fetch_add(1, Ordering::SeqCst);
        match entry.as_str() {
            "default/hangs" => drop(self.release.wait()),
            "default/panics" => panic!("a library's panic"),
            "default/hangs for ever" => loop {
                std::thread::park();
            },
            _ => {}
        }
        Ok(Token::new("token".to_owned()))
    }

    fn write(&self, _entry: &EntryName, _token: &Token, wanted: Wanted<'_>) -> Result<(), Failure> {
        self.release.wait();
        if wanted() {
            self.written.fetch_add(1, Ordering::SeqCst);
        }
        self.release.wait();
        Ok(())
    }

    fn delete(&self, _entry: &EntryName, _wanted: Wanted<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn probe(&self) -> Result<(), Failure> {
        Ok(())
    }

    fn unlock(&self) -> Result<(), Failure> {
        Ok(())
    }
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn late(answer: &Result<Token, SecretError>) -> bool {
    answer.as_ref().is_err_and(|error| error.kind() == SecretErrorKind::Late)
}
