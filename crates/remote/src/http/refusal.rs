//! The several meanings of 403, and of "there is nothing yet". Pure.

use pdt_domain::provider::Provider;
use url::Url;

use super::Kind;
use super::limits::Limits;
use super::reply::Reply;

/// `X-GitHub-SSO: required; url=https://github.com/orgs/ORG/sso?authorization_request=…`.
/// <https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api>
pub(super) fn single_sign_on(reply: &Reply) -> Option<Kind> {
    let header = reply.header("x-github-sso")?.trim();
    let parameters = header.strip_prefix("required")?;
    let address = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("url="));
    let url = address.and_then(|address| Url::parse(address).ok());
    let organization = url.as_ref().and_then(organization_in);
    // The name is only shown; the address is opened by the person, and only if nobody can listen in.
    let url = url.filter(|url| url.scheme() == "https");
    Some(Kind::SingleSignOn { organization, url: url.map(String::from) })
}

/// `/orgs/ORG/sso`, on Enterprise with more before it; `/enterprises/NAME/sso` likewise.
fn organization_in(url: &Url) -> Option<String> {
    let mut segments = url.path_segments()?;
    segments.find(|segment| matches!(*segment, "orgs" | "enterprises"))?;
    let name = segments.next()?;
    let is_name = !name.is_empty()
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
    is_name.then(|| name.to_owned())
}

/// A 403 that only means "too many requests": one that names a wait, GitHub's with nothing remaining, or
/// GitHub's that speaks of a secondary limit, which may come without any header.
/// <https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit>
pub(super) fn is_limit(provider: Provider, reply: &Reply, limits: Limits) -> bool {
    // Jira's Data Center sends "0" with everything while its limits are on.
    let names_wait = match provider {
        Provider::Github | Provider::Gitlab => limits.retry_after.is_some(),
        Provider::Jira => limits.retry_after.is_some_and(|wait| !wait.is_zero()),
    };
    let on_github = provider == Provider::Github;
    let words = || reply.message().unwrap_or_default().to_ascii_lowercase();
    let speaks_of_limit = || ["rate limit", "abuse detection"].iter().any(|phrase| words().contains(phrase));
    names_wait || on_github && (limits.remaining == Some(0) || speaks_of_limit())
}

/// A 403 that says which right the token lacks: GitLab's `insufficient_scope`, GitHub's lists of accepted and
/// granted scopes, or the permission that GitHub names for a fine-grained token.
pub(super) fn missing_scope(reply: &Reply) -> Option<Kind> {
    gitlab_scope(reply).or_else(|| github_scope(reply)).or_else(|| github_permission(reply))
}

/// `{"error": "insufficient_scope", "error_description": "…", "scope": "api read_api"}`: any of these is enough.
fn gitlab_scope(reply: &Reply) -> Option<Kind> {
    let json = reply.json()?;
    if json.get("error")?.as_str()? != "insufficient_scope" {
        return None;
    }
    let accepted = json.get("scope").and_then(|scope| scope.as_str()).unwrap_or_default();
    let words = || accepted.split_ascii_whitespace().filter(|word| is_scope(word));
    // The least of them is enough for PDT, which only reads.
    let scope = words().find(|word| word.starts_with("read_")).or_else(|| words().next());
    Some(Kind::MissingScope { scope: scope.map(str::to_owned) })
}

/// `X-Accepted-OAuth-Scopes` against `X-OAuth-Scopes`, which only classic tokens get.
/// <https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps>
fn github_scope(reply: &Reply) -> Option<Kind> {
    let granted: Vec<&str> = scopes(reply.header("x-oauth-scopes")?).collect();
    let accepted: Vec<&str> = scopes(reply.header("x-accepted-oauth-scopes")?).collect();
    let lacks = !accepted.is_empty() && !accepted.iter().any(|scope| is_granted(scope, &granted));
    let scope = accepted.first().map(|scope| (*scope).to_owned());
    lacks.then_some(Kind::MissingScope { scope })
}

fn scopes(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|scope| is_scope(scope))
}

