//! `Authorization: Basic`, as <https://www.rfc-editor.org/rfc/rfc7617> has it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::asked::Asked;

/// A name and a password that came together.
pub(crate) struct Basic {
    pub(crate) name: String,
    pub(crate) password: String,
}

impl Asked {
    /// None where the request has no such header, or one that cannot be read.
    pub(crate) fn basic(&self) -> Option<Basic> {
        let (scheme, coded) = self.header("authorization")?.split_once(' ')?;
        let text = scheme.eq_ignore_ascii_case("basic").then(|| decoded(coded.trim()))??;
        let (name, password) = text.split_once(':')?;
        Some(Basic { name: name.to_owned(), password: password.to_owned() })
    }
}

fn decoded(coded: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(coded).ok()?).ok()
}
