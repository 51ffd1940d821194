//! redact
use url::Url;
pub(super) fn url(url: &Url) -> String { url.path().to_owned() }
pub(super) fn path(path: &str) -> String { path.to_owned() }
