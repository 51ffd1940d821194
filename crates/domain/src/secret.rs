//! A secret has a type that cannot be printed and cannot be serialised.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// The credential of an account.
///
/// `Debug` and `Display` print `<redacted>`; there is no `Serialize`. Whoever needs the text says so with
/// [`Token::expose`], which is easy to search for. It can be read out of a document, because a window has no other
/// way to hand one in; the error of a document that holds something else in its place does not repeat that.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes a token as it is: nothing is trimmed and nothing is checked.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// Takes a token as it was pasted or piped: without the white space and the byte order mark around it.
    ///
    /// # Errors
    /// [`NotAToken`] where nothing is left, or something that stands in no token.
    pub fn parse(text: &str) -> Result<Self, NotAToken> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            Err(NotAToken::Empty)
        } else if text.contains(|c: char| c.is_control() || c.is_whitespace()) {
            Err(NotAToken::Unusual)
        } else {
            Ok(Self(text.to_owned()))
        }
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

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self).map_err(|_| D::Error::custom("a token is a text"))
    }
}

/// The text cannot be a token. It is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAToken {
    /// There is no text.
    #[error("the token is empty")]
    Empty,
    /// A blank or a control character stands in it.
    #[error("the token holds a blank or a control character, which no token has; copy it anew")]
    Unusual,
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

    #[test]
    fn what_surrounds_a_token_is_left_out_and_what_breaks_it_is_refused_unrepeated() {
        for text in ["ghp_x1", "ghp_x1\n", "  ghp_x1\r\n", "\u{feff}ghp_x1"] {
            assert_eq!(Token::parse(text).unwrap().expose(), "ghp_x1", "{text:?}");
        }
        for text in ["", " \n", "\u{feff}"] {
            assert_eq!(Token::parse(text), Err(NotAToken::Empty), "{text:?}");
        }
        for text in ["canary canary", "canary\u{7}", "can\nary"] {
            let error = Token::parse(text).unwrap_err();
            assert_eq!(error, NotAToken::Unusual, "{text:?}");
            assert!(!error.to_string().contains("can"), "{error}");
        }
    }

    #[test]
    fn what_stands_in_the_place_of_a_token_is_not_repeated() {
        use serde::de::IntoDeserializer;
        use serde::de::value::{Error, I64Deserializer, StrDeserializer};

        let text: StrDeserializer<'_, Error> = "ghp_canary".into_deserializer();
        assert_eq!(Token::deserialize(text).unwrap().expose(), "ghp_canary", "a text is taken as it is");
        let number: I64Deserializer<Error> = 424_242_i64.into_deserializer();
        let error = Token::deserialize(number).unwrap_err().to_string();
        assert_eq!(error, "a token is a text", "a token may have been meant by it");
    }
}
