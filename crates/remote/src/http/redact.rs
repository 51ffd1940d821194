//! Texts that cannot tell a secret: addresses without queries' values, and a service's words made clean.

use url::Url;

/// The longest piece of a service's own words in a sentence, in characters.
const LONGEST_QUOTE: usize = 200;

/// What stands where a secret stood.
const REDACTED: &str = "<redacted>";

/// How tokens of the services begin; a word that begins so is never shown, whoever's it is.
/// <https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/>,
/// <https://docs.gitlab.com/security/tokens/#token-prefixes>.
const TOKEN_PREFIXES: [&str; 9] =
    ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gloas-", "ATATT"];

/// Parameters that only number, order or bound a list. The value of any other may be a name, an address or a
/// secret, and is left out.
const HARMLESS_PARAMETERS: [&str; 16] = [
    "all",
    "cursor",
    "direction",
    "expand",
    "maxResults",
    "order_by",
    "page",
    "pagination",
    "per_page",
    "ref_name",
    "sha",
    "since",
    "sort",
    "startAt",
    "state",
    "until",
];

/// Path and query of an address for logs: no user, no host, and values of harmless parameters only.
pub(super) fn url(url: &Url) -> String {
    let pairs: Vec<String> = url.query_pairs().map(|(name, value)| parameter(&name, &value)).collect();
    let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
    format!("{}{query}", path(url.path()))
}

/// A path for logs; segments that look like a token are left out.
pub(super) fn path(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').map(unless_token).collect();
    segments.join("/")
}

fn parameter(name: &str, value: &str) -> String {
    if HARMLESS_PARAMETERS.contains(&name) {
        format!("{name}={}", unless_token(value))
    } else {
        format!("{}=…", unless_token(name))
    }
}

fn unless_token(text: &str) -> &str {
    if TOKEN_PREFIXES.iter().any(|prefix| text.contains(prefix)) { REDACTED } else { text }
}

/// A service's words, fit for one sentence: the account's secrets and whatever looks like a token left out, control
/// characters and line ends turned into spaces, at most 200 characters.
pub(super) fn quote(words: &str, secrets: &[&str]) -> String {
    // A token of a few letters is no token, and would tear holes into every word.
    let secrets = secrets.iter().filter(|secret| secret.len() >= 4);
    let words = secrets.fold(words.to_owned(), |words, secret| words.replace(secret, REDACTED));
    let plain: String =
        words.chars().map(|letter| if is_unprintable(letter) { ' ' } else { letter }).collect();
    let words: Vec<&str> = plain.split_whitespace().map(unless_token).collect();
    shorten(&words.join(" "))
}

/// Control characters, and those that change the direction of the text around them or cannot be seen.
fn is_unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= LONGEST_QUOTE {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LONGEST_QUOTE - 1).collect();
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_printed_without_user_host_and_telling_values() {
        let address =
            Url::parse("https://me:hidden@api.example/x/y?page=2&private_token=hidden&author=a%40b.c#hidden")
                .unwrap();
        assert_eq!(url(&address), "/x/y?page=2&private_token=…&author=…");
        let odd = Url::parse("https://api.example/x/ghp_abc?sha=glpat-abc&ghp_abc=1").unwrap();
        let search = Url::parse("https://api.example/s?jql=text~hidden&startAt=50&state=active").unwrap();
        assert_eq!(
            url(&search),
            "/s?jql=…&startAt=50&state=active",
            "what is searched for is nobody's business"
        );
        assert_eq!(url(&odd), "/x/<redacted>?sha=<redacted>&<redacted>=…", "a token in an unexpected place");
    }

    #[test]
    fn a_quote_holds_no_token_and_fits_a_line() {
        let said = "bad\u{1b}[31m token\r\n\"s3cret-t0ken\"  or\u{202e} \"ghp_0123\"";
        assert_eq!(quote(said, &["s3cret-t0ken"]), "bad [31m token \"<redacted>\" or <redacted>");
        assert_eq!(quote(&"ä".repeat(300), &["s3cret"]).chars().count(), 200, "cut at characters, not bytes");
        assert_eq!(quote("a message", &["a"]), "a message", "one letter is no token");
    }

    #[test]
    fn a_token_at_the_cut_is_gone_before_the_cut() {
        let said = format!("{}s3cret-t0ken", "x".repeat(195));
        assert!(!quote(&said, &["s3cret-t0ken"]).contains("s3c"), "not even its beginning is left");
    }
}
