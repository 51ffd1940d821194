//! Cancelling ends every wait and transfer at once.

use std::time::{Duration, Instant};

use pdt_remote::http::{ApiClient, Call, Kind, Timing};

use crate::config;
use crate::server::{Play, Server};

async fn cancelled_during(play: Play) {
    let server = Server::start(move |_, _| play.clone()).await;
    let mut config = config(&server.root);
    config.timing = Timing::default();
    let cancel = config.cancel.clone();
    let client = ApiClient::new(config).unwrap();
    let call = tokio::spawn(async move { client.send(Call::get("x")).await });
    server.arrival().await;
    let begun = Instant::now();
    cancel.cancel();
    let error = call.await.unwrap().unwrap_err();
    assert_eq!(error.kind, Kind::Cancelled, "{error}");
    assert!(begun.elapsed() < Duration::from_secs(1), "at once");
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn waiting_for_an_answer_is_ended() {
    cancelled_during(Play::raw("").then_silence()).await;
}

#[tokio::test]
async fn reading_a_body_is_ended() {
    cancelled_during(Play::raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[1,").then_silence()).await;
}

#[tokio::test]
async fn waiting_for_a_limit_is_ended() {
    cancelled_during(Play::answer(429, &[("Retry-After", "30")], "")).await;
}

#[tokio::test]
async fn a_stopped_client_sends_nothing() {
    let server = Server::start(|_, _| Play::json("{}")).await;
    let config = config(&server.root);
    config.cancel.cancel();
    let error = ApiClient::new(config).unwrap().send(Call::get("x")).await.unwrap_err();
    assert_eq!((error.kind, server.count()), (Kind::Cancelled, 0));
}
