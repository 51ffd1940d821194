//! The URL of a repository.

use url::Host;

use super::web::{WebAddress, plain, segments, shown, split_authority};
use super::{AddressError, BaseUrl};

/// A repository's URL: `https://HOST[:PORT]/OWNER/…/NAME[.git]` (`http` for this machine), `git@HOST:OWNER/…/NAME`
/// or `ssh://git@HOST[:PORT]/OWNER/…/NAME`. The user name of the SSH forms says nothing about the repository and is
/// not kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RepositoryUrl {
    host: String,
    way: Way,
    path: Vec<String>,
}

/// How git would get there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Way {
    /// Over the web: the port in use, and whether it was written down because it is not the scheme's own.
    Web { port: u16, written: bool },
    /// Over SSH, whose port says nothing about the service's web address.
    Ssh,
}

impl RepositoryUrl {
    /// Reads a repository's URL.
    ///
    /// # Errors
    /// [`AddressError`] with a sentence for the person who wrote the text.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = plain(text, AddressError::NotARepository)?;
        match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("ssh") => Self::from_ssh(rest, text),
            Some((scheme, _)) if ["https", "http"].contains(&scheme.to_ascii_lowercase().as_str()) => {
                Self::from_web(text)
            }
            Some(_) => Err(AddressError::NotARepository(shown(text))),
            None => Self::from_scp(text),
        }
    }

    fn from_web(text: &str) -> Result<Self, AddressError> {
        let WebAddress { origin, path } = WebAddress::parse(text)?;
        let port = origin.port_or_known_default().unwrap_or_default();
        let way = Way::Web { port, written: origin.port().is_some() };
        Self::new(origin.host_str().unwrap_or_default().to_owned(), way, path, text)
    }

    /// Reads what follows `ssh://`.
    fn from_ssh(rest: &str, text: &str) -> Result<Self, AddressError> {
        let rest = match rest.split_once('@') {
            Some((user, rest)) if is_user(user) => rest,
            Some(_) => return Err(AddressError::UserInfo),
            None => rest,
        };
        let (authority, path) = split_authority(rest)?;
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if port.parse::<u16>().is_ok() => host,
            _ => authority,
        };
        Self::new(ssh_host(host, text)?, Way::Ssh, segments(path, text)?, text)
    }

    /// Reads `USER@HOST:PATH`, the form that `scp` made known.
    fn from_scp(text: &str) -> Result<Self, AddressError> {
        let unlike = || AddressError::NotARepository(shown(text));
        let (user, rest) = text.split_once('@').ok_or_else(unlike)?;
        // The colon after an IPv6 address is the one behind its bracket.
        let bracket = rest.find(']').unwrap_or(0);
        let colon = rest.get(bracket..).and_then(|tail| tail.find(':')).ok_or_else(unlike)?;
        let (host, path) = rest.split_at(bracket + colon);
        if !is_user(user) || host.contains('/') {
            return Err(unlike());
        }
        if path.contains(['?', '#']) {
            return Err(AddressError::QueryOrFragment);
        }
        let path = path.strip_prefix(':').unwrap_or(path);
        Self::new(ssh_host(host, text)?, Way::Ssh, segments(path, text)?, text)
    }

    fn new(host: String, way: Way, mut path: Vec<String>, text: &str) -> Result<Self, AddressError> {
        if let Some(bare) = path.last().and_then(|name| name.strip_suffix(".git")).map(str::to_owned) {
            path.pop();
            path.push(bare);
        }
        match path.as_slice() {
            [_, .., name] if !["", ".", ".."].contains(&name.as_str()) => Ok(Self { host, way, path }),
            _ => Err(AddressError::NoRepository(shown(text))),
        }
    }

    /// The host without its port, in lower case; an IPv6 address stands in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port of a web address where it is not the scheme's own; none for the SSH forms.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        match self.way {
            Way::Web { port, written: true } => Some(port),
            Way::Web { written: false, .. } | Way::Ssh => None,
        }
    }

    /// The decoded parts of the path, at least two, the last without `.git`.
    #[must_use]
    pub fn path(&self) -> &[String] {
        &self.path
    }

    /// All parts of the path but the last, joined by `/`.
    #[must_use]
    pub fn owner(&self) -> String {
        self.path.split_last().map(|(_, owner)| owner.join("/")).unwrap_or_default()
    }

    /// The last part of the path, without `.git`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// Whether the repository is at that service: the same host; for a web address also the same port, and a
    /// path that begins with the service's. The SSH forms have neither the web's port nor its path: GitLab's SSH
    /// URLs leave the relative root out (<https://docs.gitlab.com/install/relative_url/>).
    #[must_use]
    pub fn is_at(&self, base: &BaseUrl) -> bool {
        let same_way = match self.way {
            Way::Web { port, .. } => {
                base.url().port_or_known_default() == Some(port) && self.path.starts_with(base.path())
            }
            Way::Ssh => true,
        };
        same_way && self.host == base.host()
    }

    /// The parts of the path without those of the service's own path. For a repository that is at the service
    /// (see [`Self::is_at`]) whose URL is too short, this may be fewer than two.
    #[must_use]
    pub fn below(&self, base: &BaseUrl) -> Vec<String> {
        match self.way {
            Way::Web { .. } => self.path.strip_prefix(base.path()).unwrap_or(&self.path).to_vec(),
            Way::Ssh => self.path.clone(),
        }
    }
}

/// A user name of the SSH forms: nearly always `git`. A colon in it would begin a password.
fn is_user(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// The host of an SSH form, in the normal form that web addresses have.
fn ssh_host(text: &str, whole: &str) -> Result<String, AddressError> {
    Host::parse(text).map(|host| host.to_string()).map_err(|_| AddressError::Host(shown(whole)))
}
