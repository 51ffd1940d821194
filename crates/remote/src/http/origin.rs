//! Where a token may go: to the origin of the account's API root, and nowhere else.

use url::{Host, Url};

use super::Kind;
use super::call::Target;

/// The origin that an account's requests stay at.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    root: Url,
}

impl Origin {
    /// The origin of an API root.
    pub(super) fn new(root: Url) -> Self {
        Self { root }
    }

    /// The complete address of a call.
    ///
    /// # Errors
    /// [`Kind::ForeignOrigin`] where it is elsewhere, [`Kind::Unprocessable`] where it is no address.
    pub(super) fn address(&self, target: &Target) -> Result<Url, Kind> {
        match target {
            Target::Below(path) => self.below(path),
            Target::Absolute(url) => self.keep(url.clone()),
        }
    }

    /// Lets an address pass if it is at this origin, without a user or a fragment that may stand in it.
    ///
    /// # Errors
    /// [`Kind::ForeignOrigin`].
    pub(super) fn keep(&self, mut url: Url) -> Result<Url, Kind> {
        if url.origin() != self.root.origin() {
            return Err(Kind::ForeignOrigin { origin: url.origin().ascii_serialization() });
        }
        // An http(s) address with a host always takes these.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_fragment(None);
        Ok(url)
    }

    /// Host, and port where it is not the usual one.
    pub(super) fn host(&self) -> String {
        let host = self.root.host_str().unwrap_or_default();
        self.root.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Whether it is this machine, told by name and not by look-up.
    pub(super) fn is_loopback(&self) -> bool {
        match self.root.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        }
    }

    /// Whether requests are encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        self.root.scheme() == "https"
    }

    fn below(&self, path: &str) -> Result<Url, Kind> {
        let root = self.root.as_str().trim_end_matches('/');
        let url = Url::parse(&format!("{root}/{path}")).map_err(|_| Kind::Unprocessable)?;
        // `..` in a name would lead out of the API, with the token.
        let is_below = url.path().starts_with(self.root.path().trim_end_matches('/'));
        let is_straight = !path.split('/').any(is_dots);
        if is_below && is_straight { self.keep(url) } else { Err(Kind::Unprocessable) }
    }
}

/// `.` and `..`, also percent-encoded, which addresses swallow.
fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(root: &str) -> Origin {
        Origin::new(Url::parse(root).unwrap())
    }

    fn absolute(address: &str) -> Target {
        Target::Absolute(Url::parse(address).unwrap())
    }

    #[test]
    fn an_address_below_the_root_keeps_the_roots_path() {
        for root in ["https://ghe.example/api/v3", "https://ghe.example/api/v3/"] {
            let address = origin(root).address(&Target::Below("repos/a%2Fb/c?x=1".to_owned())).unwrap();
            assert_eq!(address.as_str(), "https://ghe.example/api/v3/repos/a%2Fb/c?x=1", "below {root}");
        }
        for path in ["repos/../../admin", "repos/%2e%2E/x", "./x"] {
            let refused = origin("https://ghe.example/api/v3").address(&Target::Below(path.to_owned()));
            assert_eq!(refused, Err(Kind::Unprocessable), "{path} leads out of what was meant");
        }
    }

    #[test]
    fn only_scheme_host_and_port_of_the_root_pass() {
        let origin = origin("https://ghe.example/api/v3");
        let graphql = origin.address(&absolute("https://me:pw@GHE.example:443/api/graphql#x")).unwrap();
        assert_eq!(graphql.as_str(), "https://ghe.example/api/graphql", "another path, no user, no fragment");
        for (foreign, named) in [
            ("http://ghe.example/api/v3", "http://ghe.example"),
            ("https://ghe.example:8443/api/v3", "https://ghe.example:8443"),
            ("https://ghe.example.evil.example/api/v3", "https://ghe.example.evil.example"),
            ("https://ghe.example@evil.example/", "https://evil.example"),
        ] {
            let refused = origin.address(&absolute(foreign));
            assert_eq!(refused, Err(Kind::ForeignOrigin { origin: named.to_owned() }), "{foreign}");
        }
    }

    #[test]
    fn loopback_is_told_by_name() {
        for here in ["http://127.0.0.1:1", "http://127.9.8.7", "http://[::1]:1", "http://LOCALHOST:1"] {
            assert!(origin(here).is_loopback(), "{here} is this machine");
        }
        for there in ["https://localhost.example", "https://10.0.0.1", "https://api.github.com"] {
            assert!(!origin(there).is_loopback(), "{there} is another");
        }
    }
}
