//! A hostile world, in the real web view: whatever services say is shown as text, in every view, and leads nowhere.

use pdt_testkit::git::Person;
use pdt_testkit::jira::{BoardType, Category, Edit, NewBoard, NewCard, NewSprint, World};
use pdt_testkit::stage::wait_until;
use pdt_testkit::{FakeJira, GitRepo, JiraSettings, NewCommit, NewToken};
use serde_json::{Value, json};

use crate::support::{JIRA_TOKEN, PATIENCE, Scene, Trap, Window, desktop};

/// The Jira account's name, and the variable that it means.
const ACCOUNT: &str = "<b>Jira</b>";
const VARIABLE: &str = "PDT_TOKEN__B_JIRA__B_";

/// Text that a page may take for its own, that leads to the trap, and that may turn what stands beside it around.
fn evil(what: &str, trap: &str) -> String {
    format!(
        "{what} <img src={trap}/i onerror=\"window.__hacked=1\"><script>window.__hacked=2</script>\
         <script src={trap}/s></script><iframe src={trap}/f></iframe><svg onload=\"window.__hacked=3\">\
         <link rel=stylesheet href={trap}/c><style>@import '{trap}/a'</style>\" onmouseover=\"window.__hacked=4\" \
         {{{{7*7}}}} ${{8*8}} [click](javascript:window.__hacked=5) ![]({trap}/m) javascript:window.__hacked=6 \
         [wiki|javascript:window.__hacked=10] !{trap}/w.png! !{trap}/t.png|thumbnail! \
         {{html}}<script src={trap}/h></script>{{html}} \
         \u{202e}sdrawkcab\u{2066}"
    )
}

/// A line of a megabyte.
fn endless() -> String {
    format!("PDT-1 {}\n", "<b>wide</b>".repeat(100_000))
}

#[test]
fn what_services_say_is_text_in_every_view_and_nothing_of_it_comes_alive() {
    let trap = Trap::set();
    let jira = jira(&trap.url());
    let scene = Scene::set(desktop()).connected().with_jira(&jira, ACCOUNT);
    push(&scene.widgets, &trap.url());
    let app = scene.app().with_token().with(VARIABLE, JIRA_TOKEN).hidden().start();
    // A window that opens earlier leads through the first sync.
    wait_until("the first sync", PATIENCE, || scene.last_sync().is_some() && scene.stored().len() == 5)
        .unwrap();
    app.choose("Open dashboard");
    let window = app.window();
    window.run(
        "window.addEventListener('securitypolicyviolation', e => { window.__refused = e.blockedURI })",
        vec![],
    );

    let watch = Watch { window: &window, trap: &trap, elements: elements(&window) };
    watch.overview();
    watch.commits();
    watch.board();
    watch.places();
    watch.activity();
    watch.palette();
    let asked = jira.requests().len() + scene.github.requests().len();
    assert!(asked > 0, "the services themselves were asked");
}

fn push(widgets: &GitRepo, trap: &str) {
    let eve = Person::new("\u{202e}evE\" onfocus=\"window.__hacked=7", "eve&lt;img&gt;@example.org");
    widgets.commit("main", &NewCommit::new(&evil("PDT-1 subject", trap)).by(&eve)).unwrap();
    widgets.commit("main", &NewCommit::new(&endless())).unwrap();
    let branch = "fix/<script>window.__hacked=8</script>\u{202e}";
    widgets.branch(branch, "main").unwrap();
    let body = format!("On a branch\n\n{}\n", evil("body", trap));
    widgets.commit(branch, &NewCommit::new(&body).by(&eve)).unwrap();
}

fn jira(trap: &str) -> FakeJira {
    let world = World::new();
    world.act_as(&evil("Mallory", trap));
    world.add_project("PDT", &evil("project", trap));
    world.add_status(&evil("status", trap), Category::Indeterminate);
    let board = world.add_board(NewBoard::new(&evil("board", trap), BoardType::Scrum, "PDT")).unwrap();
    let sprint = NewSprint::new(&evil("sprint", trap), board).goal(&evil("goal", trap));
    let sprint = world.add_sprint(sprint);
    let card = NewCard::new("PDT", &evil("summary", trap))
        .in_sprint(sprint)
        .points(3.0)
        .description(&(evil("description", trap) + "\n" + &endless()))
        .labels(&["<b>label</b>", "javascript:window.__hacked=9"]);
    let key = world.add_card(card).unwrap();
    world.start_sprint(sprint).unwrap();
    world.edit(&key, Edit::Assignee(Some(evil("assignee", trap)))).unwrap();
    world.edit(&key, Edit::Status(evil("status", trap))).unwrap();
    world.edit(&key, Edit::Summary(evil("another summary", trap))).unwrap();
    let jira = FakeJira::with_world(JiraSettings::default(), &world).unwrap();
    jira.add_token(NewToken::new(JIRA_TOKEN, "ada"));
    jira
}

