//! An answer before it is put on the wire.

use std::convert::Infallible;
use std::io;

use axum::body::{Body, Bytes};
use axum::response::Response;
use futures::stream::{self, StreamExt};
use serde_json::Value;

use crate::faults::Change;

/// An answer: status, headers, body.
#[derive(Debug, Clone)]
pub struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
    /// What the validator depends on besides the body.
    pub(crate) validator: String,
}

impl Reply {
    /// JSON with this status.
    #[must_use]
    pub fn json(status: u16, value: &Value) -> Self {
        Self::new(status, "application/json; charset=utf-8", value.to_string())
    }

    /// Plain text with this status.
    #[must_use]
    pub fn text(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text.to_owned())
    }

    /// An HTML page with this status.
    #[must_use]
    pub fn html(status: u16, page: &str) -> Self {
        Self::new(status, "text/html; charset=utf-8", page.to_owned())
    }

    fn new(status: u16, kind: &str, body: String) -> Self {
        let headers = vec![("content-type".to_owned(), kind.to_owned())];
        Self { status, headers, body: body.into(), validator: String::new() }
    }

    /// With this header, instead of one of the same name.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_string()));
        self
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Its validator depends on this too, although the body does not show it.
    pub(crate) fn validated_by(mut self, what: impl ToString) -> Self {
        self.validator = what.to_string();
        self
    }

    /// Without a body, as a 304 is.
    pub(crate) fn not_modified(mut self) -> Self {
        self.status = 304;
        self.body = Bytes::new();
        self.headers.retain(|(name, _)| name != "content-type" && name != "link");
        self
    }

    pub(crate) fn on_the_wire(self) -> Response {
        let body = Body::from(self.body.clone());
        self.with_body(body)
    }

    /// The head promises the whole body, and half of it comes.
    pub(crate) fn in_part(self, change: &Change) -> Response {
        let half = self.body.slice(..self.body.len() / 2);
        let promised = self.body.len() + 1;
        let stalls = matches!(change, Change::StallInTheMiddle);
        let rest = stream::once(async move {
            // Lets the server put the first half on the wire before the connection breaks.
            tokio::task::yield_now().await;
            if stalls {
                std::future::pending::<()>().await;
            }
            Err(io::Error::from(io::ErrorKind::ConnectionReset))
        });
        let body = Body::from_stream(stream::once(async { Ok(half) }).chain(rest));
        self.with("content-length", promised).with_body(body)
    }

    /// A JSON list with this many blanks in it.
    pub(crate) fn flood(bytes: usize) -> Response {
        let block = Bytes::from(vec![b' '; 64 * 1024]);
        let blocks = stream::repeat(block).take(bytes.div_ceil(64 * 1024));
        let list = stream::iter([Bytes::from_static(b"[")])
            .chain(blocks)
            .chain(stream::iter([Bytes::from_static(b"]")]));
        Self::json(200, &Value::Null).with_body(Body::from_stream(list.map(Ok::<_, Infallible>)))
    }

    fn with_body(self, body: Body) -> Response {
        let mut response = Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(name.as_str(), value.as_str());
        }
        response.body(body).unwrap_or_else(|error| Response::new(Body::from(format!("bad reply: {error}"))))
    }
}
