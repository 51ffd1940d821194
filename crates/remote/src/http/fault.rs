//! Why no whole answer came: the HTTP library's errors, sorted into those that mean something to a run.

use std::error::Error;
use std::io;

use rustls::CertificateError;

/// A transport that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The host's name was not found.
    NoName,
    /// No way leads to the host.
    NoRoute,
    /// The host is there and nobody listens.
    Refused,
    /// No connection, or nothing more of an answer, in time.
    TimedOut,
    /// The connection ended before the answer did.
    BrokeOff,
    /// The server's certificate was not accepted; the words say why.
    Certificate(String),
    /// No secure connection came about for another reason.
    NotSecure,
    /// The proxy of this network did not let the request through.
    Proxy,
    /// The answer broke the rules of HTTP.
    Malformed,
}

impl Fault {
    /// Sorts an error by what lies at its bottom.
    pub(super) fn of(error: &reqwest::Error) -> Self {
        causes(error).find_map(telling).unwrap_or_else(|| by_stage(error))
    }

    /// Whether this machine, not the service, seems to be cut off.
    pub(super) fn is_offline(&self) -> bool {
        matches!(self, Self::NoName | Self::NoRoute)
    }

    /// The middle of a sentence.
    pub(super) fn words(&self) -> String {
        let words = match self {
            Self::NoName => "its name was not found",
            Self::NoRoute => "no way leads to it",
            Self::Refused => "it refused the connection",
            Self::TimedOut => "no answer came in time",
            Self::BrokeOff => "the connection broke off",
            Self::Certificate(reason) => return reason.clone(),
            Self::NotSecure => "no secure connection could be made",
            Self::Proxy => "the proxy did not let the request through",
            Self::Malformed => "the answer was no HTTP",
        };
        words.to_owned()
    }
}

fn causes<'e>(error: &'e reqwest::Error) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    let first: &(dyn Error + 'static) = error;
    std::iter::successors(Some(first), |cause| inner(*cause))
}

/// An I/O error's source is the source of what it wraps, not the wrapped error itself, which is what tells.
fn inner<'e>(cause: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => cause.source(),
    }
}

/// The fault, where this cause alone tells it.
fn telling(cause: &(dyn Error + 'static)) -> Option<Fault> {
    if let Some(error) = cause.downcast_ref::<rustls::Error>() {
        return Some(secure(error));
    }
    if let Some(error) = cause.downcast_ref::<io::Error>() {
        return system(error.kind());
    }
    // The tunnel's error type has no public name; its words are the library's own and begin so.
    cause.to_string().starts_with("tunnel error").then_some(Fault::Proxy)
}

fn secure(error: &rustls::Error) -> Fault {
    if let rustls::Error::InvalidCertificate(reason) = error {
        Fault::Certificate(certificate(reason).to_owned())
    } else {
        Fault::NotSecure
    }
}

fn certificate(reason: &CertificateError) -> &'static str {
    if matches!(reason, CertificateError::Expired | CertificateError::ExpiredContext { .. }) {
        "it has expired"
    } else if matches!(reason, CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. }) {
        "it is not valid yet"
    } else if matches!(
        reason,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }
    ) {
        "it is for another host name"
    } else if matches!(reason, CertificateError::Revoked) {
        "it was revoked"
    } else {
        "nobody whom this system trusts has signed it"
    }
}

fn system(kind: io::ErrorKind) -> Option<Fault> {
    if matches!(kind, io::ErrorKind::ConnectionRefused) {
        Some(Fault::Refused)
    } else if matches!(
        kind,
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown
    ) {
        Some(Fault::NoRoute)
    } else if matches!(kind, io::ErrorKind::TimedOut) {
        Some(Fault::TimedOut)
    } else if matches!(
        kind,
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe
    ) {
        Some(Fault::BrokeOff)
    } else {
        None
    }
}

/// What is left: the stage at which it happened.
fn by_stage(error: &reqwest::Error) -> Fault {
    if error.is_timeout() {
        Fault::TimedOut
    } else if error.is_dns() {
        Fault::NoName
    } else if error.is_connect() {
        Fault::Refused
    } else if error.is_builder() {
        Fault::Malformed
    } else {
        Fault::BrokeOff
    }
}
