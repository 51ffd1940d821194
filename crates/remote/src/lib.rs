//! PDT's way to the services: one HTTP client, and what GitHub, GitLab and Jira are asked.

pub mod github;
pub mod gitlab;
pub mod http;
pub mod jira;
pub mod source;
mod walk;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What may stand unencoded in one segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A branch's, project's or owner's name as one segment of a path.
fn encode_segment(name: &str) -> String {
    utf8_percent_encode(name, SEGMENT).to_string()
}

/// A message as PDT keeps it: what the service sent, without line ends at its end.
fn without_final_line_ends(mut message: String) -> String {
    message.truncate(message.trim_end_matches(['\n', '\r']).len());
    message
}
