//! link
use http::HeaderMap;
use url::Url;
pub(super) fn next(_headers: &HeaderMap, _base: &Url) -> Option<Url> { None }
