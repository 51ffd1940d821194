//! A secret has a type that cannot be printed and cannot be serialised.

use std::fmt;

/// The credential of an account.
///
/// `Debug` and `Display` print `<redacted>`; there is no `Serialize`. Whoever needs the text says so with
/// [`Token::expose`], which is easy to search for.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes a token as it is: nothing is trimmed and nothing is checked.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for a request's header or for the keychain, and for nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_never_printed() {
        let token = Token::new("ghp_canary".to_owned());
        assert_eq!(format!("{token} {token:?} {token:#?}"), "<redacted> <redacted> <redacted>");
        assert_eq!(
            format!("{token:>40}{:?}", Some(&token)),
            "<redacted>Some(<redacted>)",
            "nor inside others"
        );
        assert_eq!(token.expose(), "ghp_canary", "the text is there for who asks for it by name");
    }
}
