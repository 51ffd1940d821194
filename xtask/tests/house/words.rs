//! Words that code may say in one place only.

use crate::code::{code_of, has_word, production_code_of};
use crate::{assert_none, rust_files};

/// A word that stays in its place.
struct Rule {
    /// The words, as code writes them.
    words: &'static [&'static str],
    /// Where the rule looks: the beginnings of file names.
    within: &'static [&'static str],
    /// Which lines count: those that hold this too.
    beside: &'static str,
    /// Where the words may stand all the same: the beginnings or ends of file names.
    except: &'static [&'static str],
    /// What the rule looks at.
    sight: Sight,
    why: &'static str,
}

#[derive(Clone, Copy)]
enum Sight {
    /// All code, that of tests too.
    All,
    /// Not the tests.
    Production,
}

const RULES: &[Rule] = &[
    Rule {
        words: &["reqwest"],
        within: &["crates/remote/src/"],
        beside: "",
        except: &["crates/remote/src/http/", "crates/remote/src/http.rs"],
        sight: Sight::All,
        why: "one function does HTTP, and it lives in remote::http",
    },
    Rule {
        words: &["keyring", "keyring_core", "zbus_secret_service_keyring_store"],
        within: &["crates/engine/src/"],
        beside: "",
        except: &["crates/engine/src/secrets/", "crates/engine/src/secrets.rs"],
        sight: Sight::All,
        why: "the keychain is known to engine::secrets alone",
    },
    Rule {
        words: &["Serialize"],
        within: &[
            "crates/engine/src/",
            "crates/cli/src/",
            "crates/store/src/",
            "crates/seam/src/",
            "src-tauri/src/",
        ],
        beside: "#[derive(",
        // A run's receipt is kept as a document of its own; the wire only wraps documents.
        except: &[
            "crates/engine/src/api/",
            "crates/engine/src/api.rs",
            "/receipt.rs",
            "crates/seam/src/wire.rs",
        ],
        sight: Sight::Production,
        why: "what is sent out of PDT has its shape in engine::api and nowhere below or above",
    },
    Rule {
        words: &[
            "std::fs",
            "std::net",
            "std::process",
            "std::env",
            "std::io",
            "std::thread",
            "async",
            "Utc::now",
            "Local::now",
            "SystemTime",
            "Instant",
        ],
        within: &["crates/domain/src/"],
        beside: "",
        except: &[],
        sight: Sight::Production,
        why: "the domain computes: no input, no output, no clock, no async",
    },
    Rule {
        words: &["Utc::now", "Local::now", "SystemTime::now"],
        within: &[
            "crates/engine/src/",
            "crates/store/src/",
            "crates/cli/src/",
            "crates/seam/src/",
            "src-tauri/src/",
        ],
        beside: "",
        // The command line takes the time once, when it starts, and hands it on.
        except: &["crates/engine/src/clock.rs", "crates/engine/src/clock/", "crates/cli/src/main.rs"],
        sight: Sight::Production,
        why: "time comes from a clock that tests can move",
    },
    Rule {
        words: &[
            "tauri",
            "tauri_build",
            "tauri_plugin_autostart",
            "tauri_plugin_notification",
            "tray_icon",
            "gtk",
            "wry",
            "tao",
        ],
        within: &["crates/", "tests/", "xtask/"],
        beside: "",
        except: &[],
        sight: Sight::All,
        why: "the app alone has a window; everything else builds and runs without a desktop",
    },
    Rule {
        words: &["unsafe"],
        within: &["crates/", "src-tauri/", "tests/", "xtask/"],
        beside: "",
        except: &["src-tauri/src/resident/rest.rs"],
        sight: Sight::All,
        why: "whoever looks for what could break memory has one short file to read",
    },
];

impl Rule {
    fn offences(&self, name: &str, text: &str) -> Vec<String> {
        let excepted = |place: &&str| name.starts_with(place) || name.ends_with(place);
        if !self.within.iter().any(|place| name.starts_with(place)) || self.except.iter().any(excepted) {
            return Vec::new();
        }
        let code = match self.sight {
            Sight::All => code_of(text),
            Sight::Production if is_test_file(name) => return Vec::new(),
            Sight::Production => production_code_of(text),
        };
        let lines = code.lines().enumerate().filter(|(_, line)| line.contains(self.beside));
        let said = lines.flat_map(|(at, line)| {
            self.words.iter().filter(move |word| has_word(line, word)).map(move |word| (at + 1, word))
        });
        said.map(|(line, word)| format!("{name}:{line} says `{word}`")).collect()
    }
}

fn is_test_file(name: &str) -> bool {
    name.contains("/tests/") || name.ends_with("/tests.rs")
}

#[test]
fn words_stay_where_they_belong() {
    let files = rust_files();
    assert!(files.len() > 20, "git lists the sources: {}", files.len());
    for rule in RULES {
        let offences: Vec<String> = files.iter().flat_map(|(name, text)| rule.offences(name, text)).collect();
        assert_none(&offences, rule.why);
    }
}

#[test]
fn an_offending_word_is_seen_with_its_line() {
    let said = RULES[0].offences("crates/remote/src/github/client.rs", "// reqwest\nuse reqwest::Client;\n");
    assert_eq!(said, ["crates/remote/src/github/client.rs:2 says `reqwest`"], "code, not comments");
    assert!(
        RULES[0].offences("crates/remote/src/http/client.rs", "use reqwest::Client;").is_empty(),
        "at home it may be said"
    );
}

#[test]
fn a_test_may_shape_documents_as_production_may_not() {
    let shape = "#[derive(Debug, Serialize)]\n";
    let count = |name, text: &str| RULES[2].offences(name, text).len();
    let inline = format!("a();\n#[cfg(test)]\nmod tests {{\n{shape}}}\n");
    assert_eq!(count("crates/cli/src/main.rs", &inline), 0, "an inline test module");
    assert_eq!(count("crates/cli/src/main/tests.rs", shape), 0, "a test file");
    assert_eq!(count("crates/cli/src/main.rs", shape), 1, "production code");
    assert_eq!(
        count("crates/cli/src/main.rs", "fn print(value: &impl Serialize)"),
        0,
        "printing is no shape"
    );
    assert_eq!(count("crates/engine/src/jobs/commits/receipt.rs", shape), 0, "a receipt is kept as it is");
}
