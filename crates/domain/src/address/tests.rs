use proptest::prelude::*;

use super::*;

fn base(text: &str) -> BaseUrl {
    BaseUrl::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn repository(text: &str) -> RepositoryUrl {
    RepositoryUrl::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

#[test]
fn the_defaults_are_addresses() {
    assert_eq!(BaseUrl::github_com().as_str(), "https://github.com");
    assert_eq!(BaseUrl::gitlab_com().as_str(), "https://gitlab.com");
}

#[test]
fn a_base_url_is_kept_in_normal_form() {
    let known = [
        ("https://github.com/", "https://github.com"),
        ("  HTTPS://GitHub.COM  ", "https://github.com"),
        ("https://github.com:443", "https://github.com"),
        ("https://git.example.com:8443/", "https://git.example.com:8443"),
        ("https://example.com/gitlab/", "https://example.com/gitlab"),
        ("https://example.com/a/b%20c", "https://example.com/a/b%20c"),
        ("https://münchen.example", "https://xn--mnchen-3ya.example"),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
    ];
    for (text, normal) in known {
        assert_eq!(base(text).as_str(), normal, "{text:?}");
        assert_eq!(base(normal), base(text), "reading the normal form changes nothing");
    }
}

#[test]
fn a_base_url_tells_its_host_and_port() {
    let enterprise = base("https://Git.Example.com:8443/root");
    assert_eq!(enterprise.host(), "git.example.com");
    assert_eq!(enterprise.host_port(), "git.example.com:8443");
    assert_eq!(enterprise.url().path(), "/root");
    assert_eq!(base("https://github.com:443").host_port(), "github.com", "the scheme's own port is not told");
    assert_eq!(base("http://[::1]:80").host_port(), "[::1]");
    assert_eq!(enterprise.to_string(), "https://git.example.com:8443/root");
}

#[test]
fn plain_http_is_for_this_machine_by_name_only() {
    let here = [
        "http://127.0.0.1:9",
        "http://127.8.9.10",
        "http://[::1]:8080/x",
        "http://localhost",
        "http://LOCALHOST:1",
    ];
    for text in here {
        assert!(BaseUrl::parse(text).is_ok(), "{text} is this machine");
    }
    let elsewhere = [
        "http://github.com",
        "http://localhost.evil.com",
        "http://127.0.0.1.nip.io",
        "http://notlocalhost",
        "http://a.localhost",
        "http://localhost.",
        "http://0.0.0.0",
        "http://128.0.0.1",
        "http://[::2]",
        "http://[::ffff:127.0.0.1]",
        "http://10.0.0.1:3000",
    ];
    for text in elsewhere {
        assert!(
            matches!(BaseUrl::parse(text), Err(AddressError::NotEncrypted(_))),
            "{text} is not this machine"
        );
        let below = format!("{text}/owner/name");
        assert!(
            matches!(RepositoryUrl::parse(&below), Err(AddressError::NotEncrypted(_))),
            "{below} neither"
        );
    }
}

#[test]
fn what_is_no_base_url_is_refused() {
    use AddressError as E;
    assert_eq!(BaseUrl::parse(" "), Err(E::Empty));
    for text in [
        "github.com",
        "C:\\work\\repo",
        "https:\\\\github.com",
        "https:github.com",
        "https://git hub.com",
        "https://git\thub.com",
        "nonsense",
    ] {
        assert!(matches!(BaseUrl::parse(text), Err(E::NotAUrl(_))), "{text:?}");
    }
    for text in ["ftp://github.com", "ssh://git@github.com", "file:///tmp", "javascript://x"] {
        assert!(matches!(BaseUrl::parse(text), Err(E::Scheme(_))), "{text:?}");
    }
    for text in [
        "https://",
        "https:///x",
        "https://host:99999",
        "https://host:x",
        "https://[::1",
        "https://a_b%zz",
        "https://:443",
    ] {
        assert!(matches!(BaseUrl::parse(text), Err(E::Host(_))), "{text:?}");
    }
    for text in
        ["https://github.com?x", "https://github.com/?x=1", "https://github.com/a#b", "https://github.com#b"]
    {
        assert_eq!(BaseUrl::parse(text), Err(E::QueryOrFragment), "{text:?}");
    }
    for text in [
        "https://h/a/../b",
        "https://h/./a",
        "https://h/%2e%2E/a",
        "https://h//a",
        "https://h/a//",
        "https://h/a%2Fb",
        "https://h/%FF",
        "https://h/a%00b",
    ] {
        assert!(matches!(BaseUrl::parse(text), Err(E::Path(_))), "{text:?}");
    }
}

#[test]
fn a_credential_in_an_address_is_refused_and_never_repeated() {
    let texts = [
        "https://user:canary@github.com/a/b",
        "https://canary@github.com/a/b",
        "http://canary@localhost/a/b",
        "https://user:can/canary@github.com/a/b",
        "https://user:canary@",
        "https://user:ca\\canary@github.com/a/b",
        "https://user:canary canary@github.com/a/b",
        "ssh://git:canary@github.com/a/b",
        "ftp://user:canary@github.com/a/b",
        "user:canary@github.com/a/b",
        "user:canary@github.com:a/b",
        "canary@github.com:a",
        "canary@github.com",
        "https://github.com/a/b?private_token=canary",
        "https://github.com/a/b#canary",
        "https://github.com/a//b?private_token=canary",
        "git@github.com:a/b?token=canary",
        "ftp://github.com/a/b?token=canary",
        "https://host:bad/a/b?token=canary",
    ];
    for text in texts {
        for error in [BaseUrl::parse(text).map(drop), RepositoryUrl::parse(text).map(drop)] {
            let error = error.expect_err(text);
            let (sentence, debug) = (error.to_string(), format!("{error:?}"));
            assert!(!sentence.contains("canary"), "{text:?} was repeated in {sentence}");
            assert!(!debug.contains("canary"), "{text:?} was repeated in {debug}");
        }
    }
}

#[test]
fn a_repository_url_may_have_any_of_the_usual_forms() {
    for text in [
        "https://github.com/acme/widgets",
        "https://github.com/acme/widgets/",
        "https://github.com/acme/widgets.git",
        "https://github.com/acme/widgets.git/",
        "HTTPS://GITHUB.COM:443/acme/widgets",
        "git@github.com:acme/widgets.git",
        "git@GitHub.com:acme/widgets",
        "git@github.com:/acme/widgets.git",
        "org-4711@github.com:acme/widgets.git",
        "ssh://git@github.com/acme/widgets.git",
        "ssh://git@github.com:2222/acme/widgets",
        "SSH://github.com/acme/widgets",
        "  https://github.com/acme/widgets\n",
    ] {
        let url = repository(text);
        assert_eq!((url.host(), url.port()), ("github.com", None), "{text}");
        assert_eq!((url.owner().as_str(), url.name()), ("acme", "widgets"), "{text}");
        assert!(url.is_at(&BaseUrl::github_com()), "{text} is at github.com");
        assert!(!url.is_at(&BaseUrl::gitlab_com()), "{text} is not at gitlab.com");
    }
}

#[test]
fn an_owner_may_be_a_group_of_any_depth() {
    for text in ["https://gitlab.com/a/b/c/d/name.git", "git@gitlab.com:a/b/c/d/name.git"] {
        let url = repository(text);
        assert_eq!((url.owner().as_str(), url.name()), ("a/b/c/d", "name"), "{text}");
        assert_eq!(url.path().len(), 5, "{text}");
    }
    assert_eq!(repository("https://h/gr%C3%BCn/a%20b").path(), ["grün", "a b"], "parts are decoded");
    assert_eq!(repository("https://h/a/b.git.git").name(), "b.git", "one .git is dropped");
    assert_eq!(repository("https://h/a.git/b").owner(), "a.git", "and only from the name");
}

#[test]
fn a_repository_is_at_the_service_with_its_host_port_and_path() {
    let fake = base("http://127.0.0.1:8080");
    assert!(repository("http://127.0.0.1:8080/a/b").is_at(&fake));
    assert!(!repository("http://127.0.0.1:8081/a/b").is_at(&fake), "another port is another service");
    assert!(!repository("https://127.0.0.1/a/b").is_at(&fake));
    assert!(!repository("https://localhost/a/b").is_at(&base("http://localhost")), "80 is not 443");
    assert!(repository("git@127.0.0.1:a/b").is_at(&fake), "SSH does not know the web's port");
    assert!(repository("ssh://git@[::1]:22/a/b").is_at(&base("http://[::1]:9")));
    assert!(repository("git@[::1]:a/b").is_at(&base("http://[::1]:9")));
    assert!(repository("git@münchen.example:a/b").is_at(&base("https://xn--mnchen-3ya.example")));
    assert!(!repository("https://www.github.com/a/b").is_at(&BaseUrl::github_com()));
}

#[test]
fn the_path_of_a_service_is_not_part_of_its_repositories_names() {
    let nested = base("https://example.com/tools/gitlab");
    let url = repository("https://example.com/tools/gitlab/group/sub/name.git");
    assert!(url.is_at(&nested));
    assert_eq!(url.below(&nested), ["group", "sub", "name"]);
    assert!(!repository("https://example.com/tools/gitlab2/a/b").is_at(&nested), "parts are compared whole");
    let ssh = repository("git@example.com:group/sub/name.git");
    assert!(ssh.is_at(&nested), "an SSH URL leaves the web's path out");
    assert_eq!(ssh.below(&nested), ["group", "sub", "name"]);
    let root = repository("https://example.com/group/name");
    assert_eq!(root.below(&base("https://example.com")), ["group", "name"]);
}

#[test]
fn what_is_no_repository_url_is_refused() {
    use AddressError as E;
    assert_eq!(RepositoryUrl::parse(""), Err(E::Empty));
    for text in [
        "acme/widgets",
        "github.com/acme/widgets",
        "C:\\work\\repo",
        "C:/work/repo",
        "/tmp/repo",
        "./repo",
        "git@github.com",
        "git@github.com/acme/widgets",
        "ftp://github.com/a/b",
        "git://github.com/a/b",
        "file:///tmp/repo",
        "github.com:acme/widgets",
        "@github.com:a/b",
        "nonsense",
        "\u{202e}",
    ] {
        let error = RepositoryUrl::parse(text).expect_err(text);
        assert!(matches!(error, E::NotARepository(_)), "{text:?}: {error}");
    }
    for text in [
        "https://github.com",
        "https://github.com/",
        "https://github.com/acme",
        "https://github.com/acme/.git",
        "https://h/acme/...git",
        "git@github.com:widgets",
        "git@github.com:",
        "ssh://git@github.com/a",
    ] {
        let error = RepositoryUrl::parse(text).expect_err(text);
        assert!(matches!(error, E::NoRepository(_)), "{text:?}: {error}");
    }
    for text in [
        "https://github.com/a/../b",
        "https://github.com/./a/b",
        "https://github.com//a/b",
        "https://github.com/a//b",
        "https://github.com/a/b//",
        "git@github.com:a/../b",
        "ssh://git@github.com//a/b",
        "https://github.com/a%2Fb/c",
    ] {
        let error = RepositoryUrl::parse(text).expect_err(text);
        assert!(matches!(error, E::Path(_)), "{text:?}: {error}");
    }
    for text in ["git@:a/b", "ssh://git@/a/b", "git@ho%zzst:a/b", "https:///a/b", "ssh://git@host:port/a/b"] {
        let error = RepositoryUrl::parse(text).expect_err(text);
        assert!(matches!(error, E::Host(_)), "{text:?}: {error}");
    }
}

#[test]
fn every_refusal_is_a_sentence_that_says_what_to_do() {
    let said = |text: &str| RepositoryUrl::parse(text).expect_err(text).to_string();
    assert_eq!(
        said("acme/widgets"),
        "\"acme/widgets\" is not a repository's URL; write it like https://github.com/owner/name or git@github.com:owner/name"
    );
    assert_eq!(
        said("http://github.com/a/b"),
        "http://github.com is not encrypted and is refused; use https (plain http is accepted for localhost, 127.0.0.1 and [::1] only)"
    );
    assert!(said(&"x".repeat(10_000)).len() < 400, "a long text is cut");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), near in "(https?|ssh)?:?/?/?(git@)?[a-z\\[\\]:.0-9@%é/?#]{0,40}") {
        for text in [text, near] {
            let _ = BaseUrl::parse(&text);
            let _ = RepositoryUrl::parse(&text);
        }
    }

    #[test]
    fn reading_a_base_url_again_changes_nothing(text in "https://[a-zé]{1,8}\\.[a-z]{2,3}(:[1-9][0-9]{0,3})?(/[a-z é%.]{0,5}){0,3}") {
        if let Ok(first) = BaseUrl::parse(&text) {
            prop_assert_eq!(BaseUrl::parse(first.as_str()), Ok(first));
        }
    }
}
