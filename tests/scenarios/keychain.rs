//! The command line and a real Secret Service: the token goes there and nowhere else, and a keychain that is
//! locked or gone gets its sentence in time.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::far::Far;
use crate::support::{CANARY, Finished, Pdt};
use pdt_testkit::{GitRepo, NewCommit};

/// What happens in the session, step by step. Each step leaves its output, its status and how long it took.
const SCENE: &str = r#"
set -u
step() { # name, command…
    local name=$1 begin end; shift
    begin=$(date +%s%N)
    "$@" >"$OUT/$name.out" 2>"$OUT/$name.err"
    echo $? >"$OUT/$name.status"
    end=$(date +%s%N)
    echo $(((end - begin) / 1000000)) >"$OUT/$name.ms"
}
collection() {
    gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets \
        --method "org.freedesktop.Secret.Service.$1" "['/org/freedesktop/secrets/collection/login']"
}
unlock() { printf pw | gnome-keyring-daemon --replace --unlock --components=secrets >/dev/null 2>&1; }
add() { printf '%s\n' "$TOKEN" | "$PDT" account add github --url "$URL" --name work --token-stdin; }

unlock
step add add
step held secret-tool lookup service dev.pdt.desktop username default/work
step track "$PDT" repo add "$URL/acme/widgets"
step sync "$PDT" sync commits --json
collection Lock >/dev/null
step locked_sync "$PDT" sync commits --json
step locked_doctor "$PDT" doctor --json
unlock
step unlocked_sync "$PDT" sync commits --json
step remove "$PDT" account remove work
step gone secret-tool lookup service dev.pdt.desktop username default/work
"#;

struct Step<'a> {
    folder: &'a Path,
    name: &'a str,
}

impl Step<'_> {
    fn read(&self, what: &str) -> String {
        std::fs::read_to_string(self.folder.join(format!("{}.{what}", self.name))).unwrap_or_default()
    }

    fn status(&self) -> i32 {
        self.read("status").trim().parse().expect("the step ran")
    }

    fn milliseconds(&self) -> u64 {
        self.read("ms").trim().parse().expect("the step ran")
    }
}

#[test]
fn without_a_keychain_nothing_is_added_and_the_way_on_is_told_in_time() {
    let far = Far::github();
    let pdt = Pdt::new();
    let url = far.url();
    let arguments = ["account", "add", "github", "--url", &url, "--name", "work", "--token-stdin"];
    let begin = Instant::now();
    let mut child = pdt.command(&arguments).stdin(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{CANARY}").unwrap();
    let finished: Finished = child.wait_with_output().unwrap().into();
    assert!(begin.elapsed() < Duration::from_secs(3), "told in time");
    assert_eq!(finished.status, Some(1), "nothing is added");
    assert!(finished.stderr.contains("PDT_TOKEN_WORK"), "with a way on: {}", finished.stderr);
    assert_eq!(
        pdt.json(&["account", "list"]),
        serde_json::json!([]),
        "and no account stands there without a token"
    );
}

#[test]
fn the_keychain_holds_the_token_and_a_locked_one_says_so_in_time() {
    for program in ["dbus-run-session", "gnome-keyring-daemon", "secret-tool", "gdbus"] {
        let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output().unwrap();
        assert!(
            found.status.success(),
            "{program} is missing; install dbus, gnome-keyring, libsecret-tools and gdbus"
        );
    }
    let far = Far::github();
    let repo = GitRepo::create().unwrap();
    repo.commit("main", &NewCommit::new("Begin\n")).unwrap();
    far.add("acme/widgets", &repo);
    let pdt = Pdt::new();
    let folder = pdt.home().join("steps");
    let runtime = pdt.home().join("runtime");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::create_dir_all(&runtime).unwrap();
    let session = Command::new("dbus-run-session")
        .args(["--", "bash", "-c", SCENE])
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", pdt.home())
        .env("XDG_RUNTIME_DIR", &runtime)
        .env("PDT_DATA_DIR", pdt.data())
        .env("PDT", env!("CARGO_BIN_EXE_pdt"))
        .env("OUT", &folder)
        .env("URL", far.url())
        .env("TOKEN", CANARY)
        .output()
        .unwrap();
    assert!(folder.join("gone.status").exists(), "the scene came to its end: {session:?}");
    let step = |name| Step { folder: &folder, name };

    assert_eq!(step("add").status(), 0, "{}", step("add").read("err"));
    assert_eq!(step("held").read("out").trim(), CANARY, "the Secret Service holds the token");
    assert_eq!(step("sync").status(), 0, "and it is used: {}", step("sync").read("out"));

    for name in ["locked_sync", "locked_doctor"] {
        let locked = step(name);
        assert_eq!(locked.status(), 1, "{name}: nothing can be read");
        assert!(locked.milliseconds() < 3_000, "{name}: told within 3 seconds");
        assert!(locked.read("out").contains("locked"), "{name}: says why: {}", locked.read("out"));
    }
    assert_eq!(
        step("unlocked_sync").status(),
        0,
        "unlocked, it goes on: {}",
        step("unlocked_sync").read("out")
    );

    assert_eq!(step("remove").status(), 0, "{}", step("remove").read("err"));
    assert_eq!(step("gone").read("out").trim(), "", "the token went with its account");
    let database = std::fs::read(pdt.database()).unwrap();
    assert!(!String::from_utf8_lossy(&database).contains(CANARY), "it was never in the database");
}
