//! Window and resident process talk over a real way, with a real engine behind it.

#![cfg(test)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use futures::future::BoxFuture;
use pdt_domain::ids::Name;
use pdt_engine::api::{ApiError, Engine, Parts, Startup};
use pdt_engine::clock::SystemClock;
use pdt_engine::environment::Environment;
use pdt_engine::secrets::{MemoryKeychain, Secrets};
use pdt_engine::supervisor::Supervisor;
use pdt_seam::calls::{Autostart, Desktop, Host};
use pdt_seam::resident::{Order, serve};
use pdt_seam::window::{Answer, Client, Push};
use pdt_testkit::{FakeGithub, GithubSettings, NewToken};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Long enough for any machine; what is waited for comes at once.
const SOON: Duration = Duration::from_secs(20);

/// A desktop that counts what it is told.
#[derive(Debug, Default)]
struct Stage {
    tray: AtomicBool,
    autostart: AtomicBool,
    links: AtomicU32,
    closed: AtomicU32,
    quits: AtomicU32,
}

impl Desktop for Stage {
    fn open_link(&self, _: &str) -> Result<(), ApiError> {
        self.links.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    fn open_folder(&self, _: &Path) -> Result<(), ApiError> {
        self.links.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    fn autostart(&self) -> Result<bool, ApiError> {
        Ok(self.autostart.load(Ordering::SeqCst))
    }

    fn set_autostart(&self, choice: Autostart) -> Result<(), ApiError> {
        self.autostart.store(choice == Autostart::On, Ordering::SeqCst);
        Ok(())
    }

    fn test_notification(&self) -> BoxFuture<'_, Result<(), ApiError>> {
        Box::pin(std::future::ready(Err(ApiError::desktop("Nobody shows it."))))
    }

    fn has_tray(&self) -> bool {
        self.tray.load(Ordering::SeqCst)
    }

    fn close_window(&self) {
        self.closed.fetch_add(1, Ordering::SeqCst);
    }

    fn quit(&self) {
        self.quits.fetch_add(1, Ordering::SeqCst);
    }
}

/// Both ends and what lies between.
struct Talk {
    client: Client,
    pushed: UnboundedReceiver<Push>,
    orders: UnboundedSender<Order>,
    resident: JoinHandle<()>,
    stage: Arc<Stage>,
    engine: Engine,
    _folder: TempDir,
}

impl Talk {
    fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let environment = Environment::default();
        let secrets = Secrets::with(environment.clone(), Arc::new(MemoryKeychain::default()));
        let jira_gateway = "https://gateway.invalid".parse().unwrap();
        let parts = Parts { environment, secrets, clock: Arc::new(SystemClock), jira_gateway };
        let startup = Startup { data_dir: Some(folder.path().to_owned()) };
        let engine = Engine::open_with(startup, parts).unwrap();
        let stage = Arc::new(Stage::default());
        let host = Host {
            engine: engine.clone(),
            supervisor: Supervisor::new(engine.clone()),
            desktop: Arc::clone(&stage) as Arc<dyn Desktop>,
        };
        let (of_window, of_resident) = tokio::io::duplex(1 << 16);
        let (from_resident, to_resident) = tokio::io::split(of_window);
        let (from_window, to_window) = tokio::io::split(of_resident);
        let (orders, mut received) = unbounded_channel();
        let resident =
            tokio::spawn(async move { serve(from_window, to_window, host, &mut received).await.unwrap() });
        let (client, pushed, work) = Client::over(from_resident, to_resident);
        tokio::spawn(work);
        Self { client, pushed, orders, resident, stage, engine, _folder: folder }
    }

    async fn call(&self, name: &str, params: Value) -> Answer {
        timeout(SOON, self.client.call(name.to_owned(), params)).await.expect("an answer comes")
    }

    async fn document(&self, name: &str, params: Value) -> Value {
        let document = self.call(name, params).await.expect("the call goes well");
        serde_json::from_str(document.get()).unwrap()
    }

