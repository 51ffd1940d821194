//! The app's window from inside: what stands in the page, found by the names that the page has for tests.

use std::future::Future;
use std::net::TcpStream;
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use pdt_testkit::stage::{Running, wait_for, wait_until};
use serde_json::{Map, Value};

use super::app::free_port;
use super::{App, PATIENCE, Scene};

/// How long one step of the driver may take.
const STEP: Duration = Duration::from_secs(20);

/// The app's window in the hands of WebDriver.
pub(crate) struct Window<'a> {
    scene: &'a Scene,
    pub(super) client: Client,
    _driver: Running,
}

impl<'a> Window<'a> {
    /// The driver connects to the app that runs already, so that the app is started as a person starts it, and its
    /// window may come later, go, and come back.
    pub(super) fn attach(app: &App<'a>) -> Self {
        let scene = app.scene;
        app.wait_for_window();
        let port = free_port();
        let mut command = scene.stage.command("WebKitWebDriver");
        command.args([format!("--port={port}"), format!("--target=127.0.0.1:{}", app.inspector)]);
        let driver = scene.stage.start(&mut command).unwrap();
        let answers = || TcpStream::connect(("127.0.0.1", port)).is_ok();
        wait_until("WebKitWebDriver", PATIENCE, answers).unwrap();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(Map::from_iter([("browserName".to_owned(), Value::from("wry"))]));
        let client = scene.wait(in_time(builder.connect(&format!("http://127.0.0.1:{port}")))).unwrap();
        Self { scene, client, _driver: driver }
    }

    /// Everything that has this name now.
    pub(crate) fn all(&self, testid: &str) -> Vec<Element> {
        self.step(self.client.find_all(Locator::Css(&css(testid))))
    }

    /// The first thing of this name, waited for.
    pub(crate) fn one(&self, testid: &str) -> Element {
        self.matching(testid, "")
    }

    /// The first thing of this name that these attributes describe too, as in `[data-state=ok]`, waited for.
    pub(crate) fn matching(&self, testid: &str, attributes: &str) -> Element {
        let selector = format!("{}{attributes}", css(testid));
        let found = wait_for(&format!("{selector} in the window"), PATIENCE, || {
            self.step(self.client.find_all(Locator::Css(&selector))).into_iter().next()
        });
        found.unwrap_or_else(|error| panic!("{error}. The page says:\n{}", self.text()))
    }

    /// Clicks it, as soon as it is there.
    pub(crate) fn click(&self, testid: &str) {
        let element = self.one(testid);
        self.step(element.click());
    }

    /// Clicks what ends the window. The answer to the click may end with it: what came of it is to be looked at.
    pub(crate) fn click_last(&self, testid: &str) {
        let element = self.one(testid);
        let _ = self.scene.wait(async { tokio::time::timeout(STEP, element.click()).await });
    }

    /// Clicks the first thing that this name and these attributes describe.
    pub(crate) fn click_matching(&self, testid: &str, attributes: &str) {
        let element = self.matching(testid, attributes);
        self.step(element.click());
    }

    /// Types into it, in the place of what stands there.
    pub(crate) fn fill(&self, testid: &str, text: &str) {
        let element = self.one(testid);
        self.step(element.clear());
        self.step(element.send_keys(text));
    }

    /// What can be read in everything of this name.
    pub(crate) fn texts(&self, testid: &str) -> Vec<String> {
        let script =
            "return Array.from(document.querySelectorAll(arguments[0])).map(e => e.textContent.trim())";
        let found = self.run(script, vec![Value::from(css(testid))]);
        found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Waits until something of this name says `words` somewhere.
    pub(crate) fn wait_for_words(&self, testid: &str, words: &str) {
        let says = || self.texts(testid).iter().any(|text| text.contains(words));
        wait_until(&format!("{words:?} in {testid}"), PATIENCE, says)
            .unwrap_or_else(|error| panic!("{error}. The page says:\n{}", self.text()));
    }

    /// Waits until the page says `words` somewhere.
    pub(crate) fn wait_for_text(&self, words: &str) {
        wait_until(&format!("{words:?} in the page"), PATIENCE, || self.text().contains(words))
            .unwrap_or_else(|error| panic!("{error}. It says:\n{}", self.text()));
    }

    /// Waits until nothing has this name any more.
    pub(crate) fn wait_for_none(&self, testid: &str) {
        wait_until(&format!("the end of {testid}"), PATIENCE, || self.all(testid).is_empty())
            .unwrap_or_else(|error| panic!("{error}. The page says:\n{}", self.text()));
    }

    /// Everything that can be read in the page.
    pub(crate) fn text(&self) -> String {
        self.run("return document.body.innerText", Vec::new()).as_str().unwrap_or_default().to_owned()
    }

    /// The page as it stands in memory, values of fields included.
    pub(crate) fn source(&self) -> String {
        let script = "return document.documentElement.outerHTML \
                      + Array.from(document.querySelectorAll('input, textarea')).map(e => e.value).join('\\n')";
        self.run(script, Vec::new()).as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script in the page.
    pub(crate) fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.step(self.client.execute(script, arguments))
    }

    pub(super) fn step<T, E: std::fmt::Debug>(&self, step: impl Future<Output = Result<T, E>>) -> T {
        self.scene.wait(in_time(step)).unwrap()
    }
}

/// The driver waits without end for a web view that is gone.
async fn in_time<T>(step: impl Future<Output = T>) -> T {
    tokio::time::timeout(STEP, step).await.expect("WebKitWebDriver answers")
}

fn css(testid: &str) -> String {
    format!("[data-testid=\"{testid}\"]")
}
