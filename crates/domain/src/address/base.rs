//! The base URL of a service.

use std::fmt;

use url::Url;

use super::AddressError;
use super::web::WebAddress;

/// A service's base URL as the person gave it, read and in normal form: `https`, or `http` for this machine by
/// name; no user name, query or fragment; a path is kept, a slash at the end is dropped; a host in another script
/// is in its ASCII form (`https://xn--mnchen-3ya.example`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BaseUrl {
    url: Url,
    text: String,
    path: Vec<String>,
}

impl BaseUrl {
    /// Reads a base URL.
    ///
    /// # Errors
    /// [`AddressError`] with a sentence for the person who wrote the text.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let WebAddress { origin: mut url, path } = WebAddress::parse(text)?;
        if let Ok(mut parts) = url.path_segments_mut() {
            parts.clear().extend(&path);
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { url, text, path })
    }

    /// `https://github.com`, the default of GitHub accounts.
    #[must_use]
    pub fn github_com() -> Self {
        Self::known("https://github.com")
    }

    /// `https://gitlab.com`, the default of GitLab accounts.
    #[must_use]
    pub fn gitlab_com() -> Self {
        Self::known("https://gitlab.com")
    }

    #[expect(clippy::expect_used, reason = "the two texts stand above, and a test reads both")]
    fn known(text: &str) -> Self {
        Self::parse(text).expect("a constant that is an address")
    }

    /// The URL. Without a path its path is `/`; with one, no slash stands at its end.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The URL as text, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host without its port, in lower case; an IPv6 address stands in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The host, with its port where that is not the scheme's own.
    #[must_use]
    pub fn host_port(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host()),
            None => self.host().to_owned(),
        }
    }

    /// The decoded parts of the path; none for a service at the root of its host.
    pub(super) fn path(&self) -> &[String] {
        &self.path
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