/// Elements that no view of PDT has, and that markup would have made; scripts that are there anyhow are counted.
fn elements(window: &Window<'_>) -> Value {
    let script = "const of = (words) => document.querySelectorAll(words).length; return [
        of('script'), of('link[rel=stylesheet]'),
        of('iframe, object, embed, img[src^=http], [onerror], [onload], [onfocus], [onmouseover]'),
        of('a[href^=javascript], form[action]'), of('body style'),
        [...document.querySelectorAll('b')].filter(e => ['Jira', 'wide', 'label'].includes(e.textContent)).length]";
    window.run(script, Vec::new())
}

/// The window under attack.
struct Watch<'a> {
    window: &'a Window<'a>,
    trap: &'a Trap,
    /// Its elements at the beginning.
    elements: Value,
}

impl Watch<'_> {
    /// Nothing has come alive, nothing was asked for, and the text itself is there to be read.
    fn is_calm(&self, place: &str, shown: &str) {
        self.window.wait_for_text(shown);
        let hacked = self.window.run("return window.__hacked ?? null", Vec::new());
        assert_eq!(hacked, Value::Null, "{place}: no script of a service has run");
        let refused = self.window.run("return window.__refused ?? null", Vec::new());
        assert_eq!(refused, Value::Null, "{place}: not even the security policy had to help");
        assert_eq!(elements(self.window), self.elements, "{place}: no element was made out of text");
        assert_eq!(self.trap.visitors(), Vec::<String>::new(), "{place}: nobody was led to the trap");
        let width = self.window.run("return document.documentElement.scrollWidth - innerWidth", Vec::new());
        assert_eq!(width, json!(0), "{place}: no text pushes the page out of the window");
    }

    /// Opens a row, which may lie so far below that the driver finds nothing to click at.
    fn open(&self, testid: &str, attributes: &str) {
        self.window.matching(testid, attributes);
        let row = format!("[data-testid=\"{testid}\"]{attributes}");
        self.window.run("document.querySelector(arguments[0]).click()", vec![Value::from(row)]);
    }

    fn overview(&self) {
        self.window.click("nav-overview");
        self.is_calm("the overview", "PDT-1 subject <img src=");
    }

    fn commits(&self) {
        self.window.click("nav-commits");
        self.is_calm("the list of commits", "PDT-1 subject <img src=");
        let rows = self.window.all("commit-row").len();
        for row in 0..rows {
            let open = format!("document.querySelectorAll('[data-testid=\"commit-row\"]')[{row}].click()");
            self.window.run(&open, Vec::new());
            self.window.one("commit-detail");
            self.is_calm("a commit", "");
        }
        self.window.fill("filter-text", "<script src=");
        self.is_calm("a filter", "PDT-1 subject");
        self.window.click("filter-branch");
        self.is_calm("the branches to choose from", "fix/<script>window.__hacked=8</script>");
        self.window.run("history.back()", Vec::new());
    }

    fn board(&self) {
        self.window.click("nav-board");
        self.is_calm("the board", "another summary <img src=");
        self.window.click("burndown-toggle");
        self.window.one("burndown");
        self.is_calm("the burndown", "What was left");
        self.open("card-row", "");
        self.window.one("change-row");
        self.is_calm("a card", "description <img src=");
        self.window.wait_for_words("card-description", "wiki (javascript:window.__hacked=10)");
        self.window.wait_for_words("card-detail", "<b>label</b>");
    }

    fn places(&self) {
        self.window.click("nav-repositories");
        self.open("repo-row", "");
        self.is_calm("repositories", "acme/widgets");
        self.window.click("nav-accounts");
        self.is_calm("accounts", ACCOUNT);
        self.window.click("nav-settings");
        self.is_calm("settings", "");
    }

    fn activity(&self) {
        self.window.click("nav-activity");
        self.open("run-row", "[data-loop=\"jira\"]");
        self.window.one("run-detail");
        self.is_calm("a run", ACCOUNT);
    }

    fn palette(&self) {
        self.window.click("palette-open");
        self.window.fill("palette-text", "another summary");
        self.window.wait_for_words("palette-item", "another summary <img");
        self.is_calm("the palette", "another summary <img");
    }
}
