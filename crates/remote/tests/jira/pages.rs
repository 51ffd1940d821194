//! Lists to their end, whatever a server leaves out.

use pdt_remote::http::Kind;
use serde_json::{Value, json};

use crate::server::{Play, Server};
use crate::{cloud, parameter, saying, saying_each, start_at};

fn boards(ids: impl IntoIterator<Item = usize>) -> Vec<Value> {
    ids.into_iter().map(|id| json!({ "id": id, "name": format!("Board {id}"), "type": "scrum" })).collect()
}

/// A server with this many boards, of which it gives so many at once, and which adds to a page what `more` says.
async fn server(count: usize, granted: usize, more: fn(usize, usize, usize) -> Value) -> Server {
    Server::start(move |seen, _| {
        let start = start_at(seen);
        let end = count.min(start + granted);
        let mut page = more(start, end, count);
        page["values"] = boards(start.min(end)..end).into();
        Play::json(&page.to_string())
    })
    .await
}

async fn ids(server: &Server) -> Result<Vec<i64>, Kind> {
    let boards = cloud(server).boards().await.map_err(|error| error.kind)?;
    Ok(boards.into_iter().map(|board| board.id).collect())
}

/// The numbers from 0 up to this one.
fn up_to(end: i64) -> Vec<i64> {
    (0..end).collect()
}

#[tokio::test]
async fn a_page_is_as_long_as_the_server_says() {
    let server = server(45, 20, |start, end, count| {
        json!({ "startAt": start, "maxResults": 20, "total": count, "isLast": end == count })
    })
    .await;
    assert_eq!(ids(&server).await, Ok(up_to(45)), "nothing is skipped between pages that came shorter");
    let expected = [0, 20, 40].map(|start| format!("/rest/agile/1.0/board?startAt={start}&maxResults=50"));
    assert_eq!(server.targets(), expected, "it goes on where the page ended, and makes no request too many");
}

#[tokio::test]
async fn a_list_without_its_total_ends_with_its_last_page() {
    let server = server(
        100,
        50,
        |start, end, count| json!({ "startAt": start, "maxResults": 50, "isLast": end == count }),
    )
    .await;
    assert_eq!(ids(&server).await, Ok(up_to(100)));
    assert_eq!(server.count(), 2, "a full page may say that it is the last");
}

#[tokio::test]
async fn a_list_that_does_not_name_its_last_page_ends_with_its_total() {
    let server =
        server(100, 50, |start, _, count| json!({ "startAt": start, "maxResults": 50, "total": count }))
            .await;
    assert_eq!(ids(&server).await, Ok(up_to(100)));
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_list_that_tells_nothing_ends_with_a_page_that_is_not_full() {
    let bare: fn(usize, usize, usize) -> Value = |_, _, _| json!({});
    let short = server(70, 50, bare).await;
    assert_eq!(ids(&short).await, Ok(up_to(70)));
    assert_eq!(short.count(), 2, "the second page is not full");
    let full = server(100, 50, bare).await;
    assert_eq!(ids(&full).await, Ok(up_to(100)));
    assert_eq!(full.count(), 3, "an empty page is the end");
    let none = server(0, 50, bare).await;
    assert_eq!((ids(&none).await, none.count()), (Ok(Vec::new()), 1));
    let nulls = server(
        70,
        50,
        |_, _, _| json!({ "startAt": null, "maxResults": null, "total": null, "isLast": null }),
    );
    assert_eq!(ids(&nulls.await).await, Ok(up_to(70)), "null says as little as nothing");
}

#[tokio::test]
async fn an_empty_page_ends_a_list_that_promised_more() {
    let server =
        server(30, 30, |start, _, _| json!({ "startAt": start, "maxResults": 30, "isLast": false })).await;
    assert_eq!(ids(&server).await, Ok(up_to(30)));
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_server_that_gives_the_same_page_again_is_an_error() {
    let first_again =
        saying(json!({ "startAt": 0, "maxResults": 2, "total": 9, "values": boards(0..2) })).await;
    assert_eq!(ids(&first_again).await, Err(Kind::PageLoop), "it answers for another place than was asked");
    assert_eq!(first_again.count(), 2);
    let silent = saying(json!({ "maxResults": 2, "isLast": false, "values": boards(0..2) })).await;
    assert_eq!(ids(&silent).await, Err(Kind::PageLoop), "a full page with nothing new");
    assert_eq!(silent.count(), 2);
    let short = saying(json!({ "maxResults": 50, "isLast": false, "values": boards(0..2) })).await;
    assert_eq!(ids(&short).await, Err(Kind::PageLoop), "short pages with nothing new, one after the other");
    assert_eq!(short.count(), 4);
}

#[tokio::test]
async fn what_shifts_between_pages_comes_once() {
    let grown = saying_each(vec![
        json!({ "startAt": 0, "maxResults": 3, "total": 5, "values": boards(0..3) }),
        json!({ "startAt": 3, "maxResults": 3, "total": 6, "values": boards(2..5) }),
    ])
    .await;
    assert_eq!(ids(&grown).await, Ok(up_to(5)), "a new one pushed another to the second page");
    let shrunk = saying_each(vec![
        json!({ "startAt": 0, "maxResults": 3, "total": 7, "values": boards(0..3) }),
        json!({ "startAt": 3, "maxResults": 3, "total": 6, "values": boards(4..7) }),
        json!({ "startAt": 2, "maxResults": 3, "total": 6, "values": boards(3..6) }),
        json!({ "startAt": 5, "maxResults": 3, "total": 6, "values": boards(6..7) }),
    ])
    .await;
    let mut found = ids(&shrunk).await.unwrap();
    found.sort_unstable();
    assert_eq!(found, up_to(7), "one that slipped to the page before is found");
    assert_eq!(shrunk.targets()[2], "/rest/agile/1.0/board?startAt=2&maxResults=50");
}

#[tokio::test]
async fn a_page_that_is_too_large_is_asked_for_in_parts() {
    let server = Server::start(|seen, _| {
        let (start, size) =
            (start_at(seen), parameter(seen, "maxResults").unwrap().parse::<usize>().unwrap());
        if size > 10 {
            return Play::json(&" ".repeat(64 * 1024 * 1024 + 1));
        }
        let end = 15.min(start + size);
        let values = boards(start..end);
        Play::json(
            &json!({ "startAt": start, "maxResults": size, "total": 15, "values": values }).to_string(),
        )
    })
    .await;
    assert_eq!(ids(&server).await, Ok(up_to(15)), "one wide card does not keep the others away");
    assert_eq!(server.count(), 3, "and the smaller pages stay small");
}

#[tokio::test]
async fn a_page_that_fails_ends_in_an_error_and_not_in_a_part() {
    let server = Server::start(|seen, _| match start_at(seen) {
        0 => Play::json(&json!({ "maxResults": 2, "isLast": false, "values": boards(0..2) }).to_string()),
        _ => Play::answer(500, &[], ""),
    })
    .await;
    assert_eq!(ids(&server).await, Err(Kind::Passing));
    assert_eq!(server.count(), 5, "the second page was tried four times");
}

#[tokio::test]
async fn what_is_no_list_is_no_empty_list() {
    for body in
        [json!({}), json!([]), json!({ "values": null }), json!({ "values": {} }), json!({ "total": 0 })]
    {
        let error = cloud(&saying(body.clone()).await).boards().await.unwrap_err();
        assert_eq!(error.kind, Kind::Unreadable, "{body}");
    }
}
