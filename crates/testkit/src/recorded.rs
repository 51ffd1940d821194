//! What a fake was asked, exactly and in order.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Whose credential a request carried. The credential itself is never kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// None at all.
    None,
    /// One that this service does not know.
    Unknown,
    /// The token of this login, valid or not.
    Of(String),
}

/// One request, as it came in, and the status of its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// In capitals.
    pub method: String,
    /// The path as it was sent, still encoded, with the API's prefix.
    pub path: String,
    /// The query as it was sent, still encoded, without `?`; empty where there is none.
    pub query: String,
    /// The path below the API's prefix with the repository's present name in place of its number, such as
    /// `/repos/acme/widgets/commits`: what fault patterns are held against.
    pub route: String,
    /// Names in lower case; credentials read `<redacted>`.
    pub headers: Vec<(String, String)>,
    /// Whose credential came along.
    pub credential: Credential,
    /// The body; what is no text is replaced.
    pub body: String,
    /// None while unanswered: held at a gate, hanging, or the connection was dropped.
    pub status: Option<u16>,
}

impl Recorded {
    /// The decoded value of a query parameter.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = url::form_urlencoded::parse(self.query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// The value of a header, whose name is given in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl fmt::Display for Recorded {
    /// One line: `GET /repos/acme/widgets/commits?page=2 200`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.query.is_empty() { "" } else { "?" };
        write!(f, "{} {}{mark}{} ", self.method, self.route, self.query)?;
        match self.status {
            Some(status) => write!(f, "{status}"),
            None => f.write_str("unanswered"),
        }
    }
}

/// The list of requests, in the order of their arrival.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Entries>>);

#[derive(Debug, Default)]
struct Entries {
    /// Grows when the list is emptied, so that late answers do not reach entries of the new list.
    round: usize,
    list: Vec<Recorded>,
}

/// The place of a request in the log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    round: usize,
    index: usize,
}

impl Log {
    pub(crate) fn begin(&self, recorded: Recorded) -> Entry {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.list.push(recorded);
        Entry { round: entries.round, index: entries.list.len() - 1 }
    }

    pub(crate) fn answered(&self, entry: Entry, status: u16) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.round == entry.round
            && let Some(recorded) = entries.list.get_mut(entry.index)
        {
            recorded.status = Some(status);
        }
    }

    pub(crate) fn all(&self) -> Vec<Recorded> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).list.clone()
    }

    pub(crate) fn clear(&self) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.round += 1;
        entries.list.clear();
    }
}
