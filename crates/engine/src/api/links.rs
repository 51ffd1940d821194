//! Which addresses a shell may open in the person's browser.

use pdt_domain::address::BaseUrl;
use pdt_domain::ids::Name;
use url::{Host, Url};

use super::error::Code;
use super::{ApiError, Engine};

/// Where GitHub and GitLab make tokens. The person may be connecting a service that is not connected yet.
const TOKEN_PAGES: [&str; 2] = ["/settings/tokens/new", "/-/user_settings/personal_access_tokens"];

/// Where a Jira Data Center makes tokens; a context path may stand before it.
const JIRA_TOKEN_PAGE: &str = "/secure/ViewProfile.jspa";

/// Where Atlassian makes the tokens of all its Cloud sites.
const ATLASSIAN_TOKEN_PAGE: &str = "https://id.atlassian.com/manage-profile/security/api-tokens";

/// Longer than any address that PDT makes, and shorter than what a browser or a desktop stumbles over.
const LONGEST: usize = 2_048;

impl Engine {
    /// The address in normal form, if it may be opened in the person's browser: a page of a connected account's
    /// service, or the page of any service on which a token is made. What asks may be a document that a
    /// stranger wrote, such as a commit's message.
    ///
    /// # Errors
    /// Any other address; an unknown profile; those of the database.
    pub async fn checked_link(&self, profile: &Name, url: &str) -> Result<String, ApiError> {
        let accounts = match self.profile_or_empty(profile).await? {
            Some(profile) => self.accounts_of(&profile).await?,
            None => Vec::new(),
        };
        let connected = accounts.iter().filter_map(|account| BaseUrl::parse(&account.url).ok());
        check(url, &connected.collect::<Vec<_>>()).map(String::from)
    }
}

fn check(text: &str, connected: &[BaseUrl]) -> Result<Url, ApiError> {
    let url = read(text).ok_or_else(|| refusal("This is not the address of a web page."))?;
    let is_connected = connected.iter().any(|base| base.url().origin() == url.origin());
    if is_connected || is_token_page(&url) {
        return Ok(url);
    }
    let host = url.host_str().unwrap_or_default();
    Err(refusal(&format!("{host} is not the service of a connected account.")))
}

fn is_token_page(url: &Url) -> bool {
    TOKEN_PAGES.contains(&url.path())
        || url.path().ends_with(JIRA_TOKEN_PAGE)
        || url.as_str() == ATLASSIAN_TOKEN_PAGE
}

/// Reads an address without repairing it, as the `url` crate would: what is opened is what was written.
fn read(text: &str) -> Option<Url> {
    let is_plain =
        text.len() <= LONGEST && !text.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\');
    let (_, rest) = text.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    if !is_plain || authority.is_empty() || authority.contains('@') {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let is_safe = match (url.scheme(), url.host()?) {
        ("https", _) => true,
        ("http", Host::Ipv4(address)) => address.is_loopback(),
        ("http", Host::Ipv6(address)) => address.is_loopback(),
        ("http", Host::Domain(name)) => name == "localhost",
        (_, _) => false,
    };
    is_safe.then_some(url)
}

fn refusal(why: &str) -> ApiError {
    ApiError::new(Code::Usage, format!("The link is not opened. {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(text: &str) -> Result<String, ApiError> {
        let bases = [
            "https://github.com",
            "https://git.example:8443/gitlab",
            "http://127.0.0.1:4000",
            "https://b\u{fc}cher.example",
        ];
        let connected: Vec<BaseUrl> = bases.iter().map(|base| BaseUrl::parse(base).unwrap()).collect();
        check(text, &connected).map(String::from)
    }

    #[test]
    fn pages_of_connected_services_are_opened_in_normal_form() {
        let table = [
            ("https://github.com/acme/widgets/commit/0a", "https://github.com/acme/widgets/commit/0a"),
            ("HTTPS://GitHub.com:443/acme", "https://github.com/acme"),
            (
                "https://git.example:8443/gitlab/a/-/commit/0a?x=1#L2",
                "https://git.example:8443/gitlab/a/-/commit/0a?x=1#L2",
            ),
            ("http://127.0.0.1:4000/acme", "http://127.0.0.1:4000/acme"),
            ("https://b\u{fc}cher.example/a", "https://xn--bcher-kva.example/a"),
            ("https://github.com/acme/\"quoted\"", "https://github.com/acme/%22quoted%22"),
        ];
        for (text, expected) in table {
            assert_eq!(opened(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn the_page_for_a_new_token_is_opened_at_any_service() {
        let pages = [
            "https://new.example/settings/tokens/new?scopes=repo,read:org&description=PDT",
            "https://new.example/-/user_settings/personal_access_tokens?name=PDT&scopes=read_api",
            "https://new.example/jira/secure/ViewProfile.jspa?selectedTab=tokens",
            "https://id.atlassian.com/manage-profile/security/api-tokens",
        ];
        for page in pages {
            assert_eq!(opened(page).unwrap(), page);
        }
        for other in [
            "https://new.example/settings/tokens/new/",
            "https://new.example/settings/tokens",
            "http://new.example/settings/tokens/new",
            "https://id.atlassian.com/manage-profile/security",
            "https://id.atlassian.com.evil.example/manage-profile/security/api-tokens",
        ] {
            opened(other).expect_err(other);
        }
    }

    #[test]
    fn everything_else_is_refused_in_one_short_sentence() {
        let long = format!("https://github.com/{}", "a".repeat(LONGEST));
        let hostile = [
            "",
            "github.com",
            "javascript:alert(1)",
            "javascript://github.com/%0aalert(1)",
            "JaVaScRiPt:alert(document.domain)",
            "data:text/html,<script>alert(1)</script>",
            "file:///etc/passwd",
            "file://github.com/etc/passwd",
            "ssh://github.com/acme",
            "x-scheme://github.com/",
            "--help",
            "https://github.com@evil.example/",
            "https://github.com:x@evil.example/",
            "https://@github.com/",
            "https://evil.example\\@github.com/",
            "https:\\\\github.com/",
            "https:github.com/acme",
            "https:/github.com/acme",
            "https:///github.com/acme",
            "https://",
            "https://github.com\n.evil.example/",
            "https://github.com/\u{0}",
            "\thttps://github.com/",
            "https://github.com /",
            "https://evil.example/",
            "https://evil.example/https://github.com/",
            "https://evil.example/?https://github.com/",
            "https://evil.example#@github.com/",
            "https://github.com.evil.example/",
            "https://github.com./acme",
            "https://www.github.com/acme",
            "https://github.com:8443/acme",
            "https://git.example/gitlab",
            "http://github.com/acme",
            "https://127.0.0.1:4000/acme",
            "http://127.0.0.1:4001/acme",
            "http://localhost:4000/acme",
            "http://127.0.0.1.evil.example:4000/",
            "https://g\u{456}thub.com/acme",
            "https://github\u{3002}com.evil.example/",
            "https://[::1/",
            &long,
        ];
        for text in hostile {
            let error = opened(text).expect_err(text);
            assert!(error.message.starts_with("The link is not opened. "), "{error}");
            assert!(error.message.len() < 400, "{error}");
        }
    }
}
