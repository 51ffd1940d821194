//! The calls and their documents as TypeScript, so that the web view's code cannot ask for what is not there.

use std::collections::BTreeMap;
use std::fmt::Write;

use ts_rs::{Config, TS, TypeVisitor};

use crate::calls::{Signature, signatures};
use pdt_engine::api::{ApiError, LiveDto};

/// The whole live state; the latest wins.
pub const LIVE: &str = "live";
/// Something in the database has changed.
pub const CHANGED: &str = "changed";
/// A view is to be shown.
pub const NAVIGATE: &str = "navigate";
/// The window was asked to close, and there is no tray.
pub const ASK_CLOSING: &str = "ask_closing";

/// The names of all events.
pub const EVENTS: &[&str] = &[LIVE, CHANGED, NAVIGATE, ASK_CLOSING];

/// The module that the web view's code imports.
#[must_use]
pub fn module() -> String {
    let config = Config::new().with_large_int("number");
    let signatures = signatures(&config);
    let mut text = String::from(
        "// Made from crates/seam by `cargo run -p pdt-seam --example typescript`. A test keeps it true.\n",
    );
    for declaration in Declarations::of_everything(&config).found.values() {
        text.push('\n');
        text.push_str(declaration);
    }
    text.push_str(&commands(&signatures));
    text.push_str(&events(&config));
    text
}

fn commands(signatures: &[Signature]) -> String {
    let mut text = String::from("\n/** What the window may ask for. */\nexport interface Commands {\n");
    for Signature { doc, name, params, answer } in signatures {
        let params: Vec<String> = params.iter().map(|(name, of)| format!("{name}: {of}")).collect();
        let params = if params.is_empty() {
            "Record<string, never>".to_owned()
        } else {
            format!("{{ {} }}", params.join("; "))
        };
        let _ = writeln!(text, "  /** {doc} */\n  {name}: {{ params: {params}; reply: {answer} }};");
    }
    text.push_str("}\n\nexport const COMMANDS = [\n");
    for signature in signatures {
        let _ = writeln!(text, "  \"{}\",", signature.name);
    }
    text + "] as const satisfies readonly (keyof Commands)[];\n"
}

fn events(config: &Config) -> String {
    let payloads = [
        (LIVE, LiveDto::name(config)),
        (CHANGED, "null".into()),
        (NAVIGATE, "string".into()),
        (ASK_CLOSING, "null".into()),
    ];
    let mut text = String::from("\n/** What the window is told unasked. */\nexport interface Events {\n");
    for (name, payload) in payloads {
        let _ = writeln!(text, "  {name}: {payload};");
    }
    text + "}\n"
}

/// The declarations of all documents, by name.
struct Declarations<'a> {
    config: &'a Config,
    found: BTreeMap<String, String>,
}

impl<'a> Declarations<'a> {
    fn of_everything(config: &'a Config) -> Self {
        let mut all = Self { config, found: BTreeMap::new() };
        crate::calls::visit_types(&mut all);
        all.visit::<LiveDto>();
        all.visit::<ApiError>();
        all
    }
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Numbers, texts and lists have no place of their own; what is in a list is visited all the same.
        if T::output_path().is_some() {
            let name = T::ident(self.config);
            if self.found.contains_key(&name) {
                return;
            }
            let docs = T::docs().unwrap_or_default();
            self.found.insert(name, format!("{docs}export {}\n", T::decl(self.config)));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}
