//! What an account signs in with: the header that carries it, what must never be shown of it, and its fingerprint.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use pdt_domain::secret::Token;
use sha2::{Digest, Sha256};

/// A token, or an e-mail address and a token.
pub(super) struct Credential {
    token: Token,
    login: Option<Login>,
}

/// Whom the token belongs to, where the service wants to be told.
struct Login {
    email: String,
    /// Address and token as they stand in the header: as secret as the token.
    basic: Token,
}

/// Why a credential cannot be sent; the end of a sentence.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsendable {
    #[error("it is empty or holds a line end or another character that no token has")]
    Token,
    #[error(
        "the e-mail address that belongs to it is empty, or holds a colon or another character that no such address has"
    )]
    Login,
}

impl Credential {
    /// The token alone, or with the address that it belongs to.
    pub(super) fn new(login: Option<String>, token: Token) -> Self {
        let login = login.map(|email| {
            let basic = BASE64_STANDARD.encode(format!("{email}:{}", token.expose()));
            Login { email, basic: Token::new(basic) }
        });
        Self { token, login }
    }

    /// The value of `Authorization`. GitLab takes personal tokens as bearers too, and its own header would not be
    /// stripped by tools between; Jira Cloud takes them with the e-mail address only.
    /// <https://developer.atlassian.com/cloud/jira/platform/basic-auth-for-rest-apis/>
    ///
    /// # Errors
    /// Where token or address cannot stand in a header.
    pub(super) fn header(&self) -> Result<HeaderValue, Unsendable> {
        let token = self.token.expose();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Unsendable::Token);
        }
        let text = match &self.login {
            None => format!("Bearer {token}"),
            Some(login) if login.is_sendable() => format!("Basic {}", login.basic.expose()),
            Some(_) => return Err(Unsendable::Login),
        };
        let mut value = HeaderValue::from_str(&text).map_err(|_| Unsendable::Token)?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// The texts that nobody may see.
    pub(super) fn secrets(&self) -> Vec<&str> {
        // Whoever repeats the header may leave out the signs that only fill it up.
        let basic = self.login.iter().map(|login| login.basic.expose().trim_end_matches('='));
        basic.chain([self.token.expose()]).collect()
    }

    /// Eight bytes of a salted hash: enough to tell credentials apart, nothing to find one by.
    pub(super) fn fingerprint(&self, salt: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(salt.as_bytes());
        hash.update([0]);
        if let Some(login) = &self.login {
            hash.update(login.email.as_bytes());
            hash.update([0]);
        }
        hash.update(self.token.expose().as_bytes());
        hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Login {
    /// The colon is where the address ends: RFC 7617, section 2.
    fn is_sendable(&self) -> bool {
        let is_odd = |letter: char| letter == ':' || letter.is_control() || letter.is_whitespace();
        !self.email.is_empty() && !self.email.contains(is_odd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credential(email: &str, token: &str) -> Credential {
        Credential::new(Some(email.to_owned()), Token::new(token.to_owned()))
    }

    #[test]
    fn an_address_and_its_token_are_basic_and_a_token_alone_is_a_bearer() {
        let header = credential("ada@example.com", "s3cret").header().unwrap();
        assert_eq!(header.to_str().unwrap(), "Basic YWRhQGV4YW1wbGUuY29tOnMzY3JldA==", "RFC 7617");
        assert!(header.is_sensitive(), "no library logs it");
        let header = credential("jürgen@example.com", "s3cret").header().unwrap();
        assert_eq!(header.to_str().unwrap(), "Basic asO8cmdlbkBleGFtcGxlLmNvbTpzM2NyZXQ=", "in UTF-8");
        let alone = Credential::new(None, Token::new("s3cret".to_owned())).header().unwrap();
        assert_eq!(alone.to_str().unwrap(), "Bearer s3cret");
    }

    #[test]
    fn what_no_header_can_carry_is_named() {
        for email in ["", "a:b@example.com", "a b@example.com", "a@example.com\r\nX-Evil: 1"] {
            assert!(matches!(credential(email, "s3cret").header(), Err(Unsendable::Login)), "{email:?}");
        }
        for token in ["", "s3 cret", "s3cret\n", "sécret"] {
            let refused = credential("ada@example.com", token).header();
            assert!(matches!(refused, Err(Unsendable::Token)), "{token:?}");
        }
    }

    #[test]
    fn a_fingerprint_tells_whose_token_it_is() {
        let ada = credential("ada@example.com", "s3cret").fingerprint("salt");
        assert_ne!(ada, credential("bob@example.com", "s3cret").fingerprint("salt"), "another person's");
        let alone = Credential::new(None, Token::new("s3cret".to_owned()));
        assert_ne!(ada, alone.fingerprint("salt"), "signed in another way");
    }
}
