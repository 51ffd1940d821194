//! What base URLs and repository URLs share: taking a web address apart without repairing it.
//!
//! The `url` crate mends what people write, as browsers do: it drops line ends, turns `\` into `/` and resolves
//! `..`. Here these are refused, because what is stored must be what was written.

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::AddressError;

/// A web address in parts.
pub(super) struct WebAddress {
    /// Scheme, host and port, with `/` as its path.
    pub(super) origin: Url,
    /// The decoded path, without a slash at its end.
    pub(super) path: Vec<String>,
}

impl WebAddress {
    /// Reads `https://HOST[:PORT][/PATH]`, or the same with `http` for this machine.
    pub(super) fn parse(text: &str) -> Result<Self, AddressError> {
        let text = plain(text, AddressError::NotAUrl)?;
        let (scheme, rest) = text.split_once("://").ok_or_else(|| AddressError::NotAUrl(shown(text)))?;
        if !["https", "http"].contains(&scheme.to_ascii_lowercase().as_str()) {
            return Err(AddressError::Scheme(shown(text)));
        }
        let (authority, path) = split_authority(rest)?;
        let origin = Url::parse(&format!("{scheme}://{authority}/"));
        let origin = origin.map_err(|_| AddressError::Host(shown(text)))?;
        if origin.scheme() == "http" && !is_this_machine(&origin) {
            return Err(AddressError::NotEncrypted(authority.to_owned()));
        }
        Ok(Self { origin, path: segments(path, text)? })
    }
}

/// The text without white space around it. One that cannot be any address is refused with the error given.
pub(super) fn plain(text: &str, refusal: fn(String) -> AddressError) -> Result<&str, AddressError> {
    let text = text.trim();
    if text.is_empty() {
        Err(AddressError::Empty)
    } else if text.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\') {
        Err(refusal(shown(text)))
    } else {
        Ok(text)
    }
}

/// What follows `://`: the host with its port, and the path. The other parts of a URL are refused.
pub(super) fn split_authority(rest: &str) -> Result<(&str, &str), AddressError> {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if authority.contains('@') {
        Err(AddressError::UserInfo)
    } else if path.contains(['?', '#']) {
        Err(AddressError::QueryOrFragment)
    } else {
        Ok((authority, path))
    }
}

/// The decoded parts of a path. A slash at either end is no part; `text` is for the message.
pub(super) fn segments(path: &str, text: &str) -> Result<Vec<String>, AddressError> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return Ok(Vec::new());
    }
    path.split('/').map(|part| segment(part).ok_or_else(|| AddressError::Path(shown(text)))).collect()
}

fn segment(encoded: &str) -> Option<String> {
    let decoded = percent_decode_str(encoded).decode_utf8().ok()?;
    let usual = !["", ".", ".."].contains(&decoded.as_ref())
        && !decoded.contains(|c: char| c.is_control() || c == '/' || c == '\\');
    usual.then(|| decoded.into_owned())
}

/// Whether the address is this machine's by name: 127.0.0.0/8, `::1` or `localhost`.
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The text as a message may repeat it: without what may be a credential, and not too long.
pub(super) fn shown(text: &str) -> String {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), text),
    };
    let rest = match rest.rsplit_once('@') {
        Some(("git", rest)) => format!("git@{rest}"),
        Some((_, rest)) => format!("…@{rest}"),
        None => rest.to_owned(),
    };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    format!("{scheme}{rest}").chars().take(120).collect()
}