/// A scope includes those that stand below it: `admin:org` grants `write:org` and `read:org`, `repo` grants
/// `public_repo`.
fn is_granted(scope: &str, granted: &[&str]) -> bool {
    let (verb, noun) = scope.split_once(':').unwrap_or(("", scope));
    let wider = match (verb, noun) {
        ("read", noun) => vec![format!("write:{noun}"), format!("admin:{noun}"), noun.to_owned()],
        ("write", noun) => vec![format!("admin:{noun}")],
        ("", "public_repo") | ("repo", _) => vec!["repo".to_owned()],
        (_, noun) if verb == "user" || noun == "user" => vec!["user".to_owned()],
        _ => Vec::new(),
    };
    granted.iter().any(|held| *held == scope || wider.iter().any(|wide| wide == held))
}

/// `X-Accepted-GitHub-Permissions: contents=read` beside GitHub's fixed words for fine-grained tokens.
/// <https://docs.github.com/en/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens>
fn github_permission(reply: &Reply) -> Option<Kind> {
    if !reply.message()?.starts_with("Resource not accessible by") {
        return None;
    }
    let named = reply.header("x-accepted-github-permissions");
    let scope = named.and_then(|list| list.split([',', ';']).map(str::trim).find(|scope| is_scope(scope)));
    Some(Kind::MissingScope { scope: scope.map(str::to_owned) })
}

/// Atlassian's gateway for tokens with scopes refuses a call whose scope the token lacks with 401, and does not say
/// which scope that is.
pub(super) fn gateway_scope(provider: Provider, reply: &Reply) -> Option<Kind> {
    let category = || reply.header("x-failure-category") == Some("FAILURE_CLIENT_SCOPE_CHECK");
    let words = || reply.message().is_some_and(|words| words.contains("scope does not match"));
    let is_scope = provider == Provider::Jira && (category() || words());
    is_scope.then_some(Kind::MissingScope { scope: None })
}

/// What Jira's filter for sign-ins has against the credential, in the middle of a sentence: it does not fit, or so many
/// sign-ins failed that a riddle has to be solved in a browser.
/// <https://developer.atlassian.com/server/jira/platform/basic-authentication/>
pub(super) fn sign_in_failure(reply: &Reply) -> Option<&'static str> {
    let reasons = reply.headers.get_all("x-seraph-loginreason").iter();
    let mut words = reasons.filter_map(|reason| reason.to_str().ok()).flat_map(|reason| reason.split(','));
    words.find_map(|word| match word.trim() {
        "AUTHENTICATED_FAILED" => Some("signing in with it failed"),
        "AUTHENTICATION_DENIED" => Some("signing in failed too often, and has to be done in a browser once"),
        _ => None,
    })
}

/// Only what looks like the name of a scope gets into a sentence.
fn is_scope(word: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "_:=-".contains(letter);
    !word.is_empty() && word.len() <= 60 && word.chars().all(fits)
}

/// GitHub: 409 "Git Repository is empty."
pub(super) fn is_empty_repository(reply: &Reply) -> bool {
    reply.message().is_some_and(|words| words.to_ascii_lowercase().contains("repository is empty"))
}

