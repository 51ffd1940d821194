//! Proxies from the environment. A process cannot change its own environment safely, so each test asks its own
//! binary to run one call with another environment.

use std::process::Command;

use pdt_remote::http::Call;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

use crate::server::{Play, Server};
use crate::{CANARY, client};

/// Names the address that the child asks.
const ROOT: &str = "PDT_TEST_ROOT";

/// What the child does; alone it has nothing to do.
#[tokio::test]
async fn child() {
    let Ok(root) = std::env::var(ROOT) else { return };
    let result = client(&Url::parse(&root).unwrap()).send(Call::get("x")).await;
    println!("{}", result.map_or_else(|error| error.to_string(), |_| "delivered".to_owned()));
}

async fn ask_with_proxy(root: String, proxy: String) -> String {
    let run = move || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "proxy::child", "--nocapture"])
            .env(ROOT, root)
            .envs(
                ["HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"].map(|name| (name, proxy.clone())),
            )
            .env_remove("NO_PROXY")
            .env_remove("no_proxy")
            .output()
            .unwrap()
    };
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn a_proxy_of_the_environment_is_used_and_sees_no_token() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("http://me:hidden@{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        let mut heads = Vec::new();
        for _ in 0..4 {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = vec![0; 2048];
            let read = stream.read(&mut head).await.unwrap();
            heads.push(String::from_utf8_lossy(&head[..read]).into_owned());
            stream.write_all(b"HTTP/1.1 407 Sign in first\r\nContent-Length: 0\r\n\r\n").await.unwrap();
        }
        heads
    });
    let printed = ask_with_proxy("https://github.example".to_owned(), proxy).await;
    let heads = serving.await.unwrap();
    assert!(heads.iter().all(|head| head.starts_with("CONNECT github.example:443 ")), "{heads:?}");
    assert!(!heads.concat().contains(CANARY), "the token goes through the tunnel only");
    assert!(printed.contains("the proxy did not let the request through"), "{printed}");
    assert!(!printed.contains("hidden"), "the proxy's password is not printed: {printed}");
}

#[tokio::test]
async fn this_machine_is_reached_without_a_proxy() {
    let proxy = Server::start(|_, _| Play::json("{}")).await;
    let server = Server::start(|_, _| Play::json("{}")).await;
    let printed = ask_with_proxy(server.root.to_string(), proxy.root.to_string()).await;
    assert!(printed.contains("delivered"), "{printed}");
    assert_eq!((server.count(), proxy.count()), (1, 0), "plain HTTP never leaves this machine");
}
