//! What went wrong with a service, as a kind that PDT acts on and a sentence that a person reads.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};
use http::StatusCode;
use pdt_domain::provider::Provider;

use super::sentence;

/// What an answer, or its absence, means for a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A fault that is likely to pass: a time-out, a refused or broken connection, 5xx. Tried a few times.
    Passing,
    /// This machine seems to have no network: the service's name is not found, or no way leads to it.
    Offline,
    /// The service asks for a longer wait than a run waits.
    Limited {
        /// Until when it wants no request of this account.
        until: DateTime<Utc>,
    },
    /// 401, or any answer that Jira marks as one for a stranger: the token is wrong, expired or revoked, or cannot be
    /// sent at all.
    TokenRefused,
    /// 403, or 401 of Atlassian's gateway: the token is good, and lacks a right.
    MissingScope {
        /// The scope or permission, where the service names it.
        scope: Option<String>,
    },
    /// 403 with `X-GitHub-SSO`: the organisation wants the token authorised for its single sign-on.
    SingleSignOn {
        /// The organisation, where the service names it.
        organization: Option<String>,
        /// Where the person can authorise the token, where the service names it.
        url: Option<String>,
    },
    /// 403 for another reason.
    Forbidden,
    /// 404: it is not there, or the account may not know that it is.
    NotFound,
    /// 410: it was there, and will not be again.
    Gone,
    /// 451: blocked for legal reasons.
    Blocked,
    /// 409 of GitHub's for a repository without a commit.
    EmptyRepository,
    /// Another 4xx: the service did not accept what was asked.
    Unprocessable,
    /// What answered is not the service: a body that is no such JSON, such as a sign-in page.
    Unreadable,
    /// The body is larger than 64 MB.
    TooLarge,
    /// A redirect, a next page or an address leads to another origin; nothing was sent there.
    ForeignOrigin {
        /// Scheme, host and port of that place.
        origin: String,
    },
    /// Pages or redirects that do not end.
    PageLoop,
    /// The server's certificate is not trusted, or a certificate file cannot be used.
    Certificate,
    /// PDT is stopping.
    Cancelled,
}

impl Kind {
    /// Whether the service has answered, and definitely does not give what was asked for: asking again brings
    /// the same until a person does something about it.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::TokenRefused
            | Self::MissingScope { .. }
            | Self::SingleSignOn { .. }
            | Self::Forbidden
            | Self::NotFound
            | Self::Gone
            | Self::Blocked => true,
            Self::Passing
            | Self::Offline
            | Self::Limited { .. }
            | Self::EmptyRepository
            | Self::Unprocessable
            | Self::Unreadable
            | Self::TooLarge
            | Self::ForeignOrigin { .. }
            | Self::PageLoop
            | Self::Certificate
            | Self::Cancelled => false,
        }
    }
}

/// Whom a sentence is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Who {
    pub(super) provider: Provider,
    pub(super) account: String,
    /// Host and port of the API.
    pub(super) host: String,
}

/// A failed call. `Display` is one or two sentences for a person: what failed, for which thing, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteError {
    /// What it means for a run.
    pub kind: Kind,
    pub(super) facts: Box<Facts>,
}

/// What the sentence is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) who: Who,
    pub(super) subject: Option<String>,
    pub(super) status: Option<u16>,
    /// The service's own words, or what was found instead of them: clean, short, without secrets.
    pub(super) said: Option<String>,
    /// How many requests this call made; none for what failed before.
    pub(super) tries: u32,
    pub(super) lasted: Duration,
}

impl RemoteError {
    /// The HTTP status, where there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.facts.status
    }

    /// The same error about a named thing: `repository acme/widgets`.
    #[must_use]
    pub fn with_subject(mut self, what: impl Into<String>) -> Self {
        self.facts.subject = Some(what.into());
        self
    }
}

impl fmt::Display for RemoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sentence::of(&self.kind, &self.facts))
    }
}

impl std::error::Error for RemoteError {}

impl Who {
    /// An error of a kind about this account, with the words that explain it.
    pub(super) fn error(&self, kind: Kind, said: Option<String>) -> RemoteError {
        let facts =
            Facts { who: self.clone(), subject: None, status: None, said, tries: 0, lasted: Duration::ZERO };
        RemoteError { kind, facts: Box::new(facts) }
    }

    /// The body is JSON, but not of the shape that the service documents.
    pub(super) fn misshapen(&self, status: StatusCode, error: &serde_json::Error) -> RemoteError {
        let said = format!("JSON that PDT cannot use (line {}, column {})", error.line(), error.column());
        let mut error = self.error(Kind::Unreadable, Some(said));
        error.facts.status = Some(status.as_u16());
        error
    }
}

/// A service's own words, marked as such.
pub(super) fn quoted(words: &str) -> String {
    format!("it says \"{}\"", words.trim().trim_end_matches('.'))
}
