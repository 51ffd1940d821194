//! What is asked of a service: an address, its query, its headers, and whether an unchanged answer is enough.

use std::fmt;

use http::header::{HeaderName, HeaderValue};
use http::{HeaderMap, Method};
use serde_json::Value;
use url::Url;

use super::redact;

/// Where a call goes.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// Below the account's API root; segments are percent-encoded already.
    Below(String),
    /// A complete address, which must be at the API root's origin.
    Absolute(Url),
}

/// Whether a call tells who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signature {
    /// It carries the account's credential.
    Account,
    /// It carries none.
    Anonymous,
}

/// One read of a service. Every call may be repeated: PDT changes nothing on a service.
#[derive(Clone, PartialEq)]
pub struct Call {
    pub(super) target: Target,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    pub(super) validator: Option<String>,
    pub(super) body: Option<Value>,
    pub(super) signature: Signature,
}

impl Call {
    /// A `GET` of `path` below the API root, without a slash at its beginning: `repos/acme/widgets/commits`.
    /// Its segments are percent-encoded by the caller (a project `group/name` is `group%2Fname`).
    #[must_use]
    pub fn get(path: impl Into<String>) -> Self {
        Self::to(Target::Below(path.into()))
    }

    /// A `GET` of a complete address, as a service gave it. Sending it fails with
    /// [`Kind::ForeignOrigin`](super::Kind::ForeignOrigin), and without a request, unless scheme, host and port
    /// are the API root's.
    #[must_use]
    pub fn absolute(url: Url) -> Self {
        Self::to(Target::Absolute(url))
    }

    /// A read that goes by `POST`, such as a GraphQL query. `address` is a path below the API root, or a
    /// complete address at the same origin (GitHub Enterprise has its GraphQL beside its API root).
    #[must_use]
    pub fn read_by_post(address: &str, body: Value) -> Self {
        let is_complete = address.starts_with("https://") || address.starts_with("http://");
        let target = match Url::parse(address) {
            Ok(url) if is_complete => Target::Absolute(url),
            Ok(_) | Err(_) => Target::Below(address.to_owned()),
        };
        Self { body: Some(body), ..Self::to(target) }
    }

    fn to(target: Target) -> Self {
        Self {
            target,
            query: Vec::new(),
            headers: HeaderMap::new(),
            validator: None,
            body: None,
            signature: Signature::Account,
        }
    }

    /// The same without the account's credential, for what a service tells everybody.
    #[must_use]
    pub fn anonymous(mut self) -> Self {
        self.signature = Signature::Anonymous;
        self
    }

    /// Adds a parameter to the query; name and value are encoded here.
    #[must_use]
    pub fn query(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a header. Neither name nor value comes from outside.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        self
    }

    /// Asks only for what changed since an answer that carried this `ETag`; unchanged, the answer is
    /// [`not_modified`](super::Answer::not_modified) and has no body. `None` asks without a condition.
    #[must_use]
    pub fn validator(mut self, etag: Option<String>) -> Self {
        self.validator = etag;
        self
    }

    pub(super) fn method(&self) -> Method {
        if self.body.is_some() { Method::POST } else { Method::GET }
    }

    /// The same call for the next page of its list: another address, no condition.
    pub(super) fn next_page(&self, url: Url) -> Self {
        Self {
            target: Target::Absolute(url),
            query: Vec::new(),
            headers: self.headers.clone(),
            validator: None,
            body: self.body.clone(),
            signature: self.signature,
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let target = match &self.target {
            Target::Below(path) => redact::path(path),
            Target::Absolute(url) => redact::url(url),
        };
        let query: Vec<&str> = self.query.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Call")
            .field("method", &self.method())
            .field("target", &target)
            .field("query", &query)
            .field("conditional", &self.validator.is_some())
            .finish_non_exhaustive()
    }
}
