//! A request as the services look at it.

use axum::body::Bytes;
use axum::http::request::Parts;
use percent_encoding::percent_decode_str;

/// A request that arrived.
#[derive(Debug, Clone)]
pub struct Asked {
    /// In capitals.
    pub(crate) method: String,
    /// As it was sent.
    pub(crate) path: String,
    /// As it was sent, without `?`.
    pub(crate) raw_query: String,
    /// The path's segments, decoded each by itself, so that `%2F` separates nothing.
    pub(crate) segments: Vec<String>,
    /// Decoded, in the order in which they came.
    pub(crate) query: Vec<(String, String)>,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
    /// `http://` and the host that the client named.
    pub(crate) origin: String,
}

impl Asked {
    pub(crate) fn new(parts: &Parts, body: Bytes, own_url: &str) -> Self {
        let headers: Vec<(String, String)> = parts
            .headers
            .iter()
            .map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        let path = parts.uri.path().to_owned();
        let raw_query = parts.uri.query().unwrap_or_default().to_owned();
        let host = headers.iter().find(|(name, _)| name == "host").map(|(_, host)| format!("http://{host}"));
        Self {
            method: parts.method.as_str().to_owned(),
            segments: decoded_segments(&path),
            query: url::form_urlencoded::parse(raw_query.as_bytes()).into_owned().collect(),
            path,
            raw_query,
            headers,
            body,
            origin: host.unwrap_or_else(|| own_url.to_owned()),
        }
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<&String> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The credential's text, by whichever header it came.
    pub(crate) fn credential(&self) -> Option<&str> {
        let by_scheme = self.header("authorization").map(|value| {
            let (scheme, token) = value.split_once(' ').unwrap_or(("", value));
            let known = scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("token");
            if known { token.trim() } else { value }
        });
        by_scheme.or_else(|| self.header("private-token"))
    }

    /// The same page with another number, its other parameters as they came.
    pub(crate) fn query_with(&self, name: &str, value: &str) -> String {
        let others = self.query.iter().filter(|(key, _)| key != name);
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(others);
        query.append_pair(name, value).finish()
    }
}

fn decoded_segments(path: &str) -> Vec<String> {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned()).collect()
}