/// GitLab: 404 "404 Repository Not Found" for the commits of a project without a repository yet; a project that
/// is not there, or not visible, is "404 Project Not Found".
pub(super) fn is_empty_project(provider: Provider, reply: &Reply) -> bool {
    provider == Provider::Gitlab
        && reply.message().is_some_and(|words| words.trim() == "404 Repository Not Found")
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, StatusCode};

    use super::super::reply::End;
    use super::*;

    fn refused(headers: &[(&'static str, &str)], body: &str) -> Reply {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        Reply { status: StatusCode::FORBIDDEN, headers: map, body: body.as_bytes().to_vec(), end: End::Whole }
    }

    fn scope_of(headers: &[(&'static str, &str)], body: &str) -> Option<Option<String>> {
        let kind = missing_scope(&refused(headers, body))?;
        let Kind::MissingScope { scope } = kind else { panic!("{kind:?} is not about scopes") };
        Some(scope)
    }

    #[test]
    fn single_sign_on_names_organisation_and_address() {
        let address = "https://github.com/orgs/acme-inc/sso?authorization_request=AZ1";
        let header = format!("required; url={address}");
        let kind = single_sign_on(&refused(&[("x-github-sso", &header)], "{}"));
        let organization = Some("acme-inc".to_owned());
        assert_eq!(kind, Some(Kind::SingleSignOn { organization, url: Some(address.to_owned()) }));
        let odd = single_sign_on(&refused(&[("x-github-sso", "required; url=javascript:alert(1)")], "{}"));
        assert_eq!(odd, Some(Kind::SingleSignOn { organization: None, url: None }), "only https is opened");
        let partial = refused(&[("x-github-sso", "partial-results; organizations=21955855")], "{}");
        assert_eq!(single_sign_on(&partial), None, "an incomplete list is no refusal");
    }

    #[test]
    fn a_scope_is_missing_only_if_no_wider_one_is_held() {
        let lists = |granted, accepted| {
            scope_of(&[("x-oauth-scopes", granted), ("x-accepted-oauth-scopes", accepted)], "{}")
        };
        let named = |scope: &str| Some(Some(scope.to_owned()));
        assert_eq!(lists("gist", "repo"), named("repo"));
        assert_eq!(lists("", "public_repo, repo"), named("public_repo"), "the token holds nothing");
        assert_eq!(lists("repo", "public_repo"), None, "repo includes public_repo");
        assert_eq!(lists("repo", "repo:status"), None, "repo includes its parts");
        assert_eq!(lists("admin:org", "read:org"), None, "administration includes reading");
        assert_eq!(lists("read:org", "admin:org"), named("admin:org"), "and not the other way round");
        assert_eq!(lists("user", "read:user"), None, "user includes reading the user");
        assert_eq!(lists("gist", ""), None, "nothing is asked for, so nothing is missing");
        assert_eq!(
            scope_of(&[("x-accepted-oauth-scopes", "repo")], "{}"),
            None,
            "a fine-grained token has no scopes"
        );
    }

    #[test]
    fn gitlab_and_fine_grained_tokens_name_what_they_lack() {
        let gitlab = r#"{"error":"insufficient_scope","error_description":"…","scope":"api read_api"}"#;
        assert_eq!(scope_of(&[], gitlab), Some(Some("read_api".to_owned())), "the least scope is enough");
        assert_eq!(scope_of(&[], r#"{"error":"insufficient_scope"}"#), Some(None), "older servers name none");
        let github = r#"{"message":"Resource not accessible by personal access token"}"#;
        let named = [("x-accepted-github-permissions", "contents=read")];
        assert_eq!(scope_of(&named, github), Some(Some("contents=read".to_owned())));
        assert_eq!(scope_of(&[], r#"{"message":"Must have admin rights"}"#), None, "a plain refusal");
    }

    #[test]
    fn a_limit_in_disguise_is_told_from_a_refusal() {
        let limit = |provider, headers: &[(&'static str, &str)], body| {
            let reply = refused(headers, body);
            is_limit(provider, &reply, Limits::read(&reply.headers, chrono::DateTime::UNIX_EPOCH))
        };
        let secondary = r#"{"message":"You have exceeded a secondary rate limit. Please wait."}"#;
        let left = [("x-ratelimit-remaining", "12")];
        assert!(limit(Provider::Github, &left, secondary), "the secondary limit has requests left");
        assert!(limit(Provider::Github, &[("x-ratelimit-remaining", "0")], "{}"), "the primary limit");
        assert!(limit(Provider::Github, &[("retry-after", "5")], "{}"), "a wait is named");
        assert!(!limit(Provider::Github, &left, r#"{"message":"Must have push access"}"#), "a real refusal");
        assert!(!limit(Provider::Gitlab, &[("ratelimit-remaining", "0")], "{}"), "GitLab's limit is 429");
    }
}
