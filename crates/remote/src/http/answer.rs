//! What a service answered, whole.

use std::fmt;

use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use url::Url;

use super::error::{RemoteError, Who};
use super::{link, redact};

/// An answer that carries what was asked for: 2xx, or 304 to a conditional call.
#[derive(Clone)]
pub struct Answer {
    /// 2xx or 304.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, decompressed, at most 64 MB; empty for 304.
    pub body: Vec<u8>,
    /// Where it came from in the end, after redirects.
    pub url: Url,
    /// Whether a permanent redirect (301, 308) was followed: what was asked for has a new address.
    pub moved: bool,
    pub(super) who: Who,
}

impl Answer {
    /// Reads the body as JSON.
    ///
    /// # Errors
    /// [`Kind::Unreadable`](super::Kind::Unreadable) where the body is not of this shape; the sentence says where.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, RemoteError> {
        serde_json::from_slice(&self.body).map_err(|error| self.who.misshapen(self.status, &error))
    }

    /// One header as text; `None` where it is missing or is no text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What to give to [`Call::validator`](super::Call::validator) next time.
    #[must_use]
    pub fn etag(&self) -> Option<String> {
        self.header("etag").map(str::to_owned)
    }

    /// Whether nothing changed since the answer that the call's validator came from.
    #[must_use]
    pub fn not_modified(&self) -> bool {
        self.status == StatusCode::NOT_MODIFIED
    }

    /// The address of the list's next page, where the answer's `Link` header names one with `rel="next"`.
    #[must_use]
    pub fn next(&self) -> Option<Url> {
        link::next(&self.headers, &self.url)
    }

    /// Whether GitHub left out what belongs to organisations that ask for single sign-on: the list is then
    /// incomplete although the status is 200.
    /// <https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api>
    #[must_use]
    pub fn sso_partial(&self) -> bool {
        self.header("x-github-sso").is_some_and(|value| value.trim_start().starts_with("partial-results"))
    }
}

impl fmt::Debug for Answer {
    /// Headers and body may hold what is not for a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status.as_u16())
            .field("url", &redact::url(&self.url))
            .field("bytes", &self.body.len())
            .field("moved", &self.moved)
            .finish_non_exhaustive()
    }
}