    async fn pushed(&mut self) -> Push {
        timeout(SOON, self.pushed.recv()).await.expect("something is said").expect("the way is open")
    }

    /// The next event of this name.
    async fn event(&mut self, wanted: &str) -> Value {
        loop {
            match self.pushed().await {
                Push::Event { name, payload } if name == wanted => {
                    return serde_json::from_str(payload.get()).unwrap();
                }
                Push::Event { .. } => {}
                other @ (Push::Focus | Push::Close) => panic!("{other:?} instead of {wanted}"),
            }
        }
    }
}

fn of_default() -> Value {
    json!({ "profile": "default" })
}

#[tokio::test]
async fn a_call_is_answered_with_the_engines_document() {
    let talk = Talk::begin();
    assert_eq!(talk.document("accounts", of_default()).await, json!([]), "a new PDT knows no account");
    assert_eq!(talk.document("status", of_default()).await["commits"]["status"], "idle");
    assert_eq!(talk.document("live", json!({})).await, json!({ "commits": null, "jira": null }));
}

#[tokio::test]
async fn every_answer_finds_the_call_that_it_belongs_to() {
    let talk = Talk::begin();
    let calls = (0..200).map(|at| {
        let name = format!("nobody-{at}");
        let call = talk.call("check_account", json!({ "profile": "default", "name": name.clone() }));
        async move { (name, call.await) }
    });
    for (name, answer) in futures::future::join_all(calls).await {
        let error = answer.expect_err("there is no such account");
        assert!(error["message"].as_str().unwrap().contains(&format!("{name:?}")), "{name}: {error}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_never_repeated() {
    let talk = Talk::begin();
    let wrong = [
        ("delete_everything", json!({})),
        ("status", json!({})),
        ("status", json!({ "profile": "canary\n" })),
        ("status", Value::Null),
        ("add_account", json!({ "profile": "default", "provider": "canary", "token": "canary" })),
        (
            "add_account",
            json!({ "profile": "default", "provider": "github", "url": null, "name": null, "token": ["canary"] }),
        ),
    ];
    for (name, params) in wrong {
        let error = talk.call(name, params).await.expect_err("it cannot be read");
        assert_eq!(error["code"], "usage", "{name}: {error}");
        assert!(!error.to_string().contains("canary"), "{name}: {error}");
        assert!(error["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{name}: it says what to do");
    }
}

#[tokio::test]
async fn an_account_is_connected_and_its_token_never_comes_back() {
    let talk = Talk::begin();
    let github = FakeGithub::start(GithubSettings::default()).unwrap();
    github.add_token(NewToken::new("canary-right", "ada").scopes(&["repo"]));
    let account = |token: &str| json!({ "profile": "default", "provider": "github", "url": github.url(), "name": "work", "token": token });
    let refused = talk.call("add_account", account("canary-wrong")).await.expect_err("the token is wrong");
    assert_eq!(refused["code"], "refused", "{refused}");
    let added = talk.document("add_account", account("canary-right")).await;
    assert_eq!((&added["name"], &added["login"]), (&json!("work"), &json!("ada")));
    let listed = talk.document("accounts", of_default()).await;
    let checked = talk.document("check_account", json!({ "profile": "default", "name": "work" })).await;
    assert_eq!(checked["ok"], true);
    for document in [refused, added, listed, checked] {
        assert!(!document.to_string().contains("canary"), "{document}");
    }
}

#[tokio::test]
async fn a_change_in_the_database_is_told() {
    let mut talk = Talk::begin();
    // Once a call is answered, the resident process listens.
    talk.document("about", json!({})).await;
    let choice = json!({ "choice": "stay" });
    talk.call("choose_closing", choice).await.expect("it can be chosen");
    assert_eq!(talk.event("changed").await, Value::Null);
}

#[tokio::test]
async fn orders_reach_the_window_and_the_last_one_ends_the_way() {
    let mut talk = Talk::begin();
    talk.orders.send(Order::Focus).unwrap();
    assert!(matches!(talk.pushed().await, Push::Focus));
    talk.orders.send(Order::Navigate("#/accounts".to_owned())).unwrap();
    assert_eq!(talk.event("navigate").await, json!("#/accounts"));
    talk.orders.send(Order::Close).unwrap();
    assert!(matches!(talk.pushed().await, Push::Close));
    timeout(SOON, talk.resident).await.expect("the resident process stops serving").unwrap();
}

#[tokio::test]
async fn with_a_tray_closing_closes() {
    let mut talk = Talk::begin();
    talk.stage.tray.store(true, Ordering::SeqCst);
    talk.client.closing().unwrap();
    assert!(matches!(talk.pushed().await, Push::Close));
    assert_eq!(talk.stage.quits.load(Ordering::SeqCst), 0, "PDT goes on in the tray");
}

#[tokio::test]
async fn without_a_tray_closing_asks_once() {
    let mut talk = Talk::begin();
    talk.client.closing().unwrap();
    assert_eq!(talk.event("ask_closing").await, Value::Null);
    talk.call("choose_closing", json!({ "choice": "quit" })).await.unwrap();
    assert_eq!(talk.stage.quits.load(Ordering::SeqCst), 1, "the answer is acted upon");
    let mut again = Talk { engine: talk.engine.clone(), ..talk };
    again.client.closing().unwrap();
    timeout(SOON, async {
        while again.stage.quits.load(Ordering::SeqCst) < 2 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the second time nobody is asked");
    again.engine.choose_closing(pdt_engine::api::ClosingChoice::Stay).await.unwrap();
    again.client.closing().unwrap();
    while !matches!(again.pushed().await, Push::Close) {}
}

#[tokio::test]
async fn when_the_resident_process_ends_every_waiting_call_hears_it() {
    let mut talk = Talk::begin();
    talk.document("about", json!({})).await;
    talk.resident.abort();
    while !matches!(talk.pushed().await, Push::Close) {}
    let error = talk.call("about", json!({})).await.expect_err("nobody is there");
    assert_eq!(error["message"], "PDT has ended, and this window with it.");
    assert!(talk.client.closing().is_err(), "closing needs nobody's leave any more");
}

#[tokio::test]
async fn where_pdt_could_not_start_every_call_says_why() {
    let error = ApiError::desktop("It is broken.").with_hint("Mend it.");
    let (client, mut pushed, work) = Client::after(&error);
    tokio::spawn(work);
    let told = client.call("about".to_owned(), json!({})).await.expect_err("there is nobody to answer");
    assert_eq!(told, json!({ "code": "desktop", "message": "It is broken.", "hint": "Mend it." }));
    client.closing().unwrap();
    assert!(matches!(timeout(SOON, pushed.recv()).await.unwrap(), Some(Push::Close)));
}

#[tokio::test]
async fn a_line_of_a_library_on_the_way_is_passed_over() {
    let (of_window, of_resident) = tokio::io::duplex(1 << 10);
    let (from_resident, to_resident) = tokio::io::split(of_window);
    let (_from_window, mut to_window) = tokio::io::split(of_resident);
    let (_client, mut pushed, work) = Client::over(from_resident, to_resident);
    tokio::spawn(work);
    to_window.write_all(b"Gtk-Message: canberra\n\n\"focus\"\n").await.unwrap();
    let first = timeout(SOON, pushed.recv()).await.unwrap().unwrap();
    assert!(matches!(first, Push::Focus), "{first:?}");
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_disturbs_no_other() {
    let talk = Talk::begin();
    drop(timeout(Duration::ZERO, talk.client.call("profiles".to_owned(), json!({}))).await);
    assert_eq!(talk.document("profiles", json!({})).await, json!([]));
    let profile = Name::default_profile();
    assert_eq!(talk.engine.accounts(&profile).await.unwrap(), []);
}
