//! The token stands in one header of requests to one origin, and nowhere else.

use std::io;
use std::sync::{Arc, Mutex};

use pdt_domain::secret::Token;
use pdt_remote::http::{ApiClient, Call, Kind};
use url::Url;

use crate::server::{Play, Server};
use crate::{CANARY, client, config};

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

#[tokio::test]
async fn a_token_is_in_no_error_answer_client_call_or_log() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    // Whichever test comes first to a line that logs decides for all whether anybody listens. Once it was passed, the
    // question can be put anew.
    let warm_up = Server::start(|_, _| Play::json("{}")).await;
    client(&warm_up.root).send(Call::get("x")).await.unwrap();
    tracing::callsite::rebuild_interest_cache();

    // A service that sends the token back in every place it has.
    let server = Server::start(|seen, count| {
        let token = seen.header("authorization").unwrap_or_default().to_owned();
        let words = format!(r#"{{"message":"no good: {token} me@example.com"}}"#);
        let page = format!("<html><title>Sign in {token}</title>");
        match count {
            0 => Play::answer(401, &[], words),
            1 => Play::answer(422, &[("X-Echo", &token)], words),
            2..=5 => Play::answer(200, &[("Content-Type", "text/html")], page),
            6 => Play::answer(429, &[("Retry-After", "0")], words),
            7 => Play::answer(302, &[("Location", &format!("/x?access_token={CANARY}"))], ""),
            8 => Play::answer(200, &[("X-Echo", &token)], words),
            _ => Play::answer(302, &[("Location", &format!("https://{CANARY}.example/"))], ""),
        }
    })
    .await;
    let config = config(&server.root);
    let mut printed = format!("{config:?} {config:#?}");
    let client = ApiClient::new(config).unwrap();
    let call = || Call::get("x").query("private_token", CANARY).query("author", "me@example.com");
    for _ in 0..4 {
        match client.send(call()).await {
            Ok(answer) => printed += &format!("{answer:?} {answer:#?} {:?}", answer.json::<Vec<u8>>()),
            Err(error) => printed += &format!("{error} {error:?} {error:#?}\n"),
        }
    }
    printed += &format!("{:?} {client:?} {client:#?} {}", call(), client.error(Kind::NotFound, CANARY));
    printed += &format!("{:?}", client.pages::<u8>(call()));

    assert_eq!(server.count(), 9, "every place was tried");
    assert!(!printed.contains(CANARY), "{printed}");
    let log = log.text();
    let own: Vec<&str> = log.lines().filter(|line| line.contains("pdt_remote")).collect();
    assert!(own.len() >= 9, "one line a request: {log}");
    assert!(!own.concat().contains(CANARY) && !own.concat().contains("me@example.com"), "{own:#?}");
    assert!(!log.contains(&format!("Bearer {CANARY}")), "nor does a library log the header: {log}");
}

#[tokio::test]
async fn a_foreign_origin_that_holds_a_token_is_not_printed_with_it() {
    let server =
        Server::start(|_, _| Play::answer(302, &[("Location", &format!("https://{CANARY}.example/"))], ""))
            .await;
    let error = client(&server.root).send(Call::get("x")).await.unwrap_err();
    assert!(matches!(error.kind, Kind::ForeignOrigin { .. }));
    assert!(!format!("{error} {error:?}").contains(CANARY), "{error:?}");
}

#[test]
fn a_token_that_no_header_can_carry_is_told_without_it() {
    for token in ["", "canary line\nend", "canary\r\nX-Evil: 1", "canary space", "canäry", "canary\0"] {
        let mut config = config(&Url::parse("http://127.0.0.1:1").unwrap());
        config.token = Token::new(token.to_owned());
        let error = ApiClient::new(config).unwrap_err();
        assert_eq!(error.kind, Kind::TokenRefused, "{token:?}");
        let printed = format!("{error} {error:?}");
        assert!(!printed.contains("canary") && !printed.contains("canäry"), "{printed}");
        assert!(printed.contains("cannot be used: it is empty or holds a line end"), "{printed}");
    }
}

#[test]
fn a_fingerprint_tells_tokens_apart_and_not_what_they_are() {
    let root = Url::parse("http://127.0.0.1:1").unwrap();
    let print = |salt: &str, token: &str| {
        let mut config = config(&root);
        config.print_salt = salt.to_owned();
        config.token = Token::new(token.to_owned());
        ApiClient::new(config).unwrap().credential_print().to_owned()
    };
    let mine = print("salt", "token");
    assert!(mine.len() == 16 && mine.bytes().all(|byte| byte.is_ascii_hexdigit()), "{mine}");
    assert_eq!(mine, print("salt", "token"), "the same tomorrow");
    assert_ne!(mine, print("salt", "tokem"), "another token");
    assert_ne!(mine, print("pepper", "token"), "another database");
    assert_ne!(print("a", "bc"), print("ab", "c"), "salt and token do not run into each other");
}
