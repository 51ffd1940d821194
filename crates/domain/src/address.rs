//! Addresses as people write them: the base URL of a service, and the URL of a repository.
//!
//! Everything is decided by the text alone. Nothing here looks a name up, so that a name which merely resolves to
//! this machine is never taken for it.

mod base;
mod repository;
mod web;

#[cfg(test)]
mod tests;

pub use base::BaseUrl;
pub use repository::RepositoryUrl;

/// The text is no address that PDT accepts. No variant holds a user name, a password, a query or a fragment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// There is no text at all.
    #[error("the URL is empty; write one like https://github.com")]
    Empty,
    /// It has no `https://` in front, or holds characters that no URL has.
    #[error("{0:?} is not a URL; write it in full, like https://github.com")]
    NotAUrl(String),
    /// It is neither a web address nor one for git over SSH.
    #[error(
        "{0:?} is not a repository's URL; write it like https://github.com/owner/name or git@github.com:owner/name"
    )]
    NotARepository(String),
    /// The scheme is not `https`, nor `http` where that is allowed.
    #[error("{0:?} does not begin with https://; only https is accepted here")]
    Scheme(String),
    /// Plain `http` to somewhere else than this machine.
    #[error(
        "http://{0} is not encrypted and is refused; use https (plain http is accepted for localhost, 127.0.0.1 and [::1] only)"
    )]
    NotEncrypted(String),
    /// The host or port cannot be one.
    #[error("{0:?} has no valid host and port")]
    Host(String),
    /// A user name or password stands in it. It is not repeated here.
    #[error("the URL holds a user name or a password; leave them out, a token does not belong into it")]
    UserInfo,
    /// A `?` or `#` part stands in it. It is not repeated here.
    #[error("the URL ends in a ?… or #… part; leave that out")]
    QueryOrFragment,
    /// A part of the path is empty, `.`, `..`, holds an encoded slash or is no text.
    #[error("{0:?} has an empty or unusual part in its path")]
    Path(String),
    /// A repository's URL without an owner or without a name.
    #[error(
        "{0:?} names no repository; an owner and a name must follow the host, like https://github.com/owner/name"
    )]
    NoRepository(String),
}
