//! Where a redirect may lead.

use pdt_remote::http::{Call, Kind};
use serde_json::json;
use url::Url;

use crate::client;
use crate::server::{Play, Server};

#[tokio::test]
async fn a_redirect_at_the_same_origin_is_followed() {
    for (status, moved) in [(301, true), (302, false), (307, false), (308, true)] {
        let server = Server::start(move |seen, _| match seen.target.as_str() {
            "/old?page=1" => Play::answer(status, &[("Location", "/repositories/7?page=1")], "moved"),
            _ => Play::json("[]"),
        })
        .await;
        let client = client(&server.root);
        let answer = client.send(Call::get("old").query("page", "1")).await.unwrap();
        assert_eq!(answer.moved, moved, "{status}: only a permanent redirect is a new address");
        assert_eq!(answer.url.path(), "/repositories/7", "where it came from in the end");
        assert_eq!(client.requests(), 2, "the detour counts");
        let authorised = server.seen().iter().all(|seen| seen.header("authorization").is_some());
        assert!(authorised, "it is the same service");
    }
}

#[tokio::test]
async fn a_query_by_post_is_repeated_as_one() {
    let server = Server::start(|seen, _| match seen.target.as_str() {
        "/graphql" => Play::answer(308, &[("Location", "/api/graphql")], ""),
        _ => Play::json("{}"),
    })
    .await;
    client(&server.root).send(Call::read_by_post("graphql", json!({"query": "{}"}))).await.unwrap();
    let last = server.seen().pop().unwrap();
    assert_eq!((last.method.as_str(), last.body.as_str()), ("POST", r#"{"query":"{}"}"#));
}

/// Another server, and forms of its address that a careless check would let pass.
async fn elsewhere() -> (Server, Vec<String>) {
    let other = Server::start(|_, _| Play::json("[]")).await;
    let port = other.root.port().unwrap();
    let forms = ["http://127.0.0.1", "//127.0.0.1", "http://localhost", "http://api@127.0.0.1"];
    let addresses = forms.map(|form| format!("{form}:{port}/steal")).to_vec();
    (other, addresses)
}

#[tokio::test]
async fn a_redirect_to_another_origin_gets_no_request() {
    let (other, addresses) = elsewhere().await;
    for address in addresses {
        let target = address.clone();
        let server = Server::start(move |_, _| Play::answer(302, &[("Location", &target)], "")).await;
        let error = client(&server.root).send(Call::get("x")).await.unwrap_err();
        assert!(
            matches!(&error.kind, Kind::ForeignOrigin { origin } if origin.starts_with("http://")),
            "{address}: {error}"
        );
        assert!(error.to_string().contains("nothing was sent there"), "{error}");
        assert_eq!(server.count(), 1, "and it is not tried again");
    }
    assert_eq!(other.count(), 0, "the token never left its origin");
}

#[tokio::test]
async fn an_address_elsewhere_gets_no_request() {
    let (other, _) = elsewhere().await;
    let server = Server::start(|_, _| Play::json("[]")).await;
    let client = client(&server.root);
    let foreign = other.root.join("/x").unwrap();
    for call in [Call::absolute(foreign.clone()), Call::read_by_post(foreign.as_str(), json!({}))] {
        let error = client.send(call).await.unwrap_err();
        assert_eq!(error.kind, Kind::ForeignOrigin { origin: other.root.origin().ascii_serialization() });
    }
    let mut encrypted = server.root.clone();
    encrypted.set_scheme("https").unwrap();
    assert!(client.send(Call::absolute(encrypted)).await.is_err(), "another scheme is another origin");
    assert_eq!((server.count(), other.count(), client.requests()), (0, 0, 0), "nothing was sent");
}

#[tokio::test]
async fn redirects_in_a_circle_end() {
    let server = Server::start(|_, _| Play::answer(302, &[("Location", "/again")], "")).await;
    let error = client(&server.root).send(Call::get("x")).await.unwrap_err();
    assert_eq!(error.kind, Kind::PageLoop);
    assert_eq!(server.count(), 6, "five redirects are followed");
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_no_answer() {
    let server = Server::start(|_, _| Play::answer(301, &[], "")).await;
    let error = client(&server.root).send(Call::get("x")).await.unwrap_err();
    assert_eq!((error.kind.clone(), error.status()), (Kind::Unreadable, Some(301)), "{error}");
}

#[tokio::test]
async fn a_path_that_leads_out_of_the_api_is_not_sent() {
    let server = Server::start(|_, _| Play::json("[]")).await;
    let root = Url::parse(&format!("{}api/v4", server.root)).unwrap();
    let client = client(&root);
    assert_eq!(client.send(Call::get("projects/../../admin")).await.unwrap_err().kind, Kind::Unprocessable);
    client.send(Call::get("projects/7")).await.unwrap();
    assert_eq!(server.targets(), ["/api/v4/projects/7"]);
}
