//! The `Link` header of RFC 8288, as far as lists need it: the address with `rel="next"`.

use http::HeaderMap;
use url::Url;

/// The next page's address, resolved against the address that the answer came from.
pub(super) fn next(headers: &HeaderMap, base: &Url) -> Option<Url> {
    let values = headers.get_all(http::header::LINK);
    let found = values.iter().filter_map(|value| value.to_str().ok()).find_map(next_in);
    found.and_then(|address| base.join(address).ok())
}

/// Addresses stand between `<` and `>` and may hold commas; what follows, up to the next `<`, are parameters.
fn next_in(header: &str) -> Option<&str> {
    header.split('<').skip(1).find_map(|part| {
        let (address, parameters) = part.split_once('>')?;
        is_next(parameters).then_some(address.trim())
    })
}

/// `rel` may be quoted or not, in any letter case, and may name several relations.
fn is_next(parameters: &str) -> bool {
    parameters.split([';', ',']).any(|parameter| {
        let Some((name, value)) = parameter.split_once('=') else { return false };
        let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
        name.trim().eq_ignore_ascii_case("rel") && relations.any(|word| word.eq_ignore_ascii_case("next"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next_of(values: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("link", value.parse().unwrap());
        }
        next(&headers, &Url::parse("https://api.example/repos/a/b/commits?page=1").unwrap()).map(String::from)
    }

    #[test]
    fn the_address_with_rel_next_is_found_among_the_others() {
        let github = r#"<https://api.example/repositories/1/commits?page=1>; rel="prev", <https://api.example/repositories/1/commits?page=3>; rel="next", <https://api.example/repositories/1/commits?page=9>; rel="last""#;
        let third = Some("https://api.example/repositories/1/commits?page=3".to_owned());
        assert_eq!(next_of(&[github]), third, "GitHub's form");
        assert_eq!(
            next_of(&["<https://api.example/a,b?x=1,2>; rel=next"]).unwrap(),
            "https://api.example/a,b?x=1,2",
            "commas inside"
        );
        assert_eq!(
            next_of(&["</x>; rel=\"prev\"", "</y>; title=t; REL=\"last NEXT\""]).unwrap(),
            "https://api.example/y"
        );
        assert_eq!(
            next_of(&["<?page=2>; rel=\"next\""]).unwrap(),
            "https://api.example/repos/a/b/commits?page=2"
        );
    }

    #[test]
    fn without_rel_next_the_list_ends() {
        for value in [
            "",
            "nonsense",
            "</x>; rel=\"prev\"",
            "</x>; rel=\"next-archive\"",
            "</x>",
            "<unclosed; rel=next",
        ] {
            assert_eq!(next_of(&[value]), None, "{value:?} announces no further page");
        }
    }
}
