//! Lists to their end.

use pdt_remote::http::{Call, Kind, Pages};

use crate::client;
use crate::server::{Play, Seen, Server};

/// A page of one number with a link to another page.
fn page(seen: &Seen, number: u32, next: Option<&str>) -> Play {
    let host = seen.header("host").unwrap_or_default();
    let link = next
        .map(|next| format!("<http://{host}{next}>; rel=\"next\", <http://{host}/x?page=9>; rel=\"last\""));
    let headers: Vec<(&str, &str)> = link.iter().map(|link| ("Link", link.as_str())).collect();
    Play::answer(200, &headers, format!("[{number}]"))
}

async fn kind_at_the_end(mut pages: Pages<u32>) -> (Vec<u32>, Option<Kind>) {
    let mut items = Vec::new();
    loop {
        match pages.next().await {
            Ok(Some(page)) => items.extend(page.items),
            Ok(None) => return (items, None),
            Err(error) => return (items, Some(error.kind)),
        }
    }
}

#[tokio::test]
async fn links_are_followed_to_the_last_page() {
    let server = Server::start(|seen, count| match count {
        0 => page(seen, 1, Some("/repositories/7/commits?page=2")),
        1 => page(seen, 2, Some("/repositories/7/commits?page=3")),
        _ => page(seen, 3, None),
    })
    .await;
    let call = Call::get("repos/a/b/commits").query("per_page", "1").header("x-extra", "yes");
    let mut pages = client(&server.root).pages::<u32>(call);
    let mut read = Vec::new();
    while let Some(page) = pages.next().await.unwrap() {
        read.push((page.items, page.has_next));
    }
    assert_eq!(read, [(vec![1], true), (vec![2], true), (vec![3], false)]);
    let expected =
        ["/repos/a/b/commits?per_page=1", "/repositories/7/commits?page=2", "/repositories/7/commits?page=3"];
    assert_eq!(server.targets(), expected, "the service's own links, not ones made up");
    assert!(
        server.seen().iter().all(|seen| seen.header("x-extra") == Some("yes")),
        "the call's headers stay"
    );
}

#[tokio::test]
async fn an_announced_page_may_be_empty() {
    let server = Server::start(|seen, count| match count {
        0 => page(seen, 1, Some("/x?page=2")),
        _ => Play::json("[]"),
    })
    .await;
    let items = client(&server.root).pages::<u32>(Call::get("x")).all().await.unwrap();
    assert_eq!(items, [1], "GitLab announces a page after every full one");
}

#[tokio::test]
async fn a_list_that_did_not_change_is_one_empty_page() {
    let server = Server::start(|_, _| Play::answer(304, &[], "")).await;
    let mut pages = client(&server.root).pages::<u32>(Call::get("x").validator(Some("\"e\"".to_owned())));
    let page = pages.next().await.unwrap().unwrap();
    assert!(page.answer.not_modified() && page.items.is_empty() && !page.has_next);
    assert!(pages.next().await.unwrap().is_none());
}

#[tokio::test]
async fn a_condition_is_for_the_first_page_only() {
    let server = Server::start(|seen, count| page(seen, 1, (count == 0).then_some("/x?page=2"))).await;
    client(&server.root)
        .pages::<u32>(Call::get("x").validator(Some("\"e\"".to_owned())))
        .all()
        .await
        .unwrap();
    let conditions: Vec<bool> =
        server.seen().iter().map(|seen| seen.header("if-none-match").is_some()).collect();
    assert_eq!(conditions, [true, false], "the ETag is the first page's");
}

#[tokio::test]
async fn pages_in_a_circle_are_an_error() {
    let server =
        Server::start(|seen, count| page(seen, 1, Some(["/x?page=2", "/x?page=3", "/x?page=2"][count % 3])))
            .await;
    let (items, kind) = kind_at_the_end(client(&server.root).pages(Call::get("x"))).await;
    assert_eq!(kind, Some(Kind::PageLoop), "an address that was read is not read again");
    assert_eq!((items.len(), server.count()), (2, 3));
}

#[tokio::test]
async fn a_list_without_end_is_an_error() {
    let server = Server::start(|seen, count| page(seen, 1, Some(&format!("/x?page={}", count + 2)))).await;
    let (_, kind) = kind_at_the_end(client(&server.root).pages::<u32>(Call::get("x")).at_most(7)).await;
    assert_eq!(kind, Some(Kind::PageLoop), "cut short is never complete");
    assert_eq!(server.count(), 7);
}

#[tokio::test]
async fn a_next_page_elsewhere_gets_no_request() {
    let other = Server::start(|_, _| Play::json("[2]")).await;
    let link = format!("<{}x?page=2>; rel=\"next\"", other.root);
    let server = Server::start(move |_, _| Play::answer(200, &[("Link", &link)], "[1]")).await;
    let (_, kind) = kind_at_the_end(client(&server.root).pages(Call::get("x"))).await;
    assert_eq!(kind, Some(Kind::ForeignOrigin { origin: other.root.origin().ascii_serialization() }));
    assert_eq!((server.count(), other.count()), (1, 0), "the token stays at its origin");
}

#[tokio::test]
async fn a_page_that_is_no_list_is_an_error() {
    let server = Server::start(|_, _| Play::json(r#"{"message":"not a list"}"#)).await;
    let (_, kind) = kind_at_the_end(client(&server.root).pages(Call::get("x"))).await;
    assert_eq!(kind, Some(Kind::Unreadable));
}
