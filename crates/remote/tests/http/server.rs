//! A server on a real socket that answers each request as a test says, byte by byte where it matters.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use url::Url;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Seen {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// What happens on the wire after a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Play {
    before: Duration,
    bytes: Vec<u8>,
    hangs: bool,
}

impl Play {
    /// Exactly these bytes, then the connection ends.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), ..Self::default() }
    }

    /// A whole answer.
    pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let may_have_body = !matches!(status, 204 | 304);
        let mut head = format!("HTTP/1.1 {status} Whatever\r\nConnection: close\r\n");
        if may_have_body {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        let mut bytes = format!("{head}\r\n").into_bytes();
        if may_have_body {
            bytes.extend_from_slice(body);
        }
        Self::raw(bytes)
    }

    /// A good answer of JSON.
    pub(crate) fn json(body: &str) -> Self {
        Self::answer(200, &[("Content-Type", "application/json")], body)
    }

    /// The same after a while.
    pub(crate) fn after(mut self, pause: Duration) -> Self {
        self.before = pause;
        self
    }

    /// The same, and then silence on an open connection.
    pub(crate) fn then_silence(mut self) -> Self {
        self.hangs = true;
        self
    }
}

type Script = dyn Fn(&Seen, usize) -> Play + Send + Sync;

/// The running server; it ends with the test's runtime.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) root: Url,
    seen: Arc<Mutex<Vec<Seen>>>,
    arrived: Arc<Notify>,
    script: Arc<Script>,
}

impl Server {
    /// Serves; the script gets each request and how many came before it.
    pub(crate) async fn start(script: impl Fn(&Seen, usize) -> Play + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self::at(&format!("http://{}", listener.local_addr().unwrap()), script);
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().converse(stream));
            }
        });
        server
    }

    /// A server whose connections somebody else accepts.
    pub(crate) fn at(root: &str, script: impl Fn(&Seen, usize) -> Play + Send + Sync + 'static) -> Self {
        Self {
            root: Url::parse(root).unwrap(),
            seen: Arc::default(),
            arrived: Arc::default(),
            script: Arc::new(script),
        }
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Their paths and queries.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.target).collect()
    }

    /// How many requests came.
    pub(crate) fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// Waits for a request.
    pub(crate) async fn arrival(&self) {
        self.arrived.notified().await;
    }

    /// Reads one request and plays the script's answer.
    pub(crate) async fn converse<S: AsyncRead + AsyncWrite + Unpin>(self, mut stream: S) {
        let Some(seen) = read_request(&mut stream).await else { return };
        let play = {
            let mut log = self.seen.lock().unwrap();
            let play = (self.script)(&seen, log.len());
            log.push(seen);
            play
        };
        self.arrived.notify_one();
        tokio::time::sleep(play.before).await;
        // A client that has heard enough hangs up; that is its right.
        let _ = stream.write_all(&play.bytes).await;
        let _ = stream.flush().await;
        if play.hangs {
            std::future::pending::<()>().await;
        }
        let _ = stream.shutdown().await;
    }
}

async fn read_request<S: AsyncRead + Unpin>(stream: &mut S) -> Option<Seen> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut words = head.lines().next()?.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut seen = Seen { method, target, head, body: String::new() };
    let length: usize = seen.header("content-length").map_or(0, |length| length.parse().unwrap());
    while bytes.len() < end + length {
        stream.read_buf(&mut bytes).await.ok()?;
    }
    seen.body = String::from_utf8(bytes[end..].to_vec()).unwrap();
    Some(seen)
}
