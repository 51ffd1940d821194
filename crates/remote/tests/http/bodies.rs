//! Answers that break off, drag on, or are too much.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use pdt_remote::http::{ApiClient, Call, Kind, Timing};
use tokio::net::TcpListener;
use url::Url;

use crate::server::{Play, Server};
use crate::{client, config, timing};

const LIMIT: usize = 64 * 1024 * 1024;

#[tokio::test]
async fn a_connection_that_breaks_off_is_tried_again() {
    let broken: [(&str, &[u8]); 6] = [
        ("nothing", b""),
        ("half a head", b"HTTP/1.1 200 OK\r\nContent-Le"),
        ("half a body", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[1,"),
        ("half a chunk", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n[1,"),
        ("JSON cut off in silence", b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n[1,"),
        ("a broken gzip", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nxyz"),
    ];
    for (name, bytes) in broken {
        let once =
            Server::start(move |_, count| if count == 0 { Play::raw(bytes) } else { Play::json("[1]") })
                .await;
        let answer = client(&once.root).send(Call::get("x")).await.unwrap();
        assert_eq!(answer.body, b"[1]", "{name}: the second try brings it");

        let always = Server::start(move |_, _| Play::raw(bytes)).await;
        let client = client(&always.root);
        let error = client.send(Call::get("x")).await.unwrap_err();
        assert_eq!(error.kind, Kind::Passing, "{name}: {error}");
        assert_eq!((always.count(), client.requests()), (4, 4), "{name}: few times, and every one counted");
        assert!(error.to_string().contains("4 tries"), "{name}: {error}");
    }
}

#[tokio::test]
async fn a_refusal_that_breaks_off_is_still_a_refusal() {
    let bytes = "HTTP/1.1 404 Not Found\r\nContent-Length: 99\r\n\r\n{\"message\":";
    let server = Server::start(move |_, _| Play::raw(bytes)).await;
    let error = client(&server.root).send(Call::get("x")).await.unwrap_err();
    assert_eq!((error.kind, server.count()), (Kind::NotFound, 1), "the status says enough");
}

#[tokio::test]
async fn nobody_listening_is_a_fault_that_may_pass() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let root = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let client = client(&root);
    let error = client.send(Call::get("x")).await.unwrap_err();
    assert_eq!(error.kind, Kind::Passing, "{error}");
    assert!(error.to_string().contains("it refused the connection (4 tries"), "{error}");
    assert_eq!(client.requests(), 0, "without a connection nothing was sent");
}

#[tokio::test]
async fn a_name_that_is_not_found_means_offline() {
    // RFC 6761: no resolver knows `.invalid`.
    let root = Url::parse("https://github.invalid").unwrap();
    let mut config = config(&root);
    config.timing.tries = 1;
    let error = ApiClient::new(config).unwrap().send(Call::get("x")).await.unwrap_err();
    assert_eq!(error.kind, Kind::Offline, "{error}");
}

fn impatient(root: &Url) -> ApiClient {
    let mut config = config(root);
    config.timing = Timing { read: Duration::from_millis(150), tries: 2, ..timing() };
    ApiClient::new(config).unwrap()
}

#[tokio::test]
async fn silence_is_not_waited_for_without_end() {
    for begun in ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[1,"] {
        let server = Server::start(move |_, _| Play::raw(begun).then_silence()).await;
        let error = impatient(&server.root).send(Call::get("x")).await.unwrap_err();
        assert_eq!((error.kind.clone(), server.count()), (Kind::Passing, 2), "after {begun:?}: {error}");
        assert!(error.to_string().contains("no answer came in time"), "{error}");
    }
}

#[tokio::test]
async fn a_call_has_an_end_however_often_it_is_tried() {
    let server = Server::start(|_, _| Play::raw("").then_silence()).await;
    let mut config = config(&server.root);
    config.timing = Timing { total: Duration::from_millis(300), ..timing() };
    let begun = Instant::now();
    let error = ApiClient::new(config).unwrap().send(Call::get("x")).await.unwrap_err();
    assert_eq!((error.kind, server.count()), (Kind::Passing, 1), "the first try used up all the time");
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_body_up_to_the_limit_is_taken_and_a_larger_one_refused() {
    let server = Server::start(|seen, _| {
        let length = if seen.target == "/fits" { LIMIT } else { LIMIT + 1 };
        Play::answer(200, &[], format!("\"{}\"", "x".repeat(length - 2)))
    })
    .await;
    let client = client(&server.root);
    assert_eq!(client.send(Call::get("fits")).await.unwrap().body.len(), LIMIT);
    let error = client.send(Call::get("large")).await.unwrap_err();
    assert_eq!(error.kind, Kind::TooLarge, "{error}");
    assert_eq!(server.count(), 2, "it would be as large the next time");
}

#[tokio::test]
async fn a_small_answer_cannot_unfold_beyond_the_limit() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let megabyte = vec![b' '; 1024 * 1024];
    for _ in 0..300 {
        encoder.write_all(&megabyte).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < 1024 * 1024, "it looks harmless");
    let server = Server::start(move |_, _| Play::answer(200, &[("Content-Encoding", "gzip")], &bomb)).await;
    let error = client(&server.root).send(Call::get("x")).await.unwrap_err();
    assert_eq!(error.kind, Kind::TooLarge, "counted after decompression: {error}");
}

#[tokio::test]
async fn a_compressed_answer_is_read() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(b"[1,2]").unwrap();
    let body = encoder.finish().unwrap();
    let server = Server::start(move |_, _| Play::answer(200, &[("Content-Encoding", "gzip")], &body)).await;
    assert_eq!(client(&server.root).send(Call::get("x")).await.unwrap().json::<Vec<u8>>().unwrap(), [1, 2]);
}

#[tokio::test]
async fn json_of_another_shape_is_told_by_its_place_and_not_quoted() {
    let server = Server::start(|_, _| Play::json("[1,\n\"private words\"]")).await;
    let answer = client(&server.root).send(Call::get("x")).await.unwrap();
    let error = answer.json::<Vec<u8>>().unwrap_err();
    assert_eq!((error.kind.clone(), error.status()), (Kind::Unreadable, Some(200)));
    assert!(error.to_string().contains("line 2"), "{error}");
    assert!(!format!("{error} {error:?}").contains("private"), "a body is not for a log");
}
